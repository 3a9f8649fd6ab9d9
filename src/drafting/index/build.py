"""Passages → the arrays of one segment, by sorting numbers: no Python work per bigram.

A word becomes a number once; a unigram or bigram occurrence is one 64-bit number holding its two
word numbers, its passage and its field, so that one sort groups the postings.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from drafting.index.segment import Keys, Numbers, Part, Passages, Segment, Starts, Weights, as_text
from drafting.index.terms import EXACT, FIELDS, pair_keys, word_keys
from drafting.passages import Passage
from drafting.text import fold_word, raw_words, spelled

Words = npt.NDArray[np.uint64]
_WORD, _ONE_WORD = np.uint64(20), np.uint64((1 << 20) - 1)
# Limits of the packed number: 20 bits a word, 16 a passage, 3 a field.
MAX_PASSAGES = 1 << 16
_MAX_RAW = 300_000
_MAX_WORDS = (1 << 20) - 1
# Bounds the memory of a build: about 60 bytes a word while sorting.
_MAX_TOKENS = 5_000_000
# A field of one passage is read to here; the longest article of the national law has 60,000 words.
_MAX_FIELD = 200_000
_UNITS = np.array([*FIELDS.values(), *[0] * (8 - len(FIELDS))], dtype=np.int64)


class _Numbering(dict[str, int]):
    """Numbers words as they come: `d[word]`."""

    def __missing__(self, word: str) -> int:
        number = len(self)
        self[word] = number
        return number


@dataclass(frozen=True, slots=True)
class Source:
    """One document to index: its file, the hash of all that is indexed of it, its passages."""

    file: str
    digest: str
    passages: Sequence[Passage]


def segments(sources: Iterable[Source]) -> Iterator[Segment]:
    """The sources as segments, as few as memory allows; a long document may span two."""
    builder = Builder()
    for source in sources:
        offset = 0
        for at, passage in enumerate(source.passages):
            if builder.full:
                builder.close(source, offset, at)
                yield builder.segment()
                builder, offset = Builder(), at
            builder.add(passage)
        builder.close(source, offset, len(source.passages))
    if builder.parts:
        yield builder.segment()


class Builder:
    """Collects passages as numbers and turns them into a `Segment`."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.eids: list[str] = []
        self._raw = _Numbering()
        self._tokens = array("i")
        # Of each field that has words: passage, field number, count of raw words.
        self._fields: tuple[array[int], array[int], array[int]] = (
            array("i"), array("i"), array("i"),
        )  # fmt: skip
        self._last: dict[int, tuple[str, array[int]]] = {}

    @property
    def full(self) -> bool:
        """Whether the next passage belongs in another segment."""
        return (
            len(self.eids) >= MAX_PASSAGES
            or len(self._tokens) >= _MAX_TOKENS
            or len(self._raw) >= _MAX_RAW
        )

    def add(self, passage: Passage) -> None:
        """One more passage."""
        number = len(self.eids)
        self.eids.append(passage.eid)
        for code, name in enumerate(FIELDS):
            tokens = self._read(code, getattr(passage, name))
            if tokens:
                self._tokens.extend(tokens)
                for column, value in zip(self._fields, (number, code, len(tokens)), strict=True):
                    column.append(value)

    def close(self, source: Source, offset: int, end: int) -> None:
        """Passages `offset` to `end` of `source` were added last."""
        count = end - offset
        if count:
            begin = len(self.eids) - count
            self.parts.append(Part(source.file, source.digest, offset, begin, count))

    def _read(self, code: int, text: str) -> array[int]:
        """The raw words of a field as numbers; neighbours share name, chapter and lead."""
        last = self._last.get(code)
        if last is not None and last[0] == text:
            return last[1]
        tokens = array("i", map(self._raw.__getitem__, raw_words(text)[:_MAX_FIELD]))
        self._last[code] = (text, tokens)
        return tokens

    def segment(self) -> Segment:
        """The arrays of everything added."""
        words = _Numbering()
        spelt = [
            [words[word] for word in spelled(raw) if len(words) < _MAX_WORDS or word in words]
            for raw in self._raw
        ]
        stream = _Stream.of(spelt, self._tokens, self._fields)
        folds = _Numbering()
        folded = np.array([folds[fold_word(word)] for word in words] or [0], dtype=np.uint64)
        plain_keys = word_keys(folds)
        exact_keys = word_keys(EXACT + word for word in words)
        accented = np.array([fold_word(word) != word for word in words] or [False])
        exact = stream.only(accented[stream.words])
        kinds = [
            _unigrams(stream, folded[stream.words], plain_keys),
            _bigrams(stream, folded[stream.words], plain_keys),
            _unigrams(exact, exact.words.astype(np.uint64), exact_keys),
        ]
        keys, starts, passages, weights = by_key(kinds)
        lengths = np.bincount(
            stream.passages, weights=_UNITS[stream.codes], minlength=len(self.eids)
        )
        return Segment(
            keys, starts, passages, weights, lengths.astype(np.uint32),
            tuple(self.parts), as_text(self.eids), as_text(list(folds)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stream:
    """Every word of the passages in order: its number, its passage, its field."""

    words: Numbers
    passages: Numbers
    codes: Numbers
    fields: Numbers

    @classmethod
    def of(
        cls, spelt: Sequence[Sequence[int]], tokens: array[int], fields: Sequence[array[int]]
    ) -> _Stream:
        """The raw words `tokens` spelled out by `spelt`."""
        raw = np.frombuffer(tokens, dtype=np.int32) if tokens else np.zeros(0, dtype=np.int32)
        sizes = np.array([len(one) for one in spelt] or [0], dtype=np.int64)
        flat = np.array([number for one in spelt for number in one] or [0], dtype=np.int64)
        begins = np.cumsum(sizes) - sizes
        counts = sizes[raw]
        words = flat[ranges(begins[raw], counts)]
        passages, codes, lengths = (np.array(column, dtype=np.int64) for column in fields)
        field_of = np.repeat(np.repeat(np.arange(len(lengths)), lengths), counts)
        return cls(words, passages[field_of], codes[field_of], field_of)

    def only(self, chosen: npt.NDArray[np.bool_]) -> _Stream:
        """The chosen words alone."""
        return _Stream(
            self.words[chosen], self.passages[chosen], self.codes[chosen], self.fields[chosen]
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """The postings of one kind of term, grouped by term."""

    keys: Keys
    counts: Numbers
    passages: Passages
    weights: Weights


def _unigrams(stream: _Stream, numbers: Words, keys: Keys) -> Kind:
    """Postings of single words; `numbers` are the words of the stream, `keys` theirs."""
    packed = _packed(numbers, np.zeros(1, dtype=np.uint64), stream.passages, stream.codes)
    terms, counts, passages, weights = _grouped(packed)
    return Kind(keys[terms >> _WORD], counts, passages, weights)


def _bigrams(stream: _Stream, numbers: Words, keys: Keys) -> Kind:
    """Postings of neighbouring words of one field."""
    inside = np.flatnonzero(stream.fields[1:] == stream.fields[:-1])
    packed = _packed(
        numbers[inside], numbers[inside + 1], stream.passages[inside], stream.codes[inside]
    )
    terms, counts, passages, weights = _grouped(packed)
    pairs = pair_keys(keys[terms >> _WORD], keys[terms & _ONE_WORD])
    return Kind(pairs, counts, passages, weights)


def _packed(left: Words, right: Words, passages: Numbers, codes: Numbers) -> Words:
    """One number an occurrence, sorted: left word, right word, passage, field."""
    packed = left << np.uint64(39)
    packed |= right << np.uint64(19)
    packed |= (passages << 3 | codes).astype(np.uint64)
    packed.sort()
    return packed


def _grouped(
    packed: Words,
) -> tuple[Words, Numbers, Passages, Weights]:
    """Terms, passages of each, and the passages with their weights, out of sorted occurrences."""
    postings = packed >> np.uint64(3)
    first = _firsts(postings)
    units = _UNITS[(packed & np.uint64(7)).astype(np.int64)]
    weights = np.minimum(np.add.reduceat(units, first), 255) if len(first) else units
    postings = postings[first]
    terms = postings >> np.uint64(16)
    begins = _firsts(terms)
    counts = np.diff(np.append(begins, len(terms)))
    passages = (postings & np.uint64(0xFFFF)).astype(np.uint16)
    return terms[begins], counts, passages, weights.astype(np.uint8)


def _firsts(ordered: Words) -> Numbers:
    """Where each run of equal numbers begins."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))


def by_key(kinds: Sequence[Kind]) -> tuple[Keys, Starts, Passages, Weights]:
    """All kinds' postings in the order of their terms' keys."""
    keys = np.concatenate([kind.keys for kind in kinds])
    counts = np.concatenate([kind.counts for kind in kinds])
    order = np.argsort(keys, kind="stable")
    begins = (np.cumsum(counts) - counts)[order]
    rows = ranges(begins, counts[order])
    passages = np.concatenate([kind.passages for kind in kinds])[rows]
    weights = np.concatenate([kind.weights for kind in kinds])[rows]
    starts = np.concatenate(([0], np.cumsum(counts[order]))).astype(np.uint32)
    return keys[order], starts, passages, weights


def ranges(begins: Numbers, counts: Numbers) -> Numbers:
    """The numbers begins[0], begins[0]+1, … counts[0] of them, then those of begins[1], …"""
    before = np.cumsum(counts) - counts
    total = int(counts.sum())
    return np.repeat(begins - before, counts) + np.arange(total)
