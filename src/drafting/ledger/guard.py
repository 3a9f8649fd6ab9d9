"""`guarded`: a fault of ours at one place is noted and costs that place only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drafting import log

FAULT = "chương trình gặp lỗi khi đọc chỗ này: kiểm tra tay"
T = TypeVar("T")


def guarded(work: Callable[[], T], otherwise: T) -> T:
    """What `work` gives; `otherwise` where it fails, with the fault in the program's log.

    >>> guarded(lambda: 1 // 0, -1)
    -1
    """
    try:
        return work()
    except Exception as problem:  # noqa: BLE001  # one citation must not take the others with it
        log.note_fault(problem)
        return otherwise
