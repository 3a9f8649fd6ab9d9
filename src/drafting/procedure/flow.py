"""`draw`: a route as an SVG picture: who → does → to, the decision at the end.

Plain shapes and escaped words: no fonts, links or scripts from outside.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from xml.sax.saxutils import escape

from drafting.procedure.route import Route, Step
from drafting.procedure.told import CLOSING

_WIDTH, _MARGIN, _BOX = 860, 30, 230
_LINE, _PAD, _GAP = 18, 10, 26
_CHARS_BOX, _CHARS_MIDDLE, _CHARS_ASIDE, _CHARS_WIDE = 27, 42, 50, 100
_FONT = "'Times New Roman', 'Liberation Serif', serif"


class _Canvas:
    """Collects shapes from top to bottom; `y` is where the next one begins."""

    def __init__(self) -> None:
        self.shapes: list[str] = []
        self.y = float(_MARGIN)

    def text(self, x: float, lines: list[str], style: str = "", anchor: str = "start") -> None:
        for line in lines:
            self.y += _LINE
            self.shapes.append(_words(x, self.y - 4, line, style, anchor))

    def row(self, step: Step, number: int) -> None:
        """One step: a box for who, an arrow with what, a box for to whom."""
        who = textwrap.wrap(f"{number}. {step.who}", _CHARS_BOX)
        to = textwrap.wrap(step.to, _CHARS_BOX)
        does = textwrap.wrap(step.does, _CHARS_MIDDLE)
        rests = textwrap.wrap(f"[{step.ruled.clause}; {step.ruled.force}]", _CHARS_ASIDE)
        due = textwrap.wrap(step.limit.said, _CHARS_ASIDE) if step.limit else []
        asides = [*((line, _DUE) for line in due), *((line, _SMALL) for line in rests)]
        height = max(len(who), len(to), len(does) + len(asides) + 1) * _LINE + 2 * _PAD
        top, right = self.y, _WIDTH - _MARGIN - _BOX
        self._box(_MARGIN, top, height, who)
        if to:
            self._box(right, top, height, to)
        end = right if to else right - 30
        middle = top + _PAD + len(does) * _LINE + 6
        self.shapes.append(
            f'<line x1="{_MARGIN + _BOX}" y1="{middle}" x2="{end - 2}" y2="{middle}" '
            f'stroke="#333" stroke-width="1.5"{_ARROW if to else ""}/>'
        )
        centre = (_MARGIN + _BOX + end) / 2
        for at, line in enumerate(does):
            y = top + _PAD + (at + 1) * _LINE - 4
            self.shapes.append(_words(centre, y, line, "", "middle"))
        for at, (line, style) in enumerate(asides):
            y = middle + (at + 1) * _LINE
            self.shapes.append(_words(centre, y, line, style, "middle"))
        self.y = top + height + _GAP

    def _box(
        self, x: float, y: float, height: float, lines: list[str], fill: str = "#eef3fa"
    ) -> None:
        self.shapes.append(
            f'<rect x="{x}" y="{y}" width="{_BOX}" height="{height}" rx="6" '
            f'fill="{fill}" stroke="#35507a"/>'
        )
        first = y + height / 2 - len(lines) * _LINE / 2 + 13
        for at, line in enumerate(lines):
            self.shapes.append(_words(x + _BOX / 2, first + at * _LINE, line, "", "middle"))

    def decision(self, lines: list[str], *, known: bool) -> None:
        """The wide box at the end; dashed and pale when the rules do not say who decides."""
        height = len(lines) * _LINE + 2 * _PAD
        look = 'fill="#fdf3d8" stroke="#8a6d1d"' if known else 'fill="#fff" stroke="#8a1d1d"'
        dash = "" if known else ' stroke-dasharray="6 4"'
        self.shapes.append(
            f'<rect x="{_MARGIN}" y="{self.y}" width="{_WIDTH - 2 * _MARGIN}" height="{height}" '
            f'rx="6" stroke-width="2" {look}{dash}/>'
        )
        self.y += _PAD
        self.text(_WIDTH / 2, lines[:1], _BOLD, "middle")
        self.text(_WIDTH / 2, lines[1:], "", "middle")
        self.y += _PAD + _GAP / 2

    def svg(self, title: str) -> str:
        """The picture as one text."""
        height = self.y + _MARGIN
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" '
            f'width="{_WIDTH}" height="{height:g}" font-family="{_FONT}" font-size="14">'
        )
        arrow = (
            '<defs><marker id="mui-ten" markerWidth="10" markerHeight="10" refX="8" refY="4" '
            'orient="auto"><path d="M0,0 L9,4 L0,8 z" fill="#333"/></marker></defs>'
        )
        back = f'<rect width="{_WIDTH}" height="{height:g}" fill="#fff"/>'
        return "\n".join(
            [head, f"<title>{escape(title)}</title>", arrow, back, *self.shapes, "</svg>", ""]
        )


_BOLD = ' font-weight="bold" font-size="15"'
_SMALL = ' font-size="12" fill="#555"'
_DUE = ' font-size="12" font-weight="bold" fill="#8a1d1d"'
_ARROW = ' marker-end="url(#mui-ten)"'


def draw(route: Route) -> str:
    """The route as an SVG: the card on top, a row for each step, who decides at the end."""
    canvas = _Canvas()
    canvas.text(_MARGIN, textwrap.wrap(route.card, 95), _BOLD)
    canvas.text(_MARGIN, [f"{route.pack.province}: {route.force}"], _SMALL)
    canvas.y += _GAP / 2
    numbered = list(enumerate(route.steps, start=1))
    for number, step in numbered:
        if not step.after:
            canvas.row(step, number)
    canvas.decision(list(_decision(route)), known=bool(route.decides))
    for number, step in numbered:
        if step.after:
            canvas.row(step, number)
    wrapped = [line for one in route.warnings for line in textwrap.wrap(f"! {one}", 120)]
    canvas.text(_MARGIN, wrapped, _SMALL)
    canvas.text(_MARGIN, [CLOSING], _SMALL)
    return canvas.svg(route.card)


def _decision(route: Route) -> Iterator[str]:
    asked = route.matched.asked
    if not route.matched.decided and asked:
        yield "Chưa kết luận được"
        yield from textwrap.wrap(f"Còn phải biết: {asked[0].question}", _CHARS_WIDE)
        return
    yield f"Quyết định: {route.decides}" if route.decides else "Quy chế không nêu ai quyết định"
    before = "; ".join(route.after)
    yield from textwrap.wrap(f"Chỉ sau khi {before}", _CHARS_WIDE) if before else ()
    yield from textwrap.wrap(route.silent, _CHARS_WIDE)
    for kind, title in (("opinion", "Cho ý kiến"), ("signs", "Ký"), ("copy", "Gửi")):
        names = ", ".join(line.text for line in route.of(kind))
        yield from textwrap.wrap(f"{title}: {names}", _CHARS_WIDE) if names else ()
    clauses = [*route.of("decides"), *route.of("governing")][:1] + route.of("after")
    rests = dict.fromkeys(f"[{line.clause}; {line.force}]" for line in clauses)
    yield from textwrap.wrap(" ".join(rests), _CHARS_WIDE)


def _words(x: float, y: float, text: str, style: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{style}>{escape(text)}</text>'
