"""What a citation says of a document against what is known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.citations.citation import CitedDocument
from drafting.citations.kinds import GENERIC, LAW_KINDS
from drafting.designation import TYPE_OF_SYMBOL
from drafting.records import Record, vn_date
from drafting.text import classic, fold, words

_TERM = re.compile(r"\b(?:khóa [ivxlc]+|nhiệm kỳ \d{4}\s?[-–]\s?\d{4})")
_SHORT = (
    ("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("btv", "ban thường vụ"),
    ("ttg", "thủ tướng chính phủ"), ("bch", "ban chấp hành"), ("tp", "thành phố"),
    ("chxhcn", "cộng hòa xã hội chủ nghĩa"), ("tw", "trung ương"), ("bđbp", "bộ đội biên phòng"),
)  # fmt: skip
_SHORT_WORDS = re.compile(rf"\b({'|'.join(short for short, _ in _SHORT)})\b")
_LONG = dict(_SHORT)
# “Bộ trưởng Bộ Ngoại giao” signs what “Bộ Ngoại giao” issues; the Chủ tịch is not the Ủy ban.
_HEADS = re.compile(r"^(?:bộ trưởng|thống đốc)\s+|nước cộng hòa xã hội chủ nghĩa việt nam")
# Words two ways of writing one subject differ in.
_LIGHT = {"của", "về", "việc", "và", "các", "cho", "tại", "theo", "đối", "với", "một", "số", "này",
          "ban", "hành", "điều", "trên", "địa", "bàn"}  # fmt: skip
_ENOUGH = 3
_TELLING = 4
# What may follow a whole subject in one căn cứ: amendments, another document.
_GOES_ON = re.compile(
    r"^[\s,]*(?:$|\(|đã |được |và |thay thế|sửa đổi|bổ sung|ban hành kèm|kèm theo|nhiệm kỳ"
    r"|có hiệu lực)"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a text says otherwise than what is known.

    >>> Difference("ngày", "05/3/2021", "05/3/2020").as_json()
    {'what': 'ngày', 'here': '05/3/2021', 'there': '05/3/2020'}
    """

    what: str
    here: str
    there: str

    def as_json(self) -> dict[str, str]:
        """The difference in the JSON of DESIGN.md."""
        return {"what": self.what, "here": self.here, "there": self.there}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs; what was given and agrees; what was given and nothing is known to compare."""

    differs: tuple[Difference, ...] = ()
    agrees: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()


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
        known = f"{TYPE_OF_SYMBOL[number.type_symbol]} (ký hiệu {number.symbol})"
        found.append(Difference("loại văn bản", cited.kind, known))
    if cited.date is not None and cited.has_impossible_date:
        found.append(Difference("ngày", cited.date.text, "ngày không có thật"))
    elif cited.date and number and number.year and cited.year and number.year != cited.year:
        found.append(Difference("ngày", cited.date.text, f"số ghi năm {number.year}"))
    return tuple(found)


def compare(
    cited: CitedDocument, record: Record, *, province: str = "", strict: bool = False
) -> Comparison:
    """`cited` against `record`, what the text leaves out aside.

    `province` is the one the text stands in: its own agencies need not name it. `strict` is for a
    căn cứ, whose subject ends where its sentence does.
    """
    differs: list[Difference] = []
    agrees: set[str] = set()
    unknown: list[str] = []
    date = cited.date.text if cited.date else ""
    issuer = cited.issuer.text if cited.issuer else ""
    subject = cited.subject.text if cited.subject else ""
    known_date = vn_date(record.date) if record.date else ""
    checks = (
        ("loại văn bản", cited.kind, record.kind, _same_kind(cited, record)),
        ("tên", _law_name(cited), record.name, _same_name(cited, record)),
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
    return Comparison(tuple(differs), frozenset(agrees), tuple(unknown))


def _same_kind(cited: CitedDocument, record: Record) -> bool | None:
    if cited.kind == GENERIC or not record.kind:
        return True
    if cited.attached and fold(cited.attached) == fold(record.kind):
        return True
    same = fold(cited.kind) == fold(record.kind)
    number = cited.designation
    fits = number is not None and number.fits_type(cited.kind) is True
    return None if not same and fits and not record.verified else same


def _law_name(cited: CitedDocument) -> str:
    """The name of a law cited by number as well; "" for everything else."""
    return cited.called_by_name if cited.number and cited.kind in LAW_KINDS else ""


def _same_name(cited: CitedDocument, record: Record) -> bool | None:
    called = fold(_law_name(cited))
    return called in {fold(name) for name in (record.name, *record.also)} if record.name else None


def _same_day(cited: CitedDocument, record: Record) -> bool | None:
    if record.date is None or cited.date is None:
        return None
    if cited.day is None:
        return not cited.has_impossible_date and cited.year == record.date.year
    return cited.day == record.date


def same_issuer(given: str, record: Record, province: str = "") -> bool | None:
    """Whether an agency as written is the record's; None when the record knows none.

    >>> record = Record("20/2022/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Lạng Sơn", "",
    ...     jurisdiction="tỉnh Lạng Sơn")
    >>> same_issuer("UBND tỉnh", record), same_issuer("UBND tỉnh Bắc Giang", record)
    (True, False)
    >>> same_issuer("UBND tỉnh", record, province="tỉnh Bắc Giang")
    False
    """
    if not record.issuer:
        return None
    here, there = _issuer(given), _issuer(record.issuer)
    place = _place(record.jurisdiction)
    unnamed = bool(place) and place in there and place not in here
    if unnamed and province and _place(province) != place:
        return False
    terms = {found.split()[0]: found for found in _TERM.findall(there)}
    if any(terms.get(found.split()[0], found) != found for found in _TERM.findall(here)):
        return False
    right = _bare(there, place)
    # “… của UBND tỉnh và Sở đã …”: what follows “và” may be the sentence going on.
    readings = [_bare(text, place) for text in (here, here.rpartition(" và ")[0])]
    return any(left == right or (len(left) > 1 and right[: len(left)] == left) for left in readings)


def _issuer(text: str) -> str:
    lowered = classic(text).lower()
    return _HEADS.sub("", _SHORT_WORDS.sub(lambda found: _LONG[found[1]], lowered)).strip()


def _place(jurisdiction: str) -> str:
    """ "lạng sơn" of "tỉnh Lạng Sơn"; "" for the whole country and the Party."""
    found = re.match(r"(?:tỉnh|thành phố)\s+(.+)$", classic(jurisdiction).lower())
    return found[1] if found else ""


def _bare(issuer: str, place: str) -> list[str]:
    text = _TERM.sub("", issuer.replace(place, " ") if place else issuer)
    return [word for word in words(text) if word != "tỉnh"]


def _same_subject(cited: CitedDocument, record: Record, strict: bool) -> bool | None:
    """Whether the subject given is the record's, shortened or not; None when nobody can tell."""
    if not record.subject or cited.subject is None or _is_description(record):
        return None
    if cited.kind in LAW_KINDS:
        return None
    same = same_subject(cited.subject.text, record.subject, strict=strict)
    return None if not same and not cited.about and not strict else same


def _is_description(record: Record) -> bool:
    """Whether the danh mục says that it describes the subject in its own words."""
    note = record.note.lower()
    return "không phải nguyên văn" in note or "trích yếu là mô tả" in note


def same_subject(given: str, known: str, *, strict: bool) -> bool:
    """Whether `given` is `known`, words left out or light words changed aside.

    Without `strict` the text may go on after the subject (“…, Sở đã trình”).

    >>> known = "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Ngoại vụ"
    >>> same_subject("Quy định chức năng, nhiệm vụ của Sở Ngoại vụ", known, strict=True)
    True
    >>> same_subject("quy định chức năng, nhiệm vụ của Sở Nội vụ", known, strict=False)
    False
    """
    tokens, lowered = _tokens(given), classic(given).lower()
    wanted = [word for word, _, _ in _tokens(re.sub(r"\([^()]*\)", " ", known))]
    at = 0
    for index, (word, _start, broken) in enumerate(tokens):
        if at == len(wanted):
            return not strict or bool(_GOES_ON.match(lowered[_end(tokens[index - 1]) :]))
        if word not in wanted[at:]:
            return not strict and broken and index >= _ENOUGH
        at = wanted.index(word, at) + 1
    return bool(tokens)


def says_enough(subject: str) -> bool:
    """Whether a subject tells one paper from next year's: four telling words.

    >>> says_enough("kết quả"), says_enough("kết quả thực hiện nhiệm vụ trọng tâm năm 2020")
    (False, True)
    """
    telling = [word for word, _, _ in _tokens(subject)]
    return len(telling) >= _TELLING


def _end(token: tuple[str, int, bool]) -> int:
    return token[1] + len(token[0])


def _tokens(text: str) -> list[tuple[str, int, bool]]:
    """The words that carry a subject: each with its start and whether a clause begins at it."""
    lowered = classic(text).lower()
    found: list[tuple[str, int, bool]] = []
    broken = False
    for match in re.finditer(r"\w+(?:[./-]\w+)*|[^\w\s]", lowered):
        word = match[0]
        if not word[0].isalnum():
            broken = broken or word in ",;:(–-"
        elif word not in _LIGHT:
            found.append((word, match.start(), broken))
            broken = False
    return found
