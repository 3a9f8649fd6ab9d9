"""What settings.toml names takes part in a search once it is ready, and never stops one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import embedders
import pytest
from offices import TODAY, settings_in
from test_reranker import cross_encoder

from drafting.office import Office
from drafting.retrieve.dense import Dense

QUESTION = "hộ chiếu công vụ do ai quản lý"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "nhà"


def office_with(home: Path, **named: str) -> Office:
    """An office whose settings name these."""
    return Office.open(replace(settings_in(home), **named), TODAY)  # type: ignore[arg-type]


def test_an_embedder_that_is_not_through_yet_is_told_and_the_shipped_one_answers(
    home: Path,
) -> None:
    embedders.sentence_transformer_folder(home / "m")
    office = office_with(home, embedder="m")
    assert office.search(QUESTION).hits
    assert any("chưa đọc hết kho" in notice for notice in office.notices)
    assert len(office.notices) == 1
    office.close()


def test_an_embedder_that_is_through_takes_part(home: Path) -> None:
    embedders.sentence_transformer_folder(home / "m")
    first = office_with(home, embedder="m")
    filled = first.fill_vectors()
    assert filled is not None and filled.complete
    first.close()
    office = office_with(home, embedder="m")
    dense = office.retriever.ranking.dense
    assert dense is not None and len(dense.halves) == 2 and not office.notices
    answer = office.search(QUESTION)
    assert answer.hits and answer.answered
    ranked = office.retriever.ranking.fused(office.retriever.read(QUESTION))
    assert {len(one.cosines) for one in ranked} == {2}
    both, alone = office.retriever.ranking, replace(office.retriever.ranking, dense=None)
    ours = replace(alone, dense=Dense(dense.halves[0]))
    asked = [
        office.retriever.read(text) for text in (QUESTION, "đoàn ra của tỉnh", "Đoàn hộ chiếu")
    ]
    orders = [[one.passage for one in ranking.order(q)] for q in asked for ranking in (both, ours)]
    assert orders[::2] != orders[1::2], "the second half moves something"
    office.close()


@pytest.mark.parametrize(("key", "said"), [("embedder", "mô hình nêu"), ("reranker", "xếp lại")])
def test_a_folder_that_is_no_model_is_told_and_searches_go_on(
    key: str, said: str, home: Path
) -> None:
    (home / "trống").mkdir(parents=True)
    office = office_with(home, **{key: "trống"})
    assert office.search(QUESTION).hits
    (notice,) = office.notices
    assert said in notice and "trống" in notice
    office.close()


def test_a_cross_encoder_that_cannot_be_read_is_told_and_searches_go_on(home: Path) -> None:
    (home / "m").mkdir(parents=True)
    told = {"architectures": ["BertForSequenceClassification"], "num_labels": 1}
    told |= {"id2label": {"0": "a"}}
    (home / "m" / "config.json").write_text(json.dumps(told))
    office = office_with(home, reranker="m")
    assert office.search(QUESTION).hits and office.search(QUESTION).answered
    (notice,) = office.notices
    assert "mô hình xếp lại" in notice
    office.close()


def test_a_cross_encoder_of_the_settings_reads_the_first_hits(home: Path) -> None:
    cross_encoder(home / "xếp lại")
    office = office_with(home, reranker="xếp lại")
    assert office.retriever.ranking.second_look is not None
    assert office.search(QUESTION).hits and not office.notices
    office.close()
