"""An empty case file with comments, made from the definition of its form."""

from __future__ import annotations

from drafting.forms import Form, FormField


def new_case(form: Form) -> str:
    """A commented case file for `form`, every field and slot of it, ready to fill in."""
    out = [
        f"# Hồ sơ cho mẫu: {form.name}",
        "# Điền sau dấu hai chấm rồi chạy:",
        f"#   drafting draft {form.id} --case TEN-TEP-NAY.yaml -o ket-qua.docx",
        "# Chưa có thì để trống: trong tệp Word chỗ ấy là [Cần bổ sung: …], không ai điền thay.",
        "",
        f"mau: {form.id}",
    ]
    for declared in form.fields:
        out += ["", *_field_lines(declared)]
    prose = [slot for slot in form.slots if not slot.table]
    if prose:
        out += [
            "",
            "# Các mục của văn bản. Viết nhiều dòng: đặt dấu | rồi xuống dòng, lùi vào.",
            "muc_van_ban:",
        ]
    for slot in prose:
        note = " (không có thì ghi: không)" if slot.none_allowed else ""
        why = slot.custom or f"{slot.eid} {slot.document}"
        out += [f"  # {slot.title}{note}: {slot.help}. Nguồn: {why}", f"  {slot.id}:"]
    return "\n".join(out) + "\n"


def _field_lines(declared: FormField) -> list[str]:
    must = " (bắt buộc)" if declared.required else ""
    comment = f"# {declared.label}{must}" + (f": {declared.help}" if declared.help else "")
    if declared.type == "group":
        rows = [f"  {f.id}:{_hint(f)}" for f in declared.fields]
        return [comment, f"{declared.id}:", *rows]
    if declared.type == "table":
        rows = [
            f"#   {'- ' if n == 0 else '  '}{f.id}: {f.example}"
            for n, f in enumerate(declared.fields)
        ]
        return [comment, f"{declared.id}:", *rows]
    if declared.type == "lines":
        example = [f"#   - {declared.example}"] if declared.example else []
        return [comment, f"{declared.id}:", *example]
    return [comment, f"{declared.id}:{_hint(declared)}"]


def _hint(declared: FormField) -> str:
    shown = " | ".join(declared.choices) or declared.example
    return f"   # ví dụ: {shown}" if shown else ""
