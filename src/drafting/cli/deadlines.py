"""Verbs about time: deadline, calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting.cli.common import JsonOption, day_of, open_office, print_json, print_written
from drafting.cli.help import Command
from drafting.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafting.deadlines import DayOff
    from drafting.deadlines.duties import Entry
    from drafting.limits import Limits, Told

ProvinceOption = Annotated[
    str, typer.Option("--province", metavar="TỈNH", help="Tỉnh của mình, như “tỉnh Lạng Sơn”")
]


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command."""
    app.command(cls=Command)(deadline)
    app.command(cls=Command)(calendar)


def deadline(
    rule: Annotated[
        str,
        typer.Argument(
            metavar="THỜI-HẠN",
            help="Tên (xem --list), 19-QC/TU:art_14__cl_5, hoặc “khoản 5 Điều 14 19-QC/TU”",
        ),
    ] = "",
    event: Annotated[
        str, typer.Option("--event", metavar="NGÀY", help="Ngày của việc, như ngày đón tiếp")
    ] = "",
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="NĂM", help="Năm, với thời hạn có ngày ấn định"),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Liệt kê các thời hạn")] = False,
    province: ProvinceOption = "",
    out: Annotated[
        Path | None, typer.Option("-o", metavar="TỆP", help="Ghi thêm tệp lịch .ics")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Hạn chót của một việc: ngày chậm nhất, ngày an toàn, cách tính và điều khoản."""
    _only(out, ".ics")
    day = day_of(event)
    if day is not None and year is not None:
        raise BadInput("Chỉ dùng một trong hai: --event NGÀY hoặc --year NĂM.")
    if not rule and not listing:
        raise BadInput("Chưa nêu thời hạn nào. Xem các thời hạn: drafting deadline --list")
    with open_office() as office:
        limits = office.limits(province)
        if listing:
            _print_rules(limits, as_json=as_json)
            return 0
        told = limits.tell(limits.find(rule), day, year)
        kept = office.save(out, limits.ics(told)) if out else None
    if as_json:
        print_json({**told.as_json(), "out": str(out) if out else None})
        return 0
    _print_told(told)
    print_written(out, kept)
    return 0


def _print_rules(limits: Limits, *, as_json: bool) -> None:
    if as_json:
        print_json({"rules": [rule.as_json() for rule in limits.rules]})
        return
    told = ""
    for rule in limits.rules:
        named = limits.document(rule)
        if named != told:
            told = named
            print(named)
        print(f"  {rule.id:34} {rule.how}: {rule.what}")


def _print_told(told: Told) -> None:
    due, rule, ground = told.deadline, told.deadline.rule, told.ground
    print(due.said)
    print(f"  Việc: {rule.what}")
    print(f"  Ai làm: {rule.who}. Gửi: {rule.to}.")
    print(f"  Căn cứ: {ground.citation}: “{ground.proven.evidence.quote}”")
    if rule.note:
        print(f"  Lưu ý: {rule.note}")
    if due.skipped:
        print(f"  Ngày nghỉ bỏ qua: {_skipped(due.skipped)}")
    for remark in due.remarks:
        print(f"  {remark}")
    print(f"  Cách tính: {due.convention}")
    print(f"  Hiệu lực: {ground.force_said}")
    if told.passed:
        print("  ! Hạn này đã qua.")
    for caution in ground.cautions:
        print(f"  ! {caution}")
    for prediction in due.predictions:
        print(f"  ! Dự kiến: {prediction}")


def _skipped(days: Sequence[DayOff]) -> str:
    """Weekends in short, feasts with their names."""
    from drafting.records import vn_date

    plain = [off for off in days if not off.why.startswith("nghỉ lễ")]
    feasts = [f"{vn_date(off.day)} ({off.why})" for off in days if off not in plain]
    weekend = ", ".join(f"{off.day.day:02d}/{off.day.month}" for off in plain)
    return "; ".join(filter(None, (f"cuối tuần {weekend}" if weekend else "", *feasts)))


def calendar(
    year: Annotated[int, typer.Argument(metavar="NĂM", help="Năm, như 2027")],
    out: Annotated[
        Path | None, typer.Option("-o", metavar="TỆP", help="Ghi thêm tệp .ics hoặc .xlsx")
    ] = None,
    province: ProvinceOption = "",
    own: Annotated[
        bool, typer.Option("--own", help="Chỉ những việc theo văn bản của tỉnh mình")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Lịch việc định kỳ của một năm: ai làm, gửi ai, chậm nhất ngày nào, theo điều khoản nào."""
    _only(out, ".ics", ".xlsx")
    with open_office() as office:
        limits = office.limits(province)
        entries = limits.calendar(year, own=own)
        kept = None
        if out is not None:
            kept = office.save(out, limits.file(entries, year, out.suffix.lower()))
    if as_json:
        duties = [entry.as_json() for entry in entries]
        found = {"year": year, "province": limits.province, "duties": duties}
        print_json({**found, "out": str(out) if out else None})
        return 0
    _print_calendar(entries, year, limits.province)
    print_written(out, kept)
    return 0


def _print_calendar(entries: Sequence[Entry], year: int, province: str) -> None:
    where = province or "chưa đặt tỉnh của cơ quan, xem “province” ở phần thiết lập"
    dated = sum(entry.due is not None for entry in entries)
    print(f"Lịch việc năm {year} ({where}): {len(entries)} việc, {dated} việc có ngày")
    group, told = "", dict[str, None]()
    for entry in entries:
        ground, duty = entry.ground, entry.duty
        if group != ground.force_said:
            group = ground.force_said
            print(f"\n{group[:1].upper()}{group[1:]}")
        state = f" [{ground.status.state}]" if ground.status else ""
        print(f"- {entry.when}: {duty.what}")
        print(f"    {duty.who} → {duty.to}")
        print(f"    {ground.citation}{state}{f'; {duty.note}' if duty.note else ''}")
        name = ground.record.title if ground.record else duty.evidence.document
        told |= dict.fromkeys(f"{name}: {caution}" for caution in ground.cautions)
        told |= dict.fromkeys(entry.due.predictions if entry.due else ())
    if told:
        print("\nLưu ý")
    for said in told:
        print(f"! {said}")


def _only(out: Path | None, *suffixes: str) -> None:
    if out is not None and out.suffix.lower() not in suffixes:
        named = " hoặc ".join(suffixes)
        raise BadInput(f"Tên tệp kết quả phải kết thúc bằng {named}, không phải “{out.name}”.")
