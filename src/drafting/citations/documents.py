"""Pass one: whole documents with a number, found from the number outwards."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafting.citations.citation import CitedDocument, Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.details import read_details, said
from drafting.citations.kinds import ANY_KIND, LAW_KINDS, canonical
from drafting.designation import PATTERN, Designation

# How far before a number its tên loại may stand: “Luật Xuất cảnh, nhập cảnh của công dân … số …”.
_REACH = 160
_KIND = re.compile(ANY_KIND)
_HEADER = re.compile(rf"(?:^|{BREAK}) ?(?:Số|SỐ) ?:? ?$")
_NUMBER_WORD = re.compile(r"(?<!\w)(?i:số):? ?$")
_FORM_NUMBER = re.compile(r"(?i:mẫu|biểu|bảng|phiếu|phụ lục|tờ|lô|thửa|nhà) (?i:số):? ?$")
_BETWEEN = re.compile(r" ([^;:.()“”\"]{1,140}) (?i:số):? ?$")
_JOINING = re.compile(r"(?<!\w)(?:tại|theo|và|gửi|trình|kèm|của|với|cho|này|trước|sau)(?!\w)")
_YEAR_AT_END = re.compile(r",? (?:năm )?(?:19|20)\d\d$")
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)\d{1,2}$")


class Found(NamedTuple):
    """A cited document with its place in the clean text."""

    start: int
    end: int
    document: CitedDocument


class _Opening(NamedTuple):
    """What stands before a number: where it begins, the tên loại, the name between the two."""

    start: int
    kind: str
    name: Said | None


def numbered_documents(clean: Clean) -> list[Found]:
    """Every document cited by number, in order.

    A line that begins “Số: 103/BC-SNgV” prints the document's own number and cites nothing.

    >>> text = "theo Quy chế làm việc số 18-QC/TU ngày 25/11/2024 của Ban Chấp hành Đảng bộ tỉnh"
    >>> [(f.document.called(), f.document.issuer.text) for f in numbered_documents(Clean.of(text))]
    [('Quy chế số 18-QC/TU', 'Ban Chấp hành Đảng bộ tỉnh')]
    """
    found: list[Found] = []
    last = 0
    for number in PATTERN.finditer(clean.text):
        low = max(last, number.start() - _REACH)
        before = clean.text[low : number.start()]
        if _HEADER.search(before) or _FORM_NUMBER.search(before):
            continue
        opening = _opening(clean, low, number.start())
        if not _plausible(Designation.from_match(number), opening, number.start()):
            continue
        found.append(_document(clean, opening, number))
        last = found[-1].end
    return found


def _document(clean: Clean, opening: _Opening, number: re.Match[str]) -> Found:
    details = read_details(clean, number.end())
    document = CitedDocument(
        clean.span(opening.start, details.end),
        opening.kind,
        said(clean, *number.span()),
        opening.name,
        details.date,
        details.issuer,
        details.subject,
        details.about,
    )
    return Found(opening.start, details.end, document)


def _opening(clean: Clean, low: int, at: int) -> _Opening:
    """The words before the number at `at`, read back to `low` at most."""
    low = max(low, clean.text.rfind(BREAK, low, at) + 1)
    last = max(_KIND.finditer(clean.text, low, at), key=re.Match.start, default=None)
    word = _NUMBER_WORD.search(clean.text, low, at)
    if last is not None:
        if last.end() == (word.start() if word else at) - 1:
            return _Opening(last.start(), canonical(last[0]), None)
        between = _BETWEEN.fullmatch(clean.text, last.end(), at)
        if between and last[0][0].isupper() and _is_name(canonical(last[0]), between[1]):
            name = _YEAR_AT_END.sub("", between[1])
            start = between.start(1)
            named = said(clean, start, start + len(name)) if name else None
            return _Opening(last.start(), canonical(last[0]), named)
    return _Opening(word.start() if word else at, "", None)


def _is_name(kind: str, between: str) -> bool:
    """Whether words between tên loại and “số” belong to the paper (“Quy chế làm việc số …”)."""
    if kind in LAW_KINDS:
        return True
    return len(between.split()) <= 8 and not _JOINING.search(between) and "," not in between


def _plausible(number: Designation, opening: _Opening, at: int) -> bool:
    """Whether this is a số, ký hiệu and not “15 đoàn/47 lượt”, “số 5/Trần Phú”."""
    if number.type_symbol or _ASSEMBLY.match(number.symbol):
        return True
    capitals = sum(c.isupper() for c in number.symbol)
    return capitals > 1 and opening.start < at
