"""Words without quotation marks that are said to be those of a provision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafting.citations import Citation
from drafting.ledger.marks import Quoted
from drafting.ledger.words import count_words

_LEAST = 2
_LEAST_LOOSE = 6
_LIKE = 0.8
_WORDS = r"(?P<a>[^\s“\"«‘'„][^\n]{0,2000}?)"
# “… quy định: Hồ sơ gồm …”, without marks: the sentence that follows.
_SAID = re.compile(
    r"[^.;:\n“\"«‘']{0,60}(?:quy định|nêu|ghi)(?: rõ| cụ thể| như sau){0,2}: ?"
    rf"{_WORDS}(?=\.(?:\s|$)|;|\n|$)"
)
# “P: Hồ sơ gồm …”, “P có nội dung:” and the words on a line of their own.
_BELOW = re.compile(rf"[^.;:\n“\"«‘'„]{{0,80}}:\s*(?:[-–+•*]\s*)?{_WORDS}(?=\.(?:\s|$)|;|\n|$)")
_RETOLD = re.compile(
    rf"\s*(?:\({_WORDS}(?=\)|\n|$)|,? (?:theo đó|trong đó|nguyên văn|cụ thể|rằng),? (?P<b>"
    r"[^\s“\"«‘'„][^\n]{0,2000}?)(?=\.(?:\s|$)|;|\n|$))"
)


def unmarked(text: str, citations: Sequence[Citation]) -> Iterator[tuple[int, Quoted]]:
    """For citations of provisions, by place, the words after them that may be theirs."""
    for at, one in enumerate(citations):
        if not one.provisions:
            continue
        following = citations[at + 1].span[0] if at + 1 < len(citations) else len(text)
        quoted = _after(text, one.span[1])
        if quoted and quoted.span[0] < following:
            high = min(quoted.span[1], following) if quoted.loose else quoted.span[1]
            low = quoted.span[0]
            if high <= following:
                yield at, quoted._replace(text=text[low:high], span=(low, high))


def _after(text: str, end: int) -> Quoted | None:
    found = _SAID.match(text, end)
    if found and count_words(found["a"]) > _LEAST:
        return Quoted(found["a"], found.span("a"), False)
    for form, retold in ((_BELOW, False), (_RETOLD, True)):
        found = form.match(text, end)
        name = found.lastgroup if found else None
        if found and name and count_words(found[name]) >= _LEAST_LOOSE:
            return Quoted(found[name], found.span(name), False, True, _LIKE, True, retold)
    return None
