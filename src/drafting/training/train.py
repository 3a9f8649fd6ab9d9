"""From law texts to a model folder."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafting.embed.static import StaticEmbedder, write_model
from drafting.errors import BadInput
from drafting.text import nfc
from drafting.training.fit import Plan, fit
from drafting.training.place import check_free, put_in_place, unfinished, writing
from drafting.training.stream import Article, read_stream
from drafting.training.table import Table
from drafting.training.views import Views

_FEWEST = 20


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training made."""

    folder: Path
    articles: int
    tokens: int
    steps: int
    bytes: int


def train(
    articles: Sequence[Article],
    out: Path,
    *,
    seed: int = 7,
    plan: Plan | None = None,
    size: int = 62_000,
    dim: int = 256,
    base: StaticEmbedder | None = None,
    threads: int = 2,
    tell: Callable[[str], None] = lambda _: None,
) -> Trained:
    """A model in `out` from these articles; the same articles, seed and steps give the same one.

    Stopped at any moment, a second call with the same arguments goes on from its last checkpoint,
    kept beside `out` while training lasts; `out` itself is the old model or the new one, never half
    of it. `base` begins from a model instead of from nothing and keeps its vocabulary: that is how
    an office adapts the shipped one to its own corpus. Uses torch; the model does not.
    """
    check_free(out)
    if len(articles) < _FEWEST:
        raise BadInput(
            f"Chỉ có {len(articles)} điều để học, cần ít nhất {_FEWEST}. Thêm văn bản vào kho."
        )
    import torch

    torch.set_num_threads(threads)
    plan = plan or Plan()
    made = unfinished(out)
    known = base.tables.vocabulary if base else None
    stream = read_stream(articles, *_phrases(), size, tell, known)
    views = Views(stream, [a.law for a in articles], [a.heading for a in articles], seed)
    table = Table(stream, seed, dim, base.tables if base else None)
    checkpoint = made / f"checkpoint-{_same_run(articles, seed, plan, size, dim, base)}.pt"
    with writing(out):
        made.mkdir(parents=True, exist_ok=True)
        steps = fit(table, stream, views, plan, checkpoint, tell)
        told: dict[str, object] = {"articles": len(articles), "seed": seed, "steps": steps}
        write_model(made, table.tables(stream.vocabulary), out.name, told)
        put_in_place(out)
    size_now = sum(p.stat().st_size for p in out.iterdir() if p.is_file())
    return Trained(out, len(articles), len(stream.vocabulary), steps, size_now)


def read_articles(path: Path) -> list[Article]:
    """Articles from JSON lines, plain or .gz: designation, document_title, heading, text.

    `BadInput` names the line that cannot be used.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    found = []
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                told = (row["designation"], row["document_title"], row["heading"], row["text"])
                found.append(Article(*(nfc(str(part)) for part in told)))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise BadInput(
            f"Không đọc được các điều trong {path.name}, dòng {len(found) + 1}: {problem}. "
            "Mỗi dòng phải là một đối tượng JSON có designation, document_title, heading, text."
        ) from None
    return found


def _phrases() -> tuple[list[str], list[str]]:
    """How officers and citizens ask around what they ask about; how they ask for a meaning."""
    text = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8")
    general, definitions = text.split("# definitions\n")
    return general.splitlines()[1:], definitions.splitlines()


def _same_run(
    articles: Sequence[Article],
    seed: int,
    plan: Plan,
    size: int,
    dim: int,
    base: StaticEmbedder | None,
) -> str:
    """Names a run by everything that decides its outcome, so that no other is gone on with."""
    told = hashlib.sha256(repr((seed, plan, size, dim, base.name if base else "")).encode())
    for article in articles:
        told.update(repr(article).encode("utf-8", "replace"))
    return told.hexdigest()[:12]
