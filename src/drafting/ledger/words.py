"""Two texts word for word: whether one stands in the other, and the first place they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from drafting.text import classic, plain

# “…”, “...”, “[…]”, “(...)” in a quotation leave words out.
_LEFT_OUT = re.compile(r"[\[(]\s*(?:…|\.{3,})\s*[\])]|…|\.{3,}")
_WORD = re.compile(r"\d+(?:[./]\d+)*[a-zđ]?(?!\w)|\w+")
# Words of the source before and after the one that differs.
_AROUND = 3
_ANCHOR = 3
_FINAL_Y = re.compile(r"^(h|k|l|m|s|t|v|qu)([yýỳỷỹỵ])$")
# Words that turn a sentence into its contrary.
_TURNING = {"không", "chưa", "chẳng", "đừng", "cấm", "trừ", "miễn", "khỏi", "được", "phải", "chớ"}
_NEGATING = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|đừng|cấm|trừ|miễn|ngừng|thôi)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether words stand in a source; else the first difference, a few words around it.

    `alike` is the share of the words that stand there in this order, 1.0 where all do.
    """

    agrees: bool
    here: str = ""
    there: str = ""
    alike: float = 1.0


def compare_words(quoted: str, source: str) -> Compared:
    """`quoted` against `source`: white space, markup, tone placement, capitals, punctuation aside.

    >>> law = "2. Hồ sơ gửi về Sở Ngoại vụ trước 15 ngày làm việc để thẩm định."
    >>> compare_words("hồ sơ gửi về Sở Ngoại vụ … để thẩm định", law).agrees
    True
    >>> told = compare_words("Hồ sơ gửi về Sở Ngoại vụ trước 10 ngày làm việc", law)
    >>> told.here, told.there
    ('Ngoại vụ trước 10 ngày làm việc', 'Ngoại vụ trước 15 ngày làm việc')
    """
    whole = _words(source)
    missed = _first_missed(quoted, whole)
    return Compared(True) if missed is None else _first_difference(missed, whole)


def stands_in(quoted: str, source: str) -> bool:
    """Whether `quoted` stands in `source`, as `compare_words` tells it.

    >>> stands_in("gửi hồ sơ", "Cơ quan gửi  hồ sơ"), stands_in("hồ sơ gửi", "Cơ quan gửi hồ sơ")
    (True, False)
    """
    return _first_missed(quoted, _words(source)) is None


def _first_missed(quoted: str, whole: _Words) -> _Words | None:
    """The first piece of a quotation that does not stand where it should; None where all do."""
    at = 0
    pieces = _LEFT_OUT.split(quoted)
    for piece in pieces:
        words = _words(piece)
        if not words.keys:
            continue
        found = whole.index(words, at)
        # “… không …” proves nothing: some “không” stands in most provisions.
        alone = len(pieces) > 1 and not set(words.keys) - _TURNING
        if found < 0 or alone:
            return words
        at = found + len(words.keys)
    return None


def common_stretch(told: str, source: str) -> str:
    """`told` from the first to the last words it shares with `source`; all where it says “không”.

    >>> common_stretch("Sở phải gửi hồ sơ đến Sở Ngoại vụ ngay", "1. Gửi hồ sơ đến Sở Ngoại vụ.")
    'gửi hồ sơ đến Sở Ngoại vụ'
    """
    words, whole = list(_WORD.finditer(plain(told))), _words(source)
    matcher = SequenceMatcher(None, whole.keys, _words(told).keys, False)
    blocks = [one for one in matcher.get_matching_blocks() if one.size > 1]
    if not blocks or len(words) != len(_words(told).keys):
        return told
    low, high = words[blocks[0].b].start(), words[blocks[-1].b + blocks[-1].size - 1].end()
    line = plain(told)
    cut = line[:low] + " " + line[high:]
    return told if _NEGATING.search(cut) else line[low:high]


def count_words(text: str) -> int:
    """How many words a quotation has."""
    return len(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text as shown and as compared."""

    shown: list[str]
    keys: list[str]

    def index(self, other: _Words, start: int) -> int:
        """Where `other` stands from `start` on; -1 when it does not."""
        count, at = len(other.keys), start - 1
        try:
            while True:
                at = self.keys.index(other.keys[0], at + 1)
                if self.keys[at : at + count] == other.keys:
                    return at
        except ValueError:
            return -1

    def around(self, low: int, high: int) -> str:
        """The words from `low` to `high` with a few on both sides."""
        return " ".join(self.shown[max(0, low - _AROUND) : high + _AROUND])


@lru_cache(maxsize=1024)
def _words(text: str) -> _Words:
    """The words of a text; a draft holds many quotations against the same provisions."""
    shown = _WORD.findall(plain(text))
    keys = classic(" ".join(shown)).lower().split()
    return _Words(shown, [_FINAL_Y.sub(_with_i, key) for key in keys])


def _with_i(found: re.Match[str]) -> str:
    """“lý” and “lí”, “kỹ” and “kĩ” are one word."""
    return found[1] + "iíìỉĩị"["yýỳỷỹỵ".index(found[2])]


def _first_difference(quoted: _Words, source: _Words) -> Compared:
    """Where `quoted` first leaves the stretch of `source` that is most like it."""
    size = len(quoted.keys)
    matcher = SequenceMatcher(None, source.keys, quoted.keys, False)
    longest = matcher.find_longest_match()
    if longest.size < min(_ANCHOR, size):
        return Compared(False, " ".join(quoted.shown[:8]), "", 0.0)
    low = max(0, longest.a - longest.b - longest.b // 2 - 1)
    high = longest.a + (size - longest.b) + (size - longest.b) // 2 + 1
    matcher = SequenceMatcher(None, source.keys[low:high], quoted.keys, False)
    alike = sum(block.size for block in matcher.get_matching_blocks()) / size
    for tag, there, there_end, here, here_end in matcher.get_opcodes():
        if tag == "equal" or (tag == "delete" and here in {0, size}):
            continue
        if not here:  # What stands before the stretch in the source belongs to nobody.
            there = max(there, there_end - (here_end - here))
        if here_end == size:
            there_end = min(there_end, there + here_end - here)
        told = quoted.around(here, here_end), source.around(low + there, low + there_end)
        return Compared(False, *told, alike)
    # Its words stand there, but before those of an earlier piece.
    return Compared(False, quoted.around(0, size), "", 0.0)
