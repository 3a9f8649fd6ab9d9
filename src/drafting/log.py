"""The program's own log: what was done and how long it took, never what was asked or written."""

from __future__ import annotations

import logging
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

_NAME = "drafting"


def open_log(path: Path) -> None:
    """Write to `path` (three files of 500 kB at most); an unwritable folder is no fault."""
    logger = logging.getLogger(_NAME)
    for handler in logger.handlers:
        if getattr(handler, "baseFilename", "") == str(path.absolute()):
            return
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = False
    logger.setLevel(logging.INFO)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened: logging.Handler = RotatingFileHandler(
            path, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        opened = logging.NullHandler()
    opened.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(opened)


def note(event: str, **numbers: int | float | str) -> None:
    """One line: the event and its figures. Callers pass counts, ids and times, never text."""
    told = " ".join(f"{name}={value}" for name, value in numbers.items())
    logging.getLogger(_NAME).info("%s %s", event, told)


def ms_since(begun: float) -> int:
    """Milliseconds since `begun`, a reading of `time.perf_counter`."""
    return round((time.perf_counter() - begun) * 1000)


def note_fault(problem: BaseException) -> None:
    """The kind of a fault and where it happened: its message may hold an officer's words."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-6:]))
    logging.getLogger(_NAME).error("fault %s at %s", type(problem).__name__, where)
