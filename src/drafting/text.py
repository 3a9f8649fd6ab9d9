"""Vietnamese text: one spelling, syllables, folding. The only place that tokenises.

Everything here is total: any string in, a value out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

# A syllable or a number, dotted numbers and designations kept whole: "1.10", "50/2025/QĐ-UBND".
_WORD = re.compile(r"\w+(?:[./-]\w+)*", re.UNICODE)
_PARTS = re.compile(r"[./-]")
_DATE = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$")
_WORDED_DATE = re.compile(r"(?i)^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$")
_ISO_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
# Letters to Unicode, blanks to the eye.
_UNSEEN = "\u115f\u1160\u3164\uffa0"
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>|\*+|(?<!\S)#{1,6}(?=\s)|\\(?=[*#_])|_{2,}")
_MARKS = re.compile("[\u0300-\u036f]+")

# Tone marks moved to the classic place: "hoà" and "hòa", "thuỷ" and "thủy" are the same word
# (domain/README 0.6: both are correct, so neither is ever a finding).
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_PAIR = re.compile(f"([oO])([aAeE])([{_TONES}])(?![a-zA-Z\u0302\u0306\u031b])")
_UY_PAIR = re.compile(f"(?<![qQ])([uU])([yY])([{_TONES}])(?![a-zA-Z])")
_QUY_PAIR = re.compile(f"([qQ][uU])([{_TONES}])([yY])")  # "qúy" is quý
# Syllables that are right with i and with y (QĐ 240/QĐ 1984 against everyday writing).
_I_OR_Y = re.compile(f"(h|k|l|m|s|t|qu)i([{_TONES}]?)")


def nfc(text: str) -> str:
    """`text` in Unicode NFC, the form every stage expects.

    >>> nfc("Đie\u0302\u0300u") == "Điều"
    True
    """
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """`text` with every run of white space (NBSP included) as one space, ends trimmed.

    >>> one_line("ngày  26 \u00a0tháng\\n6 ")
    'ngày 26 tháng 6'
    """
    # split() knows every white space but these two; a tenth of the time of a regular expression.
    return " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


def plain(text: str) -> str:
    """`text` without markdown and HTML markup, on one line, NFC: for comparing and showing.

    >>> plain("## **Điều 2. Nguyên tắc**  <b>I</b>")
    'Điều 2. Nguyên tắc I'
    """
    text = nfc(text)
    # Every kind of markup has one of these; most texts have none and need no search.
    if any(sign in text for sign in "<*#\\_"):
        text = _MARKUP.sub("", text)
    return one_line(text)


def classic(text: str) -> str:
    """`text` with tone marks in one place, so that ủy = uỷ and hòa = hoà compare equal.

    >>> classic("uỷ ban, thoả thuận, hoà bình") == classic("ủy ban, thỏa thuận, hòa bình")
    True
    """
    decomposed = unicodedata.normalize("NFD", text)
    decomposed = _OPEN_PAIR.sub(r"\1\3\2", decomposed)
    return nfc(_QUY_PAIR.sub(r"\1\3\2", _UY_PAIR.sub(r"\1\3\2", decomposed)))


def fold(text: str) -> str:
    """`text` in lower case without accents; đ becomes d, the letter no Unicode rule folds.

    >>> fold("Điều 5: ĐOÀN RA, Ủy ban")
    'dieu 5: doan ra, uy ban'
    """
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return nfc("".join(c for c in lowered if not unicodedata.combining(c)))


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, markup, spacing, case and tone placement aside.

    >>> same("**Thoả  thuận**", "thỏa thuận")
    True
    """
    return classic(plain(one)).lower() == classic(plain(other)).lower()


def says_something(text: str) -> bool:
    """Whether `text` holds a letter or a digit a reader can see.

    >>> says_something("…"), says_something("\u200d\u3164"), says_something("Có.")
    (False, False, True)
    """
    return any(c.isalnum() and c not in _UNSEEN for c in text)


def words(text: str) -> list[str]:
    """The syllables and numbers of `text` in order, lower case, tone marks in the classic place.

    Designations and dotted numbers give themselves whole and their parts:

    >>> words("Điều 5 QĐ 50/2025/QĐ-UBND")
    ['điều', '5', 'qđ', '50/2025/qđ-ubnd', '50', '2025', 'qđ', 'ubnd']
    >>> words("điểm 1.10")
    ['điểm', '1.10', '1', '10']
    """
    return [word for raw in raw_words(text) for word in spelled(raw)]


def raw_words(text: str) -> list[str]:
    """The words of `text` as typed, lower case: what `spelled` turns into syllables.

    Apart from `words` because an index meets each raw word many times and spells it once.

    >>> raw_words("Khoản 4, Điều 13 QĐ 50/2025")
    ['khoản', '4', 'điều', '13', 'qđ', '50/2025']
    """
    return _WORD.findall(nfc(text).lower())


@lru_cache(maxsize=65536)
def spelled(raw: str) -> tuple[str, ...]:
    """A raw word's syllables in one spelling (tone placement, y for i), its parts after it whole.

    >>> spelled("uỷ"), spelled("lí"), spelled("1.10"), spelled("__")
    (('ủy',), ('lý',), ('1.10', '1', '10'), ())
    """
    word = classic(raw).strip("_")
    parts = [_one_i(part) for part in _PARTS.split(word) if part]
    return (word, *parts) if len(parts) > 1 else tuple(parts)


def _one_i(word: str) -> str:
    """`word` with y where both y and i are right: kĩ thuật, lí do, mĩ, sĩ quan, tỉ lệ, quí, hi."""
    spelt = _I_OR_Y.fullmatch(unicodedata.normalize("NFD", word))
    return nfc(f"{spelt[1]}y{spelt[2]}") if spelt else word


def bigrams(tokens: Iterable[str]) -> list[str]:
    """Neighbouring pairs of `tokens`, joined by a space.

    >>> bigrams(["đoàn", "ra", "tỉnh"])
    ['đoàn ra', 'ra tỉnh']
    """
    return [f"{left} {right}" for left, right in pairwise(tokens)]


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """`fold` for one word, remembered: folding dominates indexing time otherwise."""
    return fold(word)


def folded_words(text: str) -> list[str]:
    """The syllables of `text` folded, in one go: a fifth of the time, for reading whole laws.

    As the shipped embedding was trained: like `words` folded, but i and y stay as typed.

    >>> folded_words("Uỷ ban, QĐ 50/2025")
    ['uy', 'ban', 'qd', '50/2025', '50', '2025']
    """
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    found: list[str] = []
    for raw in _WORD.findall(nfc(_MARKS.sub("", lowered))):
        if raw.isalnum():
            found.append(raw)
            continue
        word = raw.strip("_")
        parts = [part for part in _PARTS.split(word) if part]
        found.extend([word, *parts] if len(parts) > 1 else parts)
    return found


def is_accented(text: str) -> bool:
    """Whether `text` carries any Vietnamese accent (đ counts): how the officer typed it.

    >>> is_accented("doan ra"), is_accented("đoan ra")
    (False, True)
    """
    return fold(text) != nfc(text.lower())


def parse_day(text: str) -> date | None:
    """A day as officers write it, None when there is no such day.

    >>> parse_day("15/8/2026"), parse_day("30/02/2020"), parse_day("2026-08-15")
    (datetime.date(2026, 8, 15), None, datetime.date(2026, 8, 15))
    """
    text = _WORDED_DATE.sub(r"\1/\2/\3", one_line(text))
    match = _DATE.match(text)
    parts = [int(p) for p in match.groups()][::-1] if match else []
    iso = _ISO_DATE.match(text)
    if iso:
        parts = [int(p) for p in iso.groups()]
    try:
        return date(*parts) if parts and 1900 <= parts[0] < 2200 else None
    except ValueError:
        return None
