"""Whether an agency as written is the one that is known to have issued a document."""

from __future__ import annotations

import re

from drafting.citations.agencies import provinces_in
from drafting.records import CASE_PAPER, Record
from drafting.text import classic, fold, fold_word, words

_TERM = re.compile(r"\b(?:khóa [ivxlc]+|nhiệm kỳ \d{4}\s?[-–]\s?\d{4})")
_SHORT = (
    ("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("btv", "ban thường vụ"),
    ("ttg", "thủ tướng chính phủ"), ("bch", "ban chấp hành"), ("tp", "thành phố"),
    ("chxhcn", "cộng hòa xã hội chủ nghĩa"), ("tw", "trung ương"), ("bđbp", "bộ đội biên phòng"),
    ("hdnd", "hội đồng nhân dân"),
)  # fmt: skip
_SHORT_WORDS = re.compile(rf"\b({'|'.join(short for short, _ in _SHORT)})\b")
LONG = dict(_SHORT)
# “Bộ trưởng Bộ Ngoại giao” signs what “Bộ Ngoại giao” issues; the Chủ tịch is not the Ủy ban.
_HEADS = re.compile(r"^(?:bộ trưởng|thống đốc)\s+|nước cộng hòa xã hội chủ nghĩa việt nam")


def same_issuer(given: str, record: Record, province: str = "") -> bool | None:
    """Whether an agency as written is the record's; None when the record knows none.

    >>> record = Record("20/2022/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Lạng Sơn", "",
    ...     jurisdiction="tỉnh Lạng Sơn")
    >>> same_issuer("UBND tỉnh", record), same_issuer("UBND tỉnh Bắc Giang", record)
    (True, False)
    >>> same_issuer("UBND tỉnh", record, province="tỉnh Bắc Giang")
    False
    >>> [same_issuer(one, record) for one in ("tỉnh Lạng Sơn", "tỉnh", "tỉnh Bắc Giang")]
    [True, True, False]
    """
    if not record.issuer:
        return None
    here, there = _issuer(given), _issuer(record.issuer)
    place = place_of(record)
    if names_elsewhere(given, record):
        return False
    named = bool(place) and (place in here or fold(place) in here)
    if place and place in there and not named and province and _place(province) != place:
        return False
    terms = {found.split()[0]: found for found in _TERM.findall(there)}
    if any(terms.get(found.split()[0], found) != found for found in _TERM.findall(here)):
        return False
    right = _bare(there, place)
    # “… của UBND tỉnh và Sở đã …”: what follows “và” may be the sentence going on.
    readings = [_bare(text, place) for text in (here, here.rpartition(" và ")[0])]
    if not readings[0]:
        return bool(place)
    # A paper of the case is the officer's own words: the text may cut its agency short.
    enough = 1 if record.role == CASE_PAPER else 2
    return any(
        _same(left, right) or (len(left) >= enough and _same(left, right[: len(left)]))
        for left in readings
    )


def names_elsewhere(given: str, record: Record) -> bool:
    """Whether an agency as written is of another province than the record's."""
    place = place_of(record)
    own = provinces_in(f"{record.issuer} {record.jurisdiction}") | (
        {fold(place)} if place else set()
    )
    return bool(place and provinces_in(given) - own)


def place_of(record: Record) -> str:
    """The province a record binds in, "lạng sơn"; "" for the whole country and the Party."""
    return _place(record.jurisdiction)


def _place(jurisdiction: str) -> str:
    found = re.match(r"(?:tỉnh|thành phố)\s+(.+)$", classic(jurisdiction).lower())
    return found[1] if found else ""


def _issuer(text: str) -> str:
    lowered = classic(text).lower()
    return _HEADS.sub("", _SHORT_WORDS.sub(lambda found: LONG[found[1]], lowered)).strip()


def _bare(issuer: str, place: str) -> list[str]:
    for name in filter(None, (place, fold(place))):
        issuer = issuer.replace(name, " ")
    return [word for word in words(_TERM.sub("", issuer)) if word not in {"tỉnh", "tinh"}]


def _same(left: list[str], right: list[str]) -> bool:
    """Whether two names are one, typed without accents or not."""
    pairs = zip(left, right, strict=False)
    same = all(one == two or (one.isascii() and one == fold_word(two)) for one, two in pairs)
    return len(left) == len(right) and same
