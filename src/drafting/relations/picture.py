"""`draw`: a chain as an SVG of our own, one box a document, the oldest on top; nothing fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from drafting.records import State, vn_date
from drafting.relations.chain import Chain, Link, Stop

# Narrow enough that its words can be read on a phone.
_WIDTH = 480
_PAD = 12
_INDENT = 44
_LANE = 20
_LINE = 19
_GAP = 26
_FONT = "'Segoe UI', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
# Border and ground by state: in force, ended, everything an officer must look at.
_COLOURS = {
    State.IN_FORCE: ("#1a7f37", "#e9f7ec"),
    State.PARTLY_ENDED: ("#9a6700", "#fff6dd"),
    State.ENDED: ("#57606a", "#f4f5f6"),
    State.NOT_YET: ("#0969da", "#eaf3ff"),
    State.UNCLEAR: ("#9a6700", "#fff6dd"),
}
_CHAR = {"title": 8.4, "text": 6.7, "small": 6.0}
_SIZE = {"title": 15, "text": 12.5, "small": 11}


@dataclass(slots=True)
class _Box:
    stop: Stop
    top: float
    left: float
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + 2 * _PAD - 4


def draw(chain: Chain) -> str:
    """The chain as SVG text: readable in a browser and in Word, every word of it escaped."""
    far = [one for one in chain.links if not _neighbours(chain, one)]
    margin = _PAD + _LANE * len(far)
    boxes: dict[str, _Box] = {}
    title = _wrapped(chain.in_force_said(), _WIDTH - 2 * _PAD, "text")
    top = float(_PAD + _LINE * len(title) + _GAP / 2)
    for stop in chain.stops:
        left = margin + (_INDENT if stop.amends_only else 0)
        box = _Box(stop, top, left, _lines(stop, _WIDTH - left - 3 * _PAD))
        boxes[stop.party.identity] = box
        top += box.height + _GAP
    legend = _wrapped(_legend(chain), _WIDTH - 2 * _PAD, "small")
    height = round(top - _GAP / 2 + _LINE * len(legend) + _PAD / 2)
    parts = [_opening(height, chain), _words(_PAD, title, "text", "#1f2328")]
    for lane, link in enumerate(far):
        parts.append(_arrow(boxes, link, margin - _LANE * (lane + 1) + 4))
    parts += [_drawn(box) for box in boxes.values()]
    parts += [_arrow(boxes, one) for one in chain.links if one not in far]
    parts.append(_words(top - _GAP / 2, legend, "small", "#57606a"))
    return "\n".join([*parts, "</svg>"])


def _neighbours(chain: Chain, link: Link) -> bool:
    """Whether the two documents of a link stand one right below the other."""
    order = [stop.party.identity for stop in chain.stops]
    return (
        order.index(link.relation.subject.identity) - order.index(link.relation.target.identity)
        == 1
    )


def _legend(chain: Chain) -> str:
    told = []
    if any(one.relation.since and not one.relation.day_sure for one in chain.links):
        told.append("(ngày ký): lấy ngày ký của văn bản kia, chưa đọc được ngày hiệu lực.")
    if any(not one.grounds[0].is_text for one in chain.links) or any(
        not stop.status.verified for stop in chain.stops
    ):
        told.append("Nét đứt: chưa kiểm chứng.")
    return " ".join(told)


def _opening(height: int, chain: Chain) -> str:
    said = escape(f"Chuỗi văn bản ngày {vn_date(chain.as_of)}: {chain.subject}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" font-family="{_FONT}">\n'
        f"<title>{said}</title>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#57606a"/></marker></defs>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    )


def _lines(stop: Stop, width: float) -> list[tuple[str, str]]:
    """The words of a box, cut to its width, each with its style."""
    state = f"{stop.status.state}" + ("" if stop.status.verified else " (chưa kiểm chứng)")
    told = [("title", stop.party.title), ("text", stop.dates()), ("state", state)]
    for link in stop.changed:
        told.append(("text", _capital(link.sentence())))
        told.append(("small", "; ".join(ground.said() for ground in link.grounds)))
        if not link.grounds[0].is_text:
            told[-1] = ("small", f"{told[-1][1]}: chưa đọc thấy trong văn bản")
    return [(style, line) for style, words in told for line in _wrapped(words, width, style)]


def _wrapped(words: str, width: float, style: str) -> list[str]:
    most = max(12, int(width / _CHAR.get(style, _CHAR["text"])))
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _drawn(box: _Box) -> str:
    stroke, ground = _COLOURS[box.stop.status.state]
    dashed = "" if box.stop.status.verified else ' stroke-dasharray="6 4"'
    wide = 3 if box.stop.status.holds else 1.5
    parts = [
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{_WIDTH - box.left - _PAD:g}" '
        f'height="{box.height:g}" rx="6" fill="{ground}" stroke="{stroke}" '
        f'stroke-width="{wide}"{dashed}/>'
    ]
    for number, (style, words) in enumerate(box.lines):
        colour = {"state": stroke, "small": "#57606a"}.get(style, "#1f2328")
        y = box.top + _PAD + _LINE * (number + 0.65)
        parts.append(_text(box.left + _PAD, y, words, style, colour))
    return "\n".join(parts)


def _text(x: float, y: float, words: str, style: str, colour: str) -> str:
    weight = ' font-weight="600"' if style in {"title", "state"} else ""
    size = _SIZE.get(style, _SIZE["text"])
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"{weight}>'
        f"{escape(words)}</text>"
    )


def _words(top: float, lines: list[str], style: str, colour: str) -> str:
    return "\n".join(
        _text(_PAD, top + _LINE * (number + 0.8), one, style, colour)
        for number, one in enumerate(lines)
        if one
    )


def _arrow(boxes: dict[str, _Box], link: Link, lane: float | None = None) -> str:
    """From the older document to the one that changed it: straight down, or along its own lane."""
    older, newer = (boxes[end.identity] for end in (link.relation.target, link.relation.subject))
    if lane is None:
        x = max(older.left, newer.left) + 2 * _PAD
        way = f"M{x:g} {older.top + older.height:g} V{newer.top - 2:g}"
    else:
        start, end = older.top + older.height - _PAD, newer.top + _PAD
        way = f"M{older.left:g} {start:g} H{lane:g} V{end:g} H{newer.left - 2:g}"
    dashed = "" if link.grounds[0].is_text else ' stroke-dasharray="5 4"'
    return (
        f'<path d="{way}" fill="none" stroke="#57606a" stroke-width="1.5"{dashed} '
        'marker-end="url(#tip)"/>'
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
