"""The given text made plain for matching, every character knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from drafting.read.source import Span
from drafting.text import classic, nfc

BREAK = "\n"
# Runs of white space, zero-width characters and bold marks; letters with loose accents; look-alikes
# of ASCII and of Đ that Word and old fonts leave behind.
_PIECE = re.compile(
    r"(?P<cell>[ \t]*\|[ \t]*)|(?P<gap>[\s\u00a0\u00ad\u200b-\u200d\u2060\ufeff*#]+)"
    r"|(?P<loose>.[\u0300-\u036f]+)"
    r"|(?P<alike>[\u00d0\u00f0\u2010-\u2014\u2212\uff01-\uff5e])",
    re.DOTALL,
)
_ALIKE = {"\u00d0": "Đ", "\u00f0": "đ"} | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
# What begins a line that cannot go on with the sentence above: headings, numbered units, căn cứ.
_NEW_LINE = re.compile(
    r"\s*(?:[-–—•+|]\s|\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]\s|[IVXLC]{1,6}[.)]\s|[A-Za-zĐđ]\)"
    r"|(?i:điều)\s+\d{1,3}[a-zđ]?(?:[.:](?!\d)|\s*$)"
    r"|(?:Chương|Phần|Căn cứ|Ngày|Nơi nhận|Số:|CHƯƠNG|PHẦN|MỤC|PHỤ LỤC|QUY|QUYẾT|NGHỊ)(?!\w))"
)
# A line that ends so goes on below: "…quy định tại" / "Điều 9".
_OPEN_END = re.compile(
    r"(?:,|\b(?:tại|theo|của|và|với|số|ngày|các|khoản \S{1,4}|điểm \S{1,5}))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clean:
    """`text` in NFC with single spaces, no bold marks, tone marks in the classic place.

    A `BREAK` stands where a sentence cannot go on: empty lines, table cells, lines that begin a
    heading or a numbered unit; `cells` are the breaks between two cells of a row. `span` leads
    back to the given text.

    >>> clean = Clean.of("theo **Điều\u00a05**  Quy\\nchế này")
    >>> clean.text, clean.span(5, 11)
    ('theo Điều 5 Quy chế này', (7, 13))
    """

    text: str
    _starts: array[int]
    _ends: array[int]
    cells: frozenset[int] = frozenset()

    @classmethod
    def of(cls, text: str) -> Clean:
        """The clean form of any text."""
        building = _Building(text)
        at = 0
        for piece in _PIECE.finditer(text):
            building.copy(at, piece.start())
            building.put(piece)
            at = piece.end()
        building.copy(at, len(text))
        joined = "".join(building.parts)
        toned = classic(joined)
        same_length = len(toned) == len(joined)
        cells = frozenset(building.cells)
        return cls(toned if same_length else joined, building.starts, building.ends, cells)

    def span(self, start: int, end: int) -> Span:
        """Where `self.text[start:end]` stands in the given text; it must not be empty."""
        return self._starts[start], self._ends[end - 1]

    def at(self, offset: int) -> int:
        """Where `self.text` goes on from `offset` of the given text: the way back of `span`.

        >>> clean = Clean.of("theo **Điều\u00a05**  Quy\\nchế này")
        >>> clean.at(7), clean.at(13)
        (5, 11)
        """
        return bisect_left(self._starts, offset)


class _Building:
    def __init__(self, text: str) -> None:
        self.raw = text
        self.parts: list[str] = []
        self.cells: list[int] = []
        self.starts, self.ends = array("l"), array("l")

    def copy(self, start: int, end: int) -> None:
        """Take raw characters as they are."""
        if start < end:
            self.parts.append(self.raw[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))

    def put(self, piece: re.Match[str]) -> None:
        """Take a gap, an accented cluster or a look-alike in its plain form."""
        start, end = piece.span()
        if piece["cell"]:
            if not self._is_ruled(start, end):
                self.copy(start, end)
                return
            text = BREAK
            if not self.parts or self.parts[-1][-1] == BREAK:
                return
            self.cells.append(len(self.starts))
        elif piece["gap"]:
            text = self._gap(piece["gap"], end)
            if self.cells and self.cells[-1] == len(self.starts) - 1 and "\n" in piece["gap"]:
                self.cells.pop()  # the last bar of a row ends it
            if not text or (text == " " and self.parts and self.parts[-1][-1] in " \n"):
                return
            if text == BREAK and not any(end in piece["gap"] for end in "\n\r\u2028\u2029"):
                self.cells.append(len(self.starts))
        elif piece["loose"]:
            text = nfc(piece["loose"])
        else:
            text = _ALIKE.get(piece["alike"]) or unicodedata.normalize("NFKC", piece["alike"])
        self.parts.append(text)
        self.starts.extend(min(start + at, end - 1) if at else start for at in range(len(text)))
        self.ends.extend([end] * len(text))

    def _gap(self, gap: str, end: int) -> str:
        """What a run of white space and marks becomes: nothing, a space or a break."""
        if not self.parts or not any(c.isspace() or c == "\u200b" for c in gap):
            return ""
        lines = gap.count("\n") + gap.count("\u2028") + gap.count("\u2029")
        lines += gap.count("\r") if not lines else 0
        if "\t" in gap or lines > 1 or (lines and "#" in gap):
            return BREAK
        if not lines:
            return " "
        if self._is_row(end - len(gap), end):
            return BREAK
        if _OPEN_END.search(nfc("".join(self.parts[-3:])[-24:])):
            return " "
        return BREAK if _NEW_LINE.match(nfc(self.raw[end : end + 40])) else " "

    def _is_row(self, start: int, end: int) -> bool:
        """Whether the line before or after a line break is a row of a table, its cells tabbed."""
        before = self.raw[self.raw.rfind("\n", 0, start) + 1 : start]
        after = self.raw.find("\n", end)
        return "\t" in before or "\t" in self.raw[end : after if after >= 0 else len(self.raw)]

    def _is_ruled(self, start: int, end: int) -> bool:
        """Whether a bar stands between the cells of a markdown row, which has two at least."""
        low, high = self.raw.rfind("\n", 0, start) + 1, self.raw.find("\n", end)
        return self.raw.count("|", low, high if high >= 0 else len(self.raw)) > 1
