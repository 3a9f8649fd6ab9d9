"""Provisions by eId: reading one, building one from a citation, and what is there instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from drafting.citations.citation import THIS, Path
from drafting.structure import Document, Kind, Provision

_ABBREVIATION = {
    Kind.PART: "part", Kind.CHAPTER: "chp", Kind.SECTION: "sec", Kind.SUBSECTION: "subsec",
    Kind.ARTICLE: "art", Kind.CLAUSE: "cl", Kind.POINT: "point", Kind.ITEM: "item",
    Kind.HEADING: "hd", Kind.BASIS: "basis", Kind.SIGNATURE: "signature", Kind.ANNEX: "annex",
    Kind.FORM: "form", Kind.COLUMN: "col", Kind.GROUP: "group", Kind.NOTE: "note",
    Kind.PREAMBLE: "preamble", Kind.RECIPIENTS: "recipients",
}  # fmt: skip
_KIND = {short: kind for kind, short in _ABBREVIATION.items()}
_ATTACHED = re.compile(r"(?:att_\d+__)+")
_SPACES = re.compile(r"\s+")
_TWICE = re.compile(r"-\d+$")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# How a level is called in a sentence, and whether its number comes after a word in capitals.
LEVEL_WORDS = {
    Kind.PART: "mục", Kind.CHAPTER: "Chương", Kind.SECTION: "Mục", Kind.SUBSECTION: "Tiểu mục",
    Kind.ARTICLE: "Điều", Kind.CLAUSE: "khoản", Kind.POINT: "điểm", Kind.ITEM: "tiết",
    Kind.ANNEX: "Phụ lục", Kind.FORM: "Mẫu số", Kind.COLUMN: "cột", Kind.NOTE: "ghi chú",
    Kind.GROUP: "nhóm", Kind.HEADING: "tiêu đề", Kind.BASIS: "căn cứ thứ",
    Kind.SIGNATURE: "phần chữ ký", Kind.PREAMBLE: "phần mở đầu", Kind.RECIPIENTS: "Nơi nhận",
}  # fmt: skip


def read_eid(eid: str) -> Path:
    """The steps of an eId, outermost first, without the attachment it may stand in.

    >>> read_eid("att_1__art_5__cl_4__point_4.6")[1:]
    ((<Kind.CLAUSE: 'clause'>, '4'), (<Kind.POINT: 'point'>, '4.6'))
    """
    steps: list[tuple[Kind, str]] = []
    for part in _ATTACHED.sub("", eid, count=1).split("__"):
        short, _, number = part.partition("_")
        if short in _KIND:
            steps.append((_KIND[short], _TWICE.sub("", number)))
    return tuple(steps)


def attachment_of(eid: str) -> str:
    """The prefix of the attachment an eId stands in ("att_1__"), "" for the document itself."""
    match = _ATTACHED.match(eid)
    return match[0] if match else ""


def build_eid(path: Path, prefix: str = "") -> str:
    """The eId of a path. Chapters and sections above an article are no part of it.

    >>> build_eid(((Kind.CHAPTER, "II"), (Kind.ARTICLE, "5"), (Kind.CLAUSE, "2")))
    'art_5__cl_2'
    """
    inside = next((at for at, (kind, _) in enumerate(path) if kind is Kind.ARTICLE), 0)
    steps = (f"{_ABBREVIATION[kind]}_{_SPACES.sub('-', number)}" for kind, number in path[inside:])
    return prefix + "__".join(steps)


def absolute(path: Path, at: str) -> Path | None:
    """`path` with each “này” replaced by the unit of that level around `at`; None when none is.

    >>> absolute(((Kind.CLAUSE, THIS), (Kind.POINT, "7.1")), "art_14__cl_7__point_7.2")[0]
    (<Kind.ARTICLE: 'article'>, '14')
    """
    here = read_eid(at)
    result: Path = path
    for level, number in reversed(path):
        if number != THIS:
            continue
        depth = next((n for n, (kind, _) in enumerate(here) if kind is level), None)
        if depth is None:
            return None
        below = result[[kind for kind, _ in result].index(level) + 1 :]
        result = (*here[: depth + 1], *below)
    return result


def spell(path: Path) -> str:
    """A path in words, NĐ 30/2020 style: inner levels first, no commas.

    >>> spell(((Kind.ARTICLE, "24"), (Kind.CLAUSE, "1"), (Kind.POINT, "a")))
    'điểm a khoản 1 Điều 24'
    >>> spell(((Kind.PART, "I"), (Kind.CLAUSE, "1"), (Kind.POINT, "1.1")))
    'mục I.1.1'
    """
    if path and path[0][0] is Kind.PART:
        return _spell_report(path)
    inside = next((at for at, (kind, _) in enumerate(path) if kind is Kind.ARTICLE), 0)
    words = [_spell_step(kind, number) for kind, number in reversed(path[inside:])]
    return " ".join(word for word in words if word)


def _spell_step(kind: Kind, number: str) -> str:
    if kind is Kind.FORM and number.isdigit():
        number = f"{int(number):02d}"
    return f"{LEVEL_WORDS[kind]} {number}".strip()


def _spell_report(path: Path) -> str:
    """Parts, clauses and points of a report as one dotted number; dash lines by position."""
    numbers = dict(path)
    dotted = [numbers[Kind.PART]]
    if Kind.POINT in numbers:
        dotted.append(numbers[Kind.POINT])
    elif Kind.CLAUSE in numbers:
        dotted.append(numbers[Kind.CLAUSE])
    line = f"gạch đầu dòng thứ {numbers[Kind.ITEM]} " if Kind.ITEM in numbers else ""
    return f"{line}mục {'.'.join(dotted)}"


class Placed(NamedTuple):
    """Where a path leads in a document: the provision, or why there is none."""

    eid: str
    provision: Provision | None
    reason: str = ""
    note: str = ""
    several: bool = False


def place(document: Document, path: Path, prefix: str, title: str) -> Placed:
    """The provision of `document` that an absolute `path` names.

    A level left out (“điểm 2.3 Điều 9”) is found when only one unit fits. `reason` names what the
    document has instead: “Điều 15 Quy chế số 19-QC/TU chỉ có 4 khoản”.
    """
    for reading in _readings(document, path):
        eid = build_eid(reading, prefix)
        provision = document.get(eid)
        if provision is not None:
            wrong = _wrong_chapter(document, reading, eid)
            return Placed(eid, None if wrong else provision, wrong)
    skipped = _skipped(document, path, prefix)
    if len(skipped) == 1:
        return Placed(skipped[0].eid, skipped[0], note=f"tức {spell(read_eid(skipped[0].eid))}")
    eid = build_eid(path, prefix)
    if skipped:
        places = ", ".join(spell(read_eid(one.eid)) for one in skipped[:4])
        return Placed(eid, None, f"{spell(path)}: chưa rõ là {places}", several=True)
    meant = _readings(document, path)[-1]
    return Placed(build_eid(meant, prefix), None, _what_is_there(document, meant, prefix, title))


def _readings(document: Document, path: Path) -> list[Path]:
    """The path, and others it may mean: an annex without number, “mục 2 phần II” of a report."""
    readings = [path]
    if path[0][0] is Kind.ANNEX:
        annexes = [p.number for p in document.provisions if p.kind is Kind.ANNEX]
        number = str(roman(path[0][1])) if path[0][1] else (annexes[0] if len(annexes) == 1 else "")
        readings.append(((Kind.ANNEX, number), *path[1:]))
    if path[0][0] is Kind.FORM:
        annexes = [p.number for p in document.provisions if p.kind is Kind.ANNEX]
        readings += [((Kind.ANNEX, number), *path) for number in annexes[:1]]
    if len(path) > 1 and path[0][0] is Kind.PART and path[1][0] is Kind.SECTION:
        readings.append((path[0], (Kind.CLAUSE, path[1][1]), *path[2:]))
    return readings


def _wrong_chapter(document: Document, path: Path, eid: str) -> str:
    """Why a chapter named above an article is not the one it stands in, "" when all is well."""
    chapters = [number for kind, number in path if kind is Kind.CHAPTER]
    articles = [number for kind, number in path if kind is Kind.ARTICLE]
    above = [p.number for p in document.parents(eid) if p.kind is Kind.CHAPTER]
    if not (chapters and articles and above) or roman(chapters[0]) == roman(above[0]):
        return ""
    return f"Điều {articles[0]} nằm ở Chương {above[0]}, không phải Chương {chapters[0]}"


def _skipped(document: Document, path: Path, prefix: str) -> list[Provision]:
    """Units that fit the innermost step below the step before, levels between left out."""
    if len(path) < 2:
        return []
    kind, number = path[-1]
    branch = document.branch(build_eid(path[:-1], prefix))
    return [p for p in branch if p.kind is kind and p.number == number]


def _what_is_there(document: Document, path: Path, prefix: str, title: str) -> str:
    """What the document has where the path goes wrong, in a sentence."""
    eids = [build_eid(path[:depth], prefix) for depth in range(1, len(path) + 1)]
    depth = next((n for n, eid in enumerate(eids) if document.get(eid) is None), len(path) - 1)
    kind, number = path[depth]
    above = eids[depth - 1] if depth and build_eid(path[:depth]) else ""
    numbers = [p.number for p in _siblings(document, kind, above, prefix)]
    where, source = (spell(path[:depth]), f" ({title})") if above else (title, "")
    where, word = where[:1].upper() + where[1:], LEVEL_WORDS[kind].lower().removesuffix(" số")
    if not numbers:
        said = f"{where} không có {word} nào"
    elif numbers == [str(n + 1) for n in range(len(numbers))]:
        said = f"{where} chỉ có {len(numbers)} {word}"
    else:
        listed = ", ".join(numbers) if len(numbers) < 9 else f"{numbers[0]} … {numbers[-1]}"
        said = f"{where} chỉ có {word} {listed}"
    return f"{said}{source}{_perhaps(document, kind, above, number, prefix)}"


def _perhaps(document: Document, kind: Kind, above: str, number: str, prefix: str) -> str:
    """Another unit that a dotted number may mean: shown, never taken for the one cited."""
    head, _, tail = number.rpartition(".")
    if kind is Kind.ARTICLE and head:
        meant = document.get(f"{prefix}art_{head}__cl_{tail}")
    else:
        same = [p for p in document.branch(above) if head and p.number == number]
        meant = same[0] if same else None
    return f"; có {spell(read_eid(meant.eid))}" if meant else ""


def _siblings(document: Document, kind: Kind, above: str, prefix: str) -> list[Provision]:
    if above:
        return [p for p in document.children(above) if p.kind is kind]
    return [p for p in document.provisions if p.kind is kind and attachment_of(p.eid) == prefix]


class Places:
    """Which provision of a document the words at an offset of its file belong to.

    `at` gives the eId of the innermost one, "" for words that belong to none.
    """

    def __init__(self, document: Document) -> None:
        spans = [(start, end, p.eid) for p in document.provisions for start, end in p.spans]
        self._spans = sorted(spans)

    def at(self, offset: int) -> str:
        """The eId at `offset`."""
        index = bisect_right(self._spans, offset, key=lambda span: span[0]) - 1
        if index < 0 or offset >= self._spans[index][1]:
            return ""
        return self._spans[index][2]


def roman(numeral: str) -> int:
    """The value of a Roman or Arabic number; 0 for anything else.

    >>> roman("IV"), roman("12"), roman("")
    (4, 12, 0)
    """
    if numeral.isdigit():
        return int(numeral)
    values = [_ROMAN.get(c, 0) for c in numeral.upper()]
    if not values or not all(values):
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
