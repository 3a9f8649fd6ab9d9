"""The retrieval harness: figures by hand, files as described, refusals in a sentence."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.bench_data import as_passages, read_articles
from benchmarks.measures import at_share, changes, of_question
from benchmarks.modes import Fair, name_of
from drafting.retrieve import Reranker
from drafting.text import fold
from drafting.training.answers import PARTS, part_of

REPO = Path(__file__).resolve().parent.parent
ARTICLES = [
    {"id": f"50+{n}", "designation": "50", "article": str(n), "document_title": "Quyết định 50",
     "chapter": "Chương I", "heading": heading, "text": text}
    for n, (heading, text) in enumerate(
        [("Đoàn ra", "1. Ban Thường vụ quyết định.\n\n2. Sở Ngoại vụ thẩm định."),
         ("Đoàn vào", "Thông báo trước 05 ngày."), ("Hộ chiếu", "Sở quản lý hộ chiếu công vụ.")],
        start=1,
    )
]  # fmt: skip
QUESTIONS = [
    {"id": "a", "query": "ai quản lý hộ chiếu công vụ", "gold": ["50+3"]},
    {"id": "b", "query": "đoàn ra ai thẩm định", "gold": ["50+1"]},
    {"id": "c", "query": "không ai biết câu trả lời"},
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    for name, records in (("a.jsonl.gz", ARTICLES), ("q.jsonl.gz", QUESTIONS)):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
    return str(tmp_path / "a.jsonl.gz"), str(tmp_path / "q.jsonl.gz")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.retrieval", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPO)


def test_measures_are_those_of_the_book() -> None:
    found = of_question(["x", "a", "y", "b"], ["a", "b"])
    assert found["R@1"] == 0 and found["R@5"] == 1 and found["MRR@10"] == 0.5
    assert found["nDCG@10"] == pytest.approx((0.6309 + 0.4307) / (1 + 0.6309), abs=1e-3)
    assert at_share([3, 1, 2], 0.5) == 2 and at_share([], 0.5) == 0
    assert changes({"a": 1, "b": 0}, {"a": 0, "b": 1}) == {
        "compared": 2, "gains": 1, "losses": 1, "lost": ["b"]
    }  # fmt: skip


@pytest.mark.parametrize("unit", ["article", "provision"])
def test_a_run_prints_one_line_of_figures_and_writes_rankings(
    unit: str, files: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "run.jsonl"
    done = run(*files, "--unit", unit, "--run", str(out), "--fold-queries", "--json")
    figures = json.loads(done.stdout)
    assert figures["R@1"] == 1.0 and figures["questions"] == 3 and figures["baseline"] is None
    assert {"build_s", "peak_mb", "bytes", "p50_ms", "p95_ms", "nDCG@10"} <= set(figures)
    ranked = {r["id"]: r["ranked"] for r in map(json.loads, out.read_text().splitlines())}
    assert set(ranked) == {"a", "b", "c"} and ranked["a"][0] == "50+3"


def test_a_limit_keeps_the_gold_articles(files: tuple[str, str]) -> None:
    kept = read_articles(Path(files[0]), {"50+3"}, 2)
    assert len(kept) == 2 and "50+3" in {one.id for one in kept}
    assert read_articles(Path(files[0]), {"50+3"}, 2) == kept


def test_provisions_are_cut_by_our_own_structure(files: tuple[str, str]) -> None:
    passages, ids = as_passages(read_articles(Path(files[0]), set(), None), "provision")
    assert [p.eid for p in passages][:2] == ["art_1__cl_1", "art_1__cl_2"]
    assert ids == ["50+1", "50+1", "50+2", "50+3"]


@pytest.mark.parametrize("mode", ["dense", "hybrid", "rerank"])
def test_every_mode_is_measured(mode: str, files: tuple[str, str]) -> None:
    figures = json.loads(run(*files, "--mode", mode, "--json").stdout)
    assert figures["engine"] == mode and figures["R@5"] == 1.0


def test_no_question_is_ranked_by_weights_that_have_seen_it() -> None:
    shipped, text = Reranker.shipped(), "đoàn ra của tỉnh là gì"
    folds = [replace(shipped, thresholds={"1": float(number)}) for number in range(PARTS)]
    fair = Fair(frozenset({name_of(text)}), folds)
    assert fair.reranker(text, shipped) is folds[part_of(text)]
    assert fair.reranker(fold(text), shipped) is folds[part_of(text)]
    assert fair.reranker("một câu khác", shipped) is shipped


def test_the_weights_of_the_folds_are_of_the_shipped_features() -> None:
    shipped = Reranker.shipped()
    for one in Fair.load().folds:
        assert {n: sorted(w) for n, w in one.weights.items()} == {
            n: sorted(w) for n, w in shipped.weights.items()
        }


def test_no_data_is_said_and_no_failure(tmp_path: Path) -> None:
    assert "Chưa đo" in run().stdout and run().returncode == 0
    assert run("khong-co.gz", "khong-co.gz").returncode == 2
