"""Provisions on their way to the officer: which first, none twice, exceptions with their rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from drafting.citations import cite_provision
from drafting.library import Stored
from drafting.passages import Passage
from drafting.read.source import Span
from drafting.records import Record, State
from drafting.retrieve.links import Links
from drafting.structure import Document, Provision, is_within
from drafting.text import bigrams, folded_words

# A document out of force, or not yet in it, must fit so much better to come before one in force.
_OUT_OF_FORCE = 0.25
# Of one's own province what fits at least so well as the best comes before another province's.
_FITTING = 0.4
# Longer answers nothing.
MAX_HIT_CHARS = 2_400
# The score of what the question names.
NAMED = 1_000.0
# Hits that share so much of their pairs of words say the same.
_SAME = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """A provision before it is written out as a hit.

    `score` orders, `fused` compares across documents; `passage` None when the whole provision is
    meant (it was named, or another refers to it); `why` says what brought it beside its words.
    """

    record: Record
    score: float
    fused: float
    stored: Stored
    provision: Provision
    passage: Passage | None = None
    why: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the question itself names it."""
        return self.score == NAMED

    @property
    def citation(self) -> str:
        """How it is cited."""
        return cite_provision(self.record, self.stored.document, self.provision)

    @property
    def text(self) -> str:
        """What it says, as far as it would be shown."""
        return self.stored.document.source.display(self.shown()[0])

    def shown(self) -> tuple[tuple[Span, ...], bool]:
        """What is shown of it, and whether that is all: an opening (“… gồm:”) comes with its list.

        What the question names, or another provision refers to, comes with all that stands below.
        """
        document, provision = self.stored.document, self.provision
        passage = self.passage
        if passage is None or (passage.text.endswith(":") and document.children(passage.eid)):
            return _branch_spans(document, provision)
        return passage.spans, True


def _branch_spans(document: Document, provision: Provision) -> tuple[tuple[Span, ...], bool]:
    """A provision with the units below it, as many as stay readable; whether all did."""
    spans = list(provision.spans)
    length = sum(end - start for start, end in spans)
    for unit in list(document.branch(provision.eid))[1:]:
        length += sum(end - start for start, end in unit.spans)
        if length > MAX_HIT_CHARS:
            return tuple(spans), False
        spans.extend(unit.spans)
    return tuple(spans), True


def in_force_first(found: Sequence[Found], as_of: date) -> list[Found]:
    """Best first, what is out of force on `as_of` counting for less."""
    out = {State.ENDED, State.NOT_YET}
    states = {id(one.record): one.record.status_on(as_of).state for one in found}
    weighed = [
        replace(one, score=one.score * _OUT_OF_FORCE) if states[id(one.record)] in out else one
        for one in found
    ]
    return sorted(weighed, key=lambda one: -one.score)


def own_province_first(found: list[Found], province: str, k: int) -> list[Found]:
    """Own province's provisions first, another's after them; one place is kept for the others."""
    if not province:
        return found
    best = max((one.fused for one in found), default=0.0)
    own = [one for one in found if one.record.in_jurisdiction_of(province)]
    others = [one for one in found if not one.record.in_jurisdiction_of(province)]
    fitting = [one for one in own if one.fused >= best * _FITTING]
    rest = [one for one in own if one.fused < best * _FITTING]
    first = max(1, k - 1)
    return [*fitting[:first], *others, *fitting[first:], *rest]


def without_repeats(found: Sequence[Found], k: int) -> list[Found]:
    """The first `k`, none saying what one before it says; that one tells where else it stands."""
    kept: list[Found] = []
    said: list[set[str]] = []
    for one in found:
        if len(kept) == k:
            break
        pairs = set(bigrams(folded_words(one.text)))
        twin = next((n for n, other in enumerate(said) if _same(pairs, other)), None)
        if twin is None:
            kept.append(one)
            said.append(pairs)
        elif one.citation != kept[twin].citation:
            why = (*kept[twin].why, f"Cùng nội dung ở {one.citation}")
            kept[twin] = replace(kept[twin], why=why)
    return kept


def _same(pairs: set[str], other: set[str]) -> bool:
    both = len(pairs & other)
    return both > 0 and both >= _SAME * len(pairs | other)


def with_linked(
    hits: Sequence[Found], ranked: Sequence[Found], links: Links, k: int
) -> list[Found]:
    """`hits` with what the first one refers to, and what excepts from it, in the last places.

    At most half of the places: what the words found stays first. Of a long provision the part that
    fits the question best is shown.
    """
    kept, brought = list(hits), list[Found]()
    for source in hits[:1]:
        for eid, why in _referred(source, links):
            shown = next((n for n, one in enumerate(kept) if _inside(one, source, eid)), None)
            if shown:
                kept[shown] = replace(kept[shown], why=(*kept[shown].why, why))
            elif shown is None and not any(_inside(one, source, eid) for one in brought):
                found = _best_part(source, eid, ranked)
                brought += [replace(found, why=(why,))] if found else []
    brought = brought[: k // 2]
    return [*kept[: k - len(brought)], *brought]


def _referred(source: Found, links: Links) -> Iterator[tuple[str, str]]:
    """The provisions to bring for a hit, each with the reason."""
    eid = source.provision.eid
    for other in links.exceptions(source.stored, eid):
        yield other, f"Nêu ngoại lệ của {source.citation}"
    for other in links.outgoing(source.stored, eid):
        yield other, f"Được viện dẫn tại {source.citation}"


def _inside(one: Found, source: Found, eid: str) -> bool:
    """Whether `one` is provision `eid` of the source's document, or stands below it."""
    return one.record.file == source.record.file and is_within(one.provision.eid, eid)


def _best_part(source: Found, eid: str, ranked: Sequence[Found]) -> Found | None:
    """The part of `eid` that fits the question best; the provision itself when none was ranked."""
    for one in ranked:
        if _inside(one, source, eid):
            return one
    provision = source.stored.document.get(eid)
    if provision is None:
        return None
    return replace(source, provision=provision, passage=None, score=0.0, fused=0.0)
