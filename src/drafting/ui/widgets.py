"""The widgets of the page: fields made from a form's definition, badges, copying."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from drafting.forms import FormField
from drafting.ui.typed import add_rows, cell_key, field_key, kept, row_numbers, rows_key

# Choices as officers read them; one that is not here is shown as it stands.
CHOICES: Mapping[str, str] = {
    "": "— chọn —",
    "so": "Sở, ngành",
    "ubnd": "Ủy ban nhân dân tỉnh",
    "chu-tich-ubnd": "Chủ tịch Ủy ban nhân dân tỉnh",
    "trong-nuoc": "Trong nước",
    "quoc-te": "Quốc tế",
}
DAY_HINT = "ngày/tháng/năm"
# What markdown would read as its own: signs anywhere, and those that begin a heading or a list.
_MARKS = re.compile(r"([\\`*_{}\[\]~$<>|&^]|:(?=[A-Za-z]))")
_BEGINNINGS = re.compile(r"(?m)^(\s*)(\d*)([#+=.)-])")
_WIDE = 40  # a field whose example is longer takes the whole row


def md(text: str) -> str:
    """`text` so that markdown shows it as it is: for titles and messages with words in them.

    >>> print(md("- 50/2025/QĐ-UBND *[x](http://y)*"))
    \\- 50/2025/QĐ-UBND \\*\\[x\\](http://y)\\*
    """
    return _BEGINNINGS.sub(r"\1\2\\\3", _MARKS.sub(r"\\\1", text))


def badge(text: str, colour: str) -> str:
    """A small coloured label, in markdown; `colour` is a name of Streamlit's."""
    return f":{colour}-badge[{md(text)}]"


def required_label(declared: FormField) -> str:
    """The label of a field, with a star when it must be filled."""
    return md(declared.label) + (" *" if declared.required else "")


# --- Fields ---


def fields(declared: Sequence[FormField], inside: str = "") -> None:
    """The widgets of a list of fields: short ones two a row, long ones alone."""
    waiting: list[FormField] = []
    for one in declared:
        if _is_short(one):
            waiting.append(one)
            if len(waiting) == 2:
                _row(waiting, inside)
                waiting = []
            continue
        if waiting:
            _row(waiting, inside)
            waiting = []
        _long(one, inside)
    if waiting:
        _row(waiting, inside)


def _is_short(declared: FormField) -> bool:
    if declared.type == "text":
        return bool(declared.example) and len(declared.example) <= _WIDE
    return declared.type in {"date", "number", "choice"}


def _row(declared: Sequence[FormField], inside: str) -> None:
    for column, one in zip(st.columns(2), declared, strict=False):
        with column:
            scalar(one, inside)


def _long(declared: FormField, inside: str) -> None:
    if declared.type == "group":
        _title(declared)
        fields(declared.fields, f"{declared.id}.")
    elif declared.type == "table":
        _title(declared)
        table(declared)
    elif declared.type == "lines":
        key = field_key(declared)
        st.session_state.setdefault(key, "")
        hint = "Mỗi dòng một mục" + (f", ví dụ: {declared.example}" if declared.example else "")
        st.text_area(
            required_label(declared),
            key=key,
            height="content",
            placeholder=hint,
            help=_help(declared),
        )
    else:
        scalar(declared, inside)


def _title(declared: FormField) -> None:
    star = " \\*" if declared.required else ""
    st.markdown(f"**{md(declared.label)}**{star}", help=_help(declared))


def _help(declared: FormField) -> str | None:
    return md(declared.help) if declared.help else None


def scalar(declared: FormField, inside: str = "") -> None:
    """One field of text, date, number or choice. Dates and numbers are typed as text: what is
    wrong stays where it was typed, beside the sentence that says so."""
    key = field_key(declared, inside)
    label, hint = required_label(declared), _help(declared)
    if declared.type == "choice":
        options = ["", *declared.choices]
        if st.session_state.get(key) not in options:
            st.session_state[key] = ""
        st.selectbox(label, options, key=key, help=hint, format_func=lambda c: CHOICES.get(c, c))
        return
    st.session_state.setdefault(key, "")
    example = declared.example or (DAY_HINT if declared.type == "date" else "")
    shown = f"ví dụ: {example}" if example else ""
    st.text_input(label, key=key, help=hint, placeholder=shown)


# --- Tables ---


def table(declared: FormField) -> None:
    """A table to fill in: a line of cells for each row, rows added, pasted and taken away."""
    numbers = row_numbers(declared)
    with st.container(key=f"table-{declared.id}"):
        widths = [*_widths(declared), 0.35]
        with st.container(key=f"table-head-{declared.id}"):
            for column, field in zip(st.columns(widths), declared.fields, strict=False):
                column.caption(required_label(field), help=_help(field))
        for position, number in enumerate(numbers, start=1):
            _table_row(declared, number, position, widths)
        with st.container(horizontal=True):
            st.button("Thêm dòng", key=f"add:{declared.id}", icon=":material/add:",
                      on_click=_append, args=(declared,))  # fmt: skip
            _paste(declared)


def _widths(declared: FormField) -> list[float]:
    """Columns for dates and numbers are narrower than those for words."""
    return [0.55 if field.type in {"date", "number"} else 1.0 for field in declared.fields]


def _table_row(declared: FormField, number: int, position: int, widths: Sequence[float]) -> None:
    columns = st.columns(widths, vertical_alignment="top")
    for column, field in zip(columns, declared.fields, strict=False):
        key = cell_key(declared, number, field)
        st.session_state.setdefault(key, "")
        label = f"{field.label}, dòng {position}"
        if field.type == "text":
            column.text_area(label, key=key, height="content", placeholder=field.label,
                             label_visibility="collapsed")  # fmt: skip
        else:
            shown = DAY_HINT if field.type == "date" else field.label
            column.text_input(label, key=key, placeholder=shown, label_visibility="collapsed")
    columns[-1].button("Bỏ", key=f"drop:{declared.id}:{number}", help=f"Bỏ dòng {position}",
                       type="tertiary", on_click=_drop, args=(declared, number))  # fmt: skip


def _append(declared: FormField) -> None:
    numbers = row_numbers(declared)
    numbers.append(max(numbers, default=0) + 1)


def _drop(declared: FormField, number: int) -> None:
    left = [n for n in row_numbers(declared) if n != number]
    for field in declared.fields:
        st.session_state.pop(cell_key(declared, number, field), None)
    st.session_state[rows_key(declared)] = left or [number + 1]


def _paste(declared: FormField) -> None:
    """Rows copied from Excel or from a table in Word come as lines with tabs."""
    key = f"paste:{declared.id}"
    with st.popover("Dán từ Excel, Word", icon=":material/content_paste:"):
        order = " · ".join(field.label for field in declared.fields)
        st.caption(f"Chép các dòng trong bảng rồi dán vào đây. Thứ tự cột: {md(order)}.")
        st.text_area("Các dòng đã chép", key=key, height=120, label_visibility="collapsed")
        st.button("Thêm các dòng này", key=f"take:{declared.id}", on_click=_take_pasted,
                  args=(declared, key))  # fmt: skip


def _take_pasted(declared: FormField, key: str) -> None:
    add_rows(declared, pasted_rows(declared, kept(key)))
    st.session_state[key] = ""


def pasted_rows(declared: FormField, text: str) -> list[dict[str, str]]:
    """Cells with tabs between them as rows; a heading line and running numbers are left out.

    >>> team = FormField(id="doan", label="Đoàn", type="table", fields=(
    ...     FormField(id="ho_ten", label="Họ và tên", type="text"),
    ...     FormField(id="chuc_vu", label="Chức vụ", type="text")))
    >>> pasted_rows(team, "TT\\tHọ và tên\\tChức vụ\\n1\\tNông Thùy Chi\\tTrưởng phòng")
    [{'ho_ten': 'Nông Thùy Chi', 'chuc_vu': 'Trưởng phòng'}]
    """
    names = [field.id for field in declared.fields]
    lines = [
        [" ".join(cell.split()) for cell in cells]
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter="\t")
        if any(cell.strip() for cell in cells)
    ]
    if lines and all(len(cells) == len(names) + 1 for cells in lines):
        lines = [cells[1:] for cells in lines]
    if lines and lines[0][0].lower() == declared.fields[0].label.lower():
        lines = lines[1:]
    return [dict(zip(names, cells, strict=False)) for cells in lines]


# --- What only the browser can do ---


def copy_buttons(copies: Mapping[str, str], key: str) -> None:
    """A button for each text, that puts it on the clipboard as it is; texts travel as data."""
    html = '<div class="copies"></div>'
    draw = st.components.v2.component(
        "drafting_copy", html=html, css=_own("copy.css"), js=_own("copy.js")
    )
    draw(data={"copies": list(copies.items())}, key=key)


def scroll_to_mark(box: str) -> None:
    """Brings what is marked inside the container with key `box` into view, once."""
    draw = st.components.v2.component("drafting_scroll", html="<span></span>", js=_own("scroll.js"))
    draw(data={"box": f"st-key-{box}"}, key=f"scroll-{box}")


def frame() -> None:
    """The page's own style and script, before anything is drawn."""
    st.html(f"<style>{_own('page.css')}</style>")
    draw = st.components.v2.component("drafting_page", html="<span></span>", js=_own("page.js"))
    with st.container(key="script"):
        draw(key="page-script")


@cache
def _own(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
