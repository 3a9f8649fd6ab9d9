"""Which known document a citation means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafting.citations.answer import Resolved, Unresolved, Why
from drafting.citations.catalogue import Catalogue
from drafting.citations.citation import Citation, CitedDocument, Said
from drafting.citations.compare import Comparison, compare
from drafting.citations.kinds import LAW_KINDS, TREATY_KINDS
from drafting.citations.law_names import another_name
from drafting.citations.likely import likely_records, records_in_part
from drafting.citations.subjects import says_enough
from drafting.designation import Designation
from drafting.records import Record, vn_date
from drafting.text import fold

_OF_ITS_NUMBER = {"loại văn bản", "số, ký hiệu"}
# Tên loại that one body alone issues: number and year tell which is meant.
_OF_ONE_ISSUER = {*LAW_KINDS, "Nghị định"}
_RAW_WORD = re.compile(r"[^\s\u200b*]+")


def look_up(citation: Citation, catalogue: Catalogue, province: str) -> Resolved | Unresolved:
    """The document that `citation.document` names by number or by name; provisions aside.

    Several that fit, or none, are `Unresolved`. A document that bears the number but differs in
    something else is still found: its `comparison` says in what.
    """
    cited = citation.document
    if cited is None:
        return Unresolved(citation, Why.RELATIVE, f"“{citation.text}”: không nói của văn bản nào")
    number = cited.designation
    if number is not None:
        return _by_number(citation, cited, number, catalogue, province)
    if cited.name is None and cited.date is None:
        return Unresolved(citation, Why.AMBIGUOUS, f"chưa rõ “{cited.kind}” nào")
    return _by_name(citation, cited, catalogue, province)


def _by_number(
    citation: Citation,
    cited: CitedDocument,
    number: Designation,
    catalogue: Catalogue,
    province: str,
) -> Resolved | Unresolved:
    if not number.symbol:
        return _by_part(citation, cited, number, catalogue, province)
    known = catalogue.records(number.key) or likely_records(number, catalogue)
    if not known:
        alike = [one for one in catalogue.near(number) if _looks_alike(number, one)]
        return _unknown(citation, cited, alike, province)
    chosen = _choose(citation, cited, known, province)
    if isinstance(chosen, Unresolved):
        return chosen
    record, comparison = chosen
    if _is_vague(number, cited, comparison):
        reason = (
            f"số {number} không ghi năm và lặp lại mỗi năm: ghi thêm ngày ban hành "
            f"(kho có {_listed([record])})"
        )
        return Unresolved(citation, Why.AMBIGUOUS, reason, near=(record,))
    note = _number_note(number, record)
    if comparison.differs:
        near = [one for one in catalogue.near(number) if _is_meant(cited, one, province)]
        note = note or (f"có lẽ là {_listed(near)}" if near else "")
        if number.year is None and number.key in record.keys and not number.party:
            note = note or "số không ghi năm lặp lại mỗi năm: có thể là văn bản khác"
    document = catalogue.document(record)
    return Resolved(citation, record, document, comparison=comparison, note=note)


def _by_part(
    citation: Citation,
    cited: CitedDocument,
    number: Designation,
    catalogue: Catalogue,
    province: str,
) -> Unresolved:
    """A number without its symbol proves nothing: what it may mean, and what then differs."""
    near = records_in_part(number, cited.kind, catalogue)
    if not near:
        return Unresolved(citation, Why.UNKNOWN, f"kho không có {cited.called()}")
    comparison = Comparison()
    if len(near) == 1:
        only = compare(cited, near[0], province=province, strict=citation.basis)
        sure = cited.kind in _OF_ONE_ISSUER and number.year is not None
        comparison = only if sure or "cơ quan ban hành" in only.agrees else comparison
    lacks = "thiếu ký hiệu" if number.year else "thiếu năm hoặc ký hiệu"
    reason = (
        f"số “{number.number if not number.year else f'{number.number}/{number.year}'}” {lacks}"
    )
    reason += f": có lẽ là {_listed(near)}"
    return Unresolved(citation, Why.AMBIGUOUS, reason, near=tuple(near), comparison=comparison)


def _number_note(number: Designation, record: Record) -> str:
    own = Designation.parse(record.designation)
    if own is None or own.key == number.key or number.key not in record.keys:
        return ""
    return f"Một văn bản, hai cách ghi số: {number} và {own}"


def _is_vague(number: Designation, cited: CitedDocument, comparison: Comparison) -> bool:
    """Whether only a number is given that offices give out again every year."""
    subject = cited.subject.text if cited.subject else ""
    described = "trích yếu" in comparison.agrees and says_enough(subject)
    told = cited.year is not None or described or comparison.differs
    return number.year is None and not number.party and not told


def _looks_alike(number: Designation, record: Record) -> bool:
    """Whether two numbers are easily taken for each other: same year, or same type of paper."""
    other = Designation.parse(record.designation)
    return number.year is not None or (
        other is not None and other.type_symbol == number.type_symbol
    )


def _unknown(
    citation: Citation, cited: CitedDocument, near: Sequence[Record], province: str
) -> Unresolved:
    reason = f"kho không có {cited.called()}"
    if near:
        reason += f"; gần giống: {_listed(near)}"
    agreeing = [one for one in near if _is_meant(cited, one, province)]
    record = agreeing[0] if len(agreeing) == 1 else None
    return Unresolved(citation, Why.UNKNOWN, reason, record=record, near=tuple(near))


def _is_meant(cited: CitedDocument, record: Record, province: str) -> bool:
    """Whether a record with another number is the one described: its day or subject agrees."""
    comparison = compare(cited, record, province=province)
    others = [one for one in comparison.differs if one.what not in _OF_ITS_NUMBER]
    return not others and bool(comparison.agrees & {"ngày", "trích yếu"})


def _choose(
    citation: Citation, cited: CitedDocument, known: Sequence[Record], province: str
) -> tuple[Record, Comparison] | Unresolved:
    """The one record that fits; also one that does not, when no other bears the number or name."""
    compared = [
        (one, compare(cited, one, province=province, strict=citation.basis)) for one in known
    ]
    if len(compared) == 1:
        return compared[0]
    fitting = [one for one in compared if not one[1].differs]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        reason = f"kho không có {cited.called()} đúng như đã ghi; kho có: {_listed(known)}"
        return Unresolved(citation, Why.UNKNOWN, reason, near=tuple(known))
    records = tuple(one for one, _ in fitting)
    reason = f"có {len(records)} văn bản cùng phù hợp: {_listed(records)}; ghi thêm ngày ban hành"
    return Unresolved(citation, Why.AMBIGUOUS, reason, near=records)


def _by_name(
    citation: Citation, cited: CitedDocument, catalogue: Catalogue, province: str
) -> Resolved | Unresolved:
    """A law, treaty or paper without number: the longest name that is known wins."""
    for understood in _names(citation, cited):
        known = _named(understood, catalogue)
        if not known:
            continue
        short = _narrowed(citation, understood)
        chosen = _choose(short, understood, known, province)
        if isinstance(chosen, Unresolved):
            return chosen
        record, comparison = chosen
        more = (
            cited.name.text[len(understood.name.text) :] if cited.name and understood.name else ""
        )
        other = another_name(more)
        if other and not _is_of(other, record):
            comparison = replace(comparison, unread=comparison.unread or other)
        return Resolved(short, record, catalogue.document(record), comparison=comparison)
    missing = "" if cited.kind in (*LAW_KINDS, *TREATY_KINDS) else ": ghi thêm số, ký hiệu nếu có"
    return Unresolved(citation, Why.UNKNOWN, f"kho không có {cited.called()}{missing}")


def _is_of(words: str, record: Record) -> bool:
    """Whether words after a name stand in the known document's own name or subject."""
    known = fold(" ".join((record.name, record.subject, *record.also)))
    names = re.findall(r"(?<!\w)[A-ZĐÂĂÊÔƠƯÁẤÚÝÍÓ]\w*", words)
    return bool(names) and all(fold(one) in known for one in names)


def _named(cited: CitedDocument, catalogue: Catalogue) -> tuple[Record, ...]:
    """Records with this name; the date may be part of it, as for papers without number."""
    day = cited.day
    dated = catalogue.named(f"{cited.called()} ngày {vn_date(day)}") if day else ()
    return tuple(dated or catalogue.named(cited.called()))


def _names(citation: Citation, cited: CitedDocument) -> Iterator[CitedDocument]:
    """The document as cited, then with ever fewer words in its name if nothing stands after it."""
    yield cited
    name = cited.name
    if name is None or cited.date or cited.issuer or citation.span[1] != cited.span[1]:
        return
    raw = citation.text[name.span[0] - citation.span[0] :]
    ends = [word.end() for word in _RAW_WORD.finditer(raw)]
    words = name.text.split(" ")
    for count in range(min(len(words), len(ends)) - 1, 0, -1):
        text = " ".join(words[:count])
        comma = len(text) - len(text.rstrip(","))
        span = (name.span[0], name.span[0] + ends[count - 1] - comma)
        said = Said(text.rstrip(","), span)
        yield replace(cited, name=said, span=(cited.span[0], span[1]), subject=None)


def _narrowed(citation: Citation, understood: CitedDocument) -> Citation:
    """The citation with the name as understood, its span cut to fit."""
    if understood is citation.document:
        return citation
    start, end = citation.span[0], understood.span[1]
    text = citation.text[: end - start]
    return replace(citation, text=text, span=(start, end), document=understood)


def _listed(records: Sequence[Record]) -> str:
    """A few records with their dates, for telling them apart."""
    shown = []
    for one in records[:4]:
        is_law = one.kind in LAW_KINDS and one.name
        called = f"{one.name} ({one.designation})" if is_law and one.designation else one.title
        dated = one.date is not None and vn_date(one.date) not in called
        shown.append(f"{called} ngày {vn_date(one.date)}" if one.date and dated else called)
    return "; ".join(shown) + (" …" if len(records) > 4 else "")
