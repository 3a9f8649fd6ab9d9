"""`deadline` and `yearly`: the dates of one time limit, with how they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from drafting.deadlines.days import DayOff, WorkingDays, shipped_days, weekday
from drafting.deadlines.rules import Direction, Rule, Unit
from drafting.errors import BadInput
from drafting.records import vn_date
from drafting.settings import shipped_rules
from drafting.toml import read_toml

# The years for which the calendar was compared with an independent one (docs/architecture.md).
FIRST_YEAR, LAST_YEAR = 2005, 2050
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One limit on the calendar. All dates are working days but `event`.

    `latest` is the last day by the plain reading, `safe` one working day earlier; `due` is the day
    the document itself sets: `latest` too. `skipped` are the days off passed over between event and
    `latest`, `predictions` what in all of it is foreseen and not announced, `remarks` what an
    officer might count otherwise: a make-up day worked, an event on a day off.
    """

    rule: Rule
    event: date
    latest: date
    safe: date
    skipped: tuple[DayOff, ...]
    convention: str
    predictions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def due(self) -> date:
        """The last day on which it is still in time."""
        return self.latest

    @property
    def predicted(self) -> bool:
        """Whether a day counted here was not announced yet (“dự kiến”)."""
        return bool(self.predictions)

    @property
    def said(self) -> str:
        """The answer in one line: “Chậm nhất thứ Tư 26/8/2026; an toàn: thứ Ba 25/8/2026”."""
        aside = " (dự kiến)" if self.predicted else ""
        return f"Chậm nhất {_day(self.latest)}; an toàn: {_day(self.safe)}{aside}"

    def as_json(self) -> dict[str, object]:
        """The limit in the JSON of `drafting deadline`."""
        rule = self.rule
        return {
            "rule": rule.id,
            "clause": rule.clause,
            "direction": rule.direction,
            "days": rule.days or None,
            "unit": rule.unit if rule.days else None,
            "event": self.event.isoformat(),
            "latest": self.latest.isoformat(),
            "safe": self.safe.isoformat(),
            "due": self.due.isoformat(),
            "skipped": [off.as_json() for off in self.skipped],
            "convention": self.convention,
            "predicted": self.predicted,
            "predictions": list(self.predictions),
            "remarks": list(self.remarks),
        }


def _day(day: date) -> str:
    return f"{weekday(day)} {vn_date(day)}"


def deadline(rule: Rule, event: date, days: WorkingDays | None = None) -> Deadline:
    """The limit of a rule `before` or `after` an event on that day.

    Raises `BadInput` for a rule that names its day itself, and for years no calendar was checked.
    """
    if rule.direction is Direction.BY:
        raise BadInput(
            f"“{rule.id}” có ngày ấn định ({rule.event}): dùng --year, không dùng --event."
        )
    check_year(event.year)
    days = days or shipped_days()
    if rule.direction is Direction.AFTER:
        return _after(rule, event, days)
    return _before(rule, event, days)


def yearly(rule: Rule, year: int, days: WorkingDays | None = None) -> Deadline:
    """The limit of a rule `by` a day the document names, in that year.

    Raises `BadInput` for a rule counted from an event, and for a year the rule is not about.
    """
    if rule.direction is not Direction.BY:
        raise BadInput(f"“{rule.id}” tính theo {rule.event}: dùng --event NGÀY, không dùng --year.")
    if rule.on is not None and rule.on.year != year:
        raise BadInput(
            f"“{rule.id}” chỉ có một lần, {vn_date(rule.on)}: dùng --year {rule.on.year}."
        )
    check_year(year)
    return _by(rule, rule.on or date(year, rule.month, rule.day), days or shipped_days())


def check_year(year: int) -> None:
    """Raises `BadInput` for a year whose holidays were never checked."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(
            f"Lịch nghỉ chỉ được kiểm cho các năm {FIRST_YEAR}–{LAST_YEAR}, không có năm {year}."
        )


def _before(rule: Rule, event: date, days: WorkingDays) -> Deadline:
    if rule.unit is Unit.WORKING:
        latest, counted = days.before(event, rule.days), event - _DAY
    else:
        # Calendar days pass over nothing; only the move to a working day does.
        counted = event - rule.days * _DAY
        latest = days.on_or_before(counted).due
    foreseen = days.predictions(days.before(latest, 1), event - _DAY)
    return _told(rule, event, latest, days, (latest, counted), foreseen)


def _after(rule: Rule, event: date, days: WorkingDays) -> Deadline:
    if rule.unit is Unit.WORKING:
        latest, counted = days.after(event, rule.days), event + _DAY
    else:
        counted = event + rule.days * _DAY
        latest = days.on_or_after(counted)
    foreseen = days.predictions(event + _DAY, latest)
    return _told(rule, event, latest, days, (counted, latest), foreseen)


def _by(rule: Rule, named: date, days: WorkingDays) -> Deadline:
    latest = days.before(named, 1)
    foreseen = days.predictions(days.before(latest, 1), named)
    return _told(rule, named, latest, days, (latest, named), foreseen)


def _told(
    rule: Rule,
    event: date,
    latest: date,
    days: WorkingDays,
    span: tuple[date, date],
    foreseen: tuple[str, ...],
) -> Deadline:
    safe = days.before(latest, 1)
    if rule.direction is Direction.AFTER:
        safe = max(safe, event)
    skipped, remarks = days.days_off(*span), tuple(_remarks(rule, event, days, span))
    return Deadline(rule, event, latest, safe, skipped, convention(rule), foreseen, remarks)


def _remarks(rule: Rule, event: date, days: WorkingDays, span: tuple[date, date]) -> Iterator[str]:
    """What may surprise in the days of `span`, a sentence each."""
    made_up = days.made_up(*span)
    if made_up:
        yield f"Ngày đi làm bù, tính là ngày làm việc: {', '.join(map(_day, made_up))}"
    off = days.day_off(event)
    if off is not None and rule.direction is not Direction.BY:
        why = "" if off.why == weekday(event) else f", {off.why}"
        name = f"{rule.event[:1].upper()}{rule.event[1:]}"
        yield f"{name} ({_day(event)}{why}) là ngày nghỉ: kiểm lại có đúng ngày ấy không"


def convention(rule: Rule) -> str:
    """How the days of a rule are counted and on what that rests, in Vietnamese."""
    counting = _counting()
    unit = "" if rule.direction is Direction.BY else f"_{rule.unit.name.lower()}"
    how = str(counting["how"][f"{rule.direction}{unit}"])
    aside = "" if counting["verified"] else "; chưa kiểm chứng"
    return f"{how.format(days=rule.days, event=rule.event)} ({counting['source']}{aside})"


@lru_cache(maxsize=1)
def _counting() -> dict[str, Any]:
    return read_toml(shipped_rules() / "counting.toml", "tệp cách đếm ngày")
