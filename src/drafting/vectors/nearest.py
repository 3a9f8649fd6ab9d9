"""Nearest vectors: FAISS where it is installed, numpy where it is not, the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from drafting.errors import BadInput

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class VectorIndex(Protocol):
    """Nearest vectors among numbered ones; derived, never stored."""

    def __len__(self) -> int:
        """How many vectors it holds."""

    def add(self, numbers: Ints, vectors: Floats) -> None:
        """Adds unit vectors under new numbers."""

    def remove(self, numbers: Ints) -> int:
        """Removes these numbers, says how many were there."""

    def search(
        self, vector: Floats, limit: int, allowed: Ints | None = None
    ) -> list[tuple[int, float]]:
        """(number, cosine), best first, ties by number; only `allowed` numbers when given."""

    def cosines(self, vector: Floats, numbers: Ints) -> Floats:
        """The cosine of each of these numbers; NaN for one it does not hold."""


class NumpyVectors:
    """Exact search with numpy alone: what runs where FAISS is missing."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._numbers: Ints = np.zeros(0, np.int64)
        self._vectors: Floats = np.zeros((0, dim), np.float32)

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, numbers: Ints, vectors: Floats) -> None:
        """Adds unit vectors under new numbers."""
        _fits(vectors, self.dim)
        self._numbers = np.r_[self._numbers, np.asarray(numbers, np.int64)]
        self._vectors = np.concatenate([self._vectors, np.asarray(vectors, np.float32)])

    def remove(self, numbers: Ints) -> int:
        """Removes these numbers, says how many were there."""
        gone = np.isin(self._numbers, numbers)
        self._numbers, self._vectors = self._numbers[~gone], self._vectors[~gone]
        return int(gone.sum())

    def search(
        self, vector: Floats, limit: int, allowed: Ints | None = None
    ) -> list[tuple[int, float]]:
        """(number, cosine), best first."""
        _fits(vector[None, :], self.dim)
        scores = self._vectors @ vector
        numbers = self._numbers
        if allowed is not None:
            inside = np.isin(numbers, allowed)
            scores, numbers = scores[inside], numbers[inside]
        best = np.lexsort((numbers, -scores))[: max(0, limit)]
        return [(int(numbers[i]), float(scores[i])) for i in best]

    def cosines(self, vector: Floats, numbers: Ints) -> Floats:
        """The cosine of each of these numbers; NaN for one it does not hold."""
        _fits(vector[None, :], self.dim)
        found = np.full(len(numbers), np.nan, np.float32)
        if len(self) and len(numbers):
            order = np.argsort(self._numbers)
            at = np.minimum(np.searchsorted(self._numbers, numbers, sorter=order), len(self) - 1)
            rows = order[at]
            held = self._numbers[rows] == numbers
            found[held] = self._vectors[rows[held]] @ vector
        return found


# Up to so many vectors every one is compared (5 ms); above, bytes in lists of which the nearest are
# read (340,000 of 256 numbers: 2.5 ms instead of 31, 95 of the 100 nearest, the same nDCG).
EXACT = 50_000
_LISTS, _READ, _LEARNT = 1024, 128, 40_000


class FaissVectors:
    """FAISS: exact (Flat), or IVF-SQ8 when more than `EXACT` vectors are `expected`."""

    def __init__(self, dim: int, expected: int = 0) -> None:
        import faiss

        self.dim = dim
        self._faiss: Any = faiss
        self._is_exact = expected <= EXACT
        if self._is_exact:
            self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
            return
        lists = min(_LISTS, expected // 100 + 1)
        self._index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dim), dim, lists, faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT, False,
        )  # fmt: skip
        self._index.nprobe = _READ
        direct_map: Any = faiss.DirectMap  # type: ignore[attr-defined]  # SWIG makes it at import
        self._index.set_direct_map_type(direct_map.Hashtable)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, numbers: Ints, vectors: Floats) -> None:
        """Adds unit vectors under new numbers; the first ones teach the lists."""
        _fits(vectors, self.dim)
        whole = np.ascontiguousarray(vectors, np.float32)
        if not len(whole):
            return
        if not self._index.is_trained:
            chosen = np.random.default_rng(7).permutation(len(whole))[:_LEARNT]
            self._index.train(whole[np.sort(chosen)])
        self._index.add_with_ids(whole, np.asarray(numbers, np.int64))

    def remove(self, numbers: Ints) -> int:
        """Removes these numbers, says how many were there."""
        gone = np.asarray(numbers, np.int64)
        if self._is_exact:
            return int(self._index.remove_ids(gone))
        return int(self._index.remove_ids(self._faiss.IDSelectorArray(gone)))

    def search(
        self, vector: Floats, limit: int, allowed: Ints | None = None
    ) -> list[tuple[int, float]]:
        """(number, cosine), best first."""
        _fits(vector[None, :], self.dim)
        limit = min(limit, len(self))
        if limit < 1 or (allowed is not None and not len(allowed)):
            return []
        query = np.ascontiguousarray(vector[None, :], np.float32)
        scores, numbers = self._index.search(query, limit, params=self._within(allowed))
        pairs = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        found = [(int(number), float(score)) for number, score in pairs if number >= 0]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _within(self, allowed: Ints | None) -> Any:
        if allowed is None:
            return None
        chosen = self._faiss.IDSelectorBatch(np.asarray(allowed, np.int64))
        if self._is_exact:
            return self._faiss.SearchParameters(sel=chosen)
        # A narrow scope may lie in any list: all are read, for the few it holds.
        return self._faiss.SearchParametersIVF(sel=chosen, nprobe=self._index.nlist)

    def cosines(self, vector: Floats, numbers: Ints) -> Floats:
        """The cosine of each of these numbers; NaN for one it does not hold."""
        _fits(vector[None, :], self.dim)
        found = np.full(len(numbers), np.nan, np.float32)
        for at, number in enumerate(np.asarray(numbers, np.int64).tolist()):
            try:
                found[at] = self._index.reconstruct(number) @ vector
            except RuntimeError:  # FAISS's way to say that it has no such number
                continue
        return found


def vector_index(dim: int, expected: int = 0) -> VectorIndex:
    """FAISS where it is installed, numpy where it is not: the same answers up to `EXACT`."""
    try:
        return FaissVectors(dim, expected)
    except ImportError:
        return NumpyVectors(dim)


def _fits(vectors: Floats, dim: int) -> None:
    if vectors.ndim != 2 or vectors.shape[1] != dim:
        raise BadInput(other_length("mới", vectors.shape[-1], dim))


def other_length(model: str, here: int, dim: int, path: Path | None = None) -> str:
    """Says that two models were mixed, and which file to let go of."""
    remedy = f"Xóa tệp {path} rồi chạy drafting corpus sync" if path else "Dựng lại chỉ mục"
    return (
        f"Vectơ của mô hình {model} có {here} số, chỉ mục cần {dim}. "
        f"{remedy} bằng đúng mô hình đang dùng."
    )
