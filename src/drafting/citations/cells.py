"""Date and issuer in the cells of a table row beside a number that has a cell to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from drafting.citations.agencies import AGENCY, issuer_end
from drafting.citations.citation import CitedDocument
from drafting.citations.clean import BREAK, Clean
from drafting.citations.dates import DAY
from drafting.citations.details import said
from drafting.read.source import Span

_DAY_CELL = re.compile(rf" ?(?:ngày )?(?P<day>{DAY}) ?", re.IGNORECASE)
_MOST = 6


def with_cells(clean: Clean, document: CitedDocument, start: int, end: int) -> CitedDocument:
    """`document` with the day and the issuer that other cells of its row give.

    Only where the citation from `start` to `end` fills its cell: a row that says what to do about a
    document dates the doing.

    >>> from drafting.citations import find
    >>> found = find("1\\t30/2020/NĐ-CP\\t06/3/2020\\tChính phủ")[0].document
    >>> found.date.text, found.issuer.text
    ('06/3/2020', 'Chính phủ')
    """
    if not clean.cells or not _fills(clean, start, end):
        return document
    for low, high in _row(clean, start, end):
        cell = clean.text[low:high]
        day = _DAY_CELL.fullmatch(cell)
        if day and document.date is None:
            at = low + day.start("day")
            document = replace(document, date=said(clean, at, low + day.end("day")))
        at = low + len(cell) - len(cell.lstrip())
        agency = AGENCY.match(clean.text, at) if document.issuer is None else None
        if agency and issuer_end(clean.text, at) == low + len(cell.rstrip()):
            document = replace(document, issuer=said(clean, at, low + len(cell.rstrip())))
    return document


def _fills(clean: Clean, start: int, end: int) -> bool:
    before = clean.text.rfind(BREAK, 0, start)
    after = clean.text.find(BREAK, end)
    high = len(clean.text) if after < 0 else after
    alone = not clean.text[before + 1 : start].strip(" |") and not clean.text[end:high].strip(" |")
    return alone and (before in clean.cells or after in clean.cells)


def _row(clean: Clean, start: int, end: int) -> Iterator[Span]:
    """The other cells of the row, those after the number first."""
    text, at = clean.text, clean.text.find(BREAK, end)
    for _ in range(_MOST):
        if at not in clean.cells:
            break
        after = text.find(BREAK, at + 1)
        yield at + 1, len(text) if after < 0 else after
        at = after
    at = text.rfind(BREAK, 0, start)
    for _ in range(_MOST):
        if at not in clean.cells:
            break
        before = text.rfind(BREAK, 0, at)
        yield before + 1, at
        at = before
