"""Parts that no number finds: “đoạn thứ hai”, “câu cuối”, “khoản bảy”, “khoan 7”.

The library knows provisions by number; what is smaller or spelled otherwise must not be dropped.
"""

from __future__ import annotations

import re
import unicodedata

from drafting.text import fold

_SMALL = (
    r"doan|cau|y|gach dau dong|gach ngang|gach|dau gach ngang|dau gach dau dong|dau gach|dau cong"
    r"|dau tru|dong|ve|menh de"
)
_LEVELS = (
    r"diem|khoan|tiet|dieu|muc|tieu muc|chuong|phan|phu luc|mau so|mau|bieu so|bieu|bang so|cot"
    r"|trang|chu thich|ghi chu|[dk]\.?"
)
_WORDS = r"nhat|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi"
_NUMBER = rf"(?:\d+(?:\.\d+)*[a-z]?|\w*\d\w*|[a-z]|[ivxlc]+|{_WORDS})"
_END = r"(?:dau tien|dau|cuoi cung|cuoi|mo dau|tren|duoi)"
_COUNT = rf"(?:(?: (?:thu |so |tu |den )?(?:{_NUMBER}|den|va|hoac)|\d+(?:\.\d+)*[a-z]?)(?!\w),?)"
_PART = (
    rf"(?:(?:cac |nhung )?(?:{_SMALL})(?:(?: {_END})|{_COUNT}{{1,6}})"
    rf"|(?:cac |nhung )?(?:{_LEVELS}){_COUNT}{{1,6}}|phan (?:dau|cuoi|mo dau))"
)
_JOINT = r"(?:,? (?:cua|tai|thuoc|trong|o|va)|,)?\)?,?"
_BEFORE = re.compile(rf"(?<!\w)(?:\(?{_PART}{_JOINT} )+$")
_AFTER = re.compile(rf"(?:,? (?:tai |o )?| ?\()(?P<part>{_PART})(?!\w)")
_HINT = re.compile(
    rf"(?<!\w)(?:{_SMALL}|{_LEVELS})(?!\w|[-/])|(?<!\w)(?:diem|khoan|tiet|dieu|muc|[dk]\.?)(?=\d)"
)
# “khỏan” is khoản with its tone elsewhere, “mức” is no mục and “đoàn” no đoạn.
_TRUE = [
    "đoạn", "câu", "ý", "gạch", "dấu", "dòng", "vế", "mệnh", "điểm", "khoản", "tiết", "điều", "mục",
    "đ", "k", "tiểu", "chương", "phần", "phụ", "mẫu", "biểu", "bảng", "cột", "trang", "chú", "ghi",
]  # fmt: skip
_SPELLED = {"".join(sorted(unicodedata.normalize("NFD", word))) for word in _TRUE}
_WORD = re.compile(r"[^\W\d_]+")
# A number in marks, doubled letters, another script's digits: “điểm “e””, “khoản [99]”, “Điều ⑨”.
_ODD = re.compile(
    r"(?<!\w)(?:điểm|khoản|tiết|điều|mục|chương|phần|phụ lục) ?"
    r"(?:[“\"'‘(\[«{<„] ?[^\s“”\"'‘’()\[\]]{1,8} ?[”\"'’)\]»}>]|([a-zđ])\1{1,2}"
    r"|[①-⓿⅐-ↈ²³¹⁰-₉]+|(?:cuối|đầu|chót|áp chót|kế cuối|duy nhất)(?: cùng| tiên)?)"
    r"(?:,|,? (?:của|tại|thuộc|trong))? $",
    re.IGNORECASE,
)
_REACH = 90
# Words that make another word of the part: “tài khoản 2”, “thời điểm 1”, “hàng năm”.
_COMPOUND = {
    "tài", "quan", "thời", "địa", "đặc", "trọng", "ưu", "nhược", "danh", "hạng", "đề", "một",
    "thành", "bộ", "quân", "binh", "sư", "tập", "hoạt", "đoàn", "nhu", "yêu", "toàn", "bất", "tiểu",
    "lực", "trung", "dân", "đồng", "chú", "ghi", "đại", "chi", "thí", "kết", "tiêu", "chấm",
}  # fmt: skip


def finer_start(text: str, start: int, low: int) -> int:
    """Where the words for a smaller part that end right before `start` begin; `start` if none.

    >>> line = "theo đoạn thứ chín khoản 24 Điều 2"
    >>> line[finer_start(line, 19, 0) : 19], finer_start("tài khoản 7 Điều 2", 12, 0)
    ('đoạn thứ chín ', 12)
    """
    low = max(low, start - _REACH)
    if not text.endswith(" ", low, start):
        return start
    odd = _ODD.search(text, low, start)
    if odd is not None and _is_part(text, odd.start()):
        return odd.start()
    folded = fold(text[low:start])
    hints = [hint.start() for hint in _HINT.finditer(folded)] if len(folded) == start - low else []
    for at in hints:
        if text.endswith(" từ ", low, start):  # “các điểm từ điểm a đến điểm c”
            return start
        if _BEFORE.match(folded, at) and _is_part(text, low + at):
            plural = next((p for p in ("các ", "những ") if text.endswith(p, low, low + at)), "")
            return low + at - len(plural)
    return start


def finer_end(text: str, end: int) -> int:
    """Where the words for a smaller part that begin right after `end` end; `end` if none do.

    >>> line = "khoản 24 Điều 2 đoạn thứ chín Quyết định"
    >>> line[15 : finer_end(line, 15)]
    ' đoạn thứ chín'
    """
    words = text[end : end + 48]
    folded = fold(words)
    if len(folded) != len(words):
        return end
    found = _AFTER.match(folded)
    if found is None or not _is_part(text, end + found.start("part")):
        return end
    closed = found[0].lstrip().startswith("(") and words.startswith(")", found.end())
    return end + len(words[: found.end()].rstrip(" ,")) + closed


def _is_part(text: str, at: int) -> bool:
    """Whether the word at `at` is the name of a part: not “đoàn 5”, not the second of a pair."""
    word = _WORD.match(text, at)
    if word is None or text[max(0, at - 8) : at].rstrip().rpartition(" ")[2].lower() in _COMPOUND:
        return False
    spelled = "".join(sorted(unicodedata.normalize("NFD", word[0].lower())))
    return word[0].isascii() or spelled in _SPELLED
