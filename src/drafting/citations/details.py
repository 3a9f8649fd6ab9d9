"""What follows a number: the date, the issuer and the subject of a cited document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafting.citations.citation import Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.kinds import CAPITAL_KIND, SUBJECT_VERBS

DAY = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)\d\d(?!\d)"
    r"|\d{1,2} tháng \d{1,2} năm (?:19|20)\d\d(?!\d))"
)
_DATE = re.compile(rf",? (?:(?:ký|ban hành) )?ngày (?P<day>{DAY})", re.IGNORECASE)
_YEAR = re.compile(r",? (?P<day>(?:năm )?(?:19|20)\d\d)(?![\w/.-])", re.IGNORECASE)
_BY = re.compile(r",? (?:của|do) (?=\w)", re.IGNORECASE)
_ABOUT = re.compile(r",? \(?(?:V/v|về)(?: việc)? (?=\w)", re.IGNORECASE)
_VERB = re.compile(rf",? (?=(?:{'|'.join(SUBJECT_VERBS)})(?!\w))")
_SUBJECT_END = re.compile(rf"[;{BREAK}]|\./\.|\.(?=[ {BREAK}”\"]|$)")
_BRACKET = re.compile(r"[()“”]")
MAX_SUBJECT = 1_200

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


@dataclass(slots=True)
class Details:
    """Date, issuer and subject as far as the text gives them; `end` is where the issuer ends."""

    end: int
    date: Said | None = None
    issuer: Said | None = None
    subject: Said | None = None
    about: bool = field(default=False)


def read_details(clean: Clean, at: int) -> Details:
    """What stands from `at` on, in either order: “ngày … của …” or “của … ngày …”."""
    text, details = clean.text, Details(at)
    for _ in range(3):
        date = details.date is None and (
            _DATE.match(text, details.end) or _YEAR.match(text, details.end)
        )
        if date:
            details.date, details.end = said(clean, *date.span("day")), date.end()
            continue
        by = _BY.match(text, details.end) if details.issuer is None else None
        end = issuer_end(text, by.end()) if by else 0
        if by and end:
            details.issuer, details.end = said(clean, by.end(), end), end
            continue
        break
    _read_subject(clean, details)
    return details


def _read_subject(clean: Clean, details: Details) -> None:
    text = clean.text
    opening = _ABOUT.match(text, details.end)
    details.about = opening is not None
    if opening is None and details.issuer is not None:
        opening = _VERB.match(text, details.end)
    if opening is None:
        return
    stop = min(len(text), opening.end() + MAX_SUBJECT)
    found = _SUBJECT_END.search(text, opening.end(), stop)
    end = _unopened(text, opening.end(), found.start() if found else stop)
    while end > opening.end() and text[end - 1] in " ,":
        end -= 1
    if end > opening.end():
        details.subject = said(clean, opening.end(), end)


def _unopened(text: str, start: int, end: int) -> int:
    """The first bracket or quote that closes something opened before `start`, else `end`."""
    depth = 0
    for mark in _BRACKET.finditer(text, start, end):
        depth += 1 if mark[0] in "(“" else -1
        if depth < 0:
            return mark.start()
    return end


def said(clean: Clean, start: int, end: int) -> Said:
    """The words of `clean` from `start` to `end`, with their place in the given text."""
    return Said(clean.text[start:end], clean.span(start, end))


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
    """
    first = _WORD.match(text, start)
    if first is None or not first[0][0].isupper():
        return 0
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
