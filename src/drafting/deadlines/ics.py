"""A calendar file (RFC 5545): events open in Outlook, Google Calendar and on phones; to-dos (what
has no day) not everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from drafting.deadlines.due import Deadline
from drafting.deadlines.duties import Entry
from drafting.deadlines.ground import REFERENCE, Ground

if TYPE_CHECKING:
    from icalendar import Alarm, Component

# What neither RFC 5545 nor a workbook may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MORNING = time(8)
_WEEK = timedelta(days=7)
# What names us in a file's UIDs: never changed, so that importing anew updates and does not double.
_OURS = "https://drafting.invalid/thoi-han/"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the calendar; without `due` a to-do that has no day."""

    key: str
    what: str
    body: str
    due: Deadline | None = None


def item(due: Deadline, ground: Ground) -> Item:
    """One deadline as an item."""
    rule = due.rule
    key = f"{rule.id}/{due.event.isoformat()}"
    body = _body(rule.who, rule.to, due.said, ground, due)
    return Item(key, f"{_lead(ground)}: {rule.what}", body, due)


def entry_item(entry: Entry, year: int) -> Item:
    """One duty of a year as an item."""
    duty = entry.duty
    if entry.due is not None:
        return item(entry.due, entry.ground)
    body = _body(duty.who, duty.to, entry.when, entry.ground)
    said = f"{_lead(entry.ground, 'Việc')}: {duty.what} ({entry.when})"
    return Item(f"{duty.id}/{year}", said, body)


def _lead(ground: Ground, word: str = "Hạn") -> str:
    return f"{word} (tham khảo)" if ground.force == REFERENCE else word


def _body(who: str, to: str, when: str, ground: Ground, due: Deadline | None = None) -> str:
    lines = [f"{when}.", f"Ai làm: {who}.", f"Gửi: {to}."]
    lines += [f"Căn cứ: {ground.citation}: “{ground.proven.evidence.quote}”."]
    lines.append(f"Hiệu lực: {ground.force_said}.")
    lines += ground.cautions
    if due is not None:
        lines += [f"Cách tính: {due.convention}.", *due.remarks, *due.predictions]
    return "\n".join(lines)


def ics(items: Sequence[Item], today: date, name: str = "Thời hạn đối ngoại") -> bytes:
    """The file: an all-day event for each item with a day, a to-do for each without.

    `today` stamps it: the same items on the same day give the same bytes.
    """
    from icalendar import Calendar, Event, Todo

    calendar = Calendar()
    calendar.add("prodid", "-//drafting//thoi han//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    stamp = datetime.combine(today, time(), UTC)
    for one in items:
        component: Component = Todo() if one.due is None else Event()
        component.add("uid", f"{uuid5(NAMESPACE_URL, _OURS + one.key)}")
        component.add("dtstamp", stamp)
        component.add("summary", clean(one.what))
        component.add("description", clean(one.body))
        if one.due is not None:
            component.add("dtstart", one.due.latest)
            component.add("dtend", one.due.latest + timedelta(days=1))
            component.add("transp", "TRANSPARENT")
            for trigger in _triggers(one.due):
                component.add_component(_alarm(trigger, one.what))
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _triggers(due: Deadline) -> list[timedelta]:
    """A week ahead and on the safe day, at eight in the morning, before the day's own midnight."""
    start = datetime.combine(due.latest, time())
    days = dict.fromkeys((due.latest - _WEEK, due.safe))
    return [datetime.combine(day, _MORNING) - start for day in days]


def _alarm(trigger: timedelta, said: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(said))
    alarm.add("trigger", trigger)
    return alarm


def clean(text: str) -> str:
    """Without control characters, which neither a calendar nor a workbook may hold."""
    return _CONTROL.sub("", text)
