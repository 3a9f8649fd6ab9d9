"""The page as an officer meets it, without a browser: questions, the form, the paper."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from drafting.cases import parse_case, read_case
from drafting.errors import BadInput
from drafting.forms import form_ids, load_form
from drafting.launch import HOST, command, free_port, has_display, page_environment
from drafting.office import Office
from drafting.ui.typed import as_yaml, of_case, told
from drafting.ui.widgets import pasted_rows

REPO = Path(__file__).resolve().parent.parent
FORM = "to-trinh-doan-ra"
EXAMPLES = sorted((REPO / "examples").glob("*.yaml"))
SUBJECT = "Cử đoàn công tác của tỉnh đi thành phố Fukuoka và thành phố Buzen, Nhật Bản"
A_DAY = "23/11/2026"


# --- Driving the page ---


def the_page() -> AppTest:
    """The page as first painted."""
    page = AppTest.from_file(str(REPO / "app.py"), default_timeout=60).run()
    assert not page.exception
    return page


def ask(page: AppTest, question: str, *, day: str = A_DAY, province: str = "") -> AppTest:
    """Types a question and presses Tìm."""
    page.text_input(key="f:question").set_value(question)
    page.text_input(key="f:as-of").set_value(day)
    if province:
        page.selectbox(key="f:province").set_value(province)
    next(button for button in page.button if button.label == "Tìm").click()
    page.run()
    assert not page.exception
    return page


def drafting_page(*, example: bool = True) -> AppTest:
    """The drafting half, with the Lạng Sơn example taken up."""
    page = the_page()
    page.segmented_control(key="page").set_value("Soạn thảo").run()
    if example:
        page.button(key="use-example").click().run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    """Presses a button."""
    page.button(key=key).click().run()
    assert not page.exception
    return page


def headings(page: AppTest) -> list[str]:
    """The citations that head the hits, in order."""
    return [m.value.split("\\. ", 1)[1] for m in page.markdown if m.value.startswith("##### ")]


def everything(page: AppTest) -> str:
    """All words shown, as their source."""
    kinds = (
        page.markdown,
        page.text,
        page.caption,
        page.error,
        page.warning,
        page.info,
        page.success,
    )
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def inside(block: Block, key: str) -> list[str]:
    """The texts within the containers whose key begins with `key`."""
    found: list[str] = []
    for child in block.children.values():
        if isinstance(child, Block):
            is_it = f"-{key}" in str(getattr(child.proto, "id", ""))
            found += [text.value for text in child.text] if is_it else inside(child, key)
    return found


def field(page: AppTest, label: str) -> str:
    """What stands in the box with this label."""
    return str(next(box for box in page.text_input if box.label == label).value)


# --- First paint ---


def test_the_first_paint_loads_neither_torch_nor_llama_index_and_builds_no_index(
    home: Path,
) -> None:
    script = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "page = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert not page.exception\n"
        "assert page.text_input(key='f:question').label == 'Câu hỏi'\n"
        "heavy = {'torch', 'llama_index', 'sentence_transformers', 'transformers', 'faiss'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPO,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"
    assert not (home / "index").exists()


def test_the_three_parts_are_named_in_vietnamese() -> None:
    choice = the_page().segmented_control(key="page")
    names = [option.content for option in choice.proto.options]
    assert names == ["Tra cứu", "Soạn thảo", "Ai quyết định", "Kho văn bản"]


# --- Tra cứu ---


@pytest.mark.parametrize(
    "question",
    ["điều 12 khoản 2 quy chế 19", "dieu 12 khoan 2 quy che 19", "Điều 12 khoản 2 QC 19"],
)
def test_a_question_with_and_without_accents_finds_the_same_clause(question: str) -> None:
    page = ask(the_page(), question)
    assert headings(page)[0] == "Khoản 2 Điều 12 Quy chế số 19-QC/TU"


def test_a_hit_shows_its_words_its_status_and_why() -> None:
    page = ask(the_page(), "tham mưu tổ chức đoàn ra của tỉnh", province="tỉnh Lạng Sơn")
    shown = everything(page)
    assert headings(page)[0].endswith("Quyết định số 50/2025/QĐ-UBND")
    assert ":green-badge[còn hiệu lực]" in shown
    assert "Vì sao: Trùng" in shown
    stored = Office.open().find("50/2025/QĐ-UBND").document.source.text
    assert page.text[0].value in stored


def test_another_provinces_regulation_is_marked_tham_khao() -> None:
    page = ask(the_page(), "điều 15 quy chế 19", province="tỉnh Lạng Sơn")
    assert ":gray-badge[tỉnh Bắc Giang · tham khảo]" in everything(page)
    assert ":orange-badge[chưa rõ]" in everything(page)


def test_a_click_opens_the_whole_dieu_with_the_hit_marked() -> None:
    page = ask(the_page(), "khoản 2 điều 15 quy chế 19")
    assert inside(page.main, "article-1") == []
    press(page, "open:1")
    article = inside(page.main, "article-1")
    assert [text.split()[0] for text in article[1:]] == ["1.", "2.", "3.", "4."]
    assert article[0].startswith("Điều 15. Triển khai hoạt động đối ngoại")
    assert inside(page.main, "mark-") == [article[2]]
    press(page, "open:1")
    assert inside(page.main, "article-1") == []


def test_the_texts_to_copy_are_short_full_and_verbatim() -> None:
    page = ask(the_page(), "khoản 2 điều 15 quy chế 19")
    data = next(e for e in page.get("bidi_component") if "copies" in str(e.proto))
    ((_, short), (_, full), (_, words)) = json.loads(data.proto.json)["copies"]
    assert short == "khoản 2 Điều 15 Quy chế số 19-QC/TU"
    assert full.startswith(f"{short} ngày 26/11/2024 của Ban Thường vụ Tỉnh ủy Bắc Giang về")
    assert words == page.text[0].value


def test_an_empty_question_is_answered_with_a_sentence() -> None:
    page = ask(the_page(), "   ")
    assert "Chưa có câu hỏi" in page.info[0].value
    assert not headings(page)


def test_what_the_library_cannot_answer_is_said_before_the_nearest_hits() -> None:
    page = ask(the_page(), "lãi suất ngân hàng thế chấp căn hộ chung cư")
    assert page.warning[0].value
    assert "**Không chắc: những quy định gần nhất**" in everything(page)
    assert "khớp kho" not in everything(page)


def test_a_day_that_is_none_is_named_and_the_question_stays() -> None:
    page = ask(the_page(), "đoàn ra", day="31/02/2026")
    assert "“31/02/2026” không phải ngày có thật" in page.error[0].value
    assert page.text_input(key="f:question").value == "đoàn ra"


@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", ":red[x] **b** $x$", "`" * 50, "\\"]
)
def test_strange_questions_are_shown_as_they_are_and_break_nothing(nasty: str) -> None:
    page = ask(the_page(), nasty)
    assert "<script>" not in everything(page).replace("\\<script\\>", "")


# --- Soạn thảo ---


def test_the_example_becomes_a_word_file_with_its_subject() -> None:
    page = press(drafting_page(), "make")
    assert [button.label for button in page.download_button] == [
        "Lưu hồ sơ (.yaml)",
        "Tải văn bản (.docx)",
        "Tải bảng đối chiếu (.docx)",
    ]
    made = page.session_state["result"]
    paper = docx.Document(io.BytesIO(made.paper))
    assert any(SUBJECT.lower() in paragraph.text.lower() for paragraph in paper.paragraphs)
    assert docx.Document(io.BytesIO(made.table)).tables
    assert made.name.isascii() and made.name.endswith(".docx")
    assert "Sổ căn cứ: kiểm được" in everything(page)
    assert len(page.table[0].value) == made.drafted.ledger.total


def test_a_bad_date_is_told_by_its_label_and_nothing_typed_is_lost() -> None:
    page = drafting_page()
    page.text_input(key="f:date:ngay_soan").set_value("31/02/2026").run()
    assert page.error[0].value == (
        "Trường “Ngày soạn”: “31/02/2026” không phải ngày có thật. Ghi như 15/8/2026."
    )
    assert field(page, "Ngày soạn *") == "31/02/2026"
    assert field(page, "Trích yếu *") == SUBJECT
    press(page, "make")
    assert "Chưa soạn được." in page.error[1].value
    assert [button.label for button in page.download_button] == ["Lưu hồ sơ (.yaml)"]
    page.text_input(key="f:date:ngay_soan").set_value("10/8/2026").run()
    assert not page.error


def test_a_bad_cell_is_told_with_its_row() -> None:
    page = drafting_page()
    page.text_input(key="c:van_ban_vu_viec:1:ngay").set_value("hôm qua").run()
    assert page.error[0].value.startswith("Trường “Văn bản của vụ việc, dòng 1, Ngày”: “hôm qua”")


def test_what_was_typed_is_there_after_a_look_at_tra_cuu() -> None:
    page = drafting_page()
    page.text_input(key="f:text:doi_tac").set_value("Chính quyền tỉnh Quảng Tây").run()
    page.segmented_control(key="page").set_value("Tra cứu").run()
    page.segmented_control(key="page").set_value("Soạn thảo").run()
    assert page.text_input(key="f:text:doi_tac").value == "Chính quyền tỉnh Quảng Tây"
    assert page.text_area(key="c:doan:1:ho_ten").value == "Lương Thị Hà Vân"
    assert page.text_area(key=f"s:{FORM}:danh_nghia").value


@pytest.mark.parametrize("written", ["Lạng Sơn", "lang son", "Tỉnh Lạng Sơn"])
def test_a_province_written_otherwise_is_told_not_guessed(written: str) -> None:
    page = drafting_page()
    assert not page.warning
    page.text_input(key="f:text:tinh").set_value(written).run()
    assert "“tỉnh Lạng Sơn”" in page.warning[0].value
    assert page.text_input(key="f:text:tinh").value == written


def test_a_slot_names_what_demands_it_and_how_strongly() -> None:
    shown = everything(drafting_page())
    assert "**Bối cảnh, sự cần thiết** :gray-badge[tham khảo]" in shown
    assert "**Kiến nghị, đề xuất** :blue-badge[thông lệ]" in shown
    assert "khoản 2 Điều 15 Quy chế số 19-QC/TU" in shown


def test_a_suggestion_gets_in_only_by_its_button() -> None:
    page = drafting_page()
    key = f"s:{FORM}:boi_canh"
    before = str(page.text_area(key=key).value)
    suggested = [text.value for text in page.text]
    assert suggested and not any(text in before for text in suggested)
    press(page, "take:boi_canh:0")
    assert page.text_area(key=key).value == f"{before.rstrip()}\n{suggested[0]}"


def test_khong_co_is_declared_with_a_tick_and_the_words_are_kept() -> None:
    page = drafting_page()
    page.checkbox(key=f"n:{FORM}:qua_tang").check().run()
    assert page.text_area(key=f"s:{FORM}:qua_tang").disabled
    assert "Tranh thêu" in str(page.text_area(key=f"s:{FORM}:qua_tang").value)
    press(page, "make")
    slots = page.session_state["result"].drafted.draft.slots
    state = next(slot.state for slot in slots if slot.slot.id == "qua_tang")
    assert state == "none declared"


def test_rows_are_added_and_taken_away() -> None:
    page = press(drafting_page(), "add:doan")
    page.text_area(key="c:doan:5:ho_ten").set_value("Đinh Thị Lan").run()
    press(page, "drop:doan:2")
    names = [box.value for box in page.text_area if box.label.startswith("Họ và tên, dòng")]
    assert names == ["Lương Thị Hà Vân", "Nông Thùy Chi", "Vi Quang Huy", "Đinh Thị Lan"]


def test_rows_copied_from_excel_are_taken_in() -> None:
    page = drafting_page(example=False)
    page.text_area(key="paste:doan").set_value("1\tHà Văn A\tGiám đốc\tSở Tài chính\tTrưởng đoàn\n")
    press(page, "take:doan")
    assert page.text_area(key="c:doan:1:don_vi").value == "Sở Tài chính"


def test_starting_over_can_be_taken_back() -> None:
    page = press(drafting_page(), "clear")
    assert field(page, "Trích yếu *") == ""
    press(page, "take-back")
    assert field(page, "Trích yếu *") == SUBJECT
    assert page.text_area(key="c:doan:4:nhiem_vu").value == "Phiên dịch"


def test_a_saved_case_is_opened_with_its_own_form() -> None:
    page = drafting_page(example=False)
    saved = (REPO / "examples" / "chuong-trinh-hoi-nghi.yaml").read_bytes()
    page.file_uploader(key="upload").set_value(("ho-so.yaml", saved, "application/yaml")).run()
    press(page, "use-upload")
    assert page.selectbox(key="s:form").value == "chuong-trinh-hoi-nghi"
    assert page.text_input(key="f:text:bat_dau").value == "8 giờ 00"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("", "tệp rỗng"), ("mau: khac", "dòng “mau:”"), (f"mau: {FORM}\nx: 1", "“x”")],
)
def test_a_file_that_is_no_case_is_refused_with_a_sentence(content: str, sentence: str) -> None:
    page = drafting_page()
    page.file_uploader(key="upload").set_value(
        ("thu.yaml", content.encode(), "application/yaml")
    ).run()
    press(page, "use-upload")
    assert sentence in page.error[0].value
    assert field(page, "Trích yếu *") == SUBJECT


def test_a_ban_trinh_with_an_unproved_citation_is_not_written_until_someone_answers_for_it() -> (
    None
):
    page = drafting_page()
    words = "Thực hiện theo Nghị định số 999/2025/NĐ-CP."
    page.text_area(key=f"s:{FORM}:tuyen_truyen").set_value(words)
    page.radio(key="f:paper").set_value("Bản trình").run()
    press(page, "make")
    assert "Chưa xuất bản trình" in page.error[0].value
    assert "xac_nhan" not in page.error[0].value
    assert len(page.download_button) == 1
    for column, value in {
        "van_ban": "999/2025/NĐ-CP",
        "nguoi": "Hà Vân",
        "ly_do": "Có bản giấy",
    }.items():
        page.text_area(key=f"c:xac_nhan:1:{column}").set_value(value)
    page.run()
    press(page, "make")
    assert len(page.download_button) == 3


def test_a_result_is_put_away_when_the_case_changes() -> None:
    page = press(drafting_page(), "make")
    page.text_input(key="f:text:doi_tac").set_value("Ai khác").run()
    assert "Bấm Soạn để lập lại" in page.info[0].value
    assert len(page.download_button) == 1


@pytest.mark.parametrize("form_id", list(form_ids(REPO / "templates")))
def test_every_form_is_drawn_empty_and_drafted_empty(form_id: str) -> None:
    page = drafting_page(example=False)
    page.selectbox(key="s:form").set_value(form_id).run()
    press(page, "make")
    assert page.session_state["result"].paper


def test_a_fault_is_one_sentence_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("lời của cán bộ")

    monkeypatch.setattr(Office, "search", broken)
    page = ask(the_page(), "đoàn ra")
    assert "Chương trình gặp lỗi (RuntimeError)" in page.error[0].value
    assert "lời của cán bộ" not in everything(page)
    assert "lời của cán bộ" not in (home / "log" / "drafting.log").read_text("utf-8")


# --- What was typed, as a case ---


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_case_typed_again_is_the_same_case(path: Path) -> None:
    form = load_form(REPO / "templates", yaml.safe_load(path.read_text("utf-8"))["mau"])
    case = read_case(path, form)
    again = parse_case(as_yaml(form, of_case(case)), form)
    assert (again.values, again.slots, again.releases) == (case.values, case.slots, case.releases)


@pytest.mark.parametrize(
    ("yaml_text", "sentence"),
    [
        ("ngay_soan: mai", "Trường “Ngày soạn”: “mai” không phải ngày có thật"),
        ("doan: [{ho_ten: A}, {tuoi: 3}]", "Trường “Danh sách đoàn, dòng 2”: không có trường này"),
        ("co_quan_ban_hanh: {cap: xa}", "Trường “Cơ quan ban hành, Cấp”: “xa” không có trong"),
        ("muc_van_ban: {kinh_phi: không}", "Mục “Nguồn kinh phí”: không nhận “không”"),
        ("xac_nhan: [{nguoi: A}]", "Trường “Xác nhận cho qua”: thiếu van_ban, ly_do"),
    ],
)
def test_a_complaint_names_the_field_as_the_page_does(yaml_text: str, sentence: str) -> None:
    form = load_form(REPO / "templates", FORM)
    with pytest.raises(BadInput) as problem:
        parse_case(yaml_text, form, "hồ sơ")
    assert told(str(problem.value), form).startswith(sentence)


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Hà\tGiám đốc", ["Hà"]),
        ("Họ và tên\tChức vụ\nHà\tGiám đốc\n\nTú\t", ["Hà", "Tú"]),
        ("1\tHà\ta\tb\tc\n2\tTú\ta\tb\tc", ["Hà", "Tú"]),
        ('"Hà\nVân"\tGiám đốc', ["Hà Vân"]),
        ("", []),
    ],
)
def test_pasted_rows_are_read_as_a_table(pasted: str, names: list[str]) -> None:
    team = load_form(REPO / "templates", FORM).field_of("doan")
    assert team is not None
    assert [row["ho_ten"] for row in pasted_rows(team, pasted)] == names


# --- Starting it ---


def test_the_page_is_served_to_this_machine_only_and_tells_nobody() -> None:
    given = " ".join(command(Path("app.py"), 8501))
    assert f"--server.address {HOST}" in given and HOST == "127.0.0.1"
    assert "--browser.gatherUsageStats false" in given
    assert "--client.showErrorDetails none" in given


def test_a_port_in_use_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_the_home_and_the_corpus_go_along_as_absolute_folders(tmp_path: Path) -> None:
    given = page_environment({"DRAFTING_CORPUS": "corpus", "PATH": "x"}, tmp_path)
    assert given["DRAFTING_HOME"] == str(tmp_path)
    assert Path(given["DRAFTING_CORPUS"]).is_absolute()


@pytest.mark.parametrize(("environment", "shown"), [({"CI": "true", "DISPLAY": ":0"}, False)])
def test_no_browser_is_opened_in_ci(environment: dict[str, str], shown: bool) -> None:
    assert has_display(environment) is shown


def test_launching_does_not_import_streamlit() -> None:
    code = "import sys, drafting.launch; print('streamlit' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_the_pages_own_files_reach_for_nothing_outside(repo: Path) -> None:
    for path in (repo / "src" / "drafting" / "ui").iterdir():
        if path.suffix in {".css", ".js", ".py"}:
            found = re.findall(r"https?://(?!\{HOST\}|y\))[^\s'\"]+", path.read_text("utf-8"))
            assert not found, f"{path.name}: {found}"
