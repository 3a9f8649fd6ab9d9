"""Plain data and a template give a Word file that says exactly that, or a sentence why not."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from render_samples import FORMS, OPEN, TEMPLATES, agenda, parts, proposal, template

from drafting.errors import BadInput, DraftingError, OutputBusy, UnreadableFile
from drafting.read.docx import WordFile
from drafting.render import (
    Context,
    Kind,
    clean,
    file_name,
    lint_template,
    render,
    template_variables,
    verify,
)
from drafting.render.marks import mark_open_slots
from drafting.render.write import packed

LETTER = TEMPLATES / "to-trinh-doan-ra.docx"
AGENDA = TEMPLATES / "chuong-trinh-hoi-nghi.docx"

# Examples may share a folder: every one writes the same file anew.
ONE_FOLDER = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A template of one paragraph that shows `chu`."""
    return template(tmp_path / "mau.docx", "Trước {{ chu }} sau")


def short(value: object) -> str:
    """A test's name for a value no console could print."""
    return ascii(value)[:40]


def filled(mau: Path, context: Context, *, final: bool = True) -> WordFile:
    """The template filled with the data, read back."""
    return WordFile.open(render(context, mau, mau.with_name("ra.docx"), final=final).path)


def spaced(text: str) -> str:
    return " ".join(text.split())


# --- Values ---


@pytest.mark.parametrize(
    "value",
    [
        "{{ 7*7 }}", "{{ chu.__class__ }}", "{% for x in y %}", "{% endif %}", "{# ẩn #}",
        "{{r chu }}", "{%p if chu %}", "{%tr for h in y %}", "{_{ chu }_}", "{_% raw %_}",
        "{", "}}", "{%", "100%}", "a & b", "Nguyễn <b>An</b>", "x < y > z", "]]>", "<![CDATA[",
        "&amp;", "&#x41;", '“trích” "kép" \'đơn\'', "\u200fphải sang trái\u200e", "\u202eđảo",
        "x" * 5000, "Cộng\u00a0hòa", "e\u0323\u0302", "😀 𠮷", "\\n", "%s %d {0}",
        "</w:t></w:r></w:p>",
        '<?xml version="1.0"?>', "<!DOCTYPE x>", "[Cần bổ sung: x]", "[Cần bổ sung: chưa đóng",
    ],
    ids=short,
)  # fmt: skip
def test_a_value_is_text_whatever_it_says(value: str, one: Path) -> None:
    assert filled(one, {"chu": value}).paragraphs()[0].text == f"Trước {value} sau"


@pytest.mark.parametrize(
    ("value", "text"),
    {
        "Dòng một\nDòng hai": "Dòng một Dòng hai",
        "một\r\nhai\tba": "một hai ba",
        "trang\x0cmới\x0bvà\u2028nữa\u2029hết": "trang mới và nữa hết",
        "chuông\x07 rỗng\x00 xóa\x1b": "chuông rỗng xóa",
        "nửa \ud800đôi\udfff": "nửa đôi",
        "không phải chữ \ufffe\uffff": "không phải chữ ",
    }.items(),
    ids=short,
)
def test_what_a_paragraph_cannot_hold_becomes_a_space_or_goes(
    value: str, text: str, one: Path
) -> None:
    assert clean(value) == text
    assert filled(one, {"chu": value}).paragraphs()[0].text == f"Trước {text} sau"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(st.text(max_size=60), min_size=1, max_size=4), value=st.text(max_size=80))
def test_any_text_survives_reading_it_back(lines: list[str], value: str, tmp_path: Path) -> None:
    mau = tmp_path / "mau.docx"
    if not mau.exists():
        template(mau, "{%p for dong in ds %}", "{{ dong }}", "{%p endfor %}", "Hết {{ chu }} đây")
    word = filled(mau, {"ds": lines, "chu": value}, final=False)
    kept = [clean(line) for line in lines if clean(line).strip()]
    read = [paragraph.text for paragraph in word.paragraphs()]
    assert [spaced(text) for text in read] == [
        *(spaced(line) for line in kept),
        spaced(f"Hết {clean(value)} đây"),
    ]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=st.text(min_size=1, max_size=200))
def test_any_text_survives_in_a_real_form(value: str, tmp_path: Path) -> None:
    context = proposal(trich_yeu=value, co_quan=value, boi_canh=[value, value])
    word = filled_form(context, tmp_path)
    text = spaced("".join(paragraph.text + " " for paragraph in word.paragraphs()))
    assert text.count(spaced(clean(value))) >= 4 or not clean(value).strip()


def filled_form(context: Context, folder: Path) -> WordFile:
    return WordFile.open(render(context, LETTER, folder / "ra.docx", final=False).path)


def test_a_list_is_paragraphs_and_an_empty_line_is_none(tmp_path: Path) -> None:
    mau = template(tmp_path / "m.docx", "{%p for dong in ds %}", "{{ dong }}", "{%p endfor %}", "x")
    texts = [p.text for p in filled(mau, {"ds": ["một", " ", "", "hai"]}).paragraphs()]
    assert texts == ["một", "hai", "x"]


# --- Names ---


def test_a_missing_and_an_unknown_name_are_one_sentence(one: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        render({"chuu": "a"}, one, tmp_path / "x.docx", final=True)
    assert str(caught.value) == (
        "Mẫu mau.docx không khớp dữ liệu: thiếu giá trị cho chu; không có chỗ cho chuu."
    )
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"muc": "một chuỗi"}, "muc phải là một danh sách hàng"),
        ({"muc": ["một chuỗi"]}, "muc[1] phải là một hàng"),
        ({"muc": [{"gio": "8"}]}, "muc[1] thiếu dia_diem, noi_dung, thuc_hien"),
        ({"ghi_chu": "từng chữ cái"}, "ghi_chu phải là danh sách đoạn văn"),
        ({"thoi_gian": ["a"]}, "thoi_gian phải là chữ"),
        ({"thoi_gian": 8}, "thoi_gian phải là chữ"),
        ({"thoi_gian": None}, "thoi_gian phải là chữ"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(
    changes: dict[str, str | list[str]], why: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="không khớp dữ liệu") as caught:
        render(agenda(**changes), AGENDA, tmp_path / "x.docx", final=True)
    assert why in str(caught.value)


def test_a_column_the_template_does_not_show_is_an_error_not_a_loss(tmp_path: Path) -> None:
    row = {"gio": "8", "noi_dung": "a", "thuc_hien": "b", "dia_diem": "c", "ghi_chu": "mất"}
    with pytest.raises(BadInput, match="cột lạ ghi_chu"):
        render({**agenda(), "muc": [row]}, AGENDA, tmp_path / "x.docx", final=True)


def test_variables_say_what_the_template_does_with_them() -> None:
    found = template_variables(TEMPLATES / "ke-hoach-hoi-nghi.docx")
    assert found["trich_yeu"].kind is Kind.TEXT
    assert found["mo_dau"].kind is Kind.LINES
    assert found["to_chuc"].kind is Kind.ROWS
    assert found["to_chuc"].fields == {"ten": Kind.TEXT, "viec": Kind.LINES}


# --- Open slots ---


def highlighted(word: WordFile) -> list[str]:
    return [r.text for p in word.paragraphs() for r in p.runs if r.format.highlight == "yellow"]


def test_open_slots_are_yellow_in_a_draft_and_only_they(tmp_path: Path) -> None:
    context = proposal(boi_canh=[f"Đoàn do {OPEN} dẫn đầu, [Cần bổ sung: nước [nếu có]]."])
    result = render(context, LETTER, tmp_path / "x.docx", final=False)
    wanted = (OPEN, "[Cần bổ sung: nước [nếu có]]", OPEN)
    assert result.open_slots == wanted
    assert tuple(highlighted(WordFile.open(result.path))) == wanted


def test_a_final_file_has_no_colour_but_keeps_the_words(tmp_path: Path) -> None:
    result = render(proposal(), LETTER, tmp_path / "x.docx", final=True)
    word = WordFile.open(result.path)
    assert highlighted(word) == []
    assert result.open_slots == (OPEN,)
    assert OPEN in word.source().text


def test_a_highlighted_slot_keeps_the_format_around_it(tmp_path: Path) -> None:
    document = Document(str(template(tmp_path / "m.docx")))
    run = document.add_paragraph().add_run("Ông {{ chu }} dự")
    run.bold = run.italic = run.underline = True
    document.save(str(tmp_path / "m.docx"))
    (paragraph,) = filled(tmp_path / "m.docx", {"chu": OPEN}, final=False).paragraphs()
    assert [run.text for run in paragraph.runs] == ["Ông ", OPEN, " dự"]
    assert all((r.format.bold, r.format.italic, r.format.underline) == (True,) * 3
               for r in paragraph.runs)  # fmt: skip
    (_, middle, _) = Document(str(tmp_path / "ra.docx")).paragraphs[0].runs
    assert middle.font.highlight_color == WD_COLOR_INDEX.YELLOW


def test_a_slot_over_several_runs_is_marked_in_each() -> None:
    document = Document(str(LETTER))
    paragraph = document.add_paragraph()
    for text in ("Thưa [Cần bổ", " sung: ", "tên] ông"):
        paragraph.add_run(text).add_break()
    body = document.element.body
    assert mark_open_slots(body, highlight=True) == ("[Cần bổ sung: tên]",)
    marked = [r.text for r in paragraph.runs if r.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert [text.strip("\n") for text in marked] == ["[Cần bổ", " sung: ", "tên]"]
    assert paragraph.text == "Thưa [Cần bổ\n sung: \ntên] ông\n"


# --- The file ---


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name, case in FORMS.items():
        one, other = tmp_path / f"{name}-1.docx", tmp_path / f"{name}-2.docx"
        first = render(case(), TEMPLATES / f"{name}.docx", one, final=False)
        time.sleep(0.01)
        second = render(case(), TEMPLATES / f"{name}.docx", other, final=False)
        assert parts(one) == parts(other)
        assert first.sha256 == second.sha256 and one.read_bytes() == other.read_bytes()


def test_packing_drops_the_dates_of_the_zip() -> None:
    data = LETTER.read_bytes()
    assert packed(data) == packed(packed(data))


def test_the_file_knows_its_title_author_and_language_and_no_dates(tmp_path: Path) -> None:
    render(proposal(), LETTER, tmp_path / "x.docx", final=True)
    core = etree.fromstring(parts(tmp_path / "x.docx")["docProps/core.xml"])
    found = {etree.QName(str(child.tag)).localname: child.text for child in core}
    assert found == {
        "title": proposal()["trich_yeu"],
        "creator": "SỞ NGOẠI VỤ",
        "subject": "TỜ TRÌNH",
        "language": "vi-VN",
    }


def test_a_very_long_title_is_cut_for_the_properties_only(one: Path, tmp_path: Path) -> None:
    render(proposal(trich_yeu="dài " * 200), LETTER, tmp_path / "x.docx", final=True)
    assert len(Document(str(tmp_path / "x.docx")).core_properties.title) <= 255


def test_missing_folders_are_made_and_nothing_is_left_behind(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "năm 2026" / "tờ trình" / "ra.docx"
    assert render({"chu": "x"}, one, out, final=True).path == out
    assert [path.name for path in out.parent.iterdir()] == ["ra.docx"]


@pytest.mark.parametrize(
    ("name", "lock"),
    {
        "to-trinh.docx": "~$-trinh.docx",
        "bao-cao.docx": "~$ao-cao.docx",
        "kh.docx": "~$kh.docx",
        "ra.docx": ".~lock.ra.docx#",
    }.items(),
)
def test_a_file_open_in_word_is_not_touched(
    name: str, lock: str, one: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ra" / name
    render({"chu": "cũ"}, one, out, final=True)
    before = out.read_bytes()
    (out.parent / lock).write_bytes(b"x")
    with pytest.raises(OutputBusy) as caught:
        render({"chu": "mới"}, one, out, final=True)
    assert str(caught.value) == f"Tệp {name} đang mở trong Word. Đóng tệp rồi chạy lại."
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "Tệp ra.docx đang mở trong Word. Đóng tệp rồi chạy lại."),
        (errno.ENOSPC, "Ổ đĩa hết chỗ, chưa ghi được tệp ra.docx. Dọn bớt rồi chạy lại."),
        (errno.EIO, "Chưa ghi được tệp ra.docx"),
    ],
)
def test_what_stops_the_writing_is_said_and_the_old_file_stays(
    number: int, sentence: str, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "ra.docx"
    render({"chu": "cũ"}, one, out, final=True)
    before = out.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputBusy, match=sentence):
        render({"chu": "mới"}, one, out, final=True)
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["ra.docx"]


def test_a_folder_or_a_file_in_the_way_is_said(one: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="là một thư mục"):
        render({"chu": "x"}, one, tmp_path, final=True)
    with pytest.raises(OutputBusy, match="Chưa ghi được tệp ra"):
        render({"chu": "x"}, one, one / "ra.docx", final=True)
    with pytest.raises(OutputBusy, match="quá dài"):
        render({"chu": "x"}, one, tmp_path / f"{'x' * 300}.docx", final=True)


def test_verify_finds_what_is_lost_out_of_order_or_left_over(tmp_path: Path) -> None:
    word = WordFile.open(template(tmp_path / "m.docx", "một hai ba", "còn {{ thẻ }}"))
    assert verify(word, ["một"], ["một", "hai"]) == "còn thẻ “{{” chưa điền"
    assert verify(word, ["một"], ["hai", "một"]) == "mất chữ “một”"
    assert verify(word, ["bốn"], ["một"]) == "mẫu không ghi ra “bốn”"
    assert verify(word, ["còn {{ thẻ }}", ""], ["một", "còn  {{ thẻ }}"]) == ""


def test_a_value_the_template_swallows_stops_the_writing(tmp_path: Path) -> None:
    mau = template(tmp_path / "m.docx", "{% if a == 'x' %}{{ b }}{% endif %}{{ a }}")
    with pytest.raises(DraftingError, match="mẫu không ghi ra “mất”"):
        render({"a": "khác", "b": "mất"}, mau, tmp_path / "x.docx", final=True)
    assert not (tmp_path / "x.docx").exists()


# --- Bad templates ---


@pytest.mark.parametrize(
    "code",
    [
        "{{ chu.__class__ }}", "{{ chu.upper() }}", "{{ 2**9**9 }}", "{{ chu|attr('x') }}",
        "{% set a = 1 %}", "{{ range(9) }}", "{% import 'x' as y %}", "{{ chu[0] }}",
        "{{ self }}x{{ _x }}",
        "{% for i in (1, 2) %}{{ i }}{% endfor %}", "{% macro m() %}{% endmacro %}",
        "{{ chu.x.y }}",
    ],
)  # fmt: skip
def test_code_in_a_template_is_never_run(code: str, tmp_path: Path) -> None:
    mau = template(tmp_path / "m.docx", code)
    given_names: Context = dict.fromkeys(template_variables(mau), "x")
    with pytest.raises(BadInput):
        render(given_names, mau, tmp_path / "x.docx", final=True)
    assert "MA02" in {finding.code for finding in lint_template(mau)} or code.startswith("{{ self")


def test_a_tag_in_the_file_properties_is_not_run(tmp_path: Path) -> None:
    document = Document(str(template(tmp_path / "m.docx", "{{ chu }}")))
    document.core_properties.title = "{{ 2**9**9**9 }}"
    document.save(str(tmp_path / "m.docx"))
    with pytest.raises(BadInput, match="thuộc tính tệp"):
        render({"chu": "x"}, tmp_path / "m.docx", tmp_path / "x.docx", final=True)


def test_a_template_that_is_no_word_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "m.docx").write_text("không phải", "utf-8")
    with pytest.raises(UnreadableFile, match="không phải tệp Word"):
        render({}, tmp_path / "m.docx", tmp_path / "x.docx", final=True)
    with pytest.raises(UnreadableFile, match="không có tệp này"):
        render({}, tmp_path / "nữa.docx", tmp_path / "x.docx", final=True)


def test_a_wrong_tag_is_said_with_the_name_of_the_template(tmp_path: Path) -> None:
    mau = template(tmp_path / "m.docx", "{% if chu %} không đóng")
    with pytest.raises(BadInput, match="viết sai thẻ"):
        template_variables(mau)
    assert [finding.code for finding in lint_template(mau)] == ["MA01"]


@pytest.mark.parametrize(
    ("paragraphs", "code"),
    [
        (["{{ trich_yeuu }}"], "MA04"),
        (["{{ trich_yeu }}"], "MA05"),
        (["{{ tríchyếu }}"], "MA03"),
        ([unicodedata.normalize("NFD", "Nội dung: {{ trich_yeu }}")], "MA06"),
        (["{%p if trich_yeu %} mất chữ này", "x", "{%p endif %}"], "MA07"),
        (["{{ trich_yeu", "}}"], "MA09"),
    ],
)
def test_lint_names_what_is_wrong(paragraphs: list[str], code: str, tmp_path: Path) -> None:
    mau = template(tmp_path / "m.docx", *paragraphs)
    findings = lint_template(mau, {"trich_yeu", "so_ky_hieu"})
    assert code in {finding.code for finding in findings}
    assert all(finding.fix or finding.code == "MA01" for finding in findings)


def test_lint_sees_text_in_a_row_that_only_repeats(tmp_path: Path) -> None:
    document = Document(str(template(tmp_path / "m.docx")))
    table = document.add_table(3, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%tr for h in ds %}", "mất chữ này"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ h.a }}", "{{ h.b }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph()
    document.save(str(tmp_path / "m.docx"))
    (finding,) = lint_template(tmp_path / "m.docx")
    assert (finding.code, finding.where) == ("MA07", "m.docx, bảng 1")


def test_lint_sees_a_tag_torn_by_word_and_rendering_mends_it(tmp_path: Path) -> None:
    document = Document(str(template(tmp_path / "m.docx")))
    paragraph = document.add_paragraph("Tên: ")
    for piece in ("{", "{ ho_", "ten }", "}"):
        paragraph.add_run(piece)
    document.save(str(tmp_path / "m.docx"))
    assert [finding.code for finding in lint_template(tmp_path / "m.docx")] == ["MA08"]
    assert filled(tmp_path / "m.docx", {"ho_ten": "An"}).paragraphs()[0].text == "Tên: An"


# --- Names of files, cost ---


@pytest.mark.parametrize(
    ("text", "name"),
    {
        "to-trinh-doan-ra": "to-trinh-doan-ra.docx",
        "Tờ trình cử đoàn Đại biểu.docx": "to-trinh-cu-doan-dai-bieu.docx",
        "NUL": "van-ban-nul.docx",
        "com1.docx": "van-ban-com1.docx",
        "../../etc/passwd": "etc-passwd.docx",
        "a:b*c?<d>|e\\f": "a-b-c-d-e-f.docx",
        "東京": "van-ban.docx",
        "": "van-ban.docx",
    }.items(),
)
def test_a_file_name_is_plain_ascii(text: str, name: str) -> None:
    assert file_name(text) == name


@given(st.text(max_size=300))
def test_any_text_gives_a_safe_file_name(text: str) -> None:
    name = file_name(text)
    assert name.isascii() and name.endswith(".docx") and 5 < len(name) <= 95
    assert not set(name) & set('<>:"/\\|?* ')


def test_rendering_is_fast_once_warm(tmp_path: Path) -> None:
    render(proposal(), LETTER, tmp_path / "x.docx", final=False)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        render(proposal(), LETTER, tmp_path / "x.docx", final=False)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


def test_importing_render_loads_no_template_engine() -> None:
    code = (
        "import sys, drafting.render; "
        "print([m for m in ('docxtpl', 'jinja2', 'docx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
