"""Case files: what officers type is read as they mean it; slips name the line and the field."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import REPO

from drafting.blank_case import new_case
from drafting.cases import parse_case, read_case
from drafting.errors import BadInput
from drafting.forms import Form, form_ids, load_form

TEMPLATES = REPO / "templates"
FORMS = list(form_ids(TEMPLATES))
EXAMPLES = sorted((REPO / "examples").glob("*.yaml"))


def form(name: str = "to-trinh-doan-ra") -> Form:
    return load_form(TEMPLATES, name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_is_a_case_of_its_form(path: Path) -> None:
    named = next(name for name in FORMS if path.stem.startswith(name))
    case = read_case(path, form(named))
    assert case.day("ngay_soan") and case.text("tinh")


@pytest.mark.parametrize("name", FORMS)
def test_a_new_case_shows_every_field_and_slot_and_is_empty(name: str) -> None:
    wanted = form(name)
    text = new_case(wanted)
    case = parse_case(text, wanted)
    assert not case.slots and not any(case.rows(f.id) for f in wanted.fields)
    shown = [f.id for f in wanted.fields] + [s.id for s in wanted.slots if not s.table]
    assert [one for one in shown if f"{one}:" not in text] == []


SLIPS = {
    "ngay_soan: 30/02/2026": ("dòng 2", "ngay_soan", "ngày có thật"),
    "ngay_sooan: 1/1/2026": ("dòng 2", "ngay_sooan", "Có phải “ngay_soan”?"),
    "cap_quyet_dinh: thu-tuong": ("dòng 2", "cap_quyet_dinh", "chu-tich-ubnd"),
    "tinh: a\ntinh: b": ("dòng 3", "tinh", "hai lần"),
    "nguoi_ky: Nguyễn Văn A": ("dòng 2", "nguoi_ky", "nhóm"),
    "nguoi_ky:\n  ho_va_ten: A": ("dòng 3", "nguoi_ky.ho_va_ten", "ho_ten"),
    "doan:\n  - {ho_ten: A, tuoi: 5}": ("dòng 3", "doan[1].tuoi", "không có trường này"),
    "doan: A": ("dòng 2", "doan", "danh sách"),
    "van_ban_vu_viec:\n  - {loai: Thư mời, ngay: mai}": ("dòng 3", "van_ban_vu_viec[1].ngay"),
    "muc_van_ban:\n  boi_canhh: x": ("dòng 3", "muc_van_ban.boi_canhh", "Các mục"),
    "muc_van_ban:\n  boi_canh: không": ("dòng 3", "boi_canh", "không nhận"),
    "muc_van_ban:\n  phu_luc: x": ("dòng 3", "phu_luc", "chuong_trinh"),
    "xac_nhan:\n  - {van_ban: 1/QĐ-X}": ("dòng 3", "xac_nhan", "nguoi, ly_do"),
    "mau: giay-moi": ("dòng 2", "mau", "giay-moi"),
    "trich_yeu: Cử đoàn: đi Nhật": ("dòng 2", "cú pháp", "ngoặc kép"),
    "can_cu: &a [*a]": ("dòng 2", "“&”", "ngoặc kép"),
    "tinh: &t Lạng Sơn\ncan_cu:\n  - *t": ("dòng 2", "“&”", "ngoặc kép"),
    "muc_van_ban:\n  noi_dung: *quan trọng": ("dòng 3", "“*”", "ngoặc kép"),
    "doan:\n  - {ho_ten: A, ho_ten: B}": ("dòng 3", "ho_ten", "hai lần"),
    "? [tinh]\n: a": ("dòng 2", "tên trường", "dòng chữ"),
    "can_cu: " + "[" * 5000: ("", "ngoặc"),
    r'tinh: "\UFFFFFFFF"': ("", "ký tự", "Gõ thẳng"),
    "- một danh sách": ("", "hồ sơ", "drafting new"),
}  # fmt: skip


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_names_the_line_the_field_and_the_remedy(text: str) -> None:
    whole = text if text.startswith("-") else "# hồ sơ\n" + text
    with pytest.raises(BadInput) as told:
        parse_case(whole, form(), "doan.yaml")
    assert "doan.yaml" in str(told.value)
    assert [part for part in SLIPS[text] if part not in str(told.value)] == []


def test_what_officers_write_is_read_as_meant() -> None:
    case = parse_case(
        "ngay_soan: 2026-08-05\ntinh:  tỉnh   Lạng Sơn \nnoi_nhan: |\n  Như trên\n  Lưu\n"
        "muc_van_ban:\n  qua_tang: Không có.\n  noi_dung:\n    - thăm\n    - ký\n",
        form(),
    )
    assert case.day("ngay_soan") == date(2026, 8, 5)
    assert case.text("tinh") == "tỉnh Lạng Sơn"
    assert case.lines("noi_nhan") == ("Như trên", "Lưu")
    assert case.slots["qua_tang"].none
    assert case.slots["noi_dung"].paragraphs == ("- thăm", "- ký")


@pytest.mark.parametrize(
    "text",
    [
        "can_cu: ~",
        "can_cu: null",
        "can_cu:",
        "can_cu: [~, '']",
        "noi_nhan:\n  - ~\n  -",
        "doan: ~",
        "doan: ''",
        "doan:\n  - ~\n  -",
        "doan:\n  - {ho_ten: ~}",
        "muc_van_ban: ~",
        "muc_van_ban:\n  noi_dung: Null\n  qua_tang:\n    - ~",
        "xac_nhan: ~",
        "xac_nhan: [~]",
        "mau: ~",
    ],
)
def test_null_is_nothing_wherever_it_stands(text: str) -> None:
    case = parse_case(text, form())
    assert (dict(case.values), dict(case.slots), case.releases) == ({}, {}, ())


def test_an_nfd_case_is_the_same_case() -> None:
    import unicodedata

    text = (REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml").read_text("utf-8")
    assert parse_case(unicodedata.normalize("NFD", text), form()) == parse_case(text, form())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_case_or_a_sentence(text: str) -> None:
    with contextlib.suppress(BadInput):
        parse_case(text, form())


# --- Forms ---


def test_an_unknown_form_names_those_there_are() -> None:
    with pytest.raises(BadInput, match="to-trinh-doan-ra"):
        load_form(TEMPLATES, "to-trinh")


def test_a_slip_in_a_form_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "chung.toml").write_text("", "utf-8")
    (tmp_path / "x.toml").write_text('id = "x"\nname = "X"\n', "utf-8")
    with pytest.raises(BadInput, match=r"x\.toml.*kind.*thiếu giá trị"):
        load_form(tmp_path, "x")


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("tieu_de = 5", "không có mục tên này"),
        ("addressed = [1]", "không đúng kiểu"),
        ('field = [{id = "a", label = "A", type = "chu"}]', "field.1.type”: chỉ nhận text, lines"),
        ("name = ", "dòng 3: sai cú pháp"),
    ],
)
def test_why_a_form_cannot_be_used_is_said_in_vietnamese(
    slip: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "chung.toml").write_text("", "utf-8")
    (tmp_path / "x.toml").write_text(f'id = "x"\nkind = "X"\n{slip}\n', "utf-8")
    if "name" not in slip:
        with (tmp_path / "x.toml").open("a", encoding="utf-8") as file:
            file.write('name = "X"\n')
    with pytest.raises(BadInput) as told:
        load_form(tmp_path, "x")
    assert said in str(told.value) and "Input" not in str(told.value)
