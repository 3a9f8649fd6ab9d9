"""Time limits: their dates, how they are counted, how they are called, what a bad file is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.deadlines import (
    Direction,
    Rule,
    Unit,
    deadline,
    find_rule,
    is_working_day,
    load_rules,
    yearly,
)
from drafting.errors import BadInput
from drafting.settings import shipped_rules

RULES = load_rules([shipped_rules()])
COUNTED = [rule for rule in RULES if rule.direction is not Direction.BY]
YEARLY = [rule for rule in RULES if rule.is_yearly]


def rule(name: str) -> Rule:
    return find_rule(name, RULES)


# --- The worked examples of the law ---

BEFORE = {
    ("doan-vao-trong-ke-hoach", "2026-09-07"): ("2026-08-26", "2026-08-25"),
    ("doan-vao-ngoai-ke-hoach", "2026-05-18"): ("2026-04-22", "2026-04-21"),
    ("khach-lan-dau", "2026-11-30"): ("2026-11-20", "2026-11-19"),
    ("khach-tu-lan-hai", "2026-09-04"): ("2026-08-28", "2026-08-27"),
    ("nhay-cam", "2026-10-05"): ("2026-08-20", "2026-08-19"),
    ("hoi-nghi-2024-giay-moi", "2024-08-15"): ("2024-07-31", "2024-07-30"),
    ("hoi-nghi-2024-bao-cao-chuan-bi", "2024-08-14"): ("2024-08-02", "2024-08-01"),
    ("hoi-nghi-2024-phat-song", "2024-08-15"): ("2024-08-13", "2024-08-12"),
}


@pytest.mark.parametrize(("name", "event"), BEFORE)
def test_before_an_event(name: str, event: str) -> None:
    found = deadline(rule(name), date.fromisoformat(event))
    assert (found.latest.isoformat(), found.safe.isoformat()) == BEFORE[name, event]


def test_after_an_event_counts_from_the_next_working_day() -> None:
    found = deadline(rule("bao-cao-chuyen-di"), date(2026, 4, 24))
    assert found.due == date(2026, 5, 8)
    assert date(2026, 4, 27) in {off.day for off in found.skipped}


REMARKED = {
    "2026-08-26": ["Ngày đi làm bù, tính là ngày làm việc: thứ Bảy 22/8/2026"],
    "2026-09-06": [
        "Ngày đón tiếp (Chủ nhật 06/9/2026) là ngày nghỉ: kiểm lại có đúng ngày ấy không"
    ],
    "2026-09-02": [
        "Ngày đón tiếp (thứ Tư 02/9/2026, nghỉ lễ: Quốc khánh) là ngày nghỉ: kiểm lại có đúng ngày "
        "ấy không"
    ],
    "2026-08-14": [],
}


@pytest.mark.parametrize("event", REMARKED)
def test_a_make_up_day_counted_and_an_event_on_a_day_off_are_said(event: str) -> None:
    found = deadline(rule("doan-vao-trong-ke-hoach"), date.fromisoformat(event))
    assert list(found.remarks) == REMARKED[event] == found.as_json()["remarks"]


def test_a_day_the_document_names_may_be_a_sunday_without_a_remark() -> None:
    assert yearly(rule("bao-cao-dinh-ky-31-5"), 2026).remarks == ()


FIXED = {
    ("ke-hoach-tinh-trinh", 2026): ("2026-11-13", "2026-11-12"),
    ("bao-cao-dinh-ky-31-5", 2026): ("2026-05-29", "2026-05-28"),
    ("ke-hoach-tinh-gui", 2026): ("2026-10-29", "2026-10-28"),
    ("dieu-chinh-giua-nam", 2026): ("2026-05-04", "2026-04-29"),
    ("bao-cao-dinh-ky-30-10", 2027): ("2027-10-29", "2027-10-28"),
    ("hoi-nghi-2024-tieu-chi-khen-thuong", 2024): ("2024-06-14", "2024-06-13"),
    ("hoi-nghi-2024-trinh-khen-thuong", 2024): ("2024-07-19", "2024-07-18"),
    ("hoi-nghi-2024-bao-cao-huyen", 2024): ("2024-07-04", "2024-07-03"),
}


@pytest.mark.parametrize(("name", "year"), FIXED)
def test_by_a_day_the_document_names(name: str, year: int) -> None:
    found = yearly(rule(name), year)
    assert (found.latest.isoformat(), found.safe.isoformat()) == FIXED[name, year]
    assert found.due == found.latest and "hiểu chặt" in found.convention


def test_calendar_days_pass_over_no_weekend_but_the_one_they_end_on() -> None:
    inside = deadline(rule("hoi-nghi-2024-giay-moi"), date(2024, 8, 15))  # ends on a Wednesday
    moved = deadline(rule("hoi-nghi-2024-bao-cao-chuan-bi"), date(2024, 8, 14))  # on a Sunday
    assert inside.skipped == ()
    assert [off.day for off in moved.skipped] == [date(2024, 8, 3), date(2024, 8, 4)]


def test_the_answer_is_one_line() -> None:
    found = deadline(rule("doan-vao-trong-ke-hoach"), date(2026, 9, 7))
    assert found.said == "Chậm nhất thứ Tư 26/8/2026; an toàn: thứ Ba 25/8/2026"


def test_the_convention_says_its_source_and_that_nobody_verified_it() -> None:
    said = deadline(rule("nhay-cam"), date(2026, 10, 5)).convention
    assert "Điều 147, Điều 148 Bộ luật Dân sự 2015" in said and "chưa kiểm chứng" in said


def test_across_an_unannounced_tet_it_is_foreseen() -> None:
    found = deadline(rule("doan-vao-trong-ke-hoach"), date(2027, 2, 15))
    assert found.predicted and "(dự kiến)" in found.said
    assert not deadline(rule("doan-vao-trong-ke-hoach"), date(2027, 3, 24)).predicted


# --- Properties ---


@given(st.sampled_from(COUNTED), st.dates(date(2006, 1, 1), date(2049, 12, 31)))
def test_a_limit_is_a_working_day_on_its_side_of_the_event(one: Rule, event: date) -> None:
    found = deadline(one, event)
    assert is_working_day(found.latest) and found.safe < found.latest
    if one.direction is Direction.BEFORE:
        assert is_working_day(found.safe) and found.latest < event
        assert (event - found.latest).days >= one.days
    else:
        assert found.latest > event and found.safe >= event
    assert all(not is_working_day(off.day) for off in found.skipped)


@given(st.sampled_from(COUNTED), st.dates(date(2006, 1, 1), date(2049, 12, 31)))
def test_a_later_event_is_never_due_earlier(one: Rule, event: date) -> None:
    assert deadline(one, event + timedelta(days=1)).latest >= deadline(one, event).latest


@given(st.sampled_from(YEARLY), st.integers(2005, 2050))
def test_a_yearly_limit_lies_before_its_day_and_within_two_weeks_of_it(one: Rule, y: int) -> None:
    found = yearly(one, y)
    assert found.safe < found.latest < date(y, one.month, one.day)
    assert date(y, one.month, one.day) - found.safe <= timedelta(days=14)


# --- Rules and their names ---


def test_the_limits_in_working_days_are_those_the_issue_names() -> None:
    working = {one.days for one in COUNTED if one.unit is Unit.WORKING}
    calendar = {one.days for one in COUNTED if one.unit is Unit.CALENDAR}
    assert working == {2, 5, 7, 15, 30} and calendar == {2, 10, 15}


def test_each_subject_of_a_day_is_a_rule_of_its_own() -> None:
    def count(month: int, day: int) -> int:
        return sum((one.month, one.day) == (month, day) for one in RULES)

    def once(day: date) -> int:
        return sum(one.on == day for one in RULES)

    assert [count(10, 30), count(11, 15), count(5, 5), count(5, 31)] == [3, 2, 1, 1]
    fixed = [date(2024, 6, 15), date(2024, 7, 5), date(2024, 7, 15), date(2024, 7, 20)]
    assert [once(day) for day in fixed] == [1, 2, 3, 1]
    fifteen = [one for one in COUNTED if one.days == 15 and one.unit is Unit.WORKING]
    assert len(fifteen) == 4


CALLED = {
    "doan-vao-trong-ke-hoach": "doan-vao-trong-ke-hoach",
    "  ĐOAN-VAO-trong-kế-hoạch": "doan-vao-trong-ke-hoach",
    "19-QC/TU:art_14__cl_5": "doan-vao-trong-ke-hoach",
    "19-qc/tu:art_10": "nhay-cam",
    "ke-hoach-hoi-nghi-2024:part_V__cl_3": "hoi-nghi-2024-bao-cao-huyen",
}


@pytest.mark.parametrize("name", CALLED)
def test_a_rule_is_found_by_id_or_by_clause(name: str) -> None:
    assert rule(name).id == CALLED[name]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("19-QC/TU:art_19__cl_2", {"bao-cao-dinh-ky-31-5", "bao-cao-dinh-ky-30-10"}),
        ("19-QC/TU:art_14__cl_7", {"khach-lan-dau", "khach-tu-lan-hai"}),
        (
            "ke-hoach-hoi-nghi-2024.txt:part_V__cl_4",
            {"hoi-nghi-2024-phong-su", "hoi-nghi-2024-phat-song"},
        ),
    ],
)
def test_two_limits_in_one_clause_are_named_not_chosen(name: str, ids: set[str]) -> None:
    with pytest.raises(BadInput) as caught:
        rule(name)
    assert all(one in str(caught.value) for one in ids) and "2 thời hạn" in str(caught.value)


@pytest.mark.parametrize("name", ["", "khong-co", "19-QC/TU:art_99", "99-QC/TU:art_14__cl_5", ":"])
def test_an_unknown_name_is_told_where_to_look(name: str) -> None:
    with pytest.raises(BadInput, match="--list"):
        rule(name)


def test_a_rule_asked_the_wrong_way_says_what_it_needs() -> None:
    with pytest.raises(BadInput, match="--event"):
        yearly(rule("nhay-cam"), 2026)
    with pytest.raises(BadInput, match="--year"):
        deadline(rule("ke-hoach-tinh-gui"), date(2026, 1, 1))
    with pytest.raises(BadInput, match="05/7/2024"):
        yearly(rule("hoi-nghi-2024-bao-cao-huyen"), 2025)


@pytest.mark.parametrize("year", [1999, 2004, 2051, 9999])
def test_a_year_no_calendar_was_checked_for_is_refused(year: int) -> None:
    with pytest.raises(BadInput, match="2005–2050"):
        deadline(rule("nhay-cam"), date(year, 6, 1))


# --- An office's own rules ---

OWN = """
[[rule]]
id = "nhay-cam"
what = "xin ý kiến"
who = "Sở Ngoại vụ"
to = "Ủy ban nhân dân tỉnh"
direction = "before"
days = 10
event = "ngày thực hiện"
document = "01/2027/QĐ-UBND"
eid = "art_3"
quote = "trước 10 ngày làm việc"
"""


def test_an_office_replaces_a_rule_and_adds_its_own(tmp_path: Path) -> None:
    (tmp_path / "deadlines.toml").write_text(OWN + OWN.replace("nhay-cam", "cua-minh"), "utf-8")
    rules = load_rules([shipped_rules(), tmp_path])
    assert len(rules) == len(RULES) + 1
    assert find_rule("nhay-cam", rules).days == find_rule("cua-minh", rules).days == 10


BAD = {
    OWN.replace('who = "Sở Ngoại vụ"', ""): "thiếu who",
    OWN.replace('"before"', '"truoc"'): "before, after hoặc by",
    OWN.replace("days = 10", "days = 0"): "từ 1 đến 366",
    OWN.replace("days = 10", 'days = "10"'): "từ 1 đến 366",
    OWN.replace("days = 10", 'days = 10\nunit = "tuần"'): "ngày làm việc",
    OWN.replace('"before"', '"by"'): "month và day",
    OWN + OWN: "trùng id nhay-cam",
    "rule = 3": "[[rule]]",
    "rule = [3]": "thứ 1",
}


@pytest.mark.parametrize("text", BAD, ids=BAD.values())
def test_a_bad_rule_file_is_refused_naming_file_and_rule(tmp_path: Path, text: str) -> None:
    (tmp_path / "deadlines.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        load_rules([tmp_path])
    assert "deadlines.toml" in str(caught.value) and BAD[text] in str(caught.value)
