"""Reads the lines of a document in order and grows its tree."""

from __future__ import annotations

import re

from drafting.structure.annex import read_annex
from drafting.structure.closing import begins_closing, read_closing
from drafting.structure.document import Kind
from drafting.structure.head import KIND_NAMES, Head, read_head
from drafting.structure.lines import POINT_LETTERS, Line, Mark, MarkKind
from drafting.structure.tree import Tree, Unit, continues, ends_open
from drafting.text import fold

_WORD_LEVELS = {
    MarkKind.PART_WORD: Kind.PART,
    MarkKind.CHAPTER: Kind.CHAPTER,
    MarkKind.SECTION: Kind.SECTION,
    MarkKind.SUBSECTION: Kind.SUBSECTION,
}
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Body:
    """One pass over the lines: the document, then those attached to it (`att_1__`) in turn."""

    def __init__(self, tree: Tree, lines: list[Line]) -> None:
        self.tree, self.lines = tree, lines
        articles = [at for at, line in enumerate(lines) if _is(line, MarkKind.ARTICLE)]
        self.last_article = articles[-1] if articles else -1
        self.has_articles = bool(articles)
        self.unit: Unit | None = None

    def read(self) -> Head:
        head, at = read_head(self.tree, self.lines, self._begins_body)
        at = self._read_one(at)
        attachments = 0
        while at < len(self.lines):
            attachments += 1
            self.tree.prefix = f"att_{attachments}__"
            self.tree.path.clear()
            self.unit, self.has_articles = None, at <= self.last_article
            at = self._read_one(at)
        return head

    def _read_one(self, at: int) -> int:
        """Reads one document from `at`; the index of the first line of an attached one."""
        while at < len(self.lines):
            line = self.lines[at]
            previous = self.lines[at - 1] if at else None
            if self.unit is not None and begins_closing(line, previous):
                self.tree.path.clear()
                at = read_closing(self.tree, self.lines, at, self._begins_attachment)
                return self._annexes(at)
            if self.unit is not None and self._begins_annex(at):
                return self._annexes(at)
            self._take(at, line, previous)
            at += 1
        return at

    def _annexes(self, at: int) -> int:
        self.tree.path.clear()
        return read_annex(self.tree, self.lines, at, self._begins_attachment)

    def _begins_annex(self, at: int) -> bool:
        """“PHỤ LỤC”, or “Phụ lục I” on a line of its own above a title in capitals."""
        line = self.lines[at]
        if not _is(line, MarkKind.ANNEX):
            return False
        titled = at + 1 < len(self.lines) and self.lines[at + 1].is_upper
        return line.is_upper or titled

    def _begins_attachment(self, line: Line) -> bool:
        named = line.is_upper and fold(line.bare.rstrip(": ")) in KIND_NAMES
        return (
            named
            or _is(line, MarkKind.ANNEX)
            or (
                line.mark is not None
                and line.mark.kind in {MarkKind.ARTICLE, MarkKind.CHAPTER}
                and line.mark.number in {"1", "I"}
            )
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
        number = _whole(mark.number)
        above = self.tree.above(Kind.CLAUSE)
        if self.has_articles and Kind.ARTICLE not in self.tree.path:
            return None
        expected = _whole(above.last_child.get(Kind.CLAUSE, "0")) + 1 if above else self._loose()
        if not mark.number.isdigit():
            inserted = number == expected - 1
            return (
                self.tree.open(Kind.CLAUSE, mark.number, line, mark.rest, above)
                if inserted
                else None
            )
        article = self.tree.path.get(Kind.ARTICLE)
        if article is not None and number != expected and self._is_article(at, line, mark, article):
            self.tree.note(
                "ST01", line, f"Thiếu chữ “Điều” trước số {number}", f"Ghi “Điều {number}.”"
            )
            return self._article(line, mark)
        jump = number != expected
        if jump and (cut or self._open_before(at) or not expected < number <= expected + 20):
            return None
        if jump:
            self.tree.note("ST03", line, f"Nhảy số: thiếu khoản {expected} trước khoản {number}")
        return self.tree.open(Kind.CLAUSE, mark.number, line, mark.rest, above)

    def _open_before(self, at: int) -> bool:
        """Whether the line above is a numbered sentence still open: a number may go on with it."""
        before = self.lines[at - 1] if at else None
        return (
            before is not None
            and before.mark is not None
            and len(before.bare) < 60
            and (ends_open(before.bare) and not before.bare.isupper())
        )

    def _loose(self) -> int:
        """The clause number expected in a text with neither articles nor parts."""
        clause = self.tree.path.get(Kind.CLAUSE)
        return _whole(clause.number) + 1 if clause else 1

    def _is_article(self, at: int, line: Line, mark: Mark, article: Unit) -> bool:
        """A line "19. Về chế độ…" after Điều 18: the word “Điều” was lost.

        True when the number is the next article's, the words read as a title and numbering starts
        again below it.
        """
        if not article.number.isdigit() or _whole(mark.number) != int(article.number) + 1:
            return False
        below = (self.lines[n].mark for n in range(at + 1, len(self.lines)))
        following = next((found for found in below if found is not None), None)
        restarts = following is not None and following.number in {"1", "1.1"}
        return ends_open(line.bare) and restarts

    def _dotted(self, line: Line, mark: Mark) -> Unit | None:
        head, _, tail = mark.number.rpartition(".")
        clause, point = self.tree.path.get(Kind.CLAUSE), self.tree.path.get(Kind.POINT)
        if point is not None and point.number == head:
            return self.tree.open(Kind.ITEM, mark.number, line, mark.rest, point)
        if clause is None or clause.number.lstrip("0") != head.lstrip("0"):
            return None
        expected = clause.dotted + 1
        if int(tail) < expected or int(tail) > expected + 20:
            return None
        if int(tail) != expected:
            self.tree.note("ST03", line, f"Nhảy số: thiếu điểm {head}.{expected}")
        clause.dotted = int(tail)
        return self.tree.open(Kind.POINT, mark.number, line, mark.rest, clause)

    def _letter(self, line: Line, mark: Mark, cut: bool) -> Unit | None:
        point = self.tree.path.get(Kind.POINT)
        under_point = point is not None and "." in point.number
        parent = point if under_point else self.tree.above(Kind.POINT)
        if parent is None:
            return None
        kind = Kind.ITEM if under_point else Kind.POINT
        index = POINT_LETTERS.find(parent.letter) if parent.letter else -1
        expected = POINT_LETTERS[index + 1] if index + 1 < len(POINT_LETTERS) else "a"
        if mark.number != expected:
            if cut:
                return None
            self.tree.note("ST03", line, f"Thứ tự điểm: chờ “{expected})”, gặp “{mark.number})”")
        parent.letter = mark.number
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


def _whole(number: str) -> int:
    """The number of a clause without the letter of an inserted one.

    >>> _whole("3a")
    3
    """
    return int(re.match(r"\d*", number)[0] or 0)  # type: ignore[index]


def _is(line: Line, kind: MarkKind) -> bool:
    return line.mark is not None and line.mark.kind is kind


def _roman_value(numeral: str) -> int:
    """The value of a Roman numeral; 0 for a word or a digit.

    >>> _roman_value("XIX"), _roman_value("THỨ HAI")
    (19, 0)
    """
    values = [_ROMAN_VALUE.get(c, 0) for c in numeral]
    if not values or 0 in values:
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
