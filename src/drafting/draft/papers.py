"""Papers of the case itself: typed in the case file, or read from the file they came as.

`van_ban_vu_viec: - tep: thu-moi.docx` gives number, day, tên loại and subject from the paper's own
head, and its text to prove citations of its parts; what the row says besides wins and is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafting.cases import Case, Row
from drafting.citations.kinds import KINDS, SUBJECT_VERBS
from drafting.designation import Designation
from drafting.draft.letterhead import missing
from drafting.errors import DraftingError
from drafting.findings import Finding, Severity
from drafting.ledger.issued import printed_head
from drafting.read import SourceText, read
from drafting.records import CASE_PAPER, Record, vn_date
from drafting.structure import Document, structure
from drafting.text import fold, one_line

_RANK = 10
_WHERE = "van_ban_vu_viec"
_KINDS = {fold(kind): kind for kind in KINDS.values()}
_HEAD_LINES = 30
# What stands below the tên loại where no subject does.
_NO_SUBJECT = re.compile(r"Kính gửi|Căn cứ|Số|\d|[-–+IVX]|.{200}")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the case. `document` is its text where the case names its file."""

    record: Record
    document: Document | None = None
    findings: tuple[Finding, ...] = ()


def paper_of(row: Row, case: Case) -> Paper:
    """The paper a row names; a file that cannot be read is a finding, and the row still counts."""
    typed = _typed(row, case)
    name = str(row.get("tep", ""))
    if not name:
        return Paper(typed)
    path = Path(name)
    if not path.is_absolute():
        if case.folder is None:
            fix = "Ghi đường dẫn đầy đủ."
            return Paper(typed, None, (_fault(f"chưa biết {name} ở thư mục nào", fix),))
        path = case.folder / path
    try:
        source = read(path)
    except DraftingError as problem:
        return Paper(typed, None, (_fault(str(problem), "Sửa dòng tep, hoặc gõ số, ngày."),))
    document = structure(source)
    return _together(typed, _printed(source, document), document)


def _typed(row: Row, case: Case) -> Record:
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
        rank=_RANK,
        can_be_basis=True,
        source="văn bản của vụ việc, cán bộ nhập",
    )


def _printed(source: SourceText, document: Document) -> Record:
    """What the paper's own head prints; an agency in capitals has no spelling of its own."""
    head = printed_head(source.text)
    lines = [one_line(line) for line in source.text.splitlines() if line.strip()][:_HEAD_LINES]
    titled = next((n for n, one in enumerate(lines) if fold(one) in _KINDS and one.isupper()), None)
    kind = _KINDS[fold(lines[titled])] if titled is not None else ""
    below = lines[titled + 1] if titled is not None and titled + 1 < len(lines) else ""
    about = next((one[4:] for one in lines if one.startswith(("V/v ", "v/v "))), "")
    number = Designation.parse(head.number)
    printed = one_line(document.subject).partition(" Kính gửi")[0]
    subject = printed or about or ("" if _NO_SUBJECT.match(below) else below)
    if not subject[1:2].isupper():
        subject = subject[:1].lower() + subject[1:]
    return Record(str(number) if number else "", kind, "", subject, head.day, file=source.name)


def _together(typed: Record, printed: Record, document: Document) -> Paper:
    """The row and the file as one record; a finding where they say otherwise or nothing."""
    findings = [
        _fault(f"hồ sơ ghi {what} “{here}”, tệp {printed.file} ghi “{there}”", "Xem lại bản gốc.")
        for what, here, there in (
            ("số", typed.designation, printed.designation),
            ("ngày", _day(typed), _day(printed)),
            ("loại", typed.kind, printed.kind),
        )
        if here and there and fold(here) != fold(there)
    ]
    kind = typed.kind or printed.kind
    record = replace(
        typed,
        designation=typed.designation or printed.designation,
        kind=kind,
        name=kind,
        date=typed.date or printed.date,
        subject=typed.subject or printed.subject,
        file=printed.file,
        source=f"văn bản của vụ việc, đọc từ tệp {printed.file}",
    )
    unread = [
        what
        for what, value in (("loại", kind), ("ngày", record.date), ("cơ quan", record.issuer))
        if not value
    ]
    if unread:
        message = f"tệp {printed.file}: chưa đọc được {', '.join(unread)}"
        findings.append(_fault(message, "Ghi thêm vào dòng ấy của hồ sơ.", Severity.WARNING))
    return Paper(record, document, tuple(findings))


def _day(record: Record) -> str:
    return vn_date(record.date) if record.date else ""


def _fault(message: str, fix: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("VV01", severity, _WHERE, message, fix=fix)


def paper_text(paper: Record) -> str:
    """A paper of the case as its căn cứ line."""
    parts = [paper.kind or missing("loại văn bản")]
    if paper.designation:
        parts.append(f"số {paper.designation}")
    if paper.date:
        parts.append(f"ngày {vn_date(paper.date)}")
    if paper.issuer:
        parts.append(f"của {paper.issuer}")
    if paper.subject:
        parts.append(_about(paper.subject) + paper.subject)
    return " ".join(parts)


def _about(subject: str) -> str:
    """The word before a paper's subject: none at “về”, “mời”; “về việc” before other verbs."""
    first = subject.lower()
    if first.startswith(("về ", "mời ")):
        return ""
    return "về việc " if first.startswith(SUBJECT_VERBS) else "về "
