"""Whether a text is a document already issued: checked for information, never told to be mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from drafting.citations.dates import read_date
from drafting.designation import PATTERN
from drafting.records import Record, vn_date
from drafting.text import nfc

# The number and the place-and-date line of a paper stand within its first lines.
_HEAD_LINES = 40
_NUMBER = re.compile(r"(?:Số|SỐ)\s*:?\s*(?P<number>\d.{3,40})")
_DAY = re.compile(
    r"(?:,|^)\s*ngày\s+(?P<day>\d{1,2}(?:\s+tháng\s+\d{1,2}\s+năm\s+|/\d{1,2}/)\d{4})\s*(?:$|\t|\|)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A document signed before the day asked: how it is called and its date."""

    name: str
    day: date

    def as_json(self) -> dict[str, str]:
        """The document in the JSON of `drafting cite`."""
        return {"name": self.name, "date": self.day.isoformat()}

    def sentence(self) -> str:
        """The line an officer sees.

        >>> Issued("103/BC-SNgV", date(2020, 10, 16)).sentence()
        'đã ban hành (103/BC-SNgV, ngày 16/10/2020): chỉ tham khảo'
        """
        return f"đã ban hành ({self.name}, ngày {vn_date(self.day)}): chỉ tham khảo"


def issued(text: str, record: Record | None, as_of: date) -> Issued | None:
    r"""The document a text is, when it was issued before `as_of`: from the library's record, else
    from a number and a date both filled in at its own head.

    >>> head = "UBND TỈNH\tCỘNG HÒA\nSố: 12/TTr-SNgV\tLạng Sơn, ngày 05 tháng 02 năm 2025"
    >>> issued(head, None, date(2026, 1, 1)).name
    '12/TTr-SNgV'
    >>> issued(head.replace("12/", "     /"), None, date(2026, 1, 1)) is None
    True
    """
    if record is not None:
        day = record.date
        found = Issued(record.title, day) if day else None
    else:
        found = _by_head(text)
    return found if found and found.day < as_of else None


def _by_head(text: str) -> Issued | None:
    head = printed_head(text)
    return Issued(head.number, head.day) if head.number and head.day else None


class Head(NamedTuple):
    """The number and the day that a paper prints at its own head; "" and None where blank."""

    number: str
    day: date | None


def printed_head(text: str) -> Head:
    r"""What the head of a paper says of its number and day.

    >>> printed_head("Số: 45/GM-UBND\nCao Bằng, ngày 15 tháng 7 năm 2026")
    Head(number='45/GM-UBND', day=datetime.date(2026, 7, 15))
    """
    lines = [line for line in nfc(text[:20_000]).splitlines() if line.strip()][:_HEAD_LINES]
    number = next(filter(None, map(_own_number, lines)), None)
    signed = PATTERN.match(number["number"]) if number else None
    dated = next((m for line in lines if (m := _DAY.search(line))), None)
    day = read_date(" ".join(dated["day"].lower().split())).whole if dated else None
    return Head(signed[0].strip() if signed else "", day)


def _own_number(line: str) -> re.Match[str] | None:
    """“Số: …” at the beginning of a line or of a cell, or after the agency above it in capitals."""
    found = _NUMBER.search(line)
    before = re.split(r"[\t|]", line[: found.start()])[-1] if found else ""
    return found if before == before.upper() else None
