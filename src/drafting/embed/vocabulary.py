"""Token bags: texts as counted rows of folded syllables and frequent pairs of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import numpy.typing as npt

from drafting.text import folded_words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bags:
    """Token rows with their damped counts; bag i is `tokens[starts[i]:starts[i + 1]]`."""

    tokens: Ints
    weights: Floats
    starts: Ints


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded syllables, then frequent pairs of them; a token's number is its row in a model.

    `pairs` are `left * len(syllables) + right`, ascending; pair `i` has row `len(syllables) + i`.

    >>> known = Vocabulary(("doan", "ra"), np.array([1]))
    >>> known.bags(["Đoàn ra đoàn"]).tokens.tolist()
    [0, 1, 2]
    """

    syllables: tuple[str, ...]
    pairs: Ints
    _numbers: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._numbers.update({word: number for number, word in enumerate(self.syllables)})

    def __len__(self) -> int:
        return len(self.syllables) + len(self.pairs)

    def spelled(self, token: int) -> str:
        """A token as text: "doan ra"."""
        count = len(self.syllables)
        if token < count:
            return self.syllables[token]
        left, right = divmod(int(self.pairs[token - count]), count)
        return f"{self.syllables[left]} {self.syllables[right]}"

    def bags(self, texts: Sequence[str]) -> Bags:
        """One bag a text; words outside the vocabulary leave no trace."""
        flat: list[int] = []
        lengths = []
        known = self._numbers.get
        for text in texts:
            found = folded_words(text)
            flat.extend(map(known, found, repeat(-1)))
            lengths.append(len(found))
        syllable = np.array(flat, np.int64)
        row = np.repeat(np.arange(len(texts)), lengths)
        last = np.r_[row[1:] != row[:-1], True] if len(row) else np.zeros(0, bool)
        pair = self.pair_rows(syllable, last)
        return counted(np.r_[row, row], np.r_[syllable, pair], len(texts), len(self))

    def pair_rows(self, syllable: Ints, last: npt.NDArray[np.bool_]) -> Ints:
        """The row of each (i, i + 1), -1 where there is none or `last` says a text ends."""
        if not len(syllable) or not len(self.pairs):
            return np.full(len(syllable), -1, np.int64)
        after = np.r_[syllable[1:], -1]
        key = syllable * len(self.syllables) + after
        key[(syllable < 0) | (after < 0) | last] = -1
        at = np.searchsorted(self.pairs, key)
        at[at == len(self.pairs)] = 0
        return np.where(self.pairs[at] == key, at + len(self.syllables), -1)


def counted(row: Ints, token: Ints, rows: int, size: int) -> Bags:
    """Bags of known tokens (-1 is dropped); a count weighs its square root."""
    known = token >= 0
    keys, counts = np.unique(row[known] * size + token[known], return_counts=True)
    starts = np.searchsorted(keys, np.arange(rows + 1) * size)
    return Bags(keys % size, np.sqrt(counts).astype(np.float32), starts)
