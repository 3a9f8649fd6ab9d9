"""Quoted law, right and mutated: a word dropped, added, changed, moved; another clause's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from drafting.citations import cite_provision
from drafting.library import Library
from drafting.structure import Kind

_STEP = 4
_LEAST, _MOST = 12, 60
_SAYING = ("quy định: “{}”.", "nêu rõ: '{}'.", 'ghi "{}".')


def quoted_strings(library: Library) -> Iterator[tuple[str, str, bool]]:
    """Each string, the mutation, and whether it is still word for word what the provision says."""
    for stored in library.stored:
        if stored.record.role != "regulation":
            continue
        units = [
            p
            for p in stored.document.provisions
            if p.kind in {Kind.CLAUSE, Kind.POINT} and "att_" not in p.eid
            and _LEAST <= len(p.text.split()) <= _MOST and not re.search(r"[“”\"'…]", p.text)
        ]  # fmt: skip
        for at, unit in enumerate(units[::_STEP]):
            place = cite_provision(stored.record, stored.document, unit)
            words = unit.text.split(" ", 1)[1].rstrip(".;:")
            said = f"{place} {_SAYING[at % len(_SAYING)]}"
            for name, quoted in _right(words):
                yield said.format(quoted), name, True
            for name, quoted in _wrong(words):
                yield said.format(quoted), name, False
            other = units[(at * _STEP + len(units) // 2) % len(units)]
            elsewhere = other.text.split(" ", 1)[1]
            if other.eid != unit.eid and elsewhere not in unit.text:
                yield said.format(elsewhere), "lời của khoản khác", False


def _right(words: str) -> Iterator[tuple[str, str]]:
    parts = words.split()
    yield "lời trích nguyên văn", words
    yield "lời trích viết thường chữ đầu", words[0].lower() + words[1:]
    yield "lời trích NFD", unicodedata.normalize("NFD", words)
    yield "lời trích xuống dòng", words.replace(" ", "\u00a0 ")
    yield "lời trích có …", f"{' '.join(parts[:5])} … {' '.join(parts[-5:])}"
    yield "lời trích một phần", " ".join(parts[2:9])


def _wrong(words: str) -> Iterator[tuple[str, str]]:
    parts = words.split()
    middle = len(parts) // 2
    yield "lời trích bỏ một chữ", " ".join([*parts[:middle], *parts[middle + 1 :]])
    yield "lời trích thêm “không”", " ".join([*parts[:middle], "không", *parts[middle:]])
    yield "lời trích đổi một chữ", " ".join([*parts[:middle], "khoáng", *parts[middle + 1 :]])
    yield "lời trích đổi chữ cuối", " ".join([*parts[:-1], "khoáng"])
    if parts[middle].lower() != parts[middle + 1].lower():
        swapped = [*parts[:middle], parts[middle + 1], parts[middle], *parts[middle + 2 :]]
        yield "lời trích đảo hai chữ", " ".join(swapped)
    number = re.search(r"(?<![\w.])\d{2}(?![\w.])", words)
    if number:
        more = str(int(number[0]) + 1)
        yield "lời trích đổi số", words[: number.start()] + more + words[number.end() :]
