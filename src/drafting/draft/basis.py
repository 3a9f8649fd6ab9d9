"""The căn cứ of a draft: whole documents, in rank order, of the case's province and day.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I mục II.6.a (one a line, ";", the last "."); domain/README 0.9
and 0.11: another province's regulation, a report or a coordination quy chế is never one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from drafting.cases import Case
from drafting.citations import Resolved, Unresolved, find, format_citation, meant_records, resolve
from drafting.citations.kinds import LAW_KINDS
from drafting.designation import Designation
from drafting.draft.letterhead import missing
from drafting.draft.origin import Origin
from drafting.draft.papers import Paper, paper_of, paper_text
from drafting.findings import Finding, Severity
from drafting.forms import Form
from drafting.library import Library
from drafting.records import Record, State, Status, vn_date
from drafting.structure import Document
from drafting.text import says_something

# A report says what was done (domain/README 0.11): none is ever a basis, known or not.
_NEVER_BASIS = {"Báo cáo"}
# A line that is only a number, with or without its tên loại before it.
_BARE = re.compile(r"(?:[^\W\d_]+(?:\s+[^\W\d_]+){0,3}\s+)?(?:số\s+)?(\d\S*)")
_OPENING = "Căn cứ "
# Between a citation and its subject.
_JOINS = re.compile(r"(?<!\w)(?:về việc|về|V/v)(?!\w)", re.IGNORECASE)
# What the library's line prints in its own way, or not at all.
_PRINTED = {"ngày", "tên"}


@dataclass(frozen=True, slots=True)
class BasisLine:
    """One căn cứ as printed. `record` is None for a line the library knows nothing of."""

    text: str
    record: Record | None
    source: str
    rank: int
    day: date
    origin: Origin


@dataclass(frozen=True, slots=True)
class Bases:
    """The lines in order, the case's own papers as records, and what is wrong with the choice.

    `texts` are the papers that were given as a file, by its name.
    """

    lines: tuple[BasisLine, ...]
    papers: tuple[Record, ...]
    findings: tuple[Finding, ...]
    texts: Mapping[str, Document] = field(default_factory=dict)

    def printed(self) -> list[str]:
        """The lines with their punctuation."""
        if not self.lines:
            return [f"Căn cứ {missing('văn bản làm căn cứ')}."]
        ends = [";"] * (len(self.lines) - 1) + ["."]
        return [f"Căn cứ {line.text}{end}" for line, end in zip(self.lines, ends, strict=True)]


def bases(form: Form, case: Case, library: Library, as_of: date) -> Bases:
    """The căn cứ of a case: the officer's choice, else the form's; then the case's own papers."""
    given = tuple(line for line in case.lines("can_cu") if says_something(line))
    province = case.text("tinh")
    if given:
        lines, findings = _given(given, province, library, as_of)
    else:
        lines, findings = _hinted(form, case, library, as_of)
    papers: list[Paper] = []
    for paper in (paper_of(row, case) for row in case.rows("van_ban_vu_viec") if row):
        text = paper_text(paper.record)
        refusal = _refusal(text, province, library)
        findings += paper.findings
        if refusal:
            findings.append(_refused(text, refusal, "van_ban_vu_viec"))
            continue
        findings += _too_late(text, paper.record, as_of)
        papers.append(paper)
        rank = paper.record.rank
        lines.append(
            BasisLine(text, paper.record, paper.record.source, rank, date.min, Origin.OFFICER)
        )
    lines = list({line.text: line for line in reversed(lines)}.values())[::-1]
    lines.sort(key=lambda line: (line.rank, line.day))
    texts = {one.record.file: one.document for one in papers if one.document is not None}
    records = tuple(one.record for one in papers)
    return Bases(tuple(lines), records, tuple(findings), texts)


def _too_late(text: str, paper: Record, as_of: date) -> list[Finding]:
    if paper.date is None or paper.date <= as_of:
        return []
    message = f"{text}: đề ngày {vn_date(paper.date)}, sau ngày soạn {vn_date(as_of)}"
    fix = "Sửa ngày của văn bản, hoặc ngay_soan."
    return [Finding("VV02", Severity.WARNING, "van_ban_vu_viec", message, fix=fix)]


def _given(
    given: tuple[str, ...], province: str, library: Library, as_of: date
) -> tuple[list[BasisLine], list[Finding]]:
    """What the officer typed: a bare number becomes the library's full line, a line with more in
    it is printed as typed (the ledger then says what of it does not hold)."""
    lines: list[BasisLine] = []
    findings: list[Finding] = []
    for typed in given:
        text = typed.removeprefix("Căn cứ ").rstrip(" ;.")
        refusal = _refusal(text, province, library)
        record = _named(text, province, library)
        refusal = refusal or _no_basis(text, record, library)
        if refusal:
            findings.append(_refused(text, refusal, "can_cu"))
        elif record is None or _says_more(text, province, library):
            lines.append(BasisLine(text, None, "cán bộ nhập", 9, date.max, Origin.OFFICER))
            findings += [_only_a_number(text)] if _BARE.fullmatch(text) else []
        else:
            lines.append(_line(record, "cán bộ chọn từ kho", Origin.OFFICER, library, as_of))
    return lines, findings


def _only_a_number(text: str) -> Finding:
    message = f"{text}: mới có số, kho không biết văn bản này nên không viết đủ được"
    fix = "Ghi đủ tên loại, số, ký hiệu, ngày, cơ quan ban hành, trích yếu."
    rule = "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b"
    return Finding("CC04", Severity.ERROR, "căn cứ", message, rule, fix)


def _no_basis(text: str, record: Record | None, library: Library) -> str:
    """Why the paper named is of a kind that is no basis, "" when it may be one.

    One named without its date counts too: whichever year's report it is, it is a report.
    """
    meant = [record] if record is not None else meant_records(text, library)
    if meant and not any(one.can_be_basis for one in meant):
        return f"{meant[0].kind.lower()} này không phải căn cứ pháp lý"
    first = next((one.document for one in find(_line_of(text)) if one.document), None)
    if not meant and first is not None and first.kind in _NEVER_BASIS:
        return f"{first.kind.lower()} không phải căn cứ pháp lý"
    return ""


def _refused(text: str, refusal: str, where: str) -> Finding:
    fix = f"Bỏ khỏi {where}."
    return Finding("CC01", Severity.ERROR, "căn cứ", f"{text}: {refusal}", fix=fix)


def _hinted(
    form: Form, case: Case, library: Library, as_of: date
) -> tuple[list[BasisLine], list[Finding]]:
    lines: list[BasisLine] = []
    findings: list[Finding] = []
    for hint in form.basis:
        if hint.when and hint.when not in [v for v in case.values.values() if isinstance(v, str)]:
            continue
        record = _named(hint.designation, case.text("tinh"), library)
        if record is None or not record.can_be_basis:
            continue
        if not record.in_jurisdiction_of(case.text("tinh")):
            continue
        then = _in_force(record, library, as_of)
        if then is not None:
            lines.append(_line(then, f"gợi ý của mẫu: {hint.why}", Origin.FORM, library, as_of))
        else:
            findings.append(_not_in_force(record, record.status_on(as_of), as_of))
    return lines, findings


def _in_force(record: Record, library: Library, as_of: date) -> Record | None:
    """The document in force on the day: itself, else what it replaced, where it came later."""
    seen: set[str] = set()
    waiting = [record]
    while waiting:
        one = waiting.pop(0)
        status = one.status_on(as_of)
        if status.holds and one.can_be_basis:
            return one
        if status.state is State.NOT_YET and one.key not in seen:
            numbers = (Designation.parse(number) for number in one.replaces)
            waiting += [found for n in numbers if n for found in library.records(n.key)]
        seen.add(one.key)
    return None


def _named(text: str, province: str, library: Library) -> Record | None:
    """The one record a line names and does not contradict; None when none or several do."""
    bare = _BARE.fullmatch(text)
    if bare:
        number = Designation.parse(bare.group(1))
        found = library.records(number.key) if number else ()
        return found[0] if len(found) == 1 else None
    if len(meant_records(text, library)) > 1:
        return None
    answer = _first_answer(text, province, library)
    return answer.record if isinstance(answer, Resolved) and not answer.comparison.differs else None


def _says_more(text: str, province: str, library: Library) -> bool:
    """Whether a line says what nobody could compare: the library's own line would drop it."""
    answer = None if _BARE.fullmatch(text) else _first_answer(text, province, library)
    if not isinstance(answer, Resolved):
        return False
    told = answer.comparison
    if answer.citation.finer or told.unread or _PRINTED & set(told.unknown):
        return True
    cited = answer.citation.document
    rest = list(_line_of(text))
    subject = cited.subject.span if cited and cited.subject else (0, 0)
    for start, end in (answer.citation.span, subject):
        rest[start:end] = " " * (end - start)
    words = "".join(rest).removeprefix(_OPENING)
    return says_something(_JOINS.sub(" ", words))


def _line_of(text: str) -> str:
    return f"{_OPENING}{text};"


def _first_answer(text: str, province: str, library: Library) -> Resolved | Unresolved | None:
    citations = find(_line_of(text))
    if not citations:
        return None
    return resolve(citations[0], catalogue=library, province=province)[0]


def _refusal(text: str, province: str, library: Library) -> str:
    """Why a line can never be căn cứ in this province, "" when nothing forbids it.

    Another province's regulation is told by any number or name that may mean it, however it is
    written, and by its agency (“UBND tỉnh Bắc Giang”).
    """
    for record in meant_records(text, library):
        if not record.in_jurisdiction_of(province):
            whose = record.jurisdiction or "tỉnh chưa rõ"
            return f"quy định của {whose} không thể làm căn cứ của {province or 'tỉnh khác'}"
    for other in sorted({r.jurisdiction for r in library.all_records} - {province}):
        place = other.partition(" ")[2]
        if place and re.search(rf"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Tỉnh ủy)"
                               rf"(?: tỉnh| thành phố)? {place}", text):  # fmt: skip
            return f"văn bản của cơ quan {other} không thể làm căn cứ của {province or 'tỉnh khác'}"
    return ""


def _not_in_force(record: Record, status: Status, as_of: date) -> Finding:
    message = f"{record.title}, ngày {vn_date(as_of)}: {status.sentence()}; không gợi ý"
    return Finding("CC03", Severity.NOTE, "căn cứ", message)


def _line(record: Record, source: str, origin: Origin, library: Library, as_of: date) -> BasisLine:
    """A document as its first mention: a subject nobody has read verbatim is an open mark."""
    if record.subject_verbatim or record.kind in LAW_KINDS:
        text = format_citation(record, first=True, dated=True)
    else:
        known = format_citation(replace(record, subject=""), first=True, dated=True)
        text = f"{known} {missing('trích yếu, danh mục chưa có nguyên văn')}"
    if record.amended_from is not None and as_of >= record.amended_from:
        numbers = (Designation.parse(number) for number in record.amended_by)
        by = [found[0] for n in numbers if n and (found := library.records(n.key))]
        named = (format_citation(replace(one, subject="", issuer=""), first=True) for one in by)
        text += f", được sửa đổi, bổ sung bởi {', '.join(named)}"
    return BasisLine(text, record, source, record.rank, record.date or date.min, origin)
