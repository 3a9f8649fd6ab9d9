"""The page in a real browser: what an officer does in a morning, and nothing leaves the machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest
from conftest import require_program
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser
LAUNCH = "from drafting.launch import launch; raise SystemExit(launch())"
CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SUBJECT = "cử đoàn công tác của tỉnh đi thành phố Fukuoka và thành phố Buzen, Nhật Bản"
# Streamlit's own words, where we could put ours.
ENGLISH = (
    "Press Enter",
    "Drag and drop",
    "per file",
    "Deploy",
    "Streamlit",
    "Running",
    "No results",
)


@dataclass
class Desk:
    """A browser with the page open, and every address it asked for outside this machine."""

    address: str
    browser: Browser
    outside: list[str] = field(default_factory=list)

    def page(self, width: int = 1366, height: int = 768) -> Page:
        """A new window on the page, ready for a question."""
        page = self.browser.new_page(
            viewport={"width": width, "height": height}, accept_downloads=True
        )
        page.on("request", lambda asked: self._note(asked.url))
        page.goto(self.address)
        expect(page.get_by_label("Câu hỏi")).to_be_visible(timeout=30_000)
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.outside.append(url)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The real server, started as `drafting app` does, and Chromium."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome")
    home = tmp_path_factory.mktemp("Nhà của cán bộ")
    server = subprocess.Popen(
        [sys.executable, "-c", LAUNCH],
        env=os.environ | {"DRAFTING_HOME": str(home), "CI": "true", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert server.stdout
        said = server.stdout.readline()
        assert said.startswith("Trang soạn thảo: http://127.0.0.1:"), said
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
            yield Desk(said.split()[3], browser)
            browser.close()
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
        assert not _listens(said.split(":")[-1].split()[0])


def _listens(port: str) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def ask(page: Page, question: str) -> None:
    """Types a question and presses Enter."""
    page.get_by_label("Câu hỏi").fill(question)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("question", ["điều 12 khoản 2 quy chế 19", "dieu 12 khoan 2 quy che 19"])
def test_a_question_typed_with_and_without_accents_is_answered(desk: Desk, question: str) -> None:
    page = desk.page()
    ask(page, question)
    first = page.get_by_role("heading", name="1. Khoản 2 Điều 12 Quy chế số 19-QC/TU")
    expect(first).to_be_visible(timeout=30_000)
    page.close()


def test_a_click_opens_the_dieu_at_the_words_found_and_copies_them(desk: Desk) -> None:
    page = desk.page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "tổ chức đoàn ra điểm c khoản 13 điều 2 quyết định 50/2025")
    page.get_by_role("button", name="Mở cả Điều").first.click()
    mark = page.locator("[class*='st-key-mark-']").first
    expect(mark).to_contain_text("c) Tổ chức hoặc phối hợp tổ chức các đoàn ra cấp tỉnh")
    expect(mark).to_be_in_viewport()
    page.get_by_role("button", name="Chép viện dẫn", exact=True).first.click()
    expect(page.get_by_text("Đã chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "điểm c khoản 13 Điều 2 Quyết định số 50/2025/QĐ-UBND"
    page.close()


def test_the_example_is_filled_in_drafted_and_the_word_file_opens(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.page()
    page.get_by_text("Soạn thảo", exact=True).click()
    page.get_by_text("Bắt đầu từ ví dụ hoặc hồ sơ đã lưu").click()
    page.get_by_role("button", name="Dùng ví dụ này").click()
    expect(page.get_by_label("Đối tác")).to_have_value("Chính quyền thành phố Buzen")
    page.get_by_role("textbox", name="Họ và tên, dòng 4").fill("Đinh Thị Lan")
    page.get_by_role("tab", name="2. Các mục").click()
    slot = page.get_by_label("Yêu cầu về tuyên truyền")
    slot.fill("Đưa tin trên Cổng thông tin điện tử của tỉnh & của Sở.")
    page.get_by_role("tab", name="3. Soạn, tải về").click()
    page.get_by_role("button", name="Soạn", exact=True).click()
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="Tải văn bản (.docx)").click()
    out = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(out)
    assert out.suffix == ".docx"
    paper = docx.Document(str(out))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert SUBJECT in words
    assert "Cổng thông tin điện tử của tỉnh & của Sở" in words
    assert "Đinh Thị Lan" in cells
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_the_library_page_shows_the_chain_of_a_document(desk: Desk, width: int) -> None:
    page = desk.page(width)
    page.get_by_text("Kho văn bản", exact=True).click()
    expect(page.get_by_text("Có toàn văn: 5")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Xét hiệu lực vào ngày")).to_have_count(1)
    day = page.get_by_role("textbox", name="Xét hiệu lực vào ngày")
    day.fill("30/6/2025")
    day.press("Tab")
    page.get_by_role("combobox", name="Văn bản").click()
    page.keyboard.type("50/2025")
    page.keyboard.press("Enter")
    said = page.get_by_text("Ngày 30/6/2025 còn hiệu lực: Quyết định số 20/2022/QĐ-UBND.")
    expect(said).to_be_visible(timeout=30_000)
    picture = page.locator(".st-key-chain img")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.naturalWidth > 100 && one.src.startsWith('data:')")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert not [word for word in ENGLISH if word in page.inner_text("body")]
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_the_page_of_who_decides_asks_the_next_question_and_draws_the_way(
    desk: Desk, width: int
) -> None:
    page = desk.page(width)
    page.get_by_text("Ai quyết định", exact=True).click()
    box = page.get_by_label("Việc cần hỏi, bằng lời (có thể bỏ trống)")
    expect(box).to_be_visible(timeout=30_000)
    day = page.get_by_role("textbox", name="Xét hiệu lực vào ngày")
    expect(day).to_be_visible(timeout=30_000)
    day.fill("1/3/2025")
    day.press("Tab")
    box.fill("nguyên Bí thư Tỉnh ủy đi nước ngoài việc riêng")
    box.press("Tab")
    expect(page.get_by_text("điểm 1.1 khoản 1 Điều 13").first).to_be_visible(timeout=30_000)
    page.get_by_text("Sơ đồ", exact=True).click()
    picture = page.locator("details img, [data-testid=stExpander] img")
    expect(picture).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert not [word for word in ENGLISH if word in page.inner_text("body")]
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_both_halves_fit_the_screen_and_speak_vietnamese(desk: Desk, width: int) -> None:
    page = desk.page(width)
    ask(page, "đoàn ra")
    expect(page.get_by_text("Vì sao:").first).to_be_visible(timeout=30_000)
    shown = [page.inner_text("body")]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.get_by_text("Soạn thảo", exact=True).click()
    expect(page.get_by_role("textbox", name="Trích yếu *", exact=True)).to_be_visible()
    shown.append(page.inner_text("body"))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert not [word for word in ENGLISH for text in shown if word in text]
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.close()


def test_tab_goes_from_box_to_box(desk: Desk) -> None:
    page = desk.page()
    page.get_by_text("Soạn thảo", exact=True).click()
    page.get_by_role("textbox", name="Ngày soạn").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Trích yếu *", exact=True)).to_be_focused()
    page.close()


def test_nothing_was_asked_of_another_machine(desk: Desk) -> None:
    desk.page().close()
    assert desk.outside == []
