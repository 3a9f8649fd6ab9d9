"""How many facts a free question tells are read right: our own questions, Bắc Giang's facts.

    python -m benchmarks.route_questions [--json]

“đã chỉnh”: the words of rules/facts.toml were improved looking at these; “giữ lại”: written
before that and measured after it. A fact read wrong is worse than one not read: it is asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drafting.procedure import Pack, read_facts_in, read_packs
from drafting.settings import shipped_rules

QUESTIONS = Path(__file__).with_suffix(".jsonl")


@dataclass(frozen=True)
class Row:
    """A question with the facts a person reads in it, and those the program read."""

    part: str
    query: str
    facts: dict[str, str]
    read: dict[str, str]

    @property
    def missed(self) -> set[str]:
        """Facts not read: they will be asked."""
        return set(self.facts) - set(self.read)

    @property
    def wrong(self) -> set[str]:
        """Facts read that a person does not read so."""
        return {name for name, value in self.read.items() if self.facts.get(name) != value}


def rows(pack: Pack) -> Iterator[Row]:
    """Every question, read."""
    for line in QUESTIONS.read_text("utf-8").splitlines():
        given = json.loads(line)
        read = read_facts_in(given["query"], pack.sheet).known
        yield Row(given["set"], given["query"], given["facts"], read)


def main() -> None:
    """Prints the table, or one line of JSON."""
    pack = next(p for p in read_packs([shipped_rules()]) if p.province == "tỉnh Bắc Giang")
    told = list(rows(pack))
    sums = {}
    for name in dict.fromkeys(row.part for row in told):
        own = [row for row in told if row.part == name]
        facts = sum(len(row.facts) for row in own)
        sums[name] = {
            "questions": len(own),
            "whole": sum(not row.missed and not row.wrong for row in own),
            "facts": facts,
            "read": facts - sum(len(row.missed | (row.wrong & set(row.facts))) for row in own),
            "wrong": sum(len(row.wrong) for row in own),
        }
    if "--json" in sys.argv:
        print(json.dumps(sums, ensure_ascii=False))
        return
    print(f"{'bộ':10} {'câu':>4} {'đúng cả câu':>12} {'điều':>5} {'đọc đúng':>9} {'đọc sai':>8}")
    for name, n in sums.items():
        print(
            f"{name:10} {n['questions']:4} {n['whole']:12} {n['facts']:5} {n['read']:9} "
            f"{n['wrong']:8}"
        )
    for row in told:
        if "-v" in sys.argv and (row.missed or row.wrong):
            print(row.part, "|", row.query, "| thiếu", sorted(row.missed), "| sai",
                  {w: row.read[w] for w in row.wrong})  # fmt: skip


if __name__ == "__main__":
    main()
