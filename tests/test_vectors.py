"""Vectors: kept by content, filled again after a stop, searched the same by FAISS and numpy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import embedders
import numpy as np
import pytest

from drafting.embed import Fields
from drafting.embed.embedder import Floats
from drafting.errors import BadInput, OutputBusy
from drafting.vectors import (
    FaissVectors,
    Filled,
    NumpyVectors,
    VectorIndex,
    VectorStore,
    content_key,
    nearest,
    vector_index,
)
from drafting.vectors import store as store_module

PASSAGES = {
    content_key(fields): fields
    for fields in (Fields("Quy chế", f"Điều {n}", "đoàn ra hộ chiếu tỉnh") for n in range(10))
}


class Counting:
    """The five-word model, counting what it is asked to encode."""

    def __init__(self, folder: Path, dim: int = 16) -> None:
        self._inner = embedders.five_words(folder, dim)
        self.name, self.dim, self.encoded = self._inner.name, dim, 0

    def encode(self, texts: Sequence[str]) -> Floats:
        return self._inner.encode(texts)

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        self.encoded += len(passages)
        return self._inner.encode_passages(passages)


def test_a_stopped_filling_goes_on_where_it_was(tmp_path: Path) -> None:
    embedder = Counting(tmp_path / "m")
    told: list[Filled] = []
    with VectorStore(tmp_path / "v.sqlite") as store:
        half = store.fill(
            embedder, PASSAGES, progress=told.append, stop=lambda: told[-1].done >= 4, batch=2
        )
        assert half == Filled(4, 10) and not half.complete
    with VectorStore(tmp_path / "v.sqlite") as store:
        assert store.fill(embedder, PASSAGES, batch=2).complete
        assert embedder.encoded == 10, "nothing twice"
        store.fill(embedder, PASSAGES)
        assert embedder.encoded == 10
    assert [f.done for f in told] == [0, 2, 4]


def test_what_was_kept_comes_back_in_the_order_asked(tmp_path: Path) -> None:
    embedder = Counting(tmp_path / "m")
    keys = list(PASSAGES)
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.fill(embedder, PASSAGES)
        asked = [keys[3], "chưa có", keys[1], keys[3]]
        at, vectors = store.vectors(embedder.name, asked, 16)
    assert at.tolist() == [0, 2, 3]
    whole = embedder.encode_passages([PASSAGES[keys[3]], PASSAGES[keys[1]]])
    assert np.allclose(vectors, whole[[0, 1, 0]], atol=2e-3)


def test_another_dimension_is_a_clear_error(tmp_path: Path) -> None:
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.fill(Counting(tmp_path / "m"), PASSAGES)
        with pytest.raises(BadInput, match="16 số, chỉ mục cần 8"):
            store.vectors(Counting(tmp_path / "m").name, list(PASSAGES), 8)


def test_other_models_and_passages_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    old, new = Counting(tmp_path / "a", 8), Counting(tmp_path / "b", 16)
    keys = list(PASSAGES)
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.fill(old, PASSAGES)
        store.fill(new, PASSAGES)
        assert store.forget(keep_models=[new.name], keep_keys=keys[:6]) == 14
        assert store.have(new.name) == set(keys[:6]) and not store.have(old.name)


@pytest.mark.parametrize("content", ["no database at all" * 99, "", "SQLite format 3\0cut"])
def test_a_corrupt_file_is_set_up_again(content: str, tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").write_text(content, "utf-8")
    with VectorStore(tmp_path / "v.sqlite") as store:
        assert store.fill(Counting(tmp_path / "m"), PASSAGES).complete


def test_a_file_of_a_newer_schema_is_refused_not_emptied(tmp_path: Path) -> None:
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.put("m", ["a"], np.ones((1, 3), np.float32))
    db = sqlite3.connect(tmp_path / "v.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(BadInput, match="mới hơn"):
        VectorStore(tmp_path / "v.sqlite")
    db = sqlite3.connect(tmp_path / "v.sqlite")
    assert db.execute("SELECT count(*) FROM vectors").fetchone() == (1,)
    db.close()


def test_a_file_that_cannot_be_opened_now_is_kept(tmp_path: Path) -> None:
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.put("m", ["a"], np.ones((1, 3), np.float32))
    other = sqlite3.connect(tmp_path / "v.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with VectorStore(tmp_path / "v.sqlite") as store:  # nothing to write: reading goes on
        assert store.have("m") == {"a"}
    other.execute("ROLLBACK")
    other.close()


def test_a_full_disk_empties_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with VectorStore(tmp_path / "v.sqlite") as store:
        store.put("m", ["a"], np.ones((1, 3), np.float32))

    def full(_path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(store_module, "_open", full)
        with pytest.raises(OutputBusy):
            VectorStore(tmp_path / "v.sqlite")
    with VectorStore(tmp_path / "v.sqlite") as store:
        assert store.have("m") == {"a"}


index_dim = 12


def filled(index: VectorIndex, count: int = 40) -> Floats:
    """Adds `count` random unit vectors numbered 0, 10, 20, …; gives them."""
    vectors = np.random.default_rng(3).standard_normal((count, index_dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.add(np.arange(count) * 10, vectors)
    return vectors


@pytest.mark.parametrize("kind", [NumpyVectors, FaissVectors])
def test_every_index_keeps_the_contract(kind: type[NumpyVectors] | type[FaissVectors]) -> None:
    index = kind(index_dim)
    assert index.search(np.ones(index_dim, np.float32), 3) == []
    vectors = filled(index)
    assert len(index) == 40
    ((number, score), *_) = index.search(vectors[7], 5)
    assert number == 70 and score == pytest.approx(1, abs=1e-5)
    assert index.remove(np.array([70, 71])) == 1
    assert len(index) == 39
    assert all(number != 70 for number, _ in index.search(vectors[7], 39))
    allowed = np.array([0, 10, 70, 390])
    assert {n for n, _ in index.search(vectors[7], 10, allowed)} == {0, 10, 390}
    assert index.search(vectors[7], 10, np.zeros(0, np.int64)) == []
    assert len(index.search(vectors[7], 1000)) == 39
    index.add(np.array([70]), vectors[7:8])
    assert index.search(vectors[7], 1)[0][0] == 70
    with pytest.raises(BadInput, match="5 số"):
        index.search(np.ones(5, np.float32), 3)
    with pytest.raises(BadInput, match="5 số"):
        index.add(np.array([1]), np.ones((1, 5), np.float32))


def test_many_vectors_are_kept_in_bytes_and_found_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "EXACT", 100)
    large, exact = vector_index(index_dim, 400), NumpyVectors(index_dim)
    vectors = filled(large, 400)
    filled(exact, 400)
    asked = vectors[7]
    assert [n for n, _ in large.search(asked, 10)] == [n for n, _ in exact.search(asked, 10)]
    assert [n for n, _ in large.search(asked, 10, np.array([0, 70]))] == [70, 0]
    assert large.remove(np.array([70, 71])) == 1 and len(large) == 399
    assert all(n != 70 for n, _ in large.search(asked, 399))
    large.add(np.array([70]), vectors[7:8])
    assert large.search(asked, 1)[0][0] == 70


@pytest.mark.parametrize("make", [NumpyVectors, FaissVectors, lambda dim: FaissVectors(dim, 400)])
def test_cosines_are_looked_up_by_number(
    make: Callable[[int], VectorIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "EXACT", 100)
    index = make(index_dim)
    vectors = filled(index, 400)
    found = index.cosines(vectors[3], np.array([30, 5, 390]))
    assert found[0] == pytest.approx(1, abs=0.02) and np.isnan(found[1])
    assert found[2] == pytest.approx(float(vectors[39] @ vectors[3]), abs=0.02)
    assert index.cosines(vectors[3], np.zeros(0, np.int64)).shape == (0,)


def test_faiss_and_numpy_answer_alike() -> None:
    one, other = NumpyVectors(index_dim), FaissVectors(index_dim)
    asked = filled(one)[5]
    filled(other)
    for allowed in (None, np.arange(0, 200, 10)):
        here, there = one.search(asked, 9, allowed), other.search(asked, 9, allowed)
        assert [n for n, _ in here] == [n for n, _ in there]
        assert np.allclose([s for _, s in here], [s for _, s in there], atol=1e-5)
    assert isinstance(vector_index(index_dim), FaissVectors)
