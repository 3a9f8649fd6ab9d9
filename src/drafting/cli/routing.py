"""The verb that says who decides: route."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting.cli.common import (
    AsOfOption,
    JsonOption,
    day_of,
    open_office,
    print_json,
    print_written,
)
from drafting.cli.help import Command
from drafting.errors import BadInput

if TYPE_CHECKING:
    from drafting.office import Office
    from drafting.procedure import Reading, Route, Situation
    from drafting.retrieve import Answer

# Longer is a pasted document, not a question.
_LONGEST = 2_000
_CASE_FILES = {".yaml", ".yml"}


def register(app: typer.Typer) -> None:
    """Adds the verb to the command."""
    app.command(cls=Command)(route)


def route(
    case: Annotated[
        str, typer.Argument(metavar="HỒ-SƠ", help="Tệp .yaml, hoặc một câu hỏi đặt trong ngoặc kép")
    ] = "",
    ask: Annotated[
        str, typer.Option("--ask", metavar="CÂU-HỎI", help="Câu hỏi tự do thay cho tệp hồ sơ")
    ] = "",
    facts: Annotated[
        list[str] | None,
        typer.Option("--fact", metavar="TÊN=GIÁ-TRỊ", help="Trả lời thêm một điều (lặp lại được)"),
    ] = None,
    province: Annotated[
        str, typer.Option("--province", metavar="TỈNH", help="Tỉnh, khi hồ sơ không ghi")
    ] = "",
    as_of: AsOfOption = "",
    out: Annotated[
        Path | None, typer.Option("-o", metavar="TỆP", help="Ghi hình vẽ .svg (hoặc tệp mới)")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Tạo tệp hồ sơ trống có chú thích")] = False,
    pack: Annotated[
        str, typer.Option("--new-pack", metavar="TỈNH", help="Tạo gói quy trình trống cho một tỉnh")
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Việc này ai gửi, gửi ai, trước mấy ngày, ai quyết định, theo điều khoản nào."""
    if pack:
        from drafting.routing import blank_pack

        return _write_new(blank_pack(pack), out)
    question = ask or ("" if not case or _is_file(case) else case)
    if len(question) > _LONGEST:
        raise BadInput(f"Câu hỏi dài quá {_LONGEST} ký tự. Hỏi gọn một việc, hoặc dùng tệp hồ sơ.")
    if ask and case and _is_file(case):
        raise BadInput("Chọn một trong hai: tệp hồ sơ, hoặc --ask với câu hỏi.")
    if not (case or ask or new):
        raise BadInput(
            "Chưa có hồ sơ. Tạo: drafting route --new > viec.yaml; hoặc hỏi: "
            'drafting route "đoàn ra của sở, diện BTV quản lý, ai quyết định"'
        )
    if out is not None and not new and out.suffix.lower() != ".svg":
        raise BadInput(f"Hình vẽ phải có tên kết thúc bằng .svg, không phải “{out.name}”.")
    with open_office() as office:
        own = office.province(province or office.settings.province)
        reading, situation = _situation(office, "" if question else case, question, own)
        situation = _answered(office, situation, facts or [])
        if new:
            return _write_new(office.routing.new_facts(own, _answers(situation)), out)
        found = office.route(situation, day_of(as_of))
        kept = _draw(office, found, out) if out is not None else None
        answer = office.search(question, office.scope(day_of(as_of), own), 3) if question else None
    _print(found, reading, answer, as_json=as_json)
    if not as_json:
        print_written(out, kept)
    return 0 if found.decided else 1


def _is_file(text: str) -> bool:
    return Path(text).suffix.lower() in _CASE_FILES or (len(text) < 255 and Path(text).is_file())


def _situation(
    office: Office, case: str, question: str, province: str
) -> tuple[Reading | None, Situation]:
    from drafting.procedure import Situation, pack_of, read_facts_in

    if case:
        return None, office.read_situation(Path(case), province)
    if not question:
        return None, Situation("", province, {})
    reading = read_facts_in(question, pack_of(province, office.routing.packs).sheet)
    days = reading.days
    return reading, Situation(question, province, reading.known, days.starts, days.ends)


def _answered(office: Office, situation: Situation, facts: list[str]) -> Situation:
    """The situation with the answers of --fact."""
    if not facts:
        return situation
    from drafting.route_case import add_answers

    return add_answers(situation, facts, office.routing.packs)


def _answers(situation: Situation) -> dict[str, str]:
    """What is known, days included, as a facts file writes it."""
    from drafting.records import vn_date

    days = (("ngay", situation.starts), ("ngay_ve", situation.ends))
    return {**situation.known, **{name: vn_date(day) for name, day in days if day is not None}}


def _print(found: Route, reading: Reading | None, answer: Answer | None, *, as_json: bool) -> None:
    from drafting.procedure import told

    if as_json:
        more: dict[str, object] = {}
        if reading is not None and answer is not None:
            more = {"asked": reading.as_json(), "hits": answer.as_json()["hits"]}
        print_json({**found.as_json(), **more})
        return
    lines = list(told(found))
    print(lines[0])
    if reading is not None:
        _print_reading(reading, found)
    for line in lines[1:]:
        print(line)
    for hit in answer.hits if answer else ():
        print(f"\nTra cứu: {hit.citation}  [{hit.record.jurisdiction}; {hit.status.state}]")
        print(f"   {hit.text}")


def _print_reading(reading: Reading, found: Route) -> None:
    from drafting.procedure.facts import short
    from drafting.records import vn_date

    print("Đọc trong câu hỏi (sửa bằng --fact TÊN=GIÁ-TRỊ):")
    for one in reading.told:
        told = f"{one.fact.id}={one.value}"
        print(f"  {one.fact.told([one.value])} ← “{one.words}”   ({told})")
    for name, day in reading.days.named:
        what = "ngày kết thúc" if name == "ngay_ve" else "ngày thực hiện"
        print(f"  {what} {vn_date(day)} ← “{reading.days.words}”   ({name}={vn_date(day)})")
    if not (reading.told or reading.days.named):
        print("  chưa đọc được điều nào")
    for fact in reading.torn:
        print(f"  {short(fact.question)} Câu hỏi nói theo hai nghĩa, chưa chọn")
    for _, open_fact, question in found.unknown:
        if open_fact not in reading.torn:
            unsure = reading.days.unsure if open_fact is None else ""
            print(f"  {short(question)} {unsure or 'Không thấy trong câu hỏi'}")


def _draw(office: Office, found: Route, out: Path) -> Path | None:
    from drafting.procedure import draw

    return office.save(out, draw(found).encode())


def _write_new(text: str, out: Path | None) -> int:
    if out is None:
        print(text, end="")
        return 0
    if out.exists():
        raise BadInput(f"Tệp {out} đã có. Chọn tên khác, chương trình không ghi đè.")
    from drafting.render.write import put

    put(out, text.encode(), lambda _: None)
    print(f"Đã tạo {out}.")
    return 0
