"""corpus.toml and danh-muc.toml → records. The border where what people typed is checked."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from drafting.designation import Designation
from drafting.errors import BadInput, refusal
from drafting.records import Record
from drafting.toml import read_toml

# What the program reads in the texts itself (library/validity.py); nobody declares it.
_READ = {"changes", "read_in", "disputed"}


class _Block(BaseModel):
    """What a [[document]] block may say besides a record's fields, and how it becomes a record.

    Unknown keys are refused so that a typing slip is seen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = ""
    role: str = ""
    can_be_basis: bool | None = None
    # Evidence for people and tests; not needed to answer.
    sha256: str = ""
    number_missing: str = ""
    designation_line: int | None = None
    date_note: str = ""
    cited_in: tuple[str, ...] = ()
    evidence: tuple[dict[str, object], ...] = ()

    def record(self) -> Record:
        """The block as the record the core works with; only regulations are căn cứ by default."""
        names = (one.name for one in fields(Record) if one.name not in _READ)
        told = {name: getattr(self, name) for name in names}
        if self.can_be_basis is None:
            told["can_be_basis"] = self.role == "regulation"
        return Record(**told)


def _of_record() -> dict[str, Any]:
    """The fields of `Record` for pydantic; of the required ones a block may leave out two."""
    hints = get_type_hints(Record)
    left_out = {"issuer": "", "subject": ""}
    return {
        one.name: (
            hints[one.name],
            left_out.get(one.name, ... if one.default is MISSING else one.default),
        )
        for one in fields(Record)
        if one.name not in _Block.model_fields and one.name not in _READ
    }


_Entry = create_model("_Entry", __base__=_Block, **_of_record())


@dataclass(frozen=True, slots=True)
class FolderMeta:
    """What a corpus folder declares: records of its files by file name, and of the danh mục;
    for each file the hash its bytes had when it was declared."""

    files: dict[str, Record]
    known: tuple[Record, ...]
    sha256: dict[str, str] = field(default_factory=dict)

    def contradictions(self, file: str, sha256: str, printed: str) -> dict[str, str]:
        """Where a file is not what was declared, by the code of `drafting corpus verify`.

        `printed` is the số, ký hiệu its own text shows, "" when it shows none.
        """
        found: dict[str, str] = {}
        if self.sha256.get(file, sha256).lower() != sha256:
            found["KH06"] = "Tệp đã bị sửa so với khai báo (sha256 trong corpus.toml)"
        record, own = self.files.get(file), Designation.parse(printed)
        if record and record.designation and own and own.key not in record.keys:
            declared = record.designation
            found["KH07"] = f"Số in trong tệp là {own}, số khai trong corpus.toml là {declared}"
        return found


def read_meta(folder: Path) -> FolderMeta:
    """The records of `folder`; either TOML file may be absent.

    Raises `BadInput` naming file, entry and key for anything that cannot be used.
    """
    entries = [entry for entry in _entries(folder / "corpus.toml") if entry.file]
    return FolderMeta(
        {entry.file: entry.record() for entry in entries},
        tuple(entry.record() for entry in _entries(folder / "danh-muc.toml")),
        {entry.file: entry.sha256 for entry in entries if entry.sha256},
    )


def _entries(path: Path) -> list[_Block]:
    if not path.is_file():
        return []
    data = read_toml(path, "tệp")
    blocks = data.get("document", [])
    entries: list[_Block] = []
    for order, block in enumerate(blocks if isinstance(blocks, list) else [], start=1):
        try:
            entries.append(_Entry.model_validate(block))
        except ValidationError as problem:
            raise BadInput(
                f"Tệp {path.name}, văn bản thứ {order}, {refusal(problem.errors()[0])}. "
                "Xem phần giải thích ở đầu tệp."
            ) from None
    return entries
