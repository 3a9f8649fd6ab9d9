"""Who speaks: whether the words of a text of the library may change another document's validity."""

from __future__ import annotations

import re

from drafting.designation import Designation
from drafting.library import Stored
from drafting.records import Record
from drafting.structure import Document
from drafting.text import nfc

# Tên loại that plan, report or ask: what they would do is not done by them.
NOT_NORMATIVE = {
    "Báo cáo", "Kế hoạch", "Tờ trình", "Công văn", "Đề án", "Chương trình", "Thông báo",
    "Giấy mời", "Phương án", "Dự án", "Biên bản",
}  # fmt: skip
_ONLY_TELLS = {"report", "plan"}
# What library/sync.py notes for a file that corpus.toml does not name.
_UNDECLARED = "đọc từ tệp"
_DRAFT = re.compile(r"^\W*dự thảo\b", re.IGNORECASE | re.MULTILINE)
_HEAD = 1500
# Symbols by level: Quốc hội, Chính phủ, Thủ tướng, a ministry, a province; below them the others.
_LEVELS = (
    r"^(?:QH|UBTVQH)\d|-UBTVQH", r"-CP$", r"-TTg$", r"^TT(?:LT)?-", r"-(?:HĐND|UBND|UB|CTUBND)\b",
)  # fmt: skip


def kind_of(record: Record, document: Document) -> str:
    """The tên loại, declared or printed."""
    return record.kind or document.kind.capitalize()


def is_undeclared(record: Record) -> bool:
    """Whether nobody declared this file in corpus.toml."""
    return record.source == _UNDECLARED and not record.verified


def is_binding(stored: Stored) -> bool:
    """Whether what a text says of validity holds: a report, a plan, a draft, and a text nobody
    declared only tell it."""
    record = stored.record
    if is_undeclared(record) or record.role in _ONLY_TELLS:
        return False
    if kind_of(record, stored.document) in NOT_NORMATIVE:
        return False
    return not _DRAFT.search(nfc(stored.document.source.text[:_HEAD]))


def may_change(speaker: Record, target: Record | None) -> bool:
    """Whether a paper stands high enough to end or change another: a decision of a Sở ends no law.

    Luật Ban hành văn bản quy phạm pháp luật orders them so (chưa kiểm chứng which article); Party
    papers and papers whose level nobody can tell are not compared.
    """
    own, other = level_of(speaker), level_of(target) if target else None
    return own is None or other is None or own <= other


def level_of(record: Record) -> int | None:
    """1 for a law down to 6 for the papers of a Sở; None where it cannot be told.

    >>> [level_of(Record(number, kind, "", "")) for number, kind in (
    ...     ("72/2025/QH15", "Luật"), ("30/2020/NĐ-CP", "Nghị định"), ("60/QĐ-SNgV", "Quyết định"))]
    [1, 2, 6]
    """
    number = Designation.parse(record.designation)
    if number is None or number.party:
        return 1 if record.kind in {"Luật", "Bộ luật", "Pháp lệnh"} else None
    symbol = number.symbol
    for level, pattern in enumerate(_LEVELS, start=1):
        if re.search(pattern, symbol):
            return level
    return len(_LEVELS) + 1 if number.type_symbol else None
