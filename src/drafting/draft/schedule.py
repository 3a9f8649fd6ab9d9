"""When a conference is, and by when each task before it is due."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from drafting.cases import Case, Row
from drafting.deadlines import Moved, on_or_before
from drafting.draft.letterhead import missing
from drafting.forms import Form, TaskHint
from drafting.records import vn_date
from drafting.text import fold, one_line, parse_day

_WINDOW = re.compile(r"^(thuong|trung|ha) tuan thang (\d{1,2}) ?/ ?(\d{4})$")
_MONTH = re.compile(r"^thang (\d{1,2}) ?/ ?(\d{4})$")
_TEN_DAYS = {"thuong": (1, 10), "trung": (11, 20), "ha": (21, 31)}


@dataclass(frozen=True, slots=True)
class Event:
    """A day or a window. Deadlines count from its first day, the safe one."""

    first: date
    last: date
    said: str

    @property
    def is_window(self) -> bool:
        """Whether only a stretch of days is known."""
        return self.first != self.last


def read_event(text: str) -> Event | None:
    """A day (“20/8/2026”) or a window (“trung tuần tháng 8/2026”, “tháng 8/2026”); None otherwise.

    >>> read_event("trung tuần tháng 8/2026").first
    datetime.date(2026, 8, 11)
    >>> read_event("hạ tuần tháng 02/2027").last
    datetime.date(2027, 2, 28)
    """
    text = one_line(text)
    day = parse_day(text)
    if day is not None:
        return Event(day, day, vn_date(day))
    folded = fold(text)
    window, month = _WINDOW.match(folded), _MONTH.match(folded)
    if window:
        first, last = _TEN_DAYS[window.group(1)]
        number, year = int(window.group(2)), int(window.group(3))
    elif month:
        first, last, number, year = 1, 31, int(month.group(1)), int(month.group(2))
    else:
        return None
    if not 1 <= number <= 12 or not 1900 < year < 2200:
        return None
    end = calendar.monthrange(year, number)[1]
    return Event(date(year, number, first), date(year, number, min(last, end)), text)


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when. `due` None: no date set. `hint`: it is a past plan's suggestion."""

    unit: str
    work: str
    together: str
    due: Moved | None
    hint: TaskHint | None = None

    def line(self) -> str:
        """The task as a dash line of the plan."""
        tail = f", hoàn thành trước ngày {vn_date(self.due.due)}" if self.due else ""
        said = "phối hợp" in self.work.lower()
        beside = f" (phối hợp: {self.together})" if self.together and not said else ""
        return f"- {self.work.rstrip(' .;')}{beside}{tail}."


def tasks(form: Form, case: Case, event: Event | None) -> list[Task]:
    """The tasks of a plan: the case's own, else the form's suggestions, dated from `event`."""
    rows = [row for row in case.rows("nhiem_vu") if row]
    if rows:
        return [_own_task(row, event) for row in rows]
    return [
        Task(hint.unit, hint.work, hint.together, _before(event, hint.days_before), hint)
        for hint in form.tasks
    ]


def _own_task(row: Row, event: Event | None) -> Task:
    fixed, days = row.get("han"), row.get("truoc_ngay")
    due = on_or_before(fixed) if isinstance(fixed, date) else None
    if due is None and isinstance(days, int):
        due = _before(event, days)
    unit = str(row.get("don_vi", "")) or missing("đơn vị")
    work = str(row.get("viec", "")) or missing("việc")
    return Task(unit, work, str(row.get("phoi_hop", "")), due)


def _before(event: Event | None, days: int | None) -> Moved | None:
    if event is None or days is None:
        return None
    earliest = (event.first - date(1900, 1, 1)).days
    return on_or_before(event.first - timedelta(days=days)) if days < earliest else None
