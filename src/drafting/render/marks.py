"""Open slots on the page: every "[Cần bổ sung: …]" in a run of its own, yellow in a draft."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator

from lxml import etree

from drafting.read.docx_format import q

# One pair of brackets may stand inside: "[Cần bổ sung: chức vụ [nếu có]]".
OPEN_SLOT = re.compile(r"\[Cần bổ sung\b(?:[^\[\]]|\[[^\[\]]*\])*\]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What follows w:highlight in w:rPr (ISO/IEC 29500-1, CT_RPr).
_AFTER = {q(name) for name in (
    "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath", "rPrChange",
)}  # fmt: skip


def mark_open_slots(body: etree._Element, *, highlight: bool) -> tuple[str, ...]:
    """The open slots of `body` in document order; each is highlighted when `highlight`."""
    found: list[str] = []
    for paragraph in list(body.iter(q("p"))):
        texts = [t for t in paragraph.iter(q("t")) if _owner(t) is paragraph]
        whole = "".join(t.text or "" for t in texts)
        slots = list(OPEN_SLOT.finditer(whole))
        found.extend(slot.group() for slot in slots)
        if slots and highlight:
            _highlight(texts, [slot.span() for slot in slots])
    return tuple(found)


def _owner(text: etree._Element) -> etree._Element:
    return next(text.iterancestors(q("p")))


def _highlight(texts: list[etree._Element], spans: list[tuple[int, int]]) -> None:
    """Split the runs at the borders of `spans` and mark what lies inside."""
    start = 0
    for text in texts:
        length = len(text.text or "")
        cuts = {0, length}
        for span in spans:
            cuts |= {min(max(edge - start, 0), length) for edge in span}
        for first, piece in _split(text, sorted(cuts)):
            if any(begin <= start + first < end for begin, end in spans):
                _mark(piece)
        start += length


def _split(text: etree._Element, cuts: list[int]) -> Iterator[tuple[int, etree._Element]]:
    """The runs that hold `text` cut at `cuts`, with where each begins; formatting is copied."""
    run = text.getparent()
    whole = text.text or ""
    assert run is not None
    if len(cuts) <= 2:
        yield 0, _alone(run, text)
        return
    run = _alone(run, text)
    for begin, end in reversed(list(itertools.pairwise(cuts))):
        piece = copy.deepcopy(run)
        inner = piece.find(q("t"))
        assert inner is not None
        inner.text = whole[begin:end]
        inner.set(_SPACE, "preserve")
        run.addnext(piece)
        yield begin, piece
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _alone(run: etree._Element, text: etree._Element) -> etree._Element:
    """A run that holds only `text` (and the formatting); what else the run held stays around it."""
    content = [child for child in run if child.tag != q("rPr")]
    if content == [text]:
        return run
    index = content.index(text)
    before, after = content[:index], content[index + 1 :]
    if before:
        _beside(run, before, ahead=True)
    if after:
        _beside(run, after, ahead=False)
    return run


def _beside(run: etree._Element, children: list[etree._Element], *, ahead: bool) -> None:
    other = etree.Element(q("r"))
    if (look := run.find(q("rPr"))) is not None:
        other.append(copy.deepcopy(look))
    for child in children:
        other.append(child)
    if ahead:
        run.addprevious(other)
    else:
        run.addnext(other)


def _mark(run: etree._Element) -> None:
    look = run.find(q("rPr"))
    if look is None:
        look = etree.Element(q("rPr"))
        run.insert(0, look)
    for old in look.findall(q("highlight")):
        look.remove(old)
    mark = etree.Element(q("highlight"))
    mark.set(q("val"), "yellow")
    later = next((child for child in look if child.tag in _AFTER), None)
    if later is not None:
        later.addprevious(mark)
    else:
        look.append(mark)
