"""Whether the best provisions answer a question at all, or the library holds nothing on it.

A logistic model over a few plain signs of the best candidates (how much of the question they say,
how near in meaning they are, whether its words are known here at all); weights and threshold lie in
`models/ranking.json`, fitted and measured by `python -m benchmarks.certainty` (docs/tra-cuu.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from drafting.index import PassageIndex
from drafting.passages import Passage
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.features import View, features
from drafting.retrieve.question import Question

# So many of the best are looked at: an answer may stand second.
LOOKED_AT = 3
_OTHERS = 60


def best_seen(
    question: Question,
    ranked: Sequence[Candidate],
    passages: Sequence[Passage],
    index: PassageIndex,
) -> View:
    """The best few beside the question: what `signs` and `says_all` look at."""
    return View(question, ranked[:LOOKED_AT], passages, index)


def signs(
    view: View, ranked: Sequence[Candidate], index: PassageIndex, size: int
) -> dict[str, float]:
    """What tells an answer from the nearest miss, each between 0 and about 1.

    `words`, `pairs`: the most of the question's words and pairs (by idf) one of the best three
    says; `near`: the highest cosine; `both`: `words` times `near`; `above`: how far `near` stands
    above the others'; `share`: the best BM25F score of all there could be; `heading`: the most of a
    heading that was asked; `first`: the first one's chance; `long`, `short`: the number of words,
    its logarithm and its inverse; `size`: the passages of the library, where the more there are the
    nearer a miss comes.
    """
    if not view.candidates:
        return {}
    terms = view.question.terms
    told = features(view)
    best = {"words": "u_all", "pairs": "b_all", "near": "cosine", "heading": "heading_u"}
    found = {sign: float(np.max(told[name])) for sign, name in best.items()}
    cosines = [one.cosines[0] for one in ranked[:_OTHERS] if one.cosines]
    could = float(index.weights(list(terms)) @ np.array(list(terms.values())))
    return {
        **found,
        "both": found["words"] * found["near"],
        "above": found["near"] - float(np.median(cosines)) if cosines else 0.0,
        "share": max(one.lexical for one in ranked) / (could or 1.0),
        "first": view.candidates[0].chance,
        "long": math.log1p(len(view.tokens)) / 3,
        "short": 1 / max(1, len(view.tokens)),
        "size": math.log(size) / 12,
    }


def says_all(view: View) -> bool:
    """Whether one of the best says every word of the question, and all of them as they stand."""
    core = view.question.core
    return bool(view.anywhere(core).all(axis=0).any()) if core else False


def certainty(told: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance that the best provisions answer the question; 0.0 when there are none."""
    if not told:
        return 0.0
    slopes = ((told.get(name, 0.0), weight) for name, weight in weights.items())
    total = weights["bias"] + sum(sign * weight for sign, weight in slopes)
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))
