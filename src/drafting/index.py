"""The lexical index: BM25F over folded and exact syllables and bigrams, in flat numpy files.

Derived from the library and keyed by its fingerprint: any part missing, foreign or half-written
and it is built again. Weights are computed at build time, so a question only adds numbers.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from drafting.passages import Passage
from drafting.text import bigrams, fold_word, words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FORMAT_VERSION = 1
# Field weights, k1 and b as measured on 62,202 articles (shared/bench/README.md: heading ×3,
# document title ×2, text ×1, k1 0.7, b 0.9); the lead of a point counts like a weak heading.
FIELDS: Mapping[str, float] = {
    "heading": 3.0,
    "lead": 0.8,
    "chapter": 1.0,
    "name": 2.0,
    "text": 1.0,
}
K1, B = 0.7, 0.9
_EXACT = "="


@dataclass(frozen=True, slots=True)
class Match:
    """A passage number with its score."""

    passage: int
    score: float


class PassageIndex(Protocol):
    """What retrieval asks of an index."""

    def search(
        self, terms: Mapping[str, float], limit: int, allowed: Sequence[bool] | None = None
    ) -> list[Match]:
        """The best passages for weighted terms, best first; only `allowed` ones when given."""

    def weight(self, term: str) -> float:
        """How telling a term is (its idf); 0.0 when no passage has it."""


def terms_of(tokens: Sequence[str]) -> list[str]:
    """The terms of a run of words: folded syllables and bigrams, and the exact ones beside them.

    Exact terms begin with "="; a word without accents has none, so that typing accents can only
    help.

    >>> terms_of(["đoàn", "ra"])
    ['doan', 'ra', 'doan ra', '=đoàn', '=đoàn ra']
    """
    folded = [fold_word(token) for token in tokens]
    pairs = list(zip(bigrams(tokens), bigrams(folded), strict=True))
    exact = [_EXACT + t for t, f in zip(tokens, folded, strict=True) if t != f]
    exact += [_EXACT + t for t, f in pairs if t != f]
    return [*folded, *(f for _, f in pairs), *exact]


class LexicalIndex:
    """An index opened from its folder; arrays are memory-mapped."""

    def __init__(self, folder: Path, count: int) -> None:
        import numpy as np

        self.count = count
        self._keys = np.load(folder / "keys.npy", mmap_mode="r")
        self._starts = np.load(folder / "starts.npy", mmap_mode="r")
        self._passages = np.load(folder / "passages.npy", mmap_mode="r")
        self._weights = np.load(folder / "weights.npy", mmap_mode="r")
        self._idf = np.load(folder / "idf.npy", mmap_mode="r")

    def search(
        self, terms: Mapping[str, float], limit: int, allowed: Sequence[bool] | None = None
    ) -> list[Match]:
        """The best `limit` passages, best first; ties keep reading order."""
        import numpy as np

        scores = np.zeros(self.count, dtype=np.float32)
        for term, weight in terms.items():
            at = self._at(term)
            if at is not None:
                run = slice(int(self._starts[at]), int(self._starts[at + 1]))
                scores[self._passages[run]] += self._weights[run] * np.float32(weight)
        if allowed is not None:
            scores *= np.asarray(allowed, dtype=np.float32)
        found = int(np.count_nonzero(scores))
        if not found:
            return []
        limit = min(limit, found)
        best = np.argpartition(-scores, limit - 1)[:limit]
        best = best[np.lexsort((best, -scores[best]))]
        return [Match(int(at), float(scores[at])) for at in best]

    def weight(self, term: str) -> float:
        """The idf of `term`, 0.0 when unknown."""
        at = self._at(term)
        return 0.0 if at is None else float(self._idf[at])

    def _at(self, term: str) -> int | None:
        import numpy as np

        key = np.uint64(_key(term))
        at = int(np.searchsorted(self._keys, key))
        return at if at < len(self._keys) and self._keys[at] == key else None


def open_index(root: Path, fingerprint: str, passages: Sequence[Passage]) -> LexicalIndex:
    """The index of these passages under `root`: opened when it is whole, else built."""
    folder = root / f"lexical-{FORMAT_VERSION}-{fingerprint}"
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["count"] == len(passages):
            return LexicalIndex(folder, len(passages))
    except (OSError, ValueError, KeyError, EOFError):
        pass
    build(folder, passages)
    _forget_others(root, folder)
    return LexicalIndex(folder, len(passages))


def build(folder: Path, passages: Sequence[Passage]) -> None:
    """Writes the index of `passages` to `folder`, whole or not at all."""
    import numpy as np

    counts = [
        {name: Counter(terms_of(words(getattr(p, name)))) for name in FIELDS} for p in passages
    ]
    lengths = {name: [sum(c[name].values()) for c in counts] for name in FIELDS}
    means = {name: sum(values) / max(1, len(values)) or 1.0 for name, values in lengths.items()}
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, fields in enumerate(counts):
        for term, weight in _passage_weights(fields, lengths, means, number).items():
            postings.setdefault(term, []).append((number, weight))
    ordered = sorted((_key(term), term) for term in postings)
    total = len(passages)
    idf = [_idf(total, len(postings[term])) for _, term in ordered]
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "keys": np.array([key for key, _ in ordered], dtype=np.uint64),
        "starts": np.cumsum([0, *(len(postings[t]) for _, t in ordered)]).astype(np.int64),
        "passages": np.array([n for _, t in ordered for n, _ in postings[t]], dtype=np.int32),
        "weights": np.array(
            [w * i for (_, t), i in zip(ordered, idf, strict=True) for _, w in postings[t]],
            dtype=np.float32,
        ),
        "idf": np.array(idf, dtype=np.float32),
    }
    _write(folder, arrays, {"count": total, "terms": len(ordered)})


def _passage_weights(
    fields: Mapping[str, Counter[str]],
    lengths: Mapping[str, Sequence[int]],
    means: Mapping[str, float],
    number: int,
) -> dict[str, float]:
    """Saturated BM25F term frequencies of one passage (Robertson, Zaragoza, Taylor 2004)."""
    frequency: dict[str, float] = {}
    for name, boost in FIELDS.items():
        norm = 1 - B + B * lengths[name][number] / means[name]
        for term, count in fields[name].items():
            frequency[term] = frequency.get(term, 0.0) + boost * count / norm
    return {term: tf / (K1 + tf) for term, tf in frequency.items()}


def _idf(total: int, having: int) -> float:
    import math

    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def _key(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big")


def _write(folder: Path, arrays: Mapping[str, Any], meta: Mapping[str, int]) -> None:
    import numpy as np

    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".building-"))
    try:
        for name, array in arrays.items():
            np.save(temporary / f"{name}.npy", array)
        (temporary / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _forget_others(root: Path, keep: Path) -> None:
    others: Iterable[Path] = (p for p in root.glob("lexical-*") if p != keep)
    for other in others:
        shutil.rmtree(other, ignore_errors=True)
