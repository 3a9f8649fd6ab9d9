"""When to say that there is no answer: fits the signs, prints risk against coverage.

    python -m benchmarks.certainty ARTICLES.jsonl.gz QUESTIONS.jsonl.gz [ARTICLES QUESTIONS …]
        [--write]

Answerable: every question of a set asked of all its articles, and of small libraries of a few laws
that hold its law; the officers' questions of officers.jsonl asked of corpus/. Unanswerable: every
second question asked of the same articles without its law, questions asked of small libraries
without their law, all of them asked of corpus/, and the officers' that nothing there answers. The
officers' count several times each. Five folds by the question's words: no question is judged by
weights it taught. `--write` puts weights and threshold into `models/ranking.json`.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.bench_data import Asked, as_passages, read_articles, read_questions
from benchmarks.modes import Fair, ranking_over
from benchmarks.officers import OFFICERS, corpus_ranking
from drafting.passages import Passage
from drafting.retrieve import Ranking, read_question, read_slips
from drafting.retrieve.certainty import best_seen, certainty, signs
from drafting.retrieve.rerank import SHIPPED
from drafting.text import fold
from drafting.training.answers import PARTS, part_of, read_answers
from drafting.training.ranking import fit_answered

# The share of officers' unanswerable questions that the shipped threshold refuses, as was asked of
# it. Of the answerable ones, written to be hard, it then refuses a few in a hundred too.
REFUSED = 0.8
# But never more of the answerable ones than this.
OVER_REFUSED = 0.07
# How often a question of a kind counts in the fit: officers ask as our users do; and to tell one
# who has the whole law that it says nothing is the worst mistake.
_COUNTS = (("cán bộ", 10), ("đủ luật", 4))
_SEED, _LIBRARIES, _EACH = 5, 30, 20
_SIZES = range(100, 8_000)


@dataclass(frozen=True, slots=True)
class Told:
    """One question asked of one library: which kind of asking, whether it has the answer."""

    text: str
    kind: str
    answerable: bool
    signs: Mapping[str, Mapping[str, float]]
    """For no embedder ("0") and for ours ("1")."""


class Asker:
    """Asks one library, as the product would."""

    def __init__(self, ranking: Ranking) -> None:
        self._ranking = ranking
        self._fair = Fair.load()

    def told(
        self, text: str, kind: str, answerable: bool, allowed: Sequence[bool] | None = None
    ) -> Told:
        """The signs of its best provisions, ranked by weights that have not seen `text`."""
        ranking = self._ranking
        question = read_slips(read_question(text), ranking.index)
        reranker = self._fair.reranker(text, ranking.reranker)
        found = {}
        for number, dense in (("0", None), ("1", ranking.dense)):
            one = replace(ranking, dense=dense, reranker=reranker)
            ranked = one.order(question, allowed)
            seen = best_seen(question, ranked, ranking.passages, ranking.index)
            found[number] = signs(seen, ranked, ranking.index, len(ranking.passages))
        return Told(text, kind, answerable, found)


def of_a_set(articles: Path, questions: Path) -> Iterator[Told]:
    """The questions of a set asked of all its articles, without their law, of small libraries."""
    found, ids = as_passages(read_articles(articles, set(), None), "provision")
    asked = read_questions(questions)
    name = questions.name.partition("_q")[0].partition(".")[0]
    law_of = {one: passage.file for one, passage in zip(ids, found, strict=True)}
    of_law: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(found):
        of_law[passage.file].append(number)
    with tempfile.TemporaryDirectory() as folder:
        asker = Asker(ranking_over(found, Path(folder)))
        for at, one in enumerate(asked):
            yield asker.told(one.query, f"{name}, đủ luật", True)
            if at % 2 == 0:
                allowed = np.ones(len(found), dtype=bool)
                allowed[[n for gold in one.gold for n in of_law[law_of[gold]]]] = False
                yield asker.told(one.query, f"{name}, bỏ luật", False, allowed.tolist())
    laws_of = {one.id: {law_of[gold] for gold in one.gold} for one in asked}
    yield from _small_libraries(name, found, of_law, asked, laws_of)


def _small_libraries(
    name: str,
    found: Sequence[Passage],
    of_law: Mapping[str, Sequence[int]],
    asked: Sequence[Asked],
    laws_of: Mapping[str, set[str]],
) -> Iterator[Told]:
    chance = random.Random(_SEED)
    answering = sorted(set().union(*laws_of.values()))
    for _ in range(_LIBRARIES):
        some = set(chance.sample(answering, min(len(answering) - 1, chance.choice([3, 5, 8]))))
        some |= set(chance.sample(sorted(of_law), min(len(of_law), chance.choice([2, 5, 12]))))
        numbers = [number for law in sorted(some) for number in of_law[law]]
        if len(numbers) not in _SIZES:
            continue
        with tempfile.TemporaryDirectory() as folder:
            asker = Asker(ranking_over([found[number] for number in numbers], Path(folder)))
            for has, kind in ((True, "kho nhỏ có luật"), (False, "kho nhỏ không có luật")):
                these = [one for one in asked if bool(laws_of[one.id] & some) == has]
                for one in chance.sample(these, min(_EACH, len(these))):
                    yield asker.told(one.query, f"{name}, {kind}", has)


def of_the_corpus(questions: Sequence[Path]) -> Iterator[Told]:
    """The five documents, asked by citizens, whom they do not answer, and by officers."""
    with corpus_ranking() as ranking:
        asker = Asker(ranking)
        for path in questions:
            for one in read_questions(path):
                yield asker.told(one.query, "năm văn bản của kho", False)
        for answered in read_answers(OFFICERS):
            for text in (answered.query, fold(answered.query)):
                has = bool(answered.gold)
                yield asker.told(text, f"cán bộ, {'có' if has else 'không có'}", has)


def _fitted(told: Sequence[Told], number: str) -> dict[str, float]:
    """The weights of the signs with so many embedders."""
    some = [one for one in told if one.signs[number]]
    taught = [one for one in some for _ in range(_count(one.kind))]
    return fit_answered([one.signs[number] for one in taught], [o.answerable for o in taught])


def _count(kind: str) -> int:
    return next((count for part, count in _COUNTS if part in kind), 1)


def judged(told: Sequence[Told], number: str) -> np.ndarray:  # type: ignore[type-arg]
    """The certainty of each, by weights fitted without its fold."""
    sure = np.zeros(len(told))
    for fold_number in range(PARTS):
        weights = _fitted([one for one in told if part_of(one.text) != fold_number], number)
        for at, one in enumerate(told):
            if part_of(one.text) == fold_number:
                sure[at] = certainty(one.signs[number], weights)
    return sure


def main() -> None:
    """Prints the share refused of each kind at several thresholds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sets = list(zip(given.paths[::2], given.paths[1::2], strict=True))
    told = [one for pair in sets for one in of_a_set(*pair)]
    told += of_the_corpus([questions for _, questions in sets])
    thresholds = {number: show(told, number) for number in ("0", "1")}
    if given.write:
        shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
        fitted = {number: _fitted(told, number) for number in thresholds}
        shipped["answered"] = {
            number: {name: round(weight, 3) for name, weight in of.items()}
            for number, of in fitted.items()
        }
        shipped["thresholds"] = thresholds
        text = json.dumps(shipped, ensure_ascii=False, indent=1)
        SHIPPED.write_text(text + "\n", encoding="utf-8")


def show(told: Sequence[Told], number: str) -> float:
    """Prints the curve with so many embedders; gives the threshold to ship."""
    sure = judged(told, number)
    kinds = list(dict.fromkeys(one.kind for one in told))
    of_kind = {kind: np.array([one.kind == kind for one in told]) for kind in kinds}
    officers = sure[of_kind["cán bộ, có"]]
    enough = float(np.quantile(sure[of_kind["cán bộ, không có"]], REFUSED))
    shipped_at = min(enough, float(np.quantile(officers, OVER_REFUSED)))
    print(f"Số mô hình nhúng: {number}. Tỷ lệ câu bị từ chối theo ngưỡng:")
    print(" " * 16 + "".join(f"{at:>8}" for at in range(1, len(kinds) + 1)))
    for share in (0.005, 0.01, 0.02, 0.03, 0.05, None, 0.1):
        at = shipped_at if share is None else float(np.quantile(officers, share))
        refused = "".join(f"{(sure[of] < at).mean():8.3f}" for of in of_kind.values())
        print(f"{share or 'chọn':>6} {at:8.3f} {refused}")
    print("; ".join(f"{at} {kind}" for at, kind in enumerate(kinds, start=1)))
    return round(shipped_at, 3)


if __name__ == "__main__":
    main()
