"""The verb `drafting corpus timeline`: which document took over from which."""

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
from drafting.errors import BadInput

if TYPE_CHECKING:
    from drafting.relations.chain import Chain, Link


def timeline(
    name: Annotated[
        str,
        typer.Argument(metavar="SỐ", help="Số, ký hiệu hoặc tên; bỏ trống là mọi chuỗi của kho"),
    ] = "",
    as_of: AsOfOption = "",
    out: Annotated[
        Path | None, typer.Option("-o", metavar="TỆP.svg", help="Vẽ chuỗi thành hình .svg")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Văn bản nào thay thế, sửa đổi văn bản nào; văn bản nào còn hiệu lực."""
    if out is not None and (out.suffix.lower() != ".svg" or not name):
        raise BadInput(
            "Hình vẽ một chuỗi: ghi số văn bản và tên tệp .svg, ví dụ: "
            "drafting corpus timeline 50/2025/QĐ-UBND -o chuoi.svg"
        )
    from drafting.relations.picture import draw

    with open_office() as office:
        day = day_of(as_of) or office.today
        found = office.timeline(name, day)
        kept = office.save(out, draw(found[0]).encode()) if out is not None else None
    if as_json:
        drawn = {"out": str(out)} if out else {}
        chains = [chain.as_json() for chain in found]
        print_json({"as_of": day.isoformat(), "chains": chains} | drawn)
        return 0
    for chain in found:
        _print(chain)
    if not found:
        print("Kho chưa có văn bản nào thay thế hay sửa đổi văn bản khác.")
    print_written(out, kept)
    return 0


def _print(chain: Chain) -> None:
    print(f"\n{chain.subject}")
    for stop in chain.stops:
        mark = "▶" if stop in chain.in_force else " "
        indent = "    " if stop.amends_only else ""
        print(f"{mark} {indent}{stop.party.title}  [{stop.status.state}]")
        print(f"    {indent}{stop.dates()}")
        for link in stop.changed:
            _print_link(link, indent)
    print(chain.in_force_said())
    doubts = chain.doubts()
    if doubts:
        print("Chưa kiểm chứng:")
    for doubt in doubts:
        print(f"  ! {doubt}")


def _print_link(link: Link, indent: str) -> None:
    print(f"    {indent}↓ {link.sentence()}")
    for ground in link.grounds:
        quote = f": “{ground.quote}”" if ground.is_text else ""
        print(f"    {indent}  · {ground.said()}{quote}")
