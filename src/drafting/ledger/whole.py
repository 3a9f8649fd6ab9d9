"""`Ledger`: all entries of a text, how many could be checked, what to load next."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.ledger.entry import Entry, Verdict
from drafting.ledger.issued import Issued
from drafting.ledger.missing import Missing, missing
from drafting.records import CASE_PAPER


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a text, in its order.

    `issued` says that the text is a document already issued: then nothing in it can be mended, and
    what differs is for information. `notes` are words that look quoted and cite nothing.
    """

    entries: tuple[Entry, ...]
    issued: Issued | None = None
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @property
    def checked(self) -> int:
        """How many could be held against a known document, whatever came of it."""
        open_ = {Verdict.NOT_FOUND, Verdict.UNDETERMINED}
        return sum(entry.verdict not in open_ for entry in self.entries)

    @property
    def header(self) -> str:
        """How many could be checked, and how many of these rest on what the officer entered.

        >>> Ledger(()).header
        'kiểm được 0/0'
        """
        proved = {Verdict.VERBATIM, Verdict.LISTED}
        entered = sum(
            one.verdict in proved and one.record is not None and one.record.role == CASE_PAPER
            for one in self.entries
        )
        own = f", trong đó {entered} theo văn bản của vụ việc do cán bộ nhập" if entered else ""
        return f"kiểm được {self.checked}/{self.total}{own}"

    @property
    def is_wrong(self) -> bool:
        """Whether a citation differs or is not found in a text that can still be mended."""
        wrong = {Verdict.DIFFERS, Verdict.NOT_FOUND}
        return self.issued is None and any(entry.verdict in wrong for entry in self.entries)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The documents cited whose text is not in the library, the most cited first."""
        return missing(("", entry) for entry in self.entries)

    def as_json(self, file: str = "") -> dict[str, object]:
        """The JSON of `drafting cite`."""
        return {
            "file": file, "checked": self.checked, "total": self.total,
            "issued": self.issued.as_json() if self.issued else None,
            "citations": [entry.as_json() for entry in self.entries],
            "missing": [one.as_json() for one in self.missing], "notes": list(self.notes),
        }  # fmt: skip
