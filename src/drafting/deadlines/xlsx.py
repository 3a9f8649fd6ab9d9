"""The calendar of duties as a workbook: one table to sort, filter and print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from drafting.deadlines.duties import NO_DAY, Entry
from drafting.deadlines.ics import clean

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_HEADINGS = (
    ("TT", 5), ("Chậm nhất", 13), ("An toàn", 13), ("Bao lâu một lần", 14), ("Việc", 45),
    ("Ai làm", 30), ("Gửi", 30), ("Điều khoản", 30), ("Nguyên văn", 45), ("Hiệu lực với tỉnh", 28),
    ("Lưu ý", 45),
)  # fmt: skip
_DAY_FORMAT = "dd/mm/yyyy"


def xlsx(entries: Sequence[Entry], year: int, today: date) -> bytes:
    """The workbook: a heading row that stays, a row a duty, dates as dates.

    Words are written as text whatever they begin with: no rule file can put a formula in a cell.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    stamp = datetime.combine(today, time())
    book.properties.creator, book.properties.created, book.properties.modified = (
        "drafting", stamp, stamp,
    )  # fmt: skip
    sheet = book.worksheets[0]
    sheet.title = f"Lịch việc {year}"
    for column, (heading, width) in enumerate(_HEADINGS, start=1):
        _put(sheet.cell(1, column), heading)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for row, entry in enumerate(entries, start=2):
        for column, value in enumerate(_row(row - 1, entry), start=1):
            cell = sheet.cell(row, column)
            _put(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(number: int, entry: Entry) -> tuple[str | int | date, ...]:
    duty, due = entry.duty, entry.due
    notes = [duty.note, *entry.ground.cautions, *((*due.remarks, *due.predictions) if due else ())]
    return (
        number,
        due.latest if due else NO_DAY,
        due.safe if due else NO_DAY,
        entry.often,
        duty.what,
        duty.who,
        duty.to,
        entry.ground.citation,
        duty.evidence.quote,
        entry.ground.force_said,
        "; ".join(filter(None, notes)),
    )


def _put(cell: Cell, value: str | int | date) -> None:
    """Text as text: “=…” would else be a formula, and Excel makes one of “+…”, “-…”, “@…” when the
    cell is edited; `quotePrefix` is the apostrophe an officer would type."""
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _DAY_FORMAT
