"""Pass one, documents without a number: laws by name, papers by name and date, “Quy chế này”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.citations.citation import CitedDocument, Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.dates import DAY
from drafting.citations.details import read_details, said
from drafting.citations.documents import Found
from drafting.citations.kinds import (
    ANY_KIND,
    CAPITAL_KIND,
    LAW_KINDS,
    NAMED_KINDS,
    TREATY_KINDS,
    canonical,
)
from drafting.citations.law_names import another_name, name_end

_BY_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join((*LAW_KINDS, *TREATY_KINDS))}|Bộ Luật|Điều lệ|Hiến pháp)(?!\w)"
)
_KIND_ONLY = re.compile(CAPITAL_KIND)
_NAME_STOP = re.compile(rf"[;{BREAK}]|\.(?= |$)|,(?= |$)")
_SELF = re.compile(rf"({ANY_KIND}) này(?!\w)")
_AFTER_PROVISION = re.compile(
    r"(?i:điều|khoản|điểm|chương|mục|phụ lục) (?:[\w.]{1,8},? )?(?:của |tại |kèm theo )?$"
)
_DATED = re.compile(rf"(?<!\w)ngày {DAY}", re.IGNORECASE)
_SENTENCE = re.compile(rf"[;:.()“”\"{BREAK}]")
_PAPER = re.compile(rf"(?<!\w)(?:{'|'.join(NAMED_KINDS)})(?!\w)")
# “trước ngày 15/7/2024” is a deadline, “đã gửi Báo cáo … ngày …” a doing: neither dates a paper.
_NOT_DATING = re.compile(
    r"(?:^|[ ,])(?:trước|sau|từ|đến|vào|trong|hết|qua|là|kể từ|cho|tới|tính|bắt đầu|kết thúc"
    r"|thời gian|thực hiện|diễn ra|hoàn thành|dự kiến|sáng|chiều|tối|hằng|hàng|mỗi|các|những)$"
)
_LONG_NAMES = {"Quy chế", "Kế hoạch"}
_SHORT_NAME = 5
_REACH = 320


def named_documents(clean: Clean, taken: list[Found]) -> list[Found]:
    """Documents cited without a number, in order; none overlaps one of `taken`.

    >>> text = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015 và Điều lệ Đảng;"
    >>> [f.document.called() for f in named_documents(Clean.of(text), [])]
    ['Luật Tổ chức chính quyền địa phương', 'Điều lệ Đảng']
    """
    covered = bytearray(len(clean.text))
    for one in taken:
        covered[one.start : one.end] = b"x" * (one.end - one.start)
    found: list[Found] = []
    for finder in (_by_name, _self_references, _dated_papers):
        for one in finder(clean):
            if not any(covered[one.start : one.end]):
                covered[one.start : one.end] = b"x" * (one.end - one.start)
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _by_name(clean: Clean) -> Iterator[Found]:
    text, last = clean.text, 0
    for match in _BY_NAME.finditer(text):
        if match.start() < last:
            continue
        kind = "Bộ luật" if match[0] == "Bộ Luật" else match[0]
        end = name_end(text, kind, match.end())
        if end:
            found = _found(clean, match.start(), kind, match.end() + 1, end)
            last = found.end
            yield found


def _self_references(clean: Clean) -> Iterator[Found]:
    for match in _SELF.finditer(clean.text):
        after = _AFTER_PROVISION.search(clean.text, max(0, match.start() - 24), match.start())
        if match[1][0].isupper() or after:
            kind = canonical(match[1])
            document = CitedDocument(clean.span(*match.span()), kind, this=True)
            yield Found(match.start(), match.end(), document)


def _dated_papers(clean: Clean) -> Iterator[Found]:
    text = clean.text
    for day in _DATED.finditer(text):
        low = max(0, day.start() - _REACH)
        for stop in _SENTENCE.finditer(text, low, day.start()):
            low = stop.end()
        end = day.start()
        while end > low and text[end - 1] in " ,":
            end -= 1
        if _NOT_DATING.search(text, low, end):
            continue
        paper = max(_PAPER.finditer(text, low, end), key=re.Match.start, default=None)
        if paper is not None and _dates_it(paper[0], text[paper.end() : end]):
            yield _found(clean, paper.start(), paper[0], paper.end() + 1, end)


def unnumbered_basis(clean: Clean, start: int, end: int) -> Found | None:
    """The document that a căn cứ from `start` to `end` names by words alone: none stays hidden.

    >>> text = "Quy chế làm việc của Ủy ban nhân dân tỉnh"
    >>> unnumbered_basis(Clean.of(text), 0, len(text)).document.called()
    'Quy chế làm việc của Ủy ban nhân dân tỉnh'
    """
    kind = _KIND_ONLY.match(clean.text, start, end)
    if kind is None:
        return None
    stop = _NAME_STOP.search(clean.text, kind.end(), end)
    name_end = min(stop.start() if stop else end, kind.end() + _REACH)
    while clean.text[name_end - 1] == " ":
        name_end -= 1
    return _found(clean, start, kind[0], kind.end() + 1, name_end)


def _dates_it(kind: str, name: str) -> bool:
    """Whether words between a tên loại and a date can be the name of one paper."""
    if " này" in name or re.search(r"(?<!\w)số \d", name):
        return False
    return kind in _LONG_NAMES or len(name.split()) <= _SHORT_NAME


def _found(clean: Clean, start: int, kind: str, name_start: int, name_end: int) -> Found:
    details = read_details(clean, name_end)
    after = another_name(clean.text[name_end : name_end + 80].split(BREAK)[0])
    if after and details.unread is None and details.issuer is None:
        at = clean.text.index(after, name_end)
        details.unread = said(clean, at, at + len(after))
    name: Said | None = said(clean, name_start, name_end) if name_end > name_start else None
    document = CitedDocument(
        clean.span(start, details.end), canonical(kind), None, name,
        details.date, details.issuer, details.subject, details.about, unread=details.unread,
    )  # fmt: skip
    return Found(start, details.end, document)
