"""The library agrees with its folder, loses nothing, and says what it cannot use."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from drafting.errors import BadInput, OutputBusy
from drafting.findings import Severity
from drafting.library import Library
from drafting.library.meta import read_meta
from drafting.library.sync import load_document, sync
from drafting.library.verify import verify
from drafting.records import Record, State
from drafting.structure import Document, structure


@pytest.fixture
def folder(tmp_path: Path, repo: Path) -> Path:
    """A copy of the corpus that a test may change."""
    return Path(shutil.copytree(repo / "corpus", tmp_path / "kho văn bản"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library.sqlite")


def test_the_first_sync_adds_and_the_second_does_nothing(library: Library, folder: Path) -> None:
    assert len(sync(library, folder).added) == 5
    again = sync(library, folder)
    nothing: dict[str, object] = {
        name: [] for name in ("added", "changed", "removed", "problems", "rules", "validity")
    }
    assert again.as_json() == nothing


def test_changed_and_removed_files_are_followed(library: Library, folder: Path) -> None:
    sync(library, folder)
    report = folder / "103-bc-sngv-2020.txt"
    report.write_text(report.read_text("utf-8") + "\nThêm một dòng.", "utf-8")
    (folder / "ke-hoach-hoi-nghi-2024.txt").unlink()
    done = sync(library, folder)
    assert done.changed == ["103-bc-sngv-2020.txt"]
    assert done.removed == ["ke-hoach-hoi-nghi-2024.txt"]
    whys = {problem["file"]: problem["why"] for problem in done.problems}
    assert list(whys) == ["103-bc-sngv-2020.txt", "ke-hoach-hoi-nghi-2024.txt"]
    assert "không có tệp này" in whys["ke-hoach-hoi-nghi-2024.txt"]


def test_one_bad_file_does_not_stop_the_others(library: Library, folder: Path) -> None:
    (folder / "hong.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    (folder / "rong.docx").write_bytes(b"")
    done = sync(library, folder)
    assert len(done.added) == 5
    assert sorted(p["file"] for p in done.problems) == ["hong.txt", "rong.docx"]
    assert [file for file, _ in library.problems()] == ["hong.txt", "rong.docx"]


def problems_of(library: Library) -> dict[str, str]:
    return dict(library.problems())


def test_a_bad_file_that_is_gone_is_no_problem_any_more(library: Library, folder: Path) -> None:
    (folder / "hong.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    sync(library, folder)
    (folder / "hong.txt").unlink()
    sync(library, folder)
    assert problems_of(library) == {}


def test_a_file_that_became_unreadable_leaves_the_library_and_comes_back(
    library: Library, folder: Path
) -> None:
    sync(library, folder)
    plan = folder / "ke-hoach-hoi-nghi-2024.txt"
    good = plan.read_bytes()
    plan.write_bytes(b"\x00\x01\x02\xff" * 200)
    done = sync(library, folder)
    assert done.removed == [plan.name] and library.of_file(plan.name) is None
    assert "bỏ khỏi kho" in problems_of(library)[plan.name]
    plan.write_bytes(good)
    assert sync(library, folder).added == [plan.name]
    assert problems_of(library) == {}


def test_what_is_undeclared_or_missing_is_told_until_it_is_mended(
    library: Library, folder: Path
) -> None:
    (folder / "moi.txt").write_text("QUYẾT ĐỊNH\n\nĐiều 1. A.", "utf-8")
    (folder / "103-bc-sngv-2020.txt").rename(folder.parent / "giữ")
    for _ in range(2):
        done = sync(library, folder)
        assert [p["file"] for p in done.problems] == ["103-bc-sngv-2020.txt", "moi.txt"]
        assert list(problems_of(library)) == ["103-bc-sngv-2020.txt", "moi.txt"]


def test_whatever_one_file_raises_the_others_are_read(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = load_document

    def broken(path: Path, declared: Record | None) -> tuple[Record, Document]:
        if path.name.startswith("103"):
            raise OSError(5, "Input/output error")
        if path.name.startswith("19"):
            raise OutputBusy("tệp đang mở")
        return real(path, declared)

    monkeypatch.setattr("drafting.library.sync.load_document", broken)
    done = sync(library, folder)
    assert len(done.added) == 3 and "Input/output" not in str(done.problems)
    assert list(problems_of(library)) == ["103-bc-sngv-2020.txt", "19-qc-tu-2024.txt"]


def test_a_folder_copied_elsewhere_is_verified_there(library: Library, folder: Path) -> None:
    sync(library, folder)
    moved = folder.rename(folder.parent / "kho mới")
    assert sync(library, moved).changed == []
    assert verify(library, read_meta(moved)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ('sha256 = "e0db31', 'sha256 = "e0db32', "KH06", "Tệp đã bị sửa so với khai báo"),
        ('designation = "103/BC-SNgV"', 'designation = "104/BC-SNgV"', "KH07", "103/BC-SNgV"),
    ],
)
def test_a_file_that_is_not_the_one_declared_is_a_problem_and_a_finding(
    old: str, new: str, code: str, said: str, library: Library, folder: Path
) -> None:
    table = folder / "corpus.toml"
    table.write_text(table.read_text("utf-8").replace(old, new), "utf-8")
    assert said in sync(library, folder).problems[0]["why"]
    assert said in sync(library, folder).problems[0]["why"]
    (found,) = verify(library, read_meta(folder))
    assert (found.code, found.severity) == (code, Severity.ERROR) and said in found.message


def test_a_text_whose_structure_failed_is_found_by_verify(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafting.structure.build.read_head", lambda *_: None)
    sync(library, folder)
    assert {f.code for f in verify(library, read_meta(folder))} == {"ST00"}


def test_a_file_nobody_declared_is_read_and_said(library: Library, folder: Path) -> None:
    text = "Số: 12/QĐ-SNgV\n\nQUYẾT ĐỊNH\n\nVề việc thử\n\nĐiều 1. Ban hành.\n"
    (folder / "moi.txt").write_text(text, "utf-8")
    done = sync(library, folder)
    stored = library.of_file("moi.txt")
    assert stored is not None and stored.record.designation == "12/QĐ-SNgV"
    assert not stored.record.in_jurisdiction_of("tỉnh Lạng Sơn")
    assert "corpus.toml" in done.problems[0]["why"]


def test_what_is_stored_is_what_was_parsed(library: Library, folder: Path) -> None:
    sync(library, folder)
    stored = library.of_file("19-qc-tu-2024.txt")
    assert stored is not None
    parsed = structure(stored.document.source)
    assert stored.document.provisions == parsed.provisions
    assert stored.document.findings == parsed.findings


def test_a_record_survives_the_library(library: Library, folder: Path) -> None:
    sync(library, folder)
    declared = read_meta(folder)
    assert list(library.known) == list(declared.known)
    for stored in library.stored:
        assert stored.record == declared.files[stored.record.file]


def test_the_web_introduction_is_no_part_of_the_decision(library: Library, folder: Path) -> None:
    sync(library, folder)
    stored = library.of_file("50-2025-qd-ubnd.txt")
    assert stored is not None
    assert min(p.line for p in stored.document.provisions) >= 17


def test_verify_finds_a_file_changed_behind_its_back(library: Library, folder: Path) -> None:
    sync(library, folder)
    assert verify(library, read_meta(folder)) == []
    (folder / "19-qc-tu-2024.txt").write_text("khác", "utf-8")
    (folder / "103-bc-sngv-2020.txt").unlink()
    assert sorted(f.code for f in verify(library, read_meta(folder))) == ["KH01", "KH02"]


def test_a_document_answers_to_both_its_numbers(library: Library, folder: Path) -> None:
    sync(library, folder)
    one, other = library.records("11/2016/QĐ-UBND"), library.records("11/QĐ-UBND")
    assert one and one == other


@pytest.mark.parametrize(
    ("designation", "day", "state"),
    [
        ("50/2025/QĐ-UBND", date(2025, 6, 30), State.NOT_YET),
        ("50/2025/QĐ-UBND", date(2025, 7, 1), State.IN_FORCE),
        ("20/2022/QĐ-UBND", date(2025, 6, 30), State.IN_FORCE),
        ("20/2022/QĐ-UBND", date(2025, 7, 1), State.ENDED),
        ("19-QC/TU", date(2024, 11, 25), State.NOT_YET),
        ("19-QC/TU", date(2024, 12, 9), State.IN_FORCE),
        ("19-QC/TU", date(2026, 11, 23), State.UNCLEAR),
        ("15-QC/TU", date(2024, 11, 26), State.ENDED),
        ("103/BC-SNgV", date(2026, 11, 23), State.UNCLEAR),
    ],
)
def test_validity_is_said_for_the_day_asked(
    designation: str, day: date, state: State, library: Library, folder: Path
) -> None:
    sync(library, folder)
    (record,) = [r for r in library.all_records if r.designation == designation]
    assert record.status_on(day).state is state


# --- Files that cannot be used ---


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ('[[document]]\ndesignation = "1/QĐ-X"\n', "kind"),
        ('[[document]]\ndesignation = "1/QĐ-X"\nkind = "Quyết định"\nngay = 2020-01-01\n', "ngay"),
        ('[[document]]\ndesignation = "1/QĐ-X"\nkind = 5\n', "kind"),
        ("[[document\n", "cú pháp"),
    ],
)
def test_a_slip_in_the_danh_muc_names_file_and_key(
    block: str, said: str, library: Library, folder: Path
) -> None:
    (folder / "danh-muc.toml").write_text(block, "utf-8")
    with pytest.raises(BadInput) as told:
        sync(library, folder)
    assert "danh-muc.toml" in str(told.value) and said in str(told.value)


def test_a_missing_folder_is_a_sentence(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Không có thư mục"):
        sync(library, tmp_path / "không có")


def test_a_file_that_is_no_library_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(BadInput, match="bị hỏng"):
        Library.open(path)


def test_another_program_s_database_is_no_library(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=1")
    db.close()
    with pytest.raises(BadInput, match="không phải kho"):
        Library.open(path).problems()


def test_a_library_in_use_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafting.library.store._WAIT_SECONDS", 0.05)
    path = tmp_path / "library.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BadInput, match="đang được chương trình khác dùng"):
        Library.open(path)
    other.execute("ROLLBACK")
    library = Library.open(path)
    other.execute("BEGIN IMMEDIATE")
    with (
        pytest.raises(BadInput, match="đang được chương trình khác dùng"),
        library.transaction(),
    ):
        library.set_problems({})
    other.close()


def test_a_place_that_cannot_be_written_is_said_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    (tmp_path / "thư mục" / "library.sqlite").mkdir(parents=True)
    for folder in (tmp_path / "tệp", tmp_path / "thư mục"):
        with pytest.raises(BadInput, match=r"Không ghi được.*DRAFTING_HOME") as told:
            Library.open(folder / "library.sqlite")
        assert str(folder) in str(told.value) and "hỏng" not in str(told.value)


def test_a_library_that_may_only_be_read_is_read_and_says_so_when_written(
    tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    sync(library, folder)
    library.close()
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    only_read = Library(db, path)
    assert len(only_read.stored) == 5
    with pytest.raises(BadInput, match="Không ghi được"):
        only_read.note("state", "x")


def test_a_newer_library_is_refused_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(BadInput, match="mới hơn"):
        Library.open(path)


def test_every_key_of_a_record_can_be_declared() -> None:
    from drafting.library.meta import _READ, _Entry

    assert {f.name for f in fields(Record)} - _READ <= set(_Entry.model_fields)
    assert not _READ & set(_Entry.model_fields)
