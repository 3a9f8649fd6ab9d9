"""Several small segments into one, without what was taken out; and which ones to merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from drafting.index.build import MAX_PASSAGES, Kind, by_key
from drafting.index.manifest import Entry
from drafting.index.segment import Numbers, Segment, as_text

# As many segments of one size class are merged, so that each posting is rewritten only a few times.
_FANOUT = 8
# Merged while a document is being added only up to here (about 0.1 s); `compact` does the rest.
SMALL = 400_000


def due(entries: Sequence[Entry], limit: int) -> list[int]:
    """Which segments to merge now: eight of one size class, of together at most `limit` postings.

    >>> due([Entry(f"s{n}", 0, 1, 50) for n in range(9)], SMALL)
    [0, 1, 2, 3, 4, 5, 6, 7, 8]
    >>> due([Entry("big", 0, 60_000, 9_000_000), Entry("s", 0, 1, 50)], SMALL)
    []
    """
    classes: dict[int, list[int]] = {}
    for number, entry in enumerate(entries):
        classes.setdefault(max(0, entry.postings).bit_length() // 3, []).append(number)
    for size in sorted(classes):
        if len(classes[size]) >= _FANOUT:
            smaller = [n for s in sorted(classes) if s <= size for n in classes[s]]
            chosen = _fitting(entries, smaller, limit)
            if len(chosen) >= _FANOUT // 2:
                return sorted(chosen)
    return []


def _fitting(entries: Sequence[Entry], numbers: Sequence[int], limit: int) -> list[int]:
    """As many of the segments, smallest first, as one segment (and the limit) can hold."""
    chosen: list[int] = []
    passages = postings = 0
    for number in sorted(numbers, key=lambda n: entries[n].postings):
        passages += entries[number].passages
        postings += entries[number].postings
        if passages > MAX_PASSAGES or postings > limit:
            break
        chosen.append(number)
    return chosen


def merged(segments: Sequence[tuple[Segment, frozenset[int]]]) -> Segment:
    """One segment of all that is alive; each comes with the numbers of its parts taken out."""
    kinds, lengths, parts = [], [], []
    eids: list[str] = []
    words: dict[str, None] = {}
    for segment, dead in segments:
        begin = len(eids)
        target = _targets(segment, dead, begin)
        kinds.append(_kept(segment, target))
        lengths.append(segment.lengths[target >= 0])
        for number, part in enumerate(segment.parts):
            if number not in dead:
                parts.append(replace(part, begin=int(target[part.begin])))
        eids += [eid for eid, to in zip(segment.eids, target, strict=True) if to >= 0]
        words.update(dict.fromkeys(segment.words))
    keys, starts, passages, weights = by_key(kinds)
    same = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, dtype=bool)
    starts = np.append(starts[:-1][same], starts[-1:]).astype(np.uint32)
    return Segment(
        keys[same], starts, passages, weights, np.concatenate(lengths),
        tuple(parts), as_text(eids), as_text(list(words)),
    )  # fmt: skip


def _targets(segment: Segment, dead: frozenset[int], begin: int) -> Numbers:
    """The new number of each passage, -1 for one taken out."""
    alive = np.ones(len(segment.lengths), dtype=bool)
    for number in dead:
        part = segment.parts[number]
        alive[part.begin : part.begin + part.count] = False
    return np.where(alive, begin + np.cumsum(alive) - 1, -1)


def _kept(segment: Segment, target: Numbers) -> Kind:
    """The postings of passages that stay, renumbered; terms left with none go."""
    to = target[segment.passages]
    keep = to >= 0
    before = np.concatenate(([0], np.cumsum(keep)))
    counts = np.diff(before[segment.starts.astype(np.int64)])
    some = counts > 0
    return Kind(segment.keys[some], counts[some], to[keep].astype(np.uint16), segment.weights[keep])
