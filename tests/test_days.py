"""Working days: weekends, feasts, an office's own file, and the slow counter they agree with."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow_days import FIRST, LAST, days_off

from drafting.deadlines import WorkingDays, day_off, is_working_day, on_or_before, working_days
from drafting.errors import BadInput
from drafting.settings import shipped_rules

DAY = timedelta(days=1)
DAYS = {
    date(2026, 8, 14): None,
    date(2026, 8, 15): "thứ Bảy",
    date(2026, 8, 16): "Chủ nhật",
    date(2026, 1, 1): "Tết",
    date(2026, 1, 2): "hoán đổi",
    date(2026, 1, 10): None,
    date(2026, 4, 30): "chiến thắng",
    date(2026, 9, 2): "Quốc khánh",
    date(2026, 11, 24): "Văn hóa",
    date(2025, 11, 24): None,
    date(2029, 11, 26): "nghỉ bù",
    date(2024, 5, 4): None,
}


@pytest.fixture(scope="module")
def shipped() -> WorkingDays:
    return working_days(shipped_rules())


@pytest.mark.parametrize("day", DAYS)
def test_a_day_off_says_why(day: date) -> None:
    why, found = DAYS[day], day_off(day)
    if why is None:
        assert found is None and is_working_day(day)
    else:
        assert found is not None and why.lower() in found.why.lower()


@pytest.mark.parametrize(
    ("asked", "due", "skipped"),
    [
        (date(2026, 8, 14), date(2026, 8, 14), 0),
        (date(2026, 8, 16), date(2026, 8, 14), 2),
        (date(2026, 11, 15), date(2026, 11, 13), 2),
        (date(2026, 5, 31), date(2026, 5, 29), 2),
    ],
)
def test_a_limit_on_a_day_off_moves_back_and_says_so(asked: date, due: date, skipped: int) -> None:
    moved = on_or_before(asked)
    assert (moved.due, len(moved.skipped)) == (due, skipped)
    assert bool(moved.said) == (asked != due)


# --- The slow counter ---


def test_every_day_from_2024_to_2030_is_off_where_the_slow_list_says_so(
    shipped: WorkingDays,
) -> None:
    off, day, different = days_off(), FIRST, []
    while day <= LAST:
        if (shipped.day_off(day) is not None) != (day in off):
            different.append(day)
        day += DAY
    assert different == []


@pytest.mark.parametrize("step", [DAY, -DAY], ids=["sau", "trước"])
def test_one_to_thirty_working_days_from_every_day_agree_with_the_slow_count(
    shipped: WorkingDays, step: timedelta
) -> None:
    """2,557 days × 30 counts, each way."""
    off, start, wrong, compared = days_off(), FIRST, [], 0
    ours = shipped.after if step > timedelta() else shipped.before
    while start <= LAST:
        day = start
        for count in range(1, 31):
            day += step
            while day in off:
                day += step
            compared += 1
            if ours(start, count) != day:
                wrong.append((start, count))
        start += DAY
    assert wrong == [] and compared == 2557 * 30


CALENDAR_DAYS = st.dates(date(2005, 1, 1), date(2050, 12, 31))


@given(CALENDAR_DAYS, st.integers(1, 60))
def test_counting_on_and_back_again_comes_home(day: date, count: int) -> None:
    days = working_days(shipped_rules())
    begun = days.on_or_before(day).due
    assert days.before(days.after(begun, count), count) == begun
    assert days.is_working_day(days.after(day, count)) and days.after(day, count) > day


@given(CALENDAR_DAYS, st.integers(1, 40))
def test_between_a_day_and_the_nth_working_day_lie_n_working_days(day: date, count: int) -> None:
    days = working_days(shipped_rules())
    last = days.after(day, count)
    between = (last - day).days
    assert between - len(days.days_off(day + DAY, last)) == count


# --- An office's own file ---

OWN = """
[[day]]
date = 2027-02-11
work = false
why = "Tết Nguyên đán, theo Thông báo của Bộ Nội vụ"
source = "thử"
verified = true
"""


def test_an_office_adds_its_own_days_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "holidays.toml").write_text(OWN, "utf-8")
    days = working_days(shipped_rules(), tmp_path)
    found = days.day_off(date(2027, 2, 11))
    assert found is not None and "Thông báo" in found.why
    assert days.day_off(date(2026, 1, 2)) is not None
    assert working_days(shipped_rules()).is_working_day(date(2027, 2, 11))


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path, day = tmp_path / "holidays.toml", date(2027, 2, 11)
    assert working_days(shipped_rules(), tmp_path).is_working_day(day)
    path.write_text(OWN, "utf-8")
    assert not working_days(shipped_rules(), tmp_path).is_working_day(day)
    path.write_text(OWN.replace("false", "true "), "utf-8")  # the same size
    os.utime(path, ns=(1, 1))
    assert working_days(shipped_rules(), tmp_path).is_working_day(day)
    path.unlink()
    assert working_days(shipped_rules(), tmp_path).is_working_day(day)


def test_the_word_of_the_office_counts_over_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "holidays.toml").write_text(
        '[[day]]\ndate = 2026-01-02\nwork = true\nwhy = "không nghỉ"\n', "utf-8"
    )
    assert working_days(shipped_rules(), tmp_path).is_working_day(date(2026, 1, 2))


BAD = {
    "date = 2027-02-30": "dòng",
    '[[day]]\nwork = false\nwhy = "a"': "[[day]] thứ 1, date",
    '[[day]]\ndate = "2027-02-11"\nwork = false\nwhy = "a"': "không ngoặc kép",
    '[[day]]\ndate = 2027-02-11\nwork = "nghỉ"\nwhy = "a"': "work",
    "[[day]]\ndate = 2027-02-11\nwork = false": "why",
    '[day]\ndate = 2027-02-11\nwork = false\nwhy = "a"': "[[day]]",
    '[[yearly]]\nmonth = 13\nday = 1\nfrom = 2026\nwhy = "a"': "tháng và ngày có thật",
    '[[yearly]]\nmonth = 1\nday = 1\nwhy = "a"': "năm bắt đầu",
    '[[proposed]]\ndates = []\nwhy = "a"': "dates",
    'announced_until = "2027"': "announced_until",
    "ngay = 1": "ngay",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_file_is_refused_naming_file_and_entry(tmp_path: Path, text: str) -> None:
    (tmp_path / "holidays.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        working_days(shipped_rules(), tmp_path)
    said = str(caught.value)
    assert "holidays.toml" in said and BAD[text] in said and "Sửa" in said


# --- What is foreseen ---


@pytest.mark.parametrize(
    ("first", "last", "is_foreseen"),
    [
        (date(2026, 2, 10), date(2026, 2, 25), False),
        (date(2027, 2, 1), date(2027, 2, 3), True),
        (date(2027, 9, 1), date(2027, 9, 6), True),
        (date(2027, 3, 8), date(2027, 3, 19), False),
        (date(2026, 11, 20), date(2026, 11, 27), True),
        (date(2026, 12, 21), date(2026, 12, 31), False),
    ],
)
def test_days_nobody_has_announced_yet_are_foreseen(
    shipped: WorkingDays, first: date, last: date, is_foreseen: bool
) -> None:
    assert bool(shipped.predictions(first, last)) is is_foreseen


def test_next_years_notice_makes_it_sure(tmp_path: Path) -> None:
    (tmp_path / "holidays.toml").write_text(f"announced_until = 2027-12-31\n{OWN}", "utf-8")
    days = working_days(shipped_rules(), tmp_path)
    assert days.predictions(date(2027, 2, 1), date(2027, 2, 3)) == ()
    assert days.predictions(date(2028, 1, 20), date(2028, 1, 21)) != ()


def test_a_decided_swap_is_no_longer_proposed(tmp_path: Path) -> None:
    (tmp_path / "holidays.toml").write_text(
        '[[day]]\ndate = 2026-11-23\nwork = true\nwhy = "không hoán đổi"\n', "utf-8"
    )
    days = working_days(shipped_rules(), tmp_path)
    assert days.predictions(date(2026, 11, 20), date(2026, 11, 27)) == ()
