"""`Entry` and `Ledger`: what can be said of each citation of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.citations import Difference
from drafting.read.source import Span
from drafting.records import Record
from drafting.structure import Provision


class Verdict(StrEnum):
    """What can be said of a citation (DESIGN.md); never a bare “đúng”."""

    VERBATIM = "khớp nguyên văn"
    LISTED = "khớp danh mục"
    DIFFERS = "lệch"
    NOT_FOUND = "không thấy trong kho"
    UNDETERMINED = "không xác định được"


class EntryKind(StrEnum):
    """A căn cứ opens a document and names whole documents; all else is a viện dẫn."""

    BASIS = "căn cứ"
    REFERENCE = "viện dẫn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One citation, or one provision of it, checked.

    `text` stands at `span`; entries of one citation share both. `status` is the validity on the
    day asked, "" when no document is known; `note` says why, in Vietnamese. `provision` is the
    text proved against, for showing beside it.
    """

    text: str
    span: Span
    kind: EntryKind
    designation: str
    eid: str
    verdict: Verdict
    differs: tuple[Difference, ...] = ()
    status: str = ""
    successor: str = ""
    note: str = ""
    record: Record | None = None
    provision: Provision | None = None

    def as_json(self) -> dict[str, object]:
        """The entry in the JSON of `drafting cite`."""
        return {
            "text": self.text, "span": list(self.span), "kind": str(self.kind),
            "designation": self.designation, "eid": self.eid, "verdict": str(self.verdict),
            "differs": [one.as_json() for one in self.differs],
            "status": self.status, "successor": self.successor, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a text, in its order."""

    entries: tuple[Entry, ...]

    @property
    def total(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @property
    def checked(self) -> int:
        """How many could be held against a known document, whatever came of it."""
        open_ = {Verdict.NOT_FOUND, Verdict.UNDETERMINED}
        return sum(entry.verdict not in open_ for entry in self.entries)

    def as_json(self, file: str = "") -> dict[str, object]:
        """The JSON of `drafting cite`."""
        return {
            "file": file, "checked": self.checked, "total": self.total,
            "citations": [entry.as_json() for entry in self.entries],
        }  # fmt: skip
