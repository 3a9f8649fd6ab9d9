"""Puts a draft together: letterhead, căn cứ, slots, tables, and what is still wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from drafting.cases import Case
from drafting.deadlines import WorkingDays, working_days
from drafting.draft.agenda import agenda
from drafting.draft.basis import Bases, bases
from drafting.draft.decided import feed, route_findings
from drafting.draft.letterhead import OPEN_MARK, Letterhead, letterhead, missing
from drafting.draft.origin import Origin
from drafting.draft.plan import plan_context, with_suggested_tasks
from drafting.draft.slots import fill_slots, gap_findings, slot_findings
from drafting.draft.types import Draft, Paragraph
from drafting.findings import Finding, Severity
from drafting.forms import Form, FormField
from drafting.library import Library
from drafting.procedure import Route
from drafting.records import long_date, vn_date
from drafting.retrieve import Retriever
from drafting.settings import shipped_rules

_Rows = list[dict[str, str | list[str]]]
_Context = dict[str, str | list[str] | _Rows]


def draft(
    form: Form,
    case: Case,
    library: Library,
    retriever: Retriever,
    *,
    today: date,
    final: bool = False,
    days: WorkingDays | None = None,
    route: Route | None = None,
) -> Draft:
    """The draft of a case. `today` stands in for a missing `ngay_soan`; `days` are the office's
    working days, those shipped when it names none; `route` says who decides.

    Open places carry “[Cần bổ sung: …]”; nothing is guessed and nothing of a past paper goes in.
    Raises `BadInput` only for an agenda whose times cannot be (it names the items).
    """
    as_of = case.day("ngay_soan") or today
    days = days or working_days(shipped_rules())
    fed = feed(letterhead(form, case), form, case, route)
    head = fed.head
    found = Bases((), (), ()) if form.annex else bases(form, case, library, as_of)
    slots = [
        with_suggested_tasks(slot, form, case, library, days)
        for slot in fill_slots(form, case, library, retriever, as_of)
    ]
    findings = [*found.findings, *slot_findings(slots, final=final), *gap_findings(form, case)]
    findings += [*_field_findings(form, case, fed.fields), *route_findings(route)]
    context: _Context = {}
    paragraphs: list[Paragraph] = list(fed.paragraphs)
    _head_context(context, form, case, head)
    if not form.annex:
        _add(context, paragraphs, found, needed=form.needs_basis)
    _add_opening(context, paragraphs, form, case, head)
    for slot in slots:
        paragraphs += slot.paragraphs
        if not slot.slot.table:
            context[slot.slot.id] = [paragraph.text for paragraph in slot.paragraphs]
    _tables(context, form, case)
    paragraphs += _table_paragraphs(form, case)
    if form.field_of("thoi_gian_to_chuc"):
        more, noted = plan_context(form, case, days, final=final)
        context.update(more)
        findings += noted
    if form.field_of("muc"):
        _agenda_context(context, case)
    _closing(context, paragraphs, form, head)
    _annex_line(context, form, case, head)
    made = Draft(form, head, found, tuple(slots), tuple(paragraphs), context, tuple(findings))
    return replace(made, findings=(*findings, *_still_open(made))) if final else made


def _still_open(made: Draft) -> list[Finding]:
    """One error for all the open marks a bản trình still prints, wherever they stand."""
    marks = list(dict.fromkeys(OPEN_MARK.findall(made.all_text())))
    if not marks:
        return []
    message = f"Bản trình còn {len(marks)} chỗ để ngỏ: {', '.join(marks[:6])}"
    return [
        Finding("ND02", Severity.ERROR, "bản trình", message, fix="Điền vào hồ sơ rồi soạn lại.")
    ]


def _head_context(context: _Context, form: Form, case: Case, head: Letterhead) -> None:
    subject = case.text("trich_yeu") or missing("trích yếu")
    if form.addressed and not subject.startswith(("Về ", "[")):
        subject = f"Về việc {_lower_first(subject)}"
    if form.annex:
        return
    context.update(
        chu_quan=head.parent, co_quan=head.issuer, so_ky_hieu=head.number_line,
        dia_danh_ngay=head.place_and_date, ten_loai=form.kind.upper(), trich_yeu=subject,
        quyen_han=list(head.authority), chuc_vu=head.title, ho_ten=head.name,
        noi_nhan=list(head.recipients),
    )  # fmt: skip
    if form.addressed:
        context["kinh_gui"] = list(head.addressees)


def _add(context: _Context, paragraphs: list[Paragraph], found: Bases, *, needed: bool) -> None:
    context["can_cu"] = lines = found.printed() if needed or found.lines else []
    for at, text in enumerate(lines):
        if at < len(found.lines):
            known = found.lines[at]
            paragraphs.append(Paragraph("Căn cứ", text, known.origin, known.source))
        else:
            paragraphs.append(Paragraph("Căn cứ", text, Origin.OPEN))


def _add_opening(
    context: _Context, paragraphs: list[Paragraph], form: Form, case: Case, head: Letterhead
) -> None:
    if form.opening:
        text = _filled(form.opening, case, head)
        context["mo_dau"] = [text]
        paragraphs.append(Paragraph("Mở đầu", text, Origin.FORM, f"mẫu {form.id}"))


def _closing(context: _Context, paragraphs: list[Paragraph], form: Form, head: Letterhead) -> None:
    if form.closing:
        text = _filled(form.closing, None, head)
        context["ket"] = [text]
        paragraphs.append(Paragraph("Kết", text, Origin.FORM, f"mẫu {form.id}"))


def _filled(template: str, case: Case | None, head: Letterhead) -> str:
    subject = case.text("trich_yeu") if case else ""
    subject = subject.removeprefix("Về việc ").removeprefix("về việc ") or missing("trích yếu")
    words: Mapping[str, str] = {
        "co_quan_ten": head.full_issuer,
        "co_quan_ten_ngan": head.issuer_short,
        "noi_gui": head.addressees[0] if head.addressees else "",
        "trich_yeu_thuong": _lower_first(subject),
    }
    text = template
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _tables(context: _Context, form: Form, case: Case) -> None:
    for declared in form.fields:
        if declared.type == "table" and declared.id not in {"van_ban_vu_viec", "nhiem_vu", "muc"}:
            context[declared.id] = _rows(declared, case)
        elif declared.type == "lines" and declared.id not in context:
            context[declared.id] = list(case.lines(declared.id))


def _table_paragraphs(form: Form, case: Case) -> list[Paragraph]:
    """A line of the bảng đối chiếu for every table no slot speaks for."""
    spoken = {slot.table for slot in form.slots} | {"van_ban_vu_viec"}
    return [
        Paragraph(f.label, f"Bảng {len(rows)} dòng", Origin.OFFICER, f"hồ sơ {case.name}, {f.id}")
        for f in form.fields
        if f.type == "table" and f.id not in spoken and (rows := case.rows(f.id))
    ]


def _rows(declared: FormField, case: Case) -> _Rows:
    """The rows of a table, numbered; a cell that must be filled and is not carries an open mark."""
    rows: _Rows = []
    for number, row in enumerate(filter(None, case.rows(declared.id)), start=1):
        cells: dict[str, str | list[str]] = {"stt": str(number)} if declared.numbered else {}
        for cell in declared.fields:
            value = row.get(cell.id, "")
            text = vn_date(value) if isinstance(value, date) else str(value)
            cells[cell.id] = text or (missing(cell.label.lower()) if cell.required else "")
        rows.append(cells)
    if not rows and declared.required:
        empty: dict[str, str | list[str]] = {"stt": "1"} if declared.numbered else {}
        empty.update(
            {f.id: missing(f.label.lower()) if f.required else "" for f in declared.fields}
        )
        rows.append(empty)
    return rows


def _agenda_context(context: _Context, case: Case) -> None:
    day = case.day("ngay")
    items = agenda(case)
    begins = f"{items[0].clock.split(' - ')[0]}, " if items else ""
    context["ten_hoi_nghi"] = case.text("ten_hoi_nghi") or missing("tên hội nghị")
    context["thoi_gian"] = begins + (long_date(day) if day else missing("ngày tổ chức"))
    context["dia_diem"] = case.text("dia_diem") or missing("địa điểm")
    context["chu_tri"] = case.text("chu_tri") or missing("người chủ trì")
    rows: _Rows = [
        {
            "gio": item.clock,
            "noi_dung": item.what or missing("nội dung"),
            "thuc_hien": item.who or missing("người thực hiện"),
            "dia_diem": item.where,
        }
        for item in items
    ]
    empty = missing("các mục của chương trình")
    if not rows:
        rows.append({"gio": "", "noi_dung": empty, "thuc_hien": "", "dia_diem": ""})
    context["muc"] = rows


def _annex_line(context: _Context, form: Form, case: Case, head: Letterhead) -> None:
    """“(Kèm theo … số … ngày … của …)” of every Phụ lục; number and day stay blank."""
    if not form.annex_title:
        return
    day = case.day("ngay_soan")
    year = str(day.year) if day else "......"
    title, number = form.annex_title, head.number_line.removeprefix("Số:").strip()
    if form.annex:
        carrier = case.text("kem_theo_van_ban") or missing("kèm theo văn bản nào")
        symbol = {"Giấy mời": "GM", "Kế hoạch": "KH"}.get(carrier, "")
        title, number = f"{title} {carrier}", f"/{symbol}{head.number_line.rpartition('/')[2]}"
    blank = "số        " + number if number.startswith("/") else f"số {number}"
    context["kem_theo"] = (
        f"({title} {blank} ngày       tháng       năm {year} của {head.full_issuer})"
    )


def _field_findings(form: Form, case: Case, fed: Collection[str]) -> list[Finding]:
    """A finding for every required field that was left out and that no rule filled."""
    missing_fields = [
        f for f in form.fields
        if f.required and f.type not in {"group", "table"} and f.id not in case.values
        and f.id not in fed
    ]  # fmt: skip
    for declared in form.fields:
        if declared.type == "group":
            given = case.group(declared.id)
            missing_fields += [f for f in declared.fields if f.required and f.id not in given]
    return [
        Finding(
            "TR01", Severity.WARNING, f.label, "Chưa điền", fix=f.help or f"Điền trường {f.id}."
        )
        for f in missing_fields
    ]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
