"""Pass one: whole documents with a number, found from the number outwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from drafting.citations.cells import with_cells
from drafting.citations.citation import CitedDocument, Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.details import agency_beside, read_details, said
from drafting.citations.kinds import LAW_KINDS, canonical
from drafting.citations.misshapen import is_well_shaped, read_number, written_numbers
from drafting.citations.opening import REACH, Opening, Openings
from drafting.designation import Designation
from drafting.read.source import Span

_HEADER = re.compile(rf"(?:^|{BREAK}) ?(?:Số|SỐ) ?:? ?$")
# “SỞ NGOẠI VỤ Số: 87/TTr-SNgV”: cells of a head run together; a citation has a tên loại before it.
_OWN = re.compile(r"(?:Số|SỐ) ?: ?$")
_FORM_NUMBER = re.compile(r"(?i:mẫu|biểu|bảng|phiếu|phụ lục|tờ|lô|thửa|nhà) (?i:số):? ?$")
_LISTED = re.compile(r",? (?:và )?|, ")
_DRAFT = re.compile(r"(?<!\w)dự thảo (?:\d )?$", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?<!\w)ngày \d[\w/. -]{3,24}, $", re.IGNORECASE)
_IS_MADE = re.compile(r" (?:đã |vừa )?được (?:ký|ban hành|thông qua)(?!\w)")
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)\d{1,2}$")
_TELLING = 2

# A number without its symbol: “Nghị định 150/2025”, “Quyết định số 50 năm 2025”, “Quy chế số 19”.
_SHORT = (
    r"(?P<num>\d{1,5}(?:\s?/\s?(?:19|20)\d\d|,? năm (?:19|20)\d\d)?)"
    r"(?![\w]|\s?[/-]\s?[\w.…]|[.,]\d)"
)
_SO_SHORT = re.compile(rf"(?<!\w)(?i:số)(?: hiệu)?:? ?{_SHORT}")
_KIND_SHORT = re.compile(rf" {_SHORT}")
_CODE_SHORT = re.compile(
    r"(?<!\w)(?P<code>NĐ|QĐ|TT|NQ|ND|QD|nđ|qđ)(?: số)?"
    r" (?P<num>\d{1,5}(?:/|,? năm )(?:19|20)\d\d)(?![\w/])"
)
_CODES = {"NĐ": "Nghị định", "ND": "Nghị định", "QĐ": "Quyết định", "QD": "Quyết định",
          "TT": "Thông tư", "NQ": "Nghị quyết"}  # fmt: skip
# Tên loại that are cited by a bare number; “phương án số 2”, “báo cáo 6/2025” count or date.
_WITH_SO = {
    *LAW_KINDS, "Nghị định", "Nghị quyết", "Thông tư", "Thông tư liên tịch", "Quyết định",
    "Chỉ thị", "Kết luận", "Quy chế", "Quy định", "Hướng dẫn", "Công văn", "Kế hoạch", "Báo cáo",
    "Tờ trình", "Thông báo", "Pháp lệnh", "Nghị quyết liên tịch",
}  # fmt: skip
_WITH_YEAR = {
    *LAW_KINDS, "Nghị định", "Nghị quyết", "Thông tư", "Thông tư liên tịch", "Quyết định", "Chỉ thị"
}  # fmt: skip
_WITH_NOTHING = {"Nghị định", "Thông tư", "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế",
                 "Quy định", "Kết luận"}  # fmt: skip
# “Quyết định 5 nội dung” decides, “Quyết định 5 của UBND” is one.
_NOT_COUNTING = re.compile(
    rf"[,;.):{BREAK}]|$| (?:của|ngày|về|quy định|này|và các|đã|thì|là|được|nêu|nói|CỦA|NGÀY)(?!\w)"
)


class Found(NamedTuple):
    """A cited document with its place in the clean text."""

    start: int
    end: int
    document: CitedDocument


def numbered_documents(clean: Clean) -> list[Found]:
    """Every document cited by number, in order; numbers misshapen or without symbol too.

    A line that begins “Số: 103/BC-SNgV” prints the document's own number and cites nothing.

    >>> text = "theo Quy chế làm việc số 18-QC/TU ngày 25/11/2024 của Ban Chấp hành Đảng bộ tỉnh"
    >>> [(f.document.called(), f.document.issuer.text) for f in numbered_documents(Clean.of(text))]
    [('Quy chế số 18-QC/TU', 'Ban Chấp hành Đảng bộ tỉnh')]
    """
    openings = Openings(clean)
    whole = [number.span() for number in written_numbers(clean.text)]
    short = dict(_short_numbers(clean.text, openings))
    found: list[Found] = []
    last = 0
    for start, end in sorted([*whole, *_outside(short, whole)]):
        if start < last:
            continue
        opening = short.get((start, end)) or _opening(clean, openings, last, (start, end))
        if opening is None or ((start, end) in short and opening.start < last):
            continue
        found.append(_document(clean, opening, (start, end)))
        last = found[-1].end
    return _sharing(clean, found)


def _opening(clean: Clean, openings: Openings, last: int, number: Span) -> Opening | None:
    """What stands before a whole number; None where it is no số, ký hiệu of another paper."""
    start, end = number
    low = max(last, start - REACH)
    before = clean.text[low:start]
    if _HEADER.search(before) or _FORM_NUMBER.search(before):
        return None
    meant = read_number(clean.text[start:end])
    if meant is None or not _may_be(meant):
        return None
    opening = openings.read(low, start)
    if not opening.kind and _OWN.search(before):
        return None
    return opening if _plausible(meant, clean.text[start:end], opening, start) else None


def _may_be(number: Designation) -> bool:
    """Whether the symbol may be one, whatever stands before it: 15 đoàn/47 lượt has none."""
    symbol = number.symbol
    if number.type_symbol or _ASSEMBLY.match(symbol):
        return True
    return sum(c.isupper() for c in symbol) >= _TELLING


def _plausible(number: Designation, written: str, opening: Opening, at: int) -> bool:
    """Whether this is a số, ký hiệu and not “số 5/Trần Phú”."""
    if opening.start < at:
        return True
    if not is_well_shaped(written):
        return sum(c.isupper() for c in number.symbol) > _TELLING
    return bool(number.type_symbol or _ASSEMBLY.match(number.symbol) or number.year)


def _short_numbers(text: str, openings: Openings) -> Iterator[tuple[Span, Opening]]:
    """Numbers without symbol beside a tên loại that is cited so, with what stands before them."""
    for start, end, word in openings.kinds:
        number = _KIND_SHORT.match(text, end)
        if number and _is_cited(word, number["num"], text, number.end()):
            yield number.span("num"), Opening(start, canonical(word))
    for number in _SO_SHORT.finditer(text):
        opening = openings.read(max(0, number.start() - REACH), number.start("num"))
        if opening.kind in _WITH_SO:
            yield number.span("num"), opening
    for number in _CODE_SHORT.finditer(text):
        yield number.span("num"), Opening(number.start(), _CODES[number["code"].upper()])


def _is_cited(word: str, number: str, text: str, end: int) -> bool:
    """Whether a number right after a tên loại, without “số”, is that of a paper."""
    kind = canonical(word)
    if not number.isdigit():
        return kind in _WITH_YEAR and (kind not in LAW_KINDS or word[0].isupper())
    surely = word[0].isupper() or kind in {"Nghị định", "Thông tư"}
    return kind in _WITH_NOTHING and surely and bool(_NOT_COUNTING.match(text, end))


def _outside(short: dict[Span, Opening], whole: list[Span]) -> list[Span]:
    """The short numbers that are no part of a whole one."""
    taken = [*whole, (1 << 60, 1 << 60)]
    found, at = [], 0
    for start, end in sorted(short):
        while taken[at][1] <= start:
            at += 1
        if end <= taken[at][0]:
            found.append((start, end))
    return found


def _document(clean: Clean, opening: Opening, number: Span) -> Found:
    details = read_details(clean, number[1])
    opened = clean.text.count("(", opening.start, details.end)
    if opened > clean.text.count(")", opening.start, details.end):
        details.end += clean.text.startswith(")", details.end)
    after = agency_beside(clean, details.end)
    date, more = _one_of(opening.date, details.date)
    unread = _unread_around(clean, opening.start, details.end)
    issuer, other = _one_of(opening.issuer, details.issuer)
    document = CitedDocument(
        clean.span(opening.start, details.end),
        opening.kind,
        said(clean, *number),
        opening.name,
        date,
        issuer,
        details.subject,
        details.about,
        unread=opening.unread or more or other or details.unread or unread,
        further=details.further,
        beside=(*opening.beside, *([after] if after else [])),
    )
    document = with_cells(clean, document, opening.start, details.end)
    return Found(opening.start, details.end, document)


def _unread_around(clean: Clean, start: int, end: int) -> Said | None:
    """“dự thảo” before a document, or a day: “Ngày …, Nghị định … được ban hành”."""
    draft = _DRAFT.search(clean.text, max(0, start - 24), start)
    day = _DAY_BEFORE.search(clean.text, max(0, start - 40), start)
    if draft is None and (day is None or not _IS_MADE.match(clean.text, end)):
        return None
    found = draft or day
    return said(clean, found.start(), start - 1) if found else None


def _sharing(clean: Clean, found: list[Found]) -> list[Found]:
    """The documents, each told of the issuer that may be its own as well: “số A và số B của …”."""
    shared = list(found)
    for at in range(len(found) - 2, -1, -1):
        one, following = shared[at], shared[at + 1]
        listed = _LISTED.fullmatch(clean.text, one.end, following.start)
        issuer = following.document.issuer or next(iter(following.document.beside), None)
        if listed and issuer and not (one.document.issuer or one.document.subject):
            beside = (*one.document.beside, issuer)
            shared[at] = one._replace(document=replace(one.document, beside=beside))
    return shared


def _one_of(before: Said | None, after: Said | None) -> tuple[Said | None, Said | None]:
    """What is given, and what is given besides and says otherwise."""
    if before is None or after is None or before.text == after.text:
        return after or before, None
    return after, before
