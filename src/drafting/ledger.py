"""Sổ căn cứ: every citation of a text with a verdict, and the validity of what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from drafting.citations import (
    Catalogue,
    Citation,
    CitedDocument,
    Difference,
    Places,
    Resolved,
    Unresolved,
    Why,
    WithPapers,
    contradictions,
    find,
    resolve,
)
from drafting.citations.place import read_eid, spell
from drafting.read.source import Span
from drafting.records import Record
from drafting.structure import Document, Provision
from drafting.text import fold

# Two căn cứ in one sentence: “Căn cứ Nghị định … và Thông tư …”.
_BESIDE = re.compile(r"(?:\bvà|[,;])\s*$")


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


def build(
    text: str,
    *,
    catalogue: Catalogue,
    as_of: date,
    home: Record | Document | None = None,
    case_papers: Sequence[Record] = (),
    province: str = "",
) -> Ledger:
    """The ledger of any text; nothing is raised, nothing left out.

    `home` is the document the text belongs to: with it “Quy chế này” and bare “Điều 6” can be
    followed, and “Khoản này” where `text` is that document's whole text. `case_papers` are papers
    of the case at hand, known for this text only. `province` (else that of `home`) is where the
    text is written: its own agencies need not name it, another province's papers are marked. A
    lone “Quyết định này” cites nothing and has no entry.
    """
    known = WithPapers(catalogue, tuple(case_papers)) if case_papers else catalogue
    document = known.document(home) if isinstance(home, Record) else home
    places = Places(document) if document and document.source.text == text else None
    if (
        not province
        and isinstance(home, Record)
        and home.jurisdiction.startswith(("tỉnh", "thành"))
    ):
        province = home.jurisdiction
    desk = _Desk(text, as_of, province)
    entries: list[Entry] = []
    for citation in find(text):
        if citation.document and citation.document.this and not citation.provisions:
            continue
        at = places.at(citation.span[0]) if places else ""
        recalled = desk.recall(citation)
        answers = resolve(recalled, home=home, at=at, catalogue=known, province=desk.province)
        entries += desk.entries(recalled, answers)
    return Ledger(tuple(entries))


class _Desk:
    """What the ledger remembers while it goes through one text."""

    def __init__(self, text: str, as_of: date, province: str) -> None:
        self.text, self.as_of, self.province = text, as_of, province
        self._dated: dict[str, CitedDocument] = {}
        self._subject: tuple[Span, str] = ((0, 0), "")

    def recall(self, citation: Citation) -> Citation:
        """The citation with the date an earlier, full mention of the same document gave.

        NĐ 30/2020 writes the date at first mention only.
        """
        cited = citation.document
        if cited is None or cited.this:
            return citation
        number = cited.designation
        key = number.key if number else fold(cited.called_by_name)
        if cited.day is not None:
            self._dated.setdefault(key, cited)
            return citation
        earlier = self._dated.get(key)
        if earlier is None or cited.date is not None:
            return citation
        return replace(citation, document=replace(cited, date=earlier.date))

    def entries(
        self, citation: Citation, answers: Sequence[Resolved | Unresolved]
    ) -> Iterator[Entry]:
        """One entry for each answer."""
        kind = self._kind(citation, answers[0])
        for answer in answers:
            record = _record_of(answer)
            status = record.status_on(self.as_of) if record else None
            verdict, differs, note = _judge(answer)
            asides = self._asides(record, kind) if record else []
            yield Entry(
                answer.citation.text,
                answer.citation.span,
                kind,
                _designation(answer),
                answer.eid,
                verdict,
                differs,
                status.sentence() if status else "",
                status.successor if status else "",
                "; ".join(one for one in (note, answer.note, *asides) if one),
                record,
                answer.provision if isinstance(answer, Resolved) else None,
            )

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


def _judge(answer: Resolved | Unresolved) -> tuple[Verdict, tuple[Difference, ...], str]:
    """Verdict, what differs, and why."""
    differs = _differs(answer)
    if differs:
        why = answer.reason if isinstance(answer, Unresolved) and answer.near else ""
        return Verdict.DIFFERS, differs, why
    if isinstance(answer, Unresolved):
        unknown = answer.why is Why.UNKNOWN
        return Verdict.NOT_FOUND if unknown else Verdict.UNDETERMINED, (), answer.reason
    unproved = _unproved(answer)
    if unproved:
        return Verdict.UNDETERMINED, (), unproved
    if answer.document is not None:
        return Verdict.VERBATIM, (), ""
    if answer.eid:
        why = f"kho chưa có toàn văn: chưa kiểm được {spell(read_eid(answer.eid))}"
        return Verdict.LISTED, (), why
    return Verdict.LISTED, (), ""


def _unproved(answer: Resolved) -> str:
    """Why nothing is proved though a document was found: words that could not be checked."""
    title = answer.record.title if answer.record else ""
    if "ngày" in answer.comparison.unknown:
        return f"danh mục chưa có ngày ban hành của {title}: chưa so được ngày"
    if answer.comparison.unread:
        unread = answer.comparison.unread
        return f"chưa hiểu “{unread}” ghi cạnh {title}: ghi lại ngày, cơ quan, trích yếu cho rõ"
    cited, finer = answer.citation.document, answer.citation.finer
    if "tên" in answer.comparison.unknown and cited and cited.name:
        return f"chưa so được “{cited.name.text}” với trích yếu của {title}"
    if finer:
        known = spell(read_eid(answer.eid)) if answer.eid else title
        return f"chưa kiểm được “{finer}”: kho chỉ xác định tới {known}"
    return ""


def _differs(answer: Resolved | Unresolved) -> tuple[Difference, ...]:
    """Everything the text says otherwise, one difference for each thing."""
    cited = answer.citation.document
    found = {one.what: one for one in (contradictions(cited) if cited else ())}
    found |= {one.what: one for one in answer.comparison.differs}
    if isinstance(answer, Unresolved) and answer.why is Why.MISSING:
        here = spell(answer.cited.path) if answer.cited else answer.citation.text
        found["điều khoản"] = Difference("điều khoản", here, answer.reason)
    elif isinstance(answer, Unresolved) and answer.why is Why.UNKNOWN and answer.record:
        here = cited.number.text if cited and cited.number else ""
        found["số, ký hiệu"] = Difference("số, ký hiệu", here, answer.record.designation)
        if cited and cited.day == answer.record.date:
            found.pop("ngày", None)
    return tuple(found.values())


def _record_of(answer: Resolved | Unresolved) -> Record | None:
    """The record of the document cited; none where only a similar one is known."""
    guessed = isinstance(answer, Unresolved) and answer.why is Why.UNKNOWN
    return None if guessed else answer.record


def _designation(answer: Resolved | Unresolved) -> str:
    record, cited = _record_of(answer), answer.citation.document
    if record is not None:
        return record.designation or record.name
    number = cited.designation if cited else None
    if number is not None and number.symbol:
        return str(number)
    return cited.called() if cited else ""
