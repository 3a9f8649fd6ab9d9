"""An office's own confirmed answers move the ranking, and only where that helps."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from offices import REPO, an_office

from drafting.cli.command import run
from drafting.errors import BadInput
from drafting.office import Office
from drafting.retrieve import Reranker, read_question
from drafting.searching import own_ranking
from drafting.training.answers import (
    FEWEST,
    Answered,
    example_of,
    fit_own,
    part_of,
    read_answers,
)

OFFICERS = REPO / "benchmarks" / "officers.jsonl"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAFTING_HOME", str(tmp_path / "nhà"))
    return tmp_path / "nhà"


def test_every_answer_of_the_committed_set_is_a_provision_of_the_corpus(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for one in read_answers(OFFICERS):
            for file, eid in one.gold:
                stored = office.library.of_file(file)
                assert stored is not None and stored.document.get(eid) is not None, one.query


def test_what_stands_inside_a_right_provision_is_right(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        gold = [("19-qc-tu-2024.txt", "art_14__cl_7")]
        example = example_of("khách đến lần thứ hai", gold, office.retriever.ranking)
    assert "19-qc-tu-2024.txt art_14__cl_7" in example.of
    assert not any("art_14__cl_7__point" in of for of in example.of)


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "dòng 1"), ('{"query": "a", "gold": []}\n{"query": "b"}', "dòng 2"), ("[]", "dòng 1")],
)
def test_a_bad_line_is_named(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "câu.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=said) as told:
        read_answers(path)
    assert not re.search(r"(?i)expect|\bline|column|indices|object|must", str(told.value))


def test_too_few_answers_teach_nothing(tmp_path: Path) -> None:
    with an_office(tmp_path) as office, pytest.raises(BadInput, match="cần ít nhất"):
        fit_own(read_answers(OFFICERS)[:5], office.retriever.ranking)


def _shortest(query: str, office: Office) -> dict[str, object]:
    """An office that always wants the shortest of the first ten: wrong, and sure to be learned."""
    ranking = office.retriever.ranking
    near = [ranking.passages[one.passage] for one in ranking.fused(read_question(query))[:10]]
    best = min(near, key=lambda passage: len(passage.text))
    return {"query": query, "gold": [{"file": best.file, "eid": best.eid}]}


def learnable(folder: Path) -> Path:
    """A file of answers that the weights are sure to follow."""
    with an_office(folder / "kho") as office:
        taught = [_shortest(one.query, office) for one in read_answers(OFFICERS)[:80]]
    path = folder / "câu.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in taught), encoding="utf-8")
    return path


def test_the_command_writes_weights_that_searches_then_use(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = learnable(tmp_path)
    assert run(["train", "--answers", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kept"] and told["after"] > told["before"]
    with an_office(home) as office:
        used = office.retriever.ranking.reranker
        assert used == Reranker.own(own_ranking(office.settings)) != Reranker.shipped()
    assert run(["search", "hộ chiếu công vụ"]) in (0, 1)


def test_what_cannot_be_learned_is_not_written_however_often_it_is_said(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with an_office(tmp_path / "kho") as office:
        found = [p for p in office.retriever.passages if p.file == "19-qc-tu-2024.txt"][:60]
    chance = random.Random(3)
    rows = [
        {"query": p.text[:60], "gold": [{"file": p.file, "eid": chance.choice(found).eid}]}
        for p in found
    ]
    path = tmp_path / "câu.jsonl"
    path.write_text("\n".join(map(json.dumps, rows * 3)), encoding="utf-8")
    assert run(["train", "--answers", str(path), "--json"]) in (0, 2)
    told = capsys.readouterr().out
    assert not told or json.loads(told)["questions"] <= 2 * len(found)
    assert not (home / "models" / "ranking.json").is_file()


def test_a_question_is_in_one_part_however_it_is_typed() -> None:
    assert part_of("Hộ chiếu công vụ") == part_of("ho chieu  CONG VU")


def test_a_first_question_that_finds_nothing_is_no_trouble(tmp_path: Path) -> None:
    unknown = Answered("xyzzy qwrt", (("a.txt", "art_1"),))
    with an_office(tmp_path) as office:
        fitted = fit_own([unknown, *read_answers(OFFICERS)], office.retriever.ranking)
    assert fitted.questions > FEWEST


def test_other_options_beside_answers_are_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train", "--answers", str(OFFICERS), "--steps", "3"]) == 2
    assert "--answers" in capsys.readouterr().err


def test_weights_that_cannot_be_written_are_a_sentence(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = learnable(tmp_path)
    home.mkdir(parents=True, exist_ok=True)
    (home / "models").write_text("một tệp", encoding="utf-8")
    assert run(["train", "--answers", str(path)]) == 2
    assert "Không ghi được" in capsys.readouterr().err
