"""`drafting route`: the verb, its files, its picture, questions, and what it puts into a draft."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from offices import REPO, an_office

from benchmarks.route_questions import rows
from drafting.cases import parse_case
from drafting.cli.command import run
from drafting.draft import Draft, Origin
from drafting.forms import load_form
from drafting.office import Office
from drafting.procedure import read_facts_in, read_packs
from drafting.settings import shipped_rules

DOAN_RA = """
tinh: tỉnh Bắc Giang
viec: doan-ra
muc_dich: công tác
doan_trung_uong: không
doan_lanh_dao: không
nhay_cam: không
khan: không
trong_ke_hoach: không
khoi: ubnd
dien: không
khac_khoi: không
ngay: 15/3/2025
ngay_ve: 20/3/2025
"""
DIEN = "thuộc diện Ban Thường vụ Tỉnh ủy quản lý hoặc diện cấp trên quản lý"
KEYS = {
    "case", "jurisdiction", "force", "as_of", "card", "facts", "unknown", "governing", "steps",
    "opinions", "decides", "after", "signs", "copies", "papers", "deadlines", "silent", "possible",
    "to_load", "reference", "lines", "warnings",
}  # fmt: skip
Shown = pytest.CaptureFixture[str]


def called(capsys: Shown, *arguments: str) -> tuple[int, str, str]:
    code = run(["route", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def a_file(tmp_path: Path, text: str = DOAN_RA, name: str = "viec.yaml") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return str(path)


def test_route_has_the_shape_of_the_contract(tmp_path: Path, capsys: Shown) -> None:
    code, out, _ = called(capsys, a_file(tmp_path), "--as-of", "9/12/2024", "--json")
    found = json.loads(out)
    assert code == 0 and set(found) == KEYS and out.count("\n") == 1
    assert found["case"] == "viec.yaml" and found["jurisdiction"] == "tỉnh Bắc Giang"
    assert found["force"] == "bắt buộc" and found["unknown"] == []
    assert found["decides"] == found["signs"] == "Chủ tịch UBND tỉnh"
    assert found["governing"][0] == {
        "designation": "19-QC/TU",
        "eid": "art_12__cl_2__point_2.3",
        "citation": "điểm 2.3 khoản 2 Điều 12 Quy chế số 19-QC/TU",
        "title": "đoàn ra không thuộc thẩm quyền quản lý của Ban Thường vụ Tỉnh ủy, "
        "Trưởng đoàn khối khác",
    }
    step = found["steps"][0]
    assert set(step) == {"who", "does", "to", "clause", "force", "verified", "deadline"}
    assert step["deadline"] == "dieu-chinh-ngoai-thoi-diem"
    assert found["deadlines"][0]["latest"] == "2025-02-24"
    assert {line["force"] for line in found["lines"]} == {"bắt buộc"}
    assert all(line["verified"] and line["clause"] for line in found["lines"])


def test_the_first_line_is_the_card(tmp_path: Path, capsys: Shown) -> None:
    code, out, _ = called(capsys, a_file(tmp_path), "--as-of", "9/12/2024")
    assert code == 0 and out.splitlines()[0] == (
        "Cơ quan, tổ chức, địa phương gửi Sở Ngoại vụ – chậm nhất thứ Hai 24/02/2025 (ít nhất 15 "
        "ngày làm việc trước ngày dự kiến thực hiện hoạt động) – Chủ tịch UBND tỉnh quyết định, "
        "sau khi Thường trực Tỉnh ủy phê duyệt bổ sung kế hoạch – điểm 2.3 khoản 2 Điều 12 "
        "Quy chế số 19-QC/TU (hạn: điểm 2.2 khoản 2 Điều 9 Quy chế số 19-QC/TU)"
    )
    assert out.splitlines()[-1] == "Chương trình đề xuất; người ký quyết định."


def test_an_unknown_fact_is_asked_with_its_answers(tmp_path: Path, capsys: Shown) -> None:
    code, out, _ = called(capsys, a_file(tmp_path, DOAN_RA.replace("dien: không", "dien:")))
    assert code == 1 and out.startswith("Chưa kết luận được: còn phải biết – ")
    assert f"    {DIEN}   (--fact dien=co)\n" in out
    assert "Nếu " in out and "điểm 1.3 khoản 1 Điều 12" in out and "điểm 2.3 khoản 2" in out
    again = called(
        capsys, a_file(tmp_path, DOAN_RA.replace("dien: không", "dien:")), "--fact", "dien=co"
    )
    assert again[0] == 0 and "Thường trực Tỉnh ủy quyết định" in again[1].splitlines()[0]


def test_words_in_nfd_and_labels_are_answers_too(tmp_path: Path, capsys: Shown) -> None:
    text = DOAN_RA.replace("dien: không", f"dien: {DIEN}")
    text = text.replace("tinh: tỉnh Bắc Giang", "tinh: bac giang")
    code, out, _ = called(capsys, a_file(tmp_path, unicodedata.normalize("NFD", text)))
    assert code == 0 and "Thường trực Tỉnh ủy quyết định" in out


BAD = {
    "dien: không": ("dien: có lẽ", "dòng 11, trường “dien”: “có lẽ” không có trong các lựa chọn."),
    "khoi: ubnd": ("khoii: ubnd", "trường “khoii”: không có điều này. Có phải “khoi”?"),
    "ngay: 15/3/2025": ("ngay: 30/2/2025", "“30/2/2025” không phải ngày có thật"),
    "viec: doan-ra": ("viec: [doan-ra]", "phải là một dòng chữ"),
    "tinh: tỉnh Bắc Giang": ("tinh: tỉnh Cao Bằng", "--new-pack"),
    "nhay_cam: không": ("khan: không", "ghi hai lần"),
    "\nviec: doan-ra": ("\nviec doan-ra", "chưa phải hồ sơ|sai cú pháp"),
}  # fmt: skip


@pytest.mark.parametrize("good", BAD)
def test_a_bad_case_file_is_a_sentence_with_its_line(
    good: str, tmp_path: Path, capsys: Shown
) -> None:
    bad, said = BAD[good]
    code, out, err = called(capsys, a_file(tmp_path, DOAN_RA.replace(good, bad)))
    assert code == 2 and out == "" and any(one in err for one in said.split("|")), err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Chưa có hồ sơ"),
        (("khong-co.yaml",), "không có tệp này"),
        (("đoàn ra của sở",), "Chưa biết tỉnh nào"),
        (("đoàn ra", "--province", "Bắc Giang", "--fact", "dien"), "--fact viết như"),
        (("đoàn ra", "--province", "Bắc Giang", "--fact", "dien=x"), "không có trong các lựa chọn"),
        (("đoàn ra", "--province", "Bắc Giang", "-o", "a.png"), ".svg"),
        (("đoàn ra", "--as-of", "31/2/2026", "--province", "Bắc Giang"), "ngày có thật"),
    ],
)
def test_bad_use_is_a_sentence(arguments: tuple[str, ...], said: str, capsys: Shown) -> None:
    code, _, err = called(capsys, *arguments)
    assert code == 2 and said in err


def test_an_empty_case_file_asks_what_it_is_about(tmp_path: Path, capsys: Shown) -> None:
    code, out, _ = called(capsys, a_file(tmp_path, "# chưa điền\n"), "--province", "bắc giang")
    assert code == 1 and "còn phải biết – Việc gì?" in out


def test_a_new_facts_file_can_be_read_back(tmp_path: Path, capsys: Shown) -> None:
    path = tmp_path / "moi" / "viec.yaml"
    code, *_ = called(capsys, "--new", "--province", "lang son", "-o", str(path))
    assert code == 0 and "bien_gioi:" in path.read_text("utf-8")
    assert called(capsys, str(path))[0] == 1
    assert called(capsys, "--new", "-o", str(path))[0] == 2
    code, out, _ = called(capsys, "đoàn ra của sở", "--new", "--province", "bắc giang")
    assert code == 0 and "\nviec: doan-ra\n" in out and "\nkhoi: ubnd\n" in out


def test_a_new_pack_is_written_and_used_once_it_lies_in_the_rules(
    tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAFTING_HOME", str(tmp_path))
    path = tmp_path / "rules" / "procedures" / "cao-bang.toml"
    assert called(capsys, "--new-pack", "tỉnh Cao Bằng", "-o", str(path))[0] == 0
    code, out, _ = called(capsys, "đoàn ra", "--province", "Cao Bằng")
    assert code == 1 and out.startswith("Gói quy trình của tỉnh chưa nêu trường hợp này.")
    path.write_text(path.read_text("utf-8").replace("\n[pack]\n", "\n[pack]\nla = 1\n"), "utf-8")
    code, _, err = called(capsys, "đoàn ra", "--province", "Cao Bằng")
    assert code == 2 and "cao-bang.toml" in err and "pack.la" in err


def test_a_form_s_case_tells_its_facts(capsys: Shown) -> None:
    case = REPO / "examples" / "to-trinh-doan-ra-bac-giang.yaml"
    code, out, _ = called(capsys, str(case), "--json")
    found = json.loads(out)
    assert code == 0 and found["decides"] == "Chủ tịch UBND tỉnh"
    assert found["as_of"] == "2024-12-09" and found["force"] == "bắt buộc"
    code, _, err = called(capsys, str(REPO / "examples" / "ke-hoach-hoi-nghi.yaml"))
    assert code == 2 and "drafting route --new" in err


# ---- the picture


def test_the_picture_is_one_svg_with_every_step_and_the_decision(
    tmp_path: Path, capsys: Shown
) -> None:
    out = tmp_path / "hinh.svg"
    assert called(capsys, a_file(tmp_path), "--as-of", "9/12/2024", "-o", str(out))[0] == 0
    root = ElementTree.fromstring(out.read_text("utf-8"))
    words = " ".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Quyết định: Chủ tịch UBND tỉnh" in words and "Sở Ngoại vụ" in words
    assert "chậm nhất thứ Hai 24/02/2025" in words and "người ký quyết định" in words
    names = Counter(node.tag.rpartition("}")[2] for node in root.iter())
    assert not {"image", "script", "use", "style", "a"} & set(names)
    assert "http" not in out.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")


def test_what_a_pack_says_is_escaped_in_the_picture(
    tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAFTING_HOME", str(tmp_path))
    folder = tmp_path / "rules" / "procedures"
    folder.mkdir(parents=True)
    text = (shipped_rules() / "procedures" / "mau-trong.toml").read_text("utf-8")
    text = text.replace('province = ""', 'province = "tỉnh A"')
    (folder / "a.toml").write_text(text.replace("chưa nêu", "<script>&chưa nêu"), "utf-8")
    out = tmp_path / "a.svg"
    assert called(capsys, "đoàn ra", "--province", "tỉnh A", "-o", str(out))[0] == 1
    assert "&lt;script&gt;&amp;" in out.read_text("utf-8")


# ---- a free question


def test_a_question_shows_what_was_read_what_was_not_and_search_hits(capsys: Shown) -> None:
    question = "cán bộ diện BTV ở sở đi học ở Úc ai quyết"
    code, out, _ = called(capsys, question, "--province", "bac giang", "--as-of", "9/12/2024")
    assert code == 0 and "Chủ tịch UBND tỉnh quyết định" in out.splitlines()[0]
    assert f"{DIEN} ← “diện btv”   (dien=co)" in out
    assert "Tra cứu: " in out
    code, out, _ = called(capsys, "--ask", "đoàn ra của sở", "--province", "bắc giang", "--json")
    found = json.loads(out)
    assert code == 1 and {one["fact"] for one in found["asked"]["read"]} == {"viec", "khoi"}
    assert found["hits"] and found["unknown"]


def test_our_own_questions_are_read_as_measured() -> None:
    """The figures of docs/decisions/0010: whole questions read right, facts read wrong."""
    pack = next(one for one in read_packs([shipped_rules()]) if "Bắc Giang" in one.province)
    told = list(rows(pack))
    assert len(told) >= 60
    right = Counter(row.part for row in told if not row.missed and not row.wrong)
    assert right["đã chỉnh"] >= 46 and right["giữ lại"] >= 11
    assert sum(len(row.wrong) for row in told) <= 4


@pytest.mark.parametrize("typed", ["", " ", "\0", "?" * 3000, "đ" * 3000, "không"])
def test_any_question_is_read(typed: str) -> None:
    pack = read_packs([shipped_rules()])[0]
    assert read_facts_in(typed, pack.sheet).known == {}


def test_a_fact_told_two_ways_is_not_chosen() -> None:
    pack = read_packs([shipped_rules()])[0]
    reading = read_facts_in("đoàn ra trong kế hoạch hay ngoài kế hoạch đều đi học tập", pack.sheet)
    assert "trong_ke_hoach" not in reading.known
    assert [fact.id for fact in reading.torn] == ["trong_ke_hoach"]


# ---- what it puts into a draft


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def drafted(office: Office, *changes: tuple[str, str], final: bool = False) -> Draft:
    form = load_form(office.settings.templates, "to-trinh-doan-ra")
    text = (REPO / "examples" / "to-trinh-doan-ra-bac-giang.yaml").read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return office.draft(form, parse_case(text, form), final=final).draft


LEFT_OPEN = ("cap_quyet_dinh: chu-tich-ubnd\n", "")


def test_the_route_fills_kinh_gui_left_open_with_its_clause(office: Office) -> None:
    made = drafted(office, LEFT_OPEN)
    assert made.head.addressees == ("Chủ tịch Ủy ban nhân dân tỉnh Bắc Giang",)
    put = made.paragraphs[0]
    assert (put.place, put.origin) == ("Kính gửi", Origin.RULE)
    assert put.source == "điểm 2.3 khoản 2 Điều 12 Quy chế số 19-QC/TU (bắt buộc)"
    assert put.quote in "Sở Ngoại vụ trình Chủ tịch UBND tỉnh ký quyết định thành lập đoàn"
    assert not [f for f in made.findings if f.code == "TR01" and f.where == "Cấp quyết định"]
    card = next(f for f in made.findings if f.code == "DD01")
    assert "Chủ tịch UBND tỉnh quyết định" in card.message


def test_what_the_officer_wrote_stays(office: Office) -> None:
    made = drafted(office, ("cap_quyet_dinh: chu-tich-ubnd", "cap_quyet_dinh: ubnd"))
    assert made.head.addressees == ("Ủy ban nhân dân tỉnh Bắc Giang",)
    assert Origin.RULE not in {paragraph.origin for paragraph in made.paragraphs}


@pytest.mark.parametrize(
    "change",
    [
        ("dien_quan_ly: khong", "dien_quan_ly: co"),
        ("dien_quan_ly: khong", "dien_quan_ly:"),
        ("ngay_soan: 09/12/2024", "ngay_soan: 09/12/2025"),
        ("ten: Sở Ngoại vụ\n  ky_hieu: SNgV", "ten: Sở Công Thương\n  ky_hieu: SCT"),
        ("tinh: tỉnh Bắc Giang", "tinh: tỉnh Lạng Sơn"),
        ("tinh: tỉnh Bắc Giang", "tinh: tỉnh Cao Bằng"),
    ],
    ids=["không phải Chủ tịch", "chưa biết", "hết bắt buộc", "sở khác", "Lạng Sơn", "chưa có gói"],
)
def test_kinh_gui_stays_open_where_no_rule_binds(office: Office, change: tuple[str, str]) -> None:
    made = drafted(office, LEFT_OPEN, change)
    assert made.head.addressees[0].startswith("[Cần bổ sung: cấp quyết định")


def test_copies_stand_among_noi_nhan_left_open(office: Office) -> None:
    made = drafted(office, ("dien_quan_ly: khong", "dien_quan_ly: co"))
    assert made.head.recipients == ("- Như trên;", "- Ban Tổ chức Tỉnh ủy;", "- Lưu: VT, HTQT.")
    assert [p.text for p in made.paragraphs if p.place == "Nơi nhận"] == ["Ban Tổ chức Tỉnh ủy"]


def test_a_limit_that_has_passed_is_a_warning_and_a_missing_fact_a_note(office: Office) -> None:
    out_of_plan = ("trong_ke_hoach: co", "trong_ke_hoach: khong")
    late = drafted(office, out_of_plan, ("ngay_di: 13/01/2025", "ngay_di: 20/12/2024"))
    assert "29/11/2024" in next(f.message for f in late.findings if f.code == "DD02")
    asked = drafted(office, ("nhay_cam: khong", "nhay_cam:"))
    assert "nhạy cảm" in next(f.message for f in asked.findings if f.code == "DD03")


def test_a_case_without_facts_is_drafted_as_before(office: Office) -> None:
    form = load_form(office.settings.templates, "to-trinh-doan-ra")
    text = (REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml").read_text("utf-8")
    found = office.draft(form, parse_case(text, form)).findings
    assert not [f for f in found if f.code.startswith("DD")]


def test_the_table_shows_the_rule_and_its_words(office: Office, tmp_path: Path) -> None:
    form = load_form(office.settings.templates, "to-trinh-doan-ra")
    text = (REPO / "examples" / "to-trinh-doan-ra-bac-giang.yaml").read_text("utf-8")
    made = office.draft(form, parse_case(text.replace(*LEFT_OPEN), form))
    exported = office.export(made, tmp_path / "a.docx")
    cells = [
        [c.text for c in row.cells] for row in Document(str(exported.provenance)).tables[0].rows
    ]
    assert cells[1][1:] == [
        "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh Bắc Giang",
        "điểm 2.3 khoản 2 Điều 12 Quy chế số 19-QC/TU (bắt buộc)",
        "Sở Ngoại vụ trình Chủ tịch UBND tỉnh ký quyết định thành lập đoàn",
        "quy tắc",
    ]


def test_every_field_that_tells_a_fact_offers_answers_of_that_fact(office: Office) -> None:
    form = load_form(office.settings.templates, "to-trinh-doan-ra")
    sheet = read_packs([shipped_rules()])[0].sheet
    for declared in form.fields:
        fact = sheet.fact(declared.fact)
        assert fact is not None or declared.fact in {"", "ngay", "ngay_ve"}
        if fact is not None:
            assert all(fact.value(choice) for choice in declared.choices), declared.id
    assert all(sheet.fact(name).value(value) for name, value in form.facts.items())  # type: ignore[union-attr]
