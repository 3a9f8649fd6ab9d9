"""The page *Ai quyết định*: one question at a time, then who decides, by when, by which clause."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest
from test_page import everything, the_page

ASKED = "cán bộ diện BTV quản lý ở sở đi học ở Úc"


def route_page(words: str = "", province: str = "tỉnh Bắc Giang") -> AppTest:
    """The page with a case told in words, as of the days the Quy chế bound."""
    page = the_page()
    page.segmented_control(key="page").set_value("Ai quyết định").run()
    page.selectbox(key="f:route-province").set_value(province)
    page.text_input(key="f:route-day").set_value("01/3/2025")
    page.text_input(key="f:route-words").set_value(words).run()
    assert not page.exception
    return page


def choose(page: AppTest, fact: str, answer: str) -> AppTest:
    """Answers one question."""
    page.selectbox(key=f"f:route:{fact}").set_value(answer).run()
    assert not page.exception
    return page


def asked(page: AppTest) -> list[str]:
    """The facts whose questions stand on the page."""
    keys = [str(box.key) for box in page.selectbox]
    return [key.removeprefix("f:route:") for key in keys if key.startswith("f:route:")]


def test_the_first_question_stands_alone_and_nothing_is_decided() -> None:
    page = route_page()
    assert asked(page) == ["viec"]
    assert "Chưa kết luận được: còn phải biết" in everything(page)


def test_words_answer_what_they_tell_and_only_the_deciding_question_follows() -> None:
    page = route_page(ASKED)
    assert page.selectbox(key="f:route:viec").value == "ca-nhan"
    assert page.selectbox(key="f:route:dien").value == "co"
    unanswered = [one for one in asked(page) if not page.selectbox(key=f"f:route:{one}").value]
    assert len(unanswered) <= 1


def test_answers_lead_to_who_decides_with_clause_force_and_picture() -> None:
    page = route_page(ASKED)
    for _ in range(12):
        open_ = [one for one in asked(page) if not page.selectbox(key=f"f:route:{one}").value]
        if not open_:
            break
        box = page.selectbox(key=f"f:route:{open_[0]}")
        choose(page, open_[0], "khong" if "khong" in box.options else box.options[-1])
    shown = everything(page)
    assert "điểm 4\\.1 khoản 4 Điều 13" in shown or "điểm 4.1 khoản 4 Điều 13" in shown
    assert "tỉnh Bắc Giang · bắt buộc" in shown and "Chủ tịch UBND tỉnh" in shown


def test_an_answer_that_no_longer_fits_is_dropped() -> None:
    page = route_page("đoàn ra của sở, trưởng đoàn thuộc diện BTV quản lý")
    choose(page, "viec", "hoi-nghi")
    assert "dien" not in asked(page)


def test_a_province_that_regulates_little_says_so_and_what_to_load() -> None:
    shown = everything(route_page("đoàn ra của sở, ai quyết định", "tỉnh Lạng Sơn"))
    assert "Điều 12 Quy chế số 19" not in shown.split("Tỉnh khác quy định")[0]


def test_a_day_that_is_none_stops_the_page_with_a_sentence() -> None:
    page = the_page()
    page.segmented_control(key="page").set_value("Ai quyết định").run()
    page.text_input(key="f:route-starts").set_value("31/2/2025").run()
    assert "không phải ngày có thật" in page.error[0].value and not asked(page)


def test_a_question_asked_in_search_shows_the_card_and_leads_here() -> None:
    page = the_page()
    page.text_input(key="f:question").set_value(ASKED)
    page.selectbox(key="f:province").set_value("tỉnh Bắc Giang")
    next(button for button in page.button if button.label == "Tìm").click()
    page.run()
    next(button for button in page.button if button.label.startswith("Mở trang")).click()
    page.run()
    assert page.text_input(key="f:route-words").value == ASKED
    assert page.selectbox(key="f:route:viec").value == "ca-nhan"
