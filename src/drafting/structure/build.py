"""Reads the lines of a document in order and grows its tree."""

from __future__ import annotations

import re

from drafting.designation import Designation
from drafting.read.source import SourceText
from drafting.structure.annex import read_annex
from drafting.structure.closing import begins_closing, read_closing
from drafting.structure.document import Document, Kind
from drafting.structure.glued import split_glued
from drafting.structure.head import Head, read_head
from drafting.structure.lines import POINT_LETTERS, Line, Mark, MarkKind, lines_of
from drafting.structure.tree import Tree, Unit, continues, ends_open

_WORD_LEVELS = {
    MarkKind.PART_WORD: Kind.PART,
    MarkKind.CHAPTER: Kind.CHAPTER,
    MarkKind.SECTION: Kind.SECTION,
    MarkKind.SUBSECTION: Kind.SUBSECTION,
}
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def structure(source: SourceText) -> Document:
    """The tree of `source`; never raises, whatever the text.

    >>> text = "Điều 1. Phạm vi\\n\\n1. Quy chế này…\\n\\na) Một;\\n\\nb) Hai."
    >>> [p.eid for p in structure(SourceText(text, "qc.txt", "")).provisions]
    ['art_1', 'art_1__cl_1', 'art_1__cl_1__point_a', 'art_1__cl_1__point_b']
    """
    tree = Tree(source)
    lines = split_glued(tree, lines_of(source))
    head = _Body(tree, lines).read()
    own = next((d for line in head.numbers if (d := Designation.parse(line))), None)
    return Document(
        source,
        tuple(tree.provisions()),
        tuple(tree.findings),
        head.kind,
        source.display(head.subject),
        str(own or ""),
    )


class _Body:
    """One pass over the lines; attached documents (`att_1__`) are read by a body of their own."""

    def __init__(self, tree: Tree, lines: list[Line], attachments: int = 0) -> None:
        self.tree, self.lines, self.attachments = tree, lines, attachments
        self.has_articles = any(_is(line, MarkKind.ARTICLE) for line in lines)
        self.unit: Unit | None = None

    def read(self) -> Head:
        head, at = read_head(self.tree, self.lines, self._begins_body)
        while at < len(self.lines):
            line = self.lines[at]
            previous = self.lines[at - 1] if at else None
            if self.unit is not None and begins_closing(line, previous):
                self._close(at)
                break
            if _is(line, MarkKind.ANNEX) and self.unit is not None and line.is_upper:
                self._annex(at)
                break
            self._take(at, line, previous)
            at += 1
        return head

    def _close(self, at: int) -> None:
        self.tree.path.clear()
        at = read_closing(self.tree, self.lines, at, self._begins_attachment)
        if at < len(self.lines):
            if _is(self.lines[at], MarkKind.ANNEX):
                self._annex(at)
            else:
                self._attachment(at)

    def _annex(self, at: int) -> None:
        self.tree.path.clear()
        at = read_annex(self.tree, self.lines, at, self._begins_attachment)
        if at < len(self.lines):
            self._attachment(at)

    def _attachment(self, at: int) -> None:
        outer = self.tree.prefix
        self.tree.prefix = f"att_{self.attachments + 1}__"
        self.tree.path.clear()
        _Body(self.tree, self.lines[at:], self.attachments + 1).read()
        self.tree.prefix = outer

    def _begins_attachment(self, line: Line) -> bool:
        return _is(line, MarkKind.ANNEX) or (
            line.mark is not None
            and line.mark.kind in {MarkKind.ARTICLE, MarkKind.CHAPTER}
            and line.mark.number in {"1", "I"}
        )

    def _begins_body(self, at: int) -> bool:
        """Whether the first numbered unit stands at `at`: before it lie title and căn cứ."""
        mark = self.lines[at].mark
        if mark is None:
            return False
        if mark.kind in _WORD_LEVELS or mark.kind is MarkKind.ARTICLE:
            return True
        if self.has_articles:
            return False
        return mark.kind in {MarkKind.ROMAN, MarkKind.NUMBER} and mark.number in {"I", "1"}

    def _take(self, at: int, line: Line, previous: Line | None) -> None:
        opened = self._open(at, line, previous) if line.mark else None
        if opened is not None:
            self.unit = opened
        elif self.unit is not None:
            last = self.unit.last
            joined = last is not None and last is previous and continues(last, line)
            self.unit.add(line, joined=joined)

    def _open(self, at: int, line: Line, previous: Line | None) -> Unit | None:
        mark = line.mark
        assert mark is not None
        wrapped = previous is not None and previous.full and not line.gap
        cut = previous is not None and ends_open(previous.bare) and (wrapped or not previous.mark)
        if mark.kind in _WORD_LEVELS:
            kind = _WORD_LEVELS[mark.kind]
            return self.tree.open(kind, mark.number, line, mark.rest, self.tree.above(kind))
        match mark.kind:
            case MarkKind.ARTICLE:
                return self._article(line, mark)
            case MarkKind.ROMAN if not self.has_articles:
                return self._roman(line, mark)
            case MarkKind.NUMBER:
                return self._number(at, line, mark, cut)
            case MarkKind.DOTTED:
                return self._dotted(line, mark)
            case MarkKind.LETTER:
                return self._letter(line, mark, cut)
            case MarkKind.DASH | MarkKind.STAR if not self.has_articles and not (cut and wrapped):
                return self._dash(line, mark)
        return None

    def _article(self, line: Line, mark: Mark) -> Unit:
        self.tree.close_below(Kind.ARTICLE)
        return self.tree.open(
            Kind.ARTICLE, mark.number, line, mark.rest, self.tree.above(Kind.ARTICLE)
        )

    def _roman(self, line: Line, mark: Mark) -> Unit | None:
        part = self.tree.path.get(Kind.PART)
        expected = _roman_value(part.number) + 1 if part else 1
        value = _roman_value(mark.number)
        if value != expected and not (expected < value <= expected + 3 and mark.rest.isupper()):
            return None
        if value != expected:
            self.tree.note("ST03", line, f"Nhảy số: đang ở mục thứ {expected - 1} thì đến {value}")
        return self.tree.open(Kind.PART, mark.number, line, mark.rest, None)

    def _number(self, at: int, line: Line, mark: Mark, cut: bool) -> Unit | None:
        number = int(mark.number)
        above = self.tree.above(Kind.CLAUSE)
        if self.has_articles and Kind.ARTICLE not in self.tree.path:
            return None
        expected = int(above.last_child.get(Kind.CLAUSE, "0")) + 1 if above else self._loose(at)
        article = self.tree.path.get(Kind.ARTICLE)
        if article is not None and number != expected and self._is_article(at, line, mark, article):
            self.tree.note(
                "ST01", line, f"Thiếu chữ “Điều” trước số {number}", f"Ghi “Điều {number}.”"
            )
            return self._article(line, mark)
        if number != expected and (cut or number < expected or number > expected + 20):
            return None
        if number != expected:
            self.tree.note("ST03", line, f"Nhảy số: thiếu khoản {expected} trước khoản {number}")
        return self.tree.open(Kind.CLAUSE, mark.number, line, mark.rest, above)

    def _loose(self, at: int) -> int:
        """The clause number expected in a text with neither articles nor parts."""
        clause = self.tree.path.get(Kind.CLAUSE)
        return int(clause.number) + 1 if clause else 1

    def _is_article(self, at: int, line: Line, mark: Mark, article: Unit) -> bool:
        """A line "19. Về chế độ…" after Điều 18: the word “Điều” was lost.

        True when the number is the next article's, the words read as a title and numbering starts
        again below it.
        """
        if not article.number.isdigit() or int(mark.number) != int(article.number) + 1:
            return False
        following = next((ln.mark for ln in self.lines[at + 1 :] if ln.mark is not None), None)
        restarts = following is not None and following.number in {"1", "1.1"}
        return ends_open(line.bare) and restarts

    def _dotted(self, line: Line, mark: Mark) -> Unit | None:
        head, _, tail = mark.number.rpartition(".")
        clause, point = self.tree.path.get(Kind.CLAUSE), self.tree.path.get(Kind.POINT)
        if point is not None and point.number == head:
            return self.tree.open(Kind.ITEM, mark.number, line, mark.rest, point)
        if clause is None or clause.number.lstrip("0") != head.lstrip("0"):
            return None
        expected = int(clause.last_child.get(Kind.POINT, "0.0").rpartition(".")[2] or 0) + 1
        if int(tail) < expected or int(tail) > expected + 20:
            return None
        if int(tail) != expected:
            self.tree.note("ST03", line, f"Nhảy số: thiếu điểm {head}.{expected}")
        return self.tree.open(Kind.POINT, mark.number, line, mark.rest, clause)

    def _letter(self, line: Line, mark: Mark, cut: bool) -> Unit | None:
        point = self.tree.path.get(Kind.POINT)
        under_point = point is not None and "." in point.number
        parent = point if under_point else self.tree.above(Kind.POINT)
        if parent is None:
            return None
        kind = Kind.ITEM if under_point else Kind.POINT
        before = parent.last_child.get(kind, "")
        index = POINT_LETTERS.find(before) if len(before) == 1 else -1
        expected = POINT_LETTERS[index + 1] if index + 1 < len(POINT_LETTERS) else "a"
        if mark.number != expected:
            if cut:
                return None
            self.tree.note("ST03", line, f"Thứ tự điểm: chờ “{expected})”, gặp “{mark.number})”")
        return self.tree.open(kind, mark.number, line, mark.rest, parent)

    def _dash(self, line: Line, mark: Mark) -> Unit | None:
        tree = self.tree
        if mark.kind is MarkKind.STAR:
            part = tree.path.get(Kind.PART)
            if part is None:
                return None
            tree.close_below(Kind.ARTICLE)
            part.positions[Kind.HEADING] = position = part.positions.get(Kind.HEADING, 0) + 1
            return tree.open(Kind.HEADING, str(position), line, mark.rest, part)
        parent = tree.above(Kind.ITEM)
        if parent is None:
            return None
        parent.positions[Kind.ITEM] = position = parent.positions.get(Kind.ITEM, 0) + 1
        return tree.open(Kind.ITEM, str(position), line, mark.rest, parent)


def _is(line: Line, kind: MarkKind) -> bool:
    return line.mark is not None and line.mark.kind is kind


def _roman_value(numeral: str) -> int:
    """The value of a Roman numeral; 0 for "" or a word.

    >>> _roman_value("XIX")
    19
    """
    values = [_ROMAN_VALUE.get(c, 0) for c in re.sub(r"[^IVXLC]", "", numeral.upper())]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
