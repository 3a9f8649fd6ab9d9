"""corpus.toml and danh-muc.toml → records. The border where what people typed is checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from drafting.errors import BadInput
from drafting.records import Record


class _Entry(BaseModel):
    """One [[document]] block; unknown keys are refused so that a typing slip is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    designation: str
    kind: str
    issuer: str = ""
    subject: str = ""
    date: Day | None = None
    name: str = ""
    also: tuple[str, ...] = ()
    jurisdiction: str = ""
    regime: str = ""
    role: str = ""
    rank: int = 9
    can_be_basis: bool | None = None
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    unclear_from: Day | None = None
    unclear_why: str = ""
    done: bool = False
    note: str = ""
    source: str = ""
    verified: bool = False
    status_verified: bool = True
    file: str = ""
    lines: tuple[int, int] | None = None
    # Evidence for people and tests; not needed to answer.
    sha256: str = ""
    number_missing: str = ""
    designation_line: int | None = None
    date_note: str = ""
    cited_in: tuple[str, ...] = ()
    evidence: tuple[dict[str, object], ...] = ()

    def record(self) -> Record:
        """The entry as the record the core works with; only regulations are căn cứ by default."""
        known = set(Record.__dataclass_fields__) & set(type(self).model_fields)
        values = {name: getattr(self, name) for name in known - {"can_be_basis"}}
        basis = self.role == "regulation" if self.can_be_basis is None else self.can_be_basis
        return Record(**values, can_be_basis=basis)


@dataclass(frozen=True, slots=True)
class FolderMeta:
    """What a corpus folder declares: records of its files by file name, and of the danh mục."""

    files: dict[str, Record]
    known: tuple[Record, ...]


def read_meta(folder: Path) -> FolderMeta:
    """The records of `folder`; either TOML file may be absent.

    Raises `BadInput` naming file, entry and key for anything that cannot be used.
    """
    files = {record.file: record for record in _entries(folder / "corpus.toml") if record.file}
    return FolderMeta(files, tuple(_entries(folder / "danh-muc.toml")))


def _entries(path: Path) -> list[Record]:
    if not path.is_file():
        return []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(
            f"Tệp {path.name} sai cú pháp TOML: {problem}. Sửa dòng ấy rồi chạy lại."
        ) from None
    blocks = data.get("document", [])
    records: list[Record] = []
    for order, block in enumerate(blocks if isinstance(blocks, list) else [], start=1):
        try:
            records.append(_Entry.model_validate(block).record())
        except ValidationError as problem:
            first = problem.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            raise BadInput(
                f"Tệp {path.name}, văn bản thứ {order}, mục “{key}”: {_reason(first['type'])}. "
                "Xem phần giải thích ở đầu tệp."
            ) from None
    return records


def _reason(kind: str) -> str:
    if kind == "extra_forbidden":
        return "không có mục tên này"
    return "thiếu giá trị" if kind == "missing" else "giá trị không đúng kiểu"
