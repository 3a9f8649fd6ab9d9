"""The command line keeps its contract: JSON shapes, exit codes, Vietnamese sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from offices import REPO

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
        "note",
    }  # fmt: skip
    assert (entry["verdict"], entry["kind"]) == ("lệch", "căn cứ")


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
}


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
