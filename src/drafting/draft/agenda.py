"""Clock times of an agenda, computed from durations; overlaps are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.cases import Case
from drafting.errors import BadInput
from drafting.text import fold

_CLOCK = re.compile(r"^(\d{1,2})\s*(?::|h|gio|g)\s*(\d{1,2})?\s*(?:phut|p)?$")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the agenda with its minutes since midnight."""

    start: int
    end: int
    what: str
    who: str
    where: str

    @property
    def clock(self) -> str:
        """Its times as papers write them.

        >>> Item(480, 510, "", "", "").clock
        '08 giờ 00 - 08 giờ 30'
        """
        return f"{clock(self.start)} - {clock(self.end)}"


def clock(minutes: int) -> str:
    """Minutes since midnight as “08 giờ 05”."""
    return f"{minutes // 60:02d} giờ {minutes % 60:02d}"


def read_clock(text: str) -> int | None:
    """Minutes since midnight of “8 giờ 30”, “8:30”, “8h30”; None when it is no time of day.

    >>> read_clock("8 giờ 30"), read_clock("13h"), read_clock("25:00")
    (510, 780, None)
    """
    match = _CLOCK.match(fold(text).strip())
    if not match:
        return None
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def agenda(case: Case) -> list[Item]:
    """The items in order, each beginning where the one before ends or at its own fixed time.

    Raises `BadInput` naming the two items when a fixed time lies before the end of the item above,
    when a time cannot be read, an item lasts no minute or the day ends before the agenda does.
    """
    begins = case.text("bat_dau")
    now = read_clock(begins) if begins else None
    if begins and now is None:
        raise BadInput(
            f"Hồ sơ {case.name}, trường “bat_dau”: “{begins}” không phải giờ. Ghi như 8 giờ 00."
        )
    items: list[Item] = []
    for number, row in enumerate(case.rows("muc"), start=1):
        where = f"Hồ sơ {case.name}, mục {number} “{row.get('noi_dung', '')}” của chương trình"
        fixed = str(row.get("gio", ""))
        start = read_clock(fixed) if fixed else now
        if fixed and start is None:
            raise BadInput(f"{where}: “{fixed}” không phải giờ. Ghi như 9 giờ 15.")
        minutes = row.get("phut", 0)
        if not isinstance(minutes, int) or minutes < 1:
            raise BadInput(f"{where}: thiếu số phút. Ghi phut: 15.")
        if start is None:
            raise BadInput(f"{where}: chưa biết giờ bắt đầu. Điền trường bat_dau.")
        if items and start < items[-1].end:
            raise BadInput(
                f"{where}: bắt đầu {clock(start)}, nhưng mục “{items[-1].what}” đến "
                f"{clock(items[-1].end)} mới xong. Bớt phút của mục trước hoặc lùi giờ mục này."
            )
        if start + minutes > 24 * 60:
            raise BadInput(f"{where}: kéo dài quá nửa đêm. Kiểm tra lại số phút.")
        cells = (str(row.get(name, "")) for name in ("noi_dung", "thuc_hien", "dia_diem"))
        items.append(Item(start, start + minutes, *cells))
        now = start + minutes
    return items
