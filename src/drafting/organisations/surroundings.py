"""`Around`: the words around a name that tell what a sentence does with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.citations.clean import BREAK
from drafting.organisations.names import UPPER
from drafting.read.source import Span

_SENTENCE_END = re.compile(
    rf"(?<!TM)(?<!KT)(?<!TL)(?<!TP)(?<!Q)(?<![ \n]\d)(?<![ \n]\d\d)[.!?] (?=[“\"(]?[{UPPER}])"
)

_ITEM = re.compile(r"(?:[-–•+] ?|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)] ?|[a-zđ]\) ?|[IVX]{1,5}\. )")
_NUMBERED_HEADING = re.compile(r"(?:[IVX]{1,5}\.|Phần|PHẦN|Mục|MỤC) ?")
_RECIPIENTS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_ADDRESSEES = re.compile(r"(?:đồng )?kính (?:gửi|trình)\b", re.IGNORECASE)
_LONGEST_RECIPIENT = 110
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
    """A clean text in its lines, with the places where it names documents."""

    text: str
    cited: tuple[Span, ...]
    quotes: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, cited: Sequence[Span]) -> Page:
        """A page over a clean text."""
        quotes = tuple(match.span() for match in _QUOTED.finditer(text))
        return cls(text, tuple(cited), quotes)

    def around(self, start: int, end: int) -> Around:
        """What stands around `text[start:end]`."""
        first = self.text.rfind(BREAK, 0, start) + 1
        last = self.text.find(BREAK, end)
        last = len(self.text) if last < 0 else last
        ends = [m.end() for m in _SENTENCE_END.finditer(self.text, first, last)]
        opens = max([first, *(at for at in ends if at <= start)])
        closes = min([last, *(at for at in ends if at >= end)])
        above = self.text[:first].split(BREAK)[:-1]
        line = self.text[first:last]
        before, after = self.text[opens:start], self.text[end:closes]
        return Around(
            before=before,
            after=after,
            lead=_lead(line, above),
            heading=_heading(above),
            line=line,
            cited=any(
                a <= start < b or (b <= start and _ISSUED.fullmatch(self.text[b:start]))
                for a, b in self.cited
            ),
            quoted=any(a <= start and end <= b and b - a > end - start + 2 for a, b in self.quotes),
            block=_in_block(line, above),
            sentence=self._without_cited(opens, closes),
            clause=self._without_cited(
                start - len(before.rpartition(";")[2]), end + len(after.partition(";")[0])
            ),
        )

    def _without_cited(self, start: int, end: int) -> str:
        parts, at = [], start
        for a, b in sorted(self.cited):
            if b > at and a < end:
                parts.append(self.text[at : max(at, a)])
                at = max(at, b)
        return " ".join([*parts, self.text[at:end]])


def _lead(line: str, above: Sequence[str]) -> str:
    """The line ending with a colon that opens the list of `line`; "" when it stands in none."""
    if not _ITEM.match(line):
        return ""
    for other in reversed(above[-40:]):
        if other.rstrip().endswith(":"):
            return other
        if other.strip() and not _ITEM.match(other):
            return ""
    return ""


def _heading(above: Sequence[str]) -> str:
    return next((one for one in reversed(above) if _NUMBERED_HEADING.match(one)), "")


def _in_block(line: str, above: Sequence[str]) -> bool:
    """Whether the line stands under Kính gửi or Nơi nhận."""
    if _ADDRESSEES.match(line) or _RECIPIENTS.match(line):
        return True
    for other in reversed(above[-40:]):
        if _RECIPIENTS.match(other):
            return len(line) <= _LONGEST_RECIPIENT or bool(_ITEM.match(line))
        if _ADDRESSEES.match(other):
            return bool(_ITEM.match(line))
        if other.strip() and len(other) > _LONGEST_RECIPIENT:
            return False
    return False
