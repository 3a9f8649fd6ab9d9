"""Fills the slots of a form from a case, with demands and suggestions beside them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from drafting.cases import Case
from drafting.citations import cite_provision
from drafting.draft.letterhead import OPEN_MARK, missing
from drafting.draft.origin import Origin
from drafting.draft.types import Demand, DraftSlot, Force, Paragraph, SlotState, Suggestion
from drafting.findings import Finding, Severity
from drafting.forms import Form, Slot
from drafting.index import terms_of
from drafting.library import Library, Stored
from drafting.read.source import SourceText, Span
from drafting.records import Record
from drafting.retrieve import Hit, Retriever, read_question
from drafting.settings import Scope
from drafting.text import says_something, words

SUGGESTIONS = 3
SUGGESTED_CHARS = 500
_SENTENCE = re.compile(r"\S.*?(?:[.;:!?](?=\s|$)|$)", re.DOTALL)
_PAST = ("report", "plan")


def fill_slots(
    form: Form, case: Case, library: Library, retriever: Retriever, as_of: date
) -> list[DraftSlot]:
    """Every slot of the form: the officer's words, their declared “không có”, or an open mark."""
    filled = []
    for slot in form.slots:
        demand = find_demand(slot, case.text("tinh"), library, as_of)
        state, paragraphs = _words(slot, case)
        suggestions = suggest(slot, form, case, retriever, as_of)
        filled.append(DraftSlot(slot, state, demand, paragraphs, tuple(suggestions)))
    return filled


def find_demand(slot: Slot, province: str, library: Library, as_of: date) -> Demand:
    """Which provision demands a slot, and with what force in this province on this day."""
    stored = _stored(slot.document, library)
    provision = stored.document.get(slot.eid) if stored else None
    if stored is None or provision is None:
        return Demand(Force.CUSTOMARY, slot.custom or "thông lệ", slot.quote)
    citation = cite_provision(stored.record, stored.document, provision)
    force = _force(stored.record, province, as_of)
    return Demand(force, citation, slot.quote, stored.record.file, slot.eid)


def _stored(name: str, library: Library) -> Stored | None:
    return next(
        (s for s in library.stored if name and name in {s.record.file, s.record.designation}), None
    )


def _force(record: Record, province: str, as_of: date) -> Force:
    if record.role != "regulation":
        return Force.CUSTOMARY
    if record.status_on(as_of).holds and record.in_jurisdiction_of(province):
        return Force.MANDATORY
    return Force.REFERENCE


def _words(slot: Slot, case: Case) -> tuple[SlotState, tuple[Paragraph, ...]]:
    def said(text: str, origin: Origin, source: str = "") -> Paragraph:
        return Paragraph(slot.title, text, origin, source, slot.id)

    source = f"hồ sơ {case.name}, {slot.table or f'muc_van_ban.{slot.id}'}"
    rows, given = [row for row in case.rows(slot.table) if row], case.slots.get(slot.id)
    if slot.table and rows:
        table = said(f"Bảng {len(rows)} dòng", Origin.OFFICER, source)
        return SlotState.FILLED, (table,)
    if given is None:
        return SlotState.OPEN, (said(missing(_asked(slot)), Origin.OPEN),)
    if given.none:
        return SlotState.NONE, (said("Không có.", Origin.OFFICER, source),)
    seen = [text for text in given.paragraphs if says_something(text)]
    if not seen:
        return SlotState.OPEN, (said(missing(_asked(slot)), Origin.OPEN),)
    still_open = any(OPEN_MARK.search(text) for text in seen)
    state = SlotState.OPEN if still_open else SlotState.FILLED
    return state, tuple(said(text, Origin.OFFICER, source) for text in seen)


def _asked(slot: Slot) -> str:
    """What an open mark asks for: the title, as it would stand in the middle of a sentence."""
    title = slot.title.split(". ", 1)[-1].rsplit(".", 1)[-1].strip() or slot.title
    return title[:1].lower() + title[1:]


def suggest(
    slot: Slot, form: Form, case: Case, retriever: Retriever, as_of: date
) -> list[Suggestion]:
    """Up to three passages of the province's own past papers for a slot that names its evidence."""
    if not slot.evidence:
        return []
    facts = " ".join(case.text(name) for name in form.evidence_fields)
    question = f"{slot.evidence} {facts}".strip()
    terms = set(read_question(question).core)
    found: list[Suggestion] = []
    for hit in retriever.search(question, Scope(as_of, roles=_PAST), 4 * SUGGESTIONS).hits:
        record = hit.record
        past = record.date is not None and record.date <= as_of
        if past and record.jurisdiction == case.text("tinh"):
            year = record.date.year if record.date else None
            source = _source(hit, retriever)
            spans = tellings(source, hit.spans, terms)
            said = source.display(spans)
            then = age(record.date, as_of)
            found.append(Suggestion(said, hit.citation, record.file, hit.eid, year, then))
        if len(found) == SUGGESTIONS:
            break
    return found


def _source(hit: Hit, retriever: Retriever) -> SourceText:
    stored = retriever.library.of_file(hit.record.file)
    assert stored is not None, hit.record.file
    return stored.document.source


def tellings(source: SourceText, spans: Sequence[Span], terms: set[str]) -> list[Span]:
    """The run of whole sentences within `spans`, about 500 characters, that says most of `terms`.

    Spans in, spans out: a suggestion stays a quotation.
    """
    sentences = [
        (start + match.start(), start + match.end())
        for start, end in spans
        for match in _SENTENCE.finditer(source.text[start:end])
    ]
    if not sentences:
        return list(spans)
    worth = [len(terms & set(terms_of(words(source.display([one]))))) for one in sentences]
    best = max(range(len(sentences)), key=lambda at: worth[at])
    first = last = best
    while last + 1 < len(sentences) and _length(sentences[first : last + 2]) <= SUGGESTED_CHARS:
        last += 1
    while first and _length(sentences[first - 1 : last + 1]) <= SUGGESTED_CHARS:
        first -= 1
    return sentences[first : last + 1]


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def age(then: date | None, now: date) -> str:
    """How old a paper is, in words.

    >>> age(date(2020, 10, 16), date(2026, 11, 23))
    'năm 2020, 6 năm trước'
    """
    if then is None:
        return "chưa rõ năm"
    years = now.year - then.year
    return f"năm {then.year}, {f'{years} năm trước' if years else 'trong năm'}"


def slot_findings(slots: Sequence[DraftSlot], *, final: bool) -> list[Finding]:
    """A finding for every open slot, as grave as its demand; graver in a bản trình."""
    grave = Severity.ERROR if final else Severity.WARNING
    severity = {
        Force.MANDATORY: grave,
        Force.CUSTOMARY: Severity.NOTE,
        Force.REFERENCE: Severity.NOTE,
    }
    return [
        Finding(
            "ND01",
            severity[slot.demand.force],
            slot.slot.title,
            f"Còn để ngỏ ({slot.demand.force}: {slot.demand.citation})",
            slot.demand.citation,
            slot.slot.help,
        )
        for slot in slots
        if slot.state is SlotState.OPEN
    ]


def gap_findings(form: Form, case: Case) -> list[Finding]:
    """What the library lacks to draft this form for this province with certainty."""
    path = Path(__file__).resolve().parents[1] / "rules" / "gaps.toml"
    found = []
    for gap in tomllib.loads(path.read_text(encoding="utf-8"))["gap"]:
        if gap["province"] == case.text("tinh") and form.id in gap["forms"]:
            unsure = "" if gap["verified"] else " (chưa kiểm chứng)"
            message = f"Kho chưa có “{gap['what']}”: {gap['why']}{unsure}"
            fix = "Thêm văn bản vào thư mục corpus rồi chạy “drafting corpus sync”."
            found.append(Finding("KH10", Severity.NOTE, "kho văn bản", message, gap["source"], fix))
    return found
