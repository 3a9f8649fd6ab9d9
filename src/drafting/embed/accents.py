"""Accents put back into a question typed without them, as the library's own texts would have it.

A reading of each syllable is chosen so that neighbouring pairs are the likeliest (Viterbi over
counted pairs, Kneser-Ney's absolute discount). Models that learned accented text, such as e5, lose
most of what they find for "ho chieu cong vu"; our own embedding folds and needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from drafting.text import classic, fold_word, nfc

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]
_WORD = re.compile(r"\w+")
# Two entries that are no syllables: where a text begins or a word is not known, and any number.
EDGE, NUMBER = 0, 1
# Taken from each counted pair for those never seen; 0.5 and 0.9 are 0.1 % worse or the same.
_DISCOUNT = 0.75
# A syllable seen plain less often than this among its readings was not meant plain.
_RARE = 0.01
# How much likelier a plain syllable is meant plain, in a question with accents elsewhere (nats).
_AS_TYPED = 4.0
# Longer texts are no questions; the work grows with the length.
_MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Counts:
    """What was read: `words[i]` was seen `seen[i]` times, pair `left * len(words) + right` often.

    `pairs` ascend. `words[0]` and `words[1]` stand for an edge and for a number.
    """

    words: tuple[str, ...]
    seen: Ints
    pairs: Ints
    often: Ints


class Accents:
    """Restores accents by what it has read.

    >>> read = Accents(counted(["Cấp hộ chiếu công vụ cho đoàn ra", "hộ nghèo", "Công an tỉnh"]))
    >>> read.restored("ho chieu CONG vu, Doan ra 5 tinh")
    'hộ chiếu CÔNG vụ, Đoàn ra 5 tỉnh'
    """

    def __init__(self, counts: Counts) -> None:
        size = len(counts.words)
        self._counts = counts
        left = counts.pairs // size
        after = np.bincount(left, weights=counts.often, minlength=size)
        kinds = np.bincount(left, minlength=size)
        self._after = np.maximum(after, 1)
        self._rest = np.where(after > 0, _DISCOUNT * kinds / self._after, 1.0)
        self._alone = (counts.seen + 0.5) / (counts.seen.sum() + 0.5 * size)
        self._numbers = {word: at for at, word in enumerate(counts.words)}
        self._readings: dict[str, list[int]] = {}
        for at, word in enumerate(counts.words[NUMBER + 1 :], NUMBER + 1):
            self._readings.setdefault(fold_word(word), []).append(at)

    def restored(self, text: str) -> str:
        """`text` with accents, NFC; what is already accented, unknown or long stays as typed."""
        text = nfc(text)
        if len(text) > _MAX_CHARS:
            return text
        found = list(_WORD.finditer(text))
        typed = [_spelled(match.group()) for match in found]
        choices = [self._choices(word) for word in typed]
        plain = [
            len(some) > 1 and fold_word(word) == word
            for word, some in zip(typed, choices, strict=True)
        ]
        accented = sum(fold_word(word) != word for word in typed)
        if accented and not any(map(self._unlikely, typed)):
            return text
        favour = _AS_TYPED * accented / max(1, accented + sum(plain))
        readings = self._likeliest(typed, choices, favour)
        parts, end = [], 0
        for match, word, reading in zip(found, typed, readings, strict=True):
            same = reading <= NUMBER or self._counts.words[reading] == word
            said = match.group() if same else _cased(self._counts.words[reading], match.group())
            parts += [text[end : match.start()], said]
            end = match.end()
        return "".join([*parts, text[end:]])

    def _choices(self, word: str) -> list[int]:
        """The readings of a typed word; an accented one is its own, “đieu” may still be “điều”."""
        if word == "0":
            return [NUMBER]
        bare = word.replace("đ", "d")
        folded = fold_word(word)
        if bare != folded or (bare != word and word in self._numbers):
            return [self._numbers.get(word, EDGE)]
        some = self._readings.get(folded, [])
        return [at for at in some if _strokes_kept(word, self._counts.words[at])] or [EDGE]

    def _unlikely(self, word: str) -> bool:
        """Whether a word was typed without the accents it must have."""
        some = self._choices(word)
        as_typed = sum(int(self._counts.seen[at]) for at in some if self._counts.words[at] == word)
        return some != [EDGE] and as_typed < _RARE * int(self._counts.seen[some].sum())

    def _likeliest(
        self, typed: Sequence[str], choices: Sequence[list[int]], favour: float
    ) -> list[int]:
        before = np.array([EDGE])
        score: Doubles = np.zeros(1)
        steps: list[tuple[Ints, Ints]] = []
        for word, some in zip(typed, choices, strict=True):
            now = np.array(some)
            ways = score[:, None] + self._step(before, now)
            best = ways.argmax(axis=0)
            score = ways[best, np.arange(len(now))]
            score += favour * np.array([self._counts.words[at] == word for at in some])
            steps.append((best, now))
            before = now
        at, found = int(score.argmax()), []
        for best, now in reversed(steps):
            found.append(int(now[at]))
            at = int(best[at])
        return found[::-1]

    def _step(self, left: Ints, right: Ints) -> Doubles:
        """The log-likelihood of each of `right` after each of `left`."""
        counts = self._counts
        keys = left[:, None] * len(counts.words) + right[None, :]
        at = np.searchsorted(counts.pairs, keys)
        at[at == len(counts.pairs)] = 0
        often = np.where(counts.pairs[at] == keys, counts.often[at], 0)
        paired = np.maximum(often - _DISCOUNT, 0) / self._after[left][:, None]
        whole: Doubles = np.log(paired + self._rest[left][:, None] * self._alone[right][None, :])
        return whole


def counted(texts: Iterable[str]) -> Counts:
    """The syllables and pairs of `texts`; texts without any accent teach nothing and are skipped.

    16 million syllables (62,202 articles) take about ten seconds.
    """
    raw: dict[str, int] = {}
    some: list[npt.NDArray[np.int32]] = []
    kept: list[tuple[Ints, Ints]] = []
    size = 0
    for text in texts:
        if text.isascii():
            continue
        found = _WORD.findall(nfc(text).lower())
        row = [0, *(raw.setdefault(word, len(raw) + 1) for word in found)]
        some.append(np.array(row, np.int32))
        size += len(row)
        if size > 2_000_000:
            kept.append(_pairs(some))
            some, size = [], 0
    if some:
        kept.append(_pairs(some))
    return _merged(raw, kept)


def _pairs(rows: Sequence[npt.NDArray[np.int32]]) -> tuple[Ints, Ints]:
    flat = np.concatenate(rows).astype(np.int64)
    keys, often = np.unique((flat[:-1] << 32) | flat[1:], return_counts=True)
    return keys, often.astype(np.int64)


def _merged(raw: dict[str, int], kept: Sequence[tuple[Ints, Ints]]) -> Counts:
    """One spelling a syllable, all numbers as one, and the pairs of all chunks together."""
    numbers = {"": EDGE, "0": NUMBER}
    place = np.array([0, *(numbers.setdefault(_spelled(w), len(numbers)) for w in raw)], np.int64)
    none = np.zeros(0, np.int64)
    raw_pairs = np.concatenate([keys for keys, _ in kept] or [none])
    often = np.concatenate([some for _, some in kept] or [none])
    return _summed(tuple(numbers), place[raw_pairs >> 32], place[raw_pairs & 0xFFFFFFFF], often)


def joined(one: Counts, other: Counts, weight: int = 1) -> Counts:
    """Both readings as one, the other's counted `weight` times."""
    numbers = {word: at for at, word in enumerate(one.words)}
    place = np.array([numbers.setdefault(word, len(numbers)) for word in other.words], np.int64)
    (left, right), (after, then) = (np.divmod(c.pairs, len(c.words)) for c in (one, other))
    return _summed(
        tuple(numbers),
        np.concatenate([left, place[after]]),
        np.concatenate([right, place[then]]),
        np.concatenate([one.often, weight * other.often]),
    )


def _summed(words: tuple[str, ...], left: Ints, right: Ints, often: Ints) -> Counts:
    """Pairs that may come more than once, each once; a text begins at an edge, so all are seen."""
    pairs, where = np.unique(left * len(words) + right, return_inverse=True)
    total = np.bincount(where, weights=often, minlength=len(pairs)).astype(np.int64)
    seen = np.bincount(right, weights=often, minlength=len(words)).astype(np.int64)
    return Counts(words, seen, pairs.astype(np.int64), total)


def _spelled(raw: str) -> str:
    """A word as counted: lower case, tone marks in the classic place, "0" for a number."""
    word = raw.lower()
    return "0" if any(c.isdigit() for c in word) else classic(word)


def _strokes_kept(typed: str, word: str) -> bool:
    """Whether every đ typed is a đ.

    >>> _strokes_kept("đieu", "điều"), _strokes_kept("đi", "di"), _strokes_kept("di", "đi")
    (True, False, True)
    """
    return len(typed) == len(word) and all(
        had == "đ" for t, had in zip(typed, word, strict=True) if t == "đ"
    )


def _cased(word: str, typed: str) -> str:
    """`word` with the capitals of `typed`.

    >>> _cased("đoàn", "Doan"), _cased("qđ", "QD")
    ('Đoàn', 'QĐ')
    """
    if len(word) != len(typed):
        return word
    return "".join(c.upper() if t.isupper() else c for c, t in zip(word, typed, strict=True))
