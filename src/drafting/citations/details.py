"""What stands beside a number: the date, the issuer and the subject of a cited document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafting.citations.agencies import AGENCY, issuer_end, province_at, provinces_in
from drafting.citations.citation import Said
from drafting.citations.clean import BREAK, Clean
from drafting.citations.dates import DAY, DAY_ONLY, MONTH
from drafting.citations.kinds import CAPITAL_KIND, SUBJECT_VERBS

# “ban hành ngày”, “được ký ngày”: the day it was made, not the day it takes effect.
_MADE = r"(?:(?:đã |vừa )?(?:được )?(?:ký ban hành|ký|ban hành|thông qua|phê duyệt|lập) )?(?:vào )?"
# A capital (“Của”, “Do”, “Năm 2026 …”) begins the next sentence.
_OF = "(?-i:của|CỦA|do|DO|(?:ban hành |ký )?bởi)"
_JOINT = re.compile(r",? (?:- )?\(?|, ?\(?| ?\(")
_WHOLE = (
    re.compile(rf"{_MADE}ngày:? ?(?P<day>{DAY})", re.IGNORECASE),
    re.compile(r"(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d)(?![\w/])"),
    re.compile(r"(?P<day>(?:(?:năm|NĂM) )?(?:19|20)\d\d)(?![\w/-]|\.\d)"),
)
_LESS = (
    re.compile(rf"{_MADE}ngày ?(?P<day>{DAY_ONLY})", re.IGNORECASE),
    re.compile(rf"{_MADE}(?-i:(?=t|TH))(?P<day>{MONTH})", re.IGNORECASE),
)
_BY = re.compile(rf"{_OF} (?:liên (?:tịch )?)?(?=\w)", re.IGNORECASE)
_PLACE = re.compile(r"(?=tỉnh [A-ZĐ])")
_MADE_BY = re.compile(r"(?:đã |vừa )?được (?=[A-ZĐ])")
_MADE_VERB = re.compile(r" (?:ký ban hành|ban hành|thông qua|ký)(?!\w)")
_ABOUT = re.compile(r",? [(“\"]?(?:V/v|về)(?: việc)? (?=\w)", re.IGNORECASE)
_VERB = re.compile(rf",? (?=(?:{'|'.join(SUBJECT_VERBS)})(?!\w))")
_SUBJECT_END = re.compile(rf"[;{BREAK}]|\./\.|\.(?=[ {BREAK}”\"]|$)")
# What a semicolon in the subject itself leaves: no tên loại, no “Căn cứ” begins there.
_FURTHER = re.compile(rf"; (?!Căn cứ|Theo|Xét|Thực hiện|{CAPITAL_KIND})[A-ZĐÀ-Ỹ][^;{BREAK}]{{8,}}")
_CLOSED = re.compile(rf"[;{BREAK}]|\.?$|\.[ {BREAK}]")
_BRACKET = re.compile(r"[()“”]")
MAX_SUBJECT = 1_200

# What looks like a date or an issuer but was read as neither.
_MONTHS = r"một|giêng|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười|chạp"
# “từ ngày”, “trước ngày”: a day of something else.
_NOT_MADE = r"(?:từ|đến|trước|sau|hết|qua|tới|lực|cho|trong|là)(?!\w)"
_UNREAD = re.compile(
    rf"[ ,:.(/\[–-]*{_MADE}(?:(?-i:ngày|NGÀY) ?(?!càng|nay|này|đó|đêm|đầu|hôm|một(?! tháng))\w"
    rf"|(?:hồi )?(?-i:tháng|THÁNG|năm|NĂM|quý) ?[\dIVX]|(?-i:tháng) (?:{_MONTHS})(?!\w)"
    r"|(?-i:năm) hai (?:nghìn|ngàn|không))"
    r"|[ ,:(\[-]+\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}(?![\w/])|[ ,]*\(\d{1,2}[/.-]\d{1,2}\)"
    r"|[ ,:(\[-]+(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?!\d)|\(\w+\)"
    rf"|[ ,:(/\[-]*(?:và )?(?-i:của|CỦA) \w| (?-i:thuộc [A-ZĐ]|Ngày \d)"
    rf"|{BREAK} ?(?-i:ngày \d|của [A-ZĐ])"
    # Misspelt: “ngaỳ 01/7/2025”, “cuả Chính phủ”, “kí 01/7/2025”.
    r"|[ ,(-]+(?:ng[aàáảãạăâ][yỳýỷỹỵ] ?\d|c[uùúủũụ][aàáảãạ] \w)"
    rf"|[ ,(-]+(?:(?!{_NOT_MADE})[^\W\d_]+ ){{1,3}}\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?!\w)",
    re.IGNORECASE,
)
_TO_AGENCY = re.compile(r"(?: - | ?\(| )(?=\w)")
_TO_PLACE = re.compile(r"[ ,(-]{1,3}(?:tỉnh |thành phố |TP\.? ?)?", re.IGNORECASE)
_TO_BESIDE = re.compile(r"(?: - |,? ?[(\[]+|,? )(?=\w)")
_WORD_BETWEEN = re.compile(r"(?: - |,? ?[(\[]+|,? )[^\W\d_]+ (?=\w)")
_LEAD = f" ,:.(/[–-{BREAK}"
# “(sau đây gọi là …)” may stand between a number and its issuer.
_ASIDE = re.compile(rf" ?\([^();{BREAK}]{{1,120}}\)")
_FOOTNOTE = re.compile(r" ?\[\d{1,3}\]")
# What may follow an issuer without the sentence going on from its last agency.
_SETTLED = re.compile(rf"[;,.){BREAK}]|$| (?:về|quy định|hướng dẫn|ban hành|ngày)(?!\w)")
_QUOTED = re.compile(rf"[^;{BREAK}()]{{1,60}}(?!\w)")


@dataclass(slots=True)
class Details:
    """Date, issuer and subject as far as the text gives them; `end` is where the issuer ends.

    `unread` are words right there that look like a date or an issuer and could not be read.
    """

    end: int
    date: Said | None = None
    issuer: Said | None = None
    subject: Said | None = None
    about: bool = field(default=False)
    unread: Said | None = None
    further: str = ""


def read_details(clean: Clean, at: int) -> Details:
    """What stands from `at` on, in either order: “ngày … của …” or “của … (ngày …)”."""
    mark = _FOOTNOTE.match(clean.text, at)
    details = read_parts(clean, mark.end() if mark else at)
    aside = _ASIDE.match(clean.text, details.end)
    more = read_parts(clean, aside.end()) if aside else details
    if more.end > details.end and aside and more.end > aside.end():
        other = (details.date and more.date) or (details.issuer and more.issuer)
        details.date = details.date or more.date
        details.issuer, details.end = details.issuer or more.issuer, more.end
        details.unread = other
    unread = unread_at(clean.text, details.end, issued=details.issuer is not None)
    if unread >= 0 and details.unread is None:
        details.unread = _quoted(clean, unread)
    if details.issuer and details.unread is None and _is_joint(clean.text, details):
        details.unread = details.issuer
    _read_subject(clean, details)
    return details


def _is_joint(text: str, details: Details) -> bool:
    """Whether two agencies are said to have issued it: “của Bộ A và Bộ B;”."""
    first, _, second = details.issuer.text.rpartition(" và ") if details.issuer else ("", "", "")
    return bool(first and AGENCY.match(second) and _SETTLED.match(text, details.end))


def read_parts(clean: Clean, at: int) -> Details:
    """Date and issuer alone, from `at` on.

    >>> text = " của UBND tỉnh Bắc Giang (ban hành ngày 01/7/25) về"
    >>> details = read_parts(Clean.of("x" + text), 1)
    >>> details.issuer.text, details.date.text, text[details.end - 1 :]
    ('UBND tỉnh Bắc Giang', '01/7/25', ' về')
    """
    text, details, opened = clean.text, Details(at), False
    for _ in range(6):
        joint = _JOINT.match(text, details.end)
        if joint is None:
            break
        if not (_read_date(clean, details, joint) or _read_issuer(clean, details, joint)):
            break
        opened = opened or joint[0].endswith("(")
        if opened and text.startswith(")", details.end):
            details.end, opened = details.end + 1, False
    return details


def _read_date(clean: Clean, details: Details, joint: re.Match[str]) -> bool:
    if details.date is not None:
        return False
    # “…, tháng 7 năm 2025 Sở đã họp”: over a comma less than a day may begin a new thought.
    forms = _WHOLE if "," in joint[0] else (*_WHOLE, *_LESS)
    found = next((m for form in forms if (m := form.match(clean.text, joint.end()))), None)
    if found is None:
        return False
    details.date, details.end = said(clean, *found.span("day")), found.end()
    return True


def _read_issuer(clean: Clean, details: Details, joint: re.Match[str]) -> bool:
    if details.issuer is not None:
        return False
    text, at = clean.text, joint.end()
    by, made = _BY.match(text, at), _MADE_BY.match(text, at)
    if "," not in joint[0]:
        by = by or _PLACE.match(text, at)
    alone = joint[0].endswith("(") and AGENCY.match(text, at)
    opening = by or made
    start = opening.end() if opening else at
    # “…, ngày 30/6/2025, Quốc hội;”: with nothing after it, no sentence goes on.
    last = not alone and not opening and details.date is not None and AGENCY.match(text, at)
    end = issuer_end(text, start) if opening or alone or last else 0
    last = last and _CLOSED.match(text, end) if end else None
    if not (opening or alone or last):
        return False
    if not end or (made and not _MADE_VERB.match(text, end)):
        return False
    if not opening and not (last or text.startswith((")", ","), end)):
        return False
    details.issuer, details.end = said(clean, start, end), end
    return True


def unread_at(text: str, at: int, *, issued: bool) -> int:
    """Where words begin at `at` that look like a date or an issuer; -1 when none do.

    >>> line = "Quyết định số 50/2025/QĐ-UBND, ngày mồng một tháng bảy"
    >>> line[unread_at(line, 29, issued=False):]
    'ngày mồng một tháng bảy'
    >>> unread_at("19-QC/TU ngày càng phát huy", 8, issued=False)
    -1
    """
    found = _UNREAD.match(text, at)
    if found is not None and not issued and found[0].startswith(" và"):
        found = None  # “theo Luật … và của Bộ Công an”
    if found is None and issued:
        beside = _TO_PLACE.match(text, at)
        found = beside if beside and province_at(text, beside.end()) else None
    elif found is None:
        beside = _TO_AGENCY.match(text, at)
        found = beside if beside and _names_agency(text, beside) else None
    if found is None:
        return -1
    return at + len(found[0]) - len(found[0].lstrip(_LEAD))


def _names_agency(text: str, joint: re.Match[str]) -> bool:
    """Whether an agency stands there; after a space alone it may begin the next sentence."""
    agency = AGENCY.match(text, joint.end())
    end = issuer_end(text, joint.end()) if agency else 0
    alone = joint[0] != " " or text.startswith(";", end)
    return bool(end) and (alone or bool(provinces_in(text[joint.end() : end])))


def agency_beside(clean: Clean, at: int) -> Said | None:
    """An agency or a province named right after, which may or may not be the issuer's.

    >>> clean = Clean.of("Quyết định số 50/2025/QĐ-UBND, tỉnh Bắc Giang đã tổ chức")
    >>> agency_beside(clean, 29).text
    'tỉnh Bắc Giang'
    """
    text = clean.text
    for joint in (_TO_BESIDE.match(text, at), _WORD_BETWEEN.match(text, at)):
        start = joint.end() if joint else 0
        begun = AGENCY.match(text, start) if joint else None
        end = issuer_end(text, start) if begun else (province_at(text, start) if joint else 0)
        if end:
            return said(clean, start, end)
    return None


def _quoted(clean: Clean, at: int) -> Said | None:
    words = _QUOTED.match(clean.text, at)
    return said(clean, at, at + len(words[0].rstrip(" ,.:"))) if words else None


def _read_subject(clean: Clean, details: Details) -> None:
    text = clean.text
    opening = _ABOUT.match(text, details.end)
    details.about = opening is not None
    opening = opening or _VERB.match(text, details.end)
    if opening is None:
        return
    stop = min(len(text), opening.end() + MAX_SUBJECT)
    found = _SUBJECT_END.search(text, opening.end(), stop)
    end = _unopened(text, opening.end(), found.start() if found else stop)
    while end > opening.end() and text[end - 1] in " ,":
        end -= 1
    if end > opening.end():
        details.subject = said(clean, opening.end(), end)
        details.further = (_FURTHER.match(text, end) or [""])[0]


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
