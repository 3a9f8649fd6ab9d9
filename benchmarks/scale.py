"""The lexical index at a million passages: build, memory, waiting time, one document more.

    python -m benchmarks.scale ARTICLES.jsonl.gz QUESTIONS.jsonl.gz [--passages 1000000]
        [--folder DIR] [--json]

Articles are cut into provisions by our own structure and passages; when they are too few, copies
with every seventh word left out (another one in each copy) follow under other names. Building,
asking and adding are a process each, so that each one's memory is its own. Last, one document more
comes in through `open_index` over the articles as they are.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby
from pathlib import Path

from benchmarks.bench_data import as_passages, read_articles, read_questions
from benchmarks.measures import at_share
from benchmarks.memory import peak_mb, resident_mb
from drafting.index import open_index
from drafting.index.build import Source
from drafting.index.disk import one_writer
from drafting.index.lexical import LexicalIndex
from drafting.index.store import Store, open_segments
from drafting.passages import Passage
from drafting.retrieve import read_question, read_slips


def sources(articles: Path, wanted: int) -> Iterator[Source]:
    """Documents of together `wanted` passages."""
    read = read_articles(articles, set(), None)
    made = 0
    for copy in count():
        for name, group in groupby(read, key=lambda one: one.designation):
            cut, _ = as_passages(list(group), "provision")
            passages = [_varied(p, copy) for p in cut[: wanted - made]]
            made += len(passages)
            yield Source(f"{name}#{copy}", f"{name}#{copy}", passages)
            if made >= wanted:
                return


def _varied(passage: Passage, copy: int) -> Passage:
    if not copy:
        return passage
    words = [word for at, word in enumerate(passage.text.split()) if at % 7 != copy % 7]
    return replace(passage, text=" ".join(words))


def build(folder: Path, articles: Path, wanted: int) -> dict[str, float]:
    """Builds the index; cutting the articles into provisions is timed too, and told apart."""
    cutting = 0.0

    def timed() -> Iterator[Source]:
        nonlocal cutting
        made = sources(articles, wanted)
        while True:
            begun = time.perf_counter()
            source = next(made, None)
            cutting += time.perf_counter() - begun
            if source is None:
                return
            yield source

    begun = time.perf_counter()
    with one_writer(folder):
        Store(folder).change("scale", timed())
    took = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in folder.iterdir())
    return {"build_s": round(took - cutting, 1), "cutting_s": round(cutting, 1),
            "build_peak_mb": peak_mb(), "bytes": size}  # fmt: skip


def ask(folder: Path, questions: Path) -> dict[str, float]:
    """Asks every question once, in a process that has only the index."""
    begun = time.perf_counter()
    _, opened = open_segments(folder)
    positions: dict[str, list[int]] = {}
    at = 0
    for segment, dead in opened:
        for number, part in enumerate(segment.parts):
            if number not in dead:
                positions.setdefault(part.file, []).extend(range(at, at + part.count))
                at += part.count
    index = LexicalIndex(opened, positions)
    opening = time.perf_counter() - begun
    waits, work = [], []
    for question in read_questions(questions):
        begun, worked = time.perf_counter(), time.process_time()
        index.search(read_slips(read_question(question.query), index).terms, 100)
        waits.append((time.perf_counter() - begun) * 1000)
        work.append((time.process_time() - worked) * 1000)
    return {
        "passages": index.count, "segments": len(opened), "open_s": round(opening, 2),
        "p50_ms": at_share(waits, 0.5), "p95_ms": at_share(waits, 0.95),
        "p50_cpu_ms": at_share(work, 0.5), "p95_cpu_ms": at_share(work, 0.95),
        "resident_mb": resident_mb(), "ask_peak_mb": peak_mb(),
    }  # fmt: skip


def add(folder: Path, times: int = 20) -> dict[str, float]:
    """Puts one document of 40 passages in, again and again: opening, writing, commit."""
    waits = []
    for number in range(times):
        text = f"Điều khoản thử số {number} về đoàn ra, hộ chiếu công vụ và lễ tân đối ngoại. " * 8
        passages = [
            Passage(f"thu-{number}", f"art_{at}", (), text, "Thử", "", "", "Quy chế thử")
            for at in range(40)
        ]
        begun = time.perf_counter()
        with one_writer(folder):
            store = Store(folder)
            store.change(f"more-{number}", [Source(f"thu-{number}", "1", passages)])
        waits.append((time.perf_counter() - begun) * 1000)
    return {"add_p50_ms": at_share(waits, 0.5), "add_max_ms": round(max(waits), 1)}


def keep_in_step(folder: Path, articles: Path) -> dict[str, float]:
    """One document more for `open_index`, which finds it among all the others by itself.

    With keys (as the product asks) and by hashing all words; then every article its own document.
    """
    passages, _ = as_passages(read_articles(articles, set(), None), "article")
    single = [replace(p, file=f"{p.file}#{number}") for number, p in enumerate(passages)]
    return {
        "documents": len({p.file for p in passages}),
        "step_p50_ms": _steps(folder / "keyed", passages, keyed=True),
        "step_hashed_p50_ms": _steps(folder / "hashed", passages, keyed=False),
        "single_documents": len(single),
        "step_single_p50_ms": _steps(folder / "single", single, keyed=True),
    }


def _steps(folder: Path, passages: list[Passage], *, keyed: bool, times: int = 5) -> float:
    keys = {passage.file: "1" for passage in passages} if keyed else {}
    open_index(folder, "0", passages, keys=keys)
    waits = []
    for number in range(1, times + 1):
        more = Passage(f"thu-{number}", "art_1", (), "Đoàn ra thử", "", "", "", "Quy chế thử")
        passages = [*passages, more]
        if keyed:
            keys[more.file] = "1"
        begun = time.perf_counter()
        open_index(folder, str(number), passages, keys=keys)
        waits.append((time.perf_counter() - begun) * 1000)
    return at_share(waits, 0.5)


def _stage(*arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.scale", *map(str, arguments), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(given: argparse.Namespace, folder: Path) -> dict[str, float]:
    """All stages, each in its own process."""
    files = (given.articles, given.questions, "--folder", folder)
    passages = ("--passages", given.passages)
    return {
        name: value
        for stage in ("build", "ask", "add", "step")
        for name, value in _stage(*files, *passages, "--stage", stage).items()
    }


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("questions", type=Path, nargs="?")
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--stage", choices=["build", "ask", "add", "step"])
    parser.add_argument("--json", action="store_true")
    given, _ = parser.parse_known_args()
    if given.articles is None or given.questions is None:
        print("Chưa đo: cần ARTICLES.jsonl.gz và QUESTIONS.jsonl.gz (shared/bench/README.md).")
        return 0
    folder = given.folder or Path(tempfile.mkdtemp())
    if given.stage == "build":
        figures = build(folder, given.articles, given.passages)
    elif given.stage == "ask":
        figures = ask(folder, given.questions)
    elif given.stage == "add":
        figures = add(folder)
    elif given.stage == "step":
        figures = keep_in_step(folder / "step", given.articles)
    else:
        figures = measure(given, folder)
    if not given.folder:
        shutil.rmtree(folder)
    print(json.dumps(figures) if given.json else figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
