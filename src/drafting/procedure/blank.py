"""Empty files to fill in: the facts of one case, the pack of a province that has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from drafting.procedure.facts import Condition, FactSheet
from drafting.procedure.packs import BLANK, FOLDER
from drafting.text import one_line


def new_facts(sheet: FactSheet, province: str = "", known: Mapping[str, str] | None = None) -> str:
    """A commented facts file, with the answers that are already `known` filled in."""
    known = known or {}
    out = [
        "# Việc cần biết ai quyết định. Điền rồi chạy:  drafting route TEN-TEP-NAY.yaml",
        "# Không biết thì để trống: chương trình không đoán, mà hỏi điều quyết định kết quả.",
        f"tinh: {province}   # ví dụ: tỉnh Lạng Sơn",
        f"ngay: {known.get('ngay', '')}   # ngày đi, ngày đón tiếp, ngày tổ chức; ví dụ: 15/8/2026",
        f"ngay_ve: {known.get('ngay_ve', '')}   # ngày về, ngày kết thúc (để tính hạn báo cáo)",
    ]
    for fact in sheet.facts:
        out += ["", f"# {fact.question}"]
        if fact.when:
            out.append(f"# (chỉ khi {_told(fact.when)})")
        out += [f"#   {value.id}: {value.label}" for value in fact.values]
        out.append(f"{fact.id}: {known.get(fact.id, '')}".rstrip())
    return "\n".join(out) + "\n"


def new_pack(rules: Path, province: str) -> str:
    """The blank pack with the province's name in it."""
    blank = (rules / FOLDER / BLANK).read_text(encoding="utf-8")
    name = one_line(province).replace("\\", "").replace('"', "").strip("“”")
    return blank.replace('province = ""', f'province = "{name}"')


def _told(conditions: Sequence[Condition]) -> str:
    """The cases a question is asked in, short: the first answer each of them hangs on."""
    answers: dict[str, dict[str, None]] = {}
    for one in conditions:
        first = next(iter(one), "")
        answers.setdefault(first, {}).update((a, None) for a in one.get(first, ()) if a != "-")
    cases = " hoặc ".join(f"{name}: {', '.join(told)}" for name, told in answers.items())
    return cases + ("" if all(len(one) == 1 for one in conditions) else "; có khi không hỏi")
