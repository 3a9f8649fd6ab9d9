"""The growing tree: units being built, their ids, their paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafting.findings import Finding, Severity
from drafting.read.source import SourceText, Span
from drafting.structure.document import LEVELS, Kind, Provision
from drafting.structure.lines import Line, MarkKind

_ABBREVIATION = {
    Kind.PART: "part", Kind.CHAPTER: "chp", Kind.SECTION: "sec", Kind.SUBSECTION: "subsec",
    Kind.ARTICLE: "art", Kind.CLAUSE: "cl", Kind.POINT: "point", Kind.ITEM: "item",
    Kind.HEADING: "hd", Kind.BASIS: "basis", Kind.SIGNATURE: "signature", Kind.ANNEX: "annex",
    Kind.FORM: "form", Kind.COLUMN: "col", Kind.GROUP: "group", Kind.NOTE: "note",
    Kind.PREAMBLE: "preamble", Kind.RECIPIENTS: "recipients",
}  # fmt: skip
_TITLED = {Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION}
_GIVEN = {Kind.HEADING, Kind.ANNEX, Kind.FORM, Kind.COLUMN, Kind.GROUP}
_INNER_STOP = re.compile(r"[^\W\d][.:]\s+\w")
_LABEL = r"(?i:điều|chương|tiểu\s+mục|mục|phần)"
_SINGLE = {Kind.PREAMBLE, Kind.RECIPIENTS}
_TERMINAL = tuple('.;:!?…”"»)/')
_TITLE_MARKS = {
    MarkKind.ARTICLE, MarkKind.CHAPTER, MarkKind.SECTION, MarkKind.SUBSECTION, MarkKind.ROMAN,
}  # fmt: skip
# A line that ends with one of these was cut by a page break, whatever case follows.
_DANGLING = re.compile(
    r"(?:,|\b(?:của|và|các|với|cho|tại|về|theo|do|là|trong|từ|đến|hoặc|được|những|một|để|mà|bởi|"
    r"như|vì|trên|dưới|giữa|nhằm|bằng|cùng|phải|sẽ|đã|đang))$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Unit:
    """A provision under construction."""

    kind: Kind
    number: str
    eid: str
    line: int
    parent: Unit | None
    rest: str = ""
    paragraphs: list[list[Span]] = field(default_factory=list)
    last: Line | None = None
    last_child: dict[Kind, str] = field(default_factory=dict)
    positions: dict[Kind, int] = field(default_factory=dict)
    dotted: int = 0
    """The last of its points numbered 1.1, 1.2: 2 after the second."""
    letter: str = ""
    """The last of its points lettered a), b)."""

    def add(self, line: Line, *, joined: bool) -> None:
        """Put `line` at the end of the unit, in its last paragraph or as a new one."""
        if joined and self.paragraphs:
            self.paragraphs[-1].append(line.span)
        else:
            self.paragraphs.append([line.span])
        self.last = line


class Tree:
    """Units in reading order with unique ids; `path` holds the open unit of each level."""

    def __init__(self, source: SourceText, prefix: str = "") -> None:
        self.source, self.prefix = source, prefix
        self.units: list[Unit] = []
        self.path: dict[Kind, Unit] = {}
        self.findings: list[Finding] = []
        self._ids: dict[str, int] = {}

    def open(self, kind: Kind, number: str, line: Line, rest: str, parent: Unit | None) -> Unit:
        """A new unit below `parent`; deeper open units close."""
        eid = self._eid(kind, number, parent)
        if eid in self._ids:
            self.note("ST04", line, f"Số “{number}” xuất hiện hai lần cùng cấp")
            eid = self._next_free(eid)
        self._ids[eid] = 1
        unit = Unit(kind, number, eid, line.number, parent, rest)
        unit.add(line, joined=False)
        if parent is not None:
            parent.last_child[kind] = number
        self.units.append(unit)
        if kind in LEVELS:
            self.close_below(kind)
            self.path[kind] = unit
        return unit

    def close_below(self, kind: Kind) -> None:
        """Forget the open units at the level of `kind` and deeper."""
        for level in LEVELS[LEVELS.index(kind) :]:
            self.path.pop(level, None)

    def deepest(self, *kinds: Kind) -> Unit | None:
        """The innermost open unit among `kinds` (all levels when none is named)."""
        wanted = kinds or LEVELS
        return next(
            (self.path[k] for k in reversed(LEVELS) if k in wanted and k in self.path), None
        )

    def above(self, kind: Kind) -> Unit | None:
        """The innermost open unit that may hold a unit of `kind`."""
        return self.deepest(*LEVELS[: LEVELS.index(kind)]) if LEVELS.index(kind) else None

    def _eid(self, kind: Kind, number: str, parent: Unit | None) -> str:
        own = _ABBREVIATION[kind]
        if kind not in _SINGLE:
            own += "_" + re.sub(r"\s+", "-", number)
        if parent is None or kind in {Kind.ARTICLE, Kind.CHAPTER}:
            return self.prefix + own
        return f"{parent.eid}__{own}"

    def _next_free(self, eid: str) -> str:
        """`eid-2`, `eid-3`…: counted for each id, so that a thousand alike stay cheap."""
        free = eid
        while free in self._ids:
            self._ids[eid] += 1
            free = f"{eid}-{self._ids[eid]}"
        return free

    def note(self, code: str, line: Line, message: str, fix: str = "") -> None:
        """Record something odd about the text at `line`."""
        where = f"dòng {line.number}"
        self.findings.append(Finding(code, Severity.NOTE, where, message, fix=fix))

    def provisions(self) -> list[Provision]:
        """The finished units."""
        with_children = {id(unit.parent) for unit in self.units if unit.parent is not None}
        return [self._finish(unit, id(unit) in with_children) for unit in self.units]

    def _finish(self, unit: Unit, has_children: bool) -> Provision:
        paragraphs = tuple(tuple(spans) for spans in unit.paragraphs)
        spans = tuple(span for paragraph in paragraphs for span in paragraph)
        return Provision(
            unit.eid,
            unit.kind,
            unit.number,
            self._heading(unit, has_children),
            self.source.display(spans),
            unit.line,
            spans,
            unit.parent.eid if unit.parent else "",
            paragraphs,
        )

    def _heading(self, unit: Unit, has_children: bool) -> str:
        """The unit's title: known from how it is punctuated, so that markup makes no difference."""
        if unit.kind in _TITLED:
            return self._title(unit)
        if unit.kind in {Kind.ARTICLE, Kind.CLAUSE, Kind.POINT}:
            title = _unlabelled(self.source.display(unit.paragraphs[0]), unit.number)
            more = has_children or len(unit.paragraphs) > 1
            if unit.kind is Kind.ARTICLE and not title and len(unit.paragraphs) > 1:
                title = self.source.display(unit.paragraphs[1])
            elif unit.kind is not Kind.ARTICLE and not more:
                return ""
            return title if ends_open(title) and len(title) < 400 else ""
        return unit.rest if unit.kind in _GIVEN else ""

    def _title(self, unit: Unit) -> str:
        """A chapter's title: on its own line or the next, capitals may run over several lines."""
        shown = [self.source.display(spans) for spans in unit.paragraphs]
        lines = [_unlabelled(shown[0], unit.number)] if unit.rest else shown[1:2]
        at = 1 if unit.rest else 2
        while lines and lines[-1].isupper() and at < len(shown) and shown[at].isupper():
            lines.append(shown[at])
            at += 1
        return " ".join(lines)


def _unlabelled(text: str, number: str) -> str:
    """`text` without the "Điều 5." or "1." it begins with."""
    return re.sub(rf"^(?:{_LABEL}\s+)?{re.escape(number)}\s*[.):–-]*\s*", "", text, count=1)


def ends_open(text: str) -> bool:
    """Whether `text` ends without the punctuation that closes a sentence or a list entry.

    >>> ends_open("Phạm vi điều chỉnh"), ends_open("theo quy định.")
    (True, False)
    """
    return bool(text) and not text.rstrip("*_ ").endswith(_TERMINAL)


def continues(before: Line, line: Line) -> bool:
    """Whether `line` goes on with the sentence of `before`, cut by a page or line break.

    Cut when the sentence is open and the next line begins in lower case, or the last word cannot
    end a sentence ("pháp luật của / Đảng, Nhà nước"), or the line breaks where its file breaks
    lines, or more than one sentence stands in it, so that it is no title.
    """
    if before.is_row or line.is_row or line.is_upper or not ends_open(before.bare):
        return False
    if line.bare[0].islower() or line.bare[0] in "([" or _DANGLING.search(before.bare):
        return True
    if before.full and not line.gap:
        return True
    titled = before.mark is not None and before.mark.kind in _TITLE_MARKS
    return not titled and len(before.bare) >= 80 and bool(_INNER_STOP.search(before.bare))
