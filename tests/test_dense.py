"""The dense half adds what words alone miss, stays in its scope and is never needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from offices import TODAY, an_office

from drafting.index import Match
from drafting.office import Office
from drafting.retrieve.dense import Dense
from drafting.settings import Scope


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


@pytest.fixture
def dense(office: Office) -> Dense:
    found = office.retriever.ranking.dense
    assert found is not None
    return found


def test_scores_lie_between_0_and_1_best_first(dense: Dense) -> None:
    fused = dense.fused("kiều bào gốc tỉnh", [Match(0, 3.0), Match(5, 1.0)], 50)
    scores = [match.score for match in fused]
    assert scores == sorted(scores, reverse=True)
    assert 0.0 <= scores[-1] <= scores[0] <= 1.0
    assert {0, 5} <= {match.passage for match in fused}


def test_a_question_of_unknown_words_keeps_the_lexical_order(dense: Dense) -> None:
    lexical = [Match(7, 2.0), Match(1, 1.0)]
    fused = dense.fused("zzzqx wqxz", lexical, 10)
    assert [(one.passage, one.lexical) for one in fused] == [(7, 2.0), (1, 1.0)]


def test_accents_make_no_difference(dense: Dense) -> None:
    with_accents = dense.fused("thông tin đối ngoại", [], 10)
    assert with_accents == dense.fused("thong tin doi ngoai", [], 10)


def test_only_allowed_passages_come_back(dense: Dense, office: Office) -> None:
    allowed = [number % 7 == 0 for number in range(len(office.retriever.passages))]
    assert all(m.passage % 7 == 0 for m in dense.fused("đoàn vào", [], 30, allowed))


def test_a_scope_holds_for_both_halves(office: Office) -> None:
    hits = office.search("kiều bào", Scope(TODAY, document="19-QC/TU"), 20).hits
    assert hits and {hit.record.designation for hit in hits} == {"19-QC/TU"}


def test_a_damaged_vector_file_is_set_up_again(tmp_path: Path) -> None:
    with an_office(tmp_path) as first:
        expected = [hit.eid for hit in first.search("hộ chiếu công vụ").hits]
    (tmp_path / "index" / "vectors.sqlite").write_bytes(b"broken" * 1000)
    with an_office(tmp_path) as again:
        assert [hit.eid for hit in again.search("hộ chiếu công vụ").hits] == expected


def test_without_its_file_the_lexical_half_answers(tmp_path: Path) -> None:
    with an_office(tmp_path) as opened:
        (tmp_path / "index" / "vectors.sqlite").mkdir(parents=True)
        assert opened.search("hộ chiếu công vụ do ai quản lý").hits
