"""What every embedder does to a text and to a vector before others see it."""

from __future__ import annotations

import numpy as np

from drafting.embed.embedder import Floats
from drafting.text import nfc

# More would only be cut by the model; some tokenisers choke on a 50,000-character line.
MAX_CHARS = 20_000


def cleaned(text: str, most: int = MAX_CHARS) -> str:
    """NFC, no NUL (it truncates in some tokenisers), no lone surrogates, not too long.

    >>> cleaned("hộ\\0chiếu"), cleaned("\\ud800"), cleaned("công hàm", 4)
    ('hộ chiếu', '?', 'công')
    """
    kept = nfc(text[:most]).replace("\0", " ")
    return kept.encode("utf-8", "replace").decode("utf-8")


def unit(vectors: Floats) -> Floats:
    """Rows of length one, in float32 whatever the model counted in; rows of zeros stay.

    >>> unit(np.array([[3, 4], [0, 0]], np.float32)).round(1).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    whole = np.asarray(vectors, np.float32)
    norms = np.linalg.norm(whole, axis=1, keepdims=True)
    found: Floats = (whole / np.where(norms > 0, norms, 1)).astype(np.float32)
    return found
