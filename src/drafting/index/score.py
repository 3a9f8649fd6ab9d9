"""BM25F over segments: exact top results without reading every posting of common words.

Terms are added from the most telling to the least. Once what is left cannot lift a new passage
into the best, the common words are looked up only for the passages still in the running
(MaxScore; Turtle and Flood 1995): at 1,000,000 passages “của”, “và” alone would cost 50 ms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from drafting.index.segment import Segment
from drafting.index.terms import K1, B, term_keys

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
# A term in more passages than this share is worth a look at whether it is needed at all.
_COMMON = 0.01
# Looking one passage up in a list of postings costs as much as adding so many postings.
_LOOK_UP = 8
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
        mean = float(every[alive].mean()) if self.count else 1.0
        # Weights are counted in halves (terms.FIELDS), so k1 is too; a dead passage scores 0.
        self._norms = (2 * K1 * (1 - B + B * every / (mean or 1.0))).astype(np.float32)
        self._norms[~alive] = np.inf

    def idf(self, counts: Places) -> Floats:
        """How telling terms of these document frequencies are; 0 for one no passage has."""
        having = np.minimum(counts, self.count)
        told = np.log1p((self.count - having + 0.5) / (having + 0.5))
        return np.where(counts > 0, told, 0.0).astype(np.float32)

    def frequencies(self, terms: Sequence[str]) -> Places:
        """In how many passages each term stands (those taken out count until merged)."""
        return np.array([term.count for term in self._look_up(dict.fromkeys(terms, 1.0))])

    def best(self, terms: Mapping[str, float], limit: int) -> tuple[Places, Floats]:
        """The passages of the `limit` best scores (ties with the last included) and the scores."""
        found = [term for term in self._look_up(terms) if term.weight > 0]
        found.sort(key=lambda term: -term.weight)
        left = np.cumsum([term.weight for term in reversed(found)])[::-1]
        ahead = np.cumsum([term.count for term in reversed(found)])[::-1]
        scores = np.zeros(int(self.bases[-1]), dtype=np.float32)
        sample: Places | None = None
        # No passage has more than all the weight so far: until that is half, no use looking.
        look_at = float(left[0]) / 2 if found else 0.0
        for at, term in enumerate(found):
            if term.count > _COMMON * self.count and left[at] < look_at:
                sample = np.flatnonzero(scores > 0) if sample is None else sample
                running = self._running(scores, sample, limit, float(left[at]))
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

    def _running(self, scores: Floats, sample: Places, limit: int, left: float) -> Places:
        """The passages that can still be among the best when `left` is the most to be gained.

        The best of the sample (passages of the most telling words) are a lower bound of the best.
        """
        worst = _worst(scores[sample], limit)
        if worst <= left:
            return np.arange(len(scores))
        return np.flatnonzero(scores >= worst - left)

    def _finish(
        self, scores: Floats, running: Places, terms: Sequence[_Term], limit: int
    ) -> tuple[Places, Floats]:
        """The remaining terms' shares for the passages in the running alone."""
        left = sum(term.weight for term in terms)
        for term in terms:
            if len(running) > _FEW:
                values = scores[running]
                running = running[values >= _worst(values, limit) - left]
            left -= term.weight
            for number, run in term.runs:
                base, end = self.bases[number], self.bases[number + 1]
                inside = running[slice(*np.searchsorted(running, (base, end)))]
                passages = self.segments[number].passages[run]
                at = np.searchsorted(passages, (inside - base).astype(np.uint16))
                at[at == len(passages)] = 0
                hit = passages[at] == inside - base
                weights = self.segments[number].weights[run][at[hit]]
                scores[inside[hit]] += self._shares(weights, inside[hit], term)
        return _top(running, scores, limit)


def _worst(values: Floats, limit: int) -> float:
    """The score of the last of the `limit` best, 0 when there are fewer."""
    if len(values) < limit:
        return 0.0
    return float(np.partition(values, len(values) - limit)[len(values) - limit])


def _top(places: Places, scores: Floats, limit: int) -> tuple[Places, Floats]:
    values = scores[places]
    best = values >= _worst(values, limit)
    return places[best], values[best]
