"""Pass one, documents without a number: laws by name, papers by name and date, “Quy chế này”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.citations.citation import CitedDocument, Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.details import DAY, read_details, said
from drafting.citations.documents import Found
from drafting.citations.kinds import (
    ANY_KIND,
    CAPITAL_KIND,
    LAW_KINDS,
    NAMED_KINDS,
    TREATY_KINDS,
    canonical,
)

_BY_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join((*LAW_KINDS, *TREATY_KINDS))}|Bộ Luật|Điều lệ|Hiến pháp)(?!\w)"
)
# Not names: “Luật sư”, “Luật pháp quốc tế”; “Hiệp định trên biên giới” names no agreement.
_NO_NAME = re.compile(
    r" (?:sư|pháp|gia|tục|định|này|trên|đã|được|có|là|và|hoặc|quốc tế|mẫu|nói|nêu|hiện)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
# A name goes on over a comma or “và” only into these, which laws in force do.
_AFTER_COMMA = re.compile(
    r"(?:chống|khen thưởng|công chức|nhập cảnh|xuất cảnh|quá cảnh|cư trú|sử dụng|an toàn|chữa cháy"
    r"|bổ sung một số điều của|bổ sung|tố cáo|viên chức|quản lý|tái|thủy|bảo hiểm|cứu hộ)(?!\w)"
)
# “Luật Thi hành tạm giữ, tạm giam.”
_LAST_PAIR = re.compile(rf"[^\W\d_A-ZĐ]+ [^\W\d_]+(?=[;.){BREAK}]| (?:ngày|năm|số) \d|$)")
_AFTER_AND = re.compile(r"(?:cứu nạn|gia đình|lệ phí|an ninh|sử dụng|kinh doanh|quản lý)(?!\w)")
_AMENDING = re.compile(
    r" sửa đổi, bổ sung một số điều của (?:các )?(?:Luật|Bộ luật|Pháp lệnh)(?!\w)"
)
_STOP = {
    "ngày", "số", "năm", "có", "được", "đã", "này", "thì", "là", "để", "khi", "nếu", "tại", "theo",
    "do", "trong", "cho", "sau", "trước", "hiện", "nêu", "hoặc", "nhằm", "phải", "không", "gồm",
    "ban", "thay", "kể", "từ", "đến", "vào", "gửi", "trình", "ký", "bị",
}  # fmt: skip
_MAX_WORDS = 24
_CHARTER = re.compile(r" Đảng(?: [Cc]ộng sản Việt Nam)?| (?:[A-ZĐ]\w+)(?: [A-ZĐ]\w+){0,6}")
_CONSTITUTION = re.compile(r" nước (?:CHXHCN|Cộng hòa xã hội chủ nghĩa) Việt Nam")

_YEAR_NEXT = re.compile(r",? (?:năm |ngày )?\d{1,4}")
_MEANT = re.compile(r"(?:Căn cứ|[Đđ]iều \d+[a-zđ]?,?|[Đđ]iều \d+ của) Hiến pháp$")
_KIND_NEXT = re.compile(rf"{CAPITAL_KIND}|(?:Điều|Khoản|Điểm|Chương|Mục|Phụ lục)(?!\w)")
_DOING = re.compile(
    r"(?:quy định|yêu cầu|hướng dẫn|thông qua|cho phép|trên địa bàn|và các|của Quốc hội|về|đối với"
    r"|thực hiện|sửa đổi|gọi là|gọi tắt)(?!\w)"
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
        end = _name_end(text, kind, match)
        if end:
            found = _found(clean, match.start(), kind, match.end() + 1, end)
            last = found.end
            yield found


def _name_end(text: str, kind: str, match: re.Match[str]) -> int:
    """Where the name after a tên loại ends; 0 when no name follows."""
    at = match.end()
    if kind == "Điều lệ":
        charter = _CHARTER.match(text, at)
        return charter.end() if charter else 0
    if kind == "Hiến pháp":
        state = _CONSTITUTION.match(text, at)
        meant = state or _YEAR_NEXT.match(text, at) or _MEANT.search(text[max(0, at - 24) : at])
        return (state.end() if state else at) if meant else 0
    while amended := _AMENDING.match(text, at):
        at = amended.end()
    if _NO_NAME.match(text, at):
        return 0
    end = at
    for count in range(_MAX_WORDS):
        grown = _next_name_word(text, end, first=count == 0)
        if not grown:
            break
        end = grown
    return end if end > at else 0


def _next_name_word(text: str, end: int, *, first: bool) -> int:
    """The end of the name grown by one word; 0 when it has ended."""
    joint = next((j for j in (" và ", " - ", " – ", ", ", " ") if text.startswith(j, end)), "")
    word = _WORD.match(text, end + len(joint)) if joint else None
    if word is None:
        return 0
    capital = word[0][0].isupper()
    if joint == ", " and not (
        _AFTER_COMMA.match(text, word.start()) or _LAST_PAIR.match(text, word.start())
    ):
        return 0
    if joint == " và " and not _AFTER_AND.match(text, word.start()):
        return word.end() if capital and not _KIND_NEXT.match(text, word.start()) else 0
    if joint in {" - ", " – "} and not capital:
        return 0
    if not first and (word[0] in _STOP or _DOING.match(text, word.start())):
        return 0
    return word.end()


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
    name: Said | None = said(clean, name_start, name_end) if name_end > name_start else None
    document = CitedDocument(
        clean.span(start, details.end), canonical(kind), None, name,
        details.date, details.issuer, details.subject, details.about,
    )  # fmt: skip
    return Found(start, details.end, document)
