"""`Evidence`: the words of a document that a rule of ours rests on, and whether they stand there.

Every rule file (`rules/`, the forms of `templates/`) names its source the same way: `document`
(số, ký hiệu or file), `eid`, `quote`. `prove` finds the quote in the library; `every_evidence`
reads them all, so that each sync proves each rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafting.citations import cite_provision
from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.findings import Finding, Severity
from drafting.library import Library, Stored
from drafting.read.source import Span
from drafting.structure import Document, Provision
from drafting.text import plain
from drafting.toml import read_toml

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rule rests on. `verified` is False, with `source`, where nobody read it in a document.

    `document` is a số, ký hiệu or a file of the library; `quote` its words as displayed.
    """

    document: str
    eid: str
    quote: str
    verified: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """Evidence held against the library. `spans` are the quote's place, () when `why` says what
    stands against it; `stored` is the document where the library has it."""

    evidence: Evidence
    stored: Stored | None = None
    provision: Provision | None = None
    spans: tuple[Span, ...] = ()
    why: str = ""

    @property
    def verified(self) -> bool:
        """Whether the quote stands in the library and the rule was read there."""
        return bool(self.spans) and self.evidence.verified

    @property
    def citation(self) -> str:
        """The clause as NĐ 30 writes it (“khoản 5 Điều 14 Quy chế số 19-QC/TU”); what is known of
        it where the library does not have the document."""
        if self.stored is None or self.provision is None:
            return f"{self.evidence.document}, {self.evidence.eid}"
        return cite_provision(self.stored.record, self.stored.document, self.provision)


def prove(evidence: Evidence, library: Library) -> Proven:
    """The evidence with the place of its quote, or with what stands against it. Never raises."""
    stored = stored_as(evidence.document, library)
    if stored is None:
        return Proven(evidence, why=f"kho chưa có toàn văn {evidence.document}")
    provision = stored.document.get(evidence.eid)
    if provision is None:
        return Proven(evidence, stored, why=f"{evidence.document} không có {evidence.eid}")
    spans = quoted_spans(evidence.quote, stored.document, evidence.eid)
    why = "" if spans else f"không có câu “{evidence.quote}” ở {evidence.eid}"
    return Proven(evidence, stored, provision, spans, why)


def stored_as(name: str, library: Library) -> Stored | None:
    """The document of the library that a rule calls by its number or its file."""
    number = Designation.parse(name)
    for stored in library.stored:
        record = stored.record
        if name and name in {record.file, record.designation}:
            return stored
        if number is not None and number.key in record.keys:
            return stored
    return None


def quoted_spans(quote: str, document: Document, eid: str) -> tuple[Span, ...]:
    """Where `quote` stands within `eid` or below it: its own span, at worst those of the whole
    provision; () when it does not stand there.

    White space and markup of the file aside, not a letter may differ.
    """
    words = plain(quote)
    ranges = [span for provision in document.branch(eid) for span in provision.spans]
    if not words or not ranges:
        return ()
    start, end = min(ranges)[0], max(end for _, end in ranges)
    pattern = r"[\s*_#]*".join(re.escape(token) for token in _TOKEN.findall(words))
    for match in re.finditer(pattern, document.source.text[start:end]):
        span = (start + match.start(), start + match.end())
        if document.source.display([span]) == words:
            return (span,)
    # A text in NFD, or one whose lines were put together from several places.
    return tuple(ranges) if words in document.source.display(ranges) else ()


def every_evidence(folders: Iterable[Path]) -> Iterator[tuple[str, Evidence]]:
    """Each piece of evidence in the .toml files of these folders, with the place that states it.

    Raises `BadInput` for a file that cannot be read.
    """
    for path in _files(folders):
        yield from _evidence_in(path)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.rglob("*.toml"))


def _evidence_in(path: Path) -> Iterator[tuple[str, Evidence]]:
    for place, block in _blocks(read_toml(path, "tệp quy tắc"), ""):
        yield f"{path.name}{place}", _evidence(block)


def _blocks(value: object, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, dict):
        place += f", {value['id']}" if isinstance(value.get("id"), str) else ""
        if all(isinstance(value.get(name), str) for name in ("document", "eid", "quote")):
            yield place, value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _blocks(one, place)


def _evidence(block: Mapping[str, Any]) -> Evidence:
    return Evidence(
        block["document"], block["eid"], block["quote"],
        block.get("verified") is not False, str(block.get("source", "")),
    )  # fmt: skip


def review_rules(folders: Iterable[Path], library: Library) -> list[Finding]:
    """The rules whose evidence does not stand in the library: QT01 where the document is there and
    does not say so, QT02 where the library does not have the document; QT03 for a file that cannot
    be read."""
    found = []
    for path in _files(folders):
        try:
            unproved = [(where, prove(one, library)) for where, one in _evidence_in(path)]
        except BadInput as problem:
            found.append(unusable(path.name, problem))
            continue
        found += [_unproved(where, proven) for where, proven in unproved if not proven.spans]
    return found


def unusable(file: str, why: object) -> Finding:
    """The finding for a rule file that cannot be used."""
    return Finding("QT03", Severity.WARNING, file, str(why), fix="Sửa tệp rồi đọc lại kho.")


def _unproved(where: str, proven: Proven) -> Finding:
    wrong = proven.stored is not None
    fix = "Sửa quy tắc theo văn bản." if wrong else "Thêm văn bản vào kho nếu cần quy tắc này."
    severity = Severity.WARNING if wrong else Severity.NOTE
    return Finding("QT01" if wrong else "QT02", severity, where, proven.why, fix=fix)
