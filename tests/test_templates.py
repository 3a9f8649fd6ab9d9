"""Our Word templates keep thể thức (NĐ 30/2020, Phụ lục I), before and after they are filled."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import build_templates
import pytest
from conftest import Golden, require_program
from docx import Document
from lxml import etree
from render_samples import FORMS, PURPOSE, TEMPLATES, WITH_LETTERHEAD, parts, proposal

from drafting.read.docx import Paragraph, Section, Table, WordFile, project
from drafting.read.docx_format import q
from drafting.render import lint_template, render, template_variables
from drafting.render.layout import text_width, wrapped

COMMON = (
    "chu_quan co_quan so_ky_hieu dia_danh_ngay ten_loai trich_yeu can_cu mo_dau ket quyen_han "
    "chuc_vu ho_ten noi_nhan kem_theo "
)
NAMES = {
    "to-trinh-doan-ra": COMMON + "kinh_gui boi_canh danh_nghia muc_dich_yeu_cau noi_dung "
    "thanh_phan doan thoi_gian muc_do_tiep_xuc tuyen_truyen kinh_phi che_do qua_tang phat_bieu "
    "danh_muc_van_kien kien_nghi chuong_trinh",
    "ke-hoach-hoi-nghi": COMMON + "muc_dich yeu_cau thoi_gian dia_diem thanh_phan noi_dung "
    "kinh_phi to_chuc dai_bieu tong_dai_bieu phan_cong",
    "chuong-trinh-hoi-nghi": "ten_hoi_nghi kem_theo thoi_gian dia_diem chu_tri muc ghi_chu",
    "bang-doi-chieu": "tieu_de van_ban ngay_lap tom_tat doan_van can_cu goi_y tep canh_bao",
}
# Text in a filled Tờ trình → size, emphasis, alignment, first-line indent in mm (NĐ 30, Phụ lục I).
LOOKS = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (13, "đậm", "center", 0),
    "Độc lập - Tự do - Hạnh phúc": (14, "đậm", "center", 0),
    "UBND TỈNH LẠNG SƠN": (13, "đứng hoa", "center", 0),
    "SỞ NGOẠI VỤ": (13, "đậm hoa", "center", 0),
    "Số:          /TTr-SNgV": (13, "đứng", "center", 0),
    "Lạng Sơn, ngày      tháng      năm 2026": (14, "nghiêng", "center", 0),
    "TỜ TRÌNH": (14, "đậm hoa", "center", 0),
    "Về việc cử đoàn": (14, "đậm", "center", 0),
    "Kính gửi: ": (14, "đứng", "center", 0),
    "Căn cứ Quyết định": (14, "nghiêng", "both", 12.7),
    "1. Bối cảnh, sự cần thiết": (14, "đậm", "both", 12.7),
    PURPOSE: (14, "đứng", "both", 12.7),
    "Hoàng Văn A": (13, "đứng", "left", 0),
    "Nơi nhận:": (12, "đậm nghiêng", "left", 0),
    "- Như trên;": (11, "đứng", "left", -2.5),
    "KT. GIÁM ĐỐC": (14, "đậm hoa", "center", 0),
    "PHÓ GIÁM ĐỐC": (14, "đậm hoa", "center", 0),
    "Nguyễn Thị Phương Anh": (14, "đậm", "center", 0),
    "Phụ lục": (14, "đậm", "center", 0),
    "Chương trình hoạt động của đoàn": (14, "đậm hoa", "center", 0),
    "(Kèm theo Tờ trình": (14, "nghiêng", "center", 0),
}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every template, filled with its sample case."""
    folder = tmp_path_factory.mktemp("filled")
    return {
        name: render(case(), TEMPLATES / f"{name}.docx", folder / f"{name}.docx", final=False).path
        for name, case in FORMS.items()
    }


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def shown(path: Path, start: str) -> Paragraph:
    """The first paragraph that begins with `start`."""
    return next(p for p in WordFile.open(path).paragraphs() if p.text.startswith(start))


# --- The files ---


def test_the_committed_templates_are_what_the_tool_builds(form: str, tmp_path: Path) -> None:
    built = tmp_path / "built.docx"
    built.write_bytes(build_templates.build(form))
    assert parts(built) == parts(TEMPLATES / f"{form}.docx"), "run tools/build_templates.py"


def test_a_template_asks_for_the_agreed_names(form: str) -> None:
    assert set(template_variables(TEMPLATES / f"{form}.docx")) == set(NAMES[form].split())


def test_our_templates_have_no_findings(form: str) -> None:
    assert lint_template(TEMPLATES / f"{form}.docx", set(NAMES[form].split())) == []


def test_the_letterhead_and_the_signature_are_the_same_in_every_document() -> None:
    def tables(name: str) -> list[bytes]:
        document = Document(str(TEMPLATES / f"{name}.docx"))
        frames = [t for t in document.tables if t.style is not None and t.style.name == "Khung"]
        return [etree.tostring(frame._tbl) for frame in frames]

    first, *others = (tables(name) for name in WITH_LETTERHEAD)
    assert len(first) == 2
    assert all(other == first for other in others)


def test_styles_are_times_new_roman_in_every_script_and_vietnamese(form: str) -> None:
    styles = etree.fromstring(parts(TEMPLATES / f"{form}.docx")["word/styles.xml"])
    fonts = [dict(one.attrib) for one in styles.iter(q("rFonts"))]
    slots = ("ascii", "hAnsi", "eastAsia", "cs")
    assert fonts and all(one == {q(slot): "Times New Roman" for slot in slots} for one in fonts)
    assert {one.get(q("val")) for one in styles.iter(q("lang"))} == {"vi-VN"}


def test_style_names_are_vietnamese_and_no_alias_hides_behind_a_comma(form: str) -> None:
    styles = etree.fromstring(parts(TEMPLATES / f"{form}.docx")["word/styles.xml"])
    own = [s for s in styles.iter(q("style")) if s.get(q("customStyle")) == "1"]
    names = [name.get(q("val"), "") for style in own for name in style.iter(q("name"))]
    assert {"Quốc hiệu", "Tiêu ngữ", "Cơ quan", "Căn cứ", "Nội dung", "Đề mục", "Kính gửi",
            "Nơi nhận", "Bảng"} <= set(names)  # fmt: skip
    assert not [name for name in names if "," in name]


def test_word_does_not_open_them_in_compatibility_mode(form: str) -> None:
    settings = parts(TEMPLATES / f"{form}.docx")["word/settings.xml"].decode()
    assert 'w:name="compatibilityMode"' in settings and 'w:val="15"' in settings


# --- Thể thức ---


@pytest.mark.parametrize("start", LOOKS)
def test_every_element_looks_as_the_decree_says(start: str, filled: dict[str, Path]) -> None:
    paragraph = shown(filled["to-trinh-doan-ra"], start)
    look = paragraph.text_format
    assert look is not None
    marks = ((look.bold, "đậm"), (look.italic, "nghiêng"), (look.caps, "hoa"))
    emphasis = " ".join(name for on, name in marks if on)
    size, wanted, align, first = LOOKS[start]
    assert look.font == "Times New Roman"
    assert (look.size, emphasis) == (size, wanted.replace("đứng", "").strip())
    assert (paragraph.format.align, paragraph.format.first_line) == (align, first)


def test_body_spacing_is_within_the_decree(filled: dict[str, Path]) -> None:
    body = shown(filled["to-trinh-doan-ra"], PURPOSE).format
    assert body.after >= 6 and body.line_rule == "auto" and 1 <= body.line <= 1.5


def test_pages_are_a4_with_the_margins_of_the_decree(form: str, filled: dict[str, Path]) -> None:
    for section in WordFile.open(filled[form]).sections:
        sides = (297, 210) if form == "bang-doi-chieu" else (210, 297)
        assert (section.width, section.height) == sides
        assert (section.top, section.bottom, section.left, section.right) == (20, 20, 30, 20)


def test_the_page_number_is_centred_upright_and_absent_on_first_pages(
    form: str, filled: dict[str, Path]
) -> None:
    for section in WordFile.open(filled[form]).sections:
        (number,) = section.headers["default"]
        assert isinstance(number, Paragraph) and number.fields == ("PAGE",)
        look = number.text_format
        assert look is not None and (look.size, look.bold, look.italic) == (14, False, False)
        assert number.format.align == "center"
        assert section.title_page and section.page_start == 1
        assert "".join(p.text for p in section.headers["first"] if isinstance(p, Paragraph)) == ""


def test_every_annex_is_a_section_of_its_own(filled: dict[str, Path]) -> None:
    def opens_with(section: Section) -> str:
        return next(b.text for b in section.blocks if isinstance(b, Paragraph) and b.text)

    plan = WordFile.open(filled["ke-hoach-hoi-nghi"]).sections
    assert [opens_with(section) for section in plan[1:]] == ["Phụ lục I", "Phụ lục II"]
    letter = WordFile.open(filled["to-trinh-doan-ra"]).sections
    assert [opens_with(section) for section in letter[1:]] == ["Phụ lục"]


def test_tables_repeat_their_head_never_split_a_row_and_fit_the_page(
    form: str, filled: dict[str, Path]
) -> None:
    for section in WordFile.open(filled[form]).sections:
        room = section.width - section.left - section.right
        for table in (b for b in section.blocks if isinstance(b, Table)):
            assert all(row.whole for row in table.rows)
            assert [row.header for row in table.rows] == [
                table.style == "Bảng" and number == 0 for number in range(len(table.rows))
            ]
            for row in table.rows:
                widths = [cell.width for cell in row.cells]
                assert all(widths) and sum(widths) == pytest.approx(room, abs=0.5)


def test_the_nation_fits_on_one_line_with_room_to_spare(filled: dict[str, Path]) -> None:
    for name in WITH_LETTERHEAD:
        letterhead = WordFile.open(filled[name]).blocks[0]
        assert isinstance(letterhead, Table)
        room = letterhead.rows[0].cells[1].width / 25.4 * 72
        assert text_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13) < room - 5


def test_a_long_body_name_breaks_before_the_province(filled: dict[str, Path]) -> None:
    names = [p.text for p in WordFile.open(filled["ke-hoach-hoi-nghi"]).paragraphs()]
    assert "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN" in names


@pytest.mark.parametrize("name", WITH_LETTERHEAD)
def test_rules_are_as_long_as_the_decree_says(name: str, filled: dict[str, Path]) -> None:
    shares = {}
    for room, above, rule in ruled(filled[name]):
        inside = room - above.format.left - above.format.right
        look = above.text_format
        assert look is not None
        line = max(wrapped(above.text, look.size, inside / 25.4 * 72)) / 72 * 25.4
        length = room - rule.format.left - rule.format.right
        assert rule.format.left == rule.format.right
        shares[above.style] = length / line
    assert shares["Tiêu ngữ"] == pytest.approx(1, abs=0.02)
    assert 1 / 3 <= shares["Cơ quan"] <= 1 / 2
    assert 1 / 3 <= shares["Trích yếu"] <= 1 / 2


def ruled(path: Path) -> list[tuple[float, Paragraph, Paragraph]]:
    """Room in mm, the text and the rule under it, for every rule of the file."""
    found = []
    section = WordFile.open(path).sections[0]
    letterhead = section.blocks[0]
    assert isinstance(letterhead, Table)
    holders = [(cell.width, cell.blocks) for cell in letterhead.rows[0].cells]
    holders.append((section.width - section.left - section.right, section.blocks))
    for room, blocks in holders:
        for above, rule in pairwise(blocks):
            is_rule = isinstance(rule, Paragraph) and rule.style.startswith("Kẻ ngang")
            if is_rule and isinstance(above, Paragraph) and isinstance(rule, Paragraph):
                found.append((room, above, rule))
    return found


def test_three_free_lines_stand_between_office_and_name(filled: dict[str, Path]) -> None:
    texts = [p.text for p in WordFile.open(filled["to-trinh-doan-ra"]).paragraphs()]
    office = texts.index("PHÓ GIÁM ĐỐC")
    assert texts[office + 1 : office + 5] == ["", "", "", "Nguyễn Thị Phương Anh"]


def test_the_last_lines_stay_with_the_signature(filled: dict[str, Path]) -> None:
    blocks = WordFile.open(filled["to-trinh-doan-ra"]).sections[0].blocks
    signature = max(i for i, b in enumerate(blocks) if isinstance(b, Table))
    above, table = blocks[signature - 1], blocks[signature]
    assert isinstance(above, Paragraph) and above.text.endswith("quyết định./.")
    assert above.format.keep_next
    assert isinstance(table, Table) and len(table.rows) == 1 and table.rows[0].whole


def test_several_addressees_stand_under_the_colon(tmp_path: Path) -> None:
    context = proposal(kinh_gui=["Ủy ban nhân dân tỉnh", "Bộ Ngoại giao"])
    result = render(context, TEMPLATES / "to-trinh-doan-ra.docx", tmp_path / "a.docx", final=True)
    texts = [p.text for p in WordFile.open(result.path).paragraphs()]
    start = texts.index("Kính gửi:")
    assert texts[start + 1 : start + 3] == ["- Ủy ban nhân dân tỉnh;", "- Bộ Ngoại giao."]


def test_a_paper_of_the_committee_has_no_superior_body(filled: dict[str, Path]) -> None:
    styles = {p.style for p in WordFile.open(filled["ke-hoach-hoi-nghi"]).paragraphs()}
    assert "Cơ quan" in styles and "Cơ quan chủ quản" not in styles


def test_an_empty_list_of_members_leaves_no_table(tmp_path: Path) -> None:
    context = {**proposal(), "doan": []}
    result = render(context, TEMPLATES / "to-trinh-doan-ra.docx", tmp_path / "a.docx", final=True)
    tables = [b for b in WordFile.open(result.path).sections[0].blocks if isinstance(b, Table)]
    assert [table.style for table in tables] == ["Khung", "Khung"]


def test_a_filled_form_reads_as_its_golden_file(
    form: str, filled: dict[str, Path], golden: Golden
) -> None:
    golden(f"docx/{form}.txt", project(filled[form]))


# --- In an office suite ---


@pytest.fixture(scope="session")
def pages(
    filled: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """The filled forms as LibreOffice lays them out: the text of every page."""
    office = require_program("soffice", "libreoffice")
    require_program("pdftotext")
    folder = tmp_path_factory.mktemp("pdf")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(path) for path in filled.values()]
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return {name: laid_out(folder / f"{name}.pdf") for name in filled}


def laid_out(pdf: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    return done.stdout.split("\f")[:-1]


@pytest.mark.office
def test_the_nation_and_its_motto_stand_on_one_line_each(pages: dict[str, list[str]]) -> None:
    for name in WITH_LETTERHEAD:
        lines = pages[name][0].splitlines()
        assert sum("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in lines) == 1
        assert sum("Độc lập - Tự do - Hạnh phúc" in line for line in lines) == 1


@pytest.mark.office
def test_number_and_date_stand_on_one_line(pages: dict[str, list[str]]) -> None:
    assert re.search(r"Số: +/TTr-SNgV +Lạng Sơn, ngày", pages["to-trinh-doan-ra"][0])


@pytest.mark.office
def test_page_counts_are_as_expected_and_no_page_is_empty(pages: dict[str, list[str]]) -> None:
    assert {name: len(texts) for name, texts in pages.items()} == {
        "to-trinh-doan-ra": 3,
        "ke-hoach-hoi-nghi": 4,
        "chuong-trinh-hoi-nghi": 1,
        "bang-doi-chieu": 1,
    }
    assert all(len(text.split()) > 3 for texts in pages.values() for text in texts)


@pytest.mark.office
def test_numbers_show_from_the_second_page_and_annexes_start_over(
    pages: dict[str, list[str]],
) -> None:
    def number(text: str) -> str:
        first = text.strip().splitlines()[0].strip()
        return first if first.isdigit() else ""

    letter = [number(text) for text in pages["to-trinh-doan-ra"]]
    assert letter[:2] == ["", "2"] and letter[-1] == ""


@pytest.mark.office
def test_the_signature_never_stands_alone(pages: dict[str, list[str]]) -> None:
    for name in WITH_LETTERHEAD:
        (page,) = [text for text in pages[name] if "Nguyễn Thị Phương Anh" in text]
        assert "định./." in page and "PHÓ " in page
