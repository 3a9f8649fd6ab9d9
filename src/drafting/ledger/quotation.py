"""Quoted law: which words of a text quote which citation, and what came of comparing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafting.citations import Citation
from drafting.ledger.marks import Quoted
from drafting.ledger.retold import unmarked
from drafting.ledger.words import count_words
from drafting.read.source import Span
from drafting.text import plain

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
_STOP = re.compile(r"[.;](?=\s)")
_BLANK = re.compile(r"\n\s*\n")
_REACH = 300
# A quotation this unlike the provision beside it is no slip of the pen; one of another sentence
# quotes it only where it is nearly the same.
ALIKE = 0.5
_LIKE = 0.8
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


def quoted_beside(
    text: str, citations: Sequence[Citation], quotes: Sequence[Quoted]
) -> dict[int, list[Quoted]]:
    """For each citation, by its place in `citations`, the words that quote it.

    >>> from drafting.citations import find
    >>> from drafting.ledger.marks import marked
    >>> line = "khoản 2 Điều 15 Quy chế số 19-QC/TU quy định: “Nội dung Tờ trình”."
    >>> [one.text for one in quoted_beside(line, find(line), marked(line))[0]]
    ['Nội dung Tờ trình']
    """
    names = list(_names(citations))
    found: dict[int, list[Quoted]] = {}
    taken: list[Span] = []
    before: tuple[int, int] | None = None  # the citation and the end of its last quotation
    for one in quotes:
        if any(low <= one.span[0] and one.span[1] <= high for low, high in names):
            continue
        if any(low <= one.span[0] and one.span[1] <= high for low, high in taken):
            continue
        at, sure = _of(text, citations, one, before)
        before = (at, one.span[1]) if at >= 0 else None
        if at >= 0:
            found.setdefault(at, []).append(one._replace(sure=sure and one.sure))
            taken.append(one.span)
            continue
        for near, least in _near(text, citations, one):
            loose = one._replace(sure=False, loose=True, least=least)
            found.setdefault(near, []).append(loose)
    for at, said in unmarked(text, citations):
        if not said.loose or at not in found:
            found[at] = [*(one for one in found.get(at, []) if one.loose), said]
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
    count = _LEAST if "…" in one.text else count_words(one.text)
    left = max((n for n, c in enumerate(citations) if c.span[1] <= start), default=-1)
    if left >= 0 and count >= _LEAST:
        if before and before[0] == left and _MORE.fullmatch(text, before[1] + 1, start):
            return left, True
        joint = text[citations[left].span[1] : start]
        # Right after a whole document stands its title: “Chỉ thị số 38-CT/TW “về …””.
        at_once = bool(citations[left].provisions) and not joint.strip()
        said = len(joint) <= _REACH and not _BLANK.search(joint) and _SAYS.fullmatch(joint)
        if at_once or said:
            return left, True
    right = next((n for n, c in enumerate(citations) if c.span[0] >= end), -1)
    if right >= 0 and count >= _LEAST_BEFORE:
        for joint_form, sure in ((_IN_BRACKETS, True), (_AFTER, False)):
            if joint_form.fullmatch(text, end, citations[right].span[0]):
                return right, sure
    return -1, False


def _near(text: str, citations: Sequence[Citation], one: Quoted) -> Iterator[tuple[int, float]]:
    """The provisions cited in the sentence of a quotation or the one beside it, and how like it
    must be: nobody says that it quotes them, yet “Theo khoản 5 Điều 14 …, gửi “ít nhất …”” does."""
    if count_words(one.text) < _LEAST_BEFORE:
        return
    start, end = one.span[0] - 1, one.span[1] + 1
    left = max((n for n, c in enumerate(citations) if c.span[1] <= start), default=-1)
    right = next((n for n, c in enumerate(citations) if c.span[0] >= end), -1)
    for at, joint in (
        (left, text[citations[left].span[1] : start] if left >= 0 else ""),
        (right, text[end : citations[right].span[0]] if right >= 0 else ""),
    ):
        if at < 0 or not citations[at].provisions or _BLANK.search(joint):
            continue
        stops = len(_STOP.findall(joint))
        if at == left and not stops and len(joint) <= _REACH:
            yield at, ALIKE
        elif (stops <= 1 and len(joint) <= _REACH) or len(joint) <= _REACH // 2:
            yield at, _LIKE
