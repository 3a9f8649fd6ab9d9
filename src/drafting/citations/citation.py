"""`Citation`: what a text refers to, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day

from drafting.citations.dates import Given, read_date
from drafting.citations.misshapen import is_well_shaped, read_number
from drafting.designation import Designation
from drafting.read.source import Span
from drafting.structure import Kind

THIS = "này"
Path = tuple[tuple[Kind, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the text: cleaned (NFC, single spaces), and where they stand in it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What a citation says of a document; what it does not say is None.

    `kind` is the tên loại in its usual spelling; for a paper called by name, `name` is what follows
    the tên loại. `this` marks “Quy chế này”. `attached` is the tên loại of the paper the document
    carries: “Điều 5 Quy chế ban hành kèm theo Quyết định số …”. `about` says whether “về”
    introduces the subject: without it the words may only be the sentence going on. `unread` are
    words beside it that look like a date or an issuer and are neither; `beside` are agencies named
    right before or after it that may or may not be the issuer. `further` is what stands after the
    semicolon that ends the subject: part of it where the subject known has a semicolon.
    """

    span: Span
    kind: str = ""
    number: Said | None = None
    name: Said | None = None
    date: Said | None = None
    issuer: Said | None = None
    subject: Said | None = None
    about: bool = False
    attached: str = ""
    this: bool = False
    unread: Said | None = None
    beside: tuple[Said, ...] = ()
    further: str = ""

    @property
    def designation(self) -> Designation | None:
        """Its số, ký hiệu as it seems to be meant; without symbol where the text gives none."""
        return read_number(self.number.text) if self.number else None

    @property
    def is_misshapen(self) -> bool:
        """Whether its number is written as no số, ký hiệu is: “19/QC.TU”."""
        return self.number is not None and not is_well_shaped(self.number.text)

    @property
    def given(self) -> Given:
        """What of a date is given."""
        return read_date(self.date.text) if self.date else Given()

    @property
    def day(self) -> Day | None:
        """The date given; None when there is none or no calendar has it (30/02/2020)."""
        return self.given.whole

    @property
    def year(self) -> int | None:
        """The year of the date given, also when only the year is ("năm 2015")."""
        return self.given.year

    @property
    def has_impossible_date(self) -> bool:
        """Whether a date is given that no calendar has."""
        return self.given.impossible

    def called(self) -> str:
        """How the text calls it: tên loại with number or name.

        >>> CitedDocument((0, 9), "Luật", name=Said("Đầu tư", (5, 11))).called()
        'Luật Đầu tư'
        """
        if self.this:
            return f"{self.kind} này"
        if self.number is not None:
            return f"{self.kind} số {self.number.text}" if self.kind else self.number.text
        return self.called_by_name

    @property
    def called_by_name(self) -> str:
        """Tên loại and name, the number aside."""
        return f"{self.kind} {self.name.text}" if self.name else self.kind


@dataclass(frozen=True, slots=True)
class CitedProvision:
    """One provision as cited: its numbers outermost first, `THIS` for “này”.

    `slip` is the reading of something written wrongly, in a sentence for the officer.

    >>> CitedProvision(((Kind.ARTICLE, "6"), (Kind.CLAUSE, "2"))).path[-1][1]
    '2'
    """

    path: Path
    slip: str = ""

    @property
    def relative(self) -> bool:
        """Whether it leans on the place where it stands (“Điểm 2.1, Khoản này”)."""
        return any(number == THIS for _, number in self.path)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference found in a text: `text` is exactly what stands at `span`.

    `document` is None when the words name provisions only ("khoản 2 Điều 6"); `provisions` is
    empty when they name a whole document. The subject of a document may reach beyond the span,
    since other citations can stand in it. `basis` says whether the sentence begins “Căn cứ”.
    `finer` are words for a part too small to be found: “đoạn thứ hai”, “khoản bảy”.
    """

    text: str
    span: Span
    document: CitedDocument | None = None
    provisions: tuple[CitedProvision, ...] = ()
    basis: bool = False
    finer: str = ""
