"""A passage on its way to becoming a hit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage number with what each half of the search says of it.

    `score` is the fusion, between 0 and 1; `lexical` the BM25F score, 0.0 for one found by meaning
    alone; `cosines` one number for each embedder, our static one first, none without a dense half;
    `chance` the reranker's share of belief, 0.0 before it has looked.
    """

    passage: int
    score: float
    lexical: float
    cosines: tuple[float, ...] = ()
    chance: float = 0.0
