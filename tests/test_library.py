"""The library agrees with its folder, loses nothing, and says what it cannot use."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from drafting.errors import BadInput
from drafting.library import Library
from drafting.library.meta import read_meta
from drafting.library.sync import sync
from drafting.library.verify import verify
from drafting.records import Record, State
from drafting.structure import structure


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
    assert again.as_json() == {"added": [], "changed": [], "removed": [], "problems": []}


def test_changed_and_removed_files_are_followed(library: Library, folder: Path) -> None:
    sync(library, folder)
    report = folder / "103-bc-sngv-2020.txt"
    report.write_text(report.read_text("utf-8") + "\nThêm một dòng.", "utf-8")
    (folder / "ke-hoach-hoi-nghi-2024.txt").unlink()
    done = sync(library, folder)
    assert done.changed == ["103-bc-sngv-2020.txt"]
    assert done.removed == ["ke-hoach-hoi-nghi-2024.txt"]
    assert [p["file"] for p in done.problems] == ["ke-hoach-hoi-nghi-2024.txt"]


def test_one_bad_file_does_not_stop_the_others(library: Library, folder: Path) -> None:
    (folder / "hong.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    (folder / "rong.docx").write_bytes(b"")
    done = sync(library, folder)
    assert len(done.added) == 5
    assert sorted(p["file"] for p in done.problems) == ["hong.txt", "rong.docx"]
    assert [file for file, _ in library.problems()] == ["hong.txt", "rong.docx"]


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
    assert verify(library) == []
    (folder / "19-qc-tu-2024.txt").write_text("khác", "utf-8")
    (folder / "103-bc-sngv-2020.txt").unlink()
    assert sorted(f.code for f in verify(library)) == ["KH01", "KH02"]


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


def test_a_newer_library_is_refused_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(BadInput, match="mới hơn"):
        Library.open(path)


def test_every_key_of_a_record_can_be_declared() -> None:
    from drafting.library.meta import _Entry

    assert {f.name for f in fields(Record)} <= set(_Entry.model_fields)
