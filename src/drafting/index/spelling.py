"""The word an officer meant: one slip of the keyboard away, or Telex keys typed as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# "ddoanf" is đoàn, "nguwowif" is người: doubled letters, w, and a tone letter at the end.
_TELEX = ((re.compile(r"dd"), "d"), (re.compile(r"([aoe])\1"), r"\1"), (re.compile(r"w"), ""))
_TELEX_TONE = re.compile(r"^(.*[aeiouy].*?)[sfrxj]$")
# Of candidates equally near, one whose neighbours in the question stand beside it in the corpus.
_BESIDE = 1_000_000.0


class Speller:
    """Knows the index's words and how often they stand; `frequencies` counts terms."""

    def __init__(
        self, words: Collection[str], frequencies: Callable[[Sequence[str]], npt.NDArray[np.int64]]
    ) -> None:
        self._words = {word for word in words if word.isalpha()}
        self._frequencies = frequencies

    def near(self, word: str, before: str = "", after: str = "") -> str:
        """The known word nearest to the folded `word`; "" when it is known or none is near.

        `before` and `after` are its neighbours: of several candidates the one that stands beside
        them in the corpus is meant, then the one typed with a neighbouring key, then the commonest.
        """
        if word in self._words or not 2 <= len(word) <= 12 or not word.isalpha():
            return ""
        telex = _telex(word)
        if telex != word and telex in self._words:
            return telex
        found = {c: cost for c, cost in _one_slip(word) if c in self._words}
        if not found:
            return ""
        names = list(found)
        beside = self._frequencies([f"{before} {name}" for name in names])
        beside = beside + self._frequencies([f"{name} {after}" for name in names])
        common = np.log1p(self._frequencies(names))
        worth = [
            _BESIDE * (beside[at] > 0) + 1_000 * np.log1p(beside[at]) + common[at] - 4 * found[name]
            for at, name in enumerate(names)
        ]
        return names[int(np.argmax(worth))]


def _telex(word: str) -> str:
    for pattern, plain in _TELEX:
        word = pattern.sub(plain, word)
    tone = _TELEX_TONE.match(word)
    return tone[1] if tone else word


def _one_slip(word: str) -> Iterator[tuple[str, float]]:
    """The spellings one slip away, with how unlikely the slip is (0 to 1)."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:], 0.2
        if tail:
            yield head + tail[1:], 0.3
            for letter in _LETTERS:
                if letter != tail[0]:
                    yield head + letter + tail[1:], 0.2 if _beside(letter, tail[0]) else 1.0
        for letter in _LETTERS:
            yield head + letter + tail, 0.5


def _beside(one: str, other: str) -> bool:
    """Whether two letters are neighbours on the keyboard."""
    places = {c: (row, at) for row, keys in enumerate(_ROWS) for at, c in enumerate(keys)}
    if one not in places or other not in places:
        return False
    (row, at), (row2, at2) = places[one], places[other]
    return abs(row - row2) <= 1 and abs(at - at2) <= 1
