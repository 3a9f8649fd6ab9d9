"""Training: small, the same twice, resumable after a kill; exported models agree with ours."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import embedders
import numpy as np
import pytest
from offices import an_office

from drafting.cli.command import run
from drafting.embed import Fields, StaticEmbedder
from drafting.errors import BadInput
from drafting.passages import passages
from drafting.searching import own_embedder
from drafting.training import (
    Article,
    Plan,
    export,
    own_articles,
    read_articles,
    standing,
    train,
)
from drafting.training import fit as fitting

THINGS = ("hộ chiếu", "thị thực", "đoàn ra", "đoàn vào", "hội nghị", "hội thảo", "thỏa thuận")
ASPECTS = ("Thẩm quyền quyết định", "Hồ sơ đề nghị", "Thời hạn giải quyết", "Trách nhiệm quản lý")
SMALL = Plan(steps=12, batch=16)


def law() -> list[Article]:
    """Twenty-eight articles in seven laws."""
    return [
        Article(
            str(number),
            f"Quy định về {thing}",
            f"{aspect} {thing}",
            f"1. {aspect} đối với {thing} do cơ quan quản lý {thing} thực hiện.\n"
            f"2. {thing} là việc được {aspect.lower()} theo Điều này.",
        )
        for number, thing in enumerate(THINGS)
        for aspect in ASPECTS
    ]


def small(out: Path, plan: Plan = SMALL, base: StaticEmbedder | None = None) -> StaticEmbedder:
    """A model of a few tokens, trained in a second."""
    train(law(), out, plan=plan, size=400, dim=32, threads=1, base=base)
    return StaticEmbedder.load(out)


def test_training_finds_the_article_of_a_heading(tmp_path: Path) -> None:
    ours = small(tmp_path / "m", Plan(steps=60, batch=28))
    embedders.keeps_the_contract(ours)
    passages = ours.encode_passages([Fields(a.title, a.heading, a.text) for a in law()])
    asked = ours.encode([f"{a.heading} được quy định như thế nào" for a in law()])
    assert np.mean((asked @ passages.T).argmax(axis=1) == np.arange(len(law()))) > 0.9


def test_the_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    one, other = small(tmp_path / "a" / "m"), small(tmp_path / "b" / "m")
    assert one.name == other.name


def test_a_stopped_run_goes_on_to_the_same_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "REFRESH", 4)
    whole = small(tmp_path / "a" / "m")
    keep, calls = fitting._keep, []

    def keep_twice(*arguments: object) -> None:
        keep(*arguments)  # type: ignore[arg-type]
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "_keep", keep_twice)
    with pytest.raises(KeyboardInterrupt):
        small(tmp_path / "b" / "m")
    monkeypatch.setattr(fitting, "_keep", keep)
    told: list[str] = []
    train(law(), tmp_path / "b" / "m", plan=SMALL, size=400, dim=32, threads=1, tell=told.append)
    assert "tiếp tục từ bước 8" in told
    assert StaticEmbedder.load(tmp_path / "b" / "m").name == whole.name
    assert not list((tmp_path / "b" / "m").glob("checkpoint*"))


def test_an_office_adapts_a_model_to_its_corpus(tmp_path: Path) -> None:
    first = small(tmp_path / "m")
    again = small(tmp_path / "n", Plan(steps=1, batch=16, rate=1e-9), base=first)
    texts = ["thẩm quyền quyết định đoàn ra"]
    assert float((first.encode(texts) @ again.encode(texts).T)[0, 0]) > 0.999


def test_an_adapted_model_keeps_every_word_and_learns_new_ones(tmp_path: Path) -> None:
    first = embedders.five_words(tmp_path / "năm-từ")
    train(law(), tmp_path / "n", plan=Plan(steps=4, batch=16), size=400, base=first, threads=1)
    again = StaticEmbedder.load(tmp_path / "n").tables.vocabulary
    known = first.tables.vocabulary
    before = {known.spelled(token) for token in range(len(known))}
    after = {again.spelled(token) for token in range(len(again))}
    assert before < after and {"thi thuc", "hoi nghi"} <= after
    assert again.syllables[: len(known.syllables)] == known.syllables


def test_a_stopped_run_leaves_the_model_before_it(tmp_path: Path) -> None:
    before = small(tmp_path / "m").name

    def stop(said: str) -> None:
        if said.startswith("bước"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(law(), tmp_path / "m", plan=Plan(steps=60, batch=16), threads=1, tell=stop)
    assert StaticEmbedder.load(tmp_path / "m").name == before
    assert standing(tmp_path / "other") is None


def test_between_two_renames_the_new_model_is_the_one_read(tmp_path: Path) -> None:
    name = small(tmp_path / "m").name
    (tmp_path / "m").rename(tmp_path / "m.new")  # what a power cut there leaves
    found = standing(tmp_path / "m")
    assert found is not None and StaticEmbedder.load(found).name == name
    assert small(tmp_path / "m", Plan(steps=3, batch=16)).name != name
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("how", ["cut", "empty", "foreign"])
def test_after_a_damaged_checkpoint_training_begins_again(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "REFRESH", 4)

    whole = small(tmp_path / "a" / "m").name
    keep = fitting._keep

    def keep_and_stop(*arguments: object) -> None:
        keep(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "_keep", keep_and_stop)
    with pytest.raises(KeyboardInterrupt):
        small(tmp_path / "b" / "m")
    monkeypatch.setattr(fitting, "_keep", keep)
    (checkpoint,) = (tmp_path / "b" / "m.part").glob("checkpoint*")
    data = checkpoint.read_bytes()
    damaged = {"cut": data[: len(data) // 2], "empty": b"", "foreign": b"not a checkpoint"}
    checkpoint.write_bytes(damaged[how])
    assert small(tmp_path / "b" / "m").name == whole


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "ghi-chú.txt").write_text("của tôi", "utf-8")
    with pytest.raises(BadInput, match=r"ghi-chú\.txt.*thư mục mới"):
        small(tmp_path)
    (tmp_path / "tệp").write_text("của tôi", "utf-8")
    with pytest.raises(BadInput, match="là một tệp"):
        small(tmp_path / "tệp")


def test_an_office_learns_each_article_of_its_library_once(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        found = own_articles(office.library.stored)
        assert len(office.library.stored) == len({article.law for article in found}) == 5
        searched = [p for stored in office.library.stored for p in passages(stored)]
    learned = "\n".join(article.text for article in found).split("\n")
    assert sorted(learned) == sorted("\n".join(p.text for p in searched).split("\n"))
    quorum = [a for a in found if a.heading == "Chế độ trao đổi thông tin"]
    assert len(quorum) == 1 and "Trao đổi thông tin thường xuyên" in quorum[0].text


def test_too_few_articles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ít nhất 20"):
        train(law()[:5], tmp_path / "m")


def test_articles_are_read_and_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dieu.jsonl"
    row = {"designation": "1", "document_title": "Luật", "heading": "Điều", "text": "a"}
    path.write_text(json.dumps(row) + "\n" + '{"heading": "b"}\n', "utf-8")
    with pytest.raises(BadInput, match="dòng 2"):
        read_articles(path)
    path.write_text(json.dumps(row) + "\n", "utf-8")
    assert read_articles(path) == [Article("1", "Luật", "Điều", "a")]


READ_ELSEWHERE = """
import json, sys
sys.modules["drafting"] = None  # the folder carries its own tokeniser
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], trust_remote_code=True, device="cpu")
print(json.dumps(model.encode(json.loads(sys.argv[2])).tolist()))
"""


def test_an_exported_model_gives_the_same_vectors_elsewhere(tmp_path: Path) -> None:
    ours = small(tmp_path / "m")
    folder = export(ours, tmp_path / "xuất")
    passage = Fields("Quy định về đoàn ra", "Hồ sơ đề nghị đoàn ra", "1. Hồ sơ gồm thỏa thuận")
    texts = ["Ai quyết định ĐOÀN RA", "thoả thuận", "ho chieu", "", "\x1f".join(passage)]
    done = subprocess.run(
        [sys.executable, "-c", READ_ELSEWHERE, str(folder), json.dumps(texts)],
        env=os.environ | {"HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    there = np.array(json.loads(done.stdout.splitlines()[-1]), np.float32)
    here = np.concatenate([ours.encode(texts[:4]), ours.encode_passages([passage])])
    assert np.allclose(there, here, atol=1e-5)


# --- The command ---


def test_the_command_adapts_the_shipped_model_and_searches_use_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train", "--steps", "2", "--export", str(tmp_path / "xuất"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["steps"] == 2 and told["tokens"] > 62_000
    assert (tmp_path / "xuất" / "modules.json").is_file()
    with an_office(home) as office:
        dense = office.retriever.ranking.dense
        assert dense is not None and dense.halves[0].embedder.name == told["name"]
        assert told["name"] != StaticEmbedder.shipped().name and not office.notices
    assert run(["search", "hộ chiếu công vụ do ai quản lý"]) == 0


@pytest.mark.parametrize("file", ["model.json", "rows.npy", "syllables.txt", "asked.npy"])
@pytest.mark.parametrize("how", ["cut", "empty", "gone"])
def test_a_damaged_model_of_its_own_is_told_and_the_shipped_one_answers(
    file: str, how: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedders.five_words(home / "models" / "static")
    path = home / "models" / "static" / file
    data = path.read_bytes()
    path.unlink() if how == "gone" else path.write_bytes(
        data[: len(data) // 2] if how == "cut" else b""
    )
    assert run(["search", "hộ chiếu công vụ do ai quản lý", "-k", "1"]) == 0
    told = capsys.readouterr()
    assert "Mô hình riêng" in told.err and "drafting train" in told.err
    with an_office(home) as office:
        found = own_embedder(office.settings, [])
        assert found.name == StaticEmbedder.shipped().name


def test_the_command_trains_on_given_articles_into_a_given_folder(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"designation": a.law, "document_title": a.title, "heading": a.heading, "text": a.text}
        for a in law()
    ]
    path = tmp_path / "điều.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    out = tmp_path / "mô-hình"
    assert run(["train", str(path), "-o", str(out), "--steps", "3", "--seed", "5"]) == 0
    said = capsys.readouterr()
    assert "28 điều" in said.out and "đọc 0/28" in said.err
    meta = json.loads((out / "model.json").read_text("utf-8"))
    assert (meta["seed"], meta["steps"]) == (5, 3) and meta["tokens"] < 1_000
    assert not (home / "models").exists()
    assert run(["train", str(path), "-o", str(tmp_path)]) == 2
    assert "thư mục mới" in capsys.readouterr().err
