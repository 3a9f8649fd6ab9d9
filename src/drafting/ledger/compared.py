"""Quoted words held against the provision they are said to stand in, or against any that is near.

What differs by more than half is not called a slip: the words then stand elsewhere, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from drafting.citations import cite_provision
from drafting.citations.place import read_eid, spell
from drafting.ledger.marks import Quoted
from drafting.ledger.quotation import Quotation, Result, shortened
from drafting.ledger.words import (
    Compared,
    common_stretch,
    compare_words,
    count_words,
    stands_in,
)
from drafting.records import Record
from drafting.structure import Document, Provision

UNLIKE = "không giống lời văn ấy"
# A quotation without citation is looked for from this many words on, and must be this alike.
_LONG = 8
_NEARLY = 0.8
_WINDOW = 5
# Of words told without marks at least this share must be the provision's.
_MOST_OWN = 0.6
_SYLLABLE = re.compile(r"\w+")


def compare_quoted(one: Quoted, document: Document | None, eid: str) -> Quotation:
    """Quoted words held against a provision (the whole document for eid "")."""
    if document is None:
        note = UNLIKE if one.loose else "kho chưa có toàn văn"
        return Quotation(one.text, one.span, Result.NOT_COMPARED, note=note)
    told = _against(one.text, document, eid, one.bare)
    if told.agrees and one.bare and not _against(one.text, document, eid, False).agrees:
        return Quotation(one.text, one.span, Result.NOT_COMPARED, note=UNLIKE)
    if told.agrees:
        return Quotation(one.text, one.span, Result.SAME)
    if told.alike >= one.least and told.there and one.retold:
        note = f"ở đây “{told.here}”, trong kho “{told.there}”; đối chiếu lại nếu chép nguyên văn"
        return Quotation(one.text, one.span, Result.NOT_COMPARED, told.here, told.there, note)
    if told.alike >= one.least and told.there:
        return Quotation(one.text, one.span, Result.DIFFERS, told.here, told.there)
    if one.loose:
        return Quotation(one.text, one.span, Result.NOT_COMPARED, note=UNLIKE)
    place = spell(read_eid(eid)) or "văn bản này"
    elsewhere = _elsewhere(one.text, document)
    there = f"{place} không có lời này" + (f"; có ở {elsewhere}" if elsewhere else "")
    if not one.sure and not elsewhere:
        note = f"{there}; nếu chỉ nói ý thì bỏ dấu ngoặc kép hoặc dấu hai chấm"
        return Quotation(one.text, one.span, Result.NOT_COMPARED, note=note)
    return Quotation(one.text, one.span, Result.DIFFERS, told.here, there)


def likeness(one: Quoted, document: Document, eid: str) -> float:
    """How like a provision quoted words are, 2.0 where they are its own."""
    told = _against(one.text, document, eid, one.bare)
    return 2.0 if told.agrees else told.alike


def _against(words: str, document: Document, eid: str, bare: bool) -> Compared:
    """The best of three readings: units in order, as the file runs, numbers of units left out."""
    branch = list(document.branch(eid)) if eid else list(document.provisions)
    spans = [span for provision in branch for span in provision.spans]
    readings = ["\n".join(p.text for p in branch)]
    if spans:
        low, high = min(start for start, _ in spans), max(end for _, end in spans)
        readings.append(document.source.text[low:high])
    readings.append("\n".join(p.text.removeprefix(p.number).lstrip(".) ") for p in branch))
    told = [compare_words(_common(words, one) if bare else words, one) for one in readings]
    return max(told, key=lambda one: (one.agrees, one.alike))


def _common(words: str, source: str) -> str:
    """Words told without marks, less the text's own before and after those of the source."""
    kept = common_stretch(words, source)
    return kept if count_words(kept) >= _MOST_OWN * count_words(words) else words


def _elsewhere(words: str, document: Document) -> str:
    """Where in the document the words do stand, the smallest unit; "" for nowhere."""
    tops = [p for p in document.provisions if not p.parent]
    holding = [p for p in tops if stands_in(words, document.full_text(p.eid))]
    branches = (p for top in holding for p in document.branch(top.eid))
    found = [p for p in branches if stands_in(words, document.full_text(p.eid))]
    deepest = max(found, key=lambda p: p.eid.count("__"), default=None)
    return spell(read_eid(deepest.eid)) if deepest else ""


def near_quotations(
    quotes: Sequence[Quoted], texts: Iterable[tuple[Record, Document]]
) -> list[str]:
    """A note for each long quotation that some provision holds nearly word for word, uncited."""
    wanted = [one for one in quotes if count_words(one.text) >= _LONG]
    known = list(texts) if wanted else []
    return [note for one in wanted if (note := _near(one, known))]


def _near(one: Quoted, texts: Sequence[tuple[Record, Document]]) -> str:
    """Which provision it is like: where a window of its words stands, then word for word."""
    words = _SYLLABLE.findall(one.text)
    steps = range(0, len(words) - _WINDOW + 1, _WINDOW)
    windows = [r"\W+".join(map(re.escape, words[at : at + _WINDOW])) for at in steps]
    pattern = re.compile("|".join(windows), re.IGNORECASE)
    score, place, told = 0.0, "", Compared(False)
    for record, document in texts:
        for provision in _holding(document, pattern):
            compared = compare_words(one.text, document.full_text(provision.eid))
            if compared.alike > score:
                score, told = compared.alike, compared
                place = cite_provision(record, document, provision)
    if score < _NEARLY:
        return ""
    shown = shortened(one.text)
    if told.agrees:
        return f"“{shown}” là lời của {place}, chưa ghi viện dẫn"
    differs = f"ở đây “{told.here}”, trong kho “{told.there}”"
    return f"“{shown}” gần như lời của {place}, chưa ghi viện dẫn; {differs}"


def _holding(document: Document, pattern: re.Pattern[str]) -> list[Provision]:
    """The provisions whose own words match."""
    if pattern.search(document.source.text) is None:
        return []
    return [p for p in document.provisions if pattern.search(p.text)]
