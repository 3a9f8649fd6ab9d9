"""`Skeleton`: a text with each citation as one sign, so that a sentence's grammar can be read."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from drafting.citations import Citation, find
from drafting.citations.clean import BREAK, Clean
from drafting.read.source import Span

# The signs: “Quyết định này”, another document, provisions of another, provisions of this one.
THIS, DOCUMENT, PART, OWN = "\ue000", "\ue001", "\ue002", "\ue003"
OTHER = f"[{DOCUMENT}{PART}]"
SIGNS = f"{THIS}{DOCUMENT}{PART}{OWN}"
_STOP = re.compile(rf"{BREAK}|(?<!\d)[.](?= |$)|(?<=[^. \n]\d)[.](?= |$)|\./\.")
_FOREIGN = re.compile(f"[{SIGNS}]")
_QUOTE = re.compile(r"[“”]")
# An opening quote that nothing closes within so many characters closes at the end of its line.
_QUOTED = 30_000
# What a line begins with before its first word: “Điều 4.”, “1.”, “a)”, “-”.
NUMBERING = re.compile(
    r"[\s\"“”(]*(?:(?:điều|chương|mục) [\divxlc]+[a-zđ]?[.:]? ?|\d{1,3}(?:\.\d{1,3})*[.)]? "
    r"|[a-zđ]\d?\) ?|[-–+•] ?)?[\s(]*"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a skeleton: its words, and where they stand in it."""

    text: str
    start: int


class Skeleton:
    """The skeleton of a text: lower case, single spaces, each citation one sign of `SIGNS`.

    >>> skeleton = Skeleton("Quyết định này  thay thế Quyết định số 20/2022/QĐ-UBND.")
    >>> [one.text.translate({0xE000: "T", 0xE001: "D"}) for one in skeleton.sentences]
    ['T thay thế D']
    """

    def __init__(self, text: str) -> None:
        self.clean = Clean.of(text)
        self.source = text
        self._citations: dict[int, Citation] = {}
        self._joints: list[tuple[int, int]] = []
        self.text = self._build(find(text))

    def _build(self, citations: tuple[Citation, ...]) -> str:
        parts: list[str] = []
        at = length = 0
        words = self.clean.text
        lowered = words.lower() if len(words.lower()) == len(words) else words
        lowered = _FOREIGN.sub("?", lowered)
        for citation in citations:
            start, end = (self.clean.at(offset) for offset in citation.span)
            if start < at:
                continue
            self._joints.append((length, at))
            parts.append(lowered[at:start])
            length += start - at
            self._citations[length] = citation
            self._joints.append((length, start))
            parts.append(_sign(citation))
            length, at = length + 1, end
        self._joints.append((length, at))
        parts.append(lowered[at:])
        return "".join(parts)

    def citation(self, at: int) -> Citation:
        """The citation whose sign stands at `at`."""
        return self._citations[at]

    def span(self, start: int, end: int) -> Span:
        """Where the words from `start` to `end` stand in the given text."""
        last = self._citations.get(end - 1)
        first = self.clean.span(self._back(start), self._back(start) + 1)[0]
        if last is not None:
            return first, last.span[1]
        return first, self.clean.span(self._back(end - 1), self._back(end - 1) + 1)[1]

    def _back(self, at: int) -> int:
        joint = self._joints[bisect_right(self._joints, at, key=lambda one: one[0]) - 1]
        return joint[1] + (at - joint[0])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; an abbreviation may cut one, never join two."""
        found = []
        at = 0
        for stop in _STOP.finditer(self.text):
            found.append(Sentence(self.text[at : stop.start()], at))
            at = stop.end()
        found.append(Sentence(self.text[at:], at))
        return tuple(one for one in found if one.text.strip())

    @cached_property
    def _quotes(self) -> tuple[Span, ...]:
        """Where words of another text are quoted: “…”, over lines too."""
        found: list[Span] = []
        opened = -1
        for mark in _QUOTE.finditer(self.text):
            if mark[0] == "“":
                if opened >= 0:
                    found.append((opened, self._line_end(opened)))
                opened = mark.start()
            elif opened >= 0:
                near = mark.start() - opened <= _QUOTED
                found.append((opened, mark.end() if near else self._line_end(opened)))
                opened = -1
        if opened >= 0:
            found.append((opened, self._line_end(opened)))
        return tuple(found)

    def _line_end(self, at: int) -> int:
        end = self.text.find(BREAK, at)
        return end if end >= 0 else len(self.text)

    def is_quoted(self, at: int) -> bool:
        """Whether the words at `at` are quoted from another text."""
        index = bisect_right(self._quotes, at, key=lambda quote: quote[0]) - 1
        return index >= 0 and at < self._quotes[index][1]


def _sign(citation: Citation) -> str:
    document = citation.document
    if document is None or (document.this and citation.provisions):
        return OWN
    if document.this:
        return THIS
    return PART if citation.provisions else DOCUMENT
