"""What a static model finds alone, and fused with a plain BM25F over the same articles.

    python -m benchmarks.dense ARTICLES.jsonl.gz QUESTIONS.jsonl.gz [--model FOLDER] [--weight 0.35]
                               [--provisions] [--json]

The BM25F here (folded syllables and bigrams; heading ×3, document title ×2, text ×1; k1 0.7, b 0.9)
is written for measuring, on its own and apart from the product's index. Fusion: min-max over the
union of both top-100s. `--provisions` also measures the best vector of an article's pieces of about
a hundred words, which is nearer to the passages the product searches.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drafting.embed import Fields, StaticEmbedder
from drafting.text import bigrams, fold, folded_words

Floats = npt.NDArray[np.float32]
Row = Mapping[str, str]
BM25F = {"heading": 3.0, "document_title": 2.0, "text": 1.0}
K1, B, TOP = 0.7, 0.9, 100


def read(path: Path) -> list[dict[str, str]]:
    """The records of a JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def terms(text: str) -> list[str]:
    """Folded syllables and their pairs."""
    tokens = folded_words(text)
    return tokens + bigrams(tokens)


def lexical_scores(articles: Sequence[Row], questions: Sequence[str]) -> Floats:
    """BM25F of every article for every question; only the questions' own terms are indexed."""
    asked = [set(terms(question)) for question in questions]
    number = {term: at for at, term in enumerate(sorted(set().union(*asked)))}
    lengths = np.zeros((len(BM25F), len(articles)))
    postings: list[dict[int, npt.NDArray[np.float64]]] = [{} for _ in number]
    for a, article in enumerate(articles):
        for f, field in enumerate(BM25F):
            found = terms(article[field])
            lengths[f, a] = len(found)
            for term in found:
                at = number.get(term)
                if at is not None:
                    postings[at].setdefault(a, np.zeros(len(BM25F)))[f] += 1
    norms = 1 - B + B * lengths / np.maximum(lengths.mean(axis=1, keepdims=True), 1e-9)
    boosts = np.array(list(BM25F.values()))
    scores = np.zeros((len(questions), len(articles)), np.float32)
    holders: list[list[int]] = [[] for _ in number]
    for q, some in enumerate(asked):
        for term in some:
            holders[number[term]].append(q)
    for at, having in enumerate(postings):
        if having:
            rows = np.fromiter(having, np.int64)
            frequency = ((np.stack(list(having.values())) / norms[:, rows].T) * boosts).sum(axis=1)
            idf = np.log(1 + (len(articles) - len(rows) + 0.5) / (len(rows) + 0.5))
            for q in holders[at]:
                scores[q, rows] += (idf * frequency / (K1 + frequency)).astype(np.float32)
    return scores


def best(scores: Floats, count: int = TOP) -> npt.NDArray[np.int64]:
    """The best articles of each question, best first."""
    count = min(count, scores.shape[1])
    found = np.argpartition(-scores, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(scores, found, axis=1), axis=1, kind="stable")
    return np.take_along_axis(found, order, axis=1)


def fused(lexical: Floats, dense: Floats, weight: float) -> Floats:
    """Min-max over the union of both top-100s; -1 outside it."""
    found = np.full_like(lexical, -1)
    pairs = zip(best(lexical), best(dense), strict=True)
    for q, (one, other) in enumerate(pairs):
        union = np.union1d(one, other)
        found[q, union] = (1 - weight) * _spread(lexical[q, union]) + weight * _spread(
            dense[q, union]
        )
    return found


def _spread(values: Floats) -> Floats:
    low, high = values.min(), values.max()
    spread: Floats = (values - low) / np.maximum(high - low, np.float32(1e-9))
    return spread


def figures(scores: Floats, gold: Sequence[set[int]]) -> dict[str, float]:
    """Mean R@1, R@10, MRR@10 and nDCG@10."""
    sums = np.zeros(4)
    for ranked, right in zip(best(scores, 10), gold, strict=True):
        hits = np.array([article in right for article in ranked], float)
        discount = 1 / np.log2(np.arange(2, len(hits) + 2))
        first = np.flatnonzero(hits)
        ideal = discount[: min(len(right), 10)].sum()
        sums += (
            hits[0] / len(right),
            hits.sum() / len(right),
            1 / (first[0] + 1) if len(first) else 0,
            (hits * discount).sum() / ideal,
        )
    names = ("R@1", "R@10", "MRR@10", "nDCG@10")
    return dict(zip(names, (sums / len(gold)).round(4).tolist(), strict=True))


def pieces(article: Row, size: int = 100) -> list[Fields]:
    """The article in runs of lines of about `size` words, each under the same heading."""
    runs, length = [""], 0
    for line in article["text"].split("\n"):
        if length >= size:
            runs.append("")
            length = 0
        runs[-1] += line + "\n"
        length += line.count(" ") + 1
    return [Fields(article["document_title"], article["heading"], run) for run in runs]


def by_piece(model: StaticEmbedder, articles: Sequence[Row], asked: Floats) -> Floats:
    """The score of an article's best piece."""
    runs = [pieces(article) for article in articles]
    vectors = model.encode_passages([run for some in runs for run in some])
    starts = np.cumsum([0, *(len(some) for some in runs[:-1])])
    return np.stack([np.maximum.reduceat(vectors @ question, starts) for question in asked])


def measure(given: argparse.Namespace) -> dict[str, object]:
    """Every figure by name."""
    articles, rows = read(given.articles), read(given.questions)
    place = {article["id"]: at for at, article in enumerate(articles)}
    gold = [{place[name] for name in row["gold"]} for row in rows]
    questions = [row["query"] for row in rows]
    begun = time.perf_counter()
    model = StaticEmbedder.load(given.model) if given.model else StaticEmbedder.shipped()
    loaded = time.perf_counter() - begun
    fields = [Fields(a["document_title"], a["heading"], a["text"]) for a in articles]
    begun = time.perf_counter()
    vectors = model.encode_passages(fields)
    encoding = time.perf_counter() - begun
    begun = time.perf_counter()
    asked = np.concatenate([model.encode([question]) for question in questions])
    asking = time.perf_counter() - begun
    dense = asked @ vectors.T
    lexical = lexical_scores(articles, questions)
    folded = model.encode([fold(question) for question in questions]) @ vectors.T
    told: dict[str, object] = {
        "model": model.name,
        "articles": len(articles),
        "questions": len(questions),
        "load ms": round(loaded * 1000, 1),
        "articles a second": round(len(articles) / encoding),
        "ms a question (vector)": round(asking * 1000 / len(questions), 3),
        "lexical": figures(lexical, gold),
        "dense": figures(dense, gold),
        "dense, questions without accents": figures(folded, gold),
        f"hybrid {given.weight}": figures(fused(lexical, dense, given.weight), gold),
    }
    if given.provisions:
        parts = by_piece(model, articles, asked)
        told["dense, best piece"] = figures(parts, gold)
        told[f"hybrid {given.weight}, best piece"] = figures(
            fused(lexical, parts, given.weight), gold
        )
    return told


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--weight", type=float, default=0.35)
    parser.add_argument("--provisions", action="store_true")
    parser.add_argument("--json", action="store_true")
    told = measure(parser.parse_args())
    if parser.parse_args().json:
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        print(f"{name:36} {value}")


if __name__ == "__main__":
    main()
