"""What is said beside a verdict: quotations, where the clause went, what ended before the issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from drafting.citations import Catalogue, Difference, Resolved, Unresolved
from drafting.ledger.compared import UNLIKE, compare_quoted, likeness
from drafting.ledger.desk import Desk, Row
from drafting.ledger.entry import Entry, EntryKind, Verdict
from drafting.ledger.guard import FAULT, guarded
from drafting.ledger.marks import Quoted
from drafting.ledger.quotation import Quotation, Result
from drafting.ledger.successor import nearest
from drafting.read.source import Span
from drafting.records import State, vn_date

_PROVED = {Verdict.VERBATIM, Verdict.LISTED}


def compared(row: Row, quoted: Sequence[Quoted]) -> Row:
    """The citation with each quotation laid beside the provision it is most like."""
    entries = list(row.entries)
    for one in quoted:
        told = [_one_compared(one, answer) for answer in row.answers] or [
            Quotation(one.text, one.span, Result.NOT_COMPARED, note=FAULT)
        ]
        order = (Result.SAME, Result.DIFFERS, Result.NOT_COMPARED)
        at = min(range(len(told)), key=lambda n: order.index(told[n].result))
        if one.loose and told[at].note == UNLIKE:
            continue
        entries[at] = _with_quotation(entries[at], told[at])
    return replace(row, entries=tuple(entries))


def settled(rows: Sequence[Row], quoted: Mapping[int, Sequence[Quoted]]) -> dict[int, list[Quoted]]:
    """The quotations of each citation, those that only stand near left to the one most like."""
    best: dict[Span, tuple[float, int]] = {}
    for at, group in quoted.items():
        for one in group:
            if one.loose:
                like = max((_likeness(one, answer) for answer in rows[at].answers), default=0.0)
                best[one.span] = max(best.get(one.span, (-1.0, at)), (like, at))
    return {
        at: [one for one in group if not one.loose or best[one.span][1] == at]
        for at, group in quoted.items()
    }


def _likeness(one: Quoted, answer: Resolved | Unresolved) -> float:
    if not isinstance(answer, Resolved) or answer.document is None:
        return 0.0
    return likeness(one, answer.document, answer.eid)


def within_quotations(rows: Sequence[Row], desk: Desk) -> Iterator[Row]:
    """The citations; those in words quoted from a provision are read where they stand there.

    “khoản 2 Điều 12 … quy định: “Trường hợp không thuộc các điểm 2.1, 2.2 Khoản này …””
    """
    quoted = [
        (quotation.span, answer)
        for row in rows
        for entry, answer in zip(row.entries, row.answers, strict=False)
        for quotation in entry.quotations
        if quotation.is_same and isinstance(answer, Resolved)
    ]
    for row in rows:
        low, high = row.citation.span
        around = next((a for (start, end), a in quoted if start <= low and high <= end), None)
        if around is None or not all(isinstance(one, Unresolved) for one in row.answers):
            yield row
        else:
            home = around.record or around.document
            yield guarded(partial(desk.row, row.citation, home, around.eid), row)


def _one_compared(one: Quoted, answer: Resolved | Unresolved) -> Quotation:
    if isinstance(answer, Resolved):
        return compare_quoted(one, answer.document, answer.eid)
    note = UNLIKE if one.loose else "viện dẫn bên cạnh chưa xác định được"
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


def with_nearest(entry: Entry, catalogue: Catalogue) -> Entry:
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


def at_issue(entry: Entry, day: date) -> Entry:
    """An entry of a document issued on `day`, with what had ended even then said politely."""
    if entry.kind is not EntryKind.BASIS or entry.record is None:
        return entry
    if entry.record.status_on(day).state is not State.ENDED:
        return entry
    said = f"khi văn bản này được ban hành ({vn_date(day)}) căn cứ ấy đã hết hiệu lực: nên rà soát"
    return replace(entry, note="; ".join(filter(None, (entry.note, said))))
