"""Our own search, stage by stage, each asked the way the product asks it."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.memory import peak_mb
from benchmarks.rescoring import Rescoring
from drafting.embed import StaticEmbedder
from drafting.index import open_index
from drafting.passages import Passage
from drafting.retrieve import Ranking, Reranker, read_question, read_slips
from drafting.retrieve.dense import Dense, open_half
from drafting.text import folded_words
from drafting.training.answers import part_of

Ranker = Callable[[str], Sequence[int]]
# Weights fitted without a fold of the given questions, and which fold each of those is in.
FOLDS = Path(__file__).resolve().parent / "baselines" / "ranking-folds.json"
MODES = ("lexical", "dense", "hybrid", "rerank")


@dataclass(frozen=True, slots=True)
class Built:
    """An engine ready to be asked: its name, what it cost, how to ask it (text → passages)."""

    name: str
    rank: Ranker
    build_s: float
    peak_mb: float
    bytes: int


def build(
    mode: str,
    passages: Sequence[Passage],
    folder: Path,
    limit: int,
    rescoring: Rescoring | None = None,
) -> Built:
    """The index of `passages` in `folder`, and its answers in one `mode`."""
    begun = time.perf_counter()
    ranking = ranking_over(passages, folder, dense=mode != "lexical")
    index = ranking.index
    took = time.perf_counter() - begun
    fair = Fair.load()
    ways: dict[str, Ranker] = {
        "lexical": lambda text: [m.passage for m in index.search(_terms(text), limit)],
        "dense": lambda text: _nearest(ranking, text, limit),
        "hybrid": lambda text: [c.passage for c in ranking.fused(_read(text), limit=limit)],
        "rerank": lambda text: _reranked(ranking, fair, text, limit, rescoring),
    }

    def _read(text: str):  # type: ignore[no-untyped-def]
        return read_slips(read_question(text), index)

    def _terms(text: str):  # type: ignore[no-untyped-def]
        return _read(text).terms

    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(mode, ways[mode], round(took, 2), peak_mb(), size)


def _nearest(ranking: Ranking, text: str, limit: int) -> list[int]:
    half = ranking.dense.halves[0] if ranking.dense else None
    if half is None:
        return []
    return [number for number, _ in half.vectors.search(half.embedder.encode([text])[0], limit)]


def _reranked(
    ranking: Ranking, fair: Fair, text: str, limit: int, rescoring: Rescoring | None
) -> list[int]:
    question = read_slips(read_question(text), ranking.index)
    fused = ranking.fused(question, limit=limit)
    if rescoring:
        fused = rescoring.rescored(text, fused, ranking.passages)
    reranker = fair.reranker(text, ranking.reranker)
    order = reranker.order(question, fused, ranking.passages, ranking.index)
    return [one.passage for one in order]


def ranking_over(passages: Sequence[Passage], folder: Path, *, dense: bool = True) -> Ranking:
    """The search over these passages with what ships, its index and vectors in `folder`."""
    index = open_index(folder, "bench", passages)
    ours = StaticEmbedder.shipped()
    half = open_half(folder / "vectors.sqlite", passages, ours) if dense else None
    return Ranking(index, passages, Reranker.shipped(), Dense(half) if half else None)


def name_of(text: str) -> str:
    """A question's name in a file that must not hold questions."""
    return f"{zlib.crc32(' '.join(folded_words(text)).encode() + b'?'):08x}"


@dataclass(frozen=True, slots=True)
class Fair:
    """For a question the shipped weights were fitted on, those fitted without its fold."""

    seen: frozenset[str]
    folds: Sequence[Reranker]

    @classmethod
    def load(cls) -> Fair:
        """From the committed file."""
        told = json.loads(FOLDS.read_text(encoding="utf-8"))
        shipped = Reranker.shipped()
        return cls(
            frozenset(told["seen"]), [replace(shipped, weights=fold) for fold in told["folds"]]
        )

    def reranker(self, text: str, shipped: Reranker) -> Reranker:
        """The one that has not seen `text`."""
        return self.folds[part_of(text)] if name_of(text) in self.seen else shipped
