"""library.sqlite: documents with text, provisions and records; rebuildable from the files."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path

from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.findings import Finding, Severity
from drafting.read.source import SourceText
from drafting.records import Record
from drafting.structure import Document, Kind, Provision
from drafting.text import fold, plain

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE document (
  file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, state TEXT NOT NULL, path TEXT NOT NULL,
  text TEXT NOT NULL, record TEXT NOT NULL, tree TEXT NOT NULL);
CREATE TABLE known (position INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE problem (file TEXT PRIMARY KEY, why TEXT NOT NULL);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """One document of the library: its record and its tree."""

    record: Record
    document: Document


class Library:
    """Reads and writes library.sqlite; a `citations.Catalogue` for whoever resolves references.

    Everything read is remembered, so open one per process and `close` it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db, self.path = connection, path

    @classmethod
    def open(cls, path: Path) -> Library:
        """The library at `path`, made empty when there is none.

        A file of a newer version or no library at all is a `BadInput` with what to do.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise BadInput(
                    f"Kho {path} do bản chương trình mới hơn tạo ra (bản {version}). "
                    "Cập nhật chương trình, hoặc xóa tệp này rồi chạy “drafting corpus sync”."
                )
            if version == 0:
                db.execute("PRAGMA journal_mode=WAL")
                db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={SCHEMA_VERSION}; COMMIT;")
        except sqlite3.DatabaseError:
            db.close()
            raise BadInput(
                f"Tệp kho {path} bị hỏng hoặc không phải kho của chương trình. "
                "Đổi tên tệp ấy rồi chạy “drafting corpus sync” để lập lại từ các tệp văn bản."
            ) from None
        return cls(db, path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what was remembered is forgotten."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        for name in ("stored", "known", "_by_key"):
            self.__dict__.pop(name, None)

    def put(self, record: Record, document: Document, path: Path, state: str) -> None:
        """Keep `document`; a document of the same file is replaced."""
        source = document.source
        row = (
            record.file,
            source.sha256,
            state,
            str(path),
            source.text,
            _dump(record),
            _tree(document),
        )
        self._db.execute("INSERT OR REPLACE INTO document VALUES (?,?,?,?,?,?,?)", row)
        self._db.execute("DELETE FROM problem WHERE file=?", (record.file,))

    def remove(self, file: str) -> None:
        """Forget the document of `file` and any problem noted for it."""
        self._db.execute("DELETE FROM document WHERE file=?", (file,))
        self._db.execute("DELETE FROM problem WHERE file=?", (file,))

    def set_known(self, records: Sequence[Record]) -> None:
        """Replace the danh mục."""
        self._db.execute("DELETE FROM known")
        rows = [(_dump(record),) for record in records]
        self._db.executemany("INSERT INTO known(record) VALUES (?)", rows)

    def note_problem(self, file: str, why: str) -> None:
        """Set a file aside with the reason."""
        self._db.execute("INSERT OR REPLACE INTO problem VALUES (?,?)", (file, why))

    def problems(self) -> list[tuple[str, str]]:
        """Files set aside, with reasons."""
        return [
            (str(f), str(w)) for f, w in self._db.execute("SELECT * FROM problem ORDER BY file")
        ]

    def states(self) -> dict[str, str]:
        """For each file the hash of everything its stored form was made from."""
        return dict(self._db.execute("SELECT file, state FROM document"))

    def paths(self) -> dict[str, tuple[str, str]]:
        """For each file its path and the hash of its bytes when it was read."""
        rows = self._db.execute("SELECT file, path, sha256 FROM document")
        return {file: (path, sha256) for file, path, sha256 in rows}

    def noted(self, name: str) -> str:
        """What was noted under `name`, "" when nothing was."""
        row = self._db.execute("SELECT value FROM note WHERE name=?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, name: str, value: str) -> None:
        """Note `value` under `name`, such as the state of the folder last read."""
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?,?)", (name, value))

    def fingerprint(self) -> str:
        """A hash of all documents: what a derived index was built from."""
        states = "\n".join(f"{f}\t{s}" for f, s in sorted(self.states().items()))
        return hashlib.sha256(states.encode()).hexdigest()[:16]

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """Every document with its record, by file name."""
        rows = self._db.execute(
            "SELECT file, sha256, text, record, tree FROM document ORDER BY file"
        )
        return tuple(_stored(*row) for row in rows.fetchall())

    @cached_property
    def known(self) -> tuple[Record, ...]:
        """The danh mục: documents known by number only."""
        rows = self._db.execute("SELECT record FROM known ORDER BY position").fetchall()
        return tuple(_load(row[0]) for row in rows)

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
        """Records of the same number whose year or symbol differs: for saying what differs.

        Party papers carry no year: 05-HD/BĐNTW is near 05-HD/VPTW.
        """
        mine = designation.number.lstrip("0")
        near: list[Record] = []
        for record in self.all_records:
            theirs = Designation.parse(record.designation)
            if theirs is None or theirs.key == designation.key or theirs.number.lstrip("0") != mine:
                continue
            same_symbol = theirs.symbol.upper() == designation.symbol.upper()
            same_year = theirs.year is not None and theirs.year == designation.year
            both_party = theirs.party and designation.party
            same_type = both_party and theirs.type_symbol == designation.type_symbol
            if same_symbol or same_year or same_type:
                near.append(record)
        return near

    def document(self, record: Record) -> Document | None:
        """The full text behind a record, or None when only its number is known."""
        stored = self.of_file(record.file) if record.file else None
        return stored.document if stored else None


def _dump(record: Record) -> str:
    values = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(record).items()
    }
    return json.dumps(values, ensure_ascii=False)


def _load(text: str) -> Record:
    values = json.loads(text)
    for item in fields(Record):
        value = values.get(item.name)
        if item.name in _DATES and value:
            values[item.name] = date.fromisoformat(value)
        elif isinstance(value, list):
            values[item.name] = tuple(value)
    return Record(**values)


_DATES = {"date", "in_force_from", "in_force_until", "unclear_from"}


def _tree(document: Document) -> str:
    provisions = [
        [p.eid, str(p.kind), p.number, p.heading, p.line, p.parent, p.paragraphs]
        for p in document.provisions
    ]
    findings = [finding.as_json() for finding in document.findings]
    head = [document.kind, document.subject, document.designation]
    return json.dumps(
        {"head": head, "provisions": provisions, "findings": findings}, ensure_ascii=False
    )


def _stored(file: str, sha256: str, text: str, record: str, tree: str) -> Stored:
    source = SourceText(text, file, sha256)
    data = json.loads(tree)
    provisions = []
    for eid, kind, number, heading, line, parent, paragraphs in data["provisions"]:
        spans = tuple(tuple((a, b) for a, b in paragraph) for paragraph in paragraphs)
        flat = tuple(span for paragraph in spans for span in paragraph)
        shown = source.display(flat)
        provisions.append(
            Provision(eid, Kind(kind), number, heading, shown, line, flat, parent, spans)
        )
    findings = tuple(
        Finding(**{**finding, "severity": Severity(finding["severity"])})
        for finding in data["findings"]
    )
    return Stored(_load(record), Document(source, tuple(provisions), findings, *data["head"]))
