"""`WordFile`: a .docx as a person sees it: sections, paragraphs with effective formatting, tables.

Left out for now: automatic list numbers (`ParagraphFormat.numbered` says one is shown), footnotes,
comments and equations. Tracked changes read as if accepted; hidden text is not text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drafting.read import read_bytes
from drafting.read.docx_blocks import (
    Block,
    Cell,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    paragraphs_of,
)
from drafting.read.docx_format import ParagraphFormat, TextFormat
from drafting.read.docx_parts import Package
from drafting.read.docx_reader import Reader
from drafting.read.source import SourceText

__all__ = [
    "Block",
    "Cell",
    "Paragraph",
    "ParagraphFormat",
    "Row",
    "Run",
    "Section",
    "Table",
    "TextFormat",
    "WordFile",
    "project",
]


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file read whole.

    >>> from pathlib import Path
    >>> letter = WordFile.open(Path("templates/to-trinh-doan-ra.docx"))
    >>> letter.sections[0].left, letter.paragraphs()[1].style
    (30.0, 'Cơ quan chủ quản')
    """

    name: str
    sha256: str
    sections: tuple[Section, ...]

    @classmethod
    def open(cls, path: str | Path) -> WordFile:
        """The Word file at `path`; `UnreadableFile` with what to do when it is none."""
        path = Path(path)
        return cls.from_bytes(read_bytes(path), path)

    @classmethod
    def from_bytes(cls, data: bytes, path: str | Path) -> WordFile:
        """The Word file in `data`; `path` only names it."""
        sections = Reader(Package.from_bytes(data, path)).sections()
        return cls(Path(path).name, hashlib.sha256(data).hexdigest(), tuple(sections))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs and tables of the body in document order."""
        return tuple(block for section in self.sections for block in section.blocks)

    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph of the body in document order, those in table cells included."""
        return list(paragraphs_of(self.blocks))

    def source(self) -> SourceText:
        """The body as text: a line a paragraph, a line a table row with its cells tab-joined.

        A line break inside a paragraph starts a new line; inside a cell it becomes a space.
        """
        lines = [line for block in self.blocks for line in _lines(block)]
        return SourceText("".join(f"{line}\n" for line in lines), self.name, self.sha256)


def project(path: str | Path) -> str:
    """The file as lines a person can compare: sections, `[style] text`, cells joined by `|`."""
    return "".join(f"{line}\n" for line in _projected(WordFile.open(path)))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        for row in block.rows:
            yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)


def _projected(word: WordFile) -> Iterator[str]:
    for index, section in enumerate(word.sections, 1):
        yield _section_line(index, section)
        for where, margins in (("đầu", section.headers), ("cuối", section.footers)):
            for kind, blocks in margins.items():
                shown = " / ".join(_with_fields(p) for p in paragraphs_of(blocks))
                yield f"--- {where} trang {kind}: {shown}"
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield f"[{block.style}] {_shown(block.text)}".rstrip()
            else:
                for row in block.rows:
                    cells = " | ".join(_shown(cell.text) for cell in row.cells)
                    yield f"[{block.style}{' đầu' if row.header else ''}] {cells}".rstrip()


def _section_line(index: int, section: Section) -> str:
    turn = "ngang" if section.landscape else "dọc"
    start = "" if section.page_start is None else f", đánh số từ {section.page_start}"
    hidden = ", ẩn trang đầu" if section.title_page else ""
    return (
        f"=== phần {index}: {section.width:g}×{section.height:g} {turn}, lề trên {section.top:g} "
        f"dưới {section.bottom:g} trái {section.left:g} phải {section.right:g}{start}{hidden}"
    )


def _with_fields(paragraph: Paragraph) -> str:
    fields = (f"{{{name}}}" for name in paragraph.fields)
    return " ".join([f"[{paragraph.style}]", *fields, _shown(paragraph.text)]).rstrip()


def _shown(text: str) -> str:
    return text.replace("\n", " / ").replace("\t", " → ")
