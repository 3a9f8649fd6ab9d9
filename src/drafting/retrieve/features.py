"""What can be seen of a candidate beside a question: the numbers the reranker weighs.

Each is named, lies mostly between 0 and 1 and can be told to an officer. Words are looked up in the
postings of the index (`PassageIndex.held`); only headings and names, which are short, are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from drafting.index import FIELDS, PassageIndex
from drafting.passages import Passage
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.question import Question
from drafting.text import bigrams, fold, fold_word, is_accented, words

Floats = npt.NDArray[np.float64]
Shown = npt.NDArray[np.bool_]

# A word no passage has still counts as unanswered: as much as a rare one.
UNKNOWN_IDF = 6.0
_FULL = 255
_MEANING = re.compile(r"\b(?:la gi|the nao la|duoc hieu|khai niem|dinh nghia|nghia la)\b")
_DEFINES = ("giai thich", "tu ngu")
# What a question asks for, and the headings of the articles that say it. What is decided and how
# long it takes stand under such headings; asked for papers or penalties, headings tell nothing more
# than the words do (fitted weights near 0 on both given sets).
_ASKED = (
    (
        re.compile(r"\b(?:ai|(?:co quan|don vi|cap|nguoi|to chuc) nao|tham quyen)\b"),
        ("tham quyen", "trach nhiem", "nhiem vu", "quyen han"),
    ),
    (
        re.compile(
            r"\b(?:bao lau|khi nao|luc nao|may ngay|bao nhieu (?:ngay|thang|gio|nam|lau)|"
            r"thoi (?:han|gian)|truoc ngay|cham nhat)\b"
        ),
        ("thoi han", "thoi gian", "thoi diem"),
    ),
)


NAMES = (
    "lexical", "fused", "cosine", "second", "u_all", "u_body", "u_heading", "u_name", "b_all",
    "b_body", "b_heading", "b_name", "heading_u", "heading_b", "name_u", "run_body", "run_heading",
    "numbers", "accents", "defines", "asked", "untitled", "length",
)  # fmt: skip


class View:
    """A question's terms against some candidates: who holds what, in which field."""

    def __init__(
        self,
        question: Question,
        candidates: Sequence[Candidate],
        passages: Sequence[Passage],
        index: PassageIndex,
    ) -> None:
        self.question, self.candidates = question, candidates
        self.passages = [passages[one.passage] for one in candidates]
        self.text = fold(question.text)
        self.tokens = [fold_word(token) for token in question.tokens]
        self.pairs = bigrams(self.tokens)
        core = list(dict.fromkeys([*question.core, *self.tokens, *self.pairs]))
        exact = [f"={t}" for t, f in zip(question.tokens, self.tokens, strict=True) if t != f]
        other = [term for _, others in question.alike for term in others]
        self.terms = list(dict.fromkeys([*core, *exact, *other]))
        self.row = {term: at for at, term in enumerate(self.terms)}
        self.idf = index.weights(self.terms).astype(np.float64)
        numbers = [one.passage for one in candidates]
        self.held = index.held(self.terms, numbers).astype(np.int64)
        self.lengths = index.lengths(numbers).astype(np.float64)
        self._counts = {name: self._counted(name) for name in ("heading", "name")}
        beyond = self.held - FIELDS["heading"] * self._counts["heading"]
        beyond -= FIELDS["name"] * self._counts["name"]
        self._beyond = (beyond > 0) | (self.held >= _FULL)

    def rows(self, terms: Sequence[str]) -> list[int]:
        """The rows of terms of the question."""
        return [self.row[term] for term in terms]

    def anywhere(self, terms: Sequence[str]) -> Shown:
        """Which terms stand in which candidates, in whatever field: bool (terms, candidates)."""
        return self._told(terms, self.held > 0)

    def body(self, terms: Sequence[str]) -> Shown:
        """Which stand outside heading and name: what the postings hold beyond those."""
        return self._told(terms, self._beyond)

    def field(self, name: str, terms: Sequence[str]) -> Shown:
        """Which stand in one short field."""
        return self._told(terms, self._counts[name] > 0)

    def share(self, shown: Shown, terms: Sequence[str], unknown: float = 0.0) -> Floats:
        """How much of the terms' idf each candidate holds; 0 when they weigh nothing."""
        weights = self.idf[self.rows(terms)]
        weights = np.where(weights > 0, weights, unknown)
        total = float(weights.sum())
        shares: Floats = weights @ shown / (total or 1.0)
        return shares

    def _counted(self, field: str) -> npt.NDArray[np.int64]:
        """How often each term stands in a short field of each candidate."""
        found = np.zeros_like(self.held)
        columns: dict[str, list[int]] = {}
        for at, passage in enumerate(self.passages):
            columns.setdefault(getattr(passage, field), []).append(at)
        for text, those in columns.items():
            counts = counted(text)
            for term in counts.keys() & self.row.keys():
                found[self.row[term], those] = counts[term]
        return found

    def _told(self, terms: Sequence[str], every: Shown) -> Shown:
        """The rows of `terms`, a short form counting as its full form and the other way round."""
        shown = every[self.rows(terms)]
        for typed, others in self.question.alike:
            said = every[self.rows(others)].all(axis=0)
            for at in (n for n, term in enumerate(terms) if term in typed):
                shown[at] |= said
        return shown


@lru_cache(maxsize=20_000)
def counted(text: str) -> Counter[str]:
    """The folded words and pairs of a short field; neighbours share theirs."""
    folded = [fold_word(word) for word in words(text)]
    return Counter([*folded, *bigrams(folded)])


def _covered(view: View) -> dict[str, Floats]:
    """How much of the question stands where: words (u) and pairs (b)."""
    words_, pairs = _split(view.question.core)
    found = {}
    for short, terms in (("u", words_), ("b", pairs)):
        unknown = UNKNOWN_IDF if short == "u" else 0.0
        found[f"{short}_all"] = view.share(view.anywhere(terms), terms, unknown)
        found[f"{short}_body"] = view.share(view.body(terms), terms, unknown)
        for field in ("heading", "name"):
            found[f"{short}_{field}"] = view.share(view.field(field, terms), terms, unknown)
    return found


def _split(core: Sequence[str]) -> tuple[list[str], list[str]]:
    return [t for t in core if " " not in t], [t for t in core if " " in t]


def _precise(view: View) -> dict[str, Floats]:
    """How much of a heading or name the question says: a heading it says whole is about it."""
    asked = {*view.tokens, *view.pairs}
    found: dict[str, list[float]] = {"heading_u": [], "heading_b": [], "name_u": []}
    for passage in view.passages:
        found["heading_u"].append(_said_of(passage.heading, asked, pairs=False))
        found["heading_b"].append(_said_of(passage.heading, asked, pairs=True))
        found["name_u"].append(_said_of(passage.name, asked, pairs=False))
    return {name: np.array(values) for name, values in found.items()}


def _said_of(text: str, asked: set[str], *, pairs: bool) -> float:
    terms = [term for term in counted(text) if (" " in term) == pairs]
    return sum(term in asked for term in terms) / len(terms) if terms else 0.0


def _runs(view: View) -> dict[str, Floats]:
    """The weightiest run of the question's words standing together, as a share of all of it."""
    weights = view.idf[view.rows(view.tokens)]
    whole = _best_run(weights, np.ones((len(view.pairs), 1), dtype=bool))[0] or 1.0
    in_body = _best_run(weights, view.body(view.pairs)) / whole
    return {
        "run_body": in_body,
        "run_heading": _best_run(weights, view.field("heading", view.pairs)) / whole,
    }


def _best_run(weights: Floats, together: Shown) -> Floats:
    """A word alone weighs half; each next one that stands beside it adds its whole weight."""
    run = np.full(together.shape[1], 0.5 * weights[0] if len(weights) else 0.0)
    best = run
    for at, beside in enumerate(together, start=1):
        run = np.where(beside, run + weights[at], 0.5 * weights[at])
        best = np.maximum(best, run)
    return best


def _told(view: View) -> dict[str, Floats]:
    """Numbers, accents, what is asked for, and what kind of passage it is."""
    numbers = [t for t in dict.fromkeys(view.tokens) if t[:1].isdigit()]
    exact = [term for term in view.terms if term.startswith("=")]
    many = len(view.candidates)
    asks_meaning = bool(_MEANING.search(view.text))
    defines = [any(t in counted(p.heading) for t in _DEFINES) for p in view.passages]
    accents = np.zeros(many)
    if exact and is_accented(view.question.text):
        plain = list(dict.fromkeys(fold_word(term[1:]) for term in exact))
        # Of the words found folded, how many are found as typed: "bảo" is not "báo".
        folded = view.anywhere(plain).sum(axis=0)
        accents = view.anywhere(exact).sum(axis=0) / np.maximum(folded, 1) - 1.0
    return {
        "numbers": view.anywhere(numbers).mean(axis=0) if numbers else np.full(many, 0.5),
        "accents": accents,
        "defines": np.array([asks_meaning and one for one in defines], dtype=np.float64),
        "asked": _asked(view),
        "untitled": np.array([not p.heading for p in view.passages], dtype=np.float64),
        "length": np.log1p(view.lengths) / 10,
    }


def _asked(view: View) -> Floats:
    """1.0 where the heading says what is asked for: who decides, how long it takes."""
    wanted = {term for asks, said in _ASKED if asks.search(view.text) for term in said}
    return np.array([float(bool(wanted & counted(p.heading).keys())) for p in view.passages])


def _scores(view: View) -> dict[str, Floats]:
    """What the two halves of the search say."""
    found = {
        "lexical": np.array([one.lexical for one in view.candidates]),
        "fused": np.array([one.score for one in view.candidates]),
    }
    found["lexical"] /= found["lexical"].max() or 1.0
    for at, name in enumerate(("cosine", "second")):
        found[name] = np.array([(*one.cosines, 0.0, 0.0)[at] for one in view.candidates])
    low, high = found["second"].min(), found["second"].max()
    found["second"] = (found["second"] - low) / ((high - low) or 1.0)
    return found


_GROUPS: tuple[Callable[[View], dict[str, Floats]], ...] = (
    _scores, _covered, _precise, _runs, _told,
)  # fmt: skip


def features(view: View) -> dict[str, Floats]:
    """Every feature by name, one number a candidate.

    `lexical`, `fused`, `cosine`, `second`: the searches' own scores; `u_…`, `b_…`: how much of the
    question's words and pairs (by idf) stand in a field; `heading_…`, `name_u`: how much of the
    field the question says; `run_…`: the longest run of its words; `defines`, `asked`: a heading of
    the kind that is asked for.
    """
    if not view.candidates:
        return {}
    return {name: values for group in _GROUPS for name, values in group(view).items()}
