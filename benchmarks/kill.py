"""Kills a process that writes the lexical index, again and again: nothing committed may be lost.

    python -m benchmarks.kill [--times 100] [--seed 1] [--json]

The writer adds small documents (taking every third change one out again) and prints each number
once it is committed. After every kill -9 the index must hold exactly the changes up to the last
printed one, or one more, and answer like an index built afresh of the same documents.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from drafting.index.build import Source
from drafting.index.disk import Disk, one_writer
from drafting.index.lexical import LexicalIndex
from drafting.index.store import Open, Store, open_segments
from drafting.passages import Passage

REPO = Path(__file__).resolve().parent.parent
WORDS = [
    "đoàn",
    "ra",
    "vào",
    "hộ",
    "chiếu",
    "công",
    "vụ",
    "lãnh",
    "sự",
    "hội",
    "nghị",
    "quốc",
    "tế",
]


def source(number: int) -> Source:
    """A small document, the same for the same number."""
    draw = random.Random(number)
    passages = [
        Passage(f"{number}.txt", f"art_{at}", (), " ".join(draw.choices(WORDS, k=20)),
                " ".join(draw.choices(WORDS, k=3)), "", "", f"Quy chế {number}")
        for at in range(1, 4)
    ]  # fmt: skip
    return Source(f"{number}.txt", str(number), passages)


def held_after(changes: int) -> set[str]:
    """The files of the index after so many changes."""
    return {f"{n}.txt" for n in range(changes) if not (n % 3 == 0 and n + 2 < changes)}


def change(folder: Path, number: int, disk: Disk | None = None) -> None:
    """Change `number`: its document in; with every third change the one two before out."""
    with one_writer(folder):
        store = Store(folder, disk)
        gone = [(f"{number - 2}.txt", str(number - 2))] if number % 3 == 2 else []
        store.change(str(number), [source(number)], gone)


def files_of(opened: Open) -> set[str]:
    """The documents alive in an opened index."""
    return {
        p.file for segment, dead in opened for n, p in enumerate(segment.parts) if n not in dead
    }


def answers(opened: Open, files: set[str]) -> dict[str, list[tuple[int, float]]]:
    """What the index answers for every word, by position in the files' order."""
    ordered = sorted(files, key=lambda file: int(file.partition(".")[0]))
    positions = {file: [at * 3, at * 3 + 1, at * 3 + 2] for at, file in enumerate(ordered)}
    index = LexicalIndex(opened, positions)
    return {
        word: [(m.passage, round(m.score, 4)) for m in index.search({word: 1.0}, 10_000)]
        for word in ("doan", "quy che", "=hộ", "lanh su", "khong")
    }


def write_for_ever(folder: Path) -> None:
    """Changes from where the index stands, each printed when committed."""
    number = int(open_segments(folder)[0].fingerprint or "-1") + 1
    while True:
        change(folder, number)
        print(number, flush=True)
        number += 1


def kill_once(folder: Path, wait: float) -> tuple[int, int]:
    """A writer killed `wait` seconds after its first change: (last printed, last held)."""
    command = [sys.executable, "-m", "benchmarks.kill", "--writer", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPO) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(wait)
        writer.kill()
        lines = [first, *writer.stdout.read().splitlines()]
    printed = max(int(line) for line in lines if line.strip().isdigit())
    manifest, opened = open_segments(folder)
    held = int(manifest.fingerprint)
    if held not in {printed, printed + 1} or files_of(opened) != held_after(held + 1):
        raise AssertionError(f"printed {printed}, holds {held}: {sorted(files_of(opened))}")
    return printed, held


def measure(times: int, seed: int, tell: Callable[[str], None]) -> dict[str, object]:
    """So many kills; raises at the first loss."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        folder.mkdir()
        held = -1
        for at in range(times):
            _, held = kill_once(folder, draw.random() * 0.15)
            tell(f"{at + 1}/{times}: {held + 1} changes held")
        return {"kills": times, "lost": 0, "changes": held + 1}


def main() -> None:
    """Prints what was survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    given, _ = parser.parse_known_args()
    if given.writer:
        write_for_ever(given.writer)
    figures = measure(given.times, given.seed, lambda _: None if given.json else print(_))
    print(json.dumps(figures) if given.json else figures)


if __name__ == "__main__":
    main()
