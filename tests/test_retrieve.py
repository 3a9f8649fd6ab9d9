"""Questions find their provision: with accents or none, by name, by number, for a province."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import TODAY, an_office

from drafting.index import open_index, terms_of
from drafting.office import Office
from drafting.passages import MAX_CHARS, passages
from drafting.retrieve import read_question
from drafting.retrieve.direct import read_named
from drafting.settings import Scope
from drafting.text import fold, words


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


# --- Questions of our own; the given cases are for measuring, not for tests ---

QUESTIONS = {
    "Ai quản lý hộ chiếu công vụ của cán bộ tỉnh Bắc Giang?": "art_18",
    "Điều chỉnh giữa kỳ gửi về Sở Ngoại vụ trước ngày 05/5": "art_9__cl_2__point_2.1",
    "Trung tâm Thông tin và Dịch vụ đối ngoại thuộc đơn vị nào": "art_3__cl_2__point_b",
    "Khách đến lần thứ hai thì thông báo Sở Ngoại vụ và Công an tỉnh": "art_14__cl_7__point_7.2",
    "Trao đổi bằng văn bản, gặp gỡ trực tiếp giữa hai Bên": "art_7__cl_2__point_a",
    "Tặng 60.000 khẩu trang y tế cho Fukuoka, Kanagawa": "part_I__cl_1__point_1.3",
    "Cột Nước đi trong bảng đoàn ra ghi thế nào": "annex_1__form_1__note_3",
}


@pytest.mark.parametrize("folded", [False, True], ids=["có dấu", "không dấu"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_its_provision(question: str, folded: bool, office: Office) -> None:
    answer = office.search(fold(question) if folded else question)
    assert QUESTIONS[question] in [hit.eid for hit in answer.hits]
    assert answer.answered


@pytest.mark.parametrize(
    ("question", "file", "eid"),
    [
        ("điều 13 khoản 4 quy chế 19", "19-qc-tu-2024.txt", "art_13__cl_4"),
        ("dieu 13 khoan 4 quy che 19", "19-qc-tu-2024.txt", "art_13__cl_4"),
        ("qd 50/2025 dieu 2 khoan 9 diem e", "50-2025-qd-ubnd.txt", "art_2__cl_9__point_e"),
        ("điểm đ khoản 15 Điều 2 Quyết định số 50/2025/QĐ-UBND", "50-2025-qd-ubnd.txt",
         "art_2__cl_15__point_đ"),
        ("diem 4.2 khoan 4 dieu 13 19-qc/tu", "19-qc-tu-2024.txt",
         "art_13__cl_4__point_4.2"),
        ("tiết a điểm 4.6 khoản 4 Điều 5 Quy chế số 19-QC/TU", "19-qc-tu-2024.txt",
         "art_5__cl_4__point_4.6__item_a"),
        ("mẫu 03 quy chế 19", "19-qc-tu-2024.txt", "annex_1__form_3"),
    ],
)  # fmt: skip
def test_a_named_provision_comes_first(question: str, file: str, eid: str, office: Office) -> None:
    answer = office.search(question)
    assert (answer.hits[0].record.file, answer.hits[0].eid) == (file, eid)
    assert answer.answered
    assert "đích danh" in answer.hits[0].why[0]


def test_a_long_named_provision_is_shown_in_part_and_says_so(office: Office) -> None:
    hit = office.search("Điều 13 Quy chế số 19-QC/TU").hits[0]
    assert hit.eid == "art_13" and 500 < len(hit.text) <= 2_500
    assert "phần đầu" in hit.why[1]


def test_a_provision_of_no_named_document_is_shown_of_each(office: Office) -> None:
    files = {hit.record.file for hit in office.search("Điều 4").hits if hit.eid == "art_4"}
    assert len(files) == 3


def test_đ_and_d_are_different_points_when_typed_with_accents(office: Office) -> None:
    typed = office.search("điểm d khoản 15 Điều 2 Quyết định 50/2025").hits
    folded = office.search("diem d khoan 15 dieu 2 quyet dinh 50/2025").hits
    both = {"art_2__cl_15__point_d", "art_2__cl_15__point_đ"}
    assert typed[0].eid == "art_2__cl_15__point_d" and "đích danh" not in typed[1].why[0]
    assert {hit.eid for hit in folded[:2]} == both


def test_a_provision_known_by_number_only_is_refused_with_the_reason(office: Office) -> None:
    answer = office.search("Điều 5 Nghị định 150/2025/NĐ-CP")
    assert not answer.answered and "danh mục" in answer.note


def test_a_clause_the_document_has_not_is_said(office: Office) -> None:
    answer = office.search("khoản 9 Điều 15 Quy chế số 19-QC/TU")
    assert not answer.answered and "không có điều khoản" in answer.note


@pytest.mark.parametrize("text", ["điều ước quốc tế", "điều kiện làm việc", "thời điểm này"])
def test_words_that_only_sound_like_provisions_name_none(text: str) -> None:
    assert not read_named(text, []).is_provision


# --- Another province is shown and marked, never mixed in ---


def test_own_province_comes_first_and_the_other_is_marked(office: Office) -> None:
    scope = Scope(TODAY, "tỉnh Lạng Sơn")
    hits = office.search("đoàn ra của các sở, ban, ngành do ai thẩm định", scope).hits
    provinces = [hit.record.jurisdiction for hit in hits]
    assert provinces == sorted(provinces, key=lambda p: p != "tỉnh Lạng Sơn")
    for hit in hits:
        marked = any("làm căn cứ cho tỉnh Lạng Sơn" in warning for warning in hit.warnings)
        assert marked == (hit.record.jurisdiction != "tỉnh Lạng Sơn")


@pytest.mark.parametrize("k", [1, 2, 5])
def test_the_first_hit_does_not_depend_on_how_many_are_asked_for(k: int, office: Office) -> None:
    scope = Scope(TODAY, "tỉnh Lạng Sơn")
    first = office.search("hội thảo quốc tế", scope, k).hits[0]
    assert first.eid == office.search("hội thảo quốc tế", scope, 10).hits[0].eid
    assert first.record.jurisdiction == "tỉnh Lạng Sơn"


def test_the_other_province_is_never_hidden(office: Office) -> None:
    scope = Scope(TODAY, "tỉnh Lạng Sơn")
    hits = office.search("Tờ trình cần nêu rõ bối cảnh, danh nghĩa, mục đích", scope).hits
    assert any(hit.record.jurisdiction == "tỉnh Bắc Giang" for hit in hits)


def test_a_scope_of_one_document_stays_in_it(office: Office) -> None:
    scope = Scope(TODAY, document="19-QC/TU")
    hits = office.search("công tác biên giới", scope).hits
    assert hits and {hit.record.designation for hit in hits} == {"19-QC/TU"}


def test_validity_is_that_of_the_day_asked(office: Office) -> None:
    then = office.search("đoàn vào trước 05 ngày làm việc", Scope(date(2024, 12, 9))).hits[0]
    now = office.search("đoàn vào trước 05 ngày làm việc", Scope(TODAY)).hits[0]
    assert (str(then.status.state), str(now.status.state)) == ("còn hiệu lực", "chưa rõ")
    assert any("hợp nhất" in warning for warning in now.warnings)


def test_a_named_provision_does_not_push_ones_own_province_out(office: Office) -> None:
    scope = Scope(TODAY, "tỉnh Lạng Sơn")
    hits = office.search("Điều 2 Quyết định 50/2025 thẩm định đề án đoàn ra", scope).hits
    assert sum(hit.record.jurisdiction == "tỉnh Lạng Sơn" for hit in hits) >= 3


def test_a_scope_without_the_answer_is_no_answer(office: Office) -> None:
    question = "nộp hộ chiếu công vụ về Sở Ngoại vụ để quản lý sau chuyến đi"
    assert office.search(question, Scope(TODAY, document="19-QC/TU")).answered
    plan = Scope(TODAY, document="ke-hoach-hoi-nghi-2024.txt")
    assert not office.search(question, plan).answered


@pytest.mark.parametrize(
    "question", ["cấp thị thực cho khách", "thi đua khen thưởng", "vay vốn nước ngoài", "điểm a"]
)
def test_no_word_of_the_matter_is_taken_for_a_question_word(question: str) -> None:
    assert list(read_question(question).tokens) == words(question)


def test_words_that_did_not_stand_together_form_no_pair() -> None:
    assert "van ban ai ky" not in " ".join(read_question("văn bản nào ký").terms)
    assert "ban ky" not in read_question("văn bản nào ký").terms


# --- What a hit promises ---


def test_every_hit_is_a_span_of_its_file_and_short_enough(office: Office) -> None:
    for question in QUESTIONS:
        for hit in office.search(question, k=20).hits:
            stored = office.library.of_file(hit.record.file)
            assert stored is not None
            assert hit.text == stored.document.source.display(hit.spans)
            assert len(hit.text) <= 2_500
            assert hit.why and hit.citation


def test_an_opening_is_shown_with_its_list(office: Office) -> None:
    for hit in office.search("đoàn ra không thuộc thẩm quyền quản lý của Ban Thường vụ", k=10).hits:
        if hit.eid == "art_12__cl_2":
            assert "2.1." in hit.text and "2.2." in hit.text
            break
    else:
        pytest.fail("khoản 2 Điều 12 is not among the hits")


def test_abbreviations_are_read_and_said(office: Office) -> None:
    hit = office.search("BTVTU cho ý kiến việc gì").hits[0]
    assert any("Ban Thường vụ Tỉnh ủy" in reason for reason in hit.why)


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00\x01", "…" * 50])
def test_an_empty_question_is_answered_with_a_sentence(text: str, office: Office) -> None:
    answer = office.search(text)
    assert not answer.answered and answer.hits == () and answer.note


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_question_gets_an_answer_object(text: str, office: Office) -> None:
    assert len(office.search(text).hits) <= 5


def test_a_very_long_question_is_cut_not_refused(office: Office) -> None:
    assert office.search("đoàn ra " * 10_000).hits


# --- The index ---


def test_terms_are_folded_with_exact_ones_beside_them() -> None:
    assert terms_of(words("Đoàn ra")) == ["doan", "ra", "doan ra", "=đoàn", "=đoàn ra"]


def test_a_question_mark_word_is_not_searched() -> None:
    assert "gi" not in read_question("thủ tục gì").terms


def test_a_damaged_index_is_built_again(office: Office, tmp_path: Path) -> None:
    found = [p for stored in office.library.stored for p in passages(stored)]
    open_index(tmp_path, "abc", found)
    (folder,) = tmp_path.glob("lexical-*")
    (folder / "keys.npy").write_bytes(b"broken")
    again = open_index(tmp_path, "abc", found)
    assert again.search({"doan": 1.0}, 5)
    shutil.rmtree(folder)
    assert open_index(tmp_path, "abc", found).search({"doan": 1.0}, 5)


def test_passages_are_short_and_cover_every_numbered_unit_that_says_something(
    office: Office,
) -> None:
    for stored in office.library.stored:
        found = passages(stored)
        assert all(len(p.text) <= MAX_CHARS + 700 or len(p.spans) == 1 for p in found)
        eids = {p.eid for p in found}
        silent = [
            p.eid
            for p in stored.document.provisions
            if p.eid.startswith("art_") and p.eid not in eids and not p.heading
        ]
        assert silent == []


def test_a_question_of_no_known_word_promises_no_provisions_below_it(office: Office) -> None:
    answer = office.search("zzzqqq xyzzy")
    assert answer.hits == () and "dưới đây" not in answer.note and answer.note
