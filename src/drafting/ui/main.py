"""`main`: one run of the page: the frame, the choice between its pages, and every error."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from drafting import log, settings
from drafting.errors import DraftingError
from drafting.office import Office
from drafting.ui import draft_page, library_page, route_page, search_page
from drafting.ui.typed import keep_typed
from drafting.ui.widgets import frame, md

Opener = Callable[[], Office]
PAGES: Mapping[str, Callable[[Opener], None]] = {
    "Tra cứu": search_page.show,
    "Soạn thảo": draft_page.show,
    route_page.TITLE: route_page.show,
    "Kho văn bản": library_page.show,
}


def main() -> None:
    """Draws the page. The frame comes first: the library is opened only when it stands."""
    # A picture of our own: an icon by name is fetched from Google's servers.
    icon = Path(__file__).with_name("page.svg")
    st.set_page_config("Soạn thảo đối ngoại", page_icon=str(icon), layout="wide")
    frame()
    keep_typed()
    with st.container(horizontal=True, vertical_alignment="center", key="top"):
        st.markdown("**Soạn thảo đối ngoại**")
        names = list(PAGES)
        st.session_state["page"] = st.session_state.get("page") or names[0]
        chosen = st.segmented_control("Trang", names, key="page", label_visibility="collapsed")
    try:
        PAGES[chosen or names[0]](open_office)
    except DraftingError as problem:
        st.error(md(str(problem)))
    except Exception as problem:  # noqa: BLE001 – the last line of defence: no officer sees a traceback
        _tell_fault(problem)


def open_office() -> Office:
    """The office all sessions share; a new one after midnight or when the corpus folder changed."""
    given = settings.load()
    files = [(p.name, p.stat().st_mtime_ns) for p in sorted(given.corpus.glob("*"))]
    return _office(str(given.home), time.strftime("%Y-%m-%d"), repr(files))


@st.cache_resource(show_spinner="Đang mở kho văn bản…", max_entries=2)
def _office(home: str, day: str, files: str) -> Office:
    del home, day, files  # what it is cached by
    return Office.open()


def _tell_fault(problem: Exception) -> None:
    path = settings.home_folder() / "log" / "drafting.log"
    log.open_log(path)
    log.note_fault(problem)
    st.error(
        f"Chương trình gặp lỗi ({type(problem).__name__}). Những gì đã gõ vẫn còn. "
        f"Gửi tệp {md(str(path))} cho người hỗ trợ."
    )
