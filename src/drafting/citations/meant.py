"""`meant_records`: every known document that a line names, rightly written or not."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.citations.answer import Unresolved
from drafting.citations.catalogue import Catalogue
from drafting.citations.citation import Citation
from drafting.citations.clean import Clean
from drafting.citations.find import find
from drafting.citations.issuers import names_elsewhere
from drafting.citations.likely import likely_records, records_in_part
from drafting.citations.lookup import look_up
from drafting.citations.misshapen import read_number, written_numbers
from drafting.records import Record
from drafting.text import one_line


def meant_records(text: str, catalogue: Catalogue) -> list[Record]:
    """Every record that `text` names or is likely to mean, in no order of certainty.

    Several documents in one line count all; so do numbers misshapen (“19/QC.TU”), without accents
    or without symbol (“Quy chế số 19”). Left out is only a record whose citation names an agency of
    another province: that province may have given out the same number.

    >>> from drafting.citations import NoCatalogue
    >>> meant_records("Quyết định số 50/2025/QĐ-UBND và Quy chế số 19-QC/TU", NoCatalogue())
    []
    """
    found: dict[Record, None] = {}
    plain = Clean.of(f"Căn cứ {text};")
    numbers = {number[0] for number in written_numbers(plain.text)}
    for citation in find(f"Căn cứ {text};"):
        if citation.document and citation.document.number:
            numbers.discard(citation.document.number.text)
        for record in _of_citation(citation, catalogue):
            found[record] = None
    for written in sorted(numbers):
        found |= dict.fromkeys(_of_number(written, "", catalogue))
    called = one_line(text).removeprefix("Căn cứ ").strip(" ;.,")
    return list(found | dict.fromkeys(catalogue.named(called)))


def _of_citation(citation: Citation, catalogue: Catalogue) -> Iterator[Record]:
    cited = citation.document
    if cited is None or cited.this:
        return
    said = (cited.issuer, *cited.beside, cited.unread)
    told = " ".join(part.text for part in said if part)
    records: list[Record] = []
    if cited.number is not None:
        records += _of_number(cited.number.text, cited.kind, catalogue)
    else:
        records += catalogue.named(cited.called())
    answer = look_up(citation, catalogue, "")
    records += [answer.record] if answer.record is not None else []
    if isinstance(answer, Unresolved) and cited.number is None:
        records += answer.near
    yield from (one for one in records if not names_elsewhere(told, one))


def _of_number(written: str, kind: str, catalogue: Catalogue) -> list[Record]:
    number = read_number(written)
    if number is None:
        return []
    if not number.symbol:
        return list(records_in_part(number, kind, catalogue))
    return [*catalogue.records(number.key), *likely_records(number, catalogue)]
