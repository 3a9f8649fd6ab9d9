"""Terms: what the index looks for, and the 64-bit keys it knows them by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from drafting.text import bigrams, fold_word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Keys = npt.NDArray[np.uint64]

# Field weights, k1 and b as measured on 62,202 articles (shared/bench/README.md: heading ×3,
# document title ×2, text ×1, k1 0.7, b 0.9), counted in halves so that a weight is a small integer.
FIELDS: Mapping[str, int] = {"heading": 6, "name": 4, "text": 2, "lead": 2, "chapter": 2}
K1, B = 0.7, 0.9
EXACT = "="


def terms_of(tokens: Sequence[str]) -> list[str]:
    """The terms of a run of words: folded syllables and bigrams, and the exact ones beside them.

    Exact terms begin with "="; a word without accents has none, so that typing accents can only
    help.

    >>> terms_of(["đoàn", "ra"])
    ['doan', 'ra', 'doan ra', '=đoàn', '=đoàn ra']
    """
    folded = [fold_word(token) for token in tokens]
    pairs = list(zip(bigrams(tokens), bigrams(folded), strict=True))
    exact = [EXACT + t for t, f in zip(tokens, folded, strict=True) if t != f]
    exact += [EXACT + t for t, f in pairs if t != f]
    return [*folded, *(f for _, f in pairs), *exact]


def word_keys(words: Iterable[str]) -> Keys:
    """A 64-bit key for each word, the same on every machine."""
    import numpy as np

    digests = b"".join(hashlib.blake2b(w.encode(), digest_size=8).digest() for w in words)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def pair_keys(left: Keys, right: Keys) -> Keys:
    """The keys of bigrams from the keys of their words: no string is made for a bigram."""
    import numpy as np

    with np.errstate(over="ignore"):
        mixed = left * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= (right ^ (right >> np.uint64(31))) * np.uint64(0xC2B2AE3D27D4EB4F)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        return mixed ^ (mixed >> np.uint64(32))


def term_keys(terms: Sequence[str]) -> Keys:
    """The keys of terms as `terms_of` writes them."""
    import numpy as np

    split = [_split(term) for term in terms]
    left = word_keys(one for one, _ in split)
    right = word_keys(other for _, other in split)
    single = np.array([not other for _, other in split], dtype=bool)
    return np.where(single, left, pair_keys(left, right))


def _split(term: str) -> tuple[str, str]:
    """A term's two words; the second is "" for a single one. "=" stands before each exact word."""
    left, _, right = term.partition(" ")
    if right and left.startswith(EXACT):
        right = EXACT + right
    return left, right
