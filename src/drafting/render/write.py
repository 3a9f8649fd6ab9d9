"""Puts a finished file in its place: whole or not at all, never over a file open in Word."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import secrets
import zipfile
from collections.abc import Callable
from pathlib import Path

from drafting.errors import BadInput, OutputBusy
from drafting.text import fold

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can carry
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)
_LONGEST_NAME = 80
_PROGRAMS = {".docx": "Word", ".xlsx": "Excel"}


def file_name(text: str) -> str:
    """`text` as the name of a Word file in plain ASCII, safe on Windows.

    >>> file_name("Tờ trình: đoàn ra / Quảng Tây"), file_name("CON"), file_name("")
    ('to-trinh-doan-ra-quang-tay.docx', 'van-ban-con.docx', 'van-ban.docx')
    """
    stem = re.sub(r"\.docx\s*$", "", fold(text))
    stem = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    if len(stem) > _LONGEST_NAME:
        stem = stem[: _LONGEST_NAME + 1].rpartition("-")[0] or stem[:_LONGEST_NAME]
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"van-ban-{stem}".strip("-")
    return f"{stem}.docx"


def packed(data: bytes) -> bytes:
    """The same zip with fixed dates: equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()


def put(out: Path, data: bytes, check: Callable[[Path], None]) -> None:
    """Write `data` beside `out`, let `check` read it back, then replace `out` in one step.

    Whatever fails, `out` is as it was and nothing is left lying about.
    """
    scratch = out.with_name(f".{out.stem[:40]}.{os.getpid()}-{secrets.token_hex(3)}.tmp")
    try:
        refuse_if_taken(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        check(scratch)
        scratch.replace(out)
    except PermissionError:
        is_there = os.access(out, os.F_OK)
        raise (_open_elsewhere(out) if is_there else _no_permission(out)) from None
    except OSError as problem:
        raise _cannot_write(out, problem) from None
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink()


def refuse_if_taken(out: Path) -> None:
    """A folder, or open: Word and LibreOffice leave a small file beside what they have open."""
    if out.is_dir():
        raise BadInput(f"“{out}” là một thư mục. Ghi thêm tên tệp vào sau.")
    if out.exists() and any(lock.exists() for lock in lock_files(out)):
        raise _open_elsewhere(out)


def lock_files(out: Path) -> list[Path]:
    """The lock files a word processor would make for `out`.

    Word puts "~$" before a short name and over the first letters of a long one.

    >>> [lock.name for lock in lock_files(Path("to-trinh.docx"))]
    ['~$to-trinh.docx', '~$-trinh.docx', '.~lock.to-trinh.docx#']
    """
    dropped = min(max(len(out.stem) - 6, 0), 2)
    names = [f"~${out.name}", f"~${out.name[dropped:]}", f".~lock.{out.name}#"]
    return [out.with_name(name) for name in dict.fromkeys(names)]


def _open_elsewhere(out: Path) -> OutputBusy:
    program = _PROGRAMS.get(out.suffix.lower(), "chương trình khác")
    return OutputBusy(f"Tệp {out.name} đang mở trong {program}. Đóng tệp rồi chạy lại.")


def _no_permission(out: Path) -> OutputBusy:
    return OutputBusy(
        f"Không có quyền ghi vào thư mục {out.parent}. Chọn thư mục khác rồi chạy lại."
    )


def _cannot_write(out: Path, problem: OSError) -> OutputBusy:
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return OutputBusy(f"Ổ đĩa hết chỗ, chưa ghi được tệp {out.name}. Dọn bớt rồi chạy lại.")
    if problem.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
        return OutputBusy(f"Tên tệp {out.name[:60]}… không hợp lệ hoặc quá dài. Đặt tên khác.")
    why = problem.strerror or "lỗi hệ thống"
    return OutputBusy(f"Chưa ghi được tệp {out.name} vào {out.parent} ({why}). Chọn thư mục khác.")
