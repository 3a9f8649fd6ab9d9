"""What a search gives back: hits that say what they are, where they stand and why they are here."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.read.source import Span
from drafting.records import Record, Status


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision that may govern the case.

    `article`, `clause`, `point`, `item` as printed, None where the unit has none. `text` is
    `SourceText.display(spans)`. `why` are Vietnamese reasons; `linked` the eIds the text itself
    refers to; `warnings` what keeps it from being relied on as it stands.
    """

    rank: int
    score: float
    record: Record
    sha256: str
    article: str | None
    clause: str | None
    point: str | None
    item: str | None
    eid: str
    citation: str
    text: str
    spans: tuple[Span, ...]
    why: tuple[str, ...]
    linked: tuple[str, ...]
    status: Status
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The hit in the JSON of `drafting search`."""
        return {
            "rank": self.rank, "score": round(self.score, 4), "file": self.record.file,
            "sha256": self.sha256, "designation": self.record.designation,
            "jurisdiction": self.record.jurisdiction, "article": self.article,
            "clause": self.clause, "point": self.point, "item": self.item, "eid": self.eid,
            "citation": self.citation, "text": self.text,
            "spans": [list(span) for span in self.spans], "why": list(self.why),
            "linked": list(self.linked), "status": str(self.status.state),
            "warnings": list(self.warnings),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one question got: hits best first, and whether they are an answer at all."""

    query: str
    answered: bool
    hits: tuple[Hit, ...]
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """The answer in the JSON of `drafting search`."""
        found: dict[str, object] = {
            "query": self.query,
            "answered": self.answered,
            "hits": [hit.as_json() for hit in self.hits],
        }
        return {**found, "note": self.note} if self.note else found
