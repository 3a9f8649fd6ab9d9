"""Questions that name a provision: "điều 13 khoản 4 quy chế 19", "qd 50/2025 dieu 2 diem e"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.designation import Designation
from drafting.library import Stored
from drafting.records import Record
from drafting.structure import Kind, Provision
from drafting.text import fold, is_accented, nfc

_ARTICLE = re.compile(r"\bdieu (?:so )?(\d{1,4}[a-z]?)\b(?! ?(?:uoc|le|kien)\b)")
_CLAUSE = re.compile(r"\bkhoan (?:so )?(\d{1,3})\b")
_POINT = re.compile(r"\bdiem (?:so )?(\d{1,3}\.\d{1,3}|[a-z])\b(?![\w.])")
_ITEM = re.compile(r"\btiet ([a-z])\b")
_FORM = re.compile(r"\bmau (?:so )?0?(\d{1,2})\b")
# "quy chế 19", "qd 50/2025", "nghi dinh so 30", "nd 150/2025/nd-cp", "19-qc/tu"
_DOCUMENT = re.compile(
    r"\b(quy che|qc|quyet dinh|qd|nghi dinh|nd|thong tu|tt|luat|ket luan|kl|huong dan|hd|quy dinh|"
    r"chi thi|nghi quyet|nq|bao cao|bc|ke hoach|kh|cong van|cv)\s*(?:so\s*)?"
    r"(\d{1,5})(?:\s*/\s*((?:19|20)\d\d))?((?:\s*[-/]\s*[a-z][a-z0-9]*)*)"
)
_TYPES = {
    "qc": "quy che", "qd": "quyet dinh", "nd": "nghi dinh", "tt": "thong tu", "kl": "ket luan",
    "hd": "huong dan", "nq": "nghi quyet", "bc": "bao cao", "kh": "ke hoach", "cv": "cong van",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The provision and document a question names; "" for what it does not."""

    article: str = ""
    clause: str = ""
    point: str = ""
    item: str = ""
    form: str = ""
    document: str = ""
    records: tuple[Record, ...] = ()
    exact: bool = False
    """Typed with accents: then điểm d is not điểm đ."""

    @property
    def is_provision(self) -> bool:
        """Whether a provision is named, not only a document."""
        return bool(self.article or (self.form and not self.clause))


def read_named(text: str, records: Sequence[Record]) -> Named:
    """What `text` names, folded, in any order of its parts.

    >>> read_named("dieu 13 khoan 4 diem 4.2", []).point
    '4.2'
    >>> read_named("điều ước quốc tế", []).article
    ''
    """
    typed = re.sub(r"[\s,;]+", " ", nfc(text).lower())
    folded = fold(typed)
    document, of = "", tuple[Record, ...]()
    designation = Designation.parse(text)
    match = _DOCUMENT.search(folded)
    if designation is not None:
        of = tuple(r for r in records if any(fold(k) == designation.loose_key for k in r.keys))
        document = str(designation)
    if not of and match is not None:
        of = _called(match, records)
        document = document or match.group(0).strip()
    return Named(
        _first(_ARTICLE, folded),
        _first(_CLAUSE, folded),
        _letter(_POINT, folded, typed),
        _letter(_ITEM, folded, typed),
        _first(_FORM, folded),
        document,
        of,
        is_accented(typed),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group(1) if match else ""


def _letter(pattern: re.Pattern[str], folded: str, typed: str) -> str:
    """The letter as typed, so that đ stays đ; folding keeps every letter in its place."""
    match = pattern.search(folded)
    if match is None:
        return ""
    return typed[slice(*match.span(1))] if len(typed) == len(folded) else match.group(1)


def _called(match: re.Match[str], records: Sequence[Record]) -> tuple[Record, ...]:
    kind, number, year, symbol = match.groups()
    kind = _TYPES.get(kind, kind)
    tail = re.sub(r"\s", "", symbol or "").strip("-/")
    found = []
    for record in records:
        own = Designation.parse(record.designation)
        if own is None or own.number.lstrip("0") != number.lstrip("0"):
            continue
        if year and own.year != int(year):
            continue
        if tail and not fold(own.symbol).replace("/", "-").endswith(tail.replace("/", "-")):
            continue
        if fold(record.kind) == kind or (tail and fold(own.symbol).startswith(tail[:2])):
            found.append(record)
    return tuple(found)


def named_provisions(named: Named, library: Sequence[Stored]) -> list[tuple[Stored, Provision]]:
    """The provisions that fit everything the question names, in every document it may mean."""
    wanted = {record.file for record in named.records if record.file}
    found: list[tuple[Stored, Provision]] = []
    for stored in library:
        if named.document and stored.record.file not in wanted:
            continue
        found += [(stored, p) for p in _fitting(named, stored)]
    return found


def _fitting(named: Named, stored: Stored) -> list[Provision]:
    document = stored.document
    if not named.article:
        return [p for p in document.provisions if p.kind is Kind.FORM and p.number == named.form]
    wanted = [(Kind.ARTICLE, named.article), (Kind.CLAUSE, named.clause)]
    wanted += [(Kind.POINT, named.point), (Kind.ITEM, named.item)]
    wanted = [(kind, number) for kind, number in wanted if number]
    last = wanted[-1][0]
    same = str.lower if named.exact else fold
    fitting = []
    for provision in document.provisions:
        if provision.kind is not last:
            continue
        above = (*document.parents(provision.eid), provision)
        chain = {p.kind: same(p.number) for p in above}
        if all(chain.get(kind) == same(number) for kind, number in wanted):
            fitting.append(provision)
    return fitting
