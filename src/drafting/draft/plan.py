"""The dated parts of a conference plan: time, delegates, who does what by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from textwrap import shorten

from drafting.cases import Case
from drafting.citations import cite_provision
from drafting.deadlines import WorkingDays
from drafting.draft.letterhead import missing
from drafting.draft.origin import Origin
from drafting.draft.schedule import WAYS, Event, Task, read_event, tasks
from drafting.draft.types import DraftSlot, Paragraph, SlotState
from drafting.findings import Finding, Severity
from drafting.forms import Form
from drafting.library import Library
from drafting.records import vn_date

_Row = dict[str, str | list[str]]
_More = dict[str, str | list[str] | list[_Row]]


def plan_context(
    form: Form, case: Case, days: WorkingDays, *, final: bool
) -> tuple[_More, list[Finding]]:
    """What the template prints for time, delegates and tasks, and what to tell the officer."""
    event = _event(case)
    dated = tasks(form, case, event, days)
    given = case.day("ngay_soan")
    findings = [*_event_findings(case, event, days), *_task_findings(dated, given)]
    if not case.rows("nhiem_vu"):
        findings.append(
            Finding(
                "HN02",
                Severity.ERROR if final else Severity.WARNING,
                "V. Tổ chức thực hiện",
                "Việc và hạn là gợi ý theo Kế hoạch năm 2024, chưa phải phân công của hội nghị này",
                fix="Chép vào trường nhiem_vu rồi sửa.",
            )
        )
    if case.text("loai_hoi_nghi") == "quoc-te":
        findings.append(
            Finding(
                "HN03",
                Severity.WARNING,
                "hội nghị quốc tế",
                "Phải được cấp có thẩm quyền cho phép trước khi ban hành Kế hoạch",
                form.permission.get(case.text("tinh"), ""),
                "Làm Tờ trình xin phép trước, ghi văn bản cho phép vào van_ban_vu_viec.",
            )
        )
    more: _More = {
        "thoi_gian": [_when(case, event)],
        "thanh_phan": [_who(case)],
        "tong_dai_bieu": _total(case),
        "to_chuc": _by_unit(dated),
        "phan_cong": _table(dated),
    }
    return more, findings


def with_suggested_tasks(
    slot: DraftSlot, form: Form, case: Case, library: Library, days: WorkingDays
) -> DraftSlot:
    """The slot of the tasks with the form's suggested ones, each with the place it comes from.

    Only when the officer gave none; `plan_context` says plainly that they are suggestions.
    """
    if slot.slot.table != "nhiem_vu" or case.rows("nhiem_vu") or not form.tasks:
        return slot
    stored = next((s for s in library.stored if s.record.file == slot.slot.document), None)
    paragraphs = []
    for task in tasks(form, case, _event(case), days):
        eid = task.hint.eid if task.hint else ""
        provision = stored.document.get(eid) if stored else None
        source = ""
        if stored is not None and provision is not None:
            source = cite_provision(stored.record, stored.document, provision)
        place = f"{slot.slot.title}, {task.unit}"
        paragraphs.append(Paragraph(place, task.line(), Origin.PAST_REPORT, source, slot.slot.id))
    return replace(slot, state=SlotState.FILLED, paragraphs=tuple(paragraphs))


def _event(case: Case) -> Event | None:
    number = case.values.get("so_ngay")
    return read_event(case.text("thoi_gian_to_chuc"), number if isinstance(number, int) else 1)


def _when(case: Case, event: Event | None) -> str:
    if event is None:
        return missing("thời gian tổ chức, như 20/8/2026 hoặc trung tuần tháng 8/2026")
    number = case.values.get("so_ngay")
    days = f"{number:02d} ngày, " if isinstance(number, int) else ""
    if event.is_exact:
        return f"{days}{event.said}."
    return f"{days}dự kiến trong {event.said} (thời gian cụ thể sẽ có thông báo sau)."


def _who(case: Case) -> str:
    total = _total(case)
    if not total or total.startswith("["):
        return missing("thành phần, số lượng đại biểu")
    return f"Khoảng {total} đại biểu (có Phụ lục I dự kiến thành phần đại biểu kèm theo Kế hoạch)."


def _total(case: Case) -> str:
    """The sum over all rows; an open mark when a row has no number: a part is no total."""
    numbers = [row.get("so_luong") for row in case.rows("dai_bieu") if row]
    counted = [number for number in numbers if isinstance(number, int)]
    if not counted:
        return ""
    whole = len(counted) == len(numbers)
    return str(sum(counted)) if whole else missing("tổng số, còn dòng chưa có số lượng")


def _by_unit(dated: list[Task]) -> list[_Row]:
    units: dict[str, list[str]] = {}
    for task in dated:
        units.setdefault(task.unit or missing("đơn vị"), []).append(task.line())
    return [
        {"ten": f"{number}. {unit}", "viec": lines}
        for number, (unit, lines) in enumerate(units.items(), start=1)
    ]


def _table(dated: list[Task]) -> list[_Row]:
    """Who does what by when, in the order of the limits; undated tasks last."""
    ordered = sorted(dated, key=lambda task: task.due.due if task.due else date.max)
    return [
        {
            "stt": str(number),
            "don_vi": task.unit,
            "viec": task.work.rstrip(" ."),
            "phoi_hop": task.together,
            "thoi_han": _limit(task),
        }
        for number, task in enumerate(ordered, start=1)
    ]


def _limit(task: Task) -> str:
    if task.due is not None:
        return f"Trước ngày {vn_date(task.due.due)}"
    return missing("thời hạn") if task.awaits_event else "Theo tiến độ chung"


def _event_findings(case: Case, event: Event | None, days: WorkingDays) -> list[Finding]:
    text = case.text("thoi_gian_to_chuc")
    if event is None:
        told = f"Không hiểu “{text}”: chưa tính được hạn của các việc"
        return (
            [Finding("HN04", Severity.ERROR, "thời gian", told, fix=f"Ghi như: {WAYS}.")]
            if text
            else []
        )
    found = []
    if not event.is_exact:
        message = f"Chỉ biết khoảng: các hạn tính từ ngày đầu, {vn_date(event.first)}"
        found.append(Finding("HN05", Severity.NOTE, "thời gian", message))
    elif (off := days.day_off(event.first)) is not None:
        message = f"Ngày tổ chức {vn_date(event.first)} là {off.why}"
        found.append(Finding("HN07", Severity.WARNING, "thời gian", message))
    given = case.day("ngay_soan")
    if given is not None and event.last < given:
        message = f"Thời gian tổ chức đã qua khi soạn ({vn_date(given)})"
        found.append(Finding("HN08", Severity.ERROR, "thời gian", message))
    return found


def _task_findings(dated: list[Task], given: date | None) -> list[Finding]:
    found = []
    for task in dated:
        if task.due is None:
            continue
        if task.due.said:
            found.append(
                Finding(
                    "HN01",
                    Severity.NOTE,
                    task.unit,
                    f"{shorten(task.work, 60, placeholder='…')}: {task.due.said}",
                )
            )
        if given is not None and task.due.due < given:
            work = shorten(task.work, 60, placeholder="…")
            message = f"Hạn {vn_date(task.due.due)} đã qua khi soạn ({vn_date(given)}): {work}"
            found.append(
                Finding(
                    "HN06", Severity.WARNING, task.unit, message, fix="Sửa hạn hoặc lùi hội nghị."
                )
            )
    return found
