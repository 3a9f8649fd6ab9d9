"""Tên loại as they stand in running text, and the words that begin a subject after an issuer."""

from __future__ import annotations

import re

from drafting.designation import TYPE_OF_SYMBOL
from drafting.text import classic

LAW_KINDS = ("Bộ luật", "Luật", "Pháp lệnh")
TREATY_KINDS = ("Hiệp ước", "Hiệp định", "Công ước", "Nghị định thư")
# Papers an office writes without a number now and then; called by name and date.
NAMED_KINDS = (
    "Quy chế", "Kế hoạch", "Báo cáo", "Biên bản", "Bản ghi nhớ", "Bản thỏa thuận", "Thỏa thuận",
    "Thư mời", "Giấy mời", "Công hàm", "Công văn", "Tờ trình", "Đề án", "Thông báo", "Kết luận",
)  # fmt: skip
GENERIC = "Văn bản"
_OTHERS = ("Hiến pháp", "Điều lệ", "Nghị quyết liên tịch", "Thư công", "Phiếu trình", GENERIC)

KINDS: dict[str, str] = {
    name.lower(): name
    for name in (*TYPE_OF_SYMBOL.values(), *LAW_KINDS, *TREATY_KINDS, *NAMED_KINDS, *_OTHERS)
}


def _any_of(names: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


# Any case for numbered papers ("QUYẾT ĐỊNH SỐ 112/QĐ-UBND"); `_CAPITAL` where only a capital tells
# a paper from a common word ("quy định này" is any rule, "Quy định này" a document).
ANY_KIND = rf"(?<!\w)(?i:{_any_of(list(KINDS.values()))})(?!\w)"
CAPITAL_KIND = rf"(?<!\w)(?:{_any_of(list(KINDS.values()))})(?!\w)"

# Two syllables that begin a subject: “của Chính phủ quy định …”, “của Tỉnh ủy quản lý …”.
SUBJECT_VERBS = (
    "quy định", "ban hành", "hướng dẫn", "sửa đổi", "bổ sung", "phê duyệt", "thực hiện",
    "triển khai", "tổ chức", "quản lý", "thành lập", "kiện toàn", "công bố", "giao nhiệm",
    "giao chỉ", "thay thế", "bãi bỏ", "điều chỉnh", "phân cấp", "phân công", "cho phép",
    "tiếp tục", "tăng cường", "đề nghị", "chỉ đạo", "xử lý", "chấp thuận", "cử đoàn", "kèm theo",
    "đẩy mạnh", "xây dựng", "đánh giá", "tổng kết", "báo cáo", "thông báo", "quyết định", "sắp xếp",
    "mời đoàn", "mời tham", "mời dự", "mời thăm", "mời đại", "mời lãnh", "mời đồng", "mời cán",
)  # fmt: skip


def canonical(kind: str) -> str:
    """The usual spelling of a tên loại in any case.

    >>> canonical("QUYẾT ĐỊNH"), canonical("thông tư")
    ('Quyết định', 'Thông tư')
    """
    return KINDS.get(classic(kind).lower(), kind)
