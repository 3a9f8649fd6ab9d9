"""Our one-line fixture language: documents, records and catalogues written as a test reads.

regulation("Điều 1", "1.", "a)")            a Document with just these units
record("30/2020/NĐ-CP", "Chính phủ", …)     a Record, its tên loại read from its symbol
catalogue(record(…), regulation=…)          a Catalogue that knows them
corpus_catalogue()                          one that knows corpus/, read by hand, not by library
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from drafting.designation import TYPE_OF_SYMBOL, Designation
from drafting.read import decode
from drafting.read.source import SourceText
from drafting.records import Record
from drafting.structure import Document, structure
from drafting.text import fold, plain

REPO = Path(__file__).resolve().parent.parent
_ARTICLE = re.compile(r"Điều \S+$")


def regulation(*units: str, kind: str = "QUY CHẾ", name: str = "quy-che.txt") -> Document:
    """A regulation with these units, each with words of its own.

    >>> [p.eid for p in regulation("Điều 1", "1.", "a)", "Điều 2: Theo khoản này").provisions]
    ['art_1', 'art_1__cl_1', 'art_1__cl_1__point_a', 'art_2']
    """
    lines = [kind]
    for count, unit in enumerate(units, start=1):
        mark, _, words = unit.partition(": ")
        if _ARTICLE.match(mark):
            lines.append(f"{mark}. {words or f'Tiêu đề {count}'}")
        else:
            lines.append(f"{mark} {words or f'Nội dung thứ {count} của văn bản'};")
    return structure(SourceText("\n\n".join(lines), name, ""))


def record(designation: str, issuer: str = "", subject: str = "", **more: Any) -> Record:
    """A record of the danh mục; `day="05/3/2020"`; tên loại from the symbol unless given."""
    parsed = Designation.parse(designation)
    kind = more.pop("kind", "") or TYPE_OF_SYMBOL[parsed.type_symbol if parsed else ""]
    day = more.pop("day", "")
    when = date(*(int(part) for part in reversed(day.split("/")))) if day else None
    made = Record(designation, kind, issuer, subject, when, can_be_basis=True, verified=True)
    return replace(made, **more)


@dataclass(slots=True)
class MemoryCatalogue:
    """A `citations.Catalogue` over a few records; texts by designation or name.

    tests/test_catalogue.py asks it and the library the same questions.
    """

    known: tuple[Record, ...] = ()
    texts: Mapping[str, Document] = field(default_factory=dict)

    def records(self, key: str) -> Sequence[Record]:
        """By any of a record's keys."""
        return [one for one in self.known if key in one.keys]

    def named(self, name: str) -> Sequence[Record]:
        """By name, accents and markup aside."""
        wanted = fold(plain(name))
        return [
            one
            for one in self.known
            if wanted in {fold(called) for called in (one.name, *one.also) if called}
        ]

    def near(self, designation: Designation) -> Sequence[Record]:
        """Same number, another year or another symbol."""
        parsed = ((one, Designation.parse(one.designation)) for one in self.known)
        return [one for one, other in parsed if other and designation.is_near(other)]

    def document(self, record: Record) -> Document | None:
        """The text put under the record's designation or name."""
        return self.texts.get(record.designation or record.name)


def catalogue(*known: Record, **texts: Document) -> MemoryCatalogue:
    """A catalogue; texts belong to the records their keywords count: `first=`, `second=` …"""
    order = ("first", "second", "third")
    keys = {known[order.index(word)]: text for word, text in texts.items()}
    return MemoryCatalogue(known, {one.designation or one.name: t for one, t in keys.items()})


@cache
def corpus_catalogue() -> MemoryCatalogue:
    """The records of corpus.toml and danh-muc.toml, with the five texts."""
    folder = REPO / "corpus"
    names = {one.name for one in fields(Record)}
    known: list[Record] = []
    texts: dict[str, Document] = {}
    for table in ("corpus.toml", "danh-muc.toml"):
        for entry in tomllib.loads((folder / table).read_text("utf-8"))["document"]:
            given: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value
                for key, value in entry.items()
                if key in names
            }
            made = Record(**given)
            if made.role == "regulation":
                made = replace(made, can_be_basis=True)
            known.append(made)
            if made.file:
                path = folder / made.file
                texts[made.designation or made.name] = structure(decode(path.read_bytes(), path))
    return MemoryCatalogue(tuple(known), texts)


def corpus_record(file: str) -> Record:
    """The record of one of the five files."""
    return next(one for one in corpus_catalogue().known if one.file == file)
