"""Words typed with a slip, without accents, in the other spelling: found, and said how read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from offices import an_office

from drafting.office import Office
from drafting.retrieve import read_question, read_slips
from drafting.text import words


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


SLIPS = {
    "Ai quản lý hộ chếu công vụ của cán bộ tỉnh Bắc Giang?": "art_18",
    "ai quan ly ho chieuu cong vuj cua can bo tinh bac giang": "art_18",
    "Trung tâm Thông tin và Dịhc vụ đối ngoại thuộc đơn vị nào": "art_3__cl_2__point_b",
    "Trung taam Thoong tin va Dichj vuj ddoois ngoaij": "art_3__cl_2__point_b",
    "Tặng 60.000 khẩu trnag y tế cho Fukuoka, Kanagawa": "part_I__cl_1__point_1.3",
}


@pytest.mark.parametrize("question", SLIPS)
def test_a_question_with_a_slip_finds_its_provision(question: str, office: Office) -> None:
    assert SLIPS[question] in [hit.eid for hit in office.search(question).hits]


def test_how_a_slip_was_read_is_said(office: Office) -> None:
    hit = office.search("quản lý hộ chếu công vụ").hits[0]
    assert "Hiểu “chếu” là “chieu”" in hit.why


def test_what_was_typed_is_never_dropped(office: Office) -> None:
    asked = read_question("hộ chếu công vụ")
    read = read_slips(asked, office.retriever.ranking.index)
    assert set(asked.terms.items()) <= set(read.terms.items())
    assert read.terms["ho chieu"] == read.terms["chieu cong"] == 0.8


@pytest.mark.parametrize("text", ["hộ chiếu công vụ", "BTVTU", "the quick brown fox", "", "zzz"])
def test_known_words_short_forms_and_other_languages_are_left_alone(
    text: str, office: Office
) -> None:
    asked = read_question(text)
    assert read_slips(asked, office.retriever.ranking.index) == asked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uỷ ban", "ủy ban"), ("hoà bình", "hòa bình"), ("kĩ thuật", "kỹ thuật"),
        ("lí do", "lý do"), ("quí", "quý"), ("qúy", "quý"),
        ("sĩ quan", "sỹ quan"), ("công ti", "công ty"),
        ("tỉ lệ", "tỷ lệ"), ("mĩ", "mỹ"), ("hi sinh", "hy sinh"),
    ],
)  # fmt: skip
def test_old_and_new_spellings_are_one_word(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize("text", ["vi phạm", "di tích", "thi hành", "khi", "in", "tin", "chi"])
def test_an_i_that_is_right_alone_stays(text: str) -> None:
    assert words(text) == text.split()
