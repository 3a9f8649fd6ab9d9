"""Where a paragraph's words come from."""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """Who or what put a paragraph's words there."""

    OFFICER = "cán bộ nhập"
    FORM = "chữ của mẫu"
    PAST_REPORT = "báo cáo cũ"
    RULE = "quy tắc"
    OPEN = "còn để ngỏ"
