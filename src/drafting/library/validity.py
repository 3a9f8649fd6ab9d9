"""`ReadValidity`: what the library's texts say of a document's validity, laid over its record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from drafting.records import Change, Record

_DAYS = ("in_force_from", "in_force_until", "unclear_from", "amended_from")


@dataclass(frozen=True, slots=True)
class ReadValidity:
    """What relations/derived.py concluded for one document; "" and None say nothing.

    A declared fact is never overwritten: what contradicts it is `disputed`. `verified` is False
    where the end rests on a day nobody wrote down as such (the day the successor was signed).
    `issuer` and `jurisdiction` are the document's: of `others`, two provinces give out one number.
    """

    in_force_from: date | None = None
    in_force_until: date | None = None
    replaced_by: str = ""
    unclear_from: date | None = None
    unclear_why: str = ""
    amended_by: tuple[str, ...] = ()
    amended_from: date | None = None
    changes: tuple[Change, ...] = ()
    read_in: str = ""
    disputed: str = ""
    verified: bool = True
    issuer: str = ""
    jurisdiction: str = ""
    others: tuple[ReadValidity, ...] = ()

    def of(self, record: Record) -> ReadValidity:
        """The same, of the document that `record` is."""
        return replace(self, issuer=record.issuer, jurisdiction=record.jurisdiction)

    def beside(self, other: ReadValidity | None) -> ReadValidity:
        """The same, kept beside what was read of another document of the same number."""
        return replace(self, others=(replace(other, others=()), *other.others)) if other else self

    def applied_to(self, record: Record) -> Record:
        """The record with what was read, declared facts first.

        >>> old = Record("5/2020/QĐ-UBND", "Quyết định", "", "", date(2020, 1, 2))
        >>> read = ReadValidity(in_force_until=date(2025, 7, 1), replaced_by="9/2025/QĐ-UBND")
        >>> read.applied_to(old).status_on(date(2026, 1, 1)).successor
        '9/2025/QĐ-UBND'
        """
        own = (record.issuer, record.jurisdiction)
        fitting = [one for one in (self, *self.others)
                   if (one.issuer, one.jurisdiction) in {own, ("", "")}]  # fmt: skip
        return fitting[0]._laid_over(record) if fitting else record

    def _laid_over(self, record: Record) -> Record:
        return replace(
            record,
            in_force_from=record.in_force_from or self.in_force_from,
            in_force_until=record.in_force_until or self.in_force_until,
            replaced_by=record.replaced_by or self.replaced_by,
            unclear_from=record.unclear_from or self.unclear_from,
            unclear_why=record.unclear_why or self.unclear_why,
            amended_by=(*record.amended_by, *self.amended_by),
            amended_from=record.amended_from or self.amended_from,
            changes=self.changes,
            read_in=self.read_in,
            disputed=self.disputed,
            status_verified=record.status_verified and self.verified,
        )


def dump_read(read: Mapping[str, ReadValidity]) -> str:
    """All of them as JSON."""
    values = {name: asdict(one) for name, one in read.items()}
    return json.dumps(values, ensure_ascii=False, default=date.isoformat)


def load_read(text: str) -> dict[str, ReadValidity]:
    """What `dump_read` wrote; nothing from nothing, and of another version what this one knows."""
    return {name: _loaded(values) for name, values in (json.loads(text) if text else {}).items()}


def _loaded(values: Mapping[str, Any]) -> ReadValidity:
    known = {one.name for one in fields(ReadValidity)}
    kept = {key: value for key, value in values.items() if key in known}
    kept |= {day: _day(kept.get(day)) for day in _DAYS}
    kept["amended_by"] = tuple(kept.get("amended_by", ()))
    kept["changes"] = tuple(
        Change(**(one | {"since": _day(one["since"]), "where": tuple(one["where"])}))
        for one in kept.get("changes", ())
    )
    kept["others"] = tuple(_loaded(one) for one in kept.get("others", ()))
    return ReadValidity(**kept)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
