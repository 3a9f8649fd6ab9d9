"""`Limit`: a time limit of a route, with its date where the day it counts from is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafting.deadlines import (
    Deadline,
    Direction,
    Rule,
    WorkingDays,
    deadline,
    find_rule,
    load_rules,
    weekday,
    working_days,
    yearly,
)
from drafting.records import vn_date


@dataclass(frozen=True, slots=True)
class Days:
    """What limits are counted with: the rules, the office's working days, the days of the case."""

    rules: tuple[Rule, ...]
    working: WorkingDays
    as_of: date
    starts: date | None = None
    ends: date | None = None

    @classmethod
    def read(
        cls,
        folders: Sequence[Path],
        as_of: date,
        starts: date | None = None,
        ends: date | None = None,
    ) -> Days:
        """The rules and holidays of these folders. Raises `BadInput` for a bad file."""
        return cls(load_rules(folders), working_days(*folders), as_of, starts, ends)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit; `dated` is None while the day it is counted from is not known."""

    rule: Rule
    dated: Deadline | None
    late: bool = False

    @property
    def said(self) -> str:
        """The limit in words, its date first when there is one."""
        if self.dated is None:
            return self.counted
        day = self.dated.latest
        aside = ", dự kiến" if self.dated.predicted else ""
        return f"chậm nhất {weekday(day)} {vn_date(day)} ({self.counted}{aside})"

    @property
    def counted(self) -> str:
        """How it is counted: “ít nhất 05 ngày làm việc trước ngày đón tiếp”."""
        rule = self.rule
        if rule.direction is Direction.BY:
            return rule.event
        count = f"{rule.days:02d} {rule.unit}"
        if rule.direction is Direction.AFTER:
            return f"trong {count} sau {rule.event}"
        return f"ít nhất {count} trước {rule.event}"

    def as_json(self) -> dict[str, object]:
        """The limit in the JSON of `drafting route`: as `drafting deadline` gives it, dates null
        when the event is not known."""
        rule = self.rule
        if self.dated is None:
            dates = dict.fromkeys(("event", "latest", "safe", "due"))
            told: dict[str, object] = {**rule.as_json(), **dates, "skipped": [], "predicted": False}
        else:
            told = self.dated.as_json()
        return {**told, "who": rule.who, "to": rule.to, "what": rule.what, "late": self.late}


def limits(names: Iterable[str], days: Days) -> tuple[Limit, ...]:
    """The limits called `names`, each once. Raises `BadInput` for a name no rule has."""
    return tuple(_limit(find_rule(name, days.rules), days) for name in dict.fromkeys(names))


def _limit(rule: Rule, days: Days) -> Limit:
    dated = _dated(rule, days)
    return Limit(rule, dated, late=dated is not None and dated.latest < days.as_of)


def _dated(rule: Rule, days: Days) -> Deadline | None:
    if rule.direction is Direction.BY:
        if not rule.is_yearly:
            return yearly(rule, rule.on.year, days.working) if rule.on else None
        this = yearly(rule, days.as_of.year, days.working)
        return (
            this if this.latest >= days.as_of else yearly(rule, this.event.year + 1, days.working)
        )
    event = days.ends if rule.direction is Direction.AFTER else days.starts
    return deadline(rule, event, days.working) if event else None
