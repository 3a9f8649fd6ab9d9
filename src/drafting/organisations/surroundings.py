"""`Around`: the words around a name that tell what a sentence does with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from drafting.citations.clean import BREAK
from drafting.organisations.abroad import UPPER
from drafting.read.source import Span

_SENTENCE_END = re.compile(
    rf"(?<!TM)(?<!KT)(?<!TL)(?<!TP)(?<!Q)(?<![ \n]\d)(?<![ \n]\d\d)[.!?] (?=[“\"(]?[{UPPER}])"
)

_ITEM = re.compile(r"(?:[-–•+] ?|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)] ?|[a-zđ]\) ?|[IVX]{1,5}\. )")
_NUMBERED_HEADING = re.compile(r"(?:[IVX]{1,5}\.|Phần|PHẦN|Mục|MỤC) ?")
_RECIPIENTS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_ADDRESSEES = re.compile(r"(?:đồng )?kính (?:gửi|trình)\b", re.IGNORECASE)
_LONGEST_RECIPIENT = 110
# How much of a sentence, and how many lines above it, are looked at.
_WINDOW = 600
_ABOVE = 40
# What stands between a document's number and day and the one who issued it.
_ISSUED = re.compile(
    r",? (?:của|do)(?: (?:Ban Thường vụ|Ban Chấp hành|Chủ tịch|Bộ trưởng|Giám đốc))? "
)
_QUOTED = re.compile(r"“[^”\n]{1,2000}”|\"[^\"\n]{1,2000}\"|«[^»\n]{1,2000}»")


@dataclass(frozen=True, slots=True)
class Around:
    """A name in its sentence, cleaned: what stands before and after it there.

    `lead` is the line that opens the list the name stands in (“Đề nghị:”); `heading` the last
    heading of a part above it. `cited` and `quoted` say that the name is part of another
    document's number, issuer or subject, or of a quotation; `block` that it stands under Kính gửi
    or Nơi nhận; `line` is the whole line. `sentence` and `clause` leave out what names other
    documents: their dates are not its own.
    """

    before: str
    after: str
    lead: str
    heading: str
    line: str
    cited: bool
    quoted: bool
    block: bool
    sentence: str
    clause: str


@dataclass(frozen=True, slots=True)
class Page:
    """A clean text in its lines, with the places where it names documents and quotes.

    `cited` and `quotes` are in order and disjoint; `headings` tells for each line the number of
    the last heading above it, -1 for none.
    """

    text: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    headings: tuple[int, ...]
    cited: tuple[Span, ...]
    quotes: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, cited: Iterable[Span]) -> Page:
        """A page over a clean text."""
        lines = text.split(BREAK)
        starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
        numbers = (n if _NUMBERED_HEADING.match(line) else -1 for n, line in enumerate(lines))
        headings = [-1, *accumulate(numbers, max)][: len(lines)]
        quotes = tuple(match.span() for match in _QUOTED.finditer(text))
        return cls(text, tuple(lines), tuple(starts), tuple(headings), _merged(cited), quotes)

    def around(self, start: int, end: int) -> Around:
        """What stands around `text[start:end]`, at most some hundred letters to each side."""
        number = bisect_right(self.starts, start) - 1
        first = max(self.starts[number], start - _WINDOW)
        last = self.text.find(BREAK, end, end + _WINDOW)
        last = min(len(self.text), end + _WINDOW) if last < 0 else last
        ends = [m.end() for m in _SENTENCE_END.finditer(self.text, first, last)]
        opens = max([first, *(at for at in ends if at <= start)])
        closes = min([last, *(at for at in ends if at >= end)])
        line, above = self.lines[number], self.lines[max(0, number - _ABOVE) : number]
        before, after = self.text[opens:start], self.text[end:closes]
        heading = self.headings[number]
        return Around(
            before=before,
            after=after,
            lead=_lead(line, above),
            heading=self.lines[heading] if heading >= 0 else "",
            line=line,
            cited=self._is_cited(start),
            quoted=self._is_quoted(start, end),
            block=_in_block(line, above),
            sentence=self._without_cited(opens, closes),
            clause=self._without_cited(
                start - len(before.rpartition(";")[2]), end + len(after.partition(";")[0])
            ),
        )

    def _is_cited(self, start: int) -> bool:
        """Whether the name stands in a citation, or right after it as its issuer."""
        at = bisect_right(self.cited, (start, len(self.text))) - 1
        if at < 0:
            return False
        end = self.cited[at][1]
        return start < end or _ISSUED.fullmatch(self.text, end, start) is not None

    def _is_quoted(self, start: int, end: int) -> bool:
        """Whether the name is part of a quotation that says more than the name."""
        at = bisect_right(self.quotes, (start, len(self.text))) - 1
        if at < 0:
            return False
        opens, closes = self.quotes[at]
        return end <= closes and closes - opens > end - start + 2

    def _without_cited(self, start: int, end: int) -> str:
        parts, at = [], start
        first = max(0, bisect_right(self.cited, (start, len(self.text))) - 1)
        for a, b in self.cited[first:]:
            if a >= end:
                break
            if b > at:
                parts.append(self.text[at : max(at, a)])
                at = b
        return " ".join([*parts, self.text[at:end]])


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _lead(line: str, above: Sequence[str]) -> str:
    """The line ending with a colon that opens the list of `line`; "" when it stands in none."""
    if not _ITEM.match(line):
        return ""
    for other in reversed(above):
        if other.rstrip().endswith(":"):
            return other
        if other.strip() and not _ITEM.match(other):
            return ""
    return ""


def _in_block(line: str, above: Sequence[str]) -> bool:
    """Whether the line stands under Kính gửi or Nơi nhận."""
    if _ADDRESSEES.match(line) or _RECIPIENTS.match(line):
        return True
    for other in reversed(above):
        if _RECIPIENTS.match(other):
            return len(line) <= _LONGEST_RECIPIENT or bool(_ITEM.match(line))
        if _ADDRESSEES.match(other):
            return bool(_ITEM.match(line))
        if other.strip() and len(other) > _LONGEST_RECIPIENT:
            return False
    return False
