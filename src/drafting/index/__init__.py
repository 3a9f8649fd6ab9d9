"""The lexical index: BM25F over folded and exact syllables and bigrams, in flat numpy files.

    open_index(root, fingerprint, passages) -> LexicalIndex

Derived from the library and kept in step with it document by document; anything damaged or
foreign in its folder is built again. docs/decisions/0002 says why it is our own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafting.index.match import Match, PassageIndex
from drafting.index.terms import FIELDS, K1, B, terms_of
from drafting.passages import Passage

if TYPE_CHECKING:
    from drafting.index.lexical import LexicalIndex

__all__ = ["FIELDS", "K1", "B", "Match", "PassageIndex", "open_index", "terms_of"]


def open_index(
    root: Path,
    fingerprint: str,
    passages: Sequence[Passage],
    *,
    keys: Mapping[str, str] | None = None,
    tell: Callable[[str], None] = lambda _sentence: None,
) -> LexicalIndex:
    """The index of these passages under `root`; see `drafting.index.lexical.open_index`."""
    from drafting.index import lexical  # brings numpy, 0.1 s: only when something is searched

    return lexical.open_index(root, fingerprint, passages, keys=keys, tell=tell)
