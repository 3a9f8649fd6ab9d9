"""What the ledger means for a draft: findings, what a named person released, what holds it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from drafting.cases import Case, Release
from drafting.designation import Designation
from drafting.draft import Draft, leaves
from drafting.findings import Finding, Severity
from drafting.ledger import Entry, EntryKind, Ledger, Verdict
from drafting.organisations import Organisations, check_bodies
from drafting.records import State
from drafting.text import fold, one_line

# Findings that hold a bản trình back until they are mended or a named person released them.
HOLDING = {"CC01", "CC02", "VD01"}
_PROVED = {Verdict.VERBATIM, Verdict.LISTED}


def review(ledger: Ledger, case: Case, as_of: date, *, final: bool) -> list[Finding]:
    """The findings of a ledger: citations not proved (VD01), another province's (VD02), no longer
    or not yet in force (CC02), releases that release nothing (XN01)."""
    used: set[Release] = set()
    found: dict[tuple[str, str], Finding] = {}
    for entry in ledger.entries:
        release = next((one for one in case.releases if _releases(one, entry)), None)
        for finding in _entry_findings(entry, as_of, case.text("tinh"), final=final):
            if release is not None:
                used.add(release)
                finding = _released(finding, release)
            found.setdefault((finding.code, finding.message), finding)
    unused = [_unused(one) for one in case.releases if one not in used]
    quoted = [Finding("VD03", Severity.NOTE, "lời trích", note) for note in ledger.notes]
    return [*found.values(), *unused, *quoted]


# Lines that name who issues, signs and receives.
_ADDRESSES = {
    "kinh_gui": "Kính gửi", "noi_nhan": "Nơi nhận", "chu_quan": "Cơ quan chủ quản",
    "co_quan": "Cơ quan ban hành", "quyen_han": "Chữ ký", "chuc_vu": "Chữ ký",
}  # fmt: skip
_SILENT = {"so_ky_hieu", "dia_danh_ngay", "ten_loai", "ho_ten", "kem_theo"}


def review_bodies(
    draft: Draft, as_of: date, province: str, rules: Organisations
) -> Iterator[Finding]:
    """What a draft asks of bodies that are no more (TC01, TC02), each with its place in it."""
    called = {slot.slot.id: slot.slot.title for slot in draft.slots}
    called |= {field.id: field.label for field in draft.form.fields if field.id not in called}
    called |= {"can_cu": "Căn cứ", "trich_yeu": "Trích yếu", **_ADDRESSES}
    for name, value in draft.context.items():
        if name in _SILENT:
            continue
        yield from check_bodies(
            "\n".join(leaves(value)), as_of, province, rules,
            where=called.get(name, name), addressed=name in _ADDRESSES,
        )  # fmt: skip


def held(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that hold a bản trình back."""
    return [f for f in findings if f.code in HOLDING and f.severity is Severity.ERROR]


def _entry_findings(entry: Entry, as_of: date, province: str, *, final: bool) -> Iterator[Finding]:
    if entry.verdict not in _PROVED:
        grave = final or entry.verdict is Verdict.DIFFERS
        severity = Severity.ERROR if grave else Severity.WARNING
        message = f"{entry.text}: {entry.verdict}. {_why(entry)}".strip()
        yield Finding("VD01", severity, entry.kind, message)
    record = entry.record
    state = record.status_on(as_of).state if record is not None else State.UNCLEAR
    if record is not None and not record.in_jurisdiction_of(province):
        whose = record.jurisdiction or "tỉnh chưa rõ"
        message = f"{entry.text}: quy định của {whose}, chỉ tham khảo, không ràng buộc {province}"
        yield Finding("VD02", Severity.WARNING, entry.kind, message)
    if state in {State.ENDED, State.NOT_YET}:
        severity = Severity.ERROR if entry.kind is EntryKind.BASIS else Severity.WARNING
        fix = f"Thay bằng {entry.now}." if entry.now else "Bỏ, hoặc chọn văn bản khác."
        yield Finding("CC02", severity, entry.kind, f"{entry.text}: {entry.status}", fix=fix)


def _releases(release: Release, entry: Entry) -> bool:
    """Whether a release means this entry: the same number, or, without one, the same name."""
    number = Designation.parse(release.document)
    if number is not None:
        own = Designation.parse(entry.designation) or Designation.parse(entry.text)
        return own is not None and own.key == number.key
    wanted = fold(one_line(release.document))
    names = [entry.text, *([entry.record.name] if entry.record else [])]
    return bool(wanted) and wanted in {fold(one_line(name)) for name in names}


def _released(finding: Finding, release: Release) -> Finding:
    said = f"{finding.message} {release.person} xác nhận: {release.reason}."
    return Finding(finding.code, Severity.NOTE, finding.where, said, finding.rule)


def _unused(release: Release) -> Finding:
    message = f"“{release.document}” không trùng viện dẫn nào chưa chứng minh được"
    fix = "Ghi đúng số, ký hiệu như trong văn bản, hoặc bỏ dòng này."
    return Finding("XN01", Severity.WARNING, "xac_nhan", message, fix=fix)


def _why(entry: Entry) -> str:
    """What differs, or why nothing can be said, as a sentence."""
    differs = [f"{one.what} {one.said}" for one in entry.differs]
    told = "; ".join(part for part in (*differs, entry.note) if part)
    return f"{told[:1].upper()}{told[1:]}." if told else ""
