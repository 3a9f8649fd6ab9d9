"""How many syllables of folded text get their accents back, and how fast.

    python -m benchmarks.accents ARTICLES.jsonl.gz [QUESTIONS.jsonl.gz] [--json]
    python -m benchmarks.accents ARTICLES.jsonl.gz --write

Learns from nine articles of ten; asks the tenth (heading and the first 300 characters) and the
questions. A syllable counts as right when tone placement aside it is the one written. Each is typed
four ways: all folded, its second half folded, every other word folded, and with all its accents
(which must stay as they are). `--write` learns from all articles and writes the shipped counts,
pairs seen once left out: a third smaller, 0.1 % of the syllables.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.bench_data import Article, read_articles, read_questions
from drafting.embed.accents import Accents, Counts, counted
from drafting.embed.accents_file import SHIPPED, write_counts
from drafting.text import classic, fold, raw_words

EVERY = 10
HELD_CHARS = 300


def half(text: str) -> str:
    """The second half of the words folded."""
    words = text.split()
    middle = len(words) // 2
    return " ".join([*words[:middle], *map(fold, words[middle:])])


def alternate(text: str) -> str:
    """Every other word folded."""
    return " ".join(w if at % 2 else fold(w) for at, w in enumerate(text.split()))


TYPED: dict[str, Callable[[str], str]] = {
    "folded": fold,
    "half folded": half,
    "every other folded": alternate,
    "as written": str,
}


def syllables(text: str) -> list[str]:
    """What is compared: words with a letter, tone marks in one place."""
    return [classic(word) for word in raw_words(text) if any(c.isalpha() for c in word)]


def measure(
    accents: Accents, texts: Sequence[str], typed: Callable[[str], str]
) -> dict[str, float]:
    """Shares of right syllables (typed, restored) and of whole texts, milliseconds a text."""
    right = before = total = whole = 0
    spent = 0.0
    for text in texts:
        given = typed(text)
        begun = time.process_time()
        restored = accents.restored(given)
        spent += time.process_time() - begun
        meant, found, had = syllables(text), syllables(restored), syllables(given)
        total += len(meant)
        right += sum(a == b for a, b in zip(found, meant, strict=True))
        before += sum(a == b for a, b in zip(had, meant, strict=True))
        whole += found == meant
    return {
        "typed": round(before / total, 4),
        "restored": round(right / total, 4),
        "whole": round(whole / len(texts), 3),
        "ms": round(1000 * spent / len(texts), 2),
    }


def read(article: Article) -> str:
    """What is learned from an article."""
    return f"{article.document_title}\n{article.heading}\n{article.text}"


def often_seen(counts: Counts) -> Counts:
    """Without the pairs seen once."""
    kept = counts.often > 1
    return replace(counts, pairs=counts.pairs[kept], often=counts.often[kept])


def main() -> None:
    """Prints the table; with --json one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("questions", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.articles is None:
        print("benchmarks.accents needs ARTICLES.jsonl.gz")
        return
    articles = read_articles(given.articles, set(), None)
    if given.write:
        write_counts(SHIPPED, SHIPPED.parent.name, often_seen(counted(map(read, articles))))
        return
    begun = time.process_time()
    counts = often_seen(counted(read(one) for at, one in enumerate(articles) if at % EVERY))
    learned = round(time.process_time() - begun, 2)
    accents = Accents(counts)
    asked = {"held out": [f"{a.heading}. {a.text[:HELD_CHARS]}" for a in articles[::EVERY]]}
    if given.questions:
        asked["questions"] = [one.query for one in read_questions(given.questions)]
    found = {
        f"{name}, {how}": measure(accents, texts, typed)
        for name, texts in asked.items()
        for how, typed in TYPED.items()
    }
    told = {"learned_s": learned, "syllables": len(counts.words), "pairs": len(counts.pairs)}
    if given.json:
        print(json.dumps(told | found, ensure_ascii=False))
        return
    print(told)
    for name, row in found.items():
        print(f"{name:<30}", "  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
