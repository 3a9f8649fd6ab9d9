"""Ranking measures over many questions, each between 0 and 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

CUTS = (1, 5, 10, 20)


def of_question(ranked: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """Recall@1/5/10/20, MRR@10 and nDCG@10 of one ranking (binary relevance).

    >>> of_question(["b", "a"], ["a"])["MRR@10"]
    0.5
    """
    wanted = set(gold)
    hits = [article in wanted for article in ranked]
    ideal = sum(1 / math.log2(at + 2) for at in range(min(10, len(wanted))))
    found = {f"R@{cut}": sum(hits[:cut]) / len(wanted) for cut in CUTS}
    found["MRR@10"] = next((1 / (at + 1) for at, hit in enumerate(hits[:10]) if hit), 0.0)
    gained = sum(1 / math.log2(at + 2) for at, hit in enumerate(hits[:10]) if hit)
    return {**found, "nDCG@10": gained / ideal}


def mean(figures: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each measure, to four places."""
    if not figures:
        return {}
    return {name: round(sum(f[name] for f in figures) / len(figures), 4) for name in figures[0]}


def at_share(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie: p50, p95."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2) if ordered else 0.0


def changes(now: Mapping[str, float], before: Mapping[str, float]) -> dict[str, int | list[str]]:
    """How many questions rank better and worse than in the baseline, and which got worse."""
    both = [name for name in now if name in before]
    worse = [name for name in both if now[name] < before[name] - 1e-3]
    better = sum(now[name] > before[name] + 1e-3 for name in both)
    return {"compared": len(both), "gains": better, "losses": len(worse), "lost": worse[:20]}
