"""What every verb shares: reading dates, printing JSON, opening the office."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting.errors import BadInput

if TYPE_CHECKING:
    from drafting.findings import Finding
    from drafting.ledger import Missing
    from drafting.office import Office

JsonOption = Annotated[bool, typer.Option("--json", help="In một dòng JSON thay cho chữ")]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="NGÀY", help="Xét hiệu lực vào ngày này (15/8/2026)")
]


@contextmanager
def open_office(*, in_step: bool = True) -> Iterator[Office]:
    """The office of this machine, closed at the end."""
    from drafting.office import Office

    office = Office.open(in_step=in_step)
    told = len(office.notices)
    for notice in office.notices:
        print(notice, file=sys.stderr)
    try:
        yield office
    finally:
        office.close()
        for notice in office.notices[told:]:
            print(notice, file=sys.stderr)


def day_of(text: str) -> date | None:
    """The day an option names; None for ""; `BadInput` when there is no such day."""
    from drafting.text import parse_day

    if not text:
        return None
    day = parse_day(text)
    if day is None:
        raise BadInput(f"“{text}” không phải ngày có thật. Ghi như 15/8/2026.")
    return day


def print_findings(findings: Sequence[Finding]) -> None:
    """Findings for a person: place, what is wrong, what to do; the same in several places once."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for one in findings:
        called = f"{one.severity.vietnamese} {one.code}"
        places.setdefault((called, one.message, one.fix), []).append(one.where)
    for (called, message, fix), where in places.items():
        print(f"  {called} {', '.join(where)}: {message}")
        if fix:
            print(f"      → {fix}")


def print_json(value: object) -> None:
    """`value` as one line of UTF-8 JSON."""
    print(json.dumps(value, ensure_ascii=False))


def print_missing(documents: Sequence[Missing]) -> None:
    """What to load into the library next; nothing where all is there."""
    if not documents:
        return
    print("Văn bản được viện dẫn nhưng chưa có trong kho:")
    for one in documents:
        files = f" ({', '.join(one.cited_in)})" if one.cited_in else ""
        print(f"  {one.count} lần · {one.name}: {one.why}{files}")


def print_written(out: Path | None, kept: Path | None) -> None:
    """The file written, and the copy kept of one there that was not ours."""
    if out is not None:
        print(f"Đã ghi: {out}")
    if kept is not None:
        print(f"Tệp cũ cùng tên không do chương trình ghi: đã giữ lại ở {kept}")
