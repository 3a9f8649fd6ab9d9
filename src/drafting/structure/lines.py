"""The lines of a `SourceText` with what numbering stands at their start.

Numbering decides the level, never `#` or `**`: markup is dropped before a line is read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from drafting.read.source import SourceText, Span
from drafting.text import one_line

# Letters of points in the order of the Vietnamese alphabet (NĐ 30/2020, Phụ lục I, mục II.6.d).
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"

_HEADING_MARK = re.compile(r"^\s*#{1,6}\s+")
_ESCAPED_STAR = re.compile(r"\\\*")
_STARS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|\*{2,}")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_TABBED_LABEL = re.compile(r"^(\s*\S{0,9}\w[.):])\t+")
STAR = "∗"
_OPENING = '“"'
_QUOTE_END = re.compile(r"[”\"]\s*[.;,]?$")
_LONGEST_QUOTE = 150
# A file whose longest line is at most this many characters was broken into lines of fixed width.
_WRAPPED = 130


class MarkKind(StrEnum):
    """What a line's first characters number."""

    PART_WORD = "part word"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ARTICLE = "article"
    ROMAN = "roman"
    NUMBER = "number"
    DOTTED = "dotted"
    LETTER = "letter"
    DASH = "dash"
    STAR = "star"
    BASIS = "basis"
    RECIPIENTS = "recipients"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering found at the start of a line: its kind, its number as printed, what follows."""

    kind: MarkKind
    number: str
    rest: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line with content: its 1-based number, its span, and its text without markup."""

    number: int
    span: Span
    bare: str
    mark: Mark | None
    gap: bool
    """Whether an empty line (or the start of the file) stands before it."""
    full: bool = False
    """Whether it reaches the width at which its file breaks lines: the next one may go on."""

    @property
    def is_row(self) -> bool:
        """Whether the line is a table row (tab-separated cells)."""
        return "\t" in self.bare

    @property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals: a title or a signature, not a sentence."""
        return self.bare.isupper() and len(self.bare) > 2


_ROMAN = r"(?=[IVXLCivxlc])[IVXLC]+"
_MARKS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    (
        MarkKind.PART_WORD,
        re.compile(
            rf"^(?i:phần)\s+((?:(?i:thứ)\s+\w+)|{_ROMAN}|\d{{1,2}})(?:\s*[.:]\s*|\s+|$)(.*)$"
        ),
    ),
    (
        MarkKind.CHAPTER,
        re.compile(rf"^(?i:chương)\s+({_ROMAN}|\d{{1,3}})(?:\s*[.:]\s*|\s+|$)(.*)$"),
    ),
    (MarkKind.SUBSECTION, re.compile(r"^(?i:tiểu\s+mục)\s+(\d{1,2})(?:\s*[.:]\s*|\s+|$)(.*)$")),
    (MarkKind.SECTION, re.compile(rf"^(?i:mục)\s+(\d{{1,2}}|{_ROMAN})(?:\s*[.:]\s*|\s+|$)(.*)$")),
    # "Điều 5." "Điều 5:" "ĐIỀU 5" — never "Điều 2.3, Khoản 2" nor "Điều 4 Quy chế này".
    (
        MarkKind.ARTICLE,
        re.compile(r"^(?i:điều)\s+(\d{1,4}[a-zđ]?)\s*(?:[.:](?!\d)\s*|[-–]\s+|$)(.*)$"),
    ),
    (MarkKind.ROMAN, re.compile(rf"^({_ROMAN})\s*[.:](?!\w)\s*(\S.*)$")),
    (MarkKind.DOTTED, re.compile(r"^(\d{1,3}(?:\.\d{1,3}){1,3})(?:\.\s*|\s+|\)\s*)(?=\D)(.*)$")),
    # "5." and the inserted "5a."; never "20. 000.000 đồng".
    (MarkKind.NUMBER, re.compile(r"^(\d{1,3}[a-zđ]?)\s?\.(?!\d)\s*(?!\d{3}\b)(.*)$")),
    (MarkKind.LETTER, re.compile(rf"^([{POINT_LETTERS}])\s?\)\s*(.*)$")),
    (MarkKind.DASH, re.compile(r"^([-–—•])\s*(?=[^\s\-–—•])(.*)$")),
    (MarkKind.STAR, re.compile(rf"^([{STAR}*])\s+(\S.*)$")),
    (MarkKind.BASIS, re.compile(r"^((?i:căn\s+cứ))\s+(?=\S)(.*)$")),
    (MarkKind.RECIPIENTS, re.compile(r"^((?i:nơi\s+nhận))\s*(?::\s*(.*))?$")),
    (
        MarkKind.ANNEX,
        re.compile(rf"^((?:PHỤ LỤC|Phụ lục)(?:\s+(?:{_ROMAN}|\d{{1,2}}))?)\s*[.:]?\s*(.*)$"),
    ),
)
# A cross-reference that a line break put at the start of a line goes on with one of these.
_REFERENCE_TAIL = re.compile(
    r"^(?:chương|điều|khoản|điểm|phần|mục|của|và|hoặc|này|tại|luật|bộ\s+luật|nghị|quy\s+chế|quyết)\b",
    re.IGNORECASE,
)


def bare_text(raw: str) -> str:
    """`raw` as one line without markup, for reading its numbering: never for quoting.

    >>> bare_text("## **19. Về chế độ thông tin**"), bare_text("*- Về Ký kết*")
    ('19. Về chế độ thông tin', '- Về Ký kết')
    """
    # Ð (U+00D0, Icelandic) stands for Đ in many files.
    text = unicodedata.normalize("NFKC", raw.replace("\ufeff", "").replace("Ð", "Đ"))
    text = _HEADING_MARK.sub("", text)
    text = _TAGS.sub("", _ESCAPED_STAR.sub(STAR, text))
    text = _STARS.sub("", _HEADING_MARK.sub("", text.strip(" \r\n")))
    text = _TABBED_LABEL.sub(r"\1 ", text)
    if "\t" in text:
        return "\t".join(one_line(cell) for cell in text.split("\t"))
    return one_line(text)


def mark_of(bare: str) -> Mark | None:
    """The numbering at the start of a bare line, read without context; None for plain text.

    >>> mark_of("Điều 2.3, Khoản 2, Điều 9 Quy chế này") is None
    True
    >>> mark_of("ĐIỀU 1: Phạm vi").kind, mark_of("17.Về công tác").number
    (<MarkKind.ARTICLE: 'article'>, '17')
    """
    for kind, pattern in _MARKS:
        match = pattern.match(bare)
        if match is None:
            continue
        number, rest = match.group(1), (match.group(2) or "").strip()
        if _is_reference(kind, bare, rest):
            return None
        return Mark(kind, number, rest)
    return None


def _is_reference(kind: MarkKind, bare: str, rest: str) -> bool:
    if kind in {MarkKind.PART_WORD, MarkKind.CHAPTER, MarkKind.SECTION, MarkKind.SUBSECTION}:
        separated = re.match(r"^\S+(?:\s+(?i:mục|thứ))?\s+\w+\s*[.:]", bare) is not None
        return (
            bool(rest)
            and not separated
            and not rest.isupper()
            and (rest[0].islower() or bool(_REFERENCE_TAIL.match(rest)) or rest[0] in ",;)")
        )
    if kind is MarkKind.ARTICLE:
        return bool(rest) and (rest[0] in ",;)" or rest[0].islower())
    if kind is MarkKind.ANNEX:
        return not bare.isupper() and bool(rest)
    return False


def lines_of(source: SourceText) -> list[Line]:
    """Every line of `source` that holds text, in order."""
    lines: list[Line] = []
    gap = True
    for number in range(1, source.line_count + 1):
        start, end = source.line_span(number)
        raw = source.text[start:end]
        bare = bare_text(raw)
        if not bare.strip():
            gap = True
            continue
        left = start + len(raw) - len(raw.lstrip())
        right = start + len(raw.rstrip())
        lines.append(Line(number, (left, right), bare, mark_of(bare), gap))
        gap = False
    lines = _without_quoted_marks(lines)
    width = max((line.span[1] - line.span[0] for line in lines if not line.is_row), default=0)
    if width > _WRAPPED or len(lines) < 10:
        return lines
    return [
        replace(line, full=line.span[1] - line.span[0] + len(_first_word(after)) >= width)
        for line, after in zip(lines, [*lines[1:], None], strict=True)
    ]


def _without_quoted_marks(lines: list[Line]) -> list[Line]:
    """Numbering inside quotation marks belongs to the law that is quoted, not to this one.

    An amending article quotes whole articles: from the line that opens with “ to the one that
    closes with ”, when there is one within a few pages.
    """
    kept = list(lines)
    at = 0
    while at < len(kept):
        opens = kept[at].bare[0] in _OPENING and not _QUOTE_END.search(kept[at].bare)
        below = range(at + 1, min(len(kept), at + _LONGEST_QUOTE))
        end = next((n for n in below if _QUOTE_END.search(kept[n].bare)), at) if opens else at
        for n in range(at, end + 1 if end > at else at):
            kept[n] = replace(kept[n], mark=None)
        at = end + 1
    return kept


def _first_word(line: Line | None) -> str:
    return line.bare.split()[0] if line is not None else ""
