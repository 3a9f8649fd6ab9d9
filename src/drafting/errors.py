"""What can go wrong, as a small tree of named errors.

    DraftingError          anything this program raises on purpose
    ├── BadInput           the caller gave something unusable: exit 2, one Vietnamese sentence
    │   └── UnreadableFile a file could not be read; the sentence names it
    └── OutputBusy         the output could not be written (open in Word, no room, no permission)

Inside the core nothing is raised for bad *text*: the result says what is missing. Errors are for
the borders: files, settings, command lines.
"""

from __future__ import annotations

from pathlib import Path


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
