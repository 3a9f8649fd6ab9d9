"""Dates beside a document: the shapes they are written in, and what each says."""

from __future__ import annotations

import re
from datetime import date as Day
from typing import NamedTuple

_YEAR = r"(?:(?:19|20)\d\d|\d\d)(?!\d)"
# A whole day: “30/6/2025”, “30/6/25”, “30 tháng 6 năm 2025”, “30 tháng 6/2025”, “2025-06-30”.
DAY = (
    rf"(?:\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?{_YEAR}(?!/)"
    rf"|\d{{1,2}}(?: tháng |/)\d{{1,2}}(?:,? năm | ?/ ?){_YEAR}"
    r"|(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
# Less than a day: “30 tháng 6”, “30/6” after “ngày”; “tháng 6 năm 2025”, “tháng 6/2025”.
DAY_ONLY = r"(?:\d{1,2} tháng \d{1,2}(?!\d)|\d{1,2} ?/ ?\d{1,2}(?![\d/]))"
MONTH = r"(?:tháng \d{1,2}(?:,? năm | ?/ ?)(?:19|20)\d\d(?!\d))"
_NUMBERS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    re.compile(
        r"(?P<d>\d{1,2})(?: ?[/.-] ?| tháng )(?P<m>\d{1,2})"
        r"(?:(?: ?[/.-] ?|,? năm )(?P<y>\d{2,4}))?",
        re.IGNORECASE,
    ),
    re.compile(r"tháng (?P<m>\d{1,2})(?:(?:,? năm | ?/ ?)(?P<y>\d{4}))?(?P<d>)", re.IGNORECASE),
    re.compile(r"(?:năm )?(?P<y>\d{4})(?P<d>)(?P<m>)", re.IGNORECASE),
)
_CENTURY_TURNS = 60


class Given(NamedTuple):
    """What a date as written says; None for what it leaves out."""

    day: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def whole(self) -> Day | None:
        """The day, when all of it is given and a calendar has it."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return Day(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def impossible(self) -> bool:
        """Whether no calendar has it, whatever it leaves out."""
        if self.day is not None and self.month is not None:
            leap = 2024
            year = self.year if self.year is not None else leap
            return Given(self.day, self.month, year).whole is None
        return self.month is not None and not 1 <= self.month <= 12

    def agrees_with(self, day: Day) -> bool:
        """Whether all that is given is so of `day`."""
        pairs = ((self.day, day.day), (self.month, day.month), (self.year, day.year))
        return all(given is None or given == true for given, true in pairs)


def read_date(text: str) -> Given:
    """What a date in any of the shapes says.

    >>> read_date("30/6/25"), read_date("tháng 7 năm 2025")
    (Given(day=30, month=6, year=2025), Given(day=None, month=7, year=2025))
    >>> read_date("12 tháng 6 năm 2025").whole, read_date("30/02/2020").impossible
    (datetime.date(2025, 6, 12), True)
    """
    found = next((m for shape in _NUMBERS if (m := shape.fullmatch(text))), None)
    if found is None:
        return Given()
    day, month, year = (int(found[part]) if found[part] else None for part in "dmy")
    if year is not None and year < 100:
        year += 2000 if year < _CENTURY_TURNS else 1900
    return Given(day, month, year)
