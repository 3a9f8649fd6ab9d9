"""The reranker sees what the postings and short fields say, and puts the better candidate first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import TODAY, an_office

from drafting.errors import BadInput
from drafting.index import FIELDS, PassageIndex, open_index
from drafting.office import Office
from drafting.passages import Passage
from drafting.retrieve import Ranking, Reranker, read_question
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.dense import lexical_only
from drafting.retrieve.features import NAMES, View, features
from drafting.settings import Scope
from drafting.text import bigrams, fold_word, words

TEXTS = [
    ("Thẩm quyền", "Ban Thường vụ Tỉnh ủy quyết định đoàn ra của cán bộ diện quản lý."),
    ("Thời hạn gửi hồ sơ", "Gửi Sở Ngoại vụ trước 07 ngày làm việc."),
    ("Giải thích từ ngữ", "Đoàn ra là đoàn của tỉnh đi công tác nước ngoài."),
    ("Hộ chiếu", "BTV giao Sở Ngoại vụ quản lý hộ chiếu công vụ."),
]
PASSAGES = [
    Passage("a.txt", f"art_{n}", (), text, heading, "", "", "Quy chế số 19-QC/TU")
    for n, (heading, text) in enumerate(TEXTS, 1)
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PassageIndex:
    return open_index(tmp_path_factory.mktemp("chỉ mục"), "x", PASSAGES)


def seen(text: str, index: PassageIndex) -> dict[str, list[float]]:
    """Every feature of the four passages, in their order."""
    candidates = [Candidate(number, 0.5, 1.0, (0.5,)) for number in range(len(PASSAGES))]
    told = features(View(read_question(text), candidates, PASSAGES, index))
    return {name: values.tolist() for name, values in told.items()}


# --- What the index tells of a passage ---

words_of_texts = sorted({w for h, t in TEXTS for w in words(f"{h} {t}")})


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.lists(st.sampled_from(words_of_texts), max_size=8), min_size=1, max_size=5),
    asked=st.lists(st.sampled_from(words_of_texts), min_size=1, max_size=6, unique=True),
)
def test_held_is_what_counting_by_hand_gives(
    texts: list[list[str]], asked: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    passages = [
        Passage("a.txt", f"art_{n}", (), " ".join(of), " ".join(of[:2]), "", "", "")
        for n, of in enumerate(texts)
    ]
    index = open_index(tmp_path_factory.mktemp("x"), "x", passages)
    folded = [fold_word(word) for word in asked]
    terms = list(dict.fromkeys([*folded, *bigrams(folded), "không có từ này"]))
    held = index.held(terms, range(len(passages)))
    for column, passage in enumerate(passages):
        for row, term in enumerate(terms):
            weight = 0
            for name, of_field in FIELDS.items():
                tokens = [fold_word(word) for word in words(getattr(passage, name))]
                weight += of_field * [*tokens, *bigrams(tokens)].count(term)
            assert held[row, column] == min(weight, 255), (term, passage)


def test_a_passage_keeps_its_numbers_when_another_document_goes(tmp_path: Path) -> None:
    other = [replace(passage, file="b.txt") for passage in PASSAGES]
    open_index(tmp_path, "x", [*other, *PASSAGES])
    index = open_index(tmp_path, "y", PASSAGES)
    assert index.held(["chieu"], range(4)).tolist() == [[0, 0, 0, 8]]
    assert index.lengths(range(4)).argmin() == 3


# --- Features ---


def test_words_in_the_heading_are_told_from_words_in_the_text(index: PassageIndex) -> None:
    told = seen("hộ chiếu công vụ", index)
    assert told["u_heading"][3] > 0.3 and told["u_body"][3] == 1.0
    assert told["heading_u"][3] == 1.0 and told["heading_u"][0] == 0.0


@pytest.mark.parametrize("typed", ["BTV", "Ban Thường vụ"])
def test_a_short_form_counts_as_its_full_form_and_the_other_way_round(
    typed: str, index: PassageIndex
) -> None:
    told = seen(typed, index)["u_all"]
    assert told[0] == told[3] == 1.0 and told[1] < 0.2


def test_the_wrong_accents_are_seen_and_missing_ones_are_not(index: PassageIndex) -> None:
    assert seen("hộ chiếu", index)["accents"][3] == 0.0
    assert seen("hồ chiều", index)["accents"][3] < 0.0
    assert seen("ho chieu", index)["accents"] == [0.0] * 4


def test_what_is_asked_for_is_looked_for_in_the_heading(index: PassageIndex) -> None:
    assert seen("ai quyết định đoàn ra", index)["asked"] == [1.0, 0.0, 0.0, 0.0]
    assert seen("gửi hồ sơ trong bao lâu", index)["asked"] == [0.0, 1.0, 0.0, 0.0]
    assert seen("đoàn ra là gì", index)["defines"] == [0.0, 0.0, 1.0, 0.0]


def test_every_feature_is_named(index: PassageIndex) -> None:
    assert sorted(seen("đoàn ra", index)) == sorted(NAMES)


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=80) | st.lists(st.sampled_from(words_of_texts)).map(" ".join))
def test_features_are_numbers_whatever_is_asked(text: str, index: PassageIndex) -> None:
    assert all(np.isfinite(values).all() for values in seen(text, index).values())


# --- The reranker ---


def ranked(text: str, index: PassageIndex) -> list[Candidate]:
    ranking = Ranking(index, PASSAGES, Reranker.shipped())
    return ranking.order(read_question(text))


def test_chances_are_shares_of_one_best_first(index: PassageIndex) -> None:
    chances = [one.chance for one in ranked("đoàn ra của tỉnh", index)]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1.0)


def test_a_question_for_a_meaning_goes_to_the_article_on_meanings(index: PassageIndex) -> None:
    assert ranked("đoàn ra là gì", index)[0].passage == 2


def test_no_candidates_are_no_trouble(index: PassageIndex) -> None:
    assert Reranker.shipped().order(read_question("zzz"), [], PASSAGES, index) == []
    assert lexical_only([]) == []


class Backwards:
    """A second look that likes what stood last."""

    def score(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        assert "Quy chế số 19-QC/TU" in texts[0] and question
        return np.arange(len(texts), dtype=np.float32) * 10


def test_a_cross_encoder_counts_half(index: PassageIndex) -> None:
    question = read_question("đoàn ra của tỉnh gửi Sở Ngoại vụ")
    ranking = Ranking(index, PASSAGES, Reranker.shipped())
    before = ranking.order(question)
    after = replace(ranking, second_look=Backwards()).order(question)
    assert sorted(c.passage for c in after) == sorted(c.passage for c in before)
    assert [c.passage for c in after] != [c.passage for c in before]
    assert [c.chance for c in after] == [c.chance for c in before]


BAD = [
    "", "{}", "[]", '{"weights": {}}', '{"weights": {"1": {}}}', '{"weights": {"x": {"u_all": 1}}}',
    '{"weights": {"1": {"u_all": "nhiều"}}}', '{"weights": {"1": {"u_all": NaN}}}',
    '{"weights": {"1": {"u_all": 1, "lạ": 2}}}', '{"weights": 3}', '{"weights": {"1": 3}}',
]  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_weights_that_cannot_be_used_are_refused_by_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "ranking.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=r"ranking\.json"):
        Reranker.own(path)


def test_what_an_office_did_not_fit_stays_as_shipped(tmp_path: Path) -> None:
    path = tmp_path / "ranking.json"
    path.write_text('{"weights": {"1": {"u_all": 1.0}}}', encoding="utf-8")
    own, shipped = Reranker.own(path), Reranker.shipped()
    assert own.weights == {**shipped.weights, "1": {"u_all": 1.0}}
    assert own.answered == shipped.answered and own.thresholds == shipped.thresholds


# --- An office's own weights ---


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nhà")) as opened:
        yield opened


def test_damaged_weights_of_its_own_are_told_and_the_shipped_ones_rank(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "ranking.json").write_text("{", encoding="utf-8")
    with an_office(tmp_path) as office:
        assert office.search("hộ chiếu công vụ").hits
        assert any("ranking.json" in notice for notice in office.notices)


# --- Whether there is an answer ---

UNANSWERABLE = [
    "mức phạt nồng độ cồn khi lái xe máy",
    "thuế thu nhập cá nhân khi bán nhà",
    "thời gian nghỉ thai sản của lao động nữ",
    "thủ tục ly hôn đơn phương tại tòa án",
    "điều kiện cấp giấy phép kinh doanh karaoke",
    "tuổi nghỉ hưu của lao động nam năm 2026",
]


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_what_the_library_does_not_say_is_said_to_be_missing(question: str, office: Office) -> None:
    answer = office.search(question)
    assert not answer.answered and "Không có trong kho" in answer.note
    assert answer.hits, "the nearest are shown, marked as not sure"


@pytest.mark.parametrize(
    "keywords", ["đoàn ra", "doan vao", "hộ chiếu công vụ", "lễ tân đối ngoại"]
)
def test_keywords_that_a_provision_says_are_answered(keywords: str, office: Office) -> None:
    assert office.search(keywords).answered


def test_without_the_dense_half_what_is_answered_is_still_answered(tmp_path: Path) -> None:
    (tmp_path / "index" / "vectors.sqlite").mkdir(parents=True)
    with an_office(tmp_path) as office:
        assert office.search("đoàn vào chưa có trong kế hoạch gửi trước mấy ngày").answered
        assert not office.search("mức phạt nồng độ cồn khi lái xe máy").answered
        assert any("chỉ bằng từ ngữ" in notice for notice in office.notices)


def test_a_library_without_a_document_answers_with_a_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "trống"
    empty.mkdir()
    with an_office(tmp_path / "nhà", empty) as office:
        answer = office.search("đoàn vào gửi trước mấy ngày")
    assert not answer.hits and not answer.answered and answer.note


def test_a_scope_without_any_document_answers_with_a_sentence(office: Office) -> None:
    answer = office.search("đoàn vào gửi trước mấy ngày", Scope(TODAY, roles=("không có",)))
    assert not answer.hits and not answer.answered and answer.note
