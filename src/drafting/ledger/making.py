"""`build`: the ledger of any text; a fault at one place costs that place only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from drafting.citations import (
    Catalogue,
    Citation,
    Difference,
    Places,
    Resolved,
    Unresolved,
    WithPapers,
    find,
    resolve,
)
from drafting.ledger.compared import compare_quoted, near_quotations
from drafting.ledger.desk import Desk
from drafting.ledger.entry import Entry, EntryKind, Verdict
from drafting.ledger.guard import guarded
from drafting.ledger.issued import issued
from drafting.ledger.quotation import Quotation, Quoted, Result, marked, quoted_beside
from drafting.ledger.successor import nearest
from drafting.ledger.whole import Ledger
from drafting.records import Record, State, vn_date
from drafting.structure import Document

# Their words quote nothing that binds.
_NO_LAW = {"report", "plan"}
_PROVED = {Verdict.VERBATIM, Verdict.LISTED}
_FAULT = "chương trình gặp lỗi khi đọc chỗ này: kiểm tra tay"


@dataclass(frozen=True, slots=True)
class _Row:
    """One citation with what came of it: an entry for each answer."""

    citation: Citation
    answers: tuple[Resolved | Unresolved, ...]
    entries: tuple[Entry, ...]


def build(
    text: str,
    *,
    catalogue: Catalogue,
    as_of: date,
    home: Record | Document | None = None,
    case_papers: Sequence[Record] = (),
    province: str = "",
    texts: Callable[[], Iterable[tuple[Record, Document]]] = tuple,
    paper_texts: Mapping[str, Document] | None = None,
) -> Ledger:
    """The ledger of any text; nothing is raised, nothing left out.

    `home` is the document the text belongs to: with it “Quy chế này” and bare “Điều 6” can be
    followed, and “Khoản này” where `text` is that document's whole text. `case_papers` are papers
    of the case at hand, known for this text only. `province` (else that of `home`) is where the
    text is written: its own agencies need not name it, another province's papers are marked. A
    lone “Quyết định này” cites nothing and has no entry. `texts` gives the documents in which
    quotations that cite nothing are looked for. A fault of ours at one citation is an entry that
    says so; the others are judged all the same.
    """
    known: Catalogue = catalogue
    if case_papers:
        known = WithPapers(catalogue, tuple(case_papers), paper_texts or {})
    record = home if isinstance(home, Record) else None
    document = known.document(home) if isinstance(home, Record) else home
    if not province and record and record.jurisdiction.startswith(("tỉnh", "thành")):
        province = record.jurisdiction
    rows = list(_rows(text, Desk(text, known, as_of, province), home, document))
    quotes = marked(text)
    nothing: dict[int, list[Quoted]] = {}
    quoted = guarded(lambda: quoted_beside(text, [row.citation for row in rows], quotes), nothing)
    entries: list[Entry] = []
    for at, row in enumerate(rows):
        told = guarded(partial(_compared, row, quoted.get(at, [])), list(row.entries))
        entries += [guarded(partial(_with_nearest, one, known), one) for one in told]
    beside = {one.span for group in quoted.values() for one in group}
    alone = [one for one in quotes if one.span not in beside]
    law = ((one, tree) for one, tree in texts() if one != record and one.role not in _NO_LAW)
    notes: list[str] = guarded(lambda: near_quotations(alone, law), [])
    own = guarded(lambda: issued(text, record, as_of), None)
    if own is not None:
        entries = [_at_issue(entry, own.day) for entry in entries]
    return Ledger(tuple(entries), own, tuple(notes))


def _at_issue(entry: Entry, day: date) -> Entry:
    """An entry of a document issued on `day`, with what had ended even then said politely."""
    if entry.kind is not EntryKind.BASIS or entry.record is None:
        return entry
    if entry.record.status_on(day).state is not State.ENDED:
        return entry
    said = f"khi văn bản này được ban hành ({vn_date(day)}) căn cứ ấy đã hết hiệu lực: nên rà soát"
    return replace(entry, note="; ".join(filter(None, (entry.note, said))))


def _rows(
    text: str, desk: Desk, home: Record | Document | None, document: Document | None
) -> Iterator[_Row]:
    """Every citation judged; where that fails, an entry that says so."""
    places = Places(document) if document and document.source.text == text else None

    def row(citation: Citation) -> _Row:
        at = places.at(citation.span[0]) if places else ""
        recalled = desk.recall(citation)
        answers = resolve(
            recalled, home=home, at=at, catalogue=desk.catalogue, province=desk.province
        )
        return _Row(citation, answers, tuple(desk.entries(recalled, answers)))

    for citation in _found(text):
        cited = citation.document
        if not (cited and cited.this and not citation.provisions):
            failed = _Row(citation, (), (_failed(citation),))
            yield guarded(partial(row, citation), failed)


def _failed(citation: Citation) -> Entry:
    kind = EntryKind.BASIS if citation.basis else EntryKind.REFERENCE
    return Entry(citation.text, citation.span, kind, "", "", Verdict.UNDETERMINED, note=_FAULT)


def _found(text: str) -> Sequence[Citation]:
    """The citations of a text; line by line where it cannot be read at once."""
    whole = guarded(lambda: find(text), None)
    if whole is not None:
        return whole
    found: list[Citation] = []
    at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        unread: tuple[Citation, ...] = (Citation(words, (0, len(words))),) if words else ()
        found += [
            replace(one, span=(one.span[0] + at, one.span[1] + at))
            for one in guarded(partial(find, line), unread)
        ]
        at += len(line)
    return found


def _compared(row: _Row, quoted: Sequence[Quoted]) -> list[Entry]:
    """The entries of a citation, each quotation laid beside the provision it is most like."""
    entries = list(row.entries)
    for one in quoted:
        told = [_one_compared(one, answer) for answer in row.answers] or [
            Quotation(one.text, one.span, Result.NOT_COMPARED, note=_FAULT)
        ]
        order = (Result.SAME, Result.DIFFERS, Result.NOT_COMPARED)
        at = min(range(len(told)), key=lambda n: order.index(told[n].result))
        entries[at] = _with_quotation(entries[at], told[at])
    return entries


def _one_compared(one: Quoted, answer: Resolved | Unresolved) -> Quotation:
    if isinstance(answer, Resolved):
        return compare_quoted(one, answer.document, answer.eid)
    note = "viện dẫn bên cạnh chưa xác định được"
    return Quotation(one.text, one.span, Result.NOT_COMPARED, note=note)


def _with_quotation(entry: Entry, told: Quotation) -> Entry:
    """The entry with a quotation: what it says otherwise is lệch, what nobody compared not khớp."""
    entry = replace(entry, quotations=(*entry.quotations, told))
    if told.result is Result.DIFFERS:
        differs = (*entry.differs, Difference("lời trích", told.here, told.there))
        return replace(entry, differs=differs, verdict=Verdict.DIFFERS)
    if told.result is Result.NOT_COMPARED:
        said = f"lời trích “{told.shown}” chưa so được: {told.note}"
        open_ = Verdict.UNDETERMINED if entry.verdict in _PROVED else entry.verdict
        note = "; ".join(filter(None, (entry.note, said)))
        return replace(entry, verdict=open_, note=note)
    return entry


def _with_nearest(entry: Entry, catalogue: Catalogue) -> Entry:
    document = catalogue.document(entry.record) if entry.record and entry.provision else None
    if document is None or entry.provision is None:
        return entry
    for step in reversed(entry.chain):
        text = catalogue.document(step.record) if step.record else None
        if step.record is None or text is None:
            continue
        found = nearest(entry.provision, document, step.record, text)
        if found is not None:
            return replace(entry, nearest=found)
        said = f"{step.title}: không thấy điều khoản nào giống"
        return replace(entry, note="; ".join(filter(None, (entry.note, said))))
    return entry
