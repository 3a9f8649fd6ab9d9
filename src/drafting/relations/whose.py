"""Whose document is meant: every province has a 50/2025/QĐ-UBND, and a text speaks of its own."""

from __future__ import annotations

import re

from drafting.citations import Catalogue, CitedDocument, compare, contradictions
from drafting.citations.agencies import provinces_in
from drafting.citations.issuers import names_elsewhere
from drafting.designation import Designation
from drafting.records import Record
from drafting.relations.relation import Party
from drafting.structure import Document
from drafting.text import fold

# Organs in a ký hiệu that each province has.
_LOCAL = re.compile(r"(?:UBND|HĐND|HDND|TU|S[A-ZĐ]{1,})(?![A-ZĐ])")
# What tells two documents of one number from each other.
_TELLING = {"số, ký hiệu", "ngày", "cơ quan ban hành"}
_BELOW_PROVINCE = re.compile(
    r"(?:ubnd|hdnd|nhan dan) (?:xa|phuong|thi tran|thi xa|huyen|quan|dac khu)(?!\w)"
)
# A text's own agency stands in its first lines.
_HEAD = 400


def is_local(number: Designation | None) -> bool:
    """Whether every province gives out such a number.

    >>> numbers = ("50/2025/QĐ-UBND", "19-QC/TU", "103/BC-SNgV", "30/2020/NĐ-CP", "272-QĐ/TW")
    >>> [is_local(Designation.parse(number)) for number in numbers]
    [True, True, True, False, False]
    """
    parts = re.split(r"[-/]", number.symbol.upper()) if number else []
    return any(_LOCAL.fullmatch(part) for part in parts)


def home_of(record: Record, document: Document | None = None) -> str:
    """The province a document is of, folded; "" for the whole country, the Party and unknown.

    Of a text that nobody declared its own first lines tell.

    >>> home_of(Record("5/2020/QĐ-UBND", "Quyết định", "UBND tỉnh Lạng Sơn", ""))
    'lang son'
    """
    if record.jurisdiction in {"toàn quốc", "Đảng"}:
        return ""
    found = provinces_in(record.jurisdiction) or provinces_in(record.issuer)
    if not found and document is not None:
        lines = document.source.text[:_HEAD].splitlines()
        found = next((told for told in map(provinces_in, lines) if told), set())
    return next(iter(found)) if len(found) == 1 else ""


def party_of(record: Record, catalogue: Catalogue, cited: str = "") -> Party:
    """A known document as an end of a relation, set apart from those of other provinces."""
    home = home_of(record, catalogue.document(record))
    number = Designation.parse(record.designation)
    return Party(
        record, cited or record.designation or record.name, home if is_local(number) else ""
    )


def is_meant(cited: CitedDocument, other: Party, speaker: Record, home: str) -> bool:
    """Whether words of `speaker`, of the province `home`, that cite a document may mean `other`,
    which bears its number.

    They do not where number, day or issuer differ. A local number without a province named is of
    the speaker's own province, and of its own agency where that is one below the province.
    """
    record = other.record
    if record is None or contradictions(cited):
        return False
    comparison = compare(cited, record)
    if any(one.what in _TELLING for one in comparison.differs):
        return False
    if comparison.unread and names_elsewhere(comparison.unread, record):
        return False
    named = named_province(cited)
    if named or not other.apart:
        return not named or not other.apart or named == other.apart
    return other.apart == home and (cited.issuer is not None or not _is_below(record, speaker))


def named_province(cited: CitedDocument) -> str:
    """The province of the issuer that a citation names, folded; "" when it names none."""
    found = provinces_in(cited.issuer.text) if cited.issuer else set()
    return next(iter(found)) if len(found) == 1 else ""


def unknown_party(cited: CitedDocument, home: str, known: bool) -> Party:
    """A document without a record; `known`: one of its number has a record, and is not meant."""
    apart = (named_province(cited) or home) if is_local(cited.designation) else ""
    if known and apart == home:
        apart = fold(" ".join(["khác", *(one.text for one in (cited.date, cited.issuer) if one)]))
    return Party(None, cited.called(), apart)


def _is_below(record: Record, speaker: Record) -> bool:
    """Whether one of the two is of a huyện or xã, and the other of another agency."""
    own, other = fold(speaker.issuer), fold(record.issuer)
    below = _BELOW_PROVINCE.search(own) or _BELOW_PROVINCE.search(other)
    return bool(own and other and below) and own != other
