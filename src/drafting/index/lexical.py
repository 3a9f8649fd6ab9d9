"""The lexical index over the passages of a library, kept in step with them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drafting.index.build import Source
from drafting.index.disk import Disk, one_writer
from drafting.index.held import Held, held
from drafting.index.manifest import Manifest
from drafting.index.match import Match
from drafting.index.score import Scorer
from drafting.index.segment import VERSION, Damaged, Part
from drafting.index.spelling import Speller
from drafting.index.store import Open, Store, open_segments
from drafting.index.terms import FIELDS
from drafting.passages import Passage

Positions = Mapping[str, Sequence[int]]


class LexicalIndex:
    """Answers with positions in the sequence of passages it was opened for."""

    def __init__(self, opened: Open, positions: Positions) -> None:
        self._segments = [segment for segment, _ in opened]
        self._scorer = Scorer(self._segments, [dead for _, dead in opened])
        self._numbers = _numbers(opened, positions)

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return self._scorer.count

    def search(
        self, terms: Mapping[str, float], limit: int, allowed: Sequence[bool] | None = None
    ) -> list[Match]:
        """The best `limit` passages, best first; ties keep reading order.

        `allowed` says of each passage of the sequence whether it may be among them.
        """
        if limit <= 0 or not terms:
            return []
        scorer = self._scorer
        if allowed is not None:
            # -1 (taken out) reads the False put at the end.
            scorer = scorer.within(np.append(np.asarray(allowed, dtype=bool), False)[self._numbers])
        places, scores = scorer.best(terms, limit)
        numbers = self._numbers[places]
        order = np.lexsort((numbers, -scores))[:limit]
        return [Match(int(numbers[at]), float(scores[at])) for at in order]

    def weight(self, term: str) -> float:
        """The idf of `term`, 0.0 when unknown."""
        return float(self.weights([term])[0])

    def weights(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        """The idf of each term, 0.0 for one no passage has."""
        return self._scorer.idf(self._scorer.frequencies(terms))

    def held(self, terms: Sequence[str], passages: Sequence[int]) -> Held:
        """Field weights of each term in each passage, in halves (`FIELDS`); at most 255."""
        places = self._places[np.asarray(passages, dtype=np.int64)]
        return held(self._segments, self._scorer.bases, terms, places)

    def lengths(self, passages: Sequence[int]) -> npt.NDArray[np.float32]:
        """The length of each passage as BM25F counts it: words, a heading's three times."""
        places = self._places[np.asarray(passages, dtype=np.int64)]
        return (self._scorer.lengths[places] / 2).astype(np.float32)

    @cached_property
    def _places(self) -> npt.NDArray[np.int64]:
        """Where each passage of the sequence stands among those of the segments."""
        alive = np.flatnonzero(self._numbers >= 0)
        places = np.zeros(len(alive), dtype=np.int64)
        places[self._numbers[alive]] = alive
        return places

    def near(self, word: str, before: str = "", after: str = "") -> str:
        """The known folded word one slip away from `word`, "" when none is plausible."""
        return self._speller.near(word, before, after)

    @cached_property
    def _speller(self) -> Speller:
        words = {word for segment in self._segments for word in segment.words}
        return Speller(words, self._scorer.frequencies)


def open_index(
    root: Path,
    fingerprint: str,
    passages: Sequence[Passage],
    *,
    keys: Mapping[str, str] | None = None,
    tell: Callable[[str], None] = lambda _sentence: None,
    disk: Disk | None = None,
) -> LexicalIndex:
    """The index of these passages under `root`, brought in step when it is not.

    `fingerprint` names the state of the library: when the index was last made from the same, no
    text is looked at. Otherwise only documents that are new or changed are read: `keys` may name,
    by file, all that a document's passages are made from, so that it need not be hashed to tell.
    `tell` hears a sentence when a damaged index had to be made again. Raises `OutputBusy` when
    another process keeps writing.
    """
    folder = root / f"lexical-{VERSION}"
    positions = _positions(passages)
    seen = _seen(folder)
    if seen is None or not _in_step(*seen, fingerprint, positions):
        with one_writer(folder):
            store = Store.open_or_reset(folder, disk, tell, seen)
            _bring_in_step(store, fingerprint, positions, passages, keys or {})
            opened = store.opened
        _forget_others(root, folder)
    else:
        opened = seen[1]
    return LexicalIndex(opened, positions)


def _seen(folder: Path) -> tuple[Manifest, Open] | None:
    """The index as it is, None when it is damaged."""
    try:
        return open_segments(folder)
    except Damaged:
        return None


def _in_step(manifest: Manifest, opened: Open, fingerprint: str, positions: Positions) -> bool:
    """Whether the index was made from this library and holds just these passages."""
    if not manifest.generation or manifest.fingerprint != fingerprint:
        return False
    held: dict[str, int] = {}
    for part in _parts(opened):
        held[part.file] = held.get(part.file, 0) + part.count
    return held == {file: len(numbers) for file, numbers in positions.items()}


def _parts(opened: Open) -> list[Part]:
    return [p for segment, dead in opened for n, p in enumerate(segment.parts) if n not in dead]


def _bring_in_step(
    store: Store,
    fingerprint: str,
    positions: Positions,
    passages: Sequence[Passage],
    keys: Mapping[str, str],
) -> None:
    held = store.digests()

    def named(file: str) -> str:
        # No hash begins with "=".
        told = keys.get(file)
        return f"={told}" if told else _digest([passages[number] for number in positions[file]])

    wanted = {(file, named(file)): numbers for file, numbers in positions.items()}
    fresh = (
        Source(file, digest, [passages[number] for number in numbers])
        for (file, digest), numbers in wanted.items()
        if held.get((file, digest)) != len(numbers)
    )
    gone = {key for key, count in held.items() if key not in wanted or len(wanted[key]) != count}
    store.change(fingerprint, fresh, gone)


def _positions(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """Where each document's passages stand in the sequence."""
    found: dict[str, list[int]] = {}
    for number, passage in enumerate(passages):
        found.setdefault(passage.file, []).append(number)
    return found


def _digest(passages: Sequence[Passage]) -> str:
    """A hash of all that is indexed of a document."""
    digest = hashlib.blake2b(digest_size=16)
    for passage in passages:
        fields = (passage.eid, *(getattr(passage, name) for name in FIELDS))
        digest.update("\x1f".join(fields).encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()


def _numbers(opened: Open, positions: Positions) -> npt.NDArray[np.int64]:
    """The position of each passage of the segments, -1 for one taken out."""
    found = []
    for segment, dead in opened:
        numbers = np.full(len(segment.lengths), -1, dtype=np.int64)
        for at, part in enumerate(segment.parts):
            if at not in dead:
                of_file = positions[part.file][part.offset : part.offset + part.count]
                numbers[part.begin : part.begin + part.count] = of_file
        found.append(numbers)
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _forget_others(root: Path, keep: Path) -> None:
    """Indexes of earlier formats are of no more use."""
    for other in root.glob("lexical-*"):
        if other != keep:
            shutil.rmtree(other, ignore_errors=True)
