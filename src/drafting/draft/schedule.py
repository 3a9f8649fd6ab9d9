"""When a conference is, and by when each task before it is due."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from drafting.cases import Case, Row
from drafting.deadlines import Moved, WorkingDays
from drafting.draft.letterhead import missing
from drafting.forms import Form, TaskHint
from drafting.records import vn_date
from drafting.text import fold, one_line, parse_day

_MONTH_OF = r"thang (\d{1,2})(?: ?/ ?| nam )(\d{4})"
_WINDOW = re.compile(rf"^(thuong tuan|trung tuan|ha tuan|dau|giua|cuoi) {_MONTH_OF}$")
_MONTH = re.compile(rf"^{_MONTH_OF}$")
_QUARTER = re.compile(r"^quy (i{1,3}|iv|[1-4])(?: ?/ ?| nam )(\d{4})$")
_TO = re.compile(r"^(?:tu )?(?:ngay )?(.+?) (?:den|-|–) (?:het )?(?:ngay )?(.+)$")
_SHORT_RANGE = re.compile(r"^(\d{1,2}) ?[-–] ?(\d{1,2}) ?/ ?(\d{1,2}) ?/ ?(\d{4})$")
_DAYS = {
    "thuong tuan": (1, 10), "trung tuan": (11, 20), "ha tuan": (21, 31),
    "dau": (1, 10), "giua": (11, 20), "cuoi": (21, 31),
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 4, "iii": 7, "iv": 10, "1": 1, "2": 4, "3": 7, "4": 10}
# How a time may be written, for messages.
WAYS = "20/8/2026; 20-21/8/2026; trung tuần tháng 8/2026; cuối tháng 8/2026; quý III/2026"


@dataclass(frozen=True, slots=True)
class Event:
    """A day, several known days (`is_exact`) or a window. Deadlines count from its first day."""

    first: date
    last: date
    said: str
    is_exact: bool = False


def read_event(text: str, days: int = 1) -> Event | None:
    """A day, days in a row, or a window such as “trung tuần tháng 8/2026”; None otherwise.

    `days` is how long the event lasts from a single day on.

    >>> read_event("trung tuần tháng 8/2026").first
    datetime.date(2026, 8, 11)
    >>> read_event("20-21/8/2026").said, read_event("20/8/2026").said
    ('từ ngày 20/8/2026 đến ngày 21/8/2026', 'ngày 20/8/2026')
    """
    text = one_line(text)
    folded = fold(text)
    exact = _exact(folded, days)
    if exact is not None:
        first, last = exact
        if last < first:
            return None
        said = f"ngày {vn_date(first)}"
        said = said if first == last else f"từ {said} đến ngày {vn_date(last)}"
        return Event(first, last, said, is_exact=True)
    window = _window(folded)
    return Event(*window, text) if window else None


def _exact(folded: str, days: int) -> tuple[date, date] | None:
    single = parse_day(folded.removeprefix("ngay "))
    if single is not None:
        return single, single + timedelta(days=max(1, days) - 1)
    short = _SHORT_RANGE.match(folded)
    if short:
        month = f"{short[3]}/{short[4]}"
        ends = parse_day(f"{short[1]}/{month}"), parse_day(f"{short[2]}/{month}")
    else:
        named = _TO.match(folded)
        ends = (parse_day(named[1]), parse_day(named[2])) if named else (None, None)
    return (ends[0], ends[1]) if ends[0] and ends[1] else None


def _window(folded: str) -> tuple[date, date] | None:
    window, month, quarter = _WINDOW.match(folded), _MONTH.match(folded), _QUARTER.match(folded)
    if quarter:
        first = _QUARTERS[quarter[1]]
        return _stretch(int(quarter[2]), first, 1, first + 2, 31)
    if window:
        start, end = _DAYS[window[1]]
        return _stretch(int(window[3]), int(window[2]), start, int(window[2]), end)
    return _stretch(int(month[2]), int(month[1]), 1, int(month[1]), 31) if month else None


def _stretch(year: int, first: int, start: int, last: int, end: int) -> tuple[date, date] | None:
    if not (1 <= first <= 12 and 1900 < year < 2200):
        return None
    return date(year, first, start), date(year, last, min(end, calendar.monthrange(year, last)[1]))


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when. `due` None: no date set, or (`awaits_event`) none to count from yet.

    `hint`: it is a past plan's suggestion.
    """

    unit: str
    work: str
    together: str
    due: Moved | None
    hint: TaskHint | None = None
    awaits_event: bool = False

    def line(self) -> str:
        """The task as a dash line of the plan."""
        tail = f", hoàn thành trước ngày {vn_date(self.due.due)}" if self.due else ""
        said = "phối hợp" in self.work.lower()
        beside = f" (phối hợp: {self.together})" if self.together and not said else ""
        return f"- {self.work.rstrip(' .;')}{beside}{tail}."


def tasks(form: Form, case: Case, event: Event | None, days: WorkingDays) -> list[Task]:
    """The tasks of a plan: the case's own, else the form's suggestions, dated from `event`."""
    rows = [row for row in case.rows("nhiem_vu") if row]
    if rows:
        return [_own_task(row, event, days) for row in rows]
    return [
        Task(
            hint.unit,
            hint.work,
            hint.together,
            _before(event, hint.days_before, days),
            hint,
            awaits_event=event is None and hint.days_before is not None,
        )
        for hint in form.tasks
    ]


def _own_task(row: Row, event: Event | None, days: WorkingDays) -> Task:
    fixed, ahead = row.get("han"), row.get("truoc_ngay")
    due = days.on_or_before(fixed) if isinstance(fixed, date) else None
    if due is None and isinstance(ahead, int):
        due = _before(event, ahead, days)
    unit = str(row.get("don_vi", "")) or missing("đơn vị")
    work = str(row.get("viec", "")) or missing("việc")
    together = str(row.get("phoi_hop", ""))
    awaits = due is None and event is None and isinstance(ahead, int)
    return Task(unit, work, together, due, awaits_event=awaits)


def _before(event: Event | None, ahead: int | None, days: WorkingDays) -> Moved | None:
    if event is None or ahead is None:
        return None
    earliest = (event.first - date(1900, 1, 1)).days
    return days.on_or_before(event.first - timedelta(days=ahead)) if ahead < earliest else None
