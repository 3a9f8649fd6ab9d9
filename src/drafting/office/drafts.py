"""Drafts made and exported: every citation proved before, both files or neither after."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from drafting import log, settings
from drafting.cases import Case
from drafting.deadlines import working_days
from drafting.draft import Draft
from drafting.draft import draft as assemble
from drafting.errors import BadInput
from drafting.export import write_pair
from drafting.findings import Finding, Severity
from drafting.forms import Form
from drafting.ledger import Ledger, build
from drafting.provenance import provenance
from drafting.review import held, review, review_bodies

if TYPE_CHECKING:
    from drafting.office.door import Office


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with its citations proved, before it is written."""

    draft: Draft
    ledger: Ledger
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether anything found would send the paper back."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Exported:
    """A draft written to its Word file, and the bảng đối chiếu beside it."""

    out: Path
    provenance: Path
    drafted: Drafted

    def as_json(self) -> dict[str, object]:
        """The export in the JSON of `drafting draft`."""
        return {
            "out": str(self.out),
            "provenance": str(self.provenance),
            "slots": [slot.as_json() for slot in self.drafted.draft.slots],
            "ledger": self.drafted.ledger.as_json(),
            "findings": [finding.as_json() for finding in self.drafted.findings],
        }


def draft(office: Office, form: Form, case: Case, *, final: bool) -> Drafted:
    """The draft of a case with every citation proved against library and danh mục."""
    if case.text("tinh"):
        case = replace(case, values={**case.values, "tinh": office.province(case.text("tinh"))})
    as_of, province = case.day("ngay_soan") or office.today, case.text("tinh")
    made = assemble(
        form,
        case,
        office.library,
        office.retriever,
        today=office.today,
        final=final,
        days=working_days(settings.shipped_rules(), office.settings.own_rules),
        route=office.routing.route_of(form, case),
    )
    ledger = build(
        made.text(),
        catalogue=office.library,
        as_of=as_of,
        case_papers=made.bases.papers,
        paper_texts=made.bases.texts,
        province=province,
        texts=office.texts,
    )
    findings = [*made.findings, *review(ledger, case, as_of, final=final)]
    findings += review_bodies(made, as_of, province, office.organisations)
    grave = list(Severity)
    findings.sort(key=lambda finding: grave.index(finding.severity))
    return Drafted(made, ledger, tuple(findings))


def export(office: Office, drafted: Drafted, out: Path, *, final: bool) -> Exported:
    """Writes the Word file and its bảng đối chiếu; `Office.export` says what it raises."""
    if out.stem.endswith("-bang-doi-chieu"):
        raise BadInput(f"Tên {out.name} dành cho bảng đối chiếu. Đặt tên khác cho văn bản.")
    holding = held(drafted.findings)
    if final and holding:
        raise BadInput(
            f"Chưa xuất bản trình: còn {len(holding)} viện dẫn sai, hết hiệu lực hoặc chưa "
            f"chứng minh được. {holding[0].message} Sửa viện dẫn, "
            "hoặc ghi xac_nhan (van_ban, nguoi, ly_do) trong hồ sơ."
        )
    begun = time.perf_counter()
    library, templates, made = office.library, office.settings.templates, drafted.draft
    beside = out.with_name(f"{out.stem}-bang-doi-chieu.docx")
    table = provenance(
        made, drafted.ledger, library, file=out.name, today=office.today,
        findings=drafted.findings,
    )  # fmt: skip
    kept = write_pair(
        (made.context, templates / f"{made.form.id}.docx", out),
        (table, templates / "bang-doi-chieu.docx", beside),
        final=final,
        library=library,
    )
    log.note("export", form=made.form.id, open=len(made.open_slots()), ms=log.ms_since(begun))
    told = [Finding("TE01", Severity.NOTE, p.name, "Bản đã sửa tay được giữ lại") for p in kept]
    return Exported(out, beside, replace(drafted, findings=(*drafted.findings, *told)))
