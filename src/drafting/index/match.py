"""What retrieval asks of an index, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Match:
    """A passage number with its score."""

    passage: int
    score: float


class PassageIndex(Protocol):
    """What retrieval asks of an index."""

    def search(
        self, terms: Mapping[str, float], limit: int, allowed: Sequence[bool] | None = None
    ) -> list[Match]:
        """The best passages for weighted terms, best first; only `allowed` ones when given."""

    def weight(self, term: str) -> float:
        """How telling a term is (its idf); 0.0 when no passage has it."""

    def near(self, word: str, before: str = "", after: str = "") -> str:
        """The known folded word that `word` was meant to be, "" when it is known or none is."""
