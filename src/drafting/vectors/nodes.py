"""Nodes other programs put in: text, metadata and vector in one SQLite file, found by cosine.

Unlike the vectors of our passages these cannot be made again from the library, so nothing here is
ever set up anew: a file that is none of ours, or of a newer version, is refused with a sentence.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt

from drafting.errors import BadInput, OutputBusy
from drafting.vectors.nearest import VectorIndex, other_length, vector_index

SCHEMA = 1
Floats = npt.NDArray[np.float32]
_TABLES = """
CREATE TABLE IF NOT EXISTS node (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT,
  metadata TEXT NOT NULL, content TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS node_document ON node(document);
"""


@dataclass(frozen=True, slots=True)
class Node:
    """One node: `document` it came from (None: none), what it may be filtered by, what it says.

    `metadata` and `content` are JSON texts; `vector` is kept as it was given, of any length.
    """

    id: str
    document: str | None
    metadata: str
    content: str
    vector: Floats


class NodeStore:
    """Nodes by id, nearest first; every change is on the disk before the call returns.

    Several programs may have the file open: what another one changed is seen at the next call. May
    be used from several threads.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()
        self._index: VectorIndex | None = None
        self._seen = -1
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        try:
            with self._told():
                self._prepare()
        except BadInput:
            self._db.close()
            raise

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM node")[0][0])

    def put(self, nodes: Sequence[Node]) -> None:
        """Keeps these nodes, all or none; one of a known id takes the place of the old one.

        `BadInput` for an id SQLite cannot find again and a vector whose numbers are not finite.
        """
        for node in nodes:
            _sound(node)
        # Of several with one id the last is meant.
        fresh = list({node.id: node for node in nodes}.values())
        if not fresh:
            return
        with self._lock, self._told():
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                self._fits(fresh)
                gone = self._delete("id IN (SELECT value FROM json_each(?))", [n.id for n in fresh])
                numbers = [self._insert(node) for node in fresh]
            self._follow(gone)
            if self._index is not None:
                vectors = np.stack([node.vector for node in fresh])
                self._index.add(np.array(numbers, np.int64), _unit(vectors))

    def remove(self, ids: Sequence[str]) -> None:
        """Forgets the nodes of these ids; ids that are not here are no error."""
        self._remove("id IN (SELECT value FROM json_each(?))", list(ids))

    def remove_document(self, document: str) -> None:
        """Forgets every node of a document."""
        self._remove("document IN (SELECT value FROM json_each(?))", [document])

    def clear(self) -> None:
        """Forgets every node; vectors of another length may come then."""
        with self._lock, self._told(), self._db:
            self._db.execute("DELETE FROM node")
            self._index = None

    def get(self, ids: Sequence[str]) -> list[str]:
        """The contents of those of `ids` that are here, in the order asked."""
        rows = self._rows(
            "SELECT id, content FROM node WHERE id IN (SELECT value FROM json_each(?))", _many(ids)
        )
        found = dict(rows)
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    def listed(
        self, ids: Sequence[str] | None = None, documents: Sequence[str] | None = None
    ) -> list[tuple[int, str, str]]:
        """(number, id, metadata) in the order put in; only those ids and documents, when given."""
        asked, values = ["1"], list[str]()
        for column, among in (("id", ids), ("document", documents)):
            if among is not None:
                asked.append(f"{column} IN (SELECT value FROM json_each(?))")
                values += _many(among)
        order = f"SELECT number, id, metadata FROM node WHERE {' AND '.join(asked)} ORDER BY number"
        return self._rows(order, values)

    def nearest(
        self, vector: Sequence[float], limit: int, allowed: Sequence[int] | None = None
    ) -> list[tuple[str, float]]:
        """(id, cosine), best first; only `allowed` numbers when given."""
        with self._lock:
            index = self._in_step()
            if index is None:
                return []
            asked = _unit(np.asarray([vector], np.float32))[0]
            inside = None if allowed is None else np.asarray(allowed, np.int64)
            hits = index.search(asked, limit, inside)
            names = dict(
                self._rows(
                    "SELECT number, id FROM node WHERE number IN (SELECT value FROM json_each(?))",
                    _many([number for number, _ in hits]),
                )
            )
        return [(names[number], score) for number, score in hits if number in names]

    def vectors(self, ids: Sequence[str]) -> dict[str, list[float]]:
        """The vectors of those of `ids` that are here, as they were given."""
        rows = self._rows(
            "SELECT id, vector FROM node WHERE id IN (SELECT value FROM json_each(?))", _many(ids)
        )
        return {name: np.frombuffer(blob, np.float32).tolist() for name, blob in rows}

    def _in_step(self) -> VectorIndex | None:
        """The vectors in memory, read again when another program changed the file; None: empty."""
        seen = int(self._rows("PRAGMA data_version")[0][0])
        if self._index is None or seen != self._seen:
            rows = self._rows("SELECT number, vector FROM node ORDER BY number")
            self._index, self._seen = None, seen
            if rows:
                vectors = np.frombuffer(b"".join(blob for _, blob in rows), np.float32)
                vectors = vectors.reshape(len(rows), -1)
                self._index = vector_index(vectors.shape[1])
                self._index.add(np.array([number for number, _ in rows]), _unit(vectors))
        return self._index

    def _remove(self, where: str, values: Sequence[str]) -> None:
        with self._lock, self._told():
            with self._db:
                gone = self._delete(where, values)
            self._follow(gone)

    def _delete(self, where: str, values: Sequence[str]) -> list[int]:
        rows = self._db.execute(f"DELETE FROM node WHERE {where} RETURNING number", _many(values))
        return [number for (number,) in rows.fetchall()]

    def _insert(self, node: Node) -> int:
        order = "INSERT INTO node(id, document, metadata, content, vector) VALUES (?,?,?,?,?)"
        blob = np.asarray(node.vector, np.float32).tobytes()
        row = (node.id, node.document, node.metadata, node.content, blob)
        return int(self._db.execute(order, row).lastrowid or 0)

    def _follow(self, gone: Sequence[int]) -> None:
        """Takes removed numbers out of the vectors in memory."""
        if self._index is not None and gone:
            self._index.remove(np.array(gone, np.int64))

    def _fits(self, nodes: Iterable[Node]) -> None:
        """One file, one length of vectors: `BadInput` when a node's has another."""
        rows = self._rows("SELECT length(vector) / 4 FROM node LIMIT 1")
        lengths = dict.fromkeys([*(n for (n,) in rows), *(len(node.vector) for node in nodes)])
        if len(lengths) > 1:
            dim, other, *_ = lengths
            raise BadInput(other_length("mới", other, dim))

    def _rows(self, order: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock, self._told():
            return self._db.execute(order, values).fetchall()

    def _prepare(self) -> None:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        tables = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master")}
        if version > SCHEMA or (version == 0 and tables):
            raise BadInput(
                f"Tệp nút {self.path} không do phiên bản này của chương trình lập. "
                "Cập nhật chương trình, hoặc chọn tệp khác."
            )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.executescript(_TABLES)
        self._db.execute(f"PRAGMA user_version = {SCHEMA}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """SQLite's complaints as a sentence."""
        try:
            yield
        except sqlite3.OperationalError:
            raise OutputBusy(
                f"Không dùng được tệp nút {self.path}: tệp đang bận, không được ghi hoặc ổ đĩa "
                "đầy. Đóng chương trình khác đang dùng tệp rồi làm lại."
            ) from None
        except sqlite3.DatabaseError:
            raise BadInput(
                f"Tệp nút {self.path} hỏng hoặc không phải tệp của chương trình. "
                "Khôi phục từ bản sao, hoặc chọn tệp khác."
            ) from None


def _sound(node: Node) -> None:
    if "\0" in node.id or node.id != node.id.encode(errors="ignore").decode():
        raise BadInput(f"Mã nút {node.id!a} có ký tự không lưu được. Đặt mã khác cho nút.")
    if not np.isfinite(node.vector).all():
        raise BadInput(f"Vectơ của nút “{node.id}” có số không hữu hạn. Tạo lại vectơ của nút.")


def _many(values: Sequence[object]) -> list[str]:
    return [json.dumps(list(values))]


def _unit(vectors: Floats) -> Floats:
    """Rows of length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit
