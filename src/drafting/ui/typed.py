"""What an officer typed on the page: kept in the session, as plain data, as YAML, as a `Case`.

Everything typed is a string until `parse_case` reads it, so a bad date stays as it was typed.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import streamlit as st
import yaml

from drafting.cases import Case, Row, Value, form_of_case, parse_case, read_case
from drafting.errors import BadInput
from drafting.forms import Form, FormField, Slot
from drafting.records import vn_date

Cells = dict[str, str]
Typed = dict[str, str | list[str] | Cells | list[Cells]]

SLOTS, RELEASES = "muc_van_ban", "xac_nhan"
RELEASE_TABLE = FormField(
    id=RELEASES,
    label="Xác nhận cho qua",
    type="table",
    help="Viện dẫn chưa chứng minh được mà người có trách nhiệm vẫn cho dùng",
    fields=(
        FormField(
            id="van_ban", label="Văn bản", type="text", required=True, example="12/2026/NĐ-CP"
        ),
        FormField(id="nguoi", label="Người xác nhận", type="text", required=True),
        FormField(id="ly_do", label="Lý do", type="text", required=True),
    ),
)
_NONE = "không"
_KEPT = ("f:", "s:", "n:", "r:", "c:")
_PLACE = re.compile(r"^Tệp .*?, (?:dòng \d+, )?trường “([^”]*)”: ")


# --- Keys of the session ---


def keep_typed() -> None:
    """Keeps what was typed when its widgets are not drawn: Streamlit forgets it otherwise."""
    for key in list(st.session_state):
        if isinstance(key, str) and key.startswith(_KEPT):
            st.session_state[key] = st.session_state[key]


def field_key(declared: FormField, inside: str = "") -> str:
    """Where a scalar field is kept; forms that share a field share what was typed in it."""
    return f"f:{declared.type}:{inside}{declared.id}"


def slot_key(form: Form, slot: Slot) -> str:
    """Where the words of a slot are kept."""
    return f"s:{form.id}:{slot.id}"


def none_key(form: Form, slot: Slot) -> str:
    """Where “Không có” of a slot is kept."""
    return f"n:{form.id}:{slot.id}"


def rows_key(table: FormField) -> str:
    """Where the numbers of a table's rows are kept."""
    return f"r:{table.id}"


def cell_key(table: FormField, row: int, column: FormField) -> str:
    """Where a cell is kept; a row keeps its number when others go."""
    return f"c:{table.id}:{row}:{column.id}"


def kept(key: str) -> str:
    """The text kept under `key`, "" when there is none."""
    return str(st.session_state.get(key) or "")


def row_numbers(table: FormField) -> list[int]:
    """The rows of a table in order; at least one, to type in."""
    numbers: list[int] = st.session_state.setdefault(rows_key(table), [1])
    return numbers


def add_rows(table: FormField, rows: Sequence[Mapping[str, str]]) -> None:
    """Puts `rows` below what is there; empty rows at the end give way to them."""
    numbers = row_numbers(table)
    while numbers and not any(cells_of(table, numbers[-1]).values()):
        numbers.pop()
    first = max(numbers, default=0) + 1
    for number, row in enumerate(rows, start=first):
        numbers.append(number)
        for column in table.fields:
            st.session_state[cell_key(table, number, column)] = row.get(column.id, "")


def cells_of(table: FormField, row: int) -> Cells:
    """What a row holds, blank cells left out."""
    found = {c.id: kept(cell_key(table, row, c)).strip() for c in table.fields}
    return {name: text for name, text in found.items() if text}


# --- Session ↔ plain data ---


def take(form: Form) -> Typed:
    """Everything typed for `form`, blanks left out."""
    typed: Typed = {}
    for declared in form.fields:
        if value := _taken(declared):
            typed[declared.id] = value
    slots: Cells = {}
    for slot in form.slots:
        text = kept(slot_key(form, slot))
        if st.session_state.get(none_key(form, slot)):
            slots[slot.id] = _NONE
        elif text.strip():
            slots[slot.id] = text
    if slots:
        typed[SLOTS] = slots
    if releases := _taken(RELEASE_TABLE):
        typed[RELEASES] = releases
    return typed


def _taken(declared: FormField) -> str | list[str] | Cells | list[Cells]:
    if declared.type == "group":
        inside = f"{declared.id}."
        group = {f.id: kept(field_key(f, inside)).strip() for f in declared.fields}
        return {name: text for name, text in group.items() if text}
    if declared.type == "table":
        rows = (cells_of(declared, row) for row in row_numbers(declared))
        return [row for row in rows if row]
    text = kept(field_key(declared)).strip()
    if declared.type == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def put(form: Form, typed: Typed) -> None:
    """Replaces everything typed for `form`."""
    for declared in (*form.fields, RELEASE_TABLE):
        _put(declared, typed.get(declared.id, ""))
    slots = typed.get(SLOTS, {})
    for slot in form.slots:
        text = str(slots.get(slot.id, "")) if isinstance(slots, dict) else ""
        none = slot.none_allowed and text.strip().lower() == _NONE
        st.session_state[none_key(form, slot)] = none
        st.session_state[slot_key(form, slot)] = "" if none else text


def fill_blanks(form: Form, typed: Typed) -> None:
    """Puts values into the scalar fields that are still empty."""
    for name, value in typed.items():
        declared = form.field_of(name)
        if declared is not None and not kept(field_key(declared)):
            _put(declared, value)


def _put(declared: FormField, value: str | list[str] | Cells | list[Cells]) -> None:
    if declared.type == "group":
        given = value if isinstance(value, dict) else {}
        for inner in declared.fields:
            st.session_state[field_key(inner, f"{declared.id}.")] = given.get(inner.id, "")
    elif declared.type == "table":
        st.session_state[rows_key(declared)] = []
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        add_rows(declared, rows or [{}])
    elif isinstance(value, list):
        st.session_state[field_key(declared)] = "\n".join(str(line) for line in value)
    else:
        st.session_state[field_key(declared)] = value


# --- Plain data ↔ case ---


def of_case(case: Case) -> Typed:
    """A case as it would have been typed."""
    typed: Typed = {name: _shown(value) for name, value in case.values.items()}
    typed[SLOTS] = {
        name: _NONE if slot.none else "\n".join(slot.paragraphs)
        for name, slot in case.slots.items()
    }
    typed[RELEASES] = [
        {"van_ban": r.document, "nguoi": r.person, "ly_do": r.reason} for r in case.releases
    ]
    return typed


def _shown(value: Value) -> str | list[str] | Cells | list[Cells]:
    if isinstance(value, Mapping):
        return _shown_row(value)
    if isinstance(value, tuple):
        rows = [_shown_row(row) for row in value if isinstance(row, Mapping)]
        return rows or [line for line in value if isinstance(line, str)]
    return _shown_scalar(value)


def _shown_row(row: Row) -> Cells:
    return {name: _shown_scalar(value) for name, value in row.items()}


def _shown_scalar(value: str | int | date) -> str:
    return vn_date(value) if isinstance(value, date) else str(value)


def as_yaml(form: Form, typed: Typed) -> str:
    """The case file of what was typed, as a person would write it."""
    head = f"# Hồ sơ cho mẫu: {form.name}\n"
    data = {"mau": form.id, **typed}
    return head + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


class _Dumper(yaml.SafeDumper):
    """Writes paragraphs under “|”, one a line."""


def _paragraphs(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


_Dumper.add_representer(str, _paragraphs)


def checked(form: Form, text: str) -> tuple[Case | None, str]:
    """The case of a YAML text, or why it is none: field by its label, as on the page."""
    try:
        return parse_case(text, form, "hồ sơ"), ""
    except BadInput as problem:
        return None, told(str(problem), form)


def told(sentence: str, form: Form) -> str:
    """A complaint about a case file as one about the page: no file, no line, labels for ids."""
    return _PLACE.sub(lambda m: f"{place_of(m[1], form)}: ", sentence)


def place_of(path: str, form: Form) -> str:
    """The field at `path` (`doan[2].ho_ten`) in the words of the page."""
    first, *rest = path.split(".")
    name, _, row = first.partition("[")
    declared = RELEASE_TABLE if name == RELEASES else form.field_of(name)
    if name == SLOTS and rest:
        slot = next((s for s in form.slots if s.id == rest[0]), None)
        return f"Mục “{slot.title}”" if slot else f"Mục “{rest[0]}”"
    if declared is None:
        return f"Trường “{path}”"
    inner = next((f for f in declared.fields if rest and f.id == rest[0]), None)
    parts = [declared.label, f"dòng {row.rstrip(']')}" if row else "", inner.label if inner else ""]
    return f"Trường “{', '.join(part for part in parts if part)}”"


def read_upload(name: str, data: bytes, forms: Sequence[Form]) -> tuple[Form, Typed]:
    """A case file somebody brings, and the form it is for; `BadInput` as for the command line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "ho-so.yaml")
        path.write_bytes(data)
        wanted = form_of_case(path)
        form = next((form for form in forms if form.id == wanted), None)
        if form is None:
            known = ", ".join(form.id for form in forms)
            raise BadInput(f"Tệp {path.name}: dòng “mau:” phải ghi một mẫu hiện có ({known}).")
        return form, of_case(read_case(path, form))
