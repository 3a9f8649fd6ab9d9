"""Quoted law: which words of a text quote which citation, and what came of comparing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from drafting.citations import Citation
from drafting.ledger.words import count_words
from drafting.read.source import Span
from drafting.text import plain

_MARKED = re.compile(
    r"“(?P<a>[^“”]{2,3000})”|«(?P<b>[^«»]{2,3000})»|‘(?P<c>[^‘’\n]{2,1500})’(?!\w)"
    r"|\"(?P<d>[^\"\n]{2,3000})\"|(?<!\w)'(?P<e>[^'\n]{2,1500})'(?!\w)"
)
_SAYING = r"quy định|nêu|ghi|yêu cầu|viết|khẳng định|xác định|nói|nhấn mạnh|như sau|rằng|cụ thể"
# Between a citation and the words it is said to hold; no sentence ends there.
_SAYS = re.compile(
    rf"(?:[^;.]|\.(?=\S))*?(?<!\w)(?:{_SAYING})(?!\w)(?:[^;.]|\.(?=\S))*|[^;.]{{0,40}}:\s*"
)
_MORE = re.compile(r"\s*(?:[,;]|và|[,;] và|hoặc|đồng thời)?(?: (?:quy định|nêu|ghi|rằng))?:? *")
_IN_BRACKETS = re.compile(r"\s*[.,;]?\s*\((?:trích |theo |tại |xem )*")
_AFTER = re.compile(
    r"\s*,? (?:(?:là|như|đã|được) )*(?:quy định |nêu |ghi |trích )?(?:theo|tại|trong|của)"
    r"(?: quy định)?(?: tại| của)? "
)
# “… quy định: Hồ sơ gồm …”, without marks: the sentence that follows.
_UNMARKED = re.compile(
    r"[^.;:\n“\"«‘']{0,60}(?:quy định|nêu|ghi)(?: rõ| cụ thể| như sau){0,2}: ?"
    r"(?P<a>[^\s“\"«‘'][^\n]{0,800}?)(?=\.(?:\s|$)|;|\n|$)"
)
_REACH = 160
_LEAST = 2
_LEAST_BEFORE = 5


class Result(StrEnum):
    """What came of comparing quoted words."""

    SAME = "đúng nguyên văn"
    DIFFERS = "khác nguyên văn"
    NOT_COMPARED = "chưa so được"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the text that quote a provision: where they stand and what came of comparing them.

    `here` and `there` show the first difference with a few words around it; `note` says why where
    nothing could be compared.
    """

    text: str
    span: Span
    result: Result
    here: str = ""
    there: str = ""
    note: str = ""

    @property
    def is_same(self) -> bool:
        """Whether it is word for word what stands there."""
        return self.result is Result.SAME

    @property
    def shown(self) -> str:
        """Its first words."""
        return shortened(self.text)

    def as_json(self) -> dict[str, object]:
        """The quotation in the JSON of `drafting cite`."""
        return {
            "text": self.text, "span": list(self.span), "result": str(self.result),
            "here": self.here, "there": self.there, "note": self.note,
        }  # fmt: skip


def shortened(text: str, most: int = 60) -> str:
    """A text on one line, cut where it is long.

    >>> shortened("Hồ sơ  gồm ba phần", 10)
    'Hồ sơ gồm…'
    """
    line = plain(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


class Quoted(NamedTuple):
    """Words said to stand in what a citation names; `sure` unless they may be said about it.

    `loose` words only stand in the sentence of a citation: they quote it where they are like it.
    """

    text: str
    span: Span
    sure: bool = True
    loose: bool = False


def marked(text: str) -> list[Quoted]:
    """Everything between quotation marks, in order.

    >>> [one.text for one in marked("nêu “gửi hồ sơ” và 'trình'")]
    ['gửi hồ sơ', 'trình']
    """
    return [
        Quoted(found[name], found.span(name))
        for found in _MARKED.finditer(text)
        if (name := found.lastgroup)
    ]


def quoted_beside(
    text: str, citations: Sequence[Citation], quotes: Sequence[Quoted]
) -> dict[int, list[Quoted]]:
    """For each citation, by its place in `citations`, the words that quote it.

    >>> from drafting.citations import find
    >>> line = "khoản 2 Điều 15 Quy chế số 19-QC/TU quy định: “Nội dung Tờ trình”."
    >>> [one.text for one in quoted_beside(line, find(line), marked(line))[0]]
    ['Nội dung Tờ trình']
    """
    names = list(_names(citations))
    found: dict[int, list[Quoted]] = {}
    before: tuple[int, int] | None = None  # the citation and the end of its last quotation
    for one in quotes:
        if any(low <= one.span[0] and one.span[1] <= high for low, high in names):
            continue
        at, sure = _of(text, citations, one, before)
        before = (at, one.span[1]) if at >= 0 else None
        loose = _in_sentence(text, citations, one) if at < 0 else -1
        if at >= 0:
            found.setdefault(at, []).append(one._replace(sure=sure))
        elif loose >= 0:
            found.setdefault(loose, []).append(one._replace(sure=False, loose=True))
    for at, said in _unmarked(text, citations):
        found.setdefault(at, [said])
    return found


def _names(citations: Sequence[Citation]) -> Iterator[Span]:
    """Where quotation marks belong to a name or a subject: “Đề án “Phát triển …””."""
    for one in citations:
        yield one.span
        cited = one.document
        if cited and cited.subject and (cited.about or one.basis):
            yield cited.subject.span


def _of(
    text: str, citations: Sequence[Citation], one: Quoted, before: tuple[int, int] | None
) -> tuple[int, bool]:
    """Which citation a quotation quotes, -1 for none, and whether that is sure."""
    start, end = one.span[0] - 1, one.span[1] + 1
    count = count_words(one.text)
    left = max((n for n, c in enumerate(citations) if c.span[1] <= start), default=-1)
    if left >= 0 and count >= _LEAST:
        if before and before[0] == left and _MORE.fullmatch(text, before[1] + 1, start):
            return left, True
        joint = text[citations[left].span[1] : start]
        # Right after a whole document stands its title: “Chỉ thị số 38-CT/TW “về …””.
        at_once = bool(citations[left].provisions) and not joint.strip()
        said = len(joint) <= _REACH and "\n\n" not in joint and _SAYS.fullmatch(joint)
        if at_once or said:
            return left, True
    right = next((n for n, c in enumerate(citations) if c.span[0] >= end), -1)
    if right >= 0 and count >= _LEAST_BEFORE:
        for joint_form, sure in ((_IN_BRACKETS, True), (_AFTER, False)):
            if joint_form.fullmatch(text, end, citations[right].span[0]):
                return right, sure
    return -1, False


def _in_sentence(text: str, citations: Sequence[Citation], one: Quoted) -> int:
    """The provision cited before a quotation in its own sentence, -1 for none: nobody says that it
    quotes it, yet “Theo khoản 5 Điều 14 …, gửi hồ sơ “ít nhất …”” does."""
    start = one.span[0] - 1
    left = max((n for n, c in enumerate(citations) if c.span[1] <= start), default=-1)
    if left < 0 or not citations[left].provisions or count_words(one.text) < _LEAST_BEFORE:
        return -1
    joint = text[citations[left].span[1] : start]
    return left if len(joint) <= _REACH and not re.search(r"[.;](?=\s)|\n\s*\n", joint) else -1


def _unmarked(text: str, citations: Sequence[Citation]) -> Iterator[tuple[int, Quoted]]:
    for at, one in enumerate(citations):
        found = _UNMARKED.match(text, one.span[1]) if one.provisions else None
        if found and count_words(found["a"]) > _LEAST:
            following = citations[at + 1].span[0] if at + 1 < len(citations) else len(text)
            if found.end("a") <= following:
                yield at, Quoted(found["a"], found.span("a"), False)
