"""Pass two: provisions in any shape, grouped into expressions such as “điểm a khoản 2 và điểm b
khoản 3 Điều 3”."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from drafting.citations.citation import THIS, CitedProvision, Path
from drafting.citations.clean import BREAK
from drafting.citations.kinds import CAPITAL_KIND
from drafting.citations.numbers import LABELS, read_numbers
from drafting.structure import Kind

_LABEL = re.compile(
    rf"(?<![\w])(?i:(?P<label>{'|'.join(sorted(LABELS, key=len, reverse=True))}))(?!\w)"
)
# A word that makes another word of the label: “quan điểm”, “tài khoản”, “danh mục”, “huy chương”.
_COMPOUND = {
    Kind.POINT: {"quan", "địa", "thời", "đặc", "trọng", "ưu", "nhược", "khuyết", "cao", "tâm",
                 "giao", "kết", "chấm", "tiêu", "thí", "luận", "xuất", "thang", "đạt", "cộng"},
    Kind.CLAUSE: {"tài", "một", "mỗi", "nhiều", "từng", "hai", "ba", "bốn", "bất", "điều"},
    Kind.ARTICLE: {"mấy", "nhiều", "một", "vài", "làm", "hai", "ba", "mười"},
    Kind.SECTION: {"danh", "hạng", "đề", "chuyên", "thư", "khoản"},
    Kind.PART: {"thành", "góp", "một", "cổ", "học", "bộ", "đa", "hai"},
    Kind.CHAPTER: {"huy", "huân", "niệm", "văn"},
    Kind.FORM: {"hình", "làm", "kiểu"},
    Kind.ITEM: {"thời", "chi", "khí", "tình"},
}  # fmt: skip
_RANK = {
    Kind.ITEM: 6, Kind.POINT: 5, Kind.CLAUSE: 4, Kind.ARTICLE: 3, Kind.SECTION: 2,
    Kind.CHAPTER: 1, Kind.PART: 0, Kind.FORM: 2, Kind.ANNEX: 1,
}  # fmt: skip
_OUTWARD = re.compile(r"(?:, | của | tại | thuộc | trong |,? quy định tại |,? nêu tại | )")
_BESIDE = re.compile(r"(?:, và |, | và | hoặc |; |, hoặc )")
_INWARD = re.compile(r" (?:\()?")
_HEADING = re.compile(rf"(?:[.:](?= [^\W\d])|\.?{BREAK})")
_TITLE = re.compile(rf"(?: ?[.:(–-]|{BREAK}| (?!{CAPITAL_KIND})[A-ZĐ]|$)")
_MAX_EACH = 60
_PLURALS = ("các ", "Các ", "những ")
_PREPOSITION = re.compile(
    r"(?:tại|theo|của|trong|thuộc|các|quy định|nêu|với|trừ|những|ở|và|hoặc|từ|cùng|áp dụng"
    r"|thực hiện|căn cứ|sửa đổi|bổ sung|bãi bỏ|xem|kèm theo)(?: các)? $",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Expression:
    """Provisions named in one breath, with their place in the clean text.

    `sure` says that the words can only be a citation; otherwise a document or a preposition beside
    them must make it one (“điểm a” alone is a list mark as often as not). `finer` are the dash
    lines named: inside an article they belong to its unit and cannot be found.
    """

    start: int
    end: int
    provisions: tuple[CitedProvision, ...]
    sure: bool
    finer: str = ""


class _Phrase(NamedTuple):
    """One level: “các khoản 1, 2”."""

    start: int
    end: int
    kind: Kind
    numbers: tuple[str, ...]
    label: str


@dataclass(slots=True)
class _Group:
    """Phrases from inner to outer that belong together: “điểm a”, “khoản 2”."""

    phrases: list[_Phrase] = field(default_factory=list)

    @property
    def outermost(self) -> int:
        return min(_RANK[phrase.kind] for phrase in self.phrases)


def provision_expressions(text: str) -> list[Expression]:
    """Every expression in clean `text`, in order; headings (“Điều 5. Phạm vi”) are none.

    >>> [e.provisions[1].path for e in provision_expressions("các khoản 1, 2 Điều 6 và điều kiện")]
    [((<Kind.ARTICLE: 'article'>, '6'), (<Kind.CLAUSE: 'clause'>, '2'))]
    """
    found: list[Expression] = []
    at = 0
    while (label := _LABEL.search(text, at)) is not None:
        first = _phrase(text, label)
        if first is None:
            at = label.end()
            continue
        groups = _groups(text, first)
        expression = _expression(text, groups)
        if expression is not None:
            found.append(expression)
        at = max(groups[-1].phrases[-1].end, label.end())
    return found


def _phrase(text: str, label: re.Match[str], *, labelled: bool = True) -> _Phrase | None:
    word = label["label"]
    kind = LABELS[word.lower()]
    words = text[max(0, label.start() - 12) : label.start()].lower().split()
    before = words[-1] if words and words[-2:-1] != ["thứ"] else ""
    if before in _COMPOUND.get(kind, ()) and (word[0].islower() or kind is not Kind.ARTICLE):
        return None
    numbers = read_numbers(text, label.end(), kind, word, labelled=labelled)
    if numbers.values:
        return _Phrase(label.start(), numbers.end, kind, numbers.values, word)
    if kind is Kind.ANNEX and word[0].isupper() and not word.isupper():
        return _Phrase(label.start(), label.end(), kind, ("",), word)
    return None


def _groups(text: str, first: _Phrase) -> list[_Group]:
    """`first` and all that goes on from it, outward to higher levels and sideways over “và”."""
    groups = [_Group([first])]
    for _ in range(64):
        last = groups[-1].phrases[-1]
        closed = last.kind is Kind.POINT and text.startswith(")", last.end)  # “điểm a) khoản 1”
        outward = _next_phrase(text, last.end + closed, _OUTWARD, labelled=False)
        if outward is not None and _RANK[outward.kind] < _rank(last, outward):
            plural = text.endswith(_PLURALS, 0, outward.start)
            one = outward if plural else outward._replace(numbers=outward.numbers[:1])
            groups[-1].phrases.append(one)
            if one.numbers != outward.numbers:
                groups.append(_Group([outward._replace(numbers=outward.numbers[1:])]))
            continue
        beside = _next_phrase(text, last.end, _BESIDE, labelled=True)
        if beside is None:
            # “Điều 15 khoản 2”: from outer to inner.
            beside = _next_phrase(text, last.end, _INWARD, labelled=True)
            if beside is None or _RANK[beside.kind] <= _RANK[last.kind]:
                break
        groups.append(_Group([beside]))
    return groups


def _next_phrase(text: str, end: int, joint: re.Pattern[str], *, labelled: bool) -> _Phrase | None:
    joined = joint.match(text, end)
    if joined is None:
        return None
    plural = next((p for p in _PLURALS if text.startswith(p, joined.end())), "")
    label = _LABEL.match(text, joined.end() + len(plural))
    return _phrase(text, label, labelled=labelled) if label else None


def _rank(phrase: _Phrase, outer: _Phrase) -> int:
    """The level of a phrase; “Điều 2.3” before a khoản stands where a điểm should."""
    if _is_slip(phrase, outer):
        return _RANK[Kind.POINT]
    return _RANK[phrase.kind]


def _is_slip(phrase: _Phrase, outer: _Phrase | None) -> bool:
    return (
        phrase.kind is Kind.ARTICLE
        and outer is not None
        and outer.kind in {Kind.CLAUSE, Kind.ARTICLE}
        and all("." in number for number in phrase.numbers)
    )


def _expression(text: str, groups: list[_Group]) -> Expression | None:
    first, last = groups[0].phrases[0], groups[-1].phrases[-1]
    if _is_heading(text, first, last):
        return None
    plural = next((p for p in _PLURALS if text.endswith(p, 0, first.start)), "")
    provisions: list[CitedProvision] = []
    finer = ""
    for at, group in enumerate(groups):
        if at + 1 < len(groups) and _goes_inward(text, groups, at + 1):
            continue
        phrases = [*group.phrases, *_above(text, groups, at)]
        if _is_dash_line(phrases):
            finer = finer or text[phrases[0].start : phrases[0].end]
            phrases = phrases[1:]
        provisions += _provisions(phrases)
    sure = _is_sure(text, first, groups)
    return Expression(
        first.start - len(plural), last.end, tuple(dict.fromkeys(provisions)), sure, finer
    )


def _above(text: str, groups: list[_Group], at: int) -> list[_Phrase]:
    """The levels over a group that others name: the next to do so, else those before it."""
    inner = groups[at].outermost
    after = next((one for one in groups[at + 1 :] if one.outermost < inner), None)
    if after is not None:
        return [one for one in after.phrases if _RANK[one.kind] < inner]
    if not at or (inner <= _RANK[Kind.ARTICLE] and not _goes_inward(text, groups, at)):
        return []
    outer = next((n for n in range(at - 1, -1, -1) if groups[n].outermost < inner), -1)
    if outer < 0:
        return []
    over = [*groups[outer].phrases, *_above(text, groups, outer)]
    return [one for one in over if _RANK[one.kind] < inner]


def _goes_inward(text: str, groups: list[_Group], at: int) -> bool:
    """Whether a group says more closely what the one before it means: “Điều 15, khoản 2”."""
    before, here = groups[at - 1], groups[at]
    joint = text[before.phrases[-1].end : here.phrases[0].start].strip()
    deepest = max(_RANK[phrase.kind] for phrase in before.phrases)
    names_its_own = any(one.outermost <= deepest for one in groups[at:])
    return joint in {"", ",", "("} and deepest < here.outermost and not names_its_own


def _is_dash_line(phrases: list[_Phrase]) -> bool:
    """Whether the innermost is a dash line of an article; those of reports have places."""
    dash = phrases[0].label.lower().startswith("gạch")
    return dash and any(phrase.kind in {Kind.ARTICLE, Kind.CLAUSE} for phrase in phrases[1:])


def _is_heading(text: str, first: _Phrase, last: _Phrase) -> bool:
    """Whether the words begin a line as the title of a unit: nothing is cited."""
    line_start = (
        first.start == 0
        or text[first.start - 1] == BREAK
        or text.endswith(f"{BREAK} ", 0, first.start)
    )
    if not line_start or first is not last or len(first.numbers) > 1:
        return False
    if first.kind in {Kind.ANNEX, Kind.FORM, Kind.CHAPTER, Kind.PART, Kind.SECTION}:
        return last.end < len(text) and bool(_TITLE.match(text, last.end))
    return bool(_HEADING.match(text, last.end))


def _is_sure(text: str, first: _Phrase, groups: list[_Group]) -> bool:
    """Whether the words cite by themselves, without a document or a preposition beside them."""
    phrases = [phrase for group in groups for phrase in group.phrases]
    led = _PREPOSITION.search(text, max(0, first.start - 24), first.start) is not None
    if len(groups[0].phrases) == 1 and first.numbers == (THIS,):
        return led and first.label[0].isupper()
    if any(phrase.kind is Kind.ARTICLE for phrase in phrases) or len(phrases) > 1:
        return True
    return led or (first.start == 0 and phrases[-1].end == len(text))


def _provisions(phrases: list[_Phrase]) -> list[CitedProvision]:
    """One provision for each number of each level: “khoản 2 các Điều 5, 6” names two."""
    inner, outer = phrases[0], sorted(phrases[1:], key=lambda phrase: _RANK[phrase.kind])
    slip = _is_slip(inner, phrases[1] if outer else None)
    kind = Kind.POINT if slip else inner.kind
    note = "ghi “{0} {1}”, đúng là điểm {1}"
    paths: list[Path] = [()]
    for phrase in outer:
        paths = [(*path, *_steps(phrase.kind, n)) for path in paths for n in phrase.numbers]
    return [
        CitedProvision(
            (*path, *_steps(kind, number)), note.format(inner.label, number) if slip else ""
        )
        for path in paths[:_MAX_EACH]
        for number in inner.numbers[:_MAX_EACH]
    ]


def _steps(kind: Kind, number: str) -> Path:
    """One number as steps: “mục V.1” of a report is part V, clause 1."""
    if kind not in {Kind.SECTION, Kind.PART} or not number[:1].isupper():
        return ((kind, number),)
    roman, *rest = number.split(".")
    steps: list[tuple[Kind, str]] = [(Kind.PART, roman)]
    if rest:
        steps.append((Kind.CLAUSE, rest[0]))
    if len(rest) > 1:
        steps.append((Kind.POINT, ".".join(rest)))
    return tuple(steps)
