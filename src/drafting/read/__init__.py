"""Files → `SourceText`: the file decoded, untouched, with its lines.

`read(path)` picks the reader by the file's ending. A Word file also gives a `WordFile`
(`drafting.read.docx`), which keeps paragraphs and tables apart.
"""

from __future__ import annotations

from pathlib import Path

from drafting.errors import UnreadableFile
from drafting.read.source import SourceText, decode

__all__ = ["MAX_BYTES", "SourceText", "decode", "read", "read_bytes"]

MAX_BYTES = 50_000_000


def read(path: str | Path) -> SourceText:
    """The text of a .txt, .md or .docx file.

    Raises `UnreadableFile` with what to do when the file is missing, empty, too large, not text
    or of a kind not read yet.
    """
    path = Path(path)
    data = read_bytes(path)
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from drafting.read.docx import WordFile

        return WordFile.from_bytes(data, path).source()
    if suffix not in {".txt", ".md", ""}:
        raise UnreadableFile(
            path,
            f"chưa hỗ trợ định dạng “{suffix}”",
            "Mở bằng Word rồi lưu lại dạng .docx hoặc .txt (UTF-8).",
        )
    return decode(data, path)


def read_bytes(path: Path) -> bytes:
    """The bytes of `path`, or `UnreadableFile` with the reason in Vietnamese."""
    try:
        if path.is_dir():
            raise UnreadableFile(path, "đây là một thư mục", "Chỉ ra một tệp trong thư mục ấy.")
        if path.exists() and not path.is_file():
            raise UnreadableFile(path, "đây không phải tệp thường", "Chỉ ra một tệp văn bản.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                path,
                f"tệp quá lớn ({size / 1e6:.0f} MB, tối đa {MAX_BYTES / 1e6:.0f} MB)",
                "Tách tệp thành từng văn bản rồi thử lại.",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(path, "không có tệp này", "Kiểm tra lại đường dẫn.") from None
    except PermissionError:
        raise UnreadableFile(
            path, "không có quyền mở", "Đóng tệp ở chương trình khác hoặc xin quyền đọc."
        ) from None
    except OSError as problem:
        raise UnreadableFile(
            path, problem.strerror or "lỗi hệ thống", "Chép tệp sang máy rồi thử lại."
        ) from None
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(path, "tệp rỗng", "Kiểm tra lại tệp gốc.")
    return data
