"""Training batches: a question-like view of an article beside the article's own fields.

Every view is a list of pieces of the stream; the pieces of a whole batch become token bags with a
few numpy calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from drafting.embed.vocabulary import Bags, Ints, counted
from drafting.training.stream import Stream, law_groups

Piece = tuple[int, int, int]
TITLE, HEADING, TEXT = 0, 1, 2
# Words of the text a view shows: short ones train fastest; a quarter of the views shows three times
# as many, because whole articles are what is searched.
WINDOW = 110


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions, then the titles, headings and texts of their articles, as 4 × n bags.

    `alike[i, j]` says that article j answers question i as well, so it is no wrong answer.
    """

    bags: Bags
    articles: Ints
    alike: npt.NDArray[np.bool_]


def bags_of(
    stream: Stream, pieces: Sequence[Piece] | Ints, rows: int, keep: npt.NDArray[np.bool_]
) -> Bags:
    """The pieces (row, start, stop) as `rows` bags of syllables and pairs; `keep` drops words."""
    table = np.array(pieces, np.int64).reshape(-1, 3)
    table = table[table[:, 2] > table[:, 1]]
    lengths = table[:, 2] - table[:, 1]
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    at = np.arange(int(lengths.sum())) - first + np.repeat(table[:, 1], lengths)
    row = np.repeat(table[:, 0], lengths)
    last = at + 1 == np.repeat(table[:, 2], lengths)
    kept = keep[: len(at)] if len(keep) else np.ones(len(at), bool)
    whole = kept & np.r_[kept[1:], False] & ~last
    row = np.r_[row[kept], row[whole]]
    token = np.r_[stream.syllable[at[kept]], stream.pair[at[whole]]].astype(np.int64)
    return counted(row, token, rows, len(stream.vocabulary))


class Views:
    """Draws batches: the same seed and step give the same batch, so a stopped run can go on.

    `groups` are the articles of each law, `headings` a number for each different heading,
    `repeated` says that an article's heading titles others too ("Phạm vi điều chỉnh").
    """

    def __init__(
        self, stream: Stream, laws: Sequence[str], titles: Sequence[str], seed: int
    ) -> None:
        self.stream = stream
        self.groups = law_groups(laws)
        _, headings = np.unique([title.casefold() for title in titles], return_inverse=True)
        self.headings: Ints = headings.astype(np.int64)
        self.repeated = np.bincount(self.headings)[self.headings] > 1
        self.random = np.random.default_rng(seed)
        self._seed = seed
        sizes = np.array([len(group) for group in self.groups], np.float64)
        self._share = sizes / max(1.0, sizes.sum())
        counts = [max(1, len(lines)) for lines in stream.lines]
        self._line_owner = np.repeat(np.arange(len(counts)), counts)
        known = stream.vocabulary.syllables
        self._is = known.index("la") if "la" in known else -2

    def batch(self, step: int, size: int, nearest: Callable[[Ints], Ints] | None) -> Batch:
        """The batch of this step: `size` articles at most, each once."""
        self.random = np.random.default_rng([self._seed, step])
        articles = self._choose(size, nearest)
        count = len(articles)
        asked: list[Piece] = []
        answered: list[Piece] = []
        named = np.zeros(count, bool)
        for i, article in enumerate(articles):
            named[i] = self._pair(i, int(article), count, asked, answered)
        row = np.repeat([r for r, _, _ in asked], [e - s for _, s, e in asked])
        rates = self.random.choice([0.0, 0.0, 0.1, 0.25], count)
        keep = self.random.random(len(row)) >= rates[row]
        keep = np.r_[keep, np.ones(sum(max(0, e - s) for _, s, e in answered), bool)]
        bags = bags_of(self.stream, asked + answered, 4 * count, keep)
        same = self.headings[articles]
        alike = (same[:, None] == same[None, :]) & ~named[:, None]
        np.fill_diagonal(alike, False)
        return Batch(bags, articles, alike)

    def _choose(self, count: int, nearest: Callable[[Ints], Ints] | None) -> Ints:
        """A third look-alikes, half at random, the rest neighbours in their laws.

        Of the random ones half are drawn by their lines: an article of many provisions answers
        many questions.
        """
        total, random = len(self.headings), self.random
        by_line = self._line_owner[random.integers(0, len(self._line_owner), count // 4)]
        chosen = [by_line, random.integers(0, total, count // 4)]
        if self.groups:
            for pick in random.choice(len(self.groups), max(1, count // 16), p=self._share):
                group = self.groups[pick]
                begin = int(random.integers(0, len(group)))
                chosen.append(group[begin : begin + 8])
        if nearest is not None:
            chosen.insert(0, nearest(random.integers(0, total, max(1, count // 48))).ravel())
        articles = np.concatenate(chosen)
        _, first = np.unique(articles, return_index=True)
        return articles[np.sort(first)][:count]

    def _pair(self, i: int, a: int, count: int, asked: list[Piece], answered: list[Piece]) -> bool:
        """Adds question i and its article's fields; True when the question names the law."""
        draw = self.random.random(12)
        (ts, hs, bs), (te, he, be) = (
            at[a].tolist() for at in (self.stream.starts, self.stream.stops)
        )
        lines = self.stream.lines[a]
        clause = len(lines) > 0 and (draw[0] < 0.45 or he - hs < 3)
        begin, end = lines[self.random.integers(len(lines))].tolist() if clause else (0, 0)
        defined = self._defined(begin, end) if clause and draw[2] < 0.7 else None
        named = bool(draw[1] < (0.9 if self.repeated[a] and not clause else 0.45)) and te - ts > 3
        if defined:
            pieces = [defined, self._phrase(self.stream.definitions)]
        elif clause:
            opening = bool(draw[3] < 0.35)
            pieces = [self._crop(begin, end, 4, 9 if opening else 28, opening)]
            if draw[4] < 0.4 and he - hs >= 3:
                pieces.append(self._crop(hs, he, 3, 12))
        else:
            pieces = [(hs, he) if draw[3] < 0.6 else self._crop(hs, he, 3, 20)]
        if named:
            pieces.append((ts, te) if draw[5] < 0.15 else self._crop(ts, te, 3, 12))
        if not defined:
            said = int(draw[6] < 0.65) + int(draw[7] < 0.2)
            pieces.extend(self._phrase(self.stream.phrases) for _ in range(said))
        asked.extend((i, s, e) for s, e in pieces)
        if draw[8] < 0.85 or named:
            answered.append((count + i, ts, te))
        if draw[9] < 0.8:
            answered.append((2 * count + i, hs, he))
        if draw[10] < 0.85 or he - hs < 3 or clause:
            answered.extend((3 * count + i, s, e) for s, e in self._window(bs, be, begin, end))
        return named

    def _defined(self, begin: int, end: int) -> tuple[int, int] | None:
        """The words a line defines: before "là", after its number; None when it defines nothing."""
        opening = self.stream.syllable[begin : min(end, begin + 14)]
        (at,) = np.nonzero(opening == self._is)
        return (begin + 1, begin + int(at[0])) if len(at) and at[0] >= 2 else None

    def _phrase(self, phrases: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        return phrases[int(self.random.integers(len(phrases)))] if phrases else (0, 0)

    def _crop(
        self, start: int, stop: int, low: int, high: int, opening: bool = False
    ) -> tuple[int, int]:
        length = min(stop - start, int(self.random.integers(low, high + 1)))
        begin = start if opening else int(self.random.integers(start, stop - length + 1))
        return begin, begin + length

    def _window(self, start: int, stop: int, begin: int, end: int) -> list[tuple[int, int]]:
        """Some of the text's words around the asked line, sometimes without the line itself."""
        width = WINDOW if self.random.random() < 0.75 else 3 * WINDOW
        window = (start, stop)
        if stop - start > width:
            low = max(start, end - width) if end else start
            high = min(stop - width, begin) if end else stop - width
            at = int(self.random.integers(min(low, high), max(low, high) + 1))
            if not end and self.random.random() < 0.4:
                at = start
            window = (at, min(stop, at + width))
        if end and end - begin < window[1] - window[0] and self.random.random() < 0.3:
            return [(window[0], max(window[0], begin)), (min(end, window[1]), window[1])]
        return [window]
