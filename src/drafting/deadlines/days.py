"""`WorkingDays`: which days are no working days, why, and counting over the others.

Calendar: the `holidays` package, checked for 2005–2050 (docs/architecture.md), with the days of
`rules/holidays.toml` and of the office's own file of that name (`own_days.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from drafting.deadlines.own_days import FILE, OwnDays, read_days
from drafting.records import vn_date
from drafting.settings import shipped_rules

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAY = timedelta(days=1)
# How far from a public holiday an unannounced year may still move a day off or a make-up day.
_TET_MARGIN, _MARGIN = timedelta(days=7), timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day nobody works, and why in Vietnamese."""

    day: date
    why: str

    def as_json(self) -> dict[str, str]:
        """The day in the JSON of `drafting deadline`."""
        return {"date": self.day.isoformat(), "why": self.why}


@dataclass(frozen=True, slots=True)
class Moved:
    """A limit moved back to a working day: the day asked, the day it became, the days between."""

    asked: date
    due: date
    skipped: tuple[DayOff, ...]

    @property
    def said(self) -> str:
        """How the move is told to the officer, "" when nothing moved."""
        if self.asked == self.due:
            return ""
        why = self.skipped[0].why if self.skipped else ""
        return f"{vn_date(self.asked)} là {why}; chuyển về {weekday(self.due)} {vn_date(self.due)}"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one office: the public calendar with the days it was told of."""

    own: OwnDays = field(default_factory=OwnDays)
    _known: dict[date, DayOff | None] = field(default_factory=dict, compare=False, repr=False)

    def day_off(self, day: date) -> DayOff | None:
        """Why nobody works on `day`; None for a working day (make-up Saturdays are such)."""
        if day not in self._known:
            self._known[day] = self._look_up(day)
        return self._known[day]

    def _look_up(self, day: date) -> DayOff | None:
        told = self.own.days.get(day)
        if told is not None:
            return None if told.work else DayOff(day, f"nghỉ lễ: {told.why}")
        feast = self.own.feast(day)
        if feast:
            return DayOff(day, f"nghỉ lễ: {feast}")
        calendar = _calendar(day.year)
        if calendar.is_working_day(day):
            return None
        name = calendar.get(day)
        return DayOff(day, f"nghỉ lễ: {name}" if name else _WEEKDAYS[day.weekday()])

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.day_off(day) is None

    def on_or_before(self, day: date) -> Moved:
        """`day`, or the last working day before it, with the days skipped."""
        skipped: list[DayOff] = []
        current = day
        while (off := self.day_off(current)) is not None:
            skipped.append(off)
            current -= _DAY
        return Moved(day, current, tuple(skipped))

    def on_or_after(self, day: date) -> date:
        """`day`, or the first working day after it."""
        return day if self.day_off(day) is None else self.after(day, 1)

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, `day` itself not counted."""
        return self._counted(day, count, -_DAY)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, `day` itself not counted."""
        return self._counted(day, count, _DAY)

    def _counted(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            if self.day_off(day) is None:
                count -= 1
        return day

    def days_off(self, first: date, last: date) -> tuple[DayOff, ...]:
        """The days off from `first` to `last`, both included."""
        found = (self.day_off(day) for day in _from_to(first, last))
        return tuple(off for off in found if off is not None)

    def made_up(self, first: date, last: date) -> tuple[date, ...]:
        """The Saturdays and Sundays from `first` to `last` on which offices work.

        >>> [vn_date(day) for day in shipped_days().made_up(date(2026, 8, 20), date(2026, 8, 31))]
        ['22/8/2026']
        """
        weekend = (day for day in _from_to(first, last) if day.weekday() > 4)
        return tuple(day for day in weekend if self.day_off(day) is None)

    def predictions(self, first: date, last: date) -> tuple[str, ...]:
        """What in these days is foreseen, not announced, a sentence each; () when nothing is.

        After the last announced year: the days of Tết, the second day of 2/9, and swaps near any
        public holiday. Before it: swaps proposed and not decided.
        """
        said = [p.said for p in self.own.proposed if any(first <= day <= last for day in p.days)]
        begins = max(first, self.own.announced_until + _DAY)
        if begins <= last and (near := self._feast_near(begins, last)):
            until = vn_date(self.own.announced_until)
            said.append(
                f"gần {near}: lịch nghỉ mới được thông báo đến {until}, ngày nghỉ bù và hoán đổi "
                "sau đó là dự kiến"
            )
        return tuple(said)

    def _feast_near(self, first: date, last: date) -> str:
        for day in _from_to(first - _TET_MARGIN, last + _TET_MARGIN):
            name = str(_calendar(day.year).get(day) or self.own.feast(day) or "")
            margin = _TET_MARGIN if "Nguyên Đán" in name else _MARGIN
            if name and first - margin <= day <= last + margin:
                return f"{name} {vn_date(day)}"
        return ""


def _from_to(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * _DAY


def shipped_days() -> WorkingDays:
    """The working days as the program ships them, without an office's own file."""
    return working_days(shipped_rules())


def working_days(*folders: Path) -> WorkingDays:
    """The working days with the `holidays.toml` of these folders, a later one's word counting.

    Follows the files: one that was changed is read again. Raises `BadInput` for a bad file.
    """
    paths = [folder / FILE for folder in folders]
    return _read(tuple((path, _stamp(path)) for path in paths))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[Path, object], ...]) -> WorkingDays:
    return WorkingDays(read_days(path for path, _ in files))


def day_off(day: date) -> DayOff | None:
    """Why nobody works on `day`; None for a working day (make-up Saturdays are working days).

    >>> day_off(date(2026, 8, 15)).why
    'thứ Bảy'
    >>> day_off(date(2026, 9, 2)).why
    'nghỉ lễ: Quốc khánh'
    """
    return shipped_days().day_off(day)


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`."""
    return day_off(day) is None


def on_or_before(day: date) -> Moved:
    """`day`, or the last working day before it, with the days skipped.

    >>> on_or_before(date(2026, 8, 16)).said
    '16/8/2026 là Chủ nhật; chuyển về thứ Sáu 14/8/2026'
    """
    return shipped_days().on_or_before(day)


def weekday(day: date) -> str:
    """The weekday's name as written inside a sentence (NĐ 30/2020, Phụ lục II).

    >>> weekday(date(2026, 11, 23))
    'thứ Hai'
    """
    return _WEEKDAYS[day.weekday()]


@lru_cache(maxsize=64)
def _calendar(year: int):  # type: ignore[no-untyped-def]  # holidays ships no useful type here
    import holidays

    return holidays.country_holidays("VN", years=year, language="vi")
