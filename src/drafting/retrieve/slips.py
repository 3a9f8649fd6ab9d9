"""Words the corpus has not: what was meant is searched beside what was typed, and said."""

from __future__ import annotations

from dataclasses import replace

from drafting.index import PassageIndex
from drafting.retrieve.question import Question
from drafting.text import fold_word

# A word read differently than typed counts a little less than one typed as it stands.
READ_WEIGHT = 0.8
_MAX_SLIPS = 4


def read_slips(question: Question, index: PassageIndex) -> Question:
    """`question` with the nearest known word beside each word the index has not.

    What was typed is never dropped; `understood` says how it was read. A short form the
    abbreviations know is no slip, and a question of many unknown words is another language.
    """
    tokens = [fold_word(token) for token in question.tokens]
    known = {fold_word(short) for short, _ in question.understood}
    told = index.weights(tokens) if tokens else ()
    unknown = [
        at
        for at, (token, weight) in enumerate(zip(tokens, told, strict=True))
        if not weight and token.isalpha() and token not in known
    ]
    if not unknown or len(unknown) > _MAX_SLIPS or 2 * len(unknown) > len(tokens) + 1:
        return question
    read = list(tokens)
    for at in unknown:
        before = read[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        read[at] = index.near(tokens[at], before, after) or tokens[at]
    return _beside(question, tokens, read)


def _beside(question: Question, typed: list[str], read: list[str]) -> Question:
    """The question with the words as read, and the pairs they make, beside its own."""
    terms = dict(question.terms)
    understood = list(question.understood)
    for at, (was, now) in enumerate(zip(typed, read, strict=True)):
        if was == now:
            continue
        pairs = [" ".join(read[begin : begin + 2]) for begin in (at - 1, at) if begin >= 0]
        for term in (now, *(pair for pair in pairs if " " in pair)):
            terms[term] = max(terms.get(term, 0.0), READ_WEIGHT)
        understood.append((question.tokens[at], now))
    core = tuple(_as_read(term, typed, read) for term in question.core)
    tokens = tuple(t if f == r else r for t, f, r in zip(question.tokens, typed, read, strict=True))
    return replace(question, tokens=tokens, terms=terms, core=core, understood=tuple(understood))


def _as_read(term: str, typed: list[str], read: list[str]) -> str:
    """A term of the question with the words as read: what an answer should cover."""
    now = dict(zip(typed, read, strict=True))
    return " ".join(now.get(word, word) for word in term.split(" "))
