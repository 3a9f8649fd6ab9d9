"""Walks a Word package: its XML in, sections of paragraphs and tables out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from drafting.read.docx_blocks import Block, Cell, Paragraph, Row, Run, Section, Table
from drafting.read.docx_format import (
    Styles,
    attribute,
    is_on,
    mm,
    number,
    paragraph_format,
    paragraph_props,
    q,
    text_format,
)
from drafting.read.docx_parts import MC, Package, R

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SKIPPED = {q("del"), q("moveFrom"), q("pPr"), q("rPr")}
_CHARACTERS = {q("tab"): "\t", q("ptab"): "\t", q("br"): "\n", q("cr"): "\n",
               q("noBreakHyphen"): "\u2011", q("sym"): "•"}  # fmt: skip


class Reader:
    """Walks the document part with the styles at hand; `sections()` is what it is for."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.related("styles"), package.related("theme"))
        self.relations = package.relations(package.main)

    def sections(self) -> Iterator[Section]:
        body = self.package.xml(self.package.main).find(q("body"))
        blocks: list[Block] = []
        margins: dict[str, tuple[Block, ...]] = {}
        last: etree._Element | None = None
        for child in _contents(body) if body is not None else ():
            if child.tag == q("sectPr"):
                last = child
                continue
            blocks.extend(self.block(child, ""))
            if (broken := child.find(f"{q('pPr')}/{q('sectPr')}")) is not None:
                yield self.section(broken, blocks, margins)
                blocks = []
        yield self.section(last, blocks, margins)

    def section(
        self,
        props: etree._Element | None,
        blocks: list[Block],
        margins: dict[str, tuple[Block, ...]],
    ) -> Section:
        """One section; `margins` holds the headers and footers that later sections inherit."""

        def of(tag: str, name: str, default: str = "0") -> str:
            return attribute(props.find(q(tag)) if props is not None else None, name, default)

        for reference in props if props is not None else ():
            where = {q("headerReference"): "header", q("footerReference"): "footer"}
            if (kind := where.get(str(reference.tag))) is not None:
                key = f"{kind}-{attribute(reference, 'type', 'default')}"
                margins[key] = self.margin(reference.get(f"{{{R}}}id", ""))
        start = of("pgNumType", "start", "")
        return Section(
            width=mm(of("pgSz", "w", "12240")),
            height=mm(of("pgSz", "h", "15840")),
            top=mm(of("pgMar", "top", "1440")),
            bottom=mm(of("pgMar", "bottom", "1440")),
            left=mm(of("pgMar", "left", "1440")),
            right=mm(of("pgMar", "right", "1440")),
            title_page=props is not None and is_on(props.find(q("titlePg"))),
            page_start=int(number(start)) if start else None,
            headers=_of_kind(margins, "header"),
            footers=_of_kind(margins, "footer"),
            blocks=tuple(blocks),
        )

    def margin(self, relation_id: str) -> tuple[Block, ...]:
        relation = self.relations.get(relation_id)
        if relation is None or not self.package.has(relation.target):
            return ()
        children = _contents(self.package.xml(relation.target))
        return tuple(block for child in children for block in self.block(child, ""))

    def block(self, element: etree._Element, table_style: str) -> Iterator[Block]:
        if element.tag == q("p"):
            yield self.paragraph(element, table_style)
            for box in _boxes(element):
                for child in _contents(box):
                    yield from self.block(child, table_style)
        elif element.tag == q("tbl"):
            yield self.table(element)

    def table(self, element: etree._Element) -> Table:
        style = attribute(element.find(f"{q('tblPr')}/{q('tblStyle')}"), "val")
        rows = (self.row(row, style) for row in _contents(element) if row.tag == q("tr"))
        return Table(self.styles.name(style) if style else "", tuple(rows))

    def row(self, element: etree._Element, style: str) -> Row:
        cells = (self.cell(cell, style) for cell in _contents(element) if cell.tag == q("tc"))
        return Row(
            tuple(cells),
            header=is_on(element.find(f"{q('trPr')}/{q('tblHeader')}")),
            whole=is_on(element.find(f"{q('trPr')}/{q('cantSplit')}")),
        )

    def cell(self, element: etree._Element, style: str) -> Cell:
        children = _contents(element)
        width = element.find(f"{q('tcPr')}/{q('tcW')}")
        return Cell(
            tuple(block for child in children for block in self.block(child, style)),
            mm(attribute(width, "w", "0")) if attribute(width, "type", "dxa") == "dxa" else 0.0,
            int(number(attribute(element.find(f"{q('tcPr')}/{q('gridSpan')}"), "val", "1"))) or 1,
        )

    def paragraph(self, element: etree._Element, table_style: str) -> Paragraph:
        direct = element.find(q("pPr"))
        style = attribute(direct.find(q("pStyle")) if direct is not None else None, "val")
        base, run_base = self.styles.base(style, table_style)
        runs: list[Run] = []
        fields: list[str] = []
        for run in _shown_runs(element, fields):
            text = "".join(_characters(run))
            own = run.find(q("rPr"))
            named = attribute(own.find(q("rStyle")) if own is not None else None, "val")
            props = self.styles.character(run_base, named) if named else run_base
            look = text_format(props | self.styles.run_props(own), text)
            if text and not look.hidden:
                runs.append(Run(text, look))
        stand = paragraph_format(base | paragraph_props(direct))
        return Paragraph(self.styles.name(style), tuple(runs), stand, tuple(fields))


def _contents(element: etree._Element) -> Iterator[etree._Element]:
    """The children, those wrapped in content controls, insertions or custom XML included."""
    for child in element:
        if child.tag == q("sdt"):
            inner = child.find(q("sdtContent"))
            yield from _contents(inner) if inner is not None else ()
        elif child.tag in {q("ins"), q("moveTo"), q("customXml")}:
            yield from _contents(child)
        elif child.tag not in {q("del"), q("moveFrom")}:
            yield child


def _shown_runs(paragraph: etree._Element, fields: list[str]) -> Iterator[etree._Element]:
    """The runs a reader sees; the names of fields are added to `fields`, their codes left out."""
    codes: list[str | None] = []  # one a nested field: its code so far, None once the code ended
    for run in _runs(paragraph, fields):
        mark = run.find(q("fldChar"))
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            codes.append("")
        elif kind in {"separate", "end"} and codes:
            if codes[-1] is not None:
                fields.extend(codes[-1].split()[:1])
                codes[-1] = None
            if kind == "end":
                codes.pop()
        elif codes and codes[-1] is not None:
            codes[-1] += "".join(str(code.text or "") for code in run.iter(q("instrText")))
        elif mark is None and all(code is None for code in codes):
            yield run


def _runs(element: etree._Element, fields: list[str]) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == q("r"):
            yield child
        elif child.tag == q("fldSimple"):
            fields.extend(attribute(child, "instr").split()[:1])
            yield from _runs(child, fields)
        elif child.tag not in _SKIPPED:
            yield from _runs(child, fields)


def _characters(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == q("t"):
            text = child.text or ""
            yield text if child.get(_XML_SPACE) == "preserve" else text.strip(" \t\r\n")
        else:
            yield _CHARACTERS.get(str(child.tag), "")


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in the paragraph; of two alternatives only the first."""
    fallback = f"{{{MC}}}Fallback"
    for box in paragraph.iter(q("txbxContent")):
        above = {ancestor.tag for ancestor in box.iterancestors()}
        within = sum(1 for ancestor in box.iterancestors() if ancestor.tag == q("txbxContent"))
        if fallback not in above and within == 0:
            yield box


def _of_kind(margins: dict[str, tuple[Block, ...]], kind: str) -> dict[str, tuple[Block, ...]]:
    return {
        key.removeprefix(f"{kind}-"): blocks
        for key, blocks in margins.items()
        if key.startswith(kind)
    }
