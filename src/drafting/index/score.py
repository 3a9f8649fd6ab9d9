"""BM25F over segments: exact top results without reading every posting of common words.

Terms are added from the most telling to the least. Once what is left cannot lift a new passage
into the best, the common words are looked up only for the passages still in the running
(MaxScore; Turtle and Flood 1995): at 1,000,000 passages “của”, “và” alone would cost 50 ms.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from drafting.index.segment import Segment
from drafting.index.terms import K1, B, term_keys

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
# A term in more passages than this share is worth a look at whether it is needed at all.
_COMMON = 0.003
# Looking one passage up in a list of postings costs as much as adding so many postings.
_LOOK_UP = 4
# So few passages in the running are not worth thinning out again.
_FEW = 1_000


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a question: its weight with idf, and its postings (segment number, run)."""

    weight: float
    count: int
    runs: tuple[tuple[int, slice], ...]


class Scorer:
    """Scores the passages of some segments, numbered through from the first to the last."""

    def __init__(self, segments: Sequence[Segment], dead: Sequence[frozenset[int]]) -> None:
        self.segments = segments
        sizes = [len(segment.lengths) for segment in segments]
        self.bases = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        lengths = [np.asarray(segment.lengths) for segment in segments]
        alive = np.ones(int(self.bases[-1]), dtype=bool)
        for base, segment, gone in zip(self.bases, segments, dead, strict=False):
            for part in (segment.parts[number] for number in gone):
                alive[base + part.begin : base + part.begin + part.count] = False
        self.alive, self.count = alive, int(alive.sum())
        every = np.concatenate([np.zeros(0), *lengths]).astype(np.float32)
        self.lengths = every
        mean = float(every[alive].mean()) if self.count else 1.0
        # Weights are counted in halves (terms.FIELDS), so k1 is too; a dead passage scores 0.
        self._norms = (2 * K1 * (1 - B + B * every / (mean or 1.0))).astype(np.float32)
        self._norms[~alive] = np.inf

    def within(self, allowed: npt.NDArray[np.bool_]) -> Scorer:
        """A scorer of the allowed passages alone, with the same idf."""
        inner = copy.copy(self)
        inner._norms = np.where(allowed, self._norms, np.float32(np.inf))
        return inner

    def idf(self, counts: Places) -> Floats:
        """How telling terms of these document frequencies are; 0 for one no passage has."""
        having = np.minimum(counts, self.count)
        told = np.log1p((self.count - having + 0.5) / (having + 0.5))
        return np.where(counts > 0, told, 0.0).astype(np.float32)

    def frequencies(self, terms: Sequence[str]) -> Places:
        """In how many passages each term stands (those taken out count until merged)."""
        once = dict.fromkeys(terms, 1.0)
        counts = dict(zip(once, (term.count for term in self._look_up(once)), strict=True))
        return np.array([counts[term] for term in terms], dtype=np.int64)

    def best(self, terms: Mapping[str, float], limit: int) -> tuple[Places, Floats]:
        """The passages of the `limit` best scores (ties with the last included) and the scores."""
        found = [term for term in self._look_up(terms) if term.weight > 0]
        found.sort(key=lambda term: -term.weight)
        left = np.cumsum([term.weight for term in reversed(found)])[::-1]
        ahead = np.cumsum([term.count for term in reversed(found)])[::-1]
        scores = np.zeros(int(self.bases[-1]), dtype=np.float32)
        sample: Places | None = None
        # The best of the sample bounds the best from below; and no passage has more than all the
        # weight so far: until that is half, no use looking.
        look_at = float(left[0]) / 2 if found else 0.0
        for at, term in enumerate(found):
            if term.count > _COMMON * self.count and left[at] < look_at:
                sample = np.flatnonzero(scores > 0) if sample is None else sample
                worst = _worst(scores[sample], limit) - float(left[at])
                if worst > 0:
                    running = np.flatnonzero(scores >= worst)
                    if len(running) * _LOOK_UP < ahead[at] / (len(found) - at):
                        return self._finish(scores, running, found[at:], limit)
                look_at = float(left[at]) * 0.8
            self._add(scores, term)
        return _top(np.flatnonzero(scores > 0), scores, limit)

    def _look_up(self, terms: Mapping[str, float]) -> list[_Term]:
        keys = term_keys(list(terms))
        by_segment = [segment.runs(keys) for segment in self.segments]
        runs = [
            tuple((n, run) for n, of in enumerate(by_segment) if (run := of[at]) is not None)
            for at in range(len(keys))
        ]
        counts = np.array([sum(r.stop - r.start for _, r in of) for of in runs], dtype=np.int64)
        idf = self.idf(counts)
        return [
            _Term(weight * float(told), int(count), of)
            for weight, told, count, of in zip(terms.values(), idf, counts, runs, strict=True)
        ]

    def _add(self, scores: Floats, term: _Term) -> None:
        """A term's share to every passage that has it."""
        for number, run in term.runs:
            segment, base = self.segments[number], self.bases[number]
            passages = segment.passages[run].astype(np.intp) + base
            scores[passages] += self._shares(segment.weights[run], passages, term)

    def _shares(self, weights: npt.NDArray[np.uint8], at: Places, term: _Term) -> Floats:
        frequency = weights.astype(np.float32)
        frequency /= frequency + self._norms[at]
        return frequency * np.float32(term.weight)

    def _finish(
        self, scores: Floats, running: Places, terms: Sequence[_Term], limit: int
    ) -> tuple[Places, Floats]:
        """The remaining terms' shares for the passages in the running alone."""
        left = sum(term.weight for term in terms)
        inside = self._by_segment(running)
        for term in terms:
            if len(running) > _FEW:
                values = scores[running]
                keep = values >= _worst(values, limit) - left
                if not keep.all():
                    running = running[keep]
                    inside = self._by_segment(running)
            left -= term.weight
            for number, run in term.runs:
                if len(inside[number][0]):
                    self._add_to(scores, inside[number], number, run, term)
        return _top(running, scores, limit)

    def _add_to(
        self,
        scores: Floats,
        inside: tuple[Places, npt.NDArray[np.uint16]],
        number: int,
        run: slice,
        term: _Term,
    ) -> None:
        """A term's share to those of some passages of a segment that have it."""
        places, local = inside
        passages = self.segments[number].passages[run]
        at = passages.searchsorted(local)
        np.minimum(at, len(passages) - 1, out=at)
        hit = (passages[at] == local).nonzero()[0]
        if len(hit):
            weights = self.segments[number].weights[run][at[hit]]
            scores[places[hit]] += self._shares(weights, places[hit], term)

    def _by_segment(self, places: Places) -> list[tuple[Places, npt.NDArray[np.uint16]]]:
        """Passages in order, split by segment, with their numbers in it."""
        bounds = places.searchsorted(self.bases)
        slices = [places[low:high] for low, high in pairwise(bounds)]
        return [
            (part, (part - base).astype(np.uint16))
            for part, base in zip(slices, self.bases[:-1], strict=True)
        ]


def _worst(values: Floats, limit: int) -> float:
    """The score of the last of the `limit` best, 0 when there are fewer."""
    if len(values) < limit:
        return 0.0
    return float(np.partition(values, len(values) - limit)[len(values) - limit])


def _top(places: Places, scores: Floats, limit: int) -> tuple[Places, Floats]:
    values = scores[places]
    best = values >= _worst(values, limit)
    return places[best], values[best]
