"""`Document` and `Provision`: what structure makes of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from drafting.findings import Finding
from drafting.read.source import SourceText, Span


class Kind(StrEnum):
    """What a unit of a document is; the first eight are its numbered levels, outermost first.

    Akoma Ntoso words: article = Điều, clause = khoản, point = điểm, item = tiết, section = mục.
    In reports and plans: part = I., clause = 1., point = 1.1., item = a dash line.
    """

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    ITEM = "item"
    HEADING = "heading"
    BASIS = "basis"
    PREAMBLE = "preamble"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    ANNEX = "annex"
    FORM = "form"
    COLUMN = "column"
    GROUP = "group"
    NOTE = "note"


LEVELS = (
    Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION,
    Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM,
)  # fmt: skip


def is_within(eid: str, of: str) -> bool:
    """Whether provision `eid` is `of` or stands below it.

    >>> is_within("art_1__cl_2", "art_1"), is_within("art_12", "art_1")
    (True, False)
    """
    return eid == of or eid.startswith(f"{of}__")


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of a document, addressed by its eId.

    `text` is `SourceText.display(spans)`: the unit's own words with its number and heading, its
    children's words not among them. `paragraphs` are the same spans, one tuple a paragraph.
    `line` is the 1-based line of the file where the unit begins; `parent` the eId above, or "".
    """

    eid: str
    kind: Kind
    number: str
    heading: str
    text: str
    line: int
    spans: tuple[Span, ...]
    parent: str = ""
    paragraphs: tuple[tuple[Span, ...], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The provision in the JSON of `drafting outline`."""
        return {
            "eid": self.eid, "kind": str(self.kind), "number": self.number,
            "heading": self.heading, "text": self.text, "line": self.line,
            "spans": [list(span) for span in self.spans],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """The tree of one file: its provisions in reading order and what is odd about them.

    `kind` is the printed tên loại ("QUY CHẾ"), `subject` the printed trích yếu; both "" when the
    text shows none. `designation` is the document's own số, ký hiệu where its head prints one.
    """

    source: SourceText
    provisions: tuple[Provision, ...]
    findings: tuple[Finding, ...] = ()
    kind: str = ""
    subject: str = ""
    designation: str = ""
    _by_eid: dict[str, Provision] = field(init=False, repr=False, compare=False)
    _children: dict[str, tuple[Provision, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_eid", {p.eid: p for p in self.provisions})
        children: dict[str, list[Provision]] = {}
        for provision in self.provisions:
            children.setdefault(provision.parent, []).append(provision)
        object.__setattr__(self, "_children", {k: tuple(v) for k, v in children.items()})

    def get(self, eid: str) -> Provision | None:
        """The provision with this eId, or None."""
        return self._by_eid.get(eid)

    def children(self, eid: str) -> tuple[Provision, ...]:
        """The units directly below `eid` ("" for the top), in order."""
        return self._children.get(eid, ())

    def parents(self, eid: str) -> tuple[Provision, ...]:
        """The units above `eid`, outermost first."""
        above: list[Provision] = []
        current = self._by_eid.get(eid)
        while current is not None and current.parent:
            current = self._by_eid.get(current.parent)
            if current is not None:
                above.append(current)
        return tuple(reversed(above))

    def branch(self, eid: str) -> Iterator[Provision]:
        """`eid` and everything below it, in reading order."""
        root = self._by_eid.get(eid)
        if root is None:
            return
        yield root
        for child in self.children(eid):
            yield from self.branch(child.eid)

    def full_text(self, eid: str) -> str:
        """The words of `eid` and of everything below it, one unit a line."""
        return "\n".join(provision.text for provision in self.branch(eid))

    def counts(self) -> dict[str, int]:
        """How many units of each level: the `counts` of `drafting outline`."""
        seen = Counter(provision.kind for provision in self.provisions)
        wanted = [level for level in LEVELS if level is not Kind.SUBSECTION]
        return {str(level): seen[level] for level in wanted}
