"""`Duty`: what a document asks for again and again; `calendar` lays the duties out over a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from drafting.deadlines.days import WorkingDays
from drafting.deadlines.due import Deadline, check_year, yearly
from drafting.deadlines.ground import BINDING, Ground, ground
from drafting.deadlines.rules import Rule
from drafting.errors import BadInput
from drafting.evidence import Evidence
from drafting.library import Library
from drafting.toml import read_toml

FILE = "duties.toml"
NO_DAY = "không nêu ngày"
_TEXTS = ("id", "every", "what", "who", "to", "document", "eid", "quote")


class Every(StrEnum):
    """How often, in the order the calendar lists what has no day."""

    MONTH = "tháng"
    QUARTER = "quý"
    HALF = "6 tháng"
    MIDYEAR = "giữa năm"
    YEAR = "năm"
    UNSAID = "định kỳ"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does what for whom, how often. `rule` is None where the document names no day."""

    id: str
    what: str
    who: str
    to: str
    every: Every
    evidence: Evidence
    note: str = ""
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty in one year: its deadline (None: the document names no day) and its ground."""

    duty: Duty
    due: Deadline | None
    ground: Ground

    @property
    def when(self) -> str:
        """The day, or that none is named."""
        return self.due.said if self.due else f"{NO_DAY}, {self.often}"

    @property
    def often(self) -> str:
        """How often: “hằng năm”, “6 tháng một lần”."""
        every = self.duty.every
        if every in {Every.MONTH, Every.QUARTER, Every.YEAR}:
            return f"hằng {every}"
        return {Every.HALF: "6 tháng một lần", Every.MIDYEAR: "vào giữa năm"}.get(every, str(every))

    def as_json(self) -> dict[str, object]:
        """The entry in the JSON of `drafting calendar`."""
        duty, due = self.duty, self.due
        return {
            "rule": duty.id, "what": duty.what, "who": duty.who, "to": duty.to,
            "every": duty.every, "when": self.when,
            "date": due.latest.isoformat() if due else None,
            "safe": due.safe.isoformat() if due else None,
            "named": due.event.isoformat() if due else None,
            "predicted": due.predicted if due else False,
            "skipped": [off.as_json() for off in due.skipped] if due else [],
            "clause": f"{duty.evidence.document}:{duty.evidence.eid}", "note": duty.note,
            **self.ground.as_json(),
        }  # fmt: skip


def load_duties(folders: Iterable[Path], rules: Sequence[Rule]) -> tuple[Duty, ...]:
    """The recurring duties: the yearly ones among `rules`, then those of the `duties.toml` files.

    A duty of a later folder takes over the one with its id. Raises `BadInput` naming file and duty.
    """
    found = {
        rule.id: Duty(
            rule.id, rule.what, rule.who, rule.to, Every.YEAR, rule.evidence, rule.note, rule
        )
        for rule in rules
        if rule.is_yearly
    }
    for folder in folders:
        path = folder / FILE
        try:
            entries = read_toml(path, "tệp việc định kỳ").get("duty", [])
        except FileNotFoundError:
            continue
        if not isinstance(entries, list):
            raise BadInput(f"Tệp việc định kỳ {path}: phải viết thành khối [[duty]].")
        for number, entry in enumerate(entries, start=1):
            duty = _duty(f"Tệp việc định kỳ {path}, [[duty]] thứ {number}", entry)
            found[duty.id] = duty
    return tuple(found.values())


def _duty(place: str, entry: object) -> Duty:
    if not isinstance(entry, dict):
        raise BadInput(f"{place}: phải là một khối. Sửa rồi chạy lại.")
    texts: dict[str, Any] = entry
    absent = [n for n in _TEXTS if not isinstance(texts.get(n), str) or not texts[n].strip()]
    if absent:
        raise BadInput(f"{place}: thiếu {', '.join(absent)}. Sửa rồi chạy lại.")
    if texts["every"] not in list(Every):
        known = ", ".join(Every)
        raise BadInput(f"{place} ({texts['id']}): every phải là một trong: {known}.")
    evidence = Evidence(
        texts["document"], texts["eid"], texts["quote"],
        texts.get("verified") is not False, str(texts.get("source", "")),
    )  # fmt: skip
    return Duty(
        texts["id"], texts["what"], texts["who"], texts["to"], Every(texts["every"]), evidence,
        str(texts.get("note", "")),
    )  # fmt: skip


def calendar(
    year: int,
    duties: Sequence[Duty],
    days: WorkingDays,
    library: Library,
    *,
    province: str,
    today: date,
) -> tuple[Entry, ...]:
    """The duties of a year: what binds `province` first, then its own documents that are not
    clearly in force, then the others; each by day, what has no day after.

    Validity is that of the day due; of a duty without one that of `today` where it lies in the
    year, else of the year's day nearest to it. Raises `BadInput` for a year without a calendar.
    """
    check_year(year)
    asked = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    entries = []
    for duty in duties:
        due = yearly(duty.rule, year, days) if duty.rule else None
        on = due.latest if due else asked
        entries.append(Entry(duty, due, ground(duty.evidence, library, province, on)))
    return tuple(sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[bool, bool, str, bool, date, int, str]:
    return (
        not entry.ground.is_own,
        entry.ground.force != BINDING,
        entry.ground.force_said,
        entry.due is None,
        entry.due.latest if entry.due else date.max,
        list(Every).index(entry.duty.every),
        entry.duty.id,
    )
