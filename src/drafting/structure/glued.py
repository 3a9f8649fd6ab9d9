"""Splits a line into two where a point's letter stands glued behind the point before it.

50/2025/QĐ-UBND l. 167 ends điểm c with "…biên giới; d) Chủ trì…"; điểm đ follows on its own line.
"""

from __future__ import annotations

import re
from dataclasses import replace

from drafting.read.source import SourceText
from drafting.structure.lines import POINT_LETTERS, Line, MarkKind, bare_text, mark_of
from drafting.structure.tree import Tree


def split_glued(tree: Tree, lines: list[Line]) -> list[Line]:
    """`lines` with every glued point on a line of its own; spans still point into the file.

    A split needs three signs: the letter is the next of the alphabet, a list mark (";" or ".")
    stands before it, and the next point found below is not that letter already.
    """
    split: list[Line] = []
    for at, line in enumerate(lines):
        rest: Line | None = line
        while rest is not None:
            cut = _cut(tree.source, rest, lines, at)
            split.append(rest if cut is None else cut[0])
            rest = None if cut is None else cut[1]
            if rest is not None and rest.mark is not None:
                letter = rest.mark.number
                tree.note(
                    "ST02",
                    rest,
                    f"Điểm {letter}) dính vào cuối điểm trước",
                    "Xuống dòng trước điểm",
                )
    return split


def _cut(source: SourceText, line: Line, lines: list[Line], at: int) -> tuple[Line, Line] | None:
    if line.mark is None or line.mark.kind is not MarkKind.LETTER:
        return None
    index = POINT_LETTERS.find(line.mark.number)
    if index + 1 >= len(POINT_LETTERS):
        return None
    letter = POINT_LETTERS[index + 1]
    if _next_letter(lines, at) == letter:
        return None
    start, end = line.span
    pattern = re.compile(rf"[;.]\s+({letter})\s?\)\s+(?=[^\W\d_])")
    for match in pattern.finditer(source.text, start, end):
        if source.text[match.end()].isupper():
            return _part(source, line, start, match.start() + 1), _part(
                source, line, match.start(1), end
            )
    return None


def _part(source: SourceText, line: Line, start: int, end: int) -> Line:
    bare = bare_text(source.text[start:end])
    return replace(line, span=(start, end), bare=bare, mark=mark_of(bare))


def _next_letter(lines: list[Line], at: int) -> str:
    for line in lines[at + 1 : at + 200]:
        if line.mark is None or line.mark.kind is MarkKind.DASH:
            continue
        return line.mark.number if line.mark.kind is MarkKind.LETTER else ""
    return ""
