"""`python -m benchmarks.deadlines FILE`: worked deadlines, one JSON object a line, against ours.

Each line: `dir` (“trước” or “sau”), `n`, `unit`, `anchor`, and `latest_submit_A` with
`latest_submit_B_safe`, or `due`. Prints each that differs and how many agree; `--json` one line.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from drafting.deadlines import Direction, Rule, Unit, deadline
from drafting.evidence import Evidence

_DIRECTIONS = {"trước": Direction.BEFORE, "sau": Direction.AFTER}


def differs(row: dict[str, object]) -> str:
    """What ours says otherwise, "" when it agrees."""
    direction = _DIRECTIONS[str(row["dir"])]
    days, unit = int(str(row["n"])), Unit(str(row["unit"]))
    nothing = Evidence("", "", "")
    rule = Rule("", "", "", "", "ngày ấy", direction, nothing, days=days, unit=unit)
    found = deadline(rule, date.fromisoformat(str(row["anchor"])))
    ours = {
        "latest_submit_A": found.latest.isoformat(),
        "latest_submit_B_safe": found.safe.isoformat(),
        "due": found.due.isoformat(),
    }
    wrong = [f"{k}: {ours[k]}, không phải {row[k]}" for k in ours if k in row and row[k] != ours[k]]
    return "; ".join(wrong)


def main(arguments: list[str]) -> int:
    """Exit code 0 when all agree."""
    names = [argument for argument in arguments if argument != "--json"]
    if len(names) != 1:
        print("Cách dùng: python -m benchmarks.deadlines TỆP.jsonl [--json]", file=sys.stderr)
        return 2
    lines = Path(names[0]).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    begun = time.perf_counter()
    wrong = {number: said for number, row in enumerate(rows, 1) if (said := differs(row))}
    seconds = time.perf_counter() - begun
    if "--json" in arguments:
        print(json.dumps({"of": len(rows), "right": len(rows) - len(wrong), "seconds": seconds}))
    else:
        for number, said in wrong.items():
            print(f"dòng {number}: {said}")
        print(f"{len(rows) - len(wrong)}/{len(rows)} đúng, {seconds:.2f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
