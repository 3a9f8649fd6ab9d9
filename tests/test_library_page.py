"""The page *Kho văn bản*: states on a day, the chain with its evidence, what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_page import everything, the_page


@pytest.fixture
def page() -> AppTest:
    """The library page."""
    shown = the_page()
    shown.segmented_control(key="page").set_value("Kho văn bản").run()
    assert not shown.exception
    return shown


def choose(page: AppTest, name: str, day: str) -> str:
    """Everything shown for a document on a day."""
    page.text_input(key="f:library-day").set_value(day).run()
    page.selectbox(key="f:library-document").set_value(name).run()
    assert not page.exception
    return everything(page)


def test_it_says_which_document_of_a_chain_holds_on_the_day(page: AppTest) -> None:
    assert "còn hiệu lực: Quyết định số 20/2022" in choose(page, "11/2016/QĐ-UBND", "30/6/2025")
    assert "còn hiệu lực: Quyết định số 50/2025" in choose(page, "11/2016/QĐ-UBND", "1/7/2025")


def test_relations_stand_with_the_words_that_say_them(page: AppTest) -> None:
    told = choose(page, "19-QC/TU", "23/11/2026").replace("\\", "")
    assert "**19-QC/TU** thay thế **15-QC/TU**" in told
    assert "dòng 406: “Quy chế này có hiệu lực thi hành kể từ ngày ký và thay thế" in told


def test_every_document_has_its_state(page: AppTest) -> None:
    told = choose(page, "19-QC/TU", "23/11/2026")
    assert "Nghị định số 150/2025/NĐ-CP" in told and "chưa kiểm chứng" in told
    assert any(one.label == "Có toàn văn: 5" for one in page.expander)


def test_a_day_that_is_none_is_said(page: AppTest) -> None:
    page.text_input(key="f:library-day").set_value("30/02/2026").run()
    assert "không phải ngày có thật" in everything(page)


def test_what_contradicts_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repo: Path
) -> None:
    import shutil

    shutil.copytree(repo / "corpus", tmp_path / "kho")
    known = tmp_path / "kho" / "danh-muc.toml"
    line = 'in_force_until = 2025-07-01\nreplaced_by = "50/2025'
    text = known.read_text("utf-8")
    assert line in text
    known.write_text(text.replace(line, line.replace("07-01", "08-01")), "utf-8")
    monkeypatch.setenv("DRAFTING_CORPUS", str(tmp_path / "kho"))
    shown = the_page()
    shown.segmented_control(key="page").set_value("Kho văn bản").run()
    assert "hết hiệu lực từ 01/7/2025, khai là 01/8/2025" in everything(shown)
