"""What stands between quotation marks: nested, unclosed and mistyped ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from drafting.read.source import Span

# A straight mark opens before a word and closes after one: 5" of a screen is neither.
_STRAIGHT = re.compile(
    r"(?<!\w)\"(?=\S)(?P<a>[^\"]{2,}?)(?<=\S)\"(?!\w)"
    r"|(?<!\w)‘(?=\S)(?P<b>[^‘’]{2,}?)’(?!\w)"
    r"|(?<!\w)'(?=\S)(?P<c>(?:[^'\n]|\n(?!\s*\n)){2,}?)(?<=\S)'(?!\w)"
)
_CURLY = re.compile("[“”„«»]")
_OPEN_STRAIGHT = re.compile(r"(?<![\w\"])\"(?=\w)")
_SENTENCE = re.compile(r"\.(?=\s|$)|\n|$")
_MOST_NESTED = 3


class Quoted(NamedTuple):
    """Words said to stand in what a citation names; `sure` unless they may be said about it.

    `loose` words only stand near a citation: they quote it where they are like it, by the share
    `least`. `bare` words stand between no marks, so the text's own may begin and end them; `retold`
    ones are told in its own words: what differs is no slip of the pen.
    """

    text: str
    span: Span
    sure: bool = True
    loose: bool = False
    least: float = 0.5
    bare: bool = False
    retold: bool = False


def marked(text: str) -> list[Quoted]:
    """Everything between quotation marks, in order, the outer of nested marks first.

    A mark that nothing closes holds the sentence it begins.

    >>> [one.text for one in marked("nêu “gửi hồ sơ” và 'trình'")]
    ['gửi hồ sơ', 'trình']
    >>> [one.text for one in marked("ghi “gửi “hồ sơ” đến Sở”, rồi “trình ký. Hết")]
    ['gửi “hồ sơ” đến Sở', 'hồ sơ', 'trình ký']
    """
    found = dict.fromkeys(_curly(text), True)
    closed = [span for span, _ in found]
    for one in _STRAIGHT.finditer(text):
        if (name := one.lastgroup) is not None:
            found[one.span(name), True] = True
            closed.append(one.span(name))
    for mark in _OPEN_STRAIGHT.finditer(text):
        if not any(low - 1 <= mark.start() <= high for low, high in closed):
            found[_sentence(text, mark.end()), False] = True
    order = sorted(found, key=lambda one: (one[0][0], -one[0][1]))
    return [Quoted(text[low:high], (low, high), sure) for (low, high), sure in order if low < high]


def _curly(text: str) -> Iterator[tuple[Span, bool]]:
    """Where words between curly marks run, and whether the mark that opens them is closed."""
    opened: list[int] = []
    for mark in _CURLY.finditer(text):
        at, end = mark.span()
        before, after = text[at - 1 : at] if at else " ", text[end : end + 1]
        word = after.isalnum()
        opens = mark[0] in "“„«" or (mark[0] == "”" and not before.strip() and word)
        if mark[0] == "“" and opened and before.strip() and not word and after not in "“…[(":
            opens = False  # „…“ and “…“
        if opens:
            opened.append(end)
        elif opened:
            low = opened.pop()
            if len(opened) < _MOST_NESTED and at - low > 1:
                yield (low, at), True
    for low in opened:
        yield _sentence(text, low), False


def _sentence(text: str, low: int) -> Span:
    end = _SENTENCE.search(text, low)
    return low, end.start() if end else len(text)
