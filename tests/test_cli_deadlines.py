"""`drafting deadline` and `calendar` keep their contract: JSON, exit codes, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import as_json, printed

DEADLINE_KEYS = {
    "rule", "clause", "direction", "days", "unit", "event", "latest", "safe", "due", "skipped",
    "convention", "predicted",
}  # fmt: skip


def test_deadline_has_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = as_json(capsys, "deadline", "doan-vao-trong-ke-hoach", "--event", "7/9/2026")
    assert code == 0 and set(found) >= DEADLINE_KEYS
    assert (found["latest"], found["safe"]) == ("2026-08-26", "2026-08-25")
    assert found["skipped"][0] == {"date": "2026-08-29", "why": "thứ Bảy"}  # type: ignore[index]
    code, found = as_json(capsys, "deadline", "ke-hoach-tinh-trinh", "--year", "2026")
    assert (found["due"], found["direction"], found["days"]) == ("2026-11-13", "by", None)


@pytest.mark.parametrize(
    "name", ["19-QC/TU:art_14__cl_5", "khoản 5 Điều 14 19-QC/TU", "khoan 5 dieu 14 quy che 19"]
)
def test_a_limit_is_found_by_its_clause(capsys: pytest.CaptureFixture[str], name: str) -> None:
    _, found = as_json(capsys, "deadline", name, "--event", "2026-09-07")
    assert found["rule"] == "doan-vao-trong-ke-hoach"


def test_the_first_line_of_a_limit_is_its_answer(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["deadline", "doan-vao-trong-ke-hoach", "--event", "7/9/2026", "--province"]
    _, out, _ = printed(capsys, *call, "Lang Son")
    assert out.split("\n")[0] == "Chậm nhất thứ Tư 26/8/2026; an toàn: thứ Ba 25/8/2026"
    assert "khoản 5 Điều 14 Quy chế số 19-QC/TU: “trước ngày đón tiếp" in out
    assert "tham khảo: quy định của tỉnh Bắc Giang, không ràng buộc tỉnh Lạng Sơn" in out
    assert "chưa rõ: Tỉnh Bắc Giang hợp nhất" in out and "None" not in out


def test_the_list_names_each_document_with_its_state(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "deadline", "--list")
    assert code == 0 and "Quy chế số 19-QC/TU (tỉnh Bắc Giang; " in out and "việc đã xong" in out
    assert out.count("\n  ") == 27
    _, found = as_json(capsys, "deadline", "--list")
    assert len(found["rules"]) == 27  # type: ignore[arg-type]


WRONG_LIMITS = {
    "deadline": "--list",
    "deadline khong-co --event 7/9/2026": "Không có thời hạn",
    "deadline 19-QC/TU:art_19__cl_2 --year 2026": "bao-cao-dinh-ky-31-5, bao-cao-dinh-ky-30-10",
    "deadline nhay-cam": "--event",
    "deadline Điều~15": "chưa nêu văn bản",
    "deadline nhay-cam --event 31/2/2026": "không phải ngày có thật",
    "deadline nhay-cam --event 1/6/2090": "2005–2050",
    "deadline nhay-cam --event 1/6/2026 --year 2026": "một trong hai",
    "deadline ke-hoach-tinh-gui --event 1/6/2026": "--year",
    "deadline nhay-cam --event 1/6/2026 -o lich.txt": ".ics",
    "calendar 2027 -o lich.pdf": ".ics hoặc .xlsx",
    "calendar 1850": "2005–2050",
    "calendar nam-nay": "NĂM",
    "calendar 2027 --own": "--province",
}


@pytest.mark.parametrize("call", WRONG_LIMITS)
def test_a_wrong_call_about_time_is_a_sentence(
    capsys: pytest.CaptureFixture[str], call: str
) -> None:
    code, out, err = printed(capsys, *(word.replace("~", " ") for word in call.split()))
    assert (code, out) == (2, "") and WRONG_LIMITS[call] in err


def test_a_calendar_is_written_and_a_file_that_is_not_ours_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "lịch 2027.ics"
    code, found = as_json(capsys, "calendar", "2027", "-o", str(out))
    assert code == 0 and found["out"] == str(out) and len(found["duties"]) == 23  # type: ignore[arg-type]
    assert {"date", "who", "to", "clause", "when"} <= set(found["duties"][0])  # type: ignore[index]
    printed(capsys, "calendar", "2027", "-o", str(out))
    assert [p.name for p in tmp_path.iterdir()] == [out.name]
    out.write_text("của cán bộ", "utf-8")
    _, told, _ = printed(capsys, "calendar", "2027", "-o", str(out))
    kept = out.with_name("lịch 2027.truoc-1.ics")
    assert kept.read_text("utf-8") == "của cán bộ" and str(kept) in told
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_bad_file_of_days_off_is_told_not_a_traceback(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "rules").mkdir()
    (home / "rules" / "holidays.toml").write_text("[[day]]\ndate = 1\n", "utf-8")
    code, _, err = printed(capsys, "deadline", "nhay-cam", "--event", "1/6/2026")
    assert code == 2 and "holidays.toml, [[day]] thứ 1, date" in err
