"""`resolve`: which document and which provision of it a citation means, or why nobody knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from drafting.citations.answer import Resolved, Unresolved, Why
from drafting.citations.catalogue import Catalogue, NoCatalogue
from drafting.citations.citation import THIS, Citation, CitedDocument, CitedProvision, Path
from drafting.citations.find import find
from drafting.citations.lookup import look_up
from drafting.citations.place import LEVEL_WORDS, absolute, attachment_of, build_eid, place
from drafting.designation import Designation
from drafting.records import Record
from drafting.structure import Document, Kind
from drafting.text import fold


@dataclass(frozen=True, slots=True)
class _Home:
    """The document the text stands in, and the place in it."""

    record: Record | None
    document: Document | None
    at: str

    @property
    def kind(self) -> str:
        if self.record is not None:
            return self.record.kind
        return self.document.kind.capitalize() if self.document else ""

    @property
    def title(self) -> str:
        if self.record is not None:
            return self.record.title
        return self.kind or "văn bản này"


def resolve(
    citation: Citation,
    *,
    home: Record | Document | None = None,
    at: str = "",
    catalogue: Catalogue,
    province: str = "",
) -> tuple[Resolved | Unresolved, ...]:
    """One answer for each provision that `citation` names, or one for a whole document.

    `home` is the document the text stands in and `at` the eId of the provision there: without them
    “Khoản này”, “Quy chế này” and a bare “Điều 6” stay unresolved. Nothing is guessed: when more
    than one document fits, or the document does not have the provision, the answer says so.
    `province` is the one whose agencies the text need not name.

    >>> [answer.reason for answer in resolve(find("tại Khoản này")[0], catalogue=NoCatalogue())]
    ['“Khoản này”: chưa biết đang đọc văn bản nào']
    """
    here = _home(home, at, catalogue)
    cited = citation.document
    if cited is None or cited.this:
        base, prefix = _own(citation, cited, here)
    else:
        base, prefix = look_up(citation, catalogue, province), ""
    if isinstance(base, Unresolved):
        return tuple(replace(base, cited=one) for one in citation.provisions) or (base,)
    if cited is not None and cited.attached and base.document is not None:
        prefix = "att_1__" if base.document.get("att_1__art_1") else ""
        if not prefix and base.record and fold(cited.attached) != fold(base.record.kind):
            return _without_attachment(base, cited)
    if not citation.provisions:
        return (base,)
    title = here.title if base.own and here else (base.record.title if base.record else "")
    return tuple(_provision(base, one, prefix, title, at) for one in citation.provisions)


def _home(home: Record | Document | None, at: str, catalogue: Catalogue) -> _Home | None:
    if home is None:
        return None
    if isinstance(home, Record):
        return _Home(home, catalogue.document(home), at)
    number = Designation.parse(home.designation)
    known = catalogue.records(number.key) if number else ()
    return _Home(known[0] if len(known) == 1 else None, home, at)


def _own(
    citation: Citation, cited: CitedDocument | None, home: _Home | None
) -> tuple[Resolved | Unresolved, str]:
    """The document the text itself stands in, and the attachment meant within it."""
    words = cited.called() if cited else citation.text
    if home is None:
        leans = cited is not None or any(one.relative for one in citation.provisions)
        what = "chưa biết đang đọc văn bản nào" if leans else "không nói của văn bản nào"
        return Unresolved(citation, Why.RELATIVE, f"“{words}”: {what}"), ""
    prefix = attachment_of(home.at)
    if cited is not None and home.kind and fold(cited.kind) == fold(home.kind):
        prefix = ""
    elif cited is not None and home.kind and not prefix:
        if home.document is None or home.document.get("att_1__art_1") is None:
            reason = f"“{words}”: văn bản đang đọc là {home.kind}"
            return Unresolved(citation, Why.RELATIVE, reason), ""
        prefix = "att_1__"
    return Resolved(citation, home.record, home.document, own=True), prefix


def _without_attachment(base: Resolved, cited: CitedDocument) -> tuple[Unresolved, ...]:
    """One answer for each provision of a paper that the document known does not carry."""
    called = base.record.title if base.record else cited.called()
    reason = f"trong kho, {called} không có {cited.attached} kèm theo"
    nothing = Unresolved(
        base.citation, Why.AMBIGUOUS, reason, base.record, base.document,
        comparison=base.comparison, note=base.note,
    )  # fmt: skip
    return tuple(replace(nothing, cited=one) for one in base.citation.provisions) or (nothing,)


def _provision(
    base: Resolved, cited: CitedProvision, prefix: str, title: str, at: str
) -> Resolved | Unresolved:
    path = absolute(cited.path, at) if base.own else cited.path
    base = replace(base, cited=cited, note=_joined(base.note, cited.slip))
    nothing = Unresolved(
        base.citation, Why.RELATIVE, "", base.record, base.document, comparison=base.comparison,
        note=base.note, cited=cited,
    )  # fmt: skip
    words = f"“{base.citation.text}”"
    if path is None or any(number == THIS for _, number in path):
        return replace(nothing, reason=f"{words}: chưa biết đang đọc ở điều khoản nào")
    if base.citation.document is None and not _has_level(base.document, path[0][0]):
        return replace(nothing, reason=f"{words}: không nói của văn bản nào")
    if base.document is None:
        return replace(base, eid=build_eid(path, prefix))
    lacking = _lacking(base.document, path)
    if lacking:
        reason = f"{title} không có {lacking}"
        return replace(nothing, why=Why.MISSING, reason=reason, eid=build_eid(path, prefix))
    placed = place(base.document, path, prefix, title)
    note = _joined(base.note, placed.note)
    if placed.provision is None:
        reason, why = placed.reason, Why.AMBIGUOUS if placed.several else Why.MISSING
        if path[0][0] in {Kind.CLAUSE, Kind.POINT, Kind.ITEM}:
            reason, why = f"{words}: không nói của điều nào", Why.RELATIVE
        return replace(nothing, why=why, reason=reason, eid=placed.eid, note=note)
    return replace(base, eid=placed.eid, provision=placed.provision, note=note)


def _lacking(document: Document, path: Path) -> str:
    """The chapter or section named around an article that the document does not have."""
    if all(kind is not Kind.ARTICLE for kind, _ in path):
        return ""
    for kind, number in path:
        around = kind in {Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION}
        known = (p for p in document.provisions if p.kind is kind and p.number == number)
        if around and next(known, None) is None:
            return f"{LEVEL_WORDS[kind]} {number}"
    return ""


def _has_level(document: Document | None, level: Kind) -> bool:
    """Whether the document is divided so; one known by number only may be."""
    return document is None or any(p.kind is level for p in document.provisions)


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def linked_eids(document: Document, eid: str) -> tuple[str, ...]:
    """The other provisions of `document` that `eid` and the units below it refer to, in order.

    >>> from drafting.read.source import SourceText
    >>> from drafting.structure import structure
    >>> text = "Điều 1. A\\n\\n1. Gửi.\\n\\n2. Trừ khoản 1 Điều này.\\n\\nĐiều 2. Theo Điều 1."
    >>> document = structure(SourceText(text, "a.txt", ""))
    >>> linked_eids(document, "art_1__cl_2"), linked_eids(document, "art_2")
    (('art_1__cl_1',), ('art_1',))
    """
    linked: dict[str, None] = {}
    for provision in document.branch(eid):
        for paragraph in provision.paragraphs:
            words = "\n".join(document.source.text[start:end] for start, end in paragraph)
            for citation in find(words):
                if citation.document is None or citation.document.this:
                    answers = resolve(
                        citation, home=document, at=provision.eid, catalogue=NoCatalogue()
                    )
                    linked |= {one.eid: None for one in answers if isinstance(one, Resolved)}
    return tuple(one for one in linked if one and one != eid)
