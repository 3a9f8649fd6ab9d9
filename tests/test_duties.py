"""The calendar of duties, and the .ics and .xlsx an officer takes away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from offices import TODAY, an_office

from drafting.deadlines.duties import Entry, Every
from drafting.deadlines.ground import BINDING, REFERENCE
from drafting.deadlines.xlsx import xlsx
from drafting.errors import BadInput
from drafting.office import Office

LANG_SON, BAC_GIANG = "tỉnh Lạng Sơn", "tỉnh Bắc Giang"
# What the documents ask for again and again: how often, and the clause.
UNDATED = {
    "du-thao-ke-hoach-nam": (Every.YEAR, "điểm b khoản 1 Điều 2"),
    "bao-cao-di-cu": (Every.HALF, "điểm e khoản 9 Điều 2"),
    "ke-hoach-doan-ra-doan-vao": (Every.YEAR, "điểm a khoản 13 Điều 2"),
    "dieu-chinh-doan-ra-doan-vao": (Every.MIDYEAR, "điểm a khoản 13 Điều 2"),
    "bao-cao-hoi-nghi-hoi-thao": (Every.YEAR, "điểm d khoản 14 Điều 2"),
    "bao-cao-nhiem-vu-doi-ngoai": (Every.UNSAID, "khoản 18 Điều 2"),
    "ke-hoach-bien-che": (Every.YEAR, "điểm b khoản 3 Điều 3"),
    "trao-doi-thong-tin-thang": (Every.MONTH, "khoản 1 Điều 8"),
    "trao-doi-thong-tin-quy": (Every.QUARTER, "khoản 1 Điều 8"),
    "trao-doi-thong-tin-nam": (Every.YEAR, "khoản 1 Điều 8"),
    "so-ket-quy-che-phoi-hop": (Every.HALF, "khoản 1 Điều 9"),
    "tong-ket-quy-che-phoi-hop": (Every.YEAR, "khoản 1 Điều 9"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home"), province=LANG_SON) as opened:
        yield opened


def duties(office: Office, year: int = 2027, province: str = "") -> tuple[Entry, ...]:
    return office.limits(province).calendar(year)


def test_lang_son_sees_its_own_duties_first_and_the_others_as_reference(office: Office) -> None:
    found = duties(office)
    forces = [entry.ground.force for entry in found]
    assert forces == [BINDING] * 7 + [REFERENCE] * 16
    assert {entry.ground.jurisdiction for entry in found[:12]} == {LANG_SON}
    assert {entry.ground.force_said for entry in found[7:12]} == {
        "tham khảo: văn bản của tỉnh Lạng Sơn nhưng chưa rõ hiệu lực"
    }


@pytest.mark.parametrize("duty", UNDATED)
def test_a_duty_without_a_day_says_so_with_its_clause(office: Office, duty: str) -> None:
    found = next(entry for entry in duties(office) if entry.duty.id == duty)
    every, clause = UNDATED[duty]
    assert found.duty.every is every and found.ground.citation.startswith(clause)
    assert found.due is None and found.when.startswith("không nêu ngày, ")
    assert found.ground.proven.verified and found.duty.who and found.duty.to


def test_bac_giang_sees_its_seven_days_in_their_order(office: Office) -> None:
    found = [entry for entry in duties(office, 2026, "bac giang")[:7] if entry.due]
    days = [entry.due.latest for entry in found if entry.due]
    assert days == sorted(days) and len(days) == 7
    assert {entry.ground.force for entry in found} == {REFERENCE}
    assert days[0] == date(2026, 5, 4) and days[-1] == date(2026, 11, 13)


def test_without_a_province_nothing_is_called_binding(office: Office, tmp_path: Path) -> None:
    with an_office(tmp_path) as nowhere:
        found = nowhere.limits().calendar(2027)
        assert {entry.ground.force for entry in found} == {""}
        assert all("chưa đặt tỉnh" in entry.ground.force_said for entry in found)
        with pytest.raises(BadInput, match="--province"):
            nowhere.limits().calendar(2027, own=True)


def test_only_the_documents_of_the_own_province_when_asked(office: Office) -> None:
    own = office.limits().calendar(2027, own=True)
    assert len(own) == 12 and {entry.ground.jurisdiction for entry in own} == {LANG_SON}


def test_after_the_merger_no_limit_of_19_qc_tu_binds_even_bac_giang(office: Office) -> None:
    limits = office.limits(BAC_GIANG)
    rule = limits.find("doan-vao-trong-ke-hoach")
    before, after = (limits.tell(rule, date(y, 6, 9)).ground for y in (2025, 2026))
    assert (before.force, after.force) == (BINDING, REFERENCE)
    assert after.force_said == "tham khảo: văn bản của tỉnh Bắc Giang nhưng chưa rõ hiệu lực"


def test_validity_is_that_of_the_day_due(office: Office) -> None:
    def states(year: int, province: str) -> set[str]:
        found = [entry for entry in duties(office, year, province) if entry.due]
        return {f"{e.ground.status.state}" for e in found if e.ground.status}

    assert states(2025, BAC_GIANG) == {"còn hiệu lực", "chưa rõ"}
    assert states(2026, BAC_GIANG) == {"chưa rõ"}
    early = [e for e in duties(office, 2024) if e.ground.jurisdiction == LANG_SON]
    assert any(e.ground.force == REFERENCE and "chưa có hiệu lực" in e.ground.cautions[0]
               for e in early)  # fmt: skip


def test_a_year_without_a_calendar_is_refused(office: Office) -> None:
    with pytest.raises(BadInput, match="2005–2050"):
        duties(office, 2060)
    with pytest.raises(BadInput, match="2005–2050"):
        duties(office, 0)


def test_an_office_adds_a_duty_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    text = '[[duty]]\nid = "a"\nevery = "quý"\nwhat = "b"\nwho = "c"\nto = "d"\n'
    text += 'document = "x"\neid = "art_1"\nquote = "e"\n'
    (rules / "duties.toml").write_text(text, "utf-8")
    with an_office(tmp_path, province=LANG_SON) as opened:
        own = next(e for e in opened.limits().calendar(2027) if e.duty.id == "a")
        assert own.ground.cautions == ("Chưa kiểm chứng: kho chưa có toàn văn x",)
        for wrong, said in (("quý", "every phải là"), ("", "thiếu every")):
            (rules / "duties.toml").write_text(
                text.replace('"quý"', f'"{wrong}x"' if wrong else '""')
            )
            with pytest.raises(BadInput, match=said):
                opened.limits()


# --- .ics ---


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def test_the_ics_follows_rfc_5545(office: Office) -> None:
    from icalendar import Calendar

    limits = office.limits()
    data = limits.file(limits.calendar(2027), 2027, ".ics")
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert "VERSION:2.0" in lines and any(line.startswith("PRODID:") for line in lines)
    calendar: Any = Calendar.from_ical(data)
    events, tasks = calendar.walk("VEVENT"), calendar.walk("VTODO")
    assert (len(events), len(tasks)) == (7, 16)
    assert len({str(c["UID"]) for c in events + tasks}) == 23
    for component in events + tasks:
        assert component.errors == []
        assert component["DTSTAMP"].to_ical() == b"20261123T000000Z"
    for event in events:
        first, end = event["DTSTART"], event["DTEND"]
        assert first.params["VALUE"] == "DATE" and end.dt - first.dt == timedelta(days=1)
        alarms = event.walk("VALARM")
        assert alarms and all(a["ACTION"] == "DISPLAY" and a["DESCRIPTION"] for a in alarms)
        assert all(alarm["TRIGGER"].dt < timedelta() for alarm in alarms)
    assert all("DUE" not in task and "không nêu ngày" in str(task["SUMMARY"]) for task in tasks)


def test_the_same_limit_keeps_its_uid_so_that_it_is_not_doubled(office: Office) -> None:
    limits = office.limits(BAC_GIANG)
    told = limits.tell(limits.find("bao-cao-dinh-ky-31-5"), year=2027)
    one = next(line for line in unfolded(limits.ics(told)) if line.startswith("UID:"))
    later = replace(limits, today=TODAY + timedelta(days=9))
    assert one in unfolded(later.file(later.calendar(2027), 2027, ".ics"))
    other = limits.tell(limits.find("bao-cao-dinh-ky-31-5"), year=2028)
    assert one not in unfolded(limits.ics(other))


def test_a_newline_or_a_semicolon_in_a_rule_stays_inside_its_property(office: Office) -> None:
    from icalendar import Calendar

    limits = office.limits()
    told = limits.tell(limits.find("nhay-cam"), date(2027, 3, 24))
    evil = "gửi\r\nEND:VEVENT\r\nBEGIN:VEVENT;x,y\\ \x07"
    rule = replace(told.deadline.rule, what=evil)
    data = limits.ics(replace(told, deadline=replace(told.deadline, rule=rule)))
    read: Any = Calendar.from_ical(data)
    events = read.walk("VEVENT")
    assert len(events) == 1 and "\x07" not in data.decode("utf-8")
    assert "END:VEVENT" in str(events[0]["SUMMARY"])


# --- .xlsx ---


def opened(data: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data)).worksheets[0]


def test_the_workbook_holds_a_row_a_duty_with_dates_as_dates(office: Office) -> None:
    limits = office.limits(BAC_GIANG)
    sheet = opened(limits.file(limits.calendar(2026), 2026, ".xlsx"))
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 23 and rows[0][1].date() == date(2026, 5, 4)
    assert rows[0][4] == "đề xuất nội dung điều chỉnh, bổ sung kế hoạch năm"
    assert rows[7][1] == "không nêu ngày" and sheet.freeze_panes == "A2"


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")\x07'])
def test_no_cell_is_a_formula(office: Office, evil: str) -> None:
    entry = office.limits().calendar(2026)[0]
    hostile = replace(entry, duty=replace(entry.duty, what=evil, who=evil, to=evil, note=evil))
    sheet = opened(xlsx([hostile], 2026, TODAY))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    begins = [cell for cell in cells if str(cell.value)[:1] in "=+-@"]
    assert len(begins) >= 3 and all(cell.quotePrefix for cell in begins)
