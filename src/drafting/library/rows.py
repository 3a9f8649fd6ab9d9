"""What a row of library.sqlite holds: a record and a tree as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import get_type_hints

from drafting.findings import Finding, Severity
from drafting.read.source import SourceText
from drafting.records import Record
from drafting.structure import Document, Kind, Provision

_DATES = {name for name, kind in get_type_hints(Record).items() if kind == date | None}


@dataclass(frozen=True, slots=True)
class Stored:
    """One document of the library: its record, its tree, a hash of all they were made from."""

    record: Record
    document: Document
    state: str = ""


def dump_record(record: Record) -> str:
    """A record as JSON."""
    values = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(record).items()
    }
    return json.dumps(values, ensure_ascii=False)


def load_record(text: str) -> Record:
    """The record `dump_record` wrote."""
    values = json.loads(text)
    for item in fields(Record):
        value = values.get(item.name)
        if item.name in _DATES and value:
            values[item.name] = date.fromisoformat(value)
        elif isinstance(value, list):
            values[item.name] = tuple(value)
    return Record(**values)


def dump_tree(document: Document) -> str:
    """The tree of a document as JSON: paragraphs as spans, words left in the text."""
    provisions = [
        [p.eid, str(p.kind), p.number, p.heading, p.line, p.parent, p.paragraphs]
        for p in document.provisions
    ]
    findings = [finding.as_json() for finding in document.findings]
    head = [document.kind, document.subject, document.designation]
    return json.dumps(
        {"head": head, "provisions": provisions, "findings": findings}, ensure_ascii=False
    )


def load_stored(file: str, sha256: str, text: str, record: str, tree: str, state: str) -> Stored:
    """A row of `document`: every word read from its text again."""
    source = SourceText(text, file, sha256)
    data = json.loads(tree)
    provisions = []
    for eid, kind, number, heading, line, parent, paragraphs in data["provisions"]:
        spans = tuple(tuple((a, b) for a, b in paragraph) for paragraph in paragraphs)
        flat = tuple(span for paragraph in spans for span in paragraph)
        shown = source.display(flat)
        provisions.append(
            Provision(eid, Kind(kind), number, heading, shown, line, flat, parent, spans)
        )
    findings = tuple(
        Finding(**{**finding, "severity": Severity(finding["severity"])})
        for finding in data["findings"]
    )
    made = Document(source, tuple(provisions), findings, *data["head"])
    return Stored(load_record(record), made, state)
