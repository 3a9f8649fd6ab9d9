"""What every embedder promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Fields(NamedTuple):
    """What is searched, in its parts: the document's name, the headings above, the words."""

    name: str
    heading: str
    text: str

    def joined(self) -> str:
        """One text for embedders that know no parts.

        >>> Fields("Luật Thanh niên", "Quyền", "").joined()
        'Luật Thanh niên\\nQuyền'
        """
        return "\n".join(part for part in self if part)


class Embedder(Protocol):
    """Texts to vectors of unit length, so that a dot product is a cosine.

    The same text gives the same vector, alone or among others, in NFC or NFD (a model that counts
    in bfloat16: to two decimals). A text without one
    known word may give zeros: near to nothing, never near by accident. Lone surrogates, NUL and
    50,000 characters are texts like any other. No network, ever.
    """

    @property
    def name(self) -> str:
        """Names the weights, not only the kind: vectors of two names never mix."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Questions, or any loose texts: float32 (n, dim); no texts give (0, dim)."""

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        """What the questions are compared with: float32 (n, dim)."""
