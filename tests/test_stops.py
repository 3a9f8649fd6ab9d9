"""A process stopped before any statement it sends to SQLite loses nothing and needs no repair.

What a killed process leaves are the bytes of its files at that moment, so every moment is copied
while one process runs. (The lexical index, which writes its own files: test_index.py.)
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import embedders
import pytest

from drafting.embed import Fields
from drafting.library import Library
from drafting.library.meta import FolderMeta
from drafting.library.sync import sync
from drafting.library.verify import verify
from drafting.vectors import VectorStore, content_key

REPO = Path(__file__).resolve().parent.parent
PASSAGES = {
    content_key(fields): fields
    for fields in (Fields("Quy chế", f"Điều {n}", "đoàn ra hộ chiếu tỉnh") for n in range(10))
}


@contextmanager
def every_moment(
    file: Path, into: Path, said: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[tuple[Path, int]]]:
    """Copies of `file` before each statement sent to it, each with what had been `said` by then."""
    connect, moments = sqlite3.connect, list[tuple[Path, int]]()

    def keep(_statement: str) -> None:
        copy = into / str(len(moments)) / file.name
        copy.parent.mkdir(parents=True)
        # -shm is rebuilt from the other two.
        for suffix in ("", "-wal"):
            if (path := file.with_name(file.name + suffix)).is_file():
                shutil.copy(path, copy.with_name(path.name))
        moments.append((copy, said()))

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*arguments, **named)
        db.set_trace_callback(keep)
        return db

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", traced)
        yield moments


def test_a_filling_stopped_anywhere_keeps_every_batch_it_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = embedders.five_words(tmp_path / "m")
    told = [0]
    file = tmp_path / "v" / "vectors.sqlite"
    with (
        every_moment(file, tmp_path / "moments", lambda: told[-1], monkeypatch) as moments,
        VectorStore(file) as store,
    ):
        store.fill(embedder, PASSAGES, progress=lambda now: told.append(now.done), batch=2)
    assert len(moments) > 20 and told[-1] == 10
    for copy, done in moments:
        with VectorStore(copy) as store:
            assert len(store.have(embedder.name)) == done, copy
            assert store.fill(embedder, PASSAGES).complete


def test_a_sync_stopped_anywhere_keeps_every_document_it_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("50-2025-qd-ubnd.txt", "ke-hoach-hoi-nghi-2024.txt"):
        shutil.copy(REPO / "corpus" / name, corpus)
    told: list[str] = []
    file = tmp_path / "l" / "library.sqlite"
    with every_moment(file, tmp_path / "moments", lambda: len(told), monkeypatch) as moments:
        library = Library.open(file)
        sync(library, corpus, told.append)
        expected = library.states()
        library.close()
    assert len(moments) > 15 and len(told) == len(expected) == 2
    for copy, done in moments:
        library = Library.open(copy)
        assert set(told[:done]) <= set(library.states()) <= set(expected), copy
        sync(library, corpus)
        assert library.states() == expected
        assert verify(library, FolderMeta({}, ())) == []
        library.close()
