"""Time limits told beside a citation, held against those its provision sets.

“Theo khoản 5 Điều 14 …, gửi trước ít nhất 03 ngày làm việc” names a provision that is there and a
limit that is not: the draft would come back for it as for a wrong number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.citations import Difference, Resolved
from drafting.ledger.desk import Row
from drafting.ledger.entry import Entry, Verdict
from drafting.read.source import Span
from drafting.text import nfc

# Only what is told as a limit: “chuyến đi 03 ngày” is none.
_LIMIT = re.compile(
    r"(?:ít nhất|tối thiểu|chậm nhất|muộn nhất|trong thời hạn|trong vòng|định kỳ|không quá"
    r"|tối đa|trước)\s+(?:là\s+|sau\s+|hạn\s+)?(?P<number>\d{1,3})\s*(?:\([^()]{1,20}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|tháng|giờ)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n\s*\n|\n(?=\s*[-–+•])")


@dataclass(frozen=True, slots=True)
class _Told:
    """A limit told in a text: where, how many, of what."""

    span: Span
    number: int
    unit: str

    @property
    def said(self) -> str:
        return f"{self.number:02d} {self.unit}"


def with_periods(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows; one whose sentence tells a limit that neither it nor its neighbour sets is lệch."""
    told = list(rows)
    for limit in _limits(nfc(text) if len(nfc(text)) == len(text) else text):
        beside = [n for n in _beside(text, limit, rows) if limit.unit in _units(rows[n])]
        if beside and not any(limit.said in _set_by(rows[n]) for n in beside):
            at = min(beside, key=lambda n: _distance(limit.span, rows[n].citation.span))
            told[at] = _differing(told[at], limit)
    return told


def _limits(text: str) -> Iterator[_Told]:
    for match in _LIMIT.finditer(text):
        unit = " ".join(match["unit"].lower().split())
        yield _Told(match.span(), int(match["number"]), unit)


def _beside(text: str, limit: _Told, rows: Sequence[Row]) -> list[int]:
    """The citations right before and right after a limit, within its sentence."""
    start, end = limit.span
    named = [(n, row.citation) for n, row in enumerate(rows) if _names_another(row)]
    before = [n for n, citation in named if citation.span[1] <= start]
    after = [n for n, citation in named if citation.span[0] >= end]
    near = ([max(before, key=lambda n: rows[n].citation.span)] if before else []) + (
        [min(after, key=lambda n: rows[n].citation.span)] if after else []
    )
    return [n for n in near if not _SENTENCE_END.search(text, *_between(limit, rows[n]))]


def _names_another(row: Row) -> bool:
    """Whether it cites by name: within a law, “điểm 7.1 Khoản này” says nothing of its limits."""
    document = row.citation.document
    return document is not None and not document.this


def _between(limit: _Told, row: Row) -> Span:
    (start, end), (low, high) = limit.span, row.citation.span
    return (high, start) if high <= start else (end, low)


def _set_by(row: Row) -> list[str]:
    """The limits the provisions of a citation set, with all below them."""
    return [
        one.said
        for answer in row.answers
        if isinstance(answer, Resolved) and answer.document is not None and answer.provision
        for one in _limits(answer.document.full_text(answer.eid))
    ]


def _units(row: Row) -> set[str]:
    return {said.partition(" ")[2] for said in _set_by(row)}


def _distance(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def _differing(row: Row, limit: _Told) -> Row:
    known = [said for said in dict.fromkeys(_set_by(row)) if said.endswith(limit.unit)]
    difference = Difference("thời hạn", limit.said, " hoặc ".join(known))
    first, *others = row.entries
    changed: Entry = replace(first, verdict=Verdict.DIFFERS, differs=(*first.differs, difference))
    return replace(row, entries=(changed, *others))
