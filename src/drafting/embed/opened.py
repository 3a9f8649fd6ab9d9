"""Opening model folders with sentence-transformers: offline, quietly, every failure a sentence."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from drafting.errors import BadInput


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Turns what can go wrong inside into one sentence; silences progress bars and advice."""
    try:
        import sentence_transformers  # noqa: F401 - is it there at all
        from safetensors import SafetensorError
        from transformers.utils import logging as told
    except ImportError:
        raise BadInput(
            "Máy này chưa cài sentence-transformers nên không mở được mô hình riêng. "
            "Cài bằng: pip install sentence-transformers."
        ) from None
    bars: Any = told  # its functions carry no types
    advice = logging.getLogger("sentence_transformers")
    level, shown = advice.level, bars.is_progress_bar_enabled()
    advice.setLevel(logging.ERROR)
    bars.disable_progress_bar()
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError,
            AttributeError, SafetensorError) as problem:  # fmt: skip
        raise BadInput(
            f"Không mở được mô hình trong {folder}: {_first_line(problem)}. "
            "Tải lại trọn thư mục mô hình."
        ) from None
    finally:
        advice.setLevel(level)
        if shown:
            bars.enable_progress_bar()


def _first_line(problem: Exception) -> str:
    told = str(problem).strip().splitlines() or [type(problem).__name__]
    return told[0].rstrip(".")
