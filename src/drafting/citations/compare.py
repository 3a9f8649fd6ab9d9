"""What a citation says of a document against what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from drafting.citations.citation import CitedDocument, Said
from drafting.citations.clean import Clean
from drafting.citations.details import read_parts, unread_at
from drafting.citations.issuers import names_elsewhere, same_issuer
from drafting.citations.kinds import GENERIC, LAW_KINDS
from drafting.citations.subjects import begins_alike, same_subject, subject_end
from drafting.designation import TYPE_OF_SYMBOL
from drafting.records import Record, vn_date
from drafting.text import fold

# A year or a month after a subject begins what the sentence goes on with.
_NO_DAY = ("năm", "tháng", "quý")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a text says otherwise than what is known; `plainly` where `there` is no word of
    the library but what is plainly wrong with it (“ngày không có thật”).

    >>> Difference("ngày", "05/3/2021", "05/3/2020").as_json()
    {'what': 'ngày', 'here': '05/3/2021', 'there': '05/3/2020'}
    """

    what: str
    here: str
    there: str
    plainly: bool = False

    @property
    def said(self) -> str:
        """Both sides for the officer, to stand after `what`.

        >>> Difference("ngày", "05/3/2021", "05/3/2020").said
        'ở đây “05/3/2021”, trong kho “05/3/2020”'
        >>> Difference("ngày", "30/02/2020", "ngày không có thật", plainly=True).said
        '“30/02/2020”: ngày không có thật'
        """
        if self.plainly:
            return f"“{self.here}”: {self.there}"
        return f"ở đây “{self.here}”, trong kho “{self.there}”"

    def as_json(self) -> dict[str, str]:
        """The difference in the JSON of DESIGN.md."""
        return {"what": self.what, "here": self.here, "there": self.there}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs; what was given and agrees; what was given and nothing is known to compare.

    `unread` are words beside the citation that look like a date or an issuer and are neither.
    """

    differs: tuple[Difference, ...] = ()
    agrees: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    unread: str = ""


def contradictions(cited: CitedDocument) -> tuple[Difference, ...]:
    """What is wrong with a citation whatever it cites: type against symbol, a day no calendar has.

    >>> from drafting.citations import find
    >>> cited = find("Nghị định số 66/NQ-CP ngày 30/02/2020 của Chính phủ")[0].document
    >>> [one.what for one in contradictions(cited)]
    ['loại văn bản', 'ngày']
    """
    found: list[Difference] = []
    number = cited.designation
    if number is not None and number.fits_type(cited.kind) is False and cited.kind != GENERIC:
        known = f"ký hiệu {number.symbol} là của {TYPE_OF_SYMBOL[number.type_symbol]}"
        found.append(Difference("loại văn bản", cited.kind, known, plainly=True))
    if cited.date is not None and cited.has_impossible_date:
        found.append(Difference("ngày", cited.date.text, "ngày không có thật", plainly=True))
    elif cited.date and number and number.year and cited.year and number.year != cited.year:
        told = f"số ghi năm {number.year}"
        found.append(Difference("ngày", cited.date.text, told, plainly=True))
    return tuple(found)


def compare(
    cited: CitedDocument, record: Record, *, province: str = "", strict: bool = False
) -> Comparison:
    """`cited` against `record`, what the text leaves out aside.

    `province` is the one the text stands in: its own agencies need not name it. `strict` is for a
    căn cứ, whose subject ends where its sentence does.
    """
    cited = _with_tail(cited, record)
    differs: list[Difference] = []
    agrees: set[str] = set()
    unknown: list[str] = []
    number = cited.number.text if cited.number else ""
    date = cited.date.text if cited.date else ""
    issuer = cited.issuer.text if cited.issuer else ""
    subject = cited.subject.text if cited.subject else ""
    known_date = vn_date(record.date) if record.date else ""
    checks = (
        ("loại văn bản", cited.kind, record.kind, _same_kind(cited, record)),
        ("số, ký hiệu", number, record.designation, _same_number(cited, record)),
        ("tên", _own_name(cited), record.name or record.subject, _same_name(cited, record)),
        ("ngày", date, known_date, _same_day(cited, record)),
        ("cơ quan ban hành", issuer, record.issuer, same_issuer(issuer, record, province)),
        ("trích yếu", subject, record.subject, _same_subject(cited, record, strict)),
    )
    for what, here, there, same in checks:
        if not here or there == here:
            agrees.update([what] if here else [])
        elif same is None:
            unknown.append(what)
        elif same:
            agrees.add(what)
        else:
            differs.append(Difference(what, here, there))
    if cited.unread and cited.unread == cited.issuer and fold(issuer) == fold(record.issuer):
        cited = replace(cited, unread=None)
    unread = cited.unread or _unnamed_law(cited, record)
    if (
        "trích yếu" in unknown
        and cited.subject
        and (begins_alike(subject, record.subject) or _is_undescribed(cited, record, strict))
    ):
        unread = unread or Said(subject[:60], cited.subject.span)
    unread = next((one for one in cited.beside if names_elsewhere(one.text, record)), unread)
    told = unread.text if unread else ""
    return Comparison(tuple(differs), frozenset(agrees), tuple(unknown), told)


def _unnamed_law(cited: CitedDocument, record: Record) -> Said | None:
    """What a law cited by number alone is said to be about, where that is not its name."""
    if cited.kind not in LAW_KINDS or cited.name or not (cited.about and cited.subject):
        return None
    known = record.name.removeprefix(f"{record.kind} ")
    same = same_subject(cited.subject.text, known, strict=False)
    return None if same else Said(cited.subject.text[:60], cited.subject.span)


def _with_tail(cited: CitedDocument, record: Record) -> CitedDocument:
    """`cited` with the day and the issuer that follow the subject: “… văn thư (ngày 05/3/2021)”."""
    if cited.subject is None or not record.subject_verbatim:
        return cited
    text = cited.subject.text
    end = subject_end(text, record.subject) if record.subject else 0
    if not end:
        return cited
    parts = read_parts(Clean.of(text), end)
    day = parts.date if parts.date and not parts.date.text.lower().startswith(_NO_DAY) else None
    unsure = text.startswith(",", end)
    clash = _clash(cited.date, day, unsure) or _clash(cited.issuer, parts.issuer, unsure)
    if day is None and parts.issuer is None:
        at = unread_at(text, end, issued=cited.issuer is not None)
        if at >= 0 and not text[at:].lower().startswith(_NO_DAY):
            clash = Said(text[at : at + 60], cited.subject.span)
    if clash is not None:
        return replace(cited, unread=clash)
    return replace(cited, date=cited.date or day, issuer=cited.issuer or parts.issuer)


def _clash(given: Said | None, later: Said | None, unsure: bool) -> Said | None:
    """A later word on what is given already, or one that may belong to the next thought."""
    if later is None or (given is not None and given.text == later.text):
        return None
    return later if given is not None or unsure else None


def _same_number(cited: CitedDocument, record: Record) -> bool | None:
    number = cited.designation
    if number is None or not number.symbol:
        return None
    return number.key in record.keys and not cited.is_misshapen


def _same_kind(cited: CitedDocument, record: Record) -> bool | None:
    if cited.kind == GENERIC or not record.kind:
        return True
    if cited.attached and fold(cited.attached) == fold(record.kind):
        return True
    same = fold(cited.kind) == fold(record.kind)
    number = cited.designation
    fits = number is not None and number.fits_type(cited.kind) is True
    return None if not same and fits and not record.verified else same


def _own_name(cited: CitedDocument) -> str:
    """The name a paper cited by number is called by as well: a law's with its tên loại."""
    if cited.number is None or cited.name is None:
        return ""
    return cited.called_by_name if cited.kind in LAW_KINDS else cited.name.text


def _same_name(cited: CitedDocument, record: Record) -> bool | None:
    """Whether the name is the record's; of papers that have none, words of the subject will do."""
    called = fold(_own_name(cited))
    if cited.kind in LAW_KINDS:
        names = {fold(name) for name in (record.name, *record.also)}
        return called in names if record.name else None
    known = (record.subject, record.name)
    return True if any(same_subject(called, one, strict=True) for one in known if one) else None


def _same_day(cited: CitedDocument, record: Record) -> bool | None:
    if record.date is None or cited.date is None:
        return None
    return not cited.has_impossible_date and cited.given.agrees_with(record.date)


def _same_subject(cited: CitedDocument, record: Record, strict: bool) -> bool | None:
    """Whether the subject given is the record's, shortened or not; None when nobody can tell."""
    if not record.subject or cited.subject is None or cited.kind in LAW_KINDS:
        return None
    here = cited.subject.text + (cited.further if ";" in record.subject else "")
    same = same_subject(here, record.subject, strict=strict)
    unsure = not record.subject_verbatim or not (cited.about or strict)
    return None if not same and unsure else same


def _is_undescribed(cited: CitedDocument, record: Record, strict: bool) -> bool:
    """Whether a subject is given that a danh mục which only describes it can neither prove nor
    refute."""
    return not record.subject_verbatim and bool(record.subject) and (cited.about or strict)
