"""The dense half of a search: nearest passages by our embedding, fused with the lexical half."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drafting.embed import Embedder, Fields
from drafting.index import Match
from drafting.passages import Passage
from drafting.vectors import NumpyVectors, VectorIndex, VectorStore, content_key, vector_index

# Weight of the dense side in the fusion; measured on the 400 given questions (models' card).
DENSE_WEIGHT = 0.35
# Up to this many passages numpy answers in a few milliseconds and FAISS need not be imported.
_SMALL = 20_000


class Dense:
    """Nearest passages for a question's words, accents or none."""

    def __init__(self, embedder: Embedder, vectors: VectorIndex) -> None:
        self.embedder, self.vectors = embedder, vectors

    def fused(
        self, text: str, lexical: Sequence[Match], limit: int, allowed: Sequence[bool] | None = None
    ) -> list[Match]:
        """The union of `lexical` and the nearest `limit`, best first, scores between 0 and 1.

        Each side's scores are stretched over the union from 0 to 1 and weighed (min-max fusion). A
        question of no known word leaves the lexical order as it is.
        """
        vector = self.embedder.encode([text])[0]
        if not np.any(vector):
            return list(lexical)
        inside = None if allowed is None else np.flatnonzero(np.asarray(allowed))
        near = dict(self.vectors.search(vector, limit, inside))
        words = {match.passage: match.score for match in lexical}
        others = np.array([number for number in words if number not in near], dtype=np.int64)
        if len(others):
            near |= dict(self.vectors.search(vector, len(others), others))
        numbers = sorted(set(words) | set(near))
        left = _stretched([words.get(number, 0.0) for number in numbers])
        right = _stretched([near.get(number, -1.0) for number in numbers])
        scores = (1 - DENSE_WEIGHT) * left + DENSE_WEIGHT * right
        order = np.lexsort((np.asarray(numbers), -scores))[:limit]
        return [Match(numbers[at], float(scores[at])) for at in order]


def open_dense(path: Path, passages: Sequence[Passage], embedder: Embedder) -> Dense:
    """The dense side of these passages; vectors not yet in the store at `path` are made now."""
    fields = [fields_of(passage) for passage in passages]
    keys = [content_key(one) for one in fields]
    with VectorStore(path) as store:
        store.fill(embedder, dict(zip(keys, fields, strict=True)))
        positions, vectors = store.vectors(embedder.name, keys, embedder.dim)
    small = len(passages) <= _SMALL
    index = NumpyVectors(embedder.dim) if small else vector_index(embedder.dim)
    index.add(positions, vectors)
    return Dense(embedder, index)


def fields_of(passage: Passage) -> Fields:
    """The passage in the parts an embedder weighs."""
    return Fields(passage.name, passage.heading, f"{passage.lead} {passage.text}".strip())


def _stretched(scores: Sequence[float]) -> npt.NDArray[np.float64]:
    values = np.asarray(scores, dtype=np.float64)
    spread = values.max() - values.min()
    return (values - values.min()) / spread if spread > 0 else np.zeros_like(values)
