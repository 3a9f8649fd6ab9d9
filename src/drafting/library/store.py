"""library.sqlite: documents with text, provisions and records; rebuildable from the files."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.library.rows import Stored, dump_record, dump_tree, load_record, load_stored
from drafting.library.validity import ReadValidity, dump_read, load_read
from drafting.records import Record
from drafting.structure import Document
from drafting.text import fold, plain

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, state TEXT NOT NULL, path TEXT NOT NULL,
  text TEXT NOT NULL, record TEXT NOT NULL, tree TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS known (position INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS problem (file TEXT PRIMARY KEY, why TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
# How long another process may hold the file before it is told to be busy.
_WAIT_SECONDS = 30.0
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
}  # fmt: skip


class Library:
    """Reads and writes library.sqlite; a `citations.Catalogue` for whoever resolves references.

    Everything read is remembered, so open one per process and `close` it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db, self.path = connection, path

    @classmethod
    def open(cls, path: Path) -> Library:
        """The library at `path`, made empty when there is none.

        `BadInput` with what to do for a file of a newer version, one that is no library, one in
        use, and a folder that cannot be written.
        """
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            with _told(path):
                _prepare(db, path)
        except BadInput:
            db.close()
            raise
        return cls(db, path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what was remembered is forgotten."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        for name in ("stored", "known", "declared", "_by_key", "_read"):
            self.__dict__.pop(name, None)

    def _run(self, order: str, values: Sequence[object] = ()) -> list[Any]:
        with _told(self.path):
            return self._db.execute(order, values).fetchall()

    def put(self, record: Record, document: Document, path: Path, state: str) -> None:
        """Keep `document`; a document of the same file is replaced."""
        source = document.source
        row = (
            record.file,
            source.sha256,
            state,
            str(path),
            source.text,
            dump_record(record),
            dump_tree(document),
        )
        self._run("INSERT OR REPLACE INTO document VALUES (?,?,?,?,?,?,?)", row)

    def remove(self, file: str) -> None:
        """Forget the document of `file`."""
        self._run("DELETE FROM document WHERE file=?", (file,))

    def set_known(self, records: Sequence[Record]) -> None:
        """Replace the danh mục."""
        self._run("DELETE FROM known")
        for record in records:
            self._run("INSERT INTO known(record) VALUES (?)", (dump_record(record),))

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Replace what is wrong with the folder, by file name."""
        self._run("DELETE FROM problem")
        for file, why in problems.items():
            self._run("INSERT INTO problem VALUES (?,?)", (file, why))

    def problems(self) -> list[tuple[str, str]]:
        """What was wrong with the folder when it was last read: file names, with reasons."""
        return self._run("SELECT file, why FROM problem ORDER BY file")

    def states(self) -> dict[str, str]:
        """For each file the hash of everything its stored form was made from."""
        return dict(self._run("SELECT file, state FROM document"))

    def printed(self) -> dict[str, str]:
        """For each file the số, ký hiệu its own text prints, "" when it prints none."""
        return dict(self._run("SELECT file, json_extract(tree, '$.head[2]') FROM document"))

    def paths(self) -> dict[str, tuple[str, str]]:
        """For each file its path and the hash of its bytes when it was read."""
        rows = self._run("SELECT file, path, sha256 FROM document")
        return {file: (path, sha256) for file, path, sha256 in rows}

    def set_paths(self, paths: Mapping[str, Path]) -> None:
        """Where each file lies now: a folder may be copied elsewhere unchanged."""
        for file, path in paths.items():
            self._run("UPDATE document SET path=? WHERE file=?", (str(path.absolute()), file))

    def noted(self, name: str) -> str:
        """What was noted under `name`, "" when nothing was."""
        rows = self._run("SELECT value FROM note WHERE name=?", (name,))
        return str(rows[0][0]) if rows else ""

    def note(self, name: str, value: str) -> None:
        """Note `value` under `name`, such as the state of the folder last read."""
        self._run("INSERT OR REPLACE INTO note VALUES (?,?)", (name, value))

    def fingerprint(self) -> str:
        """A hash of all documents: what a derived index was built from."""
        states = "\n".join(f"{f}\t{s}" for f, s in sorted(self.states().items()))
        return hashlib.sha256(states.encode()).hexdigest()[:16]

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """Every document with its record, by file name."""
        rows = self._run(
            "SELECT file, sha256, text, record, tree, state FROM document ORDER BY file"
        )
        found = (load_stored(*row) for row in rows)
        return tuple(replace(one, record=self._with_read(one.record)) for one in found)

    @cached_property
    def known(self) -> tuple[Record, ...]:
        """The danh mục: documents known by number only."""
        rows = self._run("SELECT record FROM known ORDER BY position")
        return tuple(self._with_read(load_record(row[0])) for row in rows)

    @cached_property
    def _read(self) -> Mapping[str, ReadValidity]:
        return load_read(self.noted("validity"))

    def _with_read(self, record: Record) -> Record:
        """A record as declared, with what the texts of the library say of its validity."""
        read = self._read.get(record.file or record.key)
        return read.applied_to(record) if read else record

    def set_read(self, read: Mapping[str, ReadValidity]) -> None:
        """Keep what was read of each document's validity, by file or key."""
        with self.transaction():
            self.note("validity", dump_read(read))

    @cached_property
    def declared(self) -> tuple[Record, ...]:
        """Every record as its TOML file (or, undeclared, its own text) gives it."""
        rows = self._run("SELECT record FROM document ORDER BY file")
        rows += self._run("SELECT record FROM known ORDER BY position")
        return tuple(load_record(row[0]) for row in rows)

    @property
    def all_records(self) -> tuple[Record, ...]:
        """Records of the documents with text, then of the danh mục."""
        return (*(stored.record for stored in self.stored), *self.known)

    def of_file(self, file: str) -> Stored | None:
        """The document of one file."""
        return next((s for s in self.stored if s.record.file == file), None)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Record, ...]]:
        by_key: dict[str, tuple[Record, ...]] = {}
        for record in self.all_records:
            for key in dict.fromkeys(record.keys):
                by_key[key] = (*by_key.get(key, ()), record)
        return by_key

    def records(self, key: str) -> Sequence[Record]:
        """The records that answer to a `Designation.key`."""
        return self._by_key.get(key, ())

    def named(self, name: str) -> Sequence[Record]:
        """The records called `name` (a law's name, a paper without number), accents aside."""
        wanted = fold(plain(name))
        return [
            record
            for record in self.all_records
            if wanted in {fold(called) for called in (record.name, *record.also) if called}
        ]

    def near(self, designation: Designation) -> Sequence[Record]:
        """Records of the same number whose year or symbol differs: for saying what differs."""
        parsed = ((record, Designation.parse(record.designation)) for record in self.all_records)
        return [record for record, other in parsed if other and designation.is_near(other)]

    def document(self, record: Record) -> Document | None:
        """The full text behind a record, or None when only its number is known."""
        stored = self.of_file(record.file) if record.file else None
        return stored.document if stored else None


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Makes an empty file a library; refuses one of a newer version."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise BadInput(
            f"Kho {path} do bản chương trình mới hơn tạo ra (bản {version}). "
            "Cập nhật chương trình, hoặc xóa tệp này rồi chạy “drafting corpus sync”."
        )
    if version == 0:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version={SCHEMA_VERSION}; COMMIT;"
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what the disk or SQLite refuses into a sentence that says which it is."""
    try:
        yield
    except OSError:
        raise BadInput(_unwritable(path)) from None
    except sqlite3.DatabaseError as problem:
        if type(problem) not in {sqlite3.DatabaseError, sqlite3.OperationalError}:
            raise  # a misuse of ours, not the disk's
        # Extended codes keep the plain one in their low byte.
        code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _BUSY:
            raise BadInput(
                f"Kho {path} đang được chương trình khác dùng. "
                "Đợi chương trình ấy xong (hoặc đóng lại) rồi thử lại."
            ) from None
        if code in _UNWRITABLE:
            raise BadInput(_unwritable(path)) from None
        raise BadInput(
            f"Tệp kho {path} bị hỏng hoặc không phải kho của chương trình. "
            "Đổi tên tệp ấy rồi chạy “drafting corpus sync” để lập lại từ các tệp văn bản."
        ) from None


def _unwritable(path: Path) -> str:
    return (
        f"Không ghi được vào thư mục dữ liệu {path.parent}. Kiểm tra quyền ghi và chỗ trống, "
        "hoặc đặt biến DRAFTING_HOME trỏ tới một thư mục ghi được."
    )
