"""What some passages hold of some terms, read from the postings: no text is looked at again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from drafting.index.segment import Segment
from drafting.index.terms import term_keys

Places = npt.NDArray[np.int64]
Held = npt.NDArray[np.uint8]


def held(segments: Sequence[Segment], bases: Places, terms: Sequence[str], places: Places) -> Held:
    """Field weights of each term in each passage, summed in halves: uint8 (terms, passages).

    `places` number the passages through all segments, `bases` says where each segment begins.
    """
    found = np.zeros((len(terms), len(places)), np.uint8)
    keys = term_keys(list(terms)) if terms else np.zeros(0, np.uint64)
    home = np.searchsorted(bases, places, side="right") - 1
    for number in np.unique(home):
        segment, columns = segments[number], np.flatnonzero(home == number)
        local = (places[columns] - bases[number]).astype(np.uint16)
        for row, run in enumerate(segment.runs(keys)):
            if run is None:
                continue
            passages = segment.passages[run]
            at = np.minimum(passages.searchsorted(local), len(passages) - 1)
            hit = passages[at] == local
            found[row, columns[hit]] = segment.weights[run][at[hit]]
    return found
