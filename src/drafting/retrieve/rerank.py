"""The best candidates in a better order: a sum of named features, each weight in a data file.

`models/ranking.json` holds the weights and says which command fitted them on which questions; an
office may fit its own from confirmed answers (`drafting train --answers`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from drafting.errors import BadInput
from drafting.index import PassageIndex
from drafting.index.disk import Disk, write_whole
from drafting.passages import Passage
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.certainty import certainty
from drafting.retrieve.features import NAMES, View, features
from drafting.retrieve.question import Question

SHIPPED = Path(__file__).resolve().parents[1] / "models" / "ranking.json"
# The candidates looked at: below, the fused order stays.
DEPTH = 50
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Reranker:
    """Weights of features and of the refusal's signs, for each number of embedders there may be.

    `thresholds` says from which certainty on a question counts as answered.

    >>> Reranker.shipped().weights["1"]["u_all"] > 0
    True
    """

    weights: Mapping[str, Weights]
    answered: Mapping[str, Weights]
    thresholds: Weights

    @classmethod
    def shipped(cls) -> Reranker:
        """The weights inside the package."""
        told = _read(SHIPPED)
        answered = {n: _finite(of) for n, of in told["answered"].items()}
        return cls(_sets(told), answered, _finite(told["thresholds"]))

    @classmethod
    def own(cls, path: Path) -> Reranker:
        """The weights an office fitted, the shipped ones where `path` has none.

        `BadInput` names the file when it cannot be used.
        """
        shipped = cls.shipped()
        try:
            return replace(shipped, weights={**shipped.weights, **_sets(_read(path))})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadInput(
                f"Tệp trọng số xếp hạng {path} không dùng được: {problem}. "
                "Xóa tệp để dùng trọng số kèm chương trình, hoặc lập lại bằng drafting train."
            ) from None

    def save(self, path: Path, told: str) -> None:
        """Writes the weights, whole or not at all; `told` says where they come from."""
        weights = {n: {k: round(w, 4) for k, w in of.items()} for n, of in self.weights.items()}
        text = json.dumps({"fitted by": told, "weights": weights}, ensure_ascii=False, indent=1)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(Disk(), path, [f"{text}\n".encode()])

    def order(
        self,
        question: Question,
        candidates: Sequence[Candidate],
        passages: Sequence[Passage],
        index: PassageIndex,
    ) -> list[Candidate]:
        """The candidates best first; `chance` is a share among those looked at (they sum to 1)."""
        top = candidates[:DEPTH]
        if not top:
            return []
        told = features(View(question, top, passages, index))
        weights = self._set(len(top[0].cosines))
        sums = np.sum([weight * told[name] for name, weight in weights.items()], axis=0)
        chances = np.exp(sums - sums.max())
        chances /= chances.sum()
        order = np.lexsort((np.arange(len(top)), -sums))
        best = [replace(top[at], chance=float(chances[at])) for at in order]
        return [*best, *candidates[DEPTH:]]

    def _set(self, embedders: int) -> Weights:
        """The weights fitted with so many embedders, or with as many as there are."""
        return self.weights[str(min(embedders, 2))]

    def is_answer(self, told: Mapping[str, float], embedders: int) -> bool:
        """Whether what these signs were seen of answers the question."""
        number = str(min(embedders, 1))
        return certainty(told, self.answered[number]) >= self.thresholds[number]


def _read(path: Path) -> dict[str, Any]:
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise TypeError("không phải một đối tượng JSON")
    return told


def _sets(told: Mapping[str, Any]) -> dict[str, Weights]:
    """The sets of weights, each under the number of its embedders."""
    sets: dict[str, Weights] = {number: _finite(of) for number, of in told["weights"].items()}
    if unknown := {name for of in sets.values() for name in of}.difference(NAMES):
        raise ValueError(f"không có đặc trưng {', '.join(sorted(unknown))}")
    if not sets or not all(sets.values()) or not sets.keys() <= {"0", "1", "2"}:
        raise ValueError("thiếu trọng số")
    return sets


def _finite(of: Mapping[str, Any]) -> dict[str, float]:
    found = {name: float(weight) for name, weight in of.items()}
    if not all(math.isfinite(weight) for weight in found.values()):
        raise ValueError("có trọng số không phải là số")
    return found
