"""TOML files that people write: read, or refused with a sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from drafting.errors import BadInput, line_of


def read_toml(path: Path, called: str) -> dict[str, Any]:
    """The values of a TOML file; `called` is what messages call it (“tệp mẫu”).

    Raises `FileNotFoundError` when there is none: only the caller knows whether that is wrong.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise
    except OSError:
        raise BadInput(f"Không mở được {called} {path}. Xin quyền đọc tệp ấy.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        named = f"{called[:1].upper()}{called[1:]} {path.name}"
        raise BadInput(f"{named}{line_of(problem)}: sai cú pháp TOML. Sửa rồi chạy lại.") from None
