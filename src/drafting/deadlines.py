"""Working days of Vietnam: which days are none, why, and the nearest one before.

Calendar: the `holidays` package, checked for 2005–2050 (docs/architecture.md), with the office's
overrides of `rules/holidays.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day nobody works, and why in Vietnamese."""

    day: date
    why: str


def day_off(day: date) -> DayOff | None:
    """Why nobody works on `day`; None for a working day (make-up Saturdays are working days).

    >>> day_off(date(2026, 8, 15)).why
    'thứ Bảy'
    >>> day_off(date(2026, 9, 2)).why
    'nghỉ lễ: Quốc khánh'
    """
    override = _overrides().get(day)
    if override is not None:
        work, why = override
        return None if work else DayOff(day, f"nghỉ lễ: {why}")
    for month, number, first, why in _yearly():
        if (day.month, day.day) == (month, number) and day.year >= first:
            return DayOff(day, f"nghỉ lễ: {why}")
    calendar = _calendar(day.year)
    if calendar.is_working_day(day):
        return None
    name = calendar.get(day)
    return DayOff(day, f"nghỉ lễ: {name}" if name else _WEEKDAYS[day.weekday()])


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`."""
    return day_off(day) is None


@dataclass(frozen=True, slots=True)
class Moved:
    """A limit moved back to a working day: the day asked, the day it became, the days between."""

    asked: date
    due: date
    skipped: tuple[DayOff, ...]

    @property
    def said(self) -> str:
        """How the move is told to the officer, "" when nothing moved."""
        from drafting.records import vn_date

        if self.asked == self.due:
            return ""
        off = day_off(self.asked)
        why = off.why if off else ""
        return f"{vn_date(self.asked)} là {why}; chuyển về {weekday(self.due)} {vn_date(self.due)}"


def on_or_before(day: date) -> Moved:
    """`day`, or the last working day before it, with the days skipped.

    >>> on_or_before(date(2026, 8, 16)).said
    '16/8/2026 là Chủ nhật; chuyển về thứ Sáu 14/8/2026'
    """
    skipped: list[DayOff] = []
    current = day
    while (off := day_off(current)) is not None:
        skipped.append(off)
        current -= timedelta(days=1)
    return Moved(day, current, tuple(skipped))


def weekday(day: date) -> str:
    """The weekday's name as written inside a sentence (NĐ 30/2020, Phụ lục II).

    >>> weekday(date(2026, 11, 23))
    'thứ Hai'
    """
    return _WEEKDAYS[day.weekday()]


@lru_cache(maxsize=32)
def _calendar(year: int):  # type: ignore[no-untyped-def]  # holidays ships no useful type here
    import holidays

    return holidays.country_holidays("VN", years=year, language="vi")


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[dict[str, object]]]:
    path = Path(__file__).resolve().parent / "rules" / "holidays.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _overrides() -> dict[date, tuple[bool, str]]:
    found: dict[date, tuple[bool, str]] = {}
    for entry in _rules().get("day", []):
        day = entry["date"]
        if isinstance(day, date):
            found[day] = (bool(entry["work"]), str(entry["why"]))
    return found


@lru_cache(maxsize=1)
def _yearly() -> list[tuple[int, int, int, str]]:
    return [
        (int(str(e["month"])), int(str(e["day"])), int(str(e["from"])), str(e["why"]))
        for e in _rules().get("yearly", [])
    ]
