"""What retrieval asks of an index, and what it gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


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

    def weights(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        """`weight` of several different terms at once."""

    def held(self, terms: Sequence[str], passages: Sequence[int]) -> npt.NDArray[np.uint8]:
        """Field weights of each term in each passage, in halves: (terms, passages)."""

    def lengths(self, passages: Sequence[int]) -> npt.NDArray[np.float32]:
        """How long each passage is, its fields weighed."""

    def near(self, word: str, before: str = "", after: str = "") -> str:
        """The known folded word that `word` was meant to be, "" when it is known or none is."""
