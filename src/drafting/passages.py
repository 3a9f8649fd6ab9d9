"""Passages: the smallest provisions of a document with their parents' headings, for the index."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.library import Stored
from drafting.read.source import Span
from drafting.structure import Document, Kind, Provision

# A hit longer than this answers nothing: longer units are cut between paragraphs.
MAX_CHARS = 1_800
# Raise it when documents are cut into passages otherwise: indexes of them are then made again.
VERSION = 1
_LEFT_OUT = {Kind.RECIPIENTS, Kind.SIGNATURE, Kind.COLUMN, Kind.GROUP, Kind.CHAPTER, Kind.SECTION}


@dataclass(frozen=True, slots=True)
class Passage:
    """What the index knows: one provision (or some of its paragraphs) and the words around it.

    `heading` are the titles from its article down to itself, `lead` the words of the clause or
    point it hangs from ("Quyết định việc đi công tác… đối với:"), `chapter` the titles above the
    article, `name` what the document is called. `text` is `SourceText.display(spans)`.
    """

    file: str
    eid: str
    spans: tuple[Span, ...]
    text: str
    heading: str
    lead: str
    chapter: str
    name: str


def passages(stored: Stored) -> list[Passage]:
    """The passages of one document, in reading order."""
    document = stored.document
    record = stored.record
    name = " ".join([record.kind, record.designation, record.subject or record.name])
    found: list[Passage] = []
    for provision in document.provisions:
        if provision.kind in _LEFT_OUT or _only_a_title(document, provision):
            continue
        above = document.parents(provision.eid)
        heading = " ".join(p.heading for p in (*above, provision) if _titles(p) and p.heading)
        chapter = " ".join(p.heading for p in above if not _titles(p))
        lead = " ".join(_own_words(p) for p in above if p.kind in {Kind.CLAUSE, Kind.POINT})
        for spans in _cut(document, provision):
            text = document.source.display(spans)
            if text:
                found.append(
                    Passage(record.file, provision.eid, spans, text, heading, lead, chapter, name)
                )
    return found


def _titles(provision: Provision) -> bool:
    """Whether the unit's heading titles the passage: from the article (or report part) down."""
    return provision.kind not in {Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION}


def _own_words(provision: Provision) -> str:
    """The unit's words that are no title, cut short: enough to say what hangs from it."""
    return (
        ""
        if provision.heading and provision.text.endswith(provision.heading)
        else provision.text[:400]
    )


def _only_a_title(document: Document, provision: Provision) -> bool:
    """A unit that says nothing itself: its children carry its heading."""
    if provision.kind in {Kind.ANNEX, Kind.FORM}:
        return False
    has_children = bool(document.children(provision.eid))
    return has_children and bool(provision.heading) and provision.text.endswith(provision.heading)


def _cut(document: Document, provision: Provision) -> list[tuple[Span, ...]]:
    """The unit's paragraphs in runs of at most `MAX_CHARS`; a long paragraph alone stays whole."""
    runs: list[list[Span]] = [[]]
    length = 0
    for paragraph in provision.paragraphs:
        size = sum(end - start for start, end in paragraph)
        if runs[-1] and length + size > MAX_CHARS:
            runs.append([])
            length = 0
        runs[-1].extend(paragraph)
        length += size
    return [tuple(run) for run in runs if run]
