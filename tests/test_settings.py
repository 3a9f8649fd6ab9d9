"""What an office sets is read as meant; a slip in settings.toml is named, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting.errors import BadInput
from drafting.settings import load, shipped_folder


def test_without_a_file_the_defaults_stand(home: Path) -> None:
    given = load()
    assert (given.home, given.province) == (home, "")
    assert given.corpus == shipped_folder() / "corpus"


def test_what_is_set_is_used(home: Path) -> None:
    written = 'province = "tỉnh Lạng Sơn"\ncorpus = "/kho"\ntemplates = "/mẫu"\n'
    (home / "settings.toml").write_text("\ufeff" + written, "utf-8")
    given = load()
    assert given.province == "tỉnh Lạng Sơn"
    assert (given.corpus, given.templates) == (Path("/kho"), Path("/mẫu"))


def test_a_prefix_left_out_is_not_an_empty_one(home: Path) -> None:
    assert load().embedder_query_prefix is None
    written = 'embedder = "e5"\nembedder_query_prefix = ""\nembedder_passage_prefix = "passage: "\n'
    (home / "settings.toml").write_text(written + 'reranker = "x"\n', "utf-8")
    given = load()
    assert (given.embedder, given.reranker) == ("e5", "x")
    assert (given.embedder_query_prefix, given.embedder_passage_prefix) == ("", "passage: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('provine = "tỉnh Lạng Sơn"', ("provine", "province, corpus, templates, embedder")),
        ("[office]\nten = 'Sở'", ("office",)),
        ("province = 5", ("province", "ngoặc kép")),
        ("province = tỉnh", ("dòng 1", "cú pháp")),
        ("province =", ("cú pháp",)),
    ],
)
def test_a_slip_names_the_file_and_the_key(text: str, said: tuple[str, ...], home: Path) -> None:
    (home / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput) as told:
        load()
    assert [part for part in ("settings.toml", *said) if part not in str(told.value)] == []
    assert "Invalid" not in str(told.value) and "line" not in str(told.value)


def test_a_settings_file_that_cannot_be_opened_is_a_sentence(home: Path) -> None:
    (home / "settings.toml").mkdir()
    with pytest.raises(BadInput, match="Không mở được"):
        load()
