"""What an officer types → weighted terms: accents or none, abbreviations both ways."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from drafting.index import terms_of
from drafting.text import bigrams, fold, fold_word, is_accented, nfc, words

MAX_CHARS = 2_000
# An exact (accented) match adds this to the folded one; measured on the bench's given questions.
EXACT_WEIGHT = 0.35
# A spelled-out abbreviation counts a little less than what was typed; an ambiguous one half.
EXPANDED_WEIGHT, AMBIGUOUS_WEIGHT = 0.8, 0.4

# Words that ask and say nothing of the matter; "dau" (đâu, đầu, dấu) only as part of a phrase.
_ASKING = [
    phrase.split()
    for phrase in (
        "nhu the nao", "the nao", "bao nhieu", "bao lau", "o dau", "ve dau", "la gi", "nhung gi",
        "gi", "ai", "nao", "thi", "a", "vay", "nhi", "khong a", "lam sao", "tai sao",
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with its spelled-out forms; several meanings when `ambiguous`."""

    short: str
    full: tuple[str, ...]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be searched.

    `tokens` are its words; `terms` weighs every term to look for; `core` are the folded syllables
    and bigrams of the officer's own words (what an answer should cover); `understood` says how
    abbreviations were read.
    """

    text: str
    tokens: tuple[str, ...]
    terms: Mapping[str, float]
    core: tuple[str, ...]
    understood: tuple[tuple[str, str], ...]


def read_question(text: str) -> Question:
    """`text` as a `Question`; never raises, whatever was typed.

    >>> q = read_question("BTV cho ý kiến việc gì")
    >>> q.understood
    (('BTV', 'Ban Thường vụ'),)
    >>> "ban thuong" in q.terms, "gi" in q.terms
    (True, False)
    """
    text = nfc(text)[:MAX_CHARS]
    tokens = words(text)
    folded = [fold_word(token) for token in tokens]
    asking = _asking(folded)
    kept = [token for token, drop in zip(tokens, asking, strict=True) if not drop] or tokens
    terms: dict[str, float] = {}
    for term in terms_of(kept):
        terms[term] = EXACT_WEIGHT if term.startswith("=") else 1.0
    understood = _expand(kept, terms)
    core = tuple(dict.fromkeys([*map(fold_word, kept), *bigrams([fold_word(t) for t in kept])]))
    return Question(text, tuple(kept), terms, core, tuple(understood))


def _asking(folded: Sequence[str]) -> list[bool]:
    dropped = [False] * len(folded)
    for phrase in _ASKING:
        for at in range(len(folded) - len(phrase) + 1):
            if list(folded[at : at + len(phrase)]) == phrase:
                dropped[at : at + len(phrase)] = [True] * len(phrase)
    return dropped


def _expand(tokens: Sequence[str], terms: dict[str, float]) -> list[tuple[str, str]]:
    """Adds the other form of every abbreviation; says how each short form was read."""
    understood: list[tuple[str, str]] = []
    short_forms, full_forms = _abbreviations()
    folded = [fold_word(token) for token in tokens]
    for token in dict.fromkeys(folded):
        entry = short_forms.get(token)
        if entry is None or _is_word(token, tokens):
            continue
        understood.append((entry.short, " / ".join(entry.full)))
        weight = AMBIGUOUS_WEIGHT if entry.ambiguous else EXPANDED_WEIGHT
        for full in entry.full:
            _add(terms, terms_of(words(full)), weight)
    line = f" {' '.join(folded)} "
    for full, entry in full_forms:
        if f" {full} " in line and not entry.ambiguous:
            _add(terms, [fold(entry.short)], EXPANDED_WEIGHT)
    return understood


def _is_word(token: str, tokens: Sequence[str]) -> bool:
    """Whether an abbreviation's letters are a plain word here: "ct" never, "tu" when typed "từ"."""
    return any(fold_word(t) == token and is_accented(t) and "đ" not in t for t in tokens)


def _add(terms: dict[str, float], more: Sequence[str], weight: float) -> None:
    for term in more:
        exact = term.startswith("=")
        terms[term] = max(terms.get(term, 0.0), weight * (EXACT_WEIGHT if exact else 1.0))


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[dict[str, Abbreviation], list[tuple[str, Abbreviation]]]:
    path = Path(__file__).resolve().parents[1] / "rules" / "abbreviations.toml"
    blocks = tomllib.loads(path.read_text(encoding="utf-8"))["abbreviation"]
    entries = [
        (Abbreviation(b["short"], tuple(b["full"]), b.get("ambiguous", False)), b.get("also", []))
        for b in blocks
    ]
    short: dict[str, Abbreviation] = {}
    for entry, also in entries:
        for form in (entry.short, *also):
            tokens = [fold_word(token) for token in words(form)]
            if len(tokens) == 1:
                short.setdefault(tokens[0], entry)
    full = [(" ".join(map(fold_word, words(f))), e) for e, _ in entries for f in e.full]
    return short, full
