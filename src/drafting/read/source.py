"""`SourceText`: a file decoded and never rewritten, with offsets that map back to its lines."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from drafting.errors import UnreadableFile
from drafting.text import plain

Span: TypeAlias = tuple[int, int]

# Only these end a line of a file; str.splitlines also breaks at form feeds and U+2028.
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text exactly as its file decodes, and where it came from.

    `text` keeps everything: line ends, NBSP, NFD, markdown. Offsets are character offsets in it;
    lines count from 1. Only `display` joins and cleans, and only for showing.

    >>> source = SourceText("Điều 1.\\n\\n**Phạm vi**", "a.txt", "")
    >>> source.line_of(10), source.display([(0, 7), (9, 20)])
    (3, 'Điều 1. Phạm vi')
    """

    text: str
    name: str
    sha256: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        if starts[-1] < len(self.text) or len(starts) == 1:
            starts.append(len(self.text))
        object.__setattr__(self, "_starts", tuple(starts))

    @property
    def line_count(self) -> int:
        """How many lines the file has."""
        return len(self._starts) - 1

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds `offset`."""
        return max(1, min(bisect_right(self._starts, offset), self.line_count))

    def line_span(self, line: int) -> Span:
        """Start and end (line end included) of 1-based `line`."""
        return self._starts[line - 1], self._starts[line]

    def display(self, spans: Iterable[Span]) -> str:
        """The text at `spans`, joined by a space, white space collapsed and markup dropped."""
        return plain(" ".join(self.text[start:end] for start, end in spans))


def decode(data: bytes, path: str | Path) -> SourceText:
    """`data` as text: UTF-8 (with or without BOM), UTF-16 with BOM, else Windows-1258.

    The BOM is dropped; nothing else changes. Raises `UnreadableFile` for bytes that are no text.

    >>> decode("\ufeffĐiều 1".encode(), "a.txt").text
    'Điều 1'
    """
    path = Path(path)
    return SourceText(_decoded(data, path), path.name, hashlib.sha256(data).hexdigest())


def _decoded(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
        break
    raise UnreadableFile(
        path, "đây không phải tệp văn bản", "Mở bằng Word rồi lưu lại dạng .docx hoặc .txt (UTF-8)."
    )


def _is_text(text: str) -> bool:
    odd = sum(1 for c in text[:20_000] if ord(c) < 32 and c not in "\t\n\r\f\v")
    return odd * 50 <= min(len(text), 20_000)
