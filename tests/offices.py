"""An office for a test: the real corpus and templates, a home of its own, a fixed day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from drafting.office import Office
from drafting.settings import Settings

REPO = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)


def settings_in(home: Path, corpus: Path | None = None, province: str = "") -> Settings:
    """Settings whose home is `home`; corpus and templates are the checkout's."""
    return Settings(
        home=home,
        corpus=corpus or REPO / "corpus",
        templates=REPO / "templates",
        examples=REPO / "examples",
        app=REPO / "app.py",
        province=province,
    )


@contextmanager
def an_office(home: Path, corpus: Path | None = None, province: str = "") -> Iterator[Office]:
    """An open office, closed at the end."""
    office = Office.open(settings_in(home, corpus, province), TODAY)
    try:
        yield office
    finally:
        office.close()
