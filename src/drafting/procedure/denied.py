"""Words around a phrase that deny it or ask whether it is so: then nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from drafting.text import fold_word, is_accented, words

_CLAUSE = re.compile(r"[,;:.?!()\n]+")
_DENIALS = {"không", "chưa", "chẳng", "khỏi"}
# How chat writes them; “chua” without its accents may be “chưa”, “hong” is “không” in the South.
_TYPED = {"khong", "chua", "chang", "ko", "k", "kg", "kh", "hong", "hông", "hok"}
# How far before a phrase a denial reaches: “không liên quan vấn đề nhạy cảm”.
_BEFORE = 5
_AFTER = 1


def clause_starts(text: str) -> list[int]:
    """The places, in syllables, where a clause of `text` begins.

    >>> clause_starts("đoàn ra của sở, không nhạy cảm")
    [0, 4]
    """
    counts = [len(words(piece)) for piece in _CLAUSE.split(text)]
    starts = accumulate(counts[:-1], initial=0)
    return [at for at, count in zip(starts, counts, strict=True) if count]


def is_denied(tokens: Sequence[str], start: int, end: int, clauses: Sequence[int]) -> bool:
    """Whether the phrase at `start`–`end` is denied, or is what the question asks.

    >>> is_denied(words("cán bộ chưa thuộc diện BTV"), 3, 6, [0])
    True
    >>> is_denied(words("cán bộ có thuộc diện BTV không"), 3, 6, [0])
    True
    >>> is_denied(words("diện BTV không đi học"), 0, 2, [0])
    False
    """
    opened = max((at for at in clauses if at <= start), default=0)
    closed = min((at for at in clauses if at > start), default=len(tokens))
    before = tokens[max(opened, start - _BEFORE) : start]
    if any(_denies(token) for token in before):
        return True
    # “… có trong kế hoạch chưa?”, “diện BTV? không, …”: the last word of a clause or one alone.
    for at in range(end, min(end + 1 + _AFTER, len(tokens))):
        alone = at + 1 == closed or at + 1 == len(tokens) or at + 1 in clauses
        if _denies(tokens[at]) and alone:
            return True
    return False


def _denies(token: str) -> bool:
    plain = not is_accented(token)
    return token in _DENIALS or token in _TYPED or (plain and fold_word(token) in _TYPED)
