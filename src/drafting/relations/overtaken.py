"""What a document refers to and is no longer as it was, with the document's own rule about that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from drafting.citations import Catalogue, Unresolved, Why, find, resolve
from drafting.citations.place import read_eid, spell
from drafting.library import Stored
from drafting.records import Record, State, Status
from drafting.relations.effect import own_rule, rule_said
from drafting.structure import Document

_GONE = {State.ENDED, State.PARTLY_ENDED}


def rule_for(status: Status, document: Document | None) -> str:
    """What `document` itself says of a reference with this validity, "" when it says nothing or
    the reference is as it was: “theo khoản 4 Điều 20 của chính văn bản này: “…””.

    A validity that is unclear only makes it a condition.
    """
    sure = status.state in _GONE or bool(status.successor)
    if not sure and status.state is not State.UNCLEAR:
        return ""
    rule = own_rule(document) if document is not None else None
    if rule is None:
        return ""
    lead = "" if sure else "nếu đã bị thay thế, sửa đổi: "
    place = spell(read_eid(rule.eid))
    return f"{lead}theo {place} của chính văn bản này: “{rule_said(rule)}”"


def referred_documents(stored: Stored, eid: str, catalogue: Catalogue) -> tuple[Record, ...]:
    """The other documents that a provision, and what stands below it, refers to."""
    found: dict[str, Record] = {}
    for provision in stored.document.branch(eid):
        for record in _named_in(provision.text, stored.record, catalogue):
            found.setdefault(record.key, record)
    return tuple(found.values())


def _named_in(text: str, home: Record, catalogue: Catalogue) -> Iterator[Record]:
    for citation in find(text):
        if citation.document is None or citation.document.this:
            continue
        answer = resolve(citation, home=home, catalogue=catalogue)[0]
        guessed = isinstance(answer, Unresolved) and answer.why is Why.UNKNOWN
        if answer.record is not None and not guessed and answer.record.key != home.key:
            yield answer.record


def overtaken(stored: Stored, referred: tuple[Record, ...], as_of: date) -> tuple[str, ...]:
    """A warning for each document referred to that is out of force or was changed on `as_of`;
    one of unclear validity is told only where the document has a rule about it."""
    told = []
    for record in referred:
        status = record.status_on(as_of)
        rule = rule_for(status, stored.document)
        if rule or status.state in _GONE:
            said = f"Nhắc đến {record.title}: {status.sentence()}"
            told.append(f"{said}; {rule}" if rule else said)
    return tuple(told)
