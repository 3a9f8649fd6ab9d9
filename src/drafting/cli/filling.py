"""The line a terminal shows while passages get their vectors: share done, time left."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafting.vectors import Filled

_WIDTH = 20


class Filling:
    """Call it with each `Filled`; silent unless `shown`."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self._begun: tuple[float, int] | None = None

    def __call__(self, filled: Filled) -> None:
        """Redraws the line."""
        now = time.monotonic()
        self._begun = self._begun or (now, filled.done)
        begun, before = self._begun
        if self.shown and not filled.complete:
            line = told(filled.done, filled.total, filled.done - before, now - begun)
            print(f"\r{line:<75}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Clears the line."""
        if self.shown and self._begun:
            print("\r" + " " * 75 + "\r", end="", file=sys.stderr, flush=True)


def told(done: int, total: int, made: int, seconds: float) -> str:
    """The line: `made` of `done` were made in `seconds`, the others earlier.

    >>> told(300, 1200, 100, 60)
    'Vectơ [█████···············] 300/1200 (25 %), còn khoảng 9 phút'
    >>> told(0, 1200, 0, 0)
    'Vectơ [····················] 0/1200 (0 %)'
    """
    full = done * _WIDTH // total if total else _WIDTH
    bar = "█" * full + "·" * (_WIDTH - full)
    line = f"Vectơ [{bar}] {done}/{total} ({100 * done // max(1, total)} %)"
    return f"{line}, còn {_span(seconds * (total - done) / made)}" if made else line


def _span(seconds: float) -> str:
    """A time to wait as people say it.

    >>> _span(20), _span(200), _span(9000)
    ('chưa đến 1 phút', 'khoảng 3 phút', 'khoảng 2 giờ 30 phút')
    """
    minutes = round(seconds / 60)
    if seconds < 60:
        return "chưa đến 1 phút"
    hours, rest = divmod(minutes, 60)
    return f"khoảng {hours} giờ {rest} phút" if hours else f"khoảng {minutes} phút"
