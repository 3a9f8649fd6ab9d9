"""`format_citation`: a document or provision as NĐ 30/2020 writes it (Phụ lục I, mục II.6.b)."""

from __future__ import annotations

import re

from drafting.citations.kinds import KINDS, LAW_KINDS, SUBJECT_VERBS, canonical
from drafting.citations.place import attachment_of, read_eid, spell
from drafting.designation import Designation
from drafting.records import Record, vn_date
from drafting.structure import Document, Kind, Provision
from drafting.text import one_line

_VERB = re.compile(rf"(?:{'|'.join(SUBJECT_VERBS)})(?!\w)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:V/v|về(?: việc)?)\s+", re.IGNORECASE)
_KIND = re.compile(rf"(?:{'|'.join(KINDS.values())})(?!\w)")
# Papers whose subject follows the issuer without “về việc” when it begins with a verb.
_NORMATIVE = {"Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Pháp lệnh"}


def format_citation(
    of: Record | Document,
    provision: Provision | None = None,
    *,
    first: bool = False,
    full: bool = True,
    dated: bool = False,
) -> str:
    """`of`, or `provision` of it, in words.

    `first`: as at first mention, with date, issuer and subject; later mentions have tên loại and
    number, `dated` ones the date too. Laws are called by their name alone, or name and date.
    Without `full` only the place within the document is written. Papers without a number are
    called by their name.

    >>> from datetime import date
    >>> decree = Record("30/2020/NĐ-CP", "Nghị định", "Chính phủ", "công tác văn thư",
    ...     date(2020, 3, 5))
    >>> print(format_citation(decree, first=True))
    Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư
    >>> clause = Provision("art_24__cl_1__point_a", Kind.POINT, "a", "", "", 1, ())
    >>> print(format_citation(decree, clause), "|", format_citation(decree, clause, full=False))
    điểm a khoản 1 Điều 24 Nghị định số 30/2020/NĐ-CP | điểm a khoản 1 Điều 24
    """
    if provision is None:
        return _document(of, first, dated)
    words = spell(read_eid(provision.eid))
    if not full:
        return words
    carried = " văn bản ban hành kèm theo" if attachment_of(provision.eid) else ""
    return f"{words}{carried} {_document(of, first, dated)}"


def cite_provision(record: Record, document: Document, provision: Provision) -> str:
    """A provision with its document's tên loại and number, enough to find it by.

    A number without a year is given out again every year, so its date stands with it. `document`
    tells what eIds alone cannot: the only annex bears no number.
    """
    number = Designation.parse(record.designation)
    yearly = number is not None and number.year is None and not number.party
    written = format_citation(record, provision, dated=yearly)
    annexes = [one for one in document.provisions if one.kind is Kind.ANNEX]
    return written.replace("Phụ lục 1 ", "Phụ lục ") if len(annexes) == 1 else written


def _document(of: Record | Document, first: bool, dated: bool) -> str:
    if isinstance(of, Document):
        kind = canonical(of.kind.capitalize()) if of.kind else "văn bản"
        number = Designation.parse(of.designation)
        if number is None:
            return f"{kind} {_lowered(_ABOUT.sub('', one_line(of.subject)))}".strip()
        return f"{kind} số {number}{_subject(of.subject, kind, '', number) if first else ''}"
    if of.kind in LAW_KINDS and of.name:
        return of.name + (f" ngày {vn_date(of.date)}" if dated and of.date else "")
    if not of.designation:
        return of.name or of.kind
    date = f" ngày {vn_date(of.date)}" if of.date else ""
    if not first:
        return of.title + (date if dated else "")
    issuer = f" của {of.issuer}" if of.issuer else ""
    number = Designation.parse(of.designation)
    return f"{of.title}{date}{issuer}{_subject(of.subject, of.kind, of.issuer, number)}"


def _subject(subject: str, kind: str, issuer: str, number: Designation | None) -> str:
    """The subject as it follows number and issuer: “về …”, “về việc …”, or straight on."""
    words = _ABOUT.sub("", one_line(subject))
    if not words:
        return ""
    lowered = _lowered(words)
    if not _VERB.match(words):
        return f" về {lowered}"
    normative = kind in _NORMATIVE or (number is not None and number.year is not None)
    return f" {lowered}" if normative and issuer else f" về việc {lowered}"


def _lowered(words: str) -> str:
    """`words` as they go on in a sentence: a tên loại or an abbreviation keeps its capital."""
    if not words or _KIND.match(words) or words[1:2].isupper():
        return words
    return words[0].lower() + words[1:]
