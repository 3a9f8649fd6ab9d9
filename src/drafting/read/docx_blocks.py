"""What a Word file is made of: runs, paragraphs, tables, sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from drafting.read.docx_format import ParagraphFormat, TextFormat


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one format."""

    text: str
    format: TextFormat


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its style's name, its runs, how it stands on the page.

    `fields` names the fields in it ("PAGE"); their last shown result is part of the text.
    """

    style: str
    runs: tuple[Run, ...]
    format: ParagraphFormat
    fields: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text as Word shows it: "\\t" for a tab, "\\n" for a line or page break."""
        return "".join(run.text for run in self.runs)

    @property
    def text_format(self) -> TextFormat | None:
        """The format of most of its text; None when it has no text."""
        lengths: dict[TextFormat, int] = {}
        for run in self.runs:
            lengths[run.format] = lengths.get(run.format, 0) + len(run.text.strip())
        return max(lengths, key=lambda f: lengths[f]) if any(lengths.values()) else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `width` in mm, `span` in columns."""

    blocks: tuple[Block, ...]
    width: float
    span: int

    @property
    def text(self) -> str:
        """Its paragraphs (nested tables included), one a line."""
        return "\n".join(paragraph.text for paragraph in paragraphs_of(self.blocks))


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: `header` rows repeat on every page, `whole` rows are never split."""

    cells: tuple[Cell, ...]
    header: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the name of its style and its rows."""

    style: str
    rows: tuple[Row, ...]


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one layout: size and margins in mm, headers and footers by kind, their blocks.

    `title_page`: the first page has a header of its own (or none). `page_start` is the number its
    first page carries, None when it goes on counting. A header kind that is not listed is empty.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    title_page: bool
    page_start: int | None
    headers: dict[str, tuple[Block, ...]]
    footers: dict[str, tuple[Block, ...]]
    blocks: tuple[Block, ...]

    @property
    def landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph in document order, those in table cells included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
