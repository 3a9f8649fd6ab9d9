"""The dense half of a search: nearest passages by meaning, fused with the lexical half."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drafting.embed import Embedder
from drafting.index import Match
from drafting.passages import Passage
from drafting.retrieve.candidates import Candidate
from drafting.vectors import (
    Filled,
    NumpyVectors,
    VectorIndex,
    VectorStore,
    content_key,
    fields_of,
    vector_index,
)  # fmt: skip

Floats = npt.NDArray[np.float64]

# Weight of the dense side in the fusion; measured on the 400 given questions (models' card).
DENSE_WEIGHT = 0.35
# Up to this many passages numpy answers in a few milliseconds and FAISS need not be imported.
_SMALL = 20_000


@dataclass(frozen=True, slots=True)
class Half:
    """Passages by one embedder."""

    embedder: Embedder
    vectors: VectorIndex


class Dense:
    """Nearest passages for a question's words, accents or none.

    The first half is always our static embedder; a second one, an office's own, adds what it finds
    and its cosines.
    """

    def __init__(self, *halves: Half) -> None:
        self.halves = halves

    def fused(
        self, text: str, lexical: Sequence[Match], limit: int, allowed: Sequence[bool] | None = None
    ) -> list[Candidate]:
        """The union of `lexical` and each half's nearest `limit`, best first, scores from 0 to 1.

        Each side's scores are stretched over the union from 0 to 1 and weighed (min-max fusion). A
        question of no known word leaves the lexical order as it is.
        """
        asked = [(half, half.embedder.encode([text])[0]) for half in self.halves]
        asked = [(half, vector) for half, vector in asked if np.any(vector)]
        words = {match.passage: match.score for match in lexical}
        if not asked:
            return lexical_only(lexical)
        inside = None if allowed is None else np.flatnonzero(np.asarray(allowed))
        near = [dict(half.vectors.search(vector, limit, inside)) for half, vector in asked]
        numbers = np.array(sorted(set(words).union(*near)), dtype=np.int64)
        if not len(numbers):
            return []
        cosines = [_cosines(*one, numbers, known) for one, known in zip(asked, near, strict=True)]
        left = stretched(np.array([words.get(int(number), 0.0) for number in numbers]))
        near_by = [stretched(of) for of in cosines]
        scores = (1 - DENSE_WEIGHT) * left + DENSE_WEIGHT * near_by[0]
        # A second half moves the order and its cosines, not the score: that means the same always.
        key = (1 - DENSE_WEIGHT) * left + DENSE_WEIGHT * np.mean(near_by, axis=0)
        order = np.lexsort((numbers, -key))[:limit]
        return [
            Candidate(
                int(numbers[at]), float(scores[at]), words.get(int(numbers[at]), 0.0),
                tuple(float(of[at]) for of in cosines),
            )
            for at in order
        ]  # fmt: skip


def lexical_only(matches: Sequence[Match]) -> list[Candidate]:
    """The lexical half's own order, its scores brought between 0 and 1."""
    best = max((match.score for match in matches), default=0.0) or 1.0
    return [Candidate(m.passage, m.score / best, m.score) for m in matches]


def open_half(
    path: Path,
    passages: Sequence[Passage],
    embedder: Embedder,
    *,
    fill: bool = True,
    progress: Callable[[Filled], None] = lambda _: None,
) -> Half | None:
    """One half of these passages, vectors not yet in the store at `path` made now.

    Without `fill` nothing is made, and a half that is not complete is None: a search goes on with
    what there is while a slow embedder works.
    """
    fields = [fields_of(passage) for passage in passages]
    keys = [content_key(one) for one in fields]
    with VectorStore(path) as store:
        if fill:
            store.fill(embedder, dict(zip(keys, fields, strict=True)), progress=progress)
        elif not store.have(embedder.name).issuperset(keys):
            return None
        positions, vectors = store.vectors(embedder.name, keys, embedder.dim)
    small = len(passages) <= _SMALL
    index = NumpyVectors(embedder.dim) if small else vector_index(embedder.dim, len(passages))
    index.add(positions, vectors)
    return Half(embedder, index)


def stretched(values: Floats) -> Floats:
    """`values` from 0 to 1; all zero when they do not differ."""
    spread = values.max() - values.min()
    within: Floats = (values - values.min()) / (spread or 1.0)
    return within


def _cosines(
    half: Half,
    vector: npt.NDArray[np.float32],
    numbers: npt.NDArray[np.int64],
    known: Mapping[int, float],
) -> Floats:
    """The cosine of each passage; what the search did not bring is looked up."""
    others = np.array([number for number in numbers if int(number) not in known], dtype=np.int64)
    found = dict(zip(others.tolist(), half.vectors.cosines(vector, others).tolist(), strict=True))
    values = np.array([known.get(int(n), found.get(int(n), np.nan)) for n in numbers])
    lowest = float(np.nanmin(values)) if len(values) else 0.0
    return np.where(np.isnan(values), lowest, values)
