"""The five documents of corpus/, asked as officers ask.

`officers.jsonl` was written for this project by reading corpus/ clause by clause, apart from
shared/cases and from the program's answers: 210 questions with the units that answer them, 100 that
nothing there answers (half of them near misses), a fifth without accents, some with slips.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drafting.embed import StaticEmbedder
from drafting.index import open_index
from drafting.library import Library
from drafting.library.sync import sync
from drafting.passages import passages
from drafting.retrieve import Ranking, Reranker
from drafting.retrieve.dense import Dense, open_half

OFFICERS = Path(__file__).resolve().parent / "officers.jsonl"
_CORPUS = Path(__file__).resolve().parents[1] / "corpus"


@contextmanager
def corpus_ranking() -> Iterator[Ranking]:
    """The search over corpus/ with what ships, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.sqlite")
        sync(library, _CORPUS)
        found = [passage for stored in library.stored for passage in passages(stored)]
        library.close()
        index = open_index(Path(folder), "bench", found)
        half = open_half(Path(folder) / "vectors.sqlite", found, StaticEmbedder.shipped())
        yield Ranking(index, found, Reranker.shipped(), Dense(half) if half else None)
