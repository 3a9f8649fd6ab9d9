"""The days a sentence names, as far as they say when what it tells happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

# “giai đoạn 2021 - 2025” reaches to its last year.
_RANGE = re.compile(r"(?<![\d/.])(?:19|20)\d\d ?- ?((?:19|20)\d\d)(?![\d/])")
_DAY = re.compile(
    r"(?<![\d/.])(?:(?:(\d{1,2})(?: tháng |[/.-]))?(\d{1,2})(?: năm |[/.-]))?"
    r"((?:19|20)\d\d)(?![\d/]|-\w)"
)
_UNTIL = re.compile(r"(?:trước|chậm nhất|hạn|xong)(?: là)?(?: ngày| tháng| năm)? $", re.IGNORECASE)
# “được ký kết trước ngày …” is told; “gửi trước ngày …” is a deadline.
_TOLD = re.compile(
    r"(?:(?:được|đã|từng)(?: \w+){1,5}|\bký(?: kết)?) trước(?: ngày| tháng| năm)? $",
    re.IGNORECASE,
)


def days_of(text: str) -> Iterator[date]:
    """The days of a clean sentence, each the last that it may mean; deadlines are left out.

    The year of a change so says nothing: its last day lies after it.

    >>> [f"{day:%d/%m/%Y}" for day in days_of("Năm 2020, tháng 3/2024, gửi trước ngày 15/6/2024")]
    ['28/12/2020', '28/03/2024']
    >>> [f"{day:%d/%m/%Y}" for day in days_of("được ký kết trước ngày 01 tháng 7 năm 2025")]
    ['30/06/2025']
    >>> [f"{day:%d/%m/%Y}" for day in days_of("Trước ngày 01/7/2025, UBND huyện quản lý cửa khẩu")]
    ['30/06/2025']
    """
    for match in _DAY.finditer(_RANGE.sub(r"\1", text)):
        before = text[max(0, match.start() - 60) : match.start()]
        until = _UNTIL.search(before) is not None
        if until and not _TOLD.search(before) and not _opens(text, match):
            continue
        day, month, year = match.groups()
        try:
            found = date(int(year), int(month or 12), int(day or 28))
        except ValueError:
            continue
        yield found - timedelta(days=1) if until else found


def _opens(text: str, day: re.Match[str]) -> bool:
    """Whether “Trước ngày …,” opens the sentence: it tells when, not by when."""
    opened = re.fullmatch(r"\W*trước(?: ngày| tháng| năm)? ", text[: day.start()], re.IGNORECASE)
    return opened is not None and text[day.end() : day.end() + 1] == ","
