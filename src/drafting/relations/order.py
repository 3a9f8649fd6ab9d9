"""Which pairs belong together, and in what order their ends stand; both in almost linear time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heappush

Pair = tuple[str, str]


def grouped(pairs: Sequence[Pair]) -> list[list[int]]:
    """The places of pairs that share an end, together.

    >>> grouped([("b", "a"), ("y", "x"), ("c", "b")])
    [[0, 2], [1]]
    """
    above: dict[str, str] = {}

    def root(key: str) -> str:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for newer, older in pairs:
        above[root(newer)] = root(older)
    groups: dict[str, list[int]] = {}
    for at, (_, older) in enumerate(pairs):
        groups.setdefault(root(older), []).append(at)
    return list(groups.values())


def in_time(days: Mapping[str, date], pairs: Sequence[Pair]) -> list[str]:
    """The keys of `days` so that the second of each pair stands before the first, else by day.

    A circle is cut at its earliest.

    >>> days = {"a": date(2025, 1, 1), "b": date(2024, 1, 1), "c": date(2023, 1, 1)}
    >>> in_time(days, [("b", "a")])
    ['c', 'a', 'b']
    """
    newer_of: dict[str, set[str]] = defaultdict(set)
    for newer, older in pairs:
        if newer != older:
            newer_of[older].add(newer)
    waits = dict.fromkeys(days, 0)
    for some in newer_of.values():
        for key in some:
            waits[key] += 1
    free = [(days[key], key) for key in days if not waits[key]]
    heapify(free)
    circles = sorted(days, key=lambda key: (days[key], key), reverse=True)
    order: dict[str, None] = {}
    while free or circles:
        key = heappop(free)[1] if free else circles.pop()
        if key in order:
            continue
        order[key] = None
        for newer in newer_of[key]:
            waits[newer] -= 1
            if not waits[newer]:
                heappush(free, (days[newer], newer))
    return list(order)
