"""Fits the weights of the reranker to answered questions; each question one list of candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# How much a weight costs once its feature is brought to spread 1: measured 0.001 to 0.03.
STRENGTH = 0.01
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates: features by name, what each is part of, and what is right.

    `of` names the unit an answer is judged by (an article, a provision): several candidates may be
    of one, and the best of them speaks for it.
    """

    features: Mapping[str, Floats]
    of: Sequence[str]
    right: frozenset[str]


def fit(
    examples: Sequence[Example],
    names: Sequence[str],
    *,
    start: Mapping[str, float] | None = None,
    strength: float = STRENGTH,
) -> dict[str, float]:
    """A weight for each of `names` that puts right units first (listwise softmax, L-BFGS).

    `start` pulls the weights towards those of an earlier fit: an office's few answers then move
    them a little. Questions whose answer is not among the candidates teach nothing. Uses torch.
    """
    import torch

    torch.manual_seed(7)
    taught = [one for one in examples if one.right.intersection(one.of)]
    rows = np.concatenate([_matrix(one, names) for one in taught] or [np.zeros((0, len(names)))])
    spread = rows.std(axis=0) + 1e-6 if len(rows) else np.ones(len(names))
    begin = np.array([(start or {}).get(name, 0.0) for name in names]) * spread
    if not taught:
        return dict(zip(names, (begin / spread).tolist(), strict=True))
    unit, question, right = _numbered(taught)
    values = torch.tensor((rows - rows.mean(axis=0)) / spread)
    towards = torch.tensor(begin)
    weights = towards.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> Any:
        optimiser.zero_grad()
        lowest = torch.full((len(right),), -1e9, dtype=torch.float64)
        best = lowest.scatter_reduce(0, unit, values @ weights, "amax")
        of_question = torch.full((len(taught),), -1e9, dtype=torch.float64)
        top = of_question.scatter_reduce(0, question, best, "amax").detach()
        total = torch.zeros(len(taught), dtype=torch.float64)
        total = total.scatter_add(0, question, torch.exp(best - top[question]))
        told = best - top[question] - torch.log(total)[question]
        cost = -(told * right).sum() / len(taught)
        cost = cost + strength * ((weights - towards) ** 2).sum()
        cost.backward()
        return cost

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return dict(zip(names, (weights.detach().numpy() / spread).tolist(), strict=True))


def _matrix(example: Example, names: Sequence[str]) -> Floats:
    return np.stack([example.features[name] for name in names], axis=1)


def _numbered(examples: Sequence[Example]) -> tuple[Any, Any, Any]:
    """For each candidate its unit, for each unit its question and whether it is right."""
    import torch

    unit: list[int] = []
    question: list[int] = []
    right: list[float] = []
    for number, one in enumerate(examples):
        known = {name: len(right) + at for at, name in enumerate(dict.fromkeys(one.of))}
        unit += [known[name] for name in one.of]
        question += [number] * len(known)
        right += [float(name in one.right) for name in known]
    return torch.tensor(unit), torch.tensor(question), torch.tensor(right, dtype=torch.float64)


def fit_answered(
    told: Sequence[Mapping[str, float]], answered: Sequence[bool], strength: float = 1e-3
) -> dict[str, float]:
    """Logistic weights (and "bias") of signs for whether a question was answered.

    Both kinds weigh the same in all, however many there are of each.
    """
    import torch

    torch.manual_seed(7)
    names = list(told[0])
    rows = np.array([[one[name] for name in names] for one in told])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    values = torch.tensor((rows - middle) / spread)
    target = torch.tensor(np.asarray(answered, dtype=np.float64))
    share = target.mean()
    each = torch.where(target > 0, 0.5 / share, 0.5 / (1 - share))
    weights = torch.zeros(len(names) + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = values @ weights[:-1] + weights[-1]
        wrong = torch.nn.functional.binary_cross_entropy_with_logits(logits, target, weight=each)
        cost = wrong + strength * (weights[:-1] ** 2).sum()
        cost.backward()  # type: ignore[no-untyped-call]
        return cost

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    found = weights.detach().numpy()
    slopes = found[:-1] / spread
    bias = float(found[-1] - slopes @ middle)
    return {"bias": bias, **dict(zip(names, slopes.tolist(), strict=True))}
