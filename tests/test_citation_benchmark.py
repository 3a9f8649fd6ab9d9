"""The citation benchmark as a test: nothing mutated is called right, what is right is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.citation_mutations import made_strings
from benchmarks.citations import Outcome, corpus_library, figures, judged
from drafting.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library of the shipped corpus."""
    opened = corpus_library(Path(tmp_path_factory.mktemp("citations")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def outcomes(library: Library) -> list[Outcome]:
    """Every string of the benchmark, judged."""
    return judged(library, made_strings(library))


def test_nothing_mutated_is_ever_called_right(outcomes: list[Outcome]) -> None:
    wrong = [one.made.text for one in outcomes if not one.made.true and one.is_called_right]
    assert not wrong
    assert sum(not one.made.true for one in outcomes) >= 1_500


def test_what_is_right_is_found_right_however_it_is_written(outcomes: list[Outcome]) -> None:
    told = figures(outcomes)
    assert told["mutated called khớp"] == 0
    assert float(str(told["recall of true ones"])) >= 0.99


def test_the_strings_are_the_same_at_every_run(library: Library) -> None:
    assert made_strings(library) == made_strings(library)
