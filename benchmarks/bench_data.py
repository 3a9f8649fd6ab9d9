"""Reads bench records (shared/bench/README.md) and cuts them into the passages we index."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafting.library import Stored
from drafting.passages import Passage, passages
from drafting.read.source import SourceText
from drafting.records import Record
from drafting.structure import structure

_SEED = 17


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the bench gives it."""

    id: str
    designation: str
    article: str
    document_title: str
    chapter: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `gold` are the ids of the articles that answer it, empty when not told."""

    id: str
    query: str
    gold: tuple[str, ...]


def read_questions(path: Path) -> list[Asked]:
    """All questions of a file."""
    return [Asked(r["id"], r["query"], tuple(r.get("gold", ()))) for r in _records(path)]


def read_articles(path: Path, gold: set[str], limit: int | None) -> list[Article]:
    """The articles of a file; with `limit` all gold ones and a fixed random sample up to it."""
    articles = [Article(**{n: r.get(n, "") for n in Article.__slots__}) for r in _records(path)]
    if limit is None or limit >= len(articles):
        return articles
    others = [at for at, one in enumerate(articles) if one.id not in gold]
    chosen = set(random.Random(_SEED).sample(others, max(0, limit - len(articles) + len(others))))
    return [one for at, one in enumerate(articles) if one.id in gold or at in chosen]


def _records(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def as_passages(articles: Sequence[Article], unit: str) -> tuple[list[Passage], list[str]]:
    """What is indexed, and for each passage the id of its article.

    unit "article": each article whole. unit "provision": each article through our own structure
    and passages, as the product would index it.
    """
    found: list[Passage] = []
    ids: list[str] = []
    for one in articles:
        cut = [_whole(one)] if unit == "article" else _provisions(one)
        found += cut
        ids += [one.id] * len(cut)
    return found, ids


def _whole(one: Article) -> Passage:
    return Passage(
        one.designation, f"art_{one.article}", (), one.text, one.heading, "", one.chapter,
        one.document_title,
    )  # fmt: skip


def _provisions(one: Article) -> list[Passage]:
    text = f"Điều {one.article}. {one.heading}\n\n{one.text}"
    document = structure(SourceText(text, one.designation, ""))
    record = Record("", "", "", one.document_title, file=one.designation)
    cut = [replace(p, chapter=one.chapter) for p in passages(Stored(record, document))]
    return cut or [_whole(one)]


def best_articles(numbers: Sequence[int], ids: Sequence[str], limit: int) -> list[str]:
    """Passage numbers, best first → article ids, each once, by its best passage."""
    return list(dict.fromkeys(ids[number] for number in numbers))[:limit]
