"""`Limits`: the time limits and duties of one office, told with their ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafting.deadlines import (
    Deadline,
    Direction,
    Rule,
    WorkingDays,
    find_rule,
    load_rules,
    working_days,
    yearly,
)
from drafting.deadlines import deadline as count
from drafting.deadlines.duties import Duty, Entry, calendar, load_duties
from drafting.deadlines.ground import Ground, ground
from drafting.deadlines.ics import entry_item, ics, item
from drafting.errors import BadInput
from drafting.evidence import stored_as
from drafting.library import Library
from drafting.retrieve.direct import named_provisions, read_named
from drafting.settings import Settings, shipped_rules


@dataclass(frozen=True, slots=True)
class Told:
    """A deadline with what it rests on; `passed` when it lies before today."""

    deadline: Deadline
    ground: Ground
    passed: bool

    def as_json(self) -> dict[str, object]:
        """The JSON of `drafting deadline`."""
        rule = self.deadline.rule
        said = {"what": rule.what, "who": rule.who, "to": rule.to, "note": rule.note}
        ground = self.ground.as_json()
        return {**self.deadline.as_json(), **said, **ground, "passed": self.passed}


@dataclass(frozen=True, slots=True)
class Limits:
    """The rules and duties of an office in `province` ("" where none is set), on one day."""

    library: Library
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    days: WorkingDays
    province: str
    today: date

    def find(self, name: str) -> Rule:
        """The rule by id, by `DESIGNATION:EID`, or by its clause in words (“khoản 5 Điều 14
        19-QC/TU”). Raises `BadInput` as `find_rule` does."""
        named = read_named(name, self.library.all_records)
        if ":" not in name and named.article and not named.document:
            raise BadInput(f"“{name}” chưa nêu văn bản. Ghi thêm số, ký hiệu: {name} 19-QC/TU.")
        if ":" not in name and named.article:
            found = named_provisions(named, self.library.stored)
            if len(found) == 1:
                stored, provision = found[0]
                document = stored.record.designation or stored.record.file
                return find_rule(f"{document}:{provision.eid}", self.rules)
        return find_rule(name, self.rules)

    def document(self, rule: Rule) -> str:
        """The document of a rule, where it binds and whether it is in force today, in one line."""
        stored = stored_as(rule.evidence.document, self.library)
        if stored is None:
            return f"{rule.evidence.document} (kho chưa có toàn văn)"
        record = stored.record
        state = "việc đã xong" if record.done else record.status_on(self.today).state
        return f"{record.title} ({record.jurisdiction or 'chưa rõ phạm vi'}; {state})"

    def tell(self, rule: Rule, event: date | None = None, year: int | None = None) -> Told:
        """The dates of a rule: counted from `event`, or those of `year` (by default the next one).

        Raises `BadInput` when the rule needs the other of the two.
        """
        if rule.direction is not Direction.BY and event is None and year is None:
            raise BadInput(
                f"“{rule.id}” tính theo {rule.event}: thêm ngày ấy, như --event 07/9/2026."
            )
        if event is not None:
            due = count(rule, event, self.days)
        else:
            due = yearly(rule, year if year is not None else self._next_year(rule), self.days)
        found = ground(rule.evidence, self.library, self.province, due.latest)
        return Told(due, found, due.latest < self.today)

    def _next_year(self, rule: Rule) -> int:
        if rule.on is not None:
            return rule.on.year
        this = yearly(rule, self.today.year, self.days)
        return self.today.year + (this.latest < self.today)

    def calendar(self, year: int, *, own: bool = False) -> tuple[Entry, ...]:
        """The duties of a year; where `own` only those of documents for the office's province.

        Raises `BadInput` when only those are asked for and no province is set.
        """
        if own and not self.province:
            raise BadInput("Chưa biết tỉnh của cơ quan: thêm --province, hoặc ghi ở settings.toml.")
        entries = calendar(
            year, self.duties, self.days, self.library, province=self.province, today=self.today
        )
        return tuple(entry for entry in entries if not own or entry.ground.is_own)

    def ics(self, told: Told) -> bytes:
        """The calendar file of one deadline."""
        return ics([item(told.deadline, told.ground)], self.today)

    def file(self, entries: tuple[Entry, ...], year: int, suffix: str) -> bytes:
        """The duties of a year as .ics or .xlsx."""
        if suffix == ".xlsx":
            from drafting.deadlines.xlsx import xlsx

            return xlsx(entries, year, self.today)
        items = [entry_item(entry, year) for entry in entries]
        return ics(items, self.today, f"Lịch việc đối ngoại {year}")


def open_limits(library: Library, settings: Settings, province: str, today: date) -> Limits:
    """The limits as shipped and as the office's own files say. Raises `BadInput` for a bad file."""
    folders: list[Path] = [shipped_rules(), settings.own_rules]
    rules = load_rules(folders)
    return Limits(
        library, rules, load_duties(folders, rules), working_days(*folders), province, today
    )
