"""The command line keeps its contract: JSON shapes, exit codes, Vietnamese sentences."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from offices import REPO
from test_docs import verbs

from drafting.cli.command import run

SEARCH_KEYS = {
    "rank", "score", "file", "sha256", "designation", "jurisdiction", "article", "clause", "point",
    "item", "eid", "citation", "text", "spans", "why", "linked", "status", "warnings",
}  # fmt: skip


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code, out, _ = printed(capsys, *arguments, "--json")
    assert out.count("\n") == 1
    return code, json.loads(out)


def test_outline_has_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = as_json(capsys, "outline", str(REPO / "corpus" / "50-2025-qd-ubnd.txt"))
    assert code == 0
    assert set(found) == {
        "file", "sha256", "designation", "kind", "counts", "provisions", "findings",
    }  # fmt: skip
    assert (found["designation"], found["file"]) == ("50/2025/QĐ-UBND", "50-2025-qd-ubnd.txt")
    assert set(found["counts"]) == {  # type: ignore[call-overload]
        "part", "chapter", "section", "article", "clause", "point", "item",
    }  # fmt: skip
    first = found["provisions"][0]  # type: ignore[index]
    assert set(first) == {"eid", "kind", "number", "heading", "text", "line", "spans"}


def test_search_has_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = as_json(capsys, "search", "đoàn vào ngoài kế hoạch", "-k", "3")
    assert code == 0 and len(found["hits"]) == 3  # type: ignore[arg-type]
    assert set(found["hits"][0]) == SEARCH_KEYS  # type: ignore[index]


def test_no_answer_is_exit_1_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "search", "mức lương cơ sở của giáo viên mầm non")
    assert code == 1 and "Không có trong kho" in out


def test_a_provision_is_shown_by_its_words_or_its_id(
    capsys: pytest.CaptureFixture[str],
) -> None:
    by_words = printed(capsys, "corpus", "show", "19-QC/TU", "khoản 4 Điều 13")
    assert by_words == printed(capsys, "corpus", "show", "19-QC/TU", "art_13__cl_4")
    assert by_words[0] == 0 and by_words[1].startswith("4. Đối với cơ quan")


def test_a_batch_answers_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "câu hỏi.jsonl"
    questions.write_text('{"id": "a", "query": "đoàn ra"}\n\n{"id": 2, "query": ""}\n', "utf-8")
    code, out, _ = printed(capsys, "search", "--batch", str(questions), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [row["id"] for row in rows] == ["a", 2]
    assert rows[1]["answered"] is False


def test_a_question_of_a_batch_may_hold_any_character_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": 1, "query": "đoàn\u2028ra"}\r\n{"id": 2, "query": "đoàn\x85ra"}', "utf-8"
    )
    code, out, _ = printed(capsys, "search", "--batch", str(path))
    assert code == 0 and [json.loads(line)["id"] for line in out.strip().split("\n")] == [1, 2]


BAD_LINES = ["{", "[1]", '"query"', '{"id": 2}', '{"query": null}', "[" * 9999]


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:15])
def test_a_batch_with_a_bad_line_is_refused_before_anything_is_answered(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"id": 1, "query": "đoàn ra"}}\n{line}\n', "utf-8")
    code, out, err = printed(capsys, "search", "--batch", str(path))
    assert (code, out) == (2, "") and "dòng 2" in err


def test_cite_reads_a_file_and_tells_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "van ban.txt"
    text.write_text("Căn cứ Quyết định số 50/2025/QĐ-UBND ngày 30/6/2024 của UBND tỉnh;", "utf-8")
    code, found = as_json(capsys, "cite", str(text))
    entry = found["citations"][0]  # type: ignore[index]
    assert code == 1 and found["file"] == "van ban.txt"
    assert set(entry) == {
        "text", "span", "kind", "designation", "eid", "verdict", "differs", "status", "successor",
        "note", "quotations", "chain", "nearest",
    }  # fmt: skip
    assert found["issued"] is None and found["missing"] == []
    assert (entry["verdict"], entry["kind"]) == ("lệch", "căn cứ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Căn cứ Quyết định số 50/2025/QĐ-UBND ngày 30/6/2025 của UBND tỉnh Lạng Sơn;", 0),
        ("Căn cứ Quyết định số 98765/QĐ-UBND ngày 30/6/2025 của UBND tỉnh Lạng Sơn;", 1),
        ("Không viện dẫn gì cả.", 0),
    ],
)
def test_a_document_nobody_knows_is_an_error_of_cite(
    text: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert printed(capsys, "cite", str(path))[0] == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_cite_reads_a_pipe_as_it_reads_a_file(
    encoding: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Windows-1258 writes a tone as a character of its own.
    text = "Căn cư\u0301 Quyê\u0301t đi\u0323nh sô\u0301 50/2025/QĐ-UBND ngày 30/6/2025;"
    piped = io.TextIOWrapper(io.BytesIO(text.encode(encoding)), encoding="ascii")
    monkeypatch.setattr("sys.stdin", piped)
    code, found = as_json(capsys, "cite", "-")
    assert code == 0 and found["total"] == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [(b" \n", "Chưa có chữ"), (b"\0\1\2\3" * 9, "văn bản")],
    ids=["empty", "binary"],
)
def test_a_pipe_without_text_is_a_sentence(
    data: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    code, _, err = printed(capsys, "cite", "-")
    assert code == 2 and said in err


def test_draft_has_the_shape_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = REPO / "examples" / "to-trinh-doan-ra-bac-giang.yaml"
    out = tmp_path / "thư mục" / "tờ trình.docx"
    code, found = as_json(capsys, "draft", "to-trinh-doan-ra", "--case", str(case), "-o", str(out))
    assert code == 0 and out.is_file() and Path(str(found["provenance"])).is_file()
    assert set(found) == {"out", "provenance", "slots", "ledger", "findings"}
    first = found["slots"][0]  # type: ignore[index]
    assert first == {
        "id": "boi_canh",
        "state": "filled",
        "force": "bắt buộc",
        "clause": "khoản 2 Điều 15 Quy chế số 19-QC/TU",
        "origin": "cán bộ nhập",
    }


def test_a_final_paper_waits_for_a_wrong_citation_and_a_person_may_release_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (REPO / "examples" / "to-trinh-doan-ra-bac-giang.yaml").read_text("utf-8")
    wrong = text.replace(
        "boi_canh: Tỉnh", "boi_canh: Căn cứ Quyết định số 118/QĐ-TTg ngày 15/10/2016, tỉnh"
    )
    case, out = tmp_path / "a.yaml", tmp_path / "a.docx"
    case.write_text(wrong, "utf-8")
    order = ["draft", "to-trinh-doan-ra", "--case", str(case), "-o", str(out), "--final"]
    code, _, err = printed(capsys, *order)
    assert code == 2 and "118/QĐ-TTg" in err and not out.exists()
    release = (
        "\nxac_nhan:\n  - {van_ban: 118/QĐ-TTg, nguoi: Thân Ngọc Lâm, ly_do: đã xem bản gốc}\n"
    )
    case.write_text(wrong + release, "utf-8")
    code, told, _ = printed(capsys, *order)
    assert out.is_file() and "Thân Ngọc Lâm xác nhận: đã xem bản gốc" in told


BAD_USES: dict[tuple[str, ...], str] = {
    ("khong-co",): "không có lệnh",
    ("search",): "Chưa có câu hỏi",
    ("search", "a", "-k", "nhiều"): "-k",
    ("search", "a", "--as-of", "30/02/2026"): "không phải ngày có thật",
    ("search", "a", "--in", "1/QĐ-X"): "Kho không có văn bản",
    ("outline", "khong-co.txt"): "không có tệp này",
    ("outline", "."): "thư mục",
    ("cite", "khong-co.docx"): "không có tệp này",
    ("new", "khong-co"): "Các mẫu hiện có",
    ("new",): "MẪU",
    ("draft", "to-trinh-doan-ra", "--case", "x.yaml", "-o", "x.doc"): ".docx",
    ("draft", "to-trinh-doan-ra", "--case", "x.yaml", "-o", "x.docx"): "x.yaml",
    ("corpus", "show", "19-QC/TU", "art_99"): "art_99",
    ("corpus", "sync", "khong-co"): "Không có thư mục",
    ("forms", "thừa", "nữa"): "thừa tham số thừa nữa",
    ("search", "a", "-k"): "tùy chọn -k thiếu giá trị",
    ("search", "a", "--json=1"): "tùy chọn --json không nhận giá trị",
    ("search", "--khong-co"): "không có tùy chọn --khong-co",
    ("draft", "to-trinh-doan-ra"): "thiếu --case",
}


ENGLISH = re.compile(
    r"usage|option|argument|command|show this|exit\.|required|default|unexpected|<\w+>",
    re.IGNORECASE,
)


@pytest.mark.parametrize("verb", ["", *verbs()])
def test_every_help_page_is_in_vietnamese(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, *verb.split(), "--help")
    assert code == 0 and "Cách dùng: drafting" in out and "Hiện trang này" in out
    assert ENGLISH.findall(out) == []


def test_help_names_what_must_be_given_and_what_stands_when_it_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "[TÙY CHỌN] MẪU\n" in printed(capsys, "new", "--help")[1]
    assert "Hồ sơ .yaml đã điền (bắt buộc)" in printed(capsys, "draft", "--help")[1]
    search = printed(capsys, "search", "--help")[1]
    assert "[CÂU-HỎI]" in search and "Số kết quả (mặc định 5)" in search
    assert "verify" in printed(capsys, "corpus")[2]


def test_what_an_officer_sees_of_a_finding_is_vietnamese_and_json_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, out = REPO / "examples" / "ke-hoach-hoi-nghi.yaml", str(tmp_path / "a.docx")
    order = ["draft", "ke-hoach-hoi-nghi", "--case", str(case), "-o", out]
    told = printed(capsys, *order)[1]
    assert "\n  ghi chú: " in told and "note" not in told
    found = json.loads(printed(capsys, *order, "--json")[1])
    assert "note" in {finding["severity"] for finding in found["findings"]}


@pytest.mark.parametrize("arguments", [["forms"], ["new", "to-trinh-doan-ra"]], ids=" ".join)
def test_a_verb_about_forms_opens_no_library(
    arguments: list[str], home: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("DRAFTING_CORPUS", str(home / "không có"))
    assert printed(capsys, *arguments)[0] == 0
    assert list(home.iterdir()) == []


def test_a_file_that_is_not_the_one_declared_is_listed_and_fails_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(REPO / "corpus", tmp_path / "kho"))
    with (folder / "19-qc-tu-2024.txt").open("a", encoding="utf-8") as file:
        file.write("\nThêm một dòng.\n")
    monkeypatch.setenv("DRAFTING_CORPUS", str(folder))
    code, found = as_json(capsys, "corpus", "list", "--problems")
    assert code == 0 and "sửa so với khai báo" in found["problems"][0]["why"]  # type: ignore[index]
    code, out, _ = printed(capsys, "corpus", "verify")
    assert code == 1 and "KH06 lỗi 19-qc-tu-2024.txt" in out


@pytest.mark.parametrize("arguments", BAD_USES, ids=" ".join)
def test_bad_use_is_exit_2_and_a_vietnamese_sentence(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, _, err = printed(capsys, *arguments)
    assert code == 2
    assert BAD_USES[arguments] in err and "Traceback" not in err and "None" not in err


def test_a_fault_of_the_program_is_exit_3_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("lời mật của cán bộ")

    monkeypatch.setattr("drafting.office.Office.search", broken)
    code, out, err = printed(capsys, "search", "đoàn ra")
    log = (home / "log" / "drafting.log").read_text("utf-8")
    assert code == 3 and "Traceback" not in out + err
    assert "ZeroDivisionError" in log and "lời mật" not in log + err


def test_the_log_never_holds_a_question_or_a_text(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["search", "hộ chiếu của ông Trần Bí Mật"])
    case = REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml"
    run(["draft", "to-trinh-doan-ra", "--case", str(case), "-o", str(tmp_path / "a.docx")])
    log = (home / "log" / "drafting.log").read_text("utf-8")
    assert "search" in log and "export" in log
    assert not any(word in log for word in ("Bí Mật", "hộ chiếu", "Buzen", "Lương"))
    capsys.readouterr()


def test_a_new_case_never_overwrites_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hồ sơ.yaml"
    assert printed(capsys, "new", "to-trinh-doan-ra", "-o", str(path))[0] == 0
    path.write_text("của tôi", "utf-8")
    code, _, err = printed(capsys, "new", "to-trinh-doan-ra", "-o", str(path))
    assert code == 2 and "không ghi đè" in err and path.read_text("utf-8") == "của tôi"


def test_a_question_imports_none_of_the_heavy_libraries(home: Path) -> None:
    code = (
        "import sys, drafting.cli.command as c; c.run(['search', 'đoàn ra']); "
        "sys.exit(any(n in sys.modules for n in "
        "('torch', 'llama_index', 'sentence_transformers', 'streamlit', 'docxtpl', 'faiss')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
