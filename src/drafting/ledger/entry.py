"""`Entry` and `Ledger`: what can be said of each citation of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.citations import Difference
from drafting.ledger.quotation import Quotation
from drafting.ledger.successor import Nearest, Step
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
    text proved against, for showing beside it. `successor` took over first, `chain` are all that
    did up to the one in force, `nearest` is where the clause seems to have gone. `called` is how
    the text calls the document.
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
    quotations: tuple[Quotation, ...] = ()
    chain: tuple[Step, ...] = ()
    nearest: Nearest | None = None
    called: str = ""

    @property
    def now(self) -> str:
        """The number of the document that stands in its place now, "" while none does."""
        return self.chain[-1].designation if self.chain else self.successor

    def remarks(self) -> list[str]:
        """What an officer should know beside verdict and validity, one sentence each."""
        said = [f"{one.what}: {one.said}" for one in self.differs]
        said += [f"lời trích “{one.shown}” {one.result}" for one in self.quotations if one.is_same]
        if len(self.chain) > 1:
            said.append("nay là " + " → ".join(one.designation for one in self.chain))
        if self.nearest is not None:
            share = round(self.nearest.alike * 100)
            said.append(f"gần nhất hiện nay: {self.nearest.citation} (giống {share}% lời văn)")
        return [*said, *([self.note] if self.note else [])]

    def as_json(self) -> dict[str, object]:
        """The entry in the JSON of `drafting cite`."""
        return {
            "text": self.text, "span": list(self.span), "kind": str(self.kind),
            "designation": self.designation, "eid": self.eid, "verdict": str(self.verdict),
            "differs": [one.as_json() for one in self.differs],
            "status": self.status, "successor": self.successor, "note": self.note,
            "quotations": [one.as_json() for one in self.quotations],
            "chain": [one.as_json() for one in self.chain],
            "nearest": self.nearest.as_json() if self.nearest else None,
        }  # fmt: skip
