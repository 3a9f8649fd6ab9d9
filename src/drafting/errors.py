"""What can go wrong, as a small tree of named errors.

    DraftingError          anything this program raises on purpose
    ├── BadInput           the caller gave something unusable: exit 2, one Vietnamese sentence
    │   └── UnreadableFile a file could not be read; the sentence names it
    └── OutputBusy         the output could not be written (open in Word, no room, no permission)

Inside the core nothing is raised for bad *text*: the result says what is missing. Errors are for
the borders: files, settings, command lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class DraftingError(Exception):
    """A sentence for the officer: what is wrong, where, what to do."""


class BadInput(DraftingError):
    """The caller's input cannot be used."""


class UnreadableFile(BadInput):
    """A file cannot be read.

    >>> print(UnreadableFile("thu-moi.xyz", "không phải văn bản", "Lưu lại dạng .docx hoặc .txt."))
    Không đọc được tệp thu-moi.xyz: không phải văn bản. Lưu lại dạng .docx hoặc .txt.
    """

    def __init__(self, path: str | Path, why: str, remedy: str) -> None:
        self.path, self.why, self.remedy = Path(path), why, remedy
        super().__init__(f"Không đọc được tệp {Path(path).name}: {why}. {remedy}")


class OutputBusy(DraftingError):
    """The output file cannot be replaced now."""


def line_of(problem: Exception) -> str:
    """“, dòng 3” for a complaint of tomllib, "" when it names no line.

    >>> line_of(ValueError("Invalid value (at line 2, column 5)"))
    ', dòng 2'
    """
    if "end of document" in str(problem):
        return ", cuối tệp"
    found = re.search(r"\bline (\d+)", str(problem))
    return f", dòng {found.group(1)}" if found else ""


def refusal(problem: Mapping[str, Any]) -> str:
    """What pydantic refused (one of its `errors()`) in Vietnamese: the place and the reason.

    >>> refusal({"type": "missing", "loc": ("slot", 2, "title")})
    'mục “slot.3.title”: thiếu giá trị'
    """
    # People count from 1.
    places = (str(part + 1) if isinstance(part, int) else str(part) for part in problem["loc"])
    match problem["type"]:
        case "extra_forbidden":
            reason = "không có mục tên này"
        case "missing":
            reason = "thiếu giá trị"
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
            reason = f"chỉ nhận {', '.join(allowed)}"
        case _:
            reason = "giá trị không đúng kiểu"
    return f"mục “{'.'.join(places)}”: {reason}"
