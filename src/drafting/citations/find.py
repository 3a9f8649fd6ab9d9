"""`find`: every citation of a text, in order, never two over one another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from drafting.citations.citation import Citation, CitedDocument, CitedProvision
from drafting.citations.clean import BREAK, Clean
from drafting.citations.documents import Found, numbered_documents
from drafting.citations.kinds import ANY_KIND, CAPITAL_KIND, canonical
from drafting.citations.names import named_documents, unnumbered_basis
from drafting.citations.provisions import Expression, provision_expressions
from drafting.read.source import Span
from drafting.structure import Kind

# What may stand between a provision and its document: “khoản 2 Điều 6, Quy chế này”.
_TO_DOCUMENT = re.compile(r"(?:, | của | tại | thuộc | trong |,? (?:ban hành )?kèm theo | )")
# “Điều 5 Quy chế quản lý … ban hành kèm theo Quyết định số …”.
_ATTACHED = re.compile(
    rf"(?:,| của)? (?P<kind>{ANY_KIND})(?: [^;:{BREAK}]{{1,220}}?)?"
    r",? (?:được )?(?:ban hành )?kèm theo "
)
# “khoản 4 Điều 12 của Luật”: of some document, and not of the one it stands in.
_UNNAMED = re.compile(rf"(?:, | của | tại | )(?P<kind>{CAPITAL_KIND})")
# “Quy chế số 19-QC/TU (Điều 15)”.
_TO_PROVISION = re.compile(r"(?:, | \()")
_BASIS = re.compile(rf"(?:^|[{BREAK};]|\. ) ?[-–+•“\"(]* ?căn cứ (?=\S)", re.IGNORECASE)
_BASIS_END = re.compile(rf"{BREAK}|\.(?= |$)|;(?! ?{CAPITAL_KIND})")


def find(text: str) -> tuple[Citation, ...]:
    """The citations of any text: documents first, then the provisions that stand beside them.

    `citation.text == text[start:end]`; spans do not overlap; nothing is raised. NBSP, NFD, line
    breaks inside a sentence, bold marks and full-width digits make no difference.

    >>> for one in find("theo Khoản 1, Điều 4 Quy chế số 19-QC/TU và tài khoản này"):
    ...     print(one.text, "|", one.document.called(), one.provisions[0].path[-1])
    Khoản 1, Điều 4 Quy chế số 19-QC/TU | Quy chế số 19-QC/TU (<Kind.CLAUSE: 'clause'>, '1')
    """
    clean = Clean.of(text)
    numbered = numbered_documents(clean)
    documents = sorted([*numbered, *named_documents(clean, numbered)], key=lambda one: one.start)
    bases = _bases(clean.text)
    documents = _with_unnumbered(clean, bases, documents)
    found: list[Citation] = []
    end = 0
    for start, stop, document, provisions in _joined(clean, documents):
        if start < end or start >= stop:
            continue
        end = stop
        span = clean.span(start, stop)
        at = bisect_right(bases, (start, len(text))) - 1
        basis = at >= 0 and start < bases[at][1]
        found.append(Citation(text[span[0] : span[1]], span, document, provisions, basis))
    return tuple(found)


def _bases(text: str) -> list[Span]:
    """Where the sentences that begin “Căn cứ” run, in order."""
    found: list[Span] = []
    for opening in _BASIS.finditer(text):
        end = _BASIS_END.search(text, opening.end())
        found.append((opening.end(), end.start() if end else len(text)))
    return found


def _with_unnumbered(clean: Clean, bases: list[Span], documents: list[Found]) -> list[Found]:
    """The documents, with those of căn cứ that nothing else was found in."""
    starts = [one.start for one in documents]
    more = [
        found
        for start, end in bases
        if bisect_left(starts, start) == bisect_left(starts, end)
        and (found := unnumbered_basis(clean, start, end)) is not None
    ]
    return sorted([*documents, *more], key=lambda one: one.start) if more else documents


_Joined = tuple[int, int, CitedDocument | None, tuple[CitedProvision, ...]]


def _names_a_report(text: str, expression: Expression) -> bool:
    """“mục V.1 Kế hoạch …”, which no preposition need introduce."""
    parts = all(p.path[0][0] is Kind.PART for p in expression.provisions)
    return parts and text[expression.start].islower() and bool(_UNNAMED.match(text, expression.end))


def _by_itself(clean: Clean, expression: Expression) -> _Joined:
    """Provisions beside no document; a tên loại after them says that some other one is meant."""
    unnamed = _UNNAMED.match(clean.text, expression.end)
    if unnamed is None:
        return expression.start, expression.end, None, expression.provisions
    cited = CitedDocument(clean.span(*unnamed.span("kind")), canonical(unnamed["kind"]))
    return expression.start, unnamed.end(), cited, expression.provisions


def _joined(clean: Clean, documents: list[Found]) -> list[_Joined]:
    """Documents and expressions put together where one belongs to the other, in order."""
    text = clean.text
    starts = {one.start: one for one in documents}
    ends = {one.end: one for one in documents}
    parts: list[_Joined] = []
    used: set[int] = set()
    for expression in _outside(provision_expressions(text), documents):
        after, attached = _document_after(text, expression.end, starts)
        before = None if after else _document_before(text, expression, ends)
        provisions = expression.provisions
        if after is not None and after.start not in used:
            used.add(after.start)
            cited = replace(after.document, attached=attached)
            parts.append((expression.start, after.end, cited, provisions))
        elif before is not None and before.start not in used:
            used.add(before.start)
            parts.append((before.start, expression.end, before.document, provisions))
        elif expression.sure or _names_a_report(clean.text, expression):
            parts.append(_by_itself(clean, expression))
    alone = [(one.start, one.end, one.document, ()) for one in documents if one.start not in used]
    return sorted([*parts, *alone], key=lambda part: part[0])


def _outside(expressions: list[Expression], documents: list[Found]) -> Iterator[Expression]:
    """The expressions that do not run into a document's own words."""
    at = 0
    for expression in expressions:
        while at < len(documents) and documents[at].end <= expression.start:
            at += 1
        if at == len(documents) or expression.end <= documents[at].start:
            yield expression


def _document_after(text: str, end: int, starts: dict[int, Found]) -> tuple[Found | None, str]:
    """The document that provisions ending at `end` belong to, and the paper attached to it."""
    joint = _TO_DOCUMENT.match(text, end)
    if joint and joint.end() in starts:
        return starts[joint.end()], ""
    carried = _ATTACHED.match(text, end)
    if carried and carried.end() in starts and not starts[carried.end()].document.this:
        return starts[carried.end()], canonical(carried["kind"])
    return None, ""


def _document_before(text: str, expression: Expression, ends: dict[int, Found]) -> Found | None:
    """The document right before provisions that say of which article they are."""
    document = ends.get(expression.start - 2)
    if document is None or document.document.this:
        return None
    full = all(p.path[0][0] in {Kind.ARTICLE, Kind.PART} for p in expression.provisions)
    absolute = not any(p.relative for p in expression.provisions)
    joint = _TO_PROVISION.fullmatch(text, expression.start - 2, expression.start)
    return document if joint and full and absolute else None
