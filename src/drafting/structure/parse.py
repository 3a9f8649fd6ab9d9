"""`structure`: a text's tree, whatever the text and whatever our own faults."""

from __future__ import annotations

import traceback
from pathlib import Path

from drafting.designation import Designation
from drafting.findings import Finding, Severity
from drafting.read.source import SourceText
from drafting.structure.build import Body
from drafting.structure.document import Document, Kind, Provision
from drafting.structure.glued import split_glued
from drafting.structure.lines import lines_of
from drafting.structure.tree import Tree


def structure(source: SourceText) -> Document:
    """The tree of `source`; never raises, whatever the text.

    A fault of our own makes the whole text one unit, with a finding ST00 that says so.

    >>> text = "Điều 1. Phạm vi\\n\\n1. Quy chế này…\\n\\na) Một;\\n\\nb) Hai."
    >>> [p.eid for p in structure(SourceText(text, "qc.txt", "")).provisions]
    ['art_1', 'art_1__cl_1', 'art_1__cl_1__point_a', 'art_1__cl_1__point_b']
    """
    try:
        return _structure(source)
    except Exception as problem:  # noqa: BLE001 - invariant 2: every text parses
        return _unread(source, problem)


def _structure(source: SourceText) -> Document:
    tree = Tree(source)
    lines = split_glued(tree, lines_of(source))
    head = Body(tree, lines).read()
    own = next((d for line in head.numbers if (d := Designation.parse(line))), None)
    return Document(
        source,
        tuple(tree.provisions()),
        tuple(tree.findings),
        head.kind,
        source.display(head.subject),
        str(own or ""),
    )


def _unread(source: SourceText, problem: Exception) -> Document:
    """The whole text as one unit. Told: the kind of the fault and where in the program it arose,
    never its message, which may hold words of the text."""
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{type(problem).__name__}, {Path(frame.filename).name}:{frame.lineno}"
    said = Finding(
        "ST00",
        Severity.WARNING,
        "cả văn bản",
        f"Chương trình không đọc được cấu trúc ({where}): cả văn bản thành một đoạn",
        fix="Báo người hỗ trợ dòng này; nguyên văn vẫn tra cứu được.",
    )
    start = len(source.text) - len(source.text.lstrip())
    span = (start, len(source.text.rstrip()))
    whole = Provision(
        "preamble", Kind.PREAMBLE, "", "", source.display([span]), source.line_of(start), (span,),
        paragraphs=((span,),),
    )  # fmt: skip
    return Document(source, (whole,) if span[0] < span[1] else (), (said,))
