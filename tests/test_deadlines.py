"""Working days: weekends, feasts, the office's overrides."""

from __future__ import annotations

from datetime import date

import pytest

from drafting.deadlines import day_off, is_working_day, on_or_before

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
    date(2024, 5, 4): None,
}


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
