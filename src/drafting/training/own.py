"""What an office's own library teaches: its documents as articles to learn from."""

from __future__ import annotations

from collections.abc import Iterable

from drafting.library import Stored
from drafting.passages import Passage, passages
from drafting.structure import Document, Kind
from drafting.training.stream import Article

_UNITS = {Kind.ARTICLE, Kind.CLAUSE}


def own_articles(library: Iterable[Stored]) -> list[Article]:
    """The Điều of every document; of a report or plan its clauses, of an annex its parts.

    Words are those that are searched: what the index leaves out is not learned from either.
    """
    return [article for stored in library for article in _articles(stored)]


def _articles(stored: Stored) -> Iterable[Article]:
    grouped: dict[str, list[Passage]] = {}
    for passage in passages(stored):
        grouped.setdefault(_unit(stored.document, passage.eid), []).append(passage)
    law = stored.record.designation or stored.record.file
    for eid, found in grouped.items():
        unit = stored.document.get(eid)
        heading = unit.heading if unit else ""
        text = "\n".join(passage.text for passage in found)
        yield Article(law, found[0].name, heading or found[0].heading, text)


def _unit(document: Document, eid: str) -> str:
    """The eId of the article around a unit, else of its outermost clause, else its own."""
    for above in document.parents(eid):
        if above.kind in _UNITS:
            return above.eid
    return eid
