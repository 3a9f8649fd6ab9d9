"""Phụ lục with its forms (Mẫu): each form's title, columns, row groups and notes as units."""

from __future__ import annotations

import re
from collections.abc import Callable

from drafting.read.source import SourceText, Span
from drafting.structure.document import Kind
from drafting.structure.lines import Line, MarkKind, bare_text
from drafting.structure.tree import Tree, Unit

_LISTED_FORM = re.compile(r"^(?:Mẫu|Biểu)\s+(?:số\s+)?(\d{1,2})\b")
_GROUP = re.compile(r"^((?=[IVX])[IVX]+)[.\s]+(\S.*)$")
_NOTE = re.compile(r"^(\d{1,2})\s*[-–.:)]\s*(\S.*)$")
_OWNER = re.compile(r"^Cơ quan\s*/", re.IGNORECASE)


def read_annex(tree: Tree, lines: list[Line], at: int, ends: Callable[[Line], bool]) -> int:
    """Reads one or more Phụ lục from `at`; the index of the first line of an attached document."""
    count = 0
    while at < len(lines) and lines[at].mark is not None and _is_annex(lines[at]):
        stop = at + 1
        while stop < len(lines) and not ends(lines[stop]):
            stop += 1
        count += 1
        _read_one(tree, lines[at:stop], count)
        at = stop
    return at


def _is_annex(line: Line) -> bool:
    return line.mark is not None and line.mark.kind is MarkKind.ANNEX


def _read_one(tree: Tree, lines: list[Line], count: int) -> None:
    title = [lines[0].mark.rest] if lines[0].mark and lines[0].mark.rest else []
    at = 1
    while at < len(lines) and lines[at].is_upper and not lines[at].is_row and not title:
        title.append(lines[at].bare)
        at += 1
    annex = tree.open(Kind.ANNEX, str(count), lines[0], " ".join(title), None)
    for line in lines[1:at]:
        annex.add(line, joined=True)
    forms = _forms(lines, at)
    numbers = [m.group(1) for line in lines if (m := _LISTED_FORM.match(line.bare))]
    for line in lines[at : forms[0][0] if forms else len(lines)]:
        annex.add(line, joined=False)
    for order, (start, headed) in enumerate(forms):
        end = forms[order + 1][0] if order + 1 < len(forms) else len(lines)
        number = numbers[order].lstrip("0") if order < len(numbers) else str(order + 1)
        _read_form(tree, annex, lines[start:end], lines[headed], number)


def _forms(lines: list[Line], at: int) -> list[tuple[int, int]]:
    """Where each form begins (its owner line or title) and its title: a line of capitals, no row,
    at most four lines above a table of three columns or more and below the table before."""
    forms: list[tuple[int, int]] = []
    for index in range(at, len(lines)):
        first_row = lines[index].is_row and not lines[index - 1].is_row
        if not first_row or not _is_wide(lines[index]):
            continue
        title = _title_above(lines, index, max(at, index - 4))
        if title is None:
            continue
        above = lines[title - 1]
        owned = title > at and not above.is_row and _OWNER.match(above.bare)
        forms.append((title - 1 if owned else title, title))
    return forms


def _is_wide(line: Line) -> bool:
    """Whether it is a row of three cells or more."""
    return line.bare.count("\t") >= 2


def _title_above(lines: list[Line], table: int, top: int) -> int | None:
    for at in range(table - 1, top - 1, -1):
        if _is_wide(lines[at]):
            return None
        if lines[at].is_upper and not lines[at].is_row:
            return at
    return None


def _read_form(tree: Tree, annex: Unit, lines: list[Line], title: Line, number: str) -> None:
    form = tree.open(Kind.FORM, number, title, title.bare, annex)
    rows = [line for line in lines if line.is_row]
    header, body = _split_rows(rows)
    _columns(tree, form, header)
    for row in body:
        label = " ".join(cell for cell in row.bare.split("\t") if cell)
        group = _GROUP.match(label)
        if group:
            tree.open(Kind.GROUP, group.group(1), row, group.group(2), form)
    seen_notes = False
    unit = form
    for line in lines:
        if line is title or line.is_row:
            continue
        seen_notes = seen_notes or line.bare.lower().startswith("ghi chú")
        note = _NOTE.match(line.mark.rest) if seen_notes and line.mark else None
        if note is not None:
            unit = tree.open(Kind.NOTE, note.group(1), line, note.group(2), form)
        else:
            unit.add(line, joined=False)


def _split_rows(rows: list[Line]) -> tuple[list[Line], list[Line]]:
    """Header rows, and the rows below them (from the row that numbers the columns on)."""
    for at, row in enumerate(rows):
        cells = [cell for cell in row.bare.split("\t") if cell]
        numbers = sum(cell.isdigit() for cell in cells)
        if at and (numbers * 2 > len(cells) or (cells and _GROUP.match(cells[0]))):
            return rows[:at], rows[at:]
    return rows[:1], rows[1:]


def _columns(tree: Tree, form: Unit, header: list[Line]) -> None:
    """One unit a column. A cell with empty ones after it spans them: the last header row names
    the columns below, when it names just as many."""
    if not header:
        return
    top = _cells(tree.source, header[0])
    while top and not top[-1][0]:
        top.pop()
    below = [cell for cell in _cells(tree.source, header[-1]) if cell[0]] if len(header) > 1 else []
    position = 0
    at = 0
    while at < len(top):
        label, span = top[at]
        width = 1
        while at + width < len(top) and not top[at + width][0]:
            width += 1
        leaves = below if width > 1 and len(below) == width else [("", span)]
        for leaf, leaf_span in leaves:
            position += 1
            name = f"{label} – {leaf}" if leaf else label
            unit = tree.open(Kind.COLUMN, str(position), header[0], name, form)
            unit.paragraphs = [[span, leaf_span] if leaf else [span]]
        at += width
    if len(header) > 2:
        tree.note("ST06", header[1], "Dòng tiêu đề giữa của bảng đã mất ô gộp: không gán vào cột")


def _cells(source: SourceText, row: Line) -> list[tuple[str, Span]]:
    cells: list[tuple[str, Span]] = []
    offset = row.span[0]
    raw = source.text[row.span[0] : row.span[1]]
    # Leading tabs are not in the span: empty first cells count for nothing.
    for part in raw.split("\t"):
        start = offset + len(part) - len(part.lstrip())
        cells.append((bare_text(part).strip(), (start, offset + len(part.rstrip()))))
        offset += len(part) + 1
    return cells
