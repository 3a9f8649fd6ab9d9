"""What a check says: one line an officer can act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error sends the draft back, a note is good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def vietnamese(self) -> str:
        """The word an officer sees; JSON keeps the English one.

        >>> Severity.WARNING.vietnamese
        'lưu ý'
        """
        return {"error": "lỗi", "warning": "lưu ý", "note": "ghi chú"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    `code` is stable (documented, searchable); `where` names the place for a person; `rule` is the
    clause it rests on, "" when it rests on none; `fix` says what to do.

    >>> Finding("ST01", Severity.NOTE, "dòng 375", "Thiếu chữ “Điều” trước số 19").line()
    'ST01 ghi chú dòng 375: Thiếu chữ “Điều” trước số 19'
    """

    code: str
    severity: Severity
    where: str
    message: str
    rule: str = ""
    fix: str = ""

    def line(self) -> str:
        """The finding as one line of text."""
        return f"{self.code} {self.severity.vietnamese} {self.where}: {self.message}"

    def as_json(self) -> dict[str, str]:
        """The finding in the JSON of DESIGN.md."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "where": self.where,
            "message": self.message,
            "rule": self.rule,
            "fix": self.fix,
        }
