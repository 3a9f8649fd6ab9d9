"""Bảng đối chiếu: for every paragraph what it rests on, for every citation its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from drafting.draft import Draft, Origin, SlotState
from drafting.findings import Finding, Severity
from drafting.ledger import Ledger
from drafting.library import Library
from drafting.records import vn_date

_Row = dict[str, str | list[str]]


def provenance(
    draft: Draft,
    ledger: Ledger,
    library: Library,
    *,
    file: str,
    today: date,
    findings: Sequence[Finding],
) -> Mapping[str, str | list[str] | list[_Row]]:
    """The context of `bang-doi-chieu.docx` for one draft."""
    return {
        "tieu_de": "BẢNG ĐỐI CHIẾU",
        "van_ban": f"{draft.form.kind}: {_called(draft)}",
        "ngay_lap": f"Lập {vn_date(today)}, kèm tệp {file}",
        "tom_tat": _summary(draft, ledger),
        "doan_van": _paragraphs(draft),
        "can_cu": _citations(ledger),
        "goi_y": _suggestions(draft),
        "tep": _files(library),
        "canh_bao": [_finding_line(found) for found in findings] or ["Không có."],
    }


def _called(draft: Draft) -> str:
    return str(draft.context.get("trich_yeu") or draft.context.get("ten_hoi_nghi", ""))


def _summary(draft: Draft, ledger: Ledger) -> list[str]:
    filled = sum(slot.state is SlotState.FILLED for slot in draft.slots)
    none = sum(slot.state is SlotState.NONE for slot in draft.slots)
    names = ", ".join(slot.slot.title for slot in draft.open_slots())
    return [
        f"Mục: {filled} đã có, {none} khai không có, {len(draft.open_slots())} còn để ngỏ"
        + (f" ({names})." if names else "."),
        f"Viện dẫn: {ledger.header}; đối chiếu với kho và danh mục.",
        *_to_load(ledger),
        "Chương trình đề xuất; người ký quyết định.",
    ]


def _to_load(ledger: Ledger) -> list[str]:
    """What is cited and has no text in the library, on one line; nothing where all is there."""
    listed = "; ".join(f"{one.name} ({one.why})" for one in ledger.missing)
    return [f"Văn bản được viện dẫn nhưng chưa có trong kho: {listed}."] if listed else []


def _paragraphs(draft: Draft) -> list[_Row]:
    rows: list[_Row] = []
    demands = {slot.slot.id: slot.demand for slot in draft.slots}
    for number, paragraph in enumerate(draft.paragraphs, start=1):
        demand = demands.get(paragraph.slot)
        place = "" if paragraph.text.startswith(paragraph.place) else f"{paragraph.place}: "
        asked = f"{demand.citation} ({demand.force})" if demand else ""
        rows.append(
            {
                "so": str(number),
                "doan": place + paragraph.text,
                "nguon": asked or paragraph.source,
                "trich": demand.quote if demand else paragraph.quote,
                "nguon_goc": str(paragraph.origin)
                + (f" ({paragraph.source})" if paragraph.origin is Origin.PAST_REPORT else ""),
            }
        )
    return rows


def _citations(ledger: Ledger) -> list[_Row]:
    rows: list[_Row] = []
    for number, entry in enumerate(ledger.entries, start=1):
        rows.append(
            {
                "so": str(number),
                "noi_dung": f"{entry.kind}: {entry.text}",
                "ket_qua": str(entry.verdict),
                "hieu_luc": entry.status,
                "ghi_chu": "; ".join(entry.remarks()),
            }
        )
    return rows or [
        {"so": "", "noi_dung": "Không có viện dẫn.", "ket_qua": "", "hieu_luc": "", "ghi_chu": ""}
    ]


def _suggestions(draft: Draft) -> list[_Row]:
    rows: list[_Row] = [
        {"muc": slot.slot.title, "doan": found.text, "nguon": found.citation, "tuoi": found.age}
        for slot in draft.slots
        for found in slot.suggestions
    ]
    nothing = "Không có đoạn nào trong báo cáo cũ của tỉnh."
    return rows or [{"muc": "", "doan": nothing, "nguon": "", "tuoi": ""}]


def _files(library: Library) -> list[_Row]:
    return [{"ten": s.record.file, "sha256": s.document.source.sha256} for s in library.stored]


def _finding_line(found: Finding) -> str:
    fix = f" → {found.fix}" if found.fix else ""
    word = found.severity.vietnamese
    shown = word.upper() if found.severity is Severity.ERROR else word.capitalize()
    return f"{shown} {found.code} · {found.where}: {found.message}{fix}"
