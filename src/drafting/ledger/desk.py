"""`Desk`: the entries of one text, with what earlier mentions in it said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from drafting.citations import (
    Catalogue,
    Citation,
    CitedDocument,
    Resolved,
    Unresolved,
    resolve,
)
from drafting.citations.place import read_eid, spell
from drafting.ledger.entry import Entry, EntryKind, Verdict
from drafting.ledger.judge import designation_of, judge, record_of
from drafting.ledger.successor import successors
from drafting.read.source import Span
from drafting.records import Record, Status
from drafting.relations.overtaken import rule_for
from drafting.structure import Document
from drafting.text import fold

# Two căn cứ in one sentence: “Căn cứ Nghị định … và Thông tư …”.
_BESIDE = re.compile(r"(?:\bvà|[,;])\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One citation with what came of it: an entry for each answer."""

    citation: Citation
    answers: tuple[Resolved | Unresolved, ...]
    entries: tuple[Entry, ...]


class Desk:
    """What the ledger remembers while it goes through one text."""

    def __init__(
        self,
        text: str,
        catalogue: Catalogue,
        as_of: date,
        province: str,
        home: Document | None = None,
    ) -> None:
        self.text, self.catalogue, self.home = text, catalogue, home
        self.as_of, self.province = as_of, province
        self._ruled = False
        self._dated: dict[str, CitedDocument] = {}
        self._subject: tuple[Span, str] = ((0, 0), "")

    def row(self, citation: Citation, home: Record | Document | None, at: str) -> Row:
        """The citation resolved and judged, as it stands at `at` of `home`."""
        recalled = self.recall(citation)
        answers = resolve(
            recalled, home=home, at=at, catalogue=self.catalogue, province=self.province
        )
        self._remember(recalled, answers)
        return Row(citation, answers, tuple(self.entries(recalled, answers)))

    def _remember(self, citation: Citation, answers: Sequence[Resolved | Unresolved]) -> None:
        """Keeps the date a mention gave, unless it is wrong: one slip is told once."""
        cited = citation.document
        wrong = {one.what for answer in answers for one in answer.comparison.differs}
        if cited is not None and cited.day is not None and "ngày" not in wrong:
            self._dated.setdefault(_called(cited), cited)

    def recall(self, citation: Citation) -> Citation:
        """The citation with the date an earlier, full mention of the same document gave.

        NĐ 30/2020 writes the date at first mention only.
        """
        cited = citation.document
        if cited is None or cited.this:
            return citation
        earlier = self._dated.get(_called(cited))
        if earlier is None or cited.date is not None:
            return citation
        return replace(citation, document=replace(cited, date=earlier.date))

    def entries(
        self, citation: Citation, answers: Sequence[Resolved | Unresolved]
    ) -> Iterator[Entry]:
        """One entry for each answer."""
        kind = self._kind(citation, answers[0])
        for answer in answers:
            record = record_of(answer)
            status = record.status_on(self.as_of) if record else None
            verdict, differs, note = judge(answer)
            if verdict is Verdict.UNDETERMINED and self._in_known_subject(citation, answer):
                verdict, note = Verdict.LISTED, ""
            asides = self._asides(record, kind) if record else []
            if isinstance(answer, Resolved) and answer.own and not record:
                asides.append("hiểu là của chính văn bản này")
            if status:
                asides.append(self._rule(answer, status))
            yield Entry(
                answer.citation.text,
                answer.citation.span,
                kind,
                designation_of(answer),
                answer.eid,
                verdict,
                differs,
                status.sentence() if status else "",
                status.successor if status else "",
                "; ".join(one for one in (note, answer.note, *asides) if one),
                record,
                answer.provision if isinstance(answer, Resolved) else None,
                called=citation.document.called() if citation.document else "",
                chain=successors(record, self.catalogue, self.as_of) if record else (),
            )

    def _in_known_subject(self, citation: Citation, answer: Resolved | Unresolved) -> bool:
        """Whether a provision without text is named in a subject that the danh mục has so:
        “Quyết định … sửa đổi khoản 2 Điều 3 Quyết định …”."""
        (start, end), known = self._subject
        untold = isinstance(answer, Resolved) and answer.document is None and answer.eid
        if not untold or citation.finer or not start <= citation.span[0] < end:
            return False
        number = citation.document and citation.document.number
        steps = [spell((step,)).lower() for step in read_eid(answer.eid)]
        named = [re.search(rf"(?<!\w){re.escape(one)}(?!\w)", known.lower()) for one in steps]
        return bool(number and number.text in known and all(named))

    def _kind(self, citation: Citation, answer: Resolved | Unresolved) -> EntryKind:
        """Căn cứ or viện dẫn: what another's subject mentions is no căn cứ of its own."""
        if not citation.basis:
            return EntryKind.REFERENCE
        (start, end), known = self._subject
        at = citation.span[0]
        if start <= at < end:
            beside = _BESIDE.search(self.text, max(0, at - 8), at)
            part = citation.document and citation.document.number
            if not beside or (part and part.text in known):
                return EntryKind.REFERENCE
        if citation.document and citation.document.subject:
            subject = answer.record.subject if answer.record else ""
            self._subject = citation.document.subject.span, subject
        return EntryKind.BASIS

    def _asides(self, record: Record, kind: EntryKind) -> list[str]:
        """What else to know of the document: another province's, or of a type that is no basis."""
        asides = []
        whose = record.jurisdiction
        if self.province and whose and not record.in_jurisdiction_of(self.province):
            reason = f"chỉ tham khảo, không làm căn cứ cho {self.province}"
            asides.append(f"Văn bản của {whose}: {reason}")
        if kind is EntryKind.BASIS and not record.can_be_basis:
            asides.append(f"{record.kind} loại này không đứng ở phần căn cứ")
        return asides

    def _rule(self, answer: Resolved | Unresolved, status: Status) -> str:
        """What the document at hand says of a reference no longer as it was; in full only once."""
        rule = rule_for(status, self.home) if answer.document is not self.home else ""
        told, self._ruled = self._ruled, self._ruled or bool(rule)
        return rule.partition(": “")[0] if told else rule


def _called(cited: CitedDocument) -> str:
    number = cited.designation
    return number.key if number else fold(cited.called_by_name)
