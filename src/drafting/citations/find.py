"""`find`: every citation of a text, in order, never two over one another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from drafting.citations.citation import Citation, CitedDocument, CitedProvision
from drafting.citations.clean import BREAK, Clean
from drafting.citations.details import said
from drafting.citations.documents import Found, numbered_documents
from drafting.citations.finer import finer_end, finer_start
from drafting.citations.kinds import ANY_KIND, CAPITAL_KIND, canonical
from drafting.citations.names import named_documents, unnumbered_basis
from drafting.citations.provisions import Expression, provision_expressions
from drafting.citations.unaccented import with_accents
from drafting.read.source import Span
from drafting.structure import Kind

# What may stand between a provision and its document: “khoản 2 Điều 6, Quy chế này”.
_TO_DOCUMENT = re.compile(r"(?:, | của | tại | thuộc | trong |,? (?:ban hành )?kèm theo | )")
# “Điều 5 Quy chế quản lý … ban hành kèm theo Quyết định số …”.
_ATTACHED = re.compile(
    rf"(?:,| của)? (?P<kind>{ANY_KIND})(?: [^;:{BREAK}]{{1,220}}?)?"
    r",? (?:được )?(?:ban hành )?kèm theo "
)
_CARRIED = re.compile(
    rf"(?<!\w)(?P<kind>{CAPITAL_KIND})(?: [^;:.,{BREAK}]{{1,120}}?)?,?"
    r" (?:được )?ban hành kèm theo $"
)
# “khoản 4 Điều 12 của Luật”: of some document, and not of the one it stands in.
_UNNAMED = re.compile(rf"(?:, | của | tại | )(?P<kind>{CAPITAL_KIND})")
# “Quy chế số 19-QC/TU (Điều 15)”.
_TO_PROVISION = re.compile(r"(?:, | \(| tại )")
_BASIS = re.compile(rf"(?:^|[{BREAK};]|\. ) ?[-–+•“\"(]* ?căn cứ (?=\S)", re.IGNORECASE)
# What a căn cứ says after the issuer, and what begins another thought there.
_LEAD = re.compile(
    r" ?(?:[:–-] ?){0,3}(?:(?:nói |quy định )?về (?:việc )?|liên quan đến |trích yếu:? )?"
)
_NO_SUBJECT = re.compile(
    r"[,;.()\[“”\"A-ZĐ]|(?:và|cùng|đã|được|thay thế|sửa đổi|bổ sung|kèm theo|ban hành kèm|nhiệm kỳ"
    r"|có hiệu lực|còn|hiện|này|nêu|ngày|số|tại|hoặc|theo|để|làm|khóa)(?!\w)"
)
_NUMBERED = re.compile(rf"{CAPITAL_KIND} (?i:số) ?\S")
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
    clean = replace(clean, text=with_accents(clean.text))
    numbered = numbered_documents(clean)
    documents = sorted([*numbered, *named_documents(clean, numbered)], key=lambda one: one.start)
    bases = _bases(clean.text)
    documents = _with_unnumbered(clean, bases, documents)
    found: list[Citation] = []
    end = 0
    joined = _joined(clean, documents)
    for at, part in enumerate(joined):
        if part.start < end or part.start >= part.end:
            continue
        following = joined[at + 1].start if at + 1 < len(joined) else len(clean.text)
        start, stop, finer = _with_finer(clean.text, part, end, following)
        end = stop
        span = clean.span(start, stop)
        basis = _in_any(bases, start, len(text))
        cited = part.document
        if basis and cited and not part.provisions:
            cited = _with_rest(clean, bases, cited, start, stop)
        one = Citation(text[span[0] : span[1]], span, cited, part.provisions, basis, finer)
        found.append(one)
    return tuple(found)


class _Joined(NamedTuple):
    """A document, provisions, or both, with their place in the clean text."""

    start: int
    end: int
    document: CitedDocument | None
    provisions: tuple[CitedProvision, ...]
    finer: str = ""


def _with_finer(text: str, part: _Joined, low: int, high: int) -> tuple[int, int, str]:
    """Where a citation begins and ends once the smaller parts beside it are taken in."""
    start = finer_start(text, part.start, low)
    stop = finer_end(text, part.end) if part.document else part.end
    stop = stop if stop <= high else part.end
    words = (text[start : part.start], part.finer, text[part.end : stop])
    return start, stop, " ".join(word.strip(" ,()") for word in words if word)


def _with_rest(
    clean: Clean, bases: list[Span], cited: CitedDocument, start: int, stop: int
) -> CitedDocument:
    """`cited` with all that follows its issuer in a căn cứ as its subject."""
    if cited.subject or cited.unread or cited.issuer is None or cited.number is None:
        return cited
    end = bases[bisect_right(bases, (start, len(clean.text))) - 1][1]
    lead = _LEAD.match(clean.text, stop, end)
    low = lead.end() if lead else stop
    words = clean.text[low:end].rstrip(" ,.")
    if not words or not lead or _NO_SUBJECT.match(words):
        return cited
    return replace(cited, subject=said(clean, low, low + len(words)))


def _in_any(bases: list[Span], start: int, length: int) -> bool:
    at = bisect_right(bases, (start, length)) - 1
    return at >= 0 and start < bases[at][1]


def _bases(text: str) -> list[Span]:
    """Where the sentences that begin “Căn cứ” run, in order."""
    found: list[Span] = []
    for opening in _BASIS.finditer(text):
        end = _BASIS_END.search(text, opening.end())
        found.append((opening.end(), end.start() if end else len(text)))
    return found


def _with_unnumbered(clean: Clean, bases: list[Span], documents: list[Found]) -> list[Found]:
    """The documents, with those of căn cứ that nothing else was found in or at the beginning of."""
    starts = [one.start for one in documents]
    more = []
    for start, end in bases:
        first, after = bisect_left(starts, start), bisect_left(starts, end)
        unread = first < after and starts[first] > start and _NUMBERED.match(clean.text, start)
        high = starts[first] if unread else end
        if first < after and not unread:
            continue
        found = unnumbered_basis(clean, start, high)
        if found is not None and found.end <= high:
            more.append(found)
    return sorted([*documents, *more], key=lambda one: one.start) if more else documents


def _names_a_report(text: str, expression: Expression) -> bool:
    """“mục V.1 Kế hoạch …”, which no preposition need introduce."""
    parts = all(p.path[0][0] is Kind.PART for p in expression.provisions)
    return parts and text[expression.start].islower() and bool(_UNNAMED.match(text, expression.end))


def _by_itself(clean: Clean, expression: Expression) -> _Joined:
    """Provisions beside no document; a tên loại after them says that some other one is meant."""
    unnamed = _UNNAMED.match(clean.text, expression.end)
    if unnamed is None:
        return _Joined(
            expression.start, expression.end, None, expression.provisions, expression.finer
        )
    cited = CitedDocument(clean.span(*unnamed.span("kind")), canonical(unnamed["kind"]))
    return _Joined(expression.start, unnamed.end(), cited, expression.provisions, expression.finer)


def _joined(clean: Clean, documents: list[Found]) -> list[_Joined]:
    """Documents and expressions put together where one belongs to the other, in order."""
    text = clean.text
    starts = {one.start: one for one in documents}
    ends = {one.end: one for one in documents}
    parts: list[_Joined] = []
    used: set[int] = set()
    for expression in _outside(provision_expressions(text), documents):
        end = finer_end(text, expression.end)
        after, attached = _document_after(text, end, starts)
        before = None if after else _document_before(text, expression, ends)
        one = after or before
        if one is not None and one.start not in used:
            used.add(one.start)
            finer = f"{expression.finer} {text[expression.end : end] if after else ''}".strip(
                " ,()"
            )
            begin, stop = min(one.start, expression.start), max(one.end, expression.end)
            cited = replace(one.document, attached=attached)
            parts.append(_Joined(begin, stop, cited, expression.provisions, finer))
        elif expression.sure or _names_a_report(text, expression):
            parts.append(_by_itself(clean, expression))
    parts += [_Joined(*_carrying(text, one), ()) for one in documents if one.start not in used]
    return sorted(parts, key=lambda part: part.start)


def _carrying(text: str, one: Found) -> Found:
    """The document with the tên loại of the whole paper it is said to carry."""
    carried = _CARRIED.search(text, max(0, one.start - 160), one.start)
    if carried is None or one.document.number is None or one.document.attached:
        return one
    return one._replace(document=replace(one.document, attached=canonical(carried["kind"])))


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
    at = next((n for n in (2, 5) if expression.start - n in ends), 0)
    document = ends.get(expression.start - at)
    if document is None or document.document.this:
        return None
    full = all(p.path[0][0] in {Kind.ARTICLE, Kind.PART} for p in expression.provisions)
    absolute = not any(p.relative for p in expression.provisions)
    joint = _TO_PROVISION.fullmatch(text, document.end, expression.start)
    return document if joint and full and absolute else None
