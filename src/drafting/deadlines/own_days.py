"""`OwnDays`: the days off and make-up days that the calendar package does not know.

They stand in `holidays.toml`: the shipped one, and an office's own beside its other rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from drafting.errors import BadInput
from drafting.toml import read_toml

FILE = "holidays.toml"
_KEYS = ("announced_until", "day", "yearly", "proposed")
_FEAST_KEYS = ("month", "day", "from")


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day worked (a make-up day) or off, and why."""

    work: bool
    why: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A day off each year from `since` on; when it falls on a weekend, the Monday is off for it."""

    month: int
    day: int
    since: int
    why: str

    def why_off(self, day: date) -> str:
        """Why `day` is off for this feast, "" when it is not."""
        if day.year < self.since:
            return ""
        if (day.month, day.day) == (self.month, self.day):
            return self.why
        weekend = [(d.month, d.day) for d in _last_weekend(day)]
        return f"{self.why} (nghỉ bù)" if (self.month, self.day) in weekend else ""


def _last_weekend(day: date) -> list[date]:
    """Saturday and Sunday before a Monday; [] for any other day."""
    return [day - timedelta(days=n) for n in (1, 2)] if day.weekday() == 0 else []


@dataclass(frozen=True, slots=True)
class Proposed:
    """Days of a swap that was proposed; nobody knows here whether it was decided."""

    days: tuple[date, ...]
    said: str


@dataclass(frozen=True, slots=True)
class OwnDays:
    """What the files say. `announced_until` is the last day whose holidays were announced."""

    days: Mapping[date, OwnDay] = field(default_factory=dict)
    yearly: tuple[Feast, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    announced_until: date = date.max

    def feast(self, day: date) -> str:
        """Why `day` is off each year, "" when it is not."""
        return next((why for one in self.yearly if (why := one.why_off(day))), "")


def read_days(paths: Iterable[Path]) -> OwnDays:
    """What these files say together; for one day the word of the last file counts.

    A swap is no longer “proposed” once one of its days is told of. Files that do not exist say
    nothing. Raises `BadInput` naming file and entry.
    """
    days: dict[date, OwnDay] = {}
    yearly: list[Feast] = []
    proposed: list[Proposed] = []
    until = None
    for path in paths:
        try:
            values = read_toml(path, "tệp ngày nghỉ")
        except FileNotFoundError:
            continue
        unknown = [key for key in values if key not in _KEYS]
        if unknown:
            raise _bad(path, ", ".join(unknown), f"không có mục này; dùng được: {', '.join(_KEYS)}")
        days.update(_day(path, n, entry) for n, entry in _entries(path, values, "day"))
        yearly += [_feast(path, n, entry) for n, entry in _entries(path, values, "yearly")]
        proposed += [_proposed(path, n, entry) for n, entry in _entries(path, values, "proposed")]
        if "announced_until" in values:
            until = _date(path, "announced_until", values["announced_until"])
    open_ones = tuple(one for one in proposed if not any(day in days for day in one.days))
    return OwnDays(days, tuple(yearly), open_ones, until or date.max)


def _entries(path: Path, values: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise _bad(path, name, f"phải viết thành khối [[{name}]]")
    return [(f"[[{name}]] thứ {n}", entry) for n, entry in enumerate(found, start=1)]


def _day(path: Path, place: str, entry: dict[str, Any]) -> tuple[date, OwnDay]:
    day = _date(path, f"{place}, date", entry.get("date"))
    if not isinstance(entry.get("work"), bool):
        raise _bad(path, f"{place}, work", "phải là true (đi làm bù) hoặc false (nghỉ)")
    return day, OwnDay(entry["work"], _told(path, place, entry))


def _feast(path: Path, place: str, entry: dict[str, Any]) -> Feast:
    month, day, since = (entry.get(key) for key in _FEAST_KEYS)
    try:
        date(2000, month, day)  # type: ignore[arg-type]  # a leap year: 29/02 may be a feast
    except (TypeError, ValueError):
        raise _bad(path, place, "month và day phải là tháng và ngày có thật") from None
    if not isinstance(since, int):
        raise _bad(path, f"{place}, from", "phải là năm bắt đầu, như 2026")
    return Feast(int(str(month)), int(str(day)), since, _told(path, place, entry))


def _told(path: Path, place: str, entry: dict[str, Any]) -> str:
    """Why, with “chưa kiểm chứng” where nobody has read the notice itself."""
    doubt = " (chưa kiểm chứng)" if entry.get("verified") is False else ""
    return _why(path, place, entry) + doubt


def _proposed(path: Path, place: str, entry: dict[str, Any]) -> Proposed:
    given = entry.get("dates")
    if not isinstance(given, list) or not given:
        raise _bad(path, f"{place}, dates", "phải là các ngày, như [2026-11-23, 2026-11-28]")
    days = tuple(_date(path, f"{place}, dates", day) for day in given)
    return Proposed(days, _why(path, place, entry))


def _why(path: Path, place: str, entry: dict[str, Any]) -> str:
    why = entry.get("why")
    if not isinstance(why, str) or not why.strip():
        raise _bad(path, f"{place}, why", "phải ghi lý do trong ngoặc kép")
    return why


def _date(path: Path, place: str, value: object) -> date:
    # `datetime` is a date too; only a plain day is meant here.
    if type(value) is not date:
        raise _bad(path, place, "phải là ngày viết năm-tháng-ngày, không ngoặc kép, như 2027-02-08")
    return value


def _bad(path: Path, place: str, why: str) -> BadInput:
    return BadInput(f"Tệp ngày nghỉ {path}, {place}: {why}. Sửa rồi chạy lại.")
