"""What is fitted: one row a token, one question weight a token, three field weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from drafting.embed.static import Tables, quantised
from drafting.embed.vocabulary import Bags, Ints, Vocabulary
from drafting.training.stream import Stream
from drafting.training.views import Batch, bags_of

if TYPE_CHECKING:
    import torch

TEMPERATURE = 0.05
_LEAST_WEIGHT = 1e-4


class Table:
    """The parameters, and how a bag becomes a vector. Begins as random rows weighed by idf:
    near tf-idf already (loss 1.9 of 6.8), so that training only has to improve on it.
    """

    def __init__(self, stream: Stream, seed: int, dim: int, base: Tables | None = None) -> None:
        import torch

        size = len(stream.vocabulary)
        seen = np.bincount(stream.syllable[stream.syllable >= 0], minlength=size)
        seen = seen + np.bincount(stream.pair[stream.pair >= 0], minlength=size)
        idf = np.log(1 + len(stream.syllable) / 100 / (1 + seen))
        idf = np.clip(idf / idf.mean(), 0.05, 2.0).astype(np.float32)
        rows = np.random.default_rng(seed).standard_normal((size, dim), np.float32)
        rows *= idf[:, None] / np.float32(math.sqrt(dim))
        asked = np.zeros(size, np.float32)
        fields, soft = (0.7, 1.0, 0.8), (1.0, 1.0, 1.0)
        if base is not None and base.rows.shape[1] == dim:
            _take_over(base, stream.vocabulary, rows, asked)
            fields, soft = base.fields, base.soft
        self.rows = torch.nn.Parameter(torch.from_numpy(rows))
        self.asked = torch.nn.Parameter(torch.from_numpy(asked))
        self.fields = torch.nn.Parameter(torch.tensor(fields))
        self.soft = torch.nn.Parameter(torch.log(torch.tensor(soft)))

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """By name, for the optimiser and the checkpoint."""
        named = {"rows": self.rows, "asked": self.asked}
        return {**named, "fields": self.fields, "soft": self.soft}

    def sums(self, bags: Bags, asked: int) -> torch.Tensor:
        """The weighted sums of the bags; the first `asked` bags are questions. No gradient."""
        import torch

        with torch.no_grad():
            weights = self._weights(bags, asked)
            return _bag(self.rows.detach(), bags.tokens, bags.starts[:-1], weights)

    def articles(self, parts: torch.Tensor) -> torch.Tensor:
        """Unit vectors from the (3, n, dim) sums of titles, headings and texts."""
        import torch

        norms = parts.norm(dim=2, keepdim=True)
        soft = torch.exp(self.soft)[:, None, None]
        whole = (self.fields[:, None, None] * parts / (soft + norms)).sum(0)
        return torch.nn.functional.normalize(whole, dim=1)

    def learn(self, batch: Batch) -> float:
        """InfoNCE both ways over the batch: leaves its gradients, gives its value."""
        import torch

        count = len(batch.articles)
        sums = self.sums(batch.bags, count).requires_grad_()
        asked = torch.nn.functional.normalize(sums[:count], dim=1)
        answers = self.articles(sums[count:].view(3, count, -1))
        logits = asked @ answers.T / TEMPERATURE
        logits = logits.masked_fill(torch.from_numpy(batch.alike), -1e4)
        target = torch.arange(count)
        cross = torch.nn.functional.cross_entropy
        loss: torch.Tensor = 0.7 * cross(logits, target) + 0.3 * cross(logits.T, target)
        loss.backward()  # type: ignore[no-untyped-call]
        assert sums.grad is not None
        self._pull(batch.bags, count, sums.grad)
        return float(loss.detach())

    def _pull(self, bags: Bags, asked: int, slope: torch.Tensor) -> None:
        """The gradients of rows and question weights, given the loss's slope at `sums`.

        The transposed sum is an EmbeddingBag over the slopes with the tokens as bags: several
        times faster than torch's own backward for weighted bags (0.1 s against 0.5 s a step).
        """
        import torch

        with torch.no_grad():
            weights = self._weights(bags, asked)
            row = np.repeat(np.arange(len(bags.starts) - 1), np.diff(bags.starts))
            order = np.argsort(bags.tokens, kind="stable")
            tokens, first = np.unique(bags.tokens[order], return_index=True)
            if self.rows.grad is None or self.asked.grad is None:
                self.rows.grad = torch.zeros_like(self.rows)
                self.asked.grad = torch.zeros_like(self.asked)
            self.rows.grad.zero_()
            self.asked.grad.zero_()
            pulled = _bag(slope, row[order], first, weights[torch.from_numpy(order)])
            self.rows.grad[torch.from_numpy(tokens)] = pulled
            end = int(bags.starts[asked])
            said = torch.from_numpy(bags.tokens[:end])
            pull = (self.rows.detach()[said] * slope[torch.from_numpy(row[:end])]).sum(1)
            self.asked.grad.index_add_(0, said, pull * weights[:end])

    def _weights(self, bags: Bags, asked: int) -> torch.Tensor:
        import torch

        weights = torch.from_numpy(bags.weights)
        end = int(bags.starts[asked])
        scale = torch.exp(self.asked.detach()[torch.from_numpy(bags.tokens[:end])])
        return torch.cat([weights[:end] * scale, weights[end:]])

    def vectors(self, stream: Stream, window: int) -> npt.NDArray[np.float32]:
        """Vectors of all articles from title, heading and the first `window` words of the text."""
        import torch

        total, found = len(stream.starts), []
        stops = np.minimum(stream.stops, stream.starts + window)
        with torch.no_grad():
            for begin in range(0, total, 1024):
                some = np.arange(begin, min(total, begin + 1024))
                pieces = np.stack(
                    [np.arange(3 * len(some)), stream.starts[some].T.ravel(), stops[some].T.ravel()]
                ).T
                bags = bags_of(stream, pieces, 3 * len(some), np.ones(0, bool))
                found.append(self.articles(self.sums(bags, 0).view(3, len(some), -1)).numpy())
        return np.concatenate(found)

    def tables(self, vocabulary: Vocabulary) -> Tables:
        """The int8 tables the program ships."""
        rows, scales = quantised(self.rows.detach().numpy())
        asked = np.exp(self.asked.detach().numpy()).astype(np.float16).astype(np.float32)
        title, heading, text = (float(v) for v in self.fields.detach())
        soft = [math.exp(float(v)) for v in self.soft.detach()]
        return Tables(
            vocabulary, rows, scales, asked, (title, heading, text), (soft[0], soft[1], soft[2])
        )


def _bag(rows: torch.Tensor, at: Ints, starts: Ints, weights: torch.Tensor) -> torch.Tensor:
    import torch

    found: torch.Tensor = torch.nn.functional.embedding_bag(
        torch.from_numpy(at),
        rows,
        torch.from_numpy(np.ascontiguousarray(starts)),
        mode="sum",
        per_sample_weights=weights,
    )
    return found


def _take_over(
    base: Tables,
    vocabulary: Vocabulary,
    rows: npt.NDArray[np.float32],
    asked: npt.NDArray[np.float32],
) -> None:
    """Copies what `base` knows about the tokens of both vocabularies."""
    known = {base.vocabulary.spelled(token): token for token in range(len(base.vocabulary))}
    for token in range(len(vocabulary)):
        there = known.get(vocabulary.spelled(token))
        if there is not None:
            rows[token] = base.rows[there].astype(np.float32) * base.scales[there]
            asked[token] = math.log(max(float(base.asked[there]), _LEAST_WEIGHT))
