"""A question typed without accents is read as the library's texts would have it."""

from __future__ import annotations

from pathlib import Path

import embedders
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.embed import Accented, Accents, Fields, SentenceTransformerEmbedder, open_accents
from drafting.embed.accents import counted
from drafting.embed.accents_file import SHIPPED
from drafting.text import fold, nfc

TEXTS = [
    "Thẩm quyền quyết định cử đoàn ra của tỉnh, cấp hộ chiếu công vụ theo Quyết định số 50",
    "Hộ nghèo được cấp gạo; đoàn ra trình QĐ của UBND trước 15 ngày",
    "Công an tỉnh quản lý hộ khẩu. Ủy ban nhân dân có thẩm quyền",
    "van ban khong dau khong day duoc gi",
]
READ = Accents(counted(TEXTS))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ho chieu cong vu", "hộ chiếu công vụ"),
        ("Tham quyen cu DOAN RA", "Thẩm quyền cử ĐOÀN RA"),
        ("theo QD so 50/2025/QD-UBND", "theo QĐ số 50/2025/QĐ-UBND"),
        ("Thẩm quyền quyet dinh", "Thẩm quyền quyết định"),
        ("đoan ra", "đoàn ra"),
        ("bê ra", "bê ra"),
        ("Thẩm quyền quyết định cử đoàn ra", "Thẩm quyền quyết định cử đoàn ra"),
        ("Uỷ ban nhân dân tỉnh", "Uỷ ban nhân dân tỉnh"),
        ("visa zzz", "visa zzz"),
        ("khong day", "khong day"),
        ("", ""),
    ],
)
def test_accents_are_restored_where_they_are_missing(typed: str, meant: str) -> None:
    assert READ.restored(typed) == meant


@given(st.text(max_size=80))
def test_any_text_keeps_its_letters(text: str) -> None:
    assert fold(READ.restored(text)) == fold(nfc(text))


def test_a_library_of_nothing_leaves_questions_alone() -> None:
    assert Accents(counted([])).restored("ho chieu, Điều 5") == "ho chieu, Điều 5"


def test_what_was_learned_is_kept_until_the_library_changes(tmp_path: Path) -> None:
    asked: list[str] = []

    def texts() -> list[str]:
        asked.append("read")
        return TEXTS

    for library, times in [("a", 1), ("a", 1), ("b", 2), ("b", 2), ("a", 3)]:
        found = open_accents(tmp_path / "index", library, texts)
        assert found.restored("ho chieu") == "hộ chiếu"
        assert len(asked) == times
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["accents.npz"]


@pytest.mark.parametrize("harm", ["cut", "foreign", "empty"])
def test_a_damaged_file_is_learned_again(harm: str, tmp_path: Path) -> None:
    open_accents(tmp_path, "a", lambda: TEXTS)
    path = tmp_path / "accents.npz"
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2], "foreign": b"PK\x03\x04" * 9}.get(harm, b""))
    assert open_accents(tmp_path, "a", lambda: TEXTS).restored("ho chieu") == "hộ chiếu"


def test_a_folder_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("", "utf-8")
    assert open_accents(tmp_path / "index", "a", lambda: TEXTS).restored("ho chieu") == "hộ chiếu"


def test_the_shipped_counts_are_small_and_know_what_officers_ask(tmp_path: Path) -> None:
    assert SHIPPED.stat().st_size < 1_000_000
    card = (SHIPPED.parent / "README.md").read_text("utf-8")
    assert [
        told for told in ("license: mit", "benchmarks.accents", "Figures") if told not in card
    ] == []
    read = open_accents(tmp_path, "trống", lambda: [])
    for meant in (
        "ai quyết định cử cán bộ đi công tác nước ngoài",
        "Thủ tục gia hạn tạm trú cho người nước ngoài tại Việt Nam",
        "Ủy ban nhân dân tỉnh tiếp nhận viện trợ phi chính phủ",
    ):
        assert read.restored(fold(meant)) == meant.lower()


def test_what_the_office_writes_counts_for_more(tmp_path: Path) -> None:
    read = open_accents(tmp_path, "b", lambda: ["xã Đông Hưng"] * 3_000)
    assert read.restored("xa dong hung") == "xã đông hưng"


def test_only_questions_are_restored(tmp_path: Path) -> None:
    bare = embedders.sentence_transformer_folder(tmp_path / "m")
    inner = SentenceTransformerEmbedder(bare)
    embedder = Accented(inner, READ)
    assert (embedder.name, embedder.dim) == (inner.name, inner.dim)
    assert np.allclose(embedder.encode(["ho chieu"]), inner.encode(["hộ chiếu"]))
    passages = [Fields("", "", "ho chieu")]
    assert np.allclose(embedder.encode_passages(passages), inner.encode_passages(passages))
