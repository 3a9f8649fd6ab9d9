"""Names of agencies as they stand in running text: where one ends, which province it names."""

from __future__ import annotations

import re

from drafting.citations.kinds import CAPITAL_KIND, SUBJECT_VERBS
from drafting.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*")
_ROMAN = re.compile(r"[IVXLC]+$")
# Lower-case syllables that belong to a name wherever they stand.
_INNER = (
    "nhân dân", "nhà nước", "thường vụ", "thường trực", "vận tải", "nông thôn", "tối cao",
    "trung ương", "thành phố", "trực thuộc", "tự trị", "dân tộc",
    "tỉnh", "huyện", "xã", "phường", "thị xã", "quận", "đặc khu", "nước", "khóa",
)  # fmt: skip
_INNER_WORDS = re.compile(rf"(?:{'|'.join(sorted(_INNER, key=len, reverse=True))})(?!\w)")
_PLACE = {"tỉnh", "huyện", "xã", "phường", "phố", "quận", "nước", "khu", "ủy"}
_NEVER = {
    "về", "là", "đã", "có", "được", "ngày", "theo", "tại", "với", "cho", "để", "do", "khi", "thì",
    "này", "trên", "trong", "thay", "gồm", "nêu", "và", "hoặc", "số", "năm", "tới", "đến", "sẽ",
    "đang", "phải", "không", "bị", "vào", "từ",
}  # fmt: skip
_NOT_A_NAME = re.compile(rf"{CAPITAL_KIND}|(?:Điều|Khoản|Điểm|Phụ lục) ")
_OTHER_AGENCY = re.compile(r"(?:Sở|Bộ|Ban|Ủy ban|UBND|HĐND|Tỉnh ủy)(?!\w)")
# Agencies with a comma in their name: “Sở Văn hóa, Thể thao và Du lịch”.
_LISTING = {"Bộ", "Sở", "Giám", "Cục", "Phòng"}
_VERB_AHEAD = re.compile(rf"(?:{'|'.join(SUBJECT_VERBS)})(?!\w)")
# What begins the name of an agency, written with or without its capitals.
_LOWER = re.compile(
    r"(?:(?:phó )?chủ tịch )?(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|thủ tướng chính phủ"
    r"|thủ tướng|chính phủ|quốc hội|bộ chính trị|ban bí thư|ban thường vụ tỉnh ủy|tỉnh ủy"
    r"|bộ ngoại giao|sở ngoại vụ)?(?: ?(?:tỉnh|thành phố|tp\.?))?(?!\w)"
)
AGENCY = re.compile(
    r"(?<!\w)(?:UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Chính phủ|Thủ tướng|Quốc hội|Chủ tịch|Bộ|Sở|Ban"
    r"|Tỉnh ủy|Thành ủy|Huyện ủy|Văn phòng|Chính quyền|Công an|[Tt]ỉnh|[Tt]hành phố|TP\.?)(?!\w)"
    r"(?= ?[A-ZĐÀ-Ỹ]| (?:nhân|tỉnh|thành|xã|huyện|thường|chấp|trưởng))"
    r"|(?<!\w)(?:Chính phủ|UBND|HĐND|Quốc hội|Thủ tướng|Tỉnh ủy)(?!\w)"
)
# The provinces of 2025 and those merged into them, folded.
PROVINCES = (
    "an giang", "ba ria - vung tau", "ba ria vung tau", "bac giang", "bac kan", "bac lieu",
    "bac ninh", "ben tre", "binh dinh", "binh duong", "binh phuoc", "binh thuan", "ca mau",
    "can tho", "cao bang", "da nang", "dak lak", "dak nong", "dien bien", "dong nai", "dong thap",
    "gia lai", "ha giang", "ha nam", "ha noi", "ha tinh", "hai duong", "hai phong", "hau giang",
    "ho chi minh", "hoa binh", "hue", "hung yen", "khanh hoa", "kien giang", "kon tum", "lai chau",
    "lam dong", "lang son", "lao cai", "long an", "nam dinh", "nghe an", "ninh binh", "ninh thuan",
    "phu tho", "phu yen", "quang binh", "quang nam", "quang ngai", "quang ninh", "quang tri",
    "soc trang", "son la", "tay ninh", "thai binh", "thai nguyen", "thanh hoa",
    "thua thien hue", "tien giang", "tra vinh", "tuyen quang", "vinh long", "vinh phuc", "yen bai",
)  # fmt: skip
_PROVINCE = re.compile(rf"(?<!\w)(?:{'|'.join(PROVINCES)})(?!\w)")
_BEFORE_PLACE = re.compile(r"(?:tỉnh|thành phố|tp\.?|ubnd|hđnd|nhân dân)$", re.IGNORECASE)
_LONGEST_PLACE = 20


def provinces_in(text: str) -> set[str]:
    """The provinces a text names, folded.

    >>> provinces_in("UBND tỉnh Bắc Giang và tỉnh lạng sơn") == {"bac giang", "lang son"}
    True
    """
    return set(_PROVINCE.findall(fold(text)))


def province_at(text: str, at: int) -> int:
    """Where the name of a province that begins at `at` ends, in any case; 0 when none does."""
    found = _PROVINCE.match(fold(text[at : at + _LONGEST_PLACE]))
    return at + found.end() if found else 0


def issuer_end(text: str, start: int) -> int:
    """Where the name of an agency that begins at `start` ends; 0 when none begins there.

    Vietnamese agencies capitalise the first syllable of each word of their name; lower-case
    syllables go on a word (“Ngoại giao”) or are among the few that names share (“nhân dân”).

    >>> line = "Bộ trưởng Bộ Ngoại giao hướng dẫn chức năng"
    >>> line[:issuer_end(line, 0)]
    'Bộ trưởng Bộ Ngoại giao'
    >>> line = "Ban Thường vụ Tỉnh ủy quản lý thống nhất"
    >>> line[:issuer_end(line, 0)]
    'Ban Thường vụ Tỉnh ủy'
    >>> line = "ủy ban nhân dân tỉnh bắc giang quy định"
    >>> line[:issuer_end(line, 0)]
    'ủy ban nhân dân tỉnh bắc giang'
    """
    first = _WORD.match(text, start)
    if first is None:
        return 0
    if first[0][0].isupper():
        return _with_place(text, _name_end(text, first))
    lower = _LOWER.match(text, start)
    if lower is None or lower.end() == start:
        return 0
    named = _WORD.match(text, lower.end() + 1) if text.startswith(" ", lower.end()) else None
    if named and named[0][0].isupper() and not _NOT_A_NAME.match(text, named.start()):
        return _name_end(text, named)
    return _with_place(text, lower.end())


def _with_place(text: str, end: int) -> int:
    """The end of a name with the province after it, should that be written in lower case."""
    if text[end : end + 1] != " " or not _BEFORE_PLACE.search(text, max(0, end - 12), end):
        return end
    return province_at(text, end + 1) or end


def _name_end(text: str, first: re.Match[str]) -> int:
    end, before, place = first.end(), first[0], False
    for _ in range(24):
        word, joint = _next_word(text, end)
        if word is None or (joint == "," and first[0] not in _LISTING):
            break
        grown = _grow(text, word, before, place, joint)
        if not grown:
            break
        place = before.lower() in _PLACE or (place and before[0].isupper())
        end, before = grown, text[:grown].rsplit(" ", 1)[-1]
    return end


def _next_word(text: str, end: int) -> tuple[re.Match[str] | None, str]:
    """The next word and what joins it to the name so far: a space, a dash, a comma, “và”."""
    for joint in (" và ", " - ", " – ", ", ", " "):
        if text.startswith(joint, end):
            return _WORD.match(text, end + len(joint)), joint.strip()
    return None, ""


def _grow(text: str, word: re.Match[str], before: str, place: bool, joint: str) -> int:
    """Where the name ends once `word` is part of it; 0 when it is not."""
    if word[0][0].isupper():
        ahead = text[word.start() : word.start() + 40]
        listed = joint == "," and _OTHER_AGENCY.match(ahead)
        other = listed or _NOT_A_NAME.match(ahead) or word[0].lower() in _NEVER
        return 0 if other else word.end()
    inner = _INNER_WORDS.match(text, word.start())
    if joint:
        return 0
    if inner:
        return inner.end()
    if word[0] in _NEVER or _VERB_AHEAD.match(text, word.start()) or _ROMAN.match(before):
        return 0
    begun = before[0].isupper() and not (len(before) > 1 and before.isupper())
    return word.end() if begun and not place else 0
