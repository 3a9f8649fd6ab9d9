"""Fits the reranker's weights, and measures them on questions they were fitted without.

    python -m benchmarks.ranking ARTICLES.jsonl.gz QUESTIONS.jsonl.gz [ARTICLES QUESTIONS …]
        [--embedder FOLDER --vectors FILE.sqlite [--rescore 30]] [--write]

Passages as the product cuts them; each question with its accents and without. Beside the sets
given, the questions of officers.jsonl asked of corpus/, each counting as several: they alone ask as
officers do. Five folds by the question's own words: every figure printed is of questions that its
weights have not seen.

`--write` puts the weights into `models/ranking.json` and those of the folds, with the names (CRCs)
of the questions seen, into `baselines/ranking-folds.json`, where benchmarks.retrieval finds them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks import measures
from benchmarks.bench_data import as_passages, best_articles, read_articles, read_questions
from benchmarks.modes import FOLDS, name_of, ranking_over
from benchmarks.officers import OFFICERS, corpus_ranking
from benchmarks.rescoring import Rescoring, add_options, rescoring
from drafting.retrieve import Question, Ranking, read_question, read_slips
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.features import View, features
from drafting.retrieve.rerank import DEPTH, SHIPPED
from drafting.text import fold
from drafting.training.answers import PARTS, judged, part_of, read_answers
from drafting.training.ranking import Example, fit

# What helped on the given questions; votes of the same document or article did not (docs/…/0007).
PLAIN = (
    "lexical", "u_all", "u_body", "u_heading", "u_name", "b_all", "b_body", "b_heading", "b_name",
    "heading_u", "heading_b", "name_u", "run_body", "run_heading", "numbers", "accents", "defines",
    "asked", "untitled", "length",
)  # fmt: skip
# How often each of officers.jsonl counts: 210 beside 920 citizens'.
_OFFICERS = 4
NAMES: Mapping[str, Sequence[str]] = {
    "0": PLAIN,
    "1": (*PLAIN, "fused", "cosine"),
    "2": (*PLAIN, "fused", "cosine", "second"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, how it was typed, and its candidates."""

    text: str
    where: str
    example: Example
    gold: tuple[str, ...]


def gather(articles: Path, questions: Path, rescore: Rescoring | None) -> dict[str, list[Asked]]:
    """Every question's candidates with their features, for each number of embedders."""
    passages, ids = as_passages(read_articles(articles, set(), None), "provision")
    found: dict[str, list[Asked]] = {number: [] for number in NAMES if rescore or number != "2"}
    with tempfile.TemporaryDirectory() as folder:
        ranking = ranking_over(passages, Path(folder))
        for one in read_questions(questions):
            for where, text in (("có dấu", one.query), ("không dấu", fold(one.query))):
                question = read_slips(read_question(text), ranking.index)
                lists = _lists(question, one.query, ranking, rescore)
                for number, candidates in lists.items():
                    told = features(View(question, candidates, passages, ranking.index))
                    of = [ids[candidate.passage] for candidate in candidates]
                    example = Example(told, of, frozenset(one.gold))
                    name = f"{questions.name.partition('.')[0]}, {where}"
                    found[number].append(Asked(text, name, example, one.gold))
    return found


def gather_officers(rescore: Rescoring | None) -> dict[str, list[Asked]]:
    """The same for officers.jsonl over the five documents, judged by the very unit."""
    found: dict[str, list[Asked]] = {number: [] for number in NAMES if rescore or number != "2"}
    answered = [one for one in read_answers(OFFICERS) if one.gold]
    with corpus_ranking() as ranking:
        for one in answered:
            for where, text in (("có dấu", one.query), ("không dấu", fold(one.query))):
                question = read_slips(read_question(text), ranking.index)
                lists = _lists(question, one.query, ranking, rescore)
                for number, candidates in lists.items():
                    example = judged(question, candidates, one.gold, ranking)
                    name = f"officers, {where}"
                    found[number].append(Asked(text, name, example, tuple(example.right)))
    return found


def _lists(
    question: Question, typed: str, ranking: Ranking, rescore: Rescoring | None
) -> dict[str, list[Candidate]]:
    """The candidates for each number of embedders."""
    fused = ranking.fused(question)
    found = {"0": replace(ranking, dense=None).fused(question)[:DEPTH], "1": fused[:DEPTH]}
    if rescore:
        found["2"] = rescore.rescored(typed, fused, ranking.passages)
    return found


def crossfit(asked: Sequence[Asked], names: Sequence[str]) -> list[dict[str, float]]:
    """The weights of each fold, fitted on the questions of the others."""
    return [
        fit(_weighed([one for one in asked if part_of(one.text) != number]), names)
        for number in range(PARTS)
    ]


def _weighed(asked: Sequence[Asked]) -> list[Example]:
    many = {True: _OFFICERS, False: 1}
    return [one.example for one in asked for _ in range(many[one.where.startswith("officers")])]


def figures(asked: Sequence[Asked], folds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """nDCG@10 of each set, before (the fused order) and after; no question by weights it taught.

    Of the officers' questions also how often the first, and one of the first five, is right.
    """
    before: dict[str, list[float]] = {}
    after: dict[str, list[float]] = {}
    for one in asked:
        weights = folds[part_of(one.text)]
        told = one.example.features
        sums = np.sum([weight * told[name] for name, weight in weights.items()], axis=0)
        for scores, kept in ((np.zeros(len(sums)), before), (sums, after)):
            order = np.argsort(-scores, kind="stable")
            ranked = best_articles(order.tolist(), one.example.of, DEPTH)
            kept.setdefault(one.where, []).append(measures.of_question(ranked, one.gold)["nDCG@10"])
            for count in (1, 5) if one.where.startswith("officers") else ():
                hit = bool(one.example.right.intersection(ranked[:count]))
                kept.setdefault(f"{one.where}, hit@{count}", []).append(float(hit))
    return {
        f"{where}{mark}": round(float(np.mean(values)), 4)
        for mark, kept in ((" trước", before), (" sau", after))
        for where, values in kept.items()
    }


def main() -> None:
    """Fits, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    add_options(parser)
    given = parser.parse_args()
    found: dict[str, list[Asked]] = {}
    with rescoring(given) as rescore:
        for articles, questions in zip(given.paths[::2], given.paths[1::2], strict=True):
            for number, asked in gather(articles, questions, rescore).items():
                found.setdefault(number, []).extend(asked)
        for number, asked in gather_officers(rescore).items():
            found.setdefault(number, []).extend(asked)
    folds = {number: crossfit(asked, NAMES[number]) for number, asked in found.items()}
    for number, asked in found.items():
        print(number, json.dumps(figures(asked, folds[number]), ensure_ascii=False))
    if given.write:
        _write(given, found, folds)


def _write(
    given: argparse.Namespace,
    found: Mapping[str, Sequence[Asked]],
    folds: Mapping[str, Sequence[Mapping[str, float]]],
) -> None:
    """Both files; a set of weights not fitted now stays as it was."""
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8")) if SHIPPED.is_file() else {}
    weights = {n: fit(_weighed(asked), NAMES[n]) for n, asked in found.items()}
    shipped["weights"] = {**shipped.get("weights", {}), **_rounded(weights)}
    names = " ".join(path.name for path in given.paths)
    shipped["fitted by"] = f"python -m benchmarks.ranking {names} --write"
    _save(SHIPPED, shipped)
    kept = json.loads(FOLDS.read_text(encoding="utf-8")) if FOLDS.is_file() else {}
    before = kept.get("folds", [{}] * PARTS)
    now = [_rounded({n: of[at] for n, of in folds.items()}) for at in range(PARTS)]
    seen = sorted({name_of(one.text) for asked in found.values() for one in asked})
    both = [{**old, **new} for old, new in zip(before, now, strict=True)]
    _save(FOLDS, {"folds": both, "seen": seen})


def _rounded(sets: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {n: {k: round(w, 3) for k, w in of.items()} for n, of in sets.items()}


def _save(path: Path, told: Mapping[str, object]) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
