"""What pip said → what a person should do."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DISK_NEEDED_GB = 3
TAIL = 8


class Stop(Exception):
    """A sentence for the person at the keyboard; the program ends with exit code 1."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something known to go wrong: the signs pip leaves, what happened, what to do."""

    signs: tuple[str, ...]
    what: str
    remedy: str
    is_network: bool = False


KNOWN = (
    Trouble(
        ("No space left", "Errno 28", "not enough space", "WinError 112"),
        "ổ đĩa đầy",
        f"Hãy giải phóng khoảng {DISK_NEEDED_GB} GB rồi chạy lại lệnh này.",
    ),
    Trouble(
        ("Long Path", "WinError 206"),
        "đường dẫn của thư mục này quá dài với Windows",
        "Hãy chuyển cả thư mục về chỗ ngắn, ví dụ D:\\drafting, rồi chạy lại.",
    ),
    Trouble(
        ("WinError 5]", "WinError 32]", "Permission denied", "Access is denied"),
        "có tệp đang bị chương trình khác giữ, hoặc thư mục này không cho ghi",
        "Hãy đóng các cửa sổ đang chạy chương trình rồi chạy lại; nếu vẫn lỗi, hãy chuyển cả thư"
        " mục sang chỗ được ghi (ví dụ Documents).",
    ),
    Trouble(
        ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
        "mạng ở đây chặn hoặc kiểm tra kết nối mã hoá tới kho gói Python",
        "Hãy nhờ bộ phận CNTT mở đường tới pypi.org, hoặc cài không cần mạng: chạy lệnh bundle trên"
        " một máy có mạng rồi chép thư mục sang.",
        is_network=True,
    ),
    Trouble(
        (
            "NewConnectionError",
            "NameResolutionError",
            "Temporary failure in name resolution",
            "getaddrinfo failed",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "timed out",
            "ProxyError",
            "Connection refused",
            "ConnectionResetError",
            "Network is unreachable",
            "IncompleteRead",
        ),
        "không tới được kho gói Python",
        "Hãy kiểm tra mạng rồi chạy lại lệnh này, phần đã cài không phải cài lại. Máy không có"
        " mạng: chạy lệnh bundle trên một máy có mạng rồi chép thư mục sang.",
        is_network=True,
    ),
    Trouble(
        ("No matching distribution",),
        f"có gói không có bản cho Python {sys.version_info[0]}.{sys.version_info[1]} trên máy này",
        "Hãy cài Python 3.11, 3.12 hoặc 3.13 (64-bit) từ python.org rồi chạy lại bằng bản đó.",
    ),
)
UNKNOWN = Trouble(
    (),
    "có lỗi chưa rõ",
    "Hãy chạy lại lệnh này; nếu vẫn lỗi, hãy gửi nguyên văn thông báo này cho người phụ trách.",
)


def diagnose(lines: Iterable[str]) -> Trouble:
    """The first known trouble whose sign stands in the lines, else `UNKNOWN`.

    >>> diagnose(["ERROR: Could not install packages: [Errno 28] No space left on device"]).what
    'ổ đĩa đầy'
    """
    text = "\n".join(lines)
    found = (trouble for trouble in KNOWN if any(sign in text for sign in trouble.signs))
    return next(found, UNKNOWN)


def explain(what: str, lines: list[str], log: Path | None = None) -> Stop:
    """What could not be done, why, what to do, and the last lines that were said."""
    trouble = diagnose(lines)
    shown = [line for line in lines if line.strip() and not line.startswith("WARNING")][-TAIL:]
    quoted = "".join(f"\n  | {line}" for line in shown)
    where = f" (đủ trong {log})" if log else ""
    return Stop(f"{what}: {trouble.what}.\n{trouble.remedy}\nCác dòng cuối{where}:{quoted}")
