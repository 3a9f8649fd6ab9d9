"""What a free question to `drafting route` tells besides its facts: the day or days of the case."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from test_route_page import route_page

from drafting.cli.command import run
from drafting.procedure.asked_days import read_days_in

ASKED = "đoàn vào lần đầu đến làm việc với Sở Y tế ngoài kế hoạch ngày 2/4/2025"
HERE = ["--province", "Bắc Giang", "--as-of", "1/3/2025"]
APRIL = date(2025, 4, 2)
Shown = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("question", "starts", "ends"),
    [
        (ASKED, APRIL, None),
        ("doan vao ngay 2-4-2025", APRIL, None),
        ("ngày 2 tháng 4 năm 2025 đón đoàn", APRIL, None),
        ("trong kế hoạch, ngày 2025-04-02", APRIL, None),
        ("đoàn khách đến ngày 02.04.2025.", APRIL, None),
        ("đoàn ra từ ngày 28/3 đến 6/4/2025", date(2025, 3, 28), date(2025, 4, 6)),
        ("từ ngày 02 đến hết ngày 06/4/2025", APRIL, date(2025, 4, 6)),
        ("02–06/4/2025 đón đoàn", APRIL, date(2025, 4, 6)),
        ("đi ngày 2/4/2025, về ngày 6/4/2025", APRIL, date(2025, 4, 6)),
        ("từ ngày 2 tháng 4 đến ngày 6 tháng 4 năm 2025", APRIL, date(2025, 4, 6)),
        ("hội nghị kết thúc ngày 2/4/2025", None, APRIL),
        ("gửi hồ sơ ngày 1/3/2025, đón đoàn ngày 2/4/2025", APRIL, None),
        ("theo công văn ngày 1/3/2025 đón đoàn ngày 2/4/2025", APRIL, None),
    ],
)
def test_a_question_tells_its_days(question: str, starts: date | None, ends: date | None) -> None:
    told = read_days_in(question)
    assert (told.starts, told.ends, told.unsure) == (starts, ends, "")


@pytest.mark.parametrize(
    "question",
    [
        "Quy chế 19-QC/TU ngày 12/3/2024 của Ban Thường vụ, đoàn ra ai quyết",
        "đoàn ra theo Quyết định số 50/2025/QĐ-UBND ngày 2/4/2025",
        "tờ trình của Sở Y tế ngày 1/3/2025 đón đoàn",
        "đoàn vào trước ngày 2/4/2025",
        "nộp hồ sơ 1/3/2025",
        "đoàn ra 5 ngày",
    ],
)
def test_the_day_of_a_paper_or_of_a_filing_is_not_the_day_of_the_case(question: str) -> None:
    told = read_days_in(question)
    assert told.starts is None and told.ends is None and told.unsure == ""


@pytest.mark.parametrize(
    ("question", "unsure"),
    [
        ("đón đoàn ngày 2/4", "“ngày 2/4” chưa có năm"),
        ("đón đoàn ngày 30/2/2025", "“30/2/2025” không phải ngày có thật"),
        ("ngày 2/4/2025 và ngày 5/5/2025", "câu hỏi nêu nhiều ngày, chưa chọn"),
        ("6/4/2025 - 2/4/2025", "“6/4/2025 - 2/4/2025”: ngày kết thúc trước ngày bắt đầu"),
    ],
)
def test_a_day_that_cannot_be_taken_is_named(question: str, unsure: str) -> None:
    told = read_days_in(question)
    assert (told.starts, told.ends, told.unsure) == (None, None, unsure)


def test_the_day_of_the_question_dates_the_limit_and_is_shown(capsys: Shown) -> None:
    code = run(["route", ASKED, *HERE, "--fact", "nhay_cam=khong", "--fact", "khan=khong"])
    out = capsys.readouterr().out
    assert code == 0 and "chậm nhất thứ Tư 26/3/2025" in out.splitlines()[0]
    assert "ngày thực hiện 02/4/2025 ← “ngày 2/4/2025”   (ngay=02/4/2025)" in out
    assert "Không thấy trong câu hỏi" not in out


def test_json_names_the_day_among_what_was_read(capsys: Shown) -> None:
    run(["route", ASKED, *HERE, "--json"])
    read = json.loads(capsys.readouterr().out)["asked"]["read"]
    assert {"fact": "ngay", "value": "2025-04-02", "words": "ngày 2/4/2025"} in read


def test_a_day_seen_and_not_taken_is_told_where_it_is_asked(capsys: Shown) -> None:
    asked = ASKED.replace("/2025", "")
    run(["route", asked, *HERE, "--fact", "nhay_cam=khong", "--fact", "khan=khong"])
    assert "là ngày nào? “ngày 2/4” chưa có năm" in capsys.readouterr().out


def test_a_new_file_holds_the_days_that_were_read(tmp_path: Path) -> None:
    out = tmp_path / "viec.yaml"
    asked = "đón đoàn từ ngày 2/4 đến ngày 5/4/2025"
    assert run(["route", asked, *HERE, "--new", "-o", str(out)]) == 0
    lines = out.read_text("utf-8").splitlines()
    assert any(line.startswith("ngay: 02/4/2025 ") for line in lines)
    assert any(line.startswith("ngay_ve: 05/4/2025 ") for line in lines)


def test_the_page_fills_the_empty_day_boxes_and_follows_the_words() -> None:
    page = route_page("đón đoàn từ ngày 2/4 đến ngày 5/4/2025")
    assert page.text_input(key="f:route-starts").value == "02/4/2025"
    assert page.text_input(key="f:route-ends").value == "05/4/2025"
    page.text_input(key="f:route-words").set_value("đón đoàn ngày 7/4/2025").run()
    assert page.text_input(key="f:route-starts").value == "07/4/2025"
    assert page.text_input(key="f:route-ends").value == ""


def test_the_page_leaves_a_day_the_officer_typed() -> None:
    page = route_page("đón đoàn")
    page.text_input(key="f:route-starts").set_value("9/4/2025").run()
    page.text_input(key="f:route-words").set_value("đón đoàn ngày 7/4/2025").run()
    assert page.text_input(key="f:route-starts").value == "9/4/2025"


def test_what_is_still_open_and_what_was_read_is_said_in_words(capsys: Shown) -> None:
    code = run(["route", "đoàn của sở đi công tác Nhật, không nhạy cảm", *HERE])
    out = capsys.readouterr().out
    assert code == 1 and "  Nếu thuộc diện Ban Thường vụ Tỉnh ủy quản lý" in out
    assert "    không   (--fact khan=khong)\n" in out
    assert not [line for line in out.splitlines() if line.startswith("  Nếu") and "=" in line]
    assert "làm trưởng đoàn" not in out and "không ← “đoàn của sở”   (doan_lanh_dao=khong)" in out


def test_a_new_file_tells_in_one_short_line_when_a_question_is_asked(capsys: Shown) -> None:
    assert run(["route", "--new", *HERE[:2]]) == 0
    lines = [one for one in capsys.readouterr().out.splitlines() if one.startswith("# (chỉ khi")]
    assert len(lines) > 10 and max(len(line) for line in lines) < 160
    assert any("nguoi_nhan: ca-nhan" in line for line in lines)
