"""Is anything wrong ever called right? Citations made from corpus and danh mục, then mutated.

    python -m benchmarks.citations [--json] [--show]

Every string is made by rule from what the library knows; the mutation alone says whether it may be
`khớp`: a digit, a date, an issuer, a clause changed never may, spacing, NFD and full-width digits
always must. Two figures: mutated strings called `khớp` (must be 0), recall of true ones (≥ 0.97).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.citation_mutations import Made, made_strings
from drafting.ledger import Verdict, build
from drafting.library import Library
from drafting.library.sync import sync

REPO = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 23)
PROVED = {Verdict.VERBATIM, Verdict.LISTED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One string, and whether the ledger called all, or any, of its citations `khớp`."""

    made: Made
    verdicts: tuple[Verdict, ...]

    @property
    def is_called_right(self) -> bool:
        """Whether an officer sees nothing but green: every citation `khớp`, none missed."""
        return bool(self.verdicts) and all(one in PROVED for one in self.verdicts)

    @property
    def is_sound(self) -> bool:
        """Whether that is as it should be."""
        return self.is_called_right == self.made.true


def judged(library: Library, strings: Iterable[Made]) -> list[Outcome]:
    """Each string with what the ledger says of it."""
    found = []
    for made in strings:
        ledger = build(made.text, catalogue=library, as_of=DAY, province=made.province)
        found.append(Outcome(made, tuple(entry.verdict for entry in ledger.entries)))
    return found


def figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The table and the two figures of the issue."""
    rows: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        rows[one.made.mutation].append(one)
    true = [one for one in outcomes if one.made.true]
    mutated = [one for one in outcomes if not one.made.true]
    return {
        "strings": len(outcomes),
        "mutated": len(mutated),
        "mutated called khớp": sum(one.is_called_right for one in mutated),
        "true": len(true),
        "recall of true ones": round(sum(one.is_called_right for one in true) / len(true), 4),
        "mutations": {
            name: {
                "true": group[0].made.true,
                "strings": len(group),
                "khớp": sum(one.is_called_right for one in group),
                "lệch": _count(group, Verdict.DIFFERS),
                "không thấy": _count(group, Verdict.NOT_FOUND),
                "không xác định": _count(group, Verdict.UNDETERMINED),
                "không tìm ra": sum(not one.verdicts for one in group),
            }
            for name, group in rows.items()
        },
    }


def _count(group: Sequence[Outcome], verdict: Verdict) -> int:
    return sum(not one.is_called_right and verdict in one.verdicts for one in group)


def corpus_library(home: Path) -> Library:
    """The library of the shipped corpus, in `home`."""
    library = Library.open(home / "library.sqlite")
    sync(library, REPO / "corpus")
    return library


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true", help="print the strings judged wrongly")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = corpus_library(Path(folder))
        outcomes = judged(library, made_strings(library))
        library.close()
    told = figures(outcomes)
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"{'phép biến đổi':44} {'số':>4} {'khớp':>5} {'lệch':>5} {'k.thấy':>6} {'k.rõ':>5}")
    for name, row in told["mutations"].items():  # type: ignore[attr-defined]
        mark = "đúng" if row["true"] else "sai "
        print(f"{mark} {name:39} {row['strings']:4} {row['khớp']:5} {row['lệch']:5} "
              f"{row['không thấy']:6} {row['không xác định']:5}")  # fmt: skip
    print(f"{told['strings']} chuỗi; biến đổi mà vẫn khớp: {told['mutated called khớp']}"
          f"/{told['mutated']}; nhận đúng chuỗi đúng: {told['recall of true ones']}")  # fmt: skip
    if given.show:
        for one in outcomes:
            if not one.is_sound:
                print(one.made.mutation, "|", one.made.text, "|", [str(v) for v in one.verdicts])


if __name__ == "__main__":
    main()
