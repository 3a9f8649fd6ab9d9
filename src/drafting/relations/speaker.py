"""Who speaks: whether the words of a text of the library may change another document's validity."""

from __future__ import annotations

import re

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
