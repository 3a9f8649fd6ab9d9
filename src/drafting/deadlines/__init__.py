"""Thời hạn: the time limits of the documents as dates of the calendar.

working_days(*folders) -> WorkingDays           the days worked, the office's own file counting
load_rules(folders) -> tuple[Rule, ...]         the limits, each bound to the words that set it
find_rule(name, rules) -> Rule                  by id or `DESIGNATION:EID`
deadline(rule, event), yearly(rule, year)       -> Deadline: latest, safe, skipped, convention
"""

from drafting.deadlines.days import (
    DayOff,
    Moved,
    WorkingDays,
    day_off,
    is_working_day,
    on_or_before,
    weekday,
    working_days,
)
from drafting.deadlines.due import Deadline, deadline, yearly
from drafting.deadlines.rules import Direction, Rule, Unit, find_rule, load_rules

__all__ = [
    "DayOff",
    "Deadline",
    "Direction",
    "Moved",
    "Rule",
    "Unit",
    "WorkingDays",
    "day_off",
    "deadline",
    "find_rule",
    "is_working_day",
    "load_rules",
    "on_or_before",
    "weekday",
    "working_days",
    "yearly",
]
