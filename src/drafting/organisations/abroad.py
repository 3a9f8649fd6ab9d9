"""`Abroad`: the words that tell a district over the border from one of ours (`[abroad]`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from drafting.citations.clean import BREAK
from drafting.text import classic

# The capitals of Latin letters, for places where case counts.
UPPER = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
PROPER = rf"(?-i:[{UPPER}])\w*"
# A place is abroad so; a committee or a Party organ is ours unless its own name is not.
_PLACE = re.compile(r"(?:các |cấp |địa bàn )?(?:huyện|thị xã|tỉnh|thành phố)(?!\w)", re.IGNORECASE)
_DISTRICT = re.compile(rf"(?:huyện|thị xã) (?={PROPER})", re.IGNORECASE)
# A list of those on the other side: “phía bạn: Thị trưởng, Phòng Hợp tác quốc tế”.
_THEIRS = re.compile(
    r"\bphía (?:bạn|đối tác|đối diện|[\w ]{3,12})(?: gồm| có|:)[^;.\n]*$", re.IGNORECASE
)
# What both sides share says nothing of where a place lies.
_SHARED = re.compile(r"Việt(?: Nam)? ?[-–] ?(?:Trung(?: Quốc)?|Lào|Campuchia)", re.IGNORECASE)
_STOP = re.compile(rf"[.;](?= |$)|{BREAK}")
_WINDOW = 300


@dataclass(frozen=True, slots=True)
class Abroad:
    """Words of places: `names` are abroad wherever they stand, `places` tell that a district in
    their sentence may be, `bodies` govern only there, `own` are districts that were ours."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    def with_more(self, other: Abroad) -> Abroad:
        """Both together."""
        return Abroad(
            self.names + other.names, self.places + other.places,
            self.bodies + other.bodies, self.own + other.own,
        )  # fmt: skip

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the body or place `text[start:end]` (of `Clean`) lies abroad.

        >>> there = Abroad(("Ninh Minh",), ("Quảng Tây",), own=("Cao Lộc",))
        >>> [there.holds(text, 0, len("huyện Ninh Minh")) for text in (
        ...     "huyện Ninh Minh mời đoàn", "huyện Tân Giang, Quảng Tây mời đoàn")]
        [True, True]
        >>> there.holds("huyện Cao Lộc đón đoàn Quảng Tây", 0, len("huyện Cao Lộc"))
        False
        """
        words = _patterns(self)
        before = text[max(0, start - 160) : start]
        if _THEIRS.search(before) or words.bodies.search(before):
            return True
        if words.names.search(text, start, end) or words.named.match(text, end):
            return True
        # “Bộ Giao thông vận tải Trung Quốc”, “Bộ Kế hoạch và Đầu tư nước CHDCND Lào”.
        if words.theirs.match(text, end):
            return True
        if _PLACE.match(text, start, end) is None:
            return False
        district = _DISTRICT.match(text, start, end)
        if words.own.match(text, district.end() if district else end):
            return False
        if words.near.match(text, end, end + 120):
            return True
        sentence = _SHARED.sub(" ", _sentence(text, start, end))
        return district is not None and words.places.search(sentence) is not None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns over the words of an `Abroad`: `named`, `theirs` right after, `near` after a few
    names."""

    bodies: re.Pattern[str]
    names: re.Pattern[str]
    named: re.Pattern[str]
    own: re.Pattern[str]
    near: re.Pattern[str]
    places: re.Pattern[str]
    theirs: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(abroad: Abroad) -> _Patterns:
    names, places = _either(abroad.names), _either((*abroad.places, *abroad.names))
    link, told = "(?:của|phía|thuộc|ở|hoặc)", "các nước|phía bạn|đối diện|nước ngoài"
    # “các huyện và Quảng Tây” are two; “các huyện và thành phố của Nhật Bản” one.
    two = r"(?!,? và (?!(?:các )?(?:thành phố|thị xã|quận|huyện)\b))"
    between = rf",? (?:{PROPER}|biên giới|thị xã|thị|thành phố|tỉnh|khu tự trị|đảo|huyện|và|,)"
    patterns = (
        rf"\b{_either(abroad.bodies)} $",
        rf"\b{names}(?!\w)",
        rf" {names}(?!\w)",
        rf" ?{_either(abroad.own)}(?!\w)",
        rf"{two}(?:{between}){{0,8}}?[ ,(]*(?:{link} )*(?:{told}|{places})(?!\w)",
        rf"\b{places}(?!\w)",
        rf",? (?:của |phía |nước |CHDCND |CHND ){{0,3}}{_either(abroad.places)}(?!\w)",
    )
    return _Patterns(*(re.compile(one, re.IGNORECASE) for one in patterns))


def _either(words: Iterable[str]) -> str:
    """A pattern for any of these words; for none, one that matches nothing."""
    ordered = sorted({classic(word) for word in words}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})"


def _sentence(text: str, start: int, end: int) -> str:
    """The part of the sentence around `text[start:end]`, semicolons ending it too."""
    first, last = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    opens = max([first, *(match.end() for match in _STOP.finditer(text, first, start))])
    closes = _STOP.search(text, end, last)
    return text[opens : closes.start() if closes else last]
