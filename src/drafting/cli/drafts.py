"""Verbs that draft: forms, new, draft, app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting import settings
from drafting.cli.common import JsonOption, open_office, print_json, print_missing
from drafting.cli.help import Command
from drafting.errors import BadInput

if TYPE_CHECKING:
    from drafting.office.drafts import Exported


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command."""
    app.command(cls=Command)(forms)
    app.command(cls=Command)(new)
    app.command(cls=Command)(draft)
    app.command("app", cls=Command)(page)


def forms(as_json: JsonOption = False) -> int:
    """Các mẫu văn bản soạn được."""
    from drafting.forms import form_ids, load_form

    folder = settings.load().templates
    found = [load_form(folder, name) for name in form_ids(folder)]
    if as_json:
        print_json(
            {
                "forms": [
                    {"id": f.id, "name": f.name, "slots": [s.id for s in f.slots]} for f in found
                ]
            }
        )
        return 0
    for form in found:
        print(f"{form.id:24} {form.name}")
    return 0


def new(
    form_id: Annotated[str, typer.Argument(metavar="MẪU", help="Tên mẫu, xem “drafting forms”")],
    out: Annotated[
        Path | None, typer.Option("-o", metavar="TỆP", help="Ghi vào tệp này thay vì in ra")
    ] = None,
) -> int:
    """Hồ sơ mới có chú thích cho một mẫu, để điền."""
    from drafting.blank_case import new_case
    from drafting.forms import load_form

    text = new_case(load_form(settings.load().templates, form_id))
    if out is None:
        print(text, end="")
        return 0
    if out.exists():
        raise BadInput(f"Tệp {out} đã có. Chọn tên khác, chương trình không ghi đè hồ sơ.")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    print(
        f"Đã tạo hồ sơ {out}. Điền rồi chạy: drafting draft {form_id} --case {out} -o ket-qua.docx"
    )
    return 0


def draft(
    form_id: Annotated[str, typer.Argument(metavar="MẪU", help="Tên mẫu, xem “drafting forms”")],
    case: Annotated[Path, typer.Option("--case", metavar="TỆP", help="Hồ sơ .yaml đã điền")],
    out: Annotated[Path, typer.Option("-o", metavar="TỆP", help="Tệp Word kết quả (.docx)")],
    final: Annotated[
        bool, typer.Option("--final", help="Bản trình: bỏ tô vàng, không nhận viện dẫn sai")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Soạn tệp Word từ hồ sơ, kèm bảng đối chiếu."""
    from drafting.cases import read_case

    if out.suffix.lower() != ".docx":
        raise BadInput(f"Tên tệp kết quả phải kết thúc bằng .docx, không phải “{out.name}”.")
    with open_office() as office:
        form = office.form(form_id)
        drafted = office.draft(form, read_case(case, form), final=final)
        exported = office.export(drafted, out, final=final)
    if as_json:
        print_json(exported.as_json())
    else:
        _print(exported)
    return 1 if drafted.failed else 0


def _print(exported: Exported) -> None:
    drafted = exported.drafted
    ledger = drafted.ledger
    print(f"Đã soạn: {exported.out}")
    print(f"Bảng đối chiếu: {exported.provenance}")
    opened = drafted.draft.open_slots()
    slots = drafted.draft.slots
    print(f"Mục: {len(slots) - len(opened)}/{len(slots)} đã có.")
    for slot in opened:
        print(f"  ? {slot.slot.title} ({slot.demand.force}: {slot.demand.citation})")
    print(f"Sổ căn cứ: {ledger.header}")
    for entry in ledger.entries:
        print(f"  [{entry.verdict}] {entry.text}")
        for said in filter(None, (entry.status, *entry.remarks())):
            print(f"      {said}")
    print_missing(ledger.missing)
    for finding in drafted.findings:
        if finding.code not in {"ND01"}:
            print(f"  {finding.severity.vietnamese}: {finding.where}: {finding.message}")


def page() -> int:
    """Mở trang soạn thảo trong trình duyệt (chỉ trên máy này)."""
    from drafting.launch import launch

    return launch()
