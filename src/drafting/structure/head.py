"""What stands before the first numbered unit: number, type, subject, căn cứ, opening words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from drafting.read.source import Span
from drafting.structure.document import Kind
from drafting.structure.lines import Line, MarkKind
from drafting.structure.tree import Tree, Unit, continues, ends_open
from drafting.text import fold

# Printed tên loại that open a document's own text: NĐ 30/2020 Điều 7, legal normative documents.
KIND_NAMES = {
    fold(name): name
    for name in (
        "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG BÁO", "HƯỚNG DẪN",
        "CHƯƠNG TRÌNH", "KẾ HOẠCH", "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN", "BÁO CÁO", "BIÊN BẢN",
        "TỜ TRÌNH", "HỢP ĐỒNG", "CÔNG ĐIỆN", "BẢN GHI NHỚ", "BẢN THỎA THUẬN", "GIẤY MỜI", "LUẬT",
        "BỘ LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ", "KẾT LUẬN", "PHÁP LỆNH", "HIẾN PHÁP", "ĐIỀU LỆ",
    )
}  # fmt: skip
_NUMBER_LINE = re.compile(r"^(?:Luật\s+)?[Ss]ố\s*:?\s*\S")
_DATE_LINE = re.compile(r"ngày\s+.{0,6}\s*tháng\s+.{0,6}\s*năm", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """The printed type, the spans of the subject, the lines that print a number."""

    kind: str = ""
    subject: list[Span] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def read_head(
    tree: Tree, lines: list[Line], begins_body: Callable[[int], bool]
) -> tuple[Head, int]:
    """The head and the index of the first line of the body.

    Căn cứ become units of kind basis (`basis_1`…), the opening paragraphs one unit `preamble`.
    Where a document prints its type more than once (a web page before it), the last one before
    the first căn cứ opens it; words before that belong to nobody.
    """
    head = Head()
    end = next((at for at in range(len(lines)) if begins_body(at)), len(lines))
    start = _title_at(lines, end)
    if start is not None:
        head.kind = KIND_NAMES[fold(lines[start].bare.rstrip(": "))]
    opening: Unit | None = None
    basis: Unit | None = None
    bases = 0
    in_subject = start is not None
    for at in range(end):
        line = lines[at]
        if _NUMBER_LINE.match(line.bare) and (start is None or at <= start + 3):
            head.numbers.append(line.bare)
            continue
        if start is not None and at <= start:
            continue
        before = lines[at - 1] if at else None
        if line.mark is not None and line.mark.kind is MarkKind.BASIS:
            bases += 1
            basis = tree.open(Kind.BASIS, str(bases), line, line.mark.rest, None)
            in_subject = False
        elif basis and before is not None and before is basis.last and _goes_on(before, line):
            basis.add(line, joined=True)
        elif _DATE_LINE.search(line.bare) and len(line.bare) < 80:
            continue
        elif in_subject and ends_open(line.bare) and not line.is_upper:
            head.subject.append(line.span)
        elif not line.is_upper:
            in_subject = False
            if opening is None:
                opening = tree.open(Kind.PREAMBLE, "", line, "", None)
            else:
                joined = before is not None and before is opening.last and continues(before, line)
                opening.add(line, joined=joined)
        elif line.is_upper and bases:
            in_subject = False
    return head, end


def _goes_on(before: Line, line: Line) -> bool:
    """A căn cứ cut in two. Party papers end the last one with a comma, and a sentence follows."""
    return continues(before, line) and (line.bare[0].islower() or before.full)


def _title_at(lines: list[Line], end: int) -> int | None:
    """Where the tên loại stands: the last before the first căn cứ, else the first."""
    first_basis = next(
        (at for at in range(end) if (m := lines[at].mark) and m.kind is MarkKind.BASIS), end
    )
    named = [
        at
        for at in range(end)
        if lines[at].is_upper and fold(lines[at].bare.rstrip(": ")) in KIND_NAMES
    ]
    before = [at for at in named if at < first_basis]
    return before[-1] if before else (named[0] if named else None)
