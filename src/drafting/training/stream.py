"""Law texts as one stream of token numbers, so that a training batch is cut out with numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from drafting.embed.vocabulary import Ints, Vocabulary
from drafting.text import folded_words

# A title word is worth more than a body word when the vocabulary is chosen: questions name things
# the way headings do.
_HEADING_WORTH, _TITLE_WORTH, _LEAST_WORTH = 8, 4, 12


class Article(NamedTuple):
    """One article to learn from: the law it stands in, that law's title, and its own words."""

    law: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Stream:
    """Every text after the other: `syllable[i]` its row or -1, `pair[i]` the row of (i, i+1) or -1.

    `starts[a, f]:stops[a, f]` is field f (0 title, 1 heading, 2 text) of article a; the texts given
    beside the articles follow: `phrases` of questions, `definitions` that ask what a word means.
    """

    vocabulary: Vocabulary
    syllable: npt.NDArray[np.int32]
    pair: npt.NDArray[np.int32]
    starts: Ints
    stops: Ints
    phrases: tuple[tuple[int, int], ...]
    definitions: tuple[tuple[int, int], ...]
    lines: tuple[Ints, ...]


def read_stream(
    articles: Sequence[Article],
    phrases: Sequence[str],
    definitions: Sequence[str],
    size: int,
    tell: Callable[[str], None],
    known: Vocabulary | None = None,
) -> Stream:
    """The stream of `articles` with a vocabulary of about `size` tokens learned from them.

    `known` stays whole and first: a word the articles lack may be in the next document or question.
    """
    known = known or Vocabulary((), np.zeros(0, np.int64))
    numbers = {word: number for number, word in enumerate(known.syllables)}
    flat: list[int] = []
    worth = bytearray()
    starts = np.zeros((len(articles), 3), np.int64)
    stops = np.zeros((len(articles), 3), np.int64)
    lines: list[Ints] = []

    def add(text: str, value: int) -> tuple[int, int]:
        begin = len(flat)
        flat.extend(numbers.setdefault(word, len(numbers)) for word in folded_words(text))
        worth.extend(bytes([value]) * (len(flat) - begin))
        return begin, len(flat)

    for number, article in enumerate(articles):
        if number % 5000 == 0:
            tell(f"đọc {number}/{len(articles)} điều")
        starts[number, 0], stops[number, 0] = add(article.title, _TITLE_WORTH)
        starts[number, 1], stops[number, 1] = add(article.heading, _HEADING_WORTH)
        spans = [add(line, 1) for line in article.text.split("\n") if line.strip()]
        starts[number, 2] = spans[0][0] if spans else len(flat)
        stops[number, 2] = len(flat)
        lines.append(np.array([s for s in spans if s[1] - s[0] >= 4], np.int64).reshape(-1, 2))
    told = [tuple(add(phrase, 1) for phrase in some) for some in (phrases, definitions)]
    return _numbered(numbers, flat, worth, starts, stops, told, lines, size, known)


def _numbered(
    numbers: dict[str, int],
    flat: list[int],
    worth: bytearray,
    starts: Ints,
    stops: Ints,
    told: list[tuple[tuple[int, int], ...]],
    lines: list[Ints],
    size: int,
    known: Vocabulary,
) -> Stream:
    raw = np.array(flat, np.int64)
    value = np.frombuffer(bytes(worth), np.uint8).astype(np.float64)
    counts = np.bincount(raw, weights=value, minlength=len(numbers))
    spelled = list(numbers)
    old = len(known.syllables)
    best = np.argsort(-counts, kind="stable")
    fresh = [int(i) for i in best if i >= old and counts[i] >= _LEAST_WORTH]
    kept = [*range(old), *fresh[: size // 4]]
    renumber = np.full(len(numbers), -1, np.int64)
    renumber[kept] = np.arange(len(kept))
    syllable = renumber[raw]
    ends = np.zeros(len(raw), bool)
    ends[[s - 1 for s in np.r_[stops.ravel(), [p[1] for some in told for p in some]] if s > 0]] = (
        True
    )
    pairs = _frequent_pairs(syllable, ends, value, len(kept), size - len(kept) + old)
    if old:
        left, right = np.divmod(known.pairs, old)
        pairs = np.union1d(pairs, left * len(kept) + right)
    vocabulary = Vocabulary(tuple(spelled[i] for i in kept), pairs)
    return Stream(
        vocabulary,
        syllable.astype(np.int32),
        vocabulary.pair_rows(syllable, ends).astype(np.int32),
        starts,
        stops,
        told[0],
        told[1],
        tuple(lines),
    )


def _frequent_pairs(
    syllable: Ints,
    ends: npt.NDArray[np.bool_],
    value: npt.NDArray[np.float64],
    count: int,
    size: int,
) -> Ints:
    """The `size` pairs of neighbours worth most, as Vocabulary keeps them."""
    left, right = syllable[:-1], syllable[1:]
    usable = (left >= 0) & (right >= 0) & ~ends[:-1]
    seen, inverse = np.unique(left[usable] * count + right[usable], return_inverse=True)
    weight = np.bincount(inverse, weights=value[:-1][usable], minlength=len(seen))
    best = np.argsort(-weight, kind="stable")[: max(0, size)]
    pairs: Ints = np.sort(seen[best[weight[best] >= _LEAST_WORTH]])
    return pairs


def law_groups(laws: Sequence[str]) -> tuple[Ints, ...]:
    """Article numbers of each law with at least two articles."""
    groups: dict[str, list[int]] = {}
    for number, law in enumerate(laws):
        groups.setdefault(law, []).append(number)
    return tuple(np.array(g, np.int64) for g in groups.values() if len(g) > 1)
