"""What leaves the office: nothing wrong without a name, nothing half-written, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import REPO, an_office

from drafting.cases import Case, Release, Row, SlotText, Value, read_case
from drafting.errors import BadInput, OutputBusy
from drafting.findings import Severity
from drafting.office import Office
from drafting.office.drafts import Drafted


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


def case(office: Office, **values: Value) -> Case:
    form = office.form("to-trinh-doan-ra")
    given = read_case(REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml", form)
    return replace(given, values={**given.values, **values})


def drafted(office: Office, given: Case) -> Drafted:
    return office.draft(office.form("to-trinh-doan-ra"), given, final=True)


def with_text(given: Case, text: str) -> Case:
    return replace(given, slots={**given.slots, "boi_canh": SlotText((text,))})


EXPIRED = "20/2022/QĐ-UBND"


def test_an_expired_căn_cứ_is_an_error_naming_its_successor(office: Office) -> None:
    found = drafted(office, case(office, can_cu=(EXPIRED,)))
    (error,) = [f for f in found.findings if f.code == "CC02"]
    assert error.severity is Severity.ERROR and "50/2025/QĐ-UBND" in error.fix


def test_a_căn_cứ_not_yet_in_force_is_an_error(office: Office) -> None:
    given = case(office, can_cu=("50/2025/QĐ-UBND",), ngay_soan=date(2025, 6, 1))
    assert any(
        f.code == "CC02" and f.severity is Severity.ERROR for f in drafted(office, given).findings
    )


HELD: dict[str, tuple[dict[str, Value], str]] = {
    "căn cứ hết hiệu lực": ({"can_cu": (EXPIRED,)}, ""),
    "căn cứ sai ngày": ({"can_cu": ("Quyết định số 50/2025/QĐ-UBND ngày 01/01/2025",)}, ""),
    "văn bản bịa trong bảng": (
        {"doan": ({"ho_ten": "A", "chuc_vu": "theo Quyết định số 888/QĐ-UBND ngày 01/02/2026"},)},
        "",
    ),
    "văn bản bịa trong lời văn": ({}, "Thực hiện Thông báo số 15/TB-XYZ ngày 01/02/2026."),
    "quy định tỉnh khác": ({"can_cu": ("19-QC/TU",)}, ""),
}


@pytest.mark.parametrize("why", HELD)
def test_a_final_paper_is_held_back(why: str, office: Office, tmp_path: Path) -> None:
    values, text = HELD[why]
    given = case(office, **values)
    found = drafted(office, with_text(given, text) if text else given)
    with pytest.raises(BadInput, match="Chưa xuất bản trình"):
        office.export(found, tmp_path / "a.docx", final=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("released", "lets_out"),
    [("15/TB-XYZ", True), ("5/TB-XYZ", False), ("Thông báo", False), ("Luật", False)],
)
def test_a_release_lets_out_only_what_it_names(
    released: str, lets_out: bool, office: Office, tmp_path: Path
) -> None:
    given = with_text(case(office), "Thực hiện Thông báo số 15/TB-XYZ ngày 01/02/2026.")
    given = replace(given, releases=(Release(released, "Nông Văn Thử", "đã xem bản gốc"),))
    found = drafted(office, given)
    if lets_out:
        office.export(found, tmp_path / "a.docx", final=True)
        assert any("Nông Văn Thử xác nhận" in f.message for f in found.findings)
    else:
        assert any(f.code == "XN01" for f in found.findings)
        with pytest.raises(BadInput):
            office.export(found, tmp_path / "a.docx", final=True)


def test_a_province_typed_short_means_the_same_province(office: Office) -> None:
    short = drafted(office, case(office, tinh="lang son")).draft.bases.printed()
    assert short == drafted(office, case(office)).draft.bases.printed()


def test_another_provinces_provision_in_the_text_is_a_warning(office: Office) -> None:
    text = "Thực hiện quy định tại khoản 2 Điều 12 Quy chế số 19-QC/TU."
    found = drafted(office, with_text(case(office), text))
    assert any(f.code == "VD02" and "tỉnh Bắc Giang" in f.message for f in found.findings)


def test_last_years_tasks_do_not_pass_as_a_final_plan(office: Office) -> None:
    form = office.form("ke-hoach-hoi-nghi")
    given = read_case(REPO / "examples" / "ke-hoach-hoi-nghi.yaml", form)
    assert not office.draft(form, given).failed
    assert office.draft(form, given, final=True).failed


@pytest.mark.parametrize(
    "agency",
    [
        "Thống đốc tỉnh Fukuoka, Nhật Bản",
        "Thống đốc tỉnh Chungcheongbuk, Hàn Quốc",
        "Thị trưởng thành phố Buzen, Nhật Bản",
        "Đại sứ quán Hàn Quốc tại Việt Nam",
    ],
)
def test_an_invitation_never_differs_from_itself(agency: str, office: Office) -> None:
    paper: Row = {
        "loai": "Thư mời",
        "ngay": date(2026, 7, 15),
        "co_quan": agency,
        "trich_yeu": "mời đoàn",
    }
    found = drafted(office, case(office, van_ban_vu_viec=(paper,)))
    assert not [f for f in found.findings if f.code == "VD01"]


# --- Both files or neither, and no officer's edit lost ---


@pytest.mark.parametrize("locked", ["a.docx", "a-bang-doi-chieu.docx"])
def test_an_open_file_leaves_both_as_they_were(locked: str, office: Office, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    office.export(drafted(office, case(office)), out)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    (tmp_path / f"~${locked}").write_bytes(b"")
    with pytest.raises(OutputBusy, match="đang mở trong Word"):
        office.export(drafted(office, case(office, trich_yeu="Việc khác")), out)
    (tmp_path / f"~${locked}").unlink()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_failure_on_the_second_file_takes_the_first_back(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import drafting.export as export
    from drafting.render import write

    out = tmp_path / "a.docx"
    office.export(drafted(office, case(office)), out)
    before = out.read_bytes()
    real = write.put

    def full_disk(path: Path, data: bytes, check: object) -> None:
        if path.name.endswith("doi-chieu.docx"):
            raise OutputBusy("Ổ đĩa hết chỗ")
        real(path, data, lambda _: None)

    monkeypatch.setattr(export, "put", full_disk)
    with pytest.raises(OutputBusy):
        office.export(drafted(office, case(office, trich_yeu="Việc khác")), out)
    assert out.read_bytes() == before


def test_a_file_edited_in_word_is_kept_beside_the_new_one(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    office.export(drafted(office, case(office)), out)
    again = office.export(drafted(office, case(office)), out)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a-bang-doi-chieu.docx", "a.docx"]
    edited = out.read_bytes() + b" "
    out.write_bytes(edited)
    again = office.export(drafted(office, case(office)), out)
    assert (tmp_path / "a.truoc-1.docx").read_bytes() == edited
    assert any(f.code == "TE01" for f in again.drafted.findings)


def test_the_name_of_a_bảng_đối_chiếu_is_not_taken_for_a_paper(
    office: Office, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="bảng đối chiếu"):
        office.export(drafted(office, case(office)), tmp_path / "x-bang-doi-chieu.docx")
