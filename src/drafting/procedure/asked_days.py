"""`read_days_in`: the day or days of a case as a free question tells them; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drafting.text import fold, nfc

_MONTH, _YEAR = r"\s*(?:[/.-]|thang)\s*", r"\s*(?:[/.-]|nam)\s*"
_ALONE, _END = r"(?<![\d/.-])", r"(?![\d/-]|\.\d)"
_DAY = re.compile(
    rf"{_ALONE}(?:(?P<y>\d{{4}})-(?P<m>\d\d?)-(?P<d>\d\d?)"
    rf"|(?P<day>\d\d?){_MONTH}(?P<month>\d\d?){_YEAR}(?P<year>\d{{4}})){_END}"
)
# “từ 2 đến”, “02/4 –” right before a whole date: its month and year are those of that date.
_FIRST = re.compile(
    rf"{_ALONE}(?P<day>\d\d?)(?:{_MONTH}(?P<month>\d\d?))?\s*"
    r"(?:-|–|—|(?:cho\s+)?(?:den|toi)(?:\s+het)?(?:\s+ngay)?)\s*$"
)
_JOINED = re.compile(r"^\s*,?\s*(?:-|–|—|(?:cho\s+)?(?:den|toi)(?:\s+het)?(?:\s+ngay)?)\s*$")
_LAST = re.compile(r"\b(?:ve|ve nuoc|ket thuc|be mac|roi tinh)(?:\s+vao)?(?:\s+ngay)?\s*$")
# A day of something else: a document, a filing, a time limit, a birth, a validity.
_OTHER = re.compile(
    r"\b(?:so|so hieu|ban hanh|ky ban hanh|hieu luc|hom nay|truoc|sau|den han|han|cham nhat|sinh"
    r"|(?:gui|nop|trinh|nhan)(?:\s+(?:duoc|ho so|van ban|cong van|to trinh|de nghi|cong ham|thu))*)"
    r"(?:\s+(?:vao|tu|la))?(?:\s+ngay)?\s*$"
)
_PAPER = re.compile(
    r"\b(?:quyet dinh|quy che|nghi dinh|nghi quyet|cong van|to trinh|van ban|thong bao|chi thi"
    r"|ke hoach so|cong ham|thu moi|giay moi|luat|ket luan|huong dan)\b(?P<between>[^,;.]*)$"
)
# Between the name of a paper and a day: then it is the day of the case after all.
_EVENT = re.compile(r"\b(?:di|den|don|tiep|tham|du|sang|vao|ra|lam viec|to chuc|dang cai|le)\b")
_YEARLESS = re.compile(rf"\bngay\s+\d\d?{_MONTH}\d\d?{_END}(?!{_YEAR}\d)")
_OPENING = re.compile(r"(?:(?<![/\w])tu\s+)?(?:\bngay\s+)?$")


@dataclass(frozen=True, slots=True)
class DaysTold:
    """The day a case begins and the day it ends, with the officer's own `words`; `unsure` says
    what was seen and not taken."""

    starts: date | None = None
    ends: date | None = None
    words: str = ""
    unsure: str = ""

    @property
    def named(self) -> list[tuple[str, date]]:
        """The days by the names they have in a facts file: ngay, ngay_ve."""
        both = (("ngay", self.starts), ("ngay_ve", self.ends))
        return [(name, day) for name, day in both if day is not None]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A whole date in the question, and the first day of a span it closes."""

    start: int
    end: int
    day: date
    first: date | None


def read_days_in(question: str) -> DaysTold:
    """The days a question tells: one day, or “từ ngày … đến ngày …”; accents or none.

    >>> told = read_days_in("đoàn vào từ ngày 02 đến ngày 06/4/2025, ngoài kế hoạch")
    >>> told.starts, told.ends, told.words
    (datetime.date(2025, 4, 2), datetime.date(2025, 4, 6), 'từ ngày 02 đến ngày 06/4/2025')
    >>> read_days_in("đoàn ra theo Quyết định số 12/QĐ-UBND ngày 2/4/2025").starts
    >>> read_days_in("đón đoàn ngày 2/4").unsure
    '“ngày 2/4” chưa có năm'
    """
    shown = nfc(question)
    text = fold(shown)
    if len(shown) != len(text):
        shown = text
    try:
        seen = [one for one in _seen(text) if not _of_something_else(text[: one.start])]
    except ValueError as problem:
        return DaysTold(unsure=f"“{problem}” không phải ngày có thật")
    if not seen:
        yearless = _YEARLESS.search(text)
        told = shown[yearless.start() : yearless.end()] if yearless else ""
        return DaysTold(unsure=f"“{told}” chưa có năm" if told else "")
    return _told(seen, text, shown)


def _told(seen: list[_Seen], text: str, shown: str) -> DaysTold:
    first, last = seen[0], seen[-1]
    words = shown[first.start : last.end]
    between = text[first.end : last.start]
    joined = len(seen) == 2 and (_JOINED.match(between) or _LAST.search(between))
    if first.first is not None and len(seen) == 1:
        starts, ends = first.first, first.day
    elif joined and first.first is None:
        starts, ends = first.day, last.day
    elif len({one.day for one in seen}) > 1 or any(one.first for one in seen):
        return DaysTold(unsure="câu hỏi nêu nhiều ngày, chưa chọn")
    elif _LAST.search(text[: first.start]):
        return DaysTold(None, first.day, words)
    else:
        return DaysTold(first.day, None, words)
    if ends < starts:
        return DaysTold(unsure=f"“{words}”: ngày kết thúc trước ngày bắt đầu")
    return DaysTold(starts, ends, words)


def _seen(text: str) -> Iterator[_Seen]:
    """The whole dates, in order. Raises `ValueError` with one that does not exist."""
    for found in _DAY.finditer(text):
        part = found.groupdict()
        numbers = [part["y"] or part["year"], part["m"] or part["month"], part["d"] or part["day"]]
        year, month, day = (int(one) for one in numbers)
        head = text[: found.start()]
        before = _FIRST.search(head)
        try:
            whole = date(year, month, day)
            first = before and date(year, int(before["month"] or month), int(before["day"]))
        except ValueError:
            start = before.start() if before else found.start()
            raise ValueError(text[start : found.end()]) from None
        start = before.start() if before else found.start()
        start = _OPENING.search(text[:start]).start()  # type: ignore[union-attr] # matches ""
        yield _Seen(start, found.end(), whole, first or None)


def _of_something_else(before: str) -> bool:
    """Whether the words before a date say that it is the day of a paper, a filing, a limit."""
    paper = _PAPER.search(before)
    return bool(_OTHER.search(before)) or bool(paper and not _EVENT.search(paper["between"]))
