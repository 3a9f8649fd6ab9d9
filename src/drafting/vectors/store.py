"""Vectors of passages, kept in SQLite by content and model.

A vector is derived from a text and a model, so nothing here is precious: a foreign or corrupt file
is set up again. The key is the content's hash: a passage that moves or comes back costs nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from drafting.embed import Embedder, Fields
from drafting.errors import BadInput, OutputBusy
from drafting.passages import Passage
from drafting.text import nfc
from drafting.vectors.nearest import other_length

SCHEMA = 1
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filled:
    """How far a filling came: `done` of `total` passages have a vector."""

    done: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether every passage has its vector."""
        return self.done == self.total


def content_key(passage: Fields) -> str:
    """Names what a passage says, whatever file and place it stands in.

    >>> content_key(Fields("Luật", "Điều 1", "a")) == content_key(Fields("Luật", "Điều 1", "b"))
    False
    """
    told = "\x1f".join(nfc(part) for part in passage)
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()


def fields_of(passage: Passage) -> Fields:
    """What is encoded of a passage: the same for every embedder, so that keys agree."""
    return Fields(passage.name, passage.heading, f"{passage.lead} {passage.text}".strip())


class VectorStore:
    """Vectors by (model, content key), as float16."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = _open(path)
        except sqlite3.OperationalError:
            # Busy, full, read-only: hours of vectors may be in there.
            raise _busy(path) from None
        except sqlite3.DatabaseError:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._db = _open(path)

    def __enter__(self) -> VectorStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; what was filled stays."""
        self._db.close()

    def have(self, model: str) -> set[str]:
        """The content keys with a vector of `model`."""
        rows = self._db.execute("SELECT key FROM vectors WHERE model = ?", (model,))
        return {key for (key,) in rows}

    def fill(
        self,
        embedder: Embedder,
        passages: Mapping[str, Fields],
        *,
        progress: Callable[[Filled], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
        batch: int = 256,
    ) -> Filled:
        """Encodes what is missing, batch by batch, each committed; `stop` ends it between two.

        A later call goes on where this one, or a killed one, stopped. `BadInput` when the vectors
        kept under this embedder's name have another length than its own.
        """
        have = self.have(embedder.name)
        missing = _evened([key for key in passages if key not in have], passages, batch)
        if missing:
            self._check_length(embedder)
        filled = Filled(len(passages) - len(missing), len(passages))
        progress(filled)
        for begin in range(0, len(missing), batch):
            if stop():
                break
            keys = missing[begin : begin + batch]
            self.put(embedder.name, keys, embedder.encode_passages([passages[k] for k in keys]))
            filled = Filled(filled.done + len(keys), filled.total)
            progress(filled)
        return filled

    def _check_length(self, embedder: Embedder) -> None:
        kept = self._db.execute(
            "SELECT vector FROM vectors WHERE model = ? LIMIT 1", (embedder.name,)
        ).fetchone()
        if kept and len(kept[0]) != 2 * embedder.dim:
            raise BadInput(other_length(embedder.name, embedder.dim, len(kept[0]) // 2, self.path))

    def put(self, model: str, keys: Sequence[str], vectors: Floats) -> None:
        """Keeps these vectors, all of them or none."""
        small = np.asarray(vectors, np.float16)
        rows = [(model, key, vector.tobytes()) for key, vector in zip(keys, small, strict=True)]
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError:
            raise _busy(self.path) from None

    def vectors(self, model: str, keys: Sequence[str], dim: int) -> tuple[Ints, Floats]:
        """The positions in `keys` that have a vector, and those vectors.

        `BadInput` when a stored vector has another length than `dim`.
        """
        wanted: dict[str, list[int]] = {}
        for position, key in enumerate(keys):
            wanted.setdefault(key, []).append(position)
        found = np.zeros((len(keys), dim), np.float16)
        known = np.zeros(len(keys), bool)
        for key, blob in self._db.execute(
            "SELECT key, vector FROM vectors WHERE model = ?", (model,)
        ):
            if key in wanted:
                if len(blob) != 2 * dim:
                    raise BadInput(other_length(model, len(blob) // 2, dim, self.path))
                found[wanted[key]] = np.frombuffer(blob, np.float16)
                known[wanted[key]] = True
        at = np.flatnonzero(known).astype(np.int64)
        return at, found[at].astype(np.float32)

    def forget(self, *, keep_models: Sequence[str], keep_keys: Sequence[str]) -> int:
        """Removes vectors of other models and of passages that are gone; says how many."""
        with self._db:
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY)")
            self._db.execute("DELETE FROM kept")
            self._db.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((k,) for k in keep_keys))
            marks = ",".join("?" * len(keep_models))
            done = self._db.execute(
                f"DELETE FROM vectors WHERE model NOT IN ({marks}) "
                "OR key NOT IN (SELECT key FROM kept)",
                tuple(keep_models),
            )
        return done.rowcount


def _evened(keys: Sequence[str], passages: Mapping[str, Fields], batch: int) -> list[str]:
    """Eight batches at a time put in order of length: a batch waits for its longest text.

    1.5 times the passages a second with torch. All by length would make the time left a lie.
    """
    found: list[str] = []
    for begin in range(0, len(keys), 8 * batch):
        some = keys[begin : begin + 8 * batch]
        found += sorted(some, key=lambda key: sum(map(len, passages[key])))
    return found


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=10)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA:
            raise BadInput(
                f"Tệp vectơ {path} do bản drafting mới hơn ghi. "
                "Dùng bản ấy, hoặc xóa tệp để lập lại."
            )
        if version != SCHEMA:
            with db:
                db.execute(
                    "CREATE TABLE IF NOT EXISTS vectors "
                    "(model TEXT, key TEXT, vector BLOB, PRIMARY KEY (model, key)) WITHOUT ROWID"
                )
                db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.execute("SELECT model, key, vector FROM vectors LIMIT 1").fetchone()
    except (sqlite3.DatabaseError, BadInput):
        db.close()
        raise
    return db


def _busy(path: Path) -> OutputBusy:
    return OutputBusy(
        f"Không ghi được tệp vectơ {path}: tệp đang bận hoặc ổ đĩa đầy. "
        "Đóng cửa sổ drafting khác rồi làm lại."
    )
