"""The căn cứ of a draft: whole documents, in rank order, of the case's province and day.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I mục II.6.a (one a line, ";", the last "."); domain/README 0.9
and 0.11: another province's regulation, a report or a coordination quy chế is never one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drafting.cases import Case, Row
from drafting.citations import format_citation
from drafting.designation import Designation
from drafting.draft.letterhead import missing
from drafting.findings import Finding, Severity
from drafting.forms import Form
from drafting.library import Library
from drafting.records import CASE_PAPER, Record, State, Status, vn_date

_CASE_PAPER_RANK = 10
_USABLE = {State.IN_FORCE, State.PARTLY_ENDED}


@dataclass(frozen=True, slots=True)
class BasisLine:
    """One căn cứ as printed. `record` is None for a line the library knows nothing of."""

    text: str
    record: Record | None
    source: str
    rank: int
    day: date


@dataclass(frozen=True, slots=True)
class Bases:
    """The lines in order, the case's own papers as records, and what is wrong with the choice."""

    lines: tuple[BasisLine, ...]
    papers: tuple[Record, ...]
    findings: tuple[Finding, ...]

    def printed(self) -> list[str]:
        """The lines with their punctuation."""
        if not self.lines:
            return [f"Căn cứ {missing('văn bản làm căn cứ')}."]
        ends = [";"] * (len(self.lines) - 1) + ["."]
        return [f"Căn cứ {line.text}{end}" for line, end in zip(self.lines, ends, strict=True)]


def bases(form: Form, case: Case, library: Library, as_of: date) -> Bases:
    """The căn cứ of a case: the officer's choice, else the form's; then the case's own papers."""
    given = case.lines("can_cu")
    lines, findings = (
        _given(given, case, library, as_of) if given else _hinted(form, case, library, as_of)
    )
    papers = tuple(_paper(row, case) for row in case.rows("van_ban_vu_viec"))
    for paper in papers:
        source = "văn bản của vụ việc, cán bộ nhập"
        lines.append(BasisLine(_paper_text(paper), paper, source, _CASE_PAPER_RANK, date.min))
    lines.sort(key=lambda line: (line.rank, line.day))
    return Bases(tuple(lines), papers, tuple(findings))


def _given(
    given: tuple[str, ...], case: Case, library: Library, as_of: date
) -> tuple[list[BasisLine], list[Finding]]:
    lines: list[BasisLine] = []
    findings: list[Finding] = []
    for text in given:
        record = _named(text, library)
        if record is None:
            shown = text.removeprefix("Căn cứ ").rstrip(" ;.")
            lines.append(BasisLine(shown, None, "cán bộ nhập", 9, as_of))
            continue
        status = record.status_on(as_of)
        refusal = _refused(record, case.text("tinh"))
        if refusal:
            findings.append(
                Finding(
                    "CC01",
                    Severity.ERROR,
                    "căn cứ",
                    f"{record.title}: {refusal}",
                    fix="Bỏ khỏi can_cu.",
                )
            )
            continue
        if status.state not in _USABLE:
            findings.append(_not_in_force(record, status, as_of))
        lines.append(_line(record, "cán bộ chọn từ kho"))
    return lines, findings


def _hinted(
    form: Form, case: Case, library: Library, as_of: date
) -> tuple[list[BasisLine], list[Finding]]:
    lines: list[BasisLine] = []
    findings: list[Finding] = []
    for hint in form.basis:
        if hint.when and hint.when not in [v for v in case.values.values() if isinstance(v, str)]:
            continue
        record = _named(hint.designation, library)
        if record is None or _refused(record, case.text("tinh")):
            continue
        status = record.status_on(as_of)
        if status.state in _USABLE:
            lines.append(_line(record, f"gợi ý của mẫu: {hint.why}"))
        elif status.state is not State.NOT_YET:
            findings.append(_not_in_force(record, status, as_of, Severity.NOTE))
    return lines, findings


def _named(text: str, library: Library) -> Record | None:
    """The one record a line names, by number or by name and day; None when none or several do."""
    designation = Designation.parse(text)
    if designation is not None:
        found = list(library.records(designation.key))
    else:
        found = list(library.named(text.removeprefix("Căn cứ ").rstrip(" ;.")))
    return found[0] if len(found) == 1 else None


def _refused(record: Record, province: str) -> str:
    """Why a document can never be căn cứ of this case, "" when it can."""
    if not record.in_jurisdiction_of(province):
        return (
            f"quy định của {record.jurisdiction} không thể làm căn cứ của {province or 'tỉnh khác'}"
        )
    if not record.can_be_basis:
        return f"{record.kind.lower()} này không phải căn cứ pháp lý"
    return ""


def _not_in_force(
    record: Record, status: Status, as_of: date, severity: Severity = Severity.ERROR
) -> Finding:
    message = f"{record.title}, ngày {vn_date(as_of)}: {status.sentence()}"
    fix = (
        f"Thay bằng {status.successor}." if status.successor else "Kiểm tra hiệu lực trước khi ký."
    )
    return Finding("CC02", severity, "căn cứ", message, fix=fix)


def _line(record: Record, source: str) -> BasisLine:
    return BasisLine(
        format_citation(record, first=True, dated=True),
        record,
        source,
        record.rank,
        record.date or date.min,
    )


def _paper(row: Row, case: Case) -> Record:
    day = row.get("ngay")
    return Record(
        designation=str(row.get("so", "")),
        kind=str(row.get("loai", "")),
        issuer=str(row.get("co_quan", "")),
        subject=str(row.get("trich_yeu", "")),
        date=day if isinstance(day, date) else None,
        name=str(row.get("loai", "")),
        jurisdiction=case.text("tinh"),
        role=CASE_PAPER,
        rank=_CASE_PAPER_RANK,
        can_be_basis=True,
        source=f"hồ sơ {case.name}, cán bộ nhập",
    )


def _paper_text(paper: Record) -> str:
    parts = [paper.kind]
    if paper.designation:
        parts.append(f"số {paper.designation}")
    if paper.date:
        parts.append(f"ngày {vn_date(paper.date)}")
    if paper.issuer:
        parts.append(f"của {paper.issuer}")
    if paper.subject:
        about = "" if paper.subject.lower().startswith("về") else "về việc "
        parts.append(about + paper.subject)
    return " ".join(parts)
