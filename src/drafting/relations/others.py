"""Claims that change no validity: căn cứ, ban hành kèm theo, hướng dẫn, thực hiện, đề nghị."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.read.source import Span
from drafting.relations.claim import Claim
from drafting.relations.lists import listed
from drafting.relations.relation import RelationKind
from drafting.relations.skeleton import NUMBERING, OTHER, THIS, Sentence, Skeleton
from drafting.relations.words import (
    CARRIED_BY,
    CARRIES,
    ISSUED,
    OWN_CARRIES,
    PREAMBLE_BASIS,
    PROPOSED,
    may_lead_on,
)

_FIRST = re.compile(OTHER)


def other_claims(skeleton: Skeleton, body: int) -> Iterator[tuple[Claim, str]]:
    """Each such claim, and for “ban hành kèm theo” the words that call the paper carried, else "".

    `body` is where the body begins in the text: căn cứ stand before it.
    """
    for sentence in skeleton.sentences:
        if skeleton.is_quoted(sentence.start):
            continue
        begin = NUMBERING.match(sentence.text)
        head = begin.end() if begin else 0
        start = sentence.start + head
        opens = start < len(skeleton.text) and skeleton.span(start, start + 1)[0] < body
        if opens:
            for claim in _opening(skeleton, sentence, head):
                yield claim, ""
        yield from _issued(skeleton, sentence, head)
        for claim in _carried_out(skeleton, sentence):
            yield claim, ""


def _opening(skeleton: Skeleton, sentence: Sentence, head: int) -> Iterator[Claim]:
    """Căn cứ, “Theo đề nghị … tại Tờ trình …”, “Thực hiện Công văn …”."""
    text, start = sentence.text, sentence.start
    basis, carries = PREAMBLE_BASIS.match(text, head), OWN_CARRIES.match(text, head)
    if basis:
        first = _FIRST.search(text, basis.end())
        if first and may_lead_on(text[basis.end() : first.start()]):
            for one in listed(skeleton, sentence, first.start()):
                yield _claim(RelationKind.BASED_ON, None, start, one, (head, one + 1))
    if carries:
        yield _claim(RelationKind.CARRIES_OUT, None, start, carries.start("object"),
                     (head, carries.end()))  # fmt: skip
    for found in PROPOSED.finditer(text):
        yield _claim(RelationKind.PROPOSED_BY, None, start, found.start("object"), found.span())


def _issued(skeleton: Skeleton, sentence: Sentence, head: int) -> Iterator[tuple[Claim, str]]:
    """“Quy chế … ban hành kèm theo Quyết định số …”: the decision carries the quy chế."""
    text, start = sentence.text, sentence.start
    title = CARRIED_BY.match(text, head)
    if title:
        # Under its own title: the paper of this very file.
        yield _claim(RelationKind.ISSUES, start + title.start("by"), start,
                     title.start("by"), title.span()), THIS  # fmt: skip
        return
    for found in ISSUED.finditer(text):
        words = skeleton.source[
            slice(*skeleton.span(start + found.start(), start + found.end("paper")))
        ]
        if not words[:1].isupper():
            continue
        by = found.start("by")
        subject = None if text[by] == THIS else start + by
        yield _claim(RelationKind.ISSUES, subject, start, by, found.span()), " ".join(words.split())


def _carried_out(skeleton: Skeleton, sentence: Sentence) -> Iterator[Claim]:
    """“Hướng dẫn số … thực hiện …”, “Kế hoạch số … về thực hiện Nghị quyết số …”."""
    text, start = sentence.text, sentence.start
    for found in CARRIES.finditer(text):
        cited = skeleton.citation(start + found.start("subject")).document
        guides = found["verb"].startswith(("hướng dẫn", "quy định")) or (
            cited is not None and cited.kind == "Hướng dẫn"
        )
        kind = RelationKind.GUIDES if guides else RelationKind.CARRIES_OUT
        if found["verb"].startswith("tiếp tục"):
            kind = RelationKind.CONTINUES
        for one in listed(skeleton, sentence, found.start("object")):
            yield _claim(kind, start + found.start("subject"), start, one,
                         (found.start(), one + 1))  # fmt: skip


def _claim(kind: RelationKind, subject: int | None, start: int, at: int, words: Span) -> Claim:
    return Claim(kind, subject, start + at, (start + words[0], start + words[1]), start + words[1])
