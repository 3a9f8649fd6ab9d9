"""The numbers after “Điều”, “khoản”, “điểm” …: one, a list, a range, or “này”."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafting.citations.citation import THIS
from drafting.citations.kinds import ANY_KIND
from drafting.structure import Kind

# Letters of points in the order of the Vietnamese alphabet (NĐ 30/2020, Phụ lục I, mục II.6.d).
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
MAX_RANGE = 60

LABELS = {
    "điều": Kind.ARTICLE, "khoản": Kind.CLAUSE, "điểm": Kind.POINT, "tiết": Kind.ITEM,
    "gạch đầu dòng thứ": Kind.ITEM, "chương": Kind.CHAPTER, "mục": Kind.SECTION,
    "phần": Kind.PART, "phụ lục": Kind.ANNEX, "mẫu số": Kind.FORM, "mẫu": Kind.FORM,
}  # fmt: skip

_DOTTED = r"\d{1,3}(?:\.\d{1,2}){0,3}"
_ROMAN = r"[IVXLC]{1,7}(?:\.\d{1,2}){0,3}"
_SHAPES = {
    Kind.ARTICLE: rf"{_DOTTED}[a-zđ]?",
    Kind.CLAUSE: rf"{_DOTTED}[a-zđ]?",
    Kind.POINT: rf"(?:{_DOTTED}|[A-Za-zĐđ]\d?)",
    Kind.ITEM: rf"(?:{_DOTTED}|[A-Za-zĐđ])",
    Kind.CHAPTER: rf"(?:{_ROMAN}|\d{{1,2}})",
    Kind.SECTION: rf"(?:{_ROMAN}|{_DOTTED})",
    Kind.PART: rf"(?:{_ROMAN}|{_DOTTED}|thứ (?:nhất|hai|ba|tư|năm))",
    Kind.ANNEX: rf"(?:số )?(?:{_ROMAN}|\d{{1,2}}[A-Za-zđ]?)",
    Kind.FORM: r"(?:số )?\d{1,2}[a-zđ]?(?!/\w)",
}
_END = r"(?![\w])(?!\.\d)(?!/\d)"
_NUMBER = {kind: re.compile(rf"( ?)(?P<n>{shape}){_END}") for kind, shape in _SHAPES.items()}
_OWN = {
    kind: re.compile(rf"(?i:{'|'.join(word for word, of in LABELS.items() if of is kind)})(?= )")
    for kind in _SHAPES
}
_THIS = re.compile(r" này(?!\w)", re.IGNORECASE)
_COMMA = re.compile(r"(?: và | hoặc |, và |, |; )")
_TO = re.compile(r"(?: đến hết | đến | ?[–-] ?)")
# A further number without its own word must be followed by something that lets a list end:
# “Điều 5 và 10 đồng chí” lists nothing.
_MAY_END = re.compile(
    r" ?(?:[,;.:)\]”\"\n/]|$)| (?:và|hoặc|đến|khoản|điều|điểm|tiết|của|tại|này|nêu|quy định|nói"
    rf"|trên|thuộc|mục|chương|phần|phụ lục|là|thì|được|có|ban hành|kèm)(?!\w)| {ANY_KIND}",
    re.IGNORECASE,
)
# What is counted rather than numbered: “điều 3 lần”, “khoản 5 triệu đồng”.
_COUNTED = re.compile(
    r" ?(?:%|(?:lần|người|đoàn|ngày|tháng|năm|giờ|triệu|tỷ|tỉ|đồng|nghìn|km|cuộc|bộ|phút|nước|bên"
    r"|cấp|lượt|tuần|quý|USD|hồ sơ|trên 10|vụ|mốc|cầu)(?!\w))"
)


class Numbers(NamedTuple):
    """The numbers read and where they end; none read: `values` empty."""

    values: tuple[str, ...]
    end: int


def read_numbers(text: str, at: int, kind: Kind, label: str, *, labelled: bool = True) -> Numbers:
    """The numbers that follow a label ending at `at`; `labelled` ones too (“khoản 1 và khoản 2”).

    >>> read_numbers("khoản 1, 2 và khoản 4 Điều 6", 5, Kind.CLAUSE, "khoản").values
    ('1', '2', '4')
    >>> read_numbers("Điều 5 đến Điều 8", 4, Kind.ARTICLE, "Điều").values
    ('5', '6', '7', '8')
    """
    this = _THIS.match(text, at)
    if this:
        return Numbers((THIS,), this.end())
    first = _NUMBER[kind].match(text, at)
    if first is None or not first[1] or (label.islower() and _COUNTED.match(text, first.end())):
        return Numbers((), at)
    values, end = [tidy(kind, first["n"])], first.end()
    while len(values) <= MAX_RANGE:
        more = _further(text, end, kind, labelled)
        if more is None:
            break
        number, end, ranged = more
        values += _between(values[-1], number) if ranged else [number]
    return Numbers(tuple(dict.fromkeys(values)), end)


def _further(text: str, end: int, kind: Kind, labelled: bool) -> tuple[str, int, bool] | None:
    """The next number of a list or the far end of a range."""
    for joint, ranged in ((_TO, True), (_COMMA, False)):
        joined = joint.match(text, end)
        if joined is None:
            continue
        own = _OWN[kind].match(text, joined.end())
        number = _NUMBER[kind].match(text, own.end() if own else joined.end())
        if number is None or bool(number[1]) != bool(own) or (own and not labelled):
            return None
        if not own and not _MAY_END.match(text, number.end()):
            return None
        return tidy(kind, number["n"]), number.end(), ranged
    return None


def tidy(kind: Kind, number: str) -> str:
    """A number as eIds write it: letters lower case (đ stays đ), forms without leading zeros.

    >>> tidy(Kind.POINT, "Đ"), tidy(Kind.FORM, "số 01")
    ('đ', '1')
    """
    if kind in {Kind.FORM, Kind.ANNEX}:
        return number.removeprefix("số ").lstrip("0") or "0"
    if kind in {Kind.CHAPTER, Kind.SECTION, Kind.PART}:
        return number
    return number.lower()


def _between(first: str, last: str) -> list[str]:
    """The numbers after `first` up to `last`; only `last` when the steps between are unknown."""
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        return [str(n) for n in range(low + 1, high + 1)] if 0 < high - low < MAX_RANGE else [last]
    if first in POINT_LETTERS and last in POINT_LETTERS:
        low, high = POINT_LETTERS.index(first), POINT_LETTERS.index(last)
        return list(POINT_LETTERS[low + 1 : high + 1]) or [last]
    head, _, low_text = first.rpartition(".")
    same, _, high_text = last.rpartition(".")
    if head and head == same and low_text.isdigit() and high_text.isdigit():
        return [f"{head}.{n}" for n in range(int(low_text) + 1, int(high_text) + 1)][:MAX_RANGE]
    return [last]
