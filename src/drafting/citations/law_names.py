"""Laws, treaties and charters called by name: where the name ends."""

from __future__ import annotations

import re

from drafting.citations.clean import BREAK
from drafting.citations.kinds import CAPITAL_KIND

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

# What makes another name of one that is known; “Việt Nam” and an agency after it do not.
_ANOTHER = re.compile(
    r"(?: ?[-–])? ?(?:(?=[A-ZĐÂĂÊÔƠƯÁẤÚÝÍÓ])(?!Việt Nam(?! ?[-–]))"
    r"|của (?!Việt Nam|nước ta|Quốc hội)(?=[A-ZĐ])|sửa đổi|khóa|nhiệm kỳ"
    r"|trên (?:biển|bộ|sông)|bộ(?!\w)|bổ sung)[^;:.,()]{0,60}"
)
_WITH_AGENCY = re.compile(r"(?: của)? ?(?:Sở|Bộ|UBND|HĐND|Ủy ban|Ban|Chính phủ|Tỉnh|Thủ)(?!\w)")


def another_name(after: str) -> str:
    """The words at the beginning of `after` that make another name of the one before them, or "".

    >>> another_name(" Cộng sản Trung Quốc"), another_name(" Việt Nam yêu cầu"), another_name(" và")
    ('Cộng sản Trung Quốc', '', '')
    """
    found = _ANOTHER.match(after) if after.startswith((" ", "-")) else None
    if found is None or _WITH_AGENCY.match(after) or _KIND_NEXT.match(after.strip()):
        return ""
    return found[0].strip()


def name_end(text: str, kind: str, at: int) -> int:
    """Where the name after a tên loại that ends at `at` ends; 0 when no name follows.

    >>> line = "Luật Phòng, chống tham nhũng và các văn bản"
    >>> line[: name_end(line, "Luật", 4)]
    'Luật Phòng, chống tham nhũng'
    """
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
