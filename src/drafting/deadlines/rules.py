"""`Rule`: one time limit of a document, bound to the words that set it (`rules/deadlines.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.evidence import Evidence
from drafting.text import fold, one_line
from drafting.toml import read_toml

FILE = "deadlines.toml"
_TEXTS = ("id", "what", "who", "to", "direction", "event", "document", "eid", "quote")


class Direction(StrEnum):
    """Counted back from an event, on from one, or a day the document names."""

    BEFORE = "before"
    AFTER = "after"
    BY = "by"


class Unit(StrEnum):
    """What is counted."""

    WORKING = "ngày làm việc"
    CALENDAR = "ngày"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who must do what, to whom, by when.

    `event` is what the days are counted from (“ngày đón tiếp”), or the words of the day named.
    A rule `by` has either `month` and `day` (each year) or `on` (once); the others `days`, `unit`.
    """

    id: str
    what: str
    who: str
    to: str
    event: str
    direction: Direction
    evidence: Evidence
    days: int = 0
    unit: Unit = Unit.WORKING
    month: int = 0
    day: int = 0
    on: date | None = None
    note: str = ""

    @property
    def is_yearly(self) -> bool:
        """Whether it is due each year on a day the document names."""
        return self.month > 0

    @property
    def clause(self) -> str:
        """Where it stands, as `find_rule` takes it: “19-QC/TU:art_14__cl_5”."""
        return f"{self.evidence.document}:{self.evidence.eid}"

    @property
    def how(self) -> str:
        """The limit in few words: “05 ngày làm việc trước ngày đón tiếp”."""
        if self.direction is Direction.BY:
            return self.event
        side = "trước" if self.direction is Direction.BEFORE else "sau"
        return f"{self.days:02d} {self.unit} {side} {self.event}"

    def as_json(self) -> dict[str, object]:
        """The rule in the JSON of `drafting deadline --list`."""
        return {
            "rule": self.id, "clause": self.clause, "what": self.what, "who": self.who,
            "to": self.to, "direction": self.direction, "days": self.days or None,
            "unit": self.unit if self.days else None, "event": self.event,
            "month": self.month or None, "day": self.day or None,
            "on": self.on.isoformat() if self.on else None, "quote": self.evidence.quote,
        }  # fmt: skip


def load_rules(folders: Iterable[Path]) -> tuple[Rule, ...]:
    """The rules of the `deadlines.toml` in these folders; an id of a later folder takes over.

    A folder without the file adds nothing. Raises `BadInput` naming file and rule.
    """
    found: dict[str, Rule] = {}
    for folder in folders:
        path = folder / FILE
        try:
            entries = read_toml(path, "tệp thời hạn").get("rule", [])
        except FileNotFoundError:
            continue
        if not isinstance(entries, list):
            raise BadInput(f"Tệp thời hạn {path}: phải viết thành khối [[rule]]. Sửa rồi chạy lại.")
        here = [_rule(path, number, entry) for number, entry in enumerate(entries, start=1)]
        twice = {one.id for one in here if [r.id for r in here].count(one.id) > 1}
        if twice:
            raise BadInput(f"Tệp thời hạn {path}: trùng id {', '.join(sorted(twice))}. Đổi tên id.")
        found.update({one.id: one for one in here})
    return tuple(found.values())


def _rule(path: Path, number: int, entry: object) -> Rule:
    place = f"Tệp thời hạn {path}, [[rule]] thứ {number}"
    if not isinstance(entry, dict):
        raise BadInput(f"{place}: phải là một khối. Sửa rồi chạy lại.")
    absent = [n for n in _TEXTS if not isinstance(entry.get(n), str) or not entry[n].strip()]
    if absent:
        raise BadInput(f"{place}: thiếu {', '.join(absent)}. Sửa rồi chạy lại.")
    place += f" ({entry['id']})"
    if entry["direction"] not in list(Direction):
        raise BadInput(f"{place}: direction phải là before, after hoặc by. Sửa rồi chạy lại.")
    direction = Direction(entry["direction"])
    evidence = Evidence(
        entry["document"], entry["eid"], entry["quote"],
        entry.get("verified") is not False, str(entry.get("source", "")),
    )  # fmt: skip
    when = _named_day(place, entry) if direction is Direction.BY else _count(place, entry)
    return Rule(
        entry["id"], entry["what"], entry["who"], entry["to"], entry["event"], direction, evidence,
        note=str(entry.get("note", "")), **when,
    )  # fmt: skip


def _count(place: str, entry: dict[str, Any]) -> dict[str, Any]:
    days, unit = entry.get("days"), entry.get("unit", Unit.WORKING)
    if type(days) is not int or not 1 <= days <= 366:
        raise BadInput(f"{place}: days phải là số ngày, từ 1 đến 366. Sửa rồi chạy lại.")
    if unit not in list(Unit):
        raise BadInput(f"{place}: unit phải là “ngày làm việc” hoặc “ngày”. Sửa rồi chạy lại.")
    return {"days": days, "unit": Unit(unit)}


def _named_day(place: str, entry: dict[str, Any]) -> dict[str, Any]:
    if type(entry.get("on")) is date:
        return {"on": entry["on"]}
    month, day = entry.get("month"), entry.get("day")
    try:
        date(2001, month, day)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadInput(
            f"{place}: cần month và day có thật (mỗi năm), hoặc on = 2024-07-15 (một lần). "
            "Sửa rồi chạy lại."
        ) from None
    return {"month": month, "day": day}


def find_rule(name: str, rules: Sequence[Rule]) -> Rule:
    """The rule called `name`: its id, or `DESIGNATION:EID` of its clause.

    Raises `BadInput`: for an unknown name with what is near, for a clause with several limits with
    their ids.
    """
    wanted = fold(one_line(name))
    exact = [rule for rule in rules if fold(rule.id) == wanted]
    document, _, eid = one_line(name).rpartition(":")
    found = exact or [rule for rule in rules if document and _stands_in(rule, document, eid)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(rule.id for rule in found)
        raise BadInput(f"“{name}” có {len(found)} thời hạn: {ids}. Chọn một tên.")
    near = [rule.id for rule in rules if wanted and wanted in fold(rule.id)]
    hint = f" Gần giống: {', '.join(near)}." if near else ""
    raise BadInput(f"Không có thời hạn “{name}”.{hint} Xem “drafting deadline --list”.")


def _stands_in(rule: Rule, document: str, eid: str) -> bool:
    given = Designation.parse(document)
    own = Designation.parse(rule.evidence.document)
    same = own is not None and given is not None and own.key == given.key
    names = {fold(rule.evidence.document), fold(Path(rule.evidence.document).stem)}
    at = rule.evidence.eid
    return (same or fold(document.strip()) in names) and (
        at == eid.strip() or at.startswith(f"{eid.strip()}__")
    )
