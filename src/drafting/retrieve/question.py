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

# Words that ask and say nothing of the matter. Typed with accents they are told from their likes
# ("thì" from thi hành, thị thực); without, only what can hardly mean anything else is dropped.
_ASKING = [
    phrase.split()
    for phrase in (
        "như thế nào", "thế nào", "bao nhiêu", "bao lâu", "ở đâu", "về đâu", "là gì", "những gì",
        "làm sao", "tại sao", "vì sao", "không ạ", "gì", "ai", "nào", "thì", "à", "ạ", "vậy", "nhỉ",
    )
]  # fmt: skip
_ASKING_FOLDED = [
    phrase.split()
    for phrase in (
        "nhu the nao", "the nao", "bao nhieu", "bao lau", "o dau", "ve dau", "la gi", "nhung gi",
        "lam sao", "tai sao", "vi sao", "gi", "ai", "nao",
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
    alike: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    """Terms as typed, with the terms of their other form: ("btv",) and ("ban thuong", …)."""
    asks: bool = False
    """Whether it holds a word that asks (“gì”, “bao lâu”); else it is keywords."""


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
    runs = _runs(tokens, accented=is_accented(text)) or [tokens]
    kept = [token for run in runs for token in run]
    terms: dict[str, float] = {}
    for run in runs:
        for term in terms_of(run):
            terms[term] = EXACT_WEIGHT if term.startswith("=") else 1.0
    understood, alike = _expand(kept, terms)
    core = [term for run in runs for term in terms_of([fold_word(token) for token in run])]
    core = list(dict.fromkeys(core))
    asks = len(kept) < len(tokens)
    return Question(text, tuple(kept), terms, tuple(core), tuple(understood), tuple(alike), asks)


def _runs(tokens: Sequence[str], *, accented: bool) -> list[list[str]]:
    """The words between the asking ones: words that did not stand together form no pair."""
    phrases = _ASKING if accented else _ASKING_FOLDED
    read = tokens if accented else [fold_word(token) for token in tokens]
    dropped = [False] * len(tokens)
    for phrase in phrases:
        for at in range(len(tokens) - len(phrase) + 1):
            if list(read[at : at + len(phrase)]) == phrase:
                dropped[at : at + len(phrase)] = [True] * len(phrase)
    runs: list[list[str]] = [[]]
    for token, drop in zip(tokens, dropped, strict=True):
        if drop:
            runs.append([])
        else:
            runs[-1].append(token)
    return [run for run in runs if run]


def _expand(
    tokens: Sequence[str], terms: dict[str, float]
) -> tuple[list[tuple[str, str]], list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Adds the other form of every abbreviation; says how each short form was read."""
    understood: list[tuple[str, str]] = []
    alike: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
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
            alike.append(((token,), _said(full)))
    line = f" {' '.join(folded)} "
    for full, entry in full_forms:
        if f" {full} " in line and not entry.ambiguous:
            _add(terms, [fold(entry.short)], EXPANDED_WEIGHT)
            alike.append((tuple(terms_of(full.split())), (fold(entry.short),)))
    return understood, alike


def _said(full: str) -> tuple[str, ...]:
    """What must stand in a text for it to say `full`: its folded pairs, or its one word."""
    tokens = [fold_word(token) for token in words(full)]
    return tuple(bigrams(tokens) or tokens)


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
