"""How a paragraph really looks: document defaults, styles and direct formatting put together.

Follows ISO/IEC 29500-1 §17.7.2: defaults, table style, paragraph style, character style, direct.
Conditional table formatting (first row, banding) and numbering levels are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from drafting.read.docx_parts import W

Props: TypeAlias = dict[str, str]

# Toggle properties: set in a paragraph style and again in a character style they cancel out.
_TOGGLES = {"b": "bold", "i": "italic", "caps": "caps", "vanish": "hidden"}
_OFF = {"0", "false", "off", "none"}
_THEME_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True)
class TextFormat:
    """Font, size in points and emphasis of a run, as Word shows it.

    `highlight` is a colour's name ("yellow") or ""; `hidden` text is not shown at all.
    """

    font: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False
    highlight: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """Alignment ("left", "center", "right", "both"), indents in mm, spacing in points.

    `first_line` is negative for a hanging indent. `line` is a multiple of single when `line_rule`
    is "auto", points when it is "exact" or "atLeast". `numbered`: Word puts a number or a bullet
    before it that is not part of the text.
    """

    align: str = "left"
    first_line: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    keep_next: bool = False
    numbered: bool = False
    outline: int | None = None


def q(name: str) -> str:
    """`name` in the word-processing namespace."""
    return f"{{{W}}}{name}"


def attribute(element: etree._Element | None, name: str, default: str = "") -> str:
    """The attribute w:`name`, or `default` when element or attribute is absent."""
    return default if element is None else element.get(q(name), default)


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off element is there and not switched off."""
    return element is not None and attribute(element, "val", "1") not in _OFF


def number(text: str | None) -> float:
    """A measure of the file as a number; 0 for anything else ("2.5cm" does not occur in Word)."""
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


def mm(twips: str | float | None) -> float:
    """Twentieths of a point in millimetres, to a tenth (Word's own A4 is 210.01 mm).

    >>> mm("1134"), mm("720")
    (20.0, 12.7)
    """
    value = number(twips) if isinstance(twips, str) or twips is None else twips
    return round(value / 1440 * 25.4, 1)


class Styles:
    """The styles of a file: names, and the properties that follow from a chain of styles."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._theme = _theme_fonts(theme)
        self._by_id: dict[str, etree._Element] = {}
        self._default_style = ""
        self._defaults: tuple[Props, Props] = ({}, {})
        self._known: dict[tuple[str, str], tuple[Props, Props]] = {}
        if styles is None:
            return
        for style in styles.iter(q("style")):
            self._by_id[attribute(style, "styleId")] = style
            is_default = attribute(style, "default") not in {"", *_OFF}
            if is_default and attribute(style, "type") == "paragraph":
                self._default_style = attribute(style, "styleId")
        base = styles.find(q("docDefaults"))
        if base is not None:
            run, paragraph = base.find(f".//{q('rPr')}"), base.find(f".//{q('pPr')}")
            self._defaults = (paragraph_props(paragraph), self.run_props(run))

    def name(self, style_id: str) -> str:
        """The name a person sees for `style_id` ("" means the default paragraph style)."""
        style = self._by_id.get(style_id or self._default_style)
        named = attribute(style.find(q("name")), "val") if style is not None else ""
        return named or style_id or "Normal"

    def run_props(self, element: etree._Element | None) -> Props:
        """What a w:rPr sets, theme fonts resolved."""
        return run_props(element, self._theme)

    def base(self, style_id: str, table_style: str) -> tuple[Props, Props]:
        """Paragraph and run properties before direct formatting."""
        key = (style_id or self._default_style, table_style)
        if key not in self._known:
            paragraph, run = dict(self._defaults[0]), dict(self._defaults[1])
            for one in (table_style, key[0]):
                more_paragraph, more_run = self._chain(one)
                paragraph |= more_paragraph
                run |= more_run
            self._known[key] = (paragraph, run)
        return self._known[key]

    def character(self, base: Props, style_id: str) -> Props:
        """`base` with a character style on top: toggles set in both cancel out."""
        _, run = self._chain(style_id)
        merged = base | run
        for name in _TOGGLES.values():
            if base.get(name) == run.get(name) == "1":
                merged[name] = ""
        return merged

    def chain(self, style_id: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first; a circle is cut."""
        found: list[etree._Element] = []
        while style_id in self._by_id and self._by_id[style_id] not in found:
            found.append(self._by_id[style_id])
            style_id = attribute(found[-1].find(q("basedOn")), "val")
        return found

    def _chain(self, style_id: str) -> tuple[Props, Props]:
        paragraph: Props = {}
        run: Props = {}
        for style in self.chain(style_id):
            paragraph = paragraph_props(style.find(q("pPr"))) | paragraph
            run = self.run_props(style.find(q("rPr"))) | run
        return paragraph, run


def paragraph_props(element: etree._Element | None) -> Props:
    """What a w:pPr sets, raw."""
    props: Props = {}
    if element is None:
        return props
    for tag in ("jc", "outlineLvl"):
        if (found := element.find(q(tag))) is not None:
            props[tag] = attribute(found, "val")
    for tag in ("ind", "spacing"):
        if (found := element.find(q(tag))) is not None:
            props |= {etree.QName(str(key)).localname: str(val) for key, val in found.items()}
            if "hanging" in props:
                props["firstLine"] = f"-{props.pop('hanging')}"
    if (found := element.find(q("keepNext"))) is not None:
        props["keepNext"] = "1" if is_on(found) else ""
    if (found := element.find(q("numPr"))) is not None:
        has_number = attribute(found.find(q("numId")), "val", "0") != "0"
        props["numPr"] = "1" if has_number else ""
    return props


def run_props(element: etree._Element | None, theme: dict[str, str]) -> Props:
    """What a w:rPr sets: fonts by script, half-points, "1" or "" for what is on or off."""
    props: Props = {}
    if element is None:
        return props
    if (fonts := element.find(q("rFonts"))) is not None:
        for slot in ("ascii", "hAnsi"):
            themed = theme.get(attribute(fonts, f"{slot}Theme"), "")
            if font := themed or attribute(fonts, slot):
                props[slot] = font
    for tag, name in _TOGGLES.items():
        if (found := element.find(q(tag))) is not None:
            props[name] = "1" if is_on(found) else ""
    for tag in ("sz", "u", "highlight"):
        if (found := element.find(q(tag))) is not None:
            props[tag] = attribute(found, "val")
    return props


def paragraph_format(props: Props) -> ParagraphFormat:
    """Raw properties as a `ParagraphFormat`."""
    align = {"start": "left", "end": "right", "distribute": "both"}.get(
        props.get("jc", ""), props.get("jc", "")
    )
    rule = props.get("lineRule", "auto")
    line = number(props.get("line", "240"))
    outline = props.get("outlineLvl", "9")
    return ParagraphFormat(
        align=align or "left",
        first_line=mm(props.get("firstLine")),
        left=mm(props.get("left", props.get("start"))),
        right=mm(props.get("right", props.get("end"))),
        before=number(props.get("before")) / 20,
        after=number(props.get("after")) / 20,
        line=round(line / (240 if rule == "auto" else 20), 3),
        line_rule=rule,
        keep_next=bool(props.get("keepNext")),
        numbered=bool(props.get("numPr")),
        outline=int(outline) if outline in set("012345678") else None,
    )


def text_format(props: Props, text: str) -> TextFormat:
    """Raw properties as a `TextFormat` for `text`: letters beyond ASCII take the hAnsi font."""
    slots = ("ascii", "hAnsi") if text.isascii() else ("hAnsi", "ascii")
    font = props.get(slots[0]) or props.get(slots[1]) or "Times New Roman"
    return TextFormat(
        font=font,
        size=number(props.get("sz", "20")) / 2,
        bold=bool(props.get("bold")),
        italic=bool(props.get("italic")),
        caps=bool(props.get("caps")),
        underline=props.get("u", "none") not in _OFF,
        highlight="" if props.get("highlight") in {None, "none"} else props["highlight"],
        hidden=bool(props.get("hidden")),
    )


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    fonts: dict[str, str] = {}
    if theme is None:
        return fonts
    for kind in ("major", "minor"):
        latin = theme.find(f".//{{{_THEME_A}}}{kind}Font/{{{_THEME_A}}}latin")
        if latin is not None and latin.get("typeface"):
            fonts[f"{kind}HAnsi"] = fonts[f"{kind}Ascii"] = latin.get("typeface", "")
    return fonts
