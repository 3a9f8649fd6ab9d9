"""Số, ký hiệu written wrongly or in part: “19/QC.TU”, “5O/2025/QĐ-UBND”, “150/2025/ND-CP”.

What is read here is never taken for right: it only tells which document is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from drafting.designation import PATTERN, TYPE_OF_SYMBOL, Designation
from drafting.text import fold

_LETTER = "A-Za-zÀ-ỹĐđ"
_TYPES = "|".join(
    sorted({one for sym in TYPE_OF_SYMBOL for one in (sym, fold(sym).upper())}, key=len)[::-1]
)
_ORGAN = rf"[{_LETTER}][{_LETTER}\d&]*(?:[-–/][{_LETTER}][{_LETTER}\d&]*){{0,3}}"
_SEP = r"(?:\s?[-–/._\\]\s?)"
# Digits with the letters taken for them: O for 0, l and I for 1.
_DIGITS = r"(?=[OoIl]{0,5}\d)[\dOoIl]{1,8}"
# A wrong mark, a space or nothing at all between the parts, the year in two digits or at the end,
# no space after “số”.
_BROKEN = re.compile(
    rf"(?:(?<![\w/.,-])|(?<=số)|(?<=SỐ))"
    rf"(?P<n>(?:{_DIGITS}|(?:(?<=số )|\A)[OoIl]{{1,4}}(?=/))[a-z]?)"
    rf"(?:{_SEP}(?P<year>(?=[OoIl]{{0,3}}\d)[\dOoIl]{{2,5}}))?"
    rf"(?:(?:{_SEP}|\s?)(?P<sym>(?i:{_TYPES})(?:{_SEP}{_ORGAN}|\s[A-ZĐ][A-ZĐ]{_ORGAN}?))"
    rf"|{_SEP}(?P<organ>(?<=\d[/.\-_\\])[A-ZĐ][{_LETTER}&]*[A-ZĐ](?:\d\d?|{_ORGAN})?))"
    r"(?:[/.-](?P<late>(?:19|20)\d\d))?(?![\w/])"
)
# “150/2025”, “150 năm 2025”, “150”: a number without its symbol.
_PART = re.compile(
    r"(?P<n>\d{1,5})(?:\s?/\s?(?P<year>(?:19|20)\d\d)|,? năm (?P<of>(?:19|20)\d\d))?"
)
_AS_DIGITS = str.maketrans("OoIl", "0011")
# Cyrillic and Greek letters that look like those of a symbol.
_ALIKE = str.maketrans("АВСЕНІКМОРТХУΑΒΕΗΙΚΜΝΟΡΤΧΥ", "ABCEHIKMOPTXYABEHIKMNOPTXY")
_MOST = 64
_MANY_D = 5


def written_numbers(text: str) -> list[re.Match[str]]:
    """Every number with a symbol in clean `text`, well shaped or not, none over another.

    >>> [found[0] for found in written_numbers("số 50/2025/QĐ-UBND, 19/QC.TU và 5O/2025/QĐ-UBND")]
    ['50/2025/QĐ-UBND', '19/QC.TU', '5O/2025/QĐ-UBND']
    """
    broken = list(_BROKEN.finditer(text))
    found: list[re.Match[str]] = []
    at = 0
    for good in PATTERN.finditer(text):
        while at < len(broken) and broken[at].end() <= good.start():
            found.append(broken[at])
            at += 1
        over = broken[at] if at < len(broken) and broken[at].start() < good.end() else None
        if over is None:
            found.append(good)
        else:
            longer = over.end() - over.start() > good.end() - good.start()
            found.append(over if longer else good)
            at += 1
    found += broken[at:]
    return [one for n, one in enumerate(found) if not n or one.start() >= found[n - 1].end()]


def read_number(text: str) -> Designation | None:
    """The designation that a number as written means; without symbol when none is written.

    >>> str(read_number("19-QC/TU")), str(read_number("5O/2025/QĐ-UBND"))
    ('19-QC/TU', '50/2025/QĐ-UBND')
    >>> read_number("150 năm 2025")
    Designation(number='150', year=2025, symbol='', party=False)
    """
    good = PATTERN.fullmatch(text)
    if good:
        return Designation.from_match(good)
    broken = _BROKEN.fullmatch(text)
    if broken:
        symbol = "-".join(_parts(broken["sym"] or broken["organ"]))
        year = broken["late"] or broken["year"]
        return Designation(broken["n"].translate(_AS_DIGITS), _year(year), symbol)
    part = _PART.fullmatch(text)
    if part:
        year = part["year"] or part["of"]
        return Designation(part["n"], int(year) if year else None, "")
    return Designation.parse(text)


def is_well_shaped(text: str) -> bool:
    """Whether a number is written as it should be; spaces around a dash only in state papers.

    >>> [is_well_shaped(one) for one in ("19-QC/TU", "400/QĐ - UBND", "19 - QC/TU", "19/QC/TU")]
    [True, True, False, False]
    """
    good = PATTERN.fullmatch(text)
    return good is not None and not (good["n2"] and " " in text)


def is_meant_by(written: Designation, known: Designation) -> bool:
    """Whether two numbers are one but for marks, accents, look-alikes and the order of symbols.

    >>> meant = read_number("19/QC.TU"), read_number("150/2025/ND-CP"), read_number("19/NQ.TU")
    >>> known = Designation.parse("19-QC/TU"), Designation.parse("150/2025/NĐ-CP")
    >>> is_meant_by(meant[0], known[0]), is_meant_by(meant[1], known[1])
    (True, True)
    >>> is_meant_by(meant[2], known[0])
    False
    """
    if written.number.lstrip("0") != known.number.lstrip("0"):
        return False
    if written.year != known.year and not known.party:
        return False
    ours, theirs = _plain(written.symbol), _plain(known.symbol)
    return "".join(ours) == "".join(theirs) or sorted(ours) == sorted(theirs)


def likely_keys(written: Designation) -> list[str]:
    """Keys that a known document may answer to when `written` is a misshapen form of its number."""
    parts = _parts(written.symbol.translate(_ALIKE).upper())
    if len(parts) == 1:
        parts = _split_type(parts[0])
    number, year = written.number.lstrip("0") or "0", f"/{written.year}" if written.year else ""
    keys: dict[str, None] = {}
    for order in (parts, parts[::-1]):
        for typed in islice(_accented(order), _MOST):
            head, rest = typed[0], "-".join(typed[1:])
            keys[f"{number}{year}/{'-'.join(typed)}"] = None
            if rest:
                keys[f"{number}-{head}/{rest}"] = None
    return [key for key in keys if key != written.key]


def _accented(parts: list[str]) -> Iterator[list[str]]:
    """The parts with each D a D or an Đ; ký hiệu carry hardly any other accent."""
    joined = "\0".join(parts)
    if joined.count("D") + joined.count("Đ") > _MANY_D:
        yield parts
        return
    choices = ["DĐ" if letter in "DĐ" else letter for letter in joined]
    for letters in product(*choices):
        yield "".join(letters).split("\0")


def _split_type(symbol: str) -> list[str]:
    """ "QCTU" as type and organ."""
    found = re.match(rf"({_TYPES})(?=\w\w)", symbol)
    return [found[1], symbol[found.end() :]] if found else [symbol]


def _parts(symbol: str) -> list[str]:
    return [part for part in re.split(r"[-–/._\\\s]+", symbol) if part]


def _plain(symbol: str) -> list[str]:
    return [fold(part) for part in _parts(symbol.translate(_ALIKE))]


def _year(written: str | None) -> int | None:
    if not written:
        return None
    year = int(written.translate(_AS_DIGITS))
    return 2000 + year if year < 100 else year
