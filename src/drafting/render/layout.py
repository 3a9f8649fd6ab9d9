"""What depends on the length of the text: rules under titles, line breaks in names, kept lines.

NĐ 30/2020, Phụ lục I: the rule under the Tiêu ngữ is as long as its text, those under the issuing
body and the trích yếu 1/3 to 1/2 of theirs. A template cannot know those lengths; this can. It acts
on paragraphs by the name of their style, so a template edited in Word keeps working.
"""

from __future__ import annotations

import re
import unicodedata

from docx.document import Document
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat
from lxml import etree

from drafting.read.docx_format import Styles, attribute, number, paragraph_props, q, text_format

# Advance widths of Times New Roman Bold in 1/1000 em; Vietnamese letters are as wide as their base
# letter but for the horned ones. Liberation Serif has the same widths.
_GROUPS = {
    250: " \u00a0,.", 333: "!()-:;[]`fjt’‘", 500: "#$*0123456789?J_agovxy–“”", 555: '"',
    1000: "%W…—", 833: "&m", 278: "'/\\il", 570: "+<=>", 930: "@", 722: "ACDNRUVXYwĐ",
    667: "BELTZ", 611: "FP", 778: "GHKOQ", 389: "Is", 944: "M", 556: "Sbdhknpquđ", 444: "cerz",
    394: "{}", 220: "|", 520: "~", 554: "ơ", 600: "ư", 796: "Ư",
}  # fmt: skip
_WIDTHS = {character: width for width, group in _GROUPS.items() for character in group}
_USUAL, _HORN = 500, "\u031b"

# Style of a rule → its length as a share of the line above.
RULES = {"Kẻ ngang": 0.4, "Kẻ ngang trích yếu": 0.4, "Kẻ ngang đủ": 1.0}
NAMES = {"Cơ quan", "Cơ quan chủ quản"}
TITLES = {"Trích yếu", "Tiêu đề phụ lục", "Kèm theo", "Kèm theo tên"}
SIGNATURE, END = "Chức vụ", "Ngắt phần"

_WORD = re.compile(" *[^ ]+")
_PLACE = re.compile(r"\s+(?=(?:tỉnh|thành phố|tp\.)\s)", re.IGNORECASE)
_MOST_LINES = 6  # a longer title is no title


def fit(document: Document) -> None:
    """Fit rules, names, titles and the signature block of `document` to the text it now holds."""
    page = _Page(document)
    for paragraph in list(document.element.body.iter(q("p"))):
        name = page.style(paragraph)
        if name in NAMES:
            page.break_name(paragraph)
        elif name in TITLES:
            page.balance(paragraph)
        elif name in RULES:
            page.fit_rule(paragraph, RULES[name])
    page.keep_together()


def text_width(text: str, size: float) -> float:
    """The width in points of `text` in Times New Roman Bold of `size` points.

    >>> round(text_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13), 1)
    271.2
    """
    return sum(_width(character) for character in unicodedata.normalize("NFC", text)) * size / 1000


def wrapped(text: str, size: float, available: float) -> list[float]:
    """The widths of the lines that `text` takes in `available` points.

    >>> [round(width) for width in wrapped("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", 13, 150)]
    [122, 104]
    """
    lines: list[float] = []
    for line in text.split("\n"):
        current = 0.0
        # Spaces count: "Số:          /TTr-SNgV" leaves room for the number.
        for word in _WORD.findall(line.strip(" ")):
            width = text_width(word, size)
            if current and current + width > available:
                lines.append(current)
                current = text_width(word.lstrip(" "), size)
            else:
                current += width
        lines.append(min(current, available))
    return lines


def _width(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character):
        return 0
    parts = unicodedata.normalize("NFD", character)
    horned = unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]
    return _WIDTHS.get(horned, _WIDTHS.get(parts[0], _USUAL))


class _Page:
    """A rendered document with what is needed to measure and place its paragraphs."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles = Styles(document.styles.element, None)

    def style(self, paragraph: etree._Element) -> str:
        """The name of the paragraph's style."""
        return self.styles.name(attribute(paragraph.find(f"{q('pPr')}/{q('pStyle')}"), "val"))

    def break_name(self, paragraph: CT_P) -> None:
        """Put "TỈNH LẠNG SƠN" on its own line where the whole name is too long for one."""
        shown = Paragraph(paragraph, self.document)
        text, size = self.shown(paragraph)
        places = list(_PLACE.finditer(shown.text))
        if "\n" in text or text_width(text, size) <= self.available(paragraph) or not places:
            return
        if len(shown.runs) == 1:
            cut = places[-1]
            shown.runs[0].text = f"{shown.text[: cut.start()]}\n{shown.text[cut.end() :]}"

    def balance(self, paragraph: CT_P) -> None:
        """Narrow a centred title of several lines so that no line is left with a single word."""
        (text, size), available = self.shown(paragraph), self.available(paragraph)
        count = len(wrapped(text, size, available))
        if not 2 <= count <= _MOST_LINES:
            return
        width = available
        while width > available / 3 and len(wrapped(text, size, width - 5)) == count:
            width -= 5
        # Word measures a little differently: leave it room.
        self.indent(paragraph, (available - width * 1.03) / 2)

    def fit_rule(self, rule: CT_P, share: float) -> None:
        """Indent the empty paragraph `rule` so that `share` of the text line above it is left."""
        above = rule.getprevious()
        while isinstance(above, CT_P) and not self.shown(above)[0].strip():
            above = above.getprevious()
        if isinstance(above, CT_P):
            text, size = self.shown(above)
            length = share * max(wrapped(text, size, self.available(above)))
            self.indent(rule, (self.available(rule, bare=True) - length) / 2)

    def keep_together(self) -> None:
        """No signature alone on a page, and no empty page after a table that fills one.

        The last lines above the signature stay with it; the last row of a table that ends a section
        stays with the paragraph after it, which holds the section's end.
        """
        for table in self.document.tables:
            above, below = table._tbl.getprevious(), table._tbl.getnext()
            paragraphs = list(table._tbl.iter(q("p")))
            if isinstance(above, CT_P) and SIGNATURE in map(self.style, paragraphs):
                self.form(above).keep_with_next = True
            if isinstance(below, CT_P) and self.style(below) == END:
                for paragraph in table.rows[-1]._tr.iter(q("p")):
                    self.form(paragraph).keep_with_next = True

    def form(self, paragraph: CT_P | etree._Element) -> ParagraphFormat:
        """What may be set on the paragraph directly."""
        assert isinstance(paragraph, CT_P)
        form: ParagraphFormat = Paragraph(paragraph, self.document).paragraph_format
        return form

    def indent(self, paragraph: CT_P, points: float) -> None:
        """Leave `points` free on both sides of the paragraph."""
        margin = Pt(round(max(points, 0.0), 1))
        form = self.form(paragraph)
        form.left_indent = form.right_indent = margin

    def shown(self, paragraph: CT_P) -> tuple[str, float]:
        """The paragraph's text in the case it shows in, and its size in points."""
        style = attribute(paragraph.find(f"{q('pPr')}/{q('pStyle')}"), "val")
        look = text_format(self.styles.base(style, "")[1], "")
        text = Paragraph(paragraph, self.document).text
        return (text.upper() if look.caps else text), look.size

    def available(self, paragraph: CT_P, *, bare: bool = False) -> float:
        """The width in points for the paragraph's text; `bare` leaves its own indents out."""
        style = attribute(paragraph.find(f"{q('pPr')}/{q('pStyle')}"), "val")
        props = self.styles.base(style, "")[0] | paragraph_props(paragraph.find(q("pPr")))
        own = number(props.get("left")) + number(props.get("right"))
        cell = next(paragraph.iterancestors(q("tc")), None)
        room = self._text_room(paragraph) if cell is None else self._cell_room(cell)
        return (room - (0 if bare else own)) / 20

    def _cell_room(self, cell: etree._Element) -> float:
        """The inside of a table cell in twips; Word pads it by 108 unless told otherwise."""
        table = next(cell.iterancestors(q("tbl")))
        width = number(attribute(cell.find(f"{q('tcPr')}/{q('tcW')}"), "w"))
        style_id = attribute(table.find(f"{q('tblPr')}/{q('tblStyle')}"), "val")
        holders = [table, *self.styles.chain(style_id)]
        for side in ("left", "right"):
            path = f"{q('tblPr')}/{q('tblCellMar')}/{q(side)}"
            found = [attribute(holder.find(path), "w") for holder in holders]
            width -= number(next((padding for padding in found if padding), "108"))
        return width

    def _text_room(self, paragraph: CT_P) -> float:
        """The text width in twips of the section that holds a paragraph of the body."""
        ends = list(self.document.element.body.iter(q("sectPr")))
        before = paragraph.itersiblings(preceding=True)
        passed = sum(one.find(f"{q('pPr')}/{q('sectPr')}") is not None for one in before)
        section = ends[min(passed, len(ends) - 1)]
        page = number(attribute(section.find(q("pgSz")), "w"))
        margins = section.find(q("pgMar"))
        return page - number(attribute(margins, "left")) - number(attribute(margins, "right"))
