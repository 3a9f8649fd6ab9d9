"""Nodes of other programs: on the disk at once, never set up anew, nearest by cosine."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from drafting.errors import BadInput
from drafting.vectors import Node, NodeStore

ACROSS, UP, BOTH = [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]


def node(name: str, vector: list[float], document: str | None = "qc-19", said: str = "") -> Node:
    return Node(name, document, '{"tỉnh": "Lạng Sơn"}', said or name, np.array(vector, np.float32))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kho" / "nut.sqlite"


def names(store: NodeStore, asked: list[float], limit: int = 9) -> list[str]:
    return [name for name, _ in store.nearest(asked, limit)]


def test_what_was_put_is_there_after_reopening(file: Path) -> None:
    store = NodeStore(file)
    store.put([node("điều 1", ACROSS), node("điều 2", UP, None)])
    store.close()
    store = NodeStore(file)
    assert len(store) == 2 and store.get(["điều 2", "không có", "điều 1"]) == ["điều 2", "điều 1"]
    assert names(store, ACROSS) == ["điều 1", "điều 2"]
    assert store.vectors(["điều 2"]) == {"điều 2": UP}
    assert [(name, told) for _, name, told in store.listed()] == [
        ("điều 1", '{"tỉnh": "Lạng Sơn"}'),
        ("điều 2", '{"tỉnh": "Lạng Sơn"}'),
    ]


def test_the_nearest_are_those_of_the_same_direction_whatever_their_length(file: Path) -> None:
    store = NodeStore(file)
    store.put([node("dài", [0.0, 90.0]), node("ngắn", [0.1, 0.0]), node("không", [0.0, 0.0])])
    assert store.nearest([5.0, 0.0], 3) == [("ngắn", 1.0), ("dài", 0.0), ("không", 0.0)]
    assert store.nearest(ACROSS, 0) == [] and names(store, ACROSS, 1) == ["ngắn"]


def test_a_node_of_a_known_id_takes_the_place_of_the_old_one(file: Path) -> None:
    store = NodeStore(file)
    store.put([node("a", ACROSS, said="cũ"), node("b", BOTH)])
    assert names(store, UP) == ["b", "a"]
    store.put([node("a", BOTH, said="giữa"), node("a", UP, said="mới")])
    assert len(store) == 2 and store.get(["a"]) == ["mới"] and names(store, UP) == ["a", "b"]


def test_removed_nodes_are_no_longer_found(file: Path) -> None:
    store = NodeStore(file)
    store.put([node("a", ACROSS), node("b", UP, "qđ-50"), node("c", BOTH, None)])
    assert len(names(store, ACROSS)) == 3
    store.remove(["a", "không có"])
    assert names(store, ACROSS) == ["c", "b"]
    store.remove_document("qđ-50")
    store.remove_document("None")
    assert names(store, ACROSS) == ["c"]
    store.clear()
    assert len(store) == 0 and names(store, ACROSS) == []
    store.put([node("ba chiều", [1.0, 0.0, 0.0])])
    assert names(store, [1.0, 0.0, 0.0]) == ["ba chiều"]


def test_only_what_is_allowed_is_listed_and_found(file: Path) -> None:
    store = NodeStore(file)
    store.put([node("a", ACROSS), node("b", UP, "qđ-50"), node("c", BOTH, None)])
    (inside,) = store.listed(["b", "c"], ["qđ-50"])
    assert inside[1] == "b" and store.nearest(ACROSS, 9, [inside[0]]) == [("b", 0.0)]
    assert store.listed(documents=[]) == [] and store.nearest(ACROSS, 9, []) == []


def test_what_another_program_changed_is_seen(file: Path) -> None:
    here, there = NodeStore(file), NodeStore(file)
    here.put([node("a", ACROSS)])
    assert names(there, ACROSS) == ["a"]
    here.put([node("b", UP)])
    here.remove(["a"])
    assert names(there, ACROSS) == names(here, ACROSS) == ["b"]
    there.clear()
    assert names(here, ACROSS) == []


def test_two_lengths_of_vectors_are_a_clear_error_and_nothing_is_kept(file: Path) -> None:
    store = NodeStore(file)
    with pytest.raises(BadInput, match="3 số, chỉ mục cần 2"):
        store.put([node("a", ACROSS), node("b", [1.0, 0.0, 0.0])])
    assert len(store) == 0
    store.put([node("a", ACROSS)])
    with pytest.raises(BadInput, match="3 số, chỉ mục cần 2"):
        store.put([node("c", UP), node("b", [1.0, 0.0, 0.0])])
    with pytest.raises(BadInput, match="3 số, chỉ mục cần 2"):
        store.nearest([1.0, 0.0, 0.0], 1)
    assert names(store, ACROSS) == ["a"]


@pytest.mark.parametrize(
    ("name", "vector"),
    [("đ\0", ACROSS), ("đ\ud800", ACROSS), ("đ", [float("nan"), 1.0])],
    ids=["NUL", "nửa ký tự", "không hữu hạn"],
)
def test_what_could_not_be_found_again_is_refused(
    name: str, vector: list[float], file: Path
) -> None:
    store = NodeStore(file)
    with pytest.raises(BadInput, match="nút"):
        store.put([node("a", UP), node(name, vector)])
    assert len(store) == 0


def test_many_threads_put_and_ask_at_once(file: Path) -> None:
    store = NodeStore(file)

    def work(at: int) -> int:
        store.put([node(f"{at}-{n}", [1.0, n / 9]) for n in range(5)])
        return len(store.nearest(ACROSS, 100))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(16)))
    assert max(found) == len(store) == len(names(store, ACROSS, 100)) == 80


@pytest.mark.parametrize("content", ["không phải cơ sở dữ liệu" * 99, "SQLite format 3\0cụt"])
def test_a_file_that_is_none_of_ours_is_refused_and_left_as_it_is(
    content: str, tmp_path: Path
) -> None:
    path = tmp_path / "nut.sqlite"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=r"nut\.sqlite"):
        NodeStore(path)
    assert path.read_text("utf-8") == content


@pytest.mark.parametrize("order", ["PRAGMA user_version = 99", "CREATE TABLE cua_ai (x)"])
def test_a_newer_or_foreign_database_is_refused(order: str, tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "nut.sqlite")
    db.execute(order)
    db.close()
    with pytest.raises(BadInput, match="Cập nhật chương trình, hoặc chọn tệp khác"):
        NodeStore(tmp_path / "nut.sqlite")
