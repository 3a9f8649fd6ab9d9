"""Known documents that a number misshapen, unaccented or without symbol is likely to mean."""

from __future__ import annotations

from drafting.citations.catalogue import Catalogue
from drafting.citations.misshapen import is_meant_by, likely_keys
from drafting.designation import TYPE_OF_SYMBOL, Designation
from drafting.records import Record
from drafting.text import fold

# Who issues most papers whose numbers are shortened: the organs after the symbol of a type.
_ORGANS = ("CP", "TTg", "UBND", "HĐND", "BNG", "BNV", "BTC", "SNgV")


def likely_records(number: Designation, catalogue: Catalogue) -> tuple[Record, ...]:
    """The records that `number` misspells: 19/QC/TU for 19-QC/TU, 150/2025/ND-CP for …/NĐ-CP."""
    found = [one for key in likely_keys(number) for one in catalogue.records(key)]
    for one in catalogue.near(number):
        known = Designation.parse(one.designation)
        if known is not None and is_meant_by(number, known):
            found.append(one)
    return tuple(dict.fromkeys(found))


def records_in_part(number: Designation, kind: str, catalogue: Catalogue) -> tuple[Record, ...]:
    """The records that a number without its symbol, beside a tên loại, may mean."""
    guesses = [number]
    if number.year is None:
        symbols = [symbol for symbol, name in TYPE_OF_SYMBOL.items() if fold(name) == fold(kind)]
        for symbol in symbols:
            guesses += [Designation(number.number, None, f"{symbol}-{one}") for one in _ORGANS]
            guesses.append(Designation(number.number, None, f"{symbol}/TU", party=True))
    found: list[Record] = []
    for guess in guesses:
        found += [*catalogue.records(guess.key), *catalogue.near(guess)]
    fitting = [one for one in dict.fromkeys(found) if not kind or fold(one.kind) == fold(kind)]
    numbered = [one for one in fitting if _is_numbered(one, number)]
    return tuple(numbered)


def _is_numbered(record: Record, number: Designation) -> bool:
    known = Designation.parse(record.designation)
    if known is None or known.number.lstrip("0") != number.number.lstrip("0"):
        return False
    return number.year is None or known.year == number.year
