"""What relations are read, against a list of true ones or over many real articles.

    python -m benchmarks.relations VALIDITY.json [--json]
    python -m benchmarks.relations ARTICLES.jsonl.gz [--sample N] [--seed N] [--limit N] [--json]

A .json holds `documents` (id, so_ky_hieu) and `relations` (tu, quan_he, den, source): those marked
“kho” are compared with what is read from the five texts of corpus/ (recall; and which read ones
are of the same documents but not in the list). Of articles: how many hold a relation that changes
validity, and a fixed random sample of the sentences for a person to read.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.bench_data import Article, read_articles
from drafting.citations import NoCatalogue
from drafting.designation import TYPE_OF_SYMBOL, Designation
from drafting.library import Stored
from drafting.office import Office
from drafting.read.source import SourceText
from drafting.records import Record
from drafting.relations import Relation, RelationKind, read_all, read_relations
from drafting.settings import load
from drafting.structure import structure

_SEED = 17


def against(path: Path) -> dict[str, object]:
    """Recall and the wrong ones against the relations of a .json that are marked “kho”."""
    data = json.loads(path.read_text("utf-8"))
    names = {one["id"]: one["so_ky_hieu"] for one in data["documents"]}
    with tempfile.TemporaryDirectory() as home:
        given = replace(load(), home=Path(home))
        office = Office.open(given, date(2026, 11, 23))
        read = list(read_all(office.library.stored, office.library))
        wanted = [
            (_key(names[one["tu"]], office), one["quan_he"], _key(names[one["den"]], office))
            for one in data["relations"]
            if one["source"] == "kho"
        ]
        office.close()
    found = {(one.subject.key, str(one.kind), one.target.key) for one in read}
    pairs = {(a, b) for a, _, b in wanted}
    changing = {str(k) for k in (RelationKind.REPLACES, RelationKind.AMENDS, RelationKind.REPEALS)}
    return {
        "true": len(wanted),
        "found": sum(one in found for one in wanted),
        "missed": [" | ".join(one) for one in wanted if one not in found],
        "read": len(found),
        "read_of_same_two_documents": sum((a, b) in pairs for a, _, b in found),
        "changing_validity_but_not_listed": [
            " | ".join(one) for one in sorted(found) if one[1] in changing and one not in wanted
        ],
        "not_listed": [" | ".join(one) for one in sorted(found) if one not in wanted],
    }


def _key(name: str, office: Office) -> str:
    number = Designation.parse(name)
    records = office.library.records(number.key) if number else office.library.named(name)
    return records[0].key if records else (number.key if number else name)


def over(articles: list[Article], sample: int, seed: int = _SEED) -> dict[str, object]:
    """How many relations the articles hold, and some of their sentences."""
    begun = time.perf_counter()
    kinds: Counter[str] = Counter()
    found: list[tuple[Article, Relation]] = []
    effects = 0
    for article in articles:
        reading = read_relations(_stored(article), NoCatalogue())
        effects += reading.effect is not None
        kinds.update(str(one.kind) for one in reading.relations)
        found += [(article, one) for one in reading.relations]
    chosen = random.Random(seed).sample(found, min(sample, len(found)))
    return {
        "articles": len(articles),
        "seconds": round(time.perf_counter() - begun, 1),
        "with_a_relation": len({article.id for article, _ in found}),
        "relations": dict(kinds),
        "of_provisions": sum(bool(one.where) for _, one in found),
        "effect_days": effects,
        "sample": [_line(article, one) for article, one in chosen],
    }


def _stored(article: Article) -> Stored:
    number = Designation.parse(article.designation)
    kind = TYPE_OF_SYMBOL.get(number.type_symbol, "") if number else ""
    record = Record(article.designation.upper(), kind or "Luật", "", article.document_title)
    text = f"Điều {article.article}. {article.heading}\n\n{article.text}"
    return Stored(record, structure(SourceText(text, article.id, "")))


def _line(article: Article, one: Relation) -> str:
    own = one.subject.designation == article.designation.upper()
    who = "—" if own else one.subject.designation
    where = f" {list(one.where)}" if one.where else ""
    said = f"{who} | {one.kind} | {one.target.designation}{where}"
    return f"[{article.designation}] {said} <<{one.ground.quote[:400]}>>"


def main() -> None:
    """Prints the figures; with --json one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.file.suffix == ".json":
        figures = against(given.file)
    else:
        figures = over(read_articles(given.file, set(), given.limit), given.sample, given.seed)
    if given.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        if isinstance(value, list):
            print(f"{name}: {len(value)}")
            for one in value:
                print(f"    {one}")
        else:
            print(f"{name}: {value}")


if __name__ == "__main__":
    main()
