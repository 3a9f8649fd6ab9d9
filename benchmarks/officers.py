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

from benchmarks.modes import ranking_over
from drafting.library import Library
from drafting.library.sync import sync
from drafting.passages import passages
from drafting.retrieve import Ranking

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
        yield ranking_over(found, Path(folder))
