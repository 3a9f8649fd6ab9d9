"""A question → passages, best first: both halves of the search, then the reranker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from drafting.index import PassageIndex
from drafting.passages import Passage
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.certainty import best_seen, says_all, signs
from drafting.retrieve.dense import Dense, lexical_only, stretched
from drafting.retrieve.question import Question
from drafting.retrieve.rerank import Reranker

# How many passages each half brings.
CANDIDATES = 100
# How many a cross-encoder reads: each takes it a tenth of a second.
_READ = 20


class SecondLook(Protocol):
    """Reads question and text together: `embed.CrossEncoderReranker`."""

    def score(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """How well each text answers; only the order means anything."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranks passages by number; without a dense half the lexical one does it alone."""

    index: PassageIndex
    passages: Sequence[Passage]
    reranker: Reranker
    dense: Dense | None = None
    second_look: SecondLook | None = None

    def order(
        self, question: Question, allowed: Sequence[bool] | None = None, limit: int = CANDIDATES
    ) -> list[Candidate]:
        """The passages either half brings, best first; only `allowed` ones when given."""
        fused = self.fused(question, allowed, limit)
        ranked = self.reranker.order(question, fused, self.passages, self.index)
        return self._read_again(question, ranked) if self.second_look else ranked

    def _read_again(self, question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
        """The first ones by the reranker and the cross-encoder, each counting half."""
        top, rest = ranked[:_READ], ranked[_READ:]
        if self.second_look is None or not top:
            return list(ranked)
        texts = [_whole(self.passages[one.passage]) for one in top]
        read = stretched(self.second_look.score(question.text, texts).astype(np.float64))
        told = stretched(np.log(np.array([one.chance for one in top]) + 1e-9))
        order = np.argsort(-(read + told), kind="stable")
        chances = sorted((one.chance for one in top), reverse=True)
        best = [replace(top[at], chance=c) for at, c in zip(order, chances, strict=True)]
        return [*best, *rest]

    def fused(
        self, question: Question, allowed: Sequence[bool] | None = None, limit: int = CANDIDATES
    ) -> list[Candidate]:
        """The same before the reranker has looked."""
        matches = self.index.search(question.terms, limit, allowed)
        if self.dense is None:
            return lexical_only(matches)
        return self.dense.fused(question.text, matches, limit, allowed)

    def is_answered(self, question: Question, ranked: Sequence[Candidate]) -> bool:
        """Whether the best of `ranked` answer the question at all, as far as can be told.

        Keywords that one provision says word for word are answered: there is nothing more to know.
        """
        seen = best_seen(question, ranked, self.passages, self.index)
        if not question.asks and says_all(seen):
            return True
        told = signs(seen, ranked, self.index, len(self.passages))
        return self.reranker.is_answer(told, 1 if self.dense else 0)


def _whole(passage: Passage) -> str:
    """A passage as a reader would have it: its document, titles, lead and words."""
    parts = (passage.name, passage.heading, passage.lead, passage.text)
    return "\n".join(part for part in parts if part)
