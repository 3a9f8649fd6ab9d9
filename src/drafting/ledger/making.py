"""`build`: the ledger of any text; a fault at one place costs that place only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from drafting.citations import Catalogue, Citation, Places, WithPapers, find
from drafting.ledger.beside import at_issue, compared, settled, with_nearest, within_quotations
from drafting.ledger.compared import near_quotations
from drafting.ledger.desk import Desk, Row
from drafting.ledger.entry import Entry, EntryKind, Verdict
from drafting.ledger.guard import FAULT, guarded
from drafting.ledger.issued import issued
from drafting.ledger.marks import Quoted, marked
from drafting.ledger.periods import with_periods
from drafting.ledger.quotation import quoted_beside
from drafting.ledger.whole import Ledger
from drafting.read.source import Span
from drafting.records import Record
from drafting.structure import Document

# Their words quote nothing that binds.
_NO_LAW = {"report", "plan"}


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
    desk = Desk(text, known, as_of, province, document)
    rows = list(_rows(text, desk, home, document))
    quotes = marked(text)
    nothing: dict[int, list[Quoted]] = {}
    quoted = guarded(lambda: quoted_beside(text, [row.citation for row in rows], quotes), nothing)
    quoted = guarded(lambda: settled(rows, quoted), quoted)
    told = [guarded(partial(compared, row, quoted.get(n, [])), row) for n, row in enumerate(rows)]
    told = guarded(lambda: list(within_quotations(told, desk)), told)
    told = guarded(lambda: with_periods(text, told), told)
    entries = [guarded(partial(with_nearest, e, known), e) for row in told for e in row.entries]
    beside = [one.span for row in told for entry in row.entries for one in entry.quotations]
    alone = [one for one in quotes if one.sure and not _within(one.span, beside)]
    law = ((one, tree) for one, tree in texts() if one != record and one.role not in _NO_LAW)
    notes: list[str] = guarded(lambda: near_quotations(alone, law), [])
    own = guarded(lambda: issued(text, record, as_of), None)
    if own is not None:
        entries = [at_issue(entry, own.day) for entry in entries]
    return Ledger(tuple(entries), own, tuple(notes))


def _rows(
    text: str, desk: Desk, home: Record | Document | None, document: Document | None
) -> Iterator[Row]:
    """Every citation judged; where that fails, an entry that says so."""
    places = Places(document) if document and document.source.text == text else None

    for citation in _found(text):
        cited = citation.document
        if not (cited and cited.this and not citation.provisions):
            at = places.at(citation.span[0]) if places else ""
            failed = Row(citation, (), (_failed(citation),))
            yield guarded(partial(desk.row, citation, home, at), failed)


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(low <= span[0] and span[1] <= high for low, high in others)


def _failed(citation: Citation) -> Entry:
    kind = EntryKind.BASIS if citation.basis else EntryKind.REFERENCE
    return Entry(citation.text, citation.span, kind, "", "", Verdict.UNDETERMINED, note=FAULT)


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
