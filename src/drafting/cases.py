"""A case: one YAML file of facts for one form. Errors name the field and the line.

read_case(path, form) -> Case        new_case(form) -> str, a commented file to fill in
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml

from drafting.case_nodes import Nodes
from drafting.forms import Form, FormField
from drafting.read import read_bytes
from drafting.read.source import decode
from drafting.text import fold, nfc, parse_day

# What a cell or field may hold once read.
Scalar = str | int | date
Row = Mapping[str, Scalar]
Value = Scalar | tuple[str, ...] | Row | tuple[Row, ...]

_NONE_WORDS = {"khong", "khong co"}


@dataclass(frozen=True, slots=True)
class SlotText:
    """What the officer wrote for a slot; `none` when they declared there is nothing to say."""

    paragraphs: tuple[str, ...] = ()
    none: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """A citation a named person lets through although it is not proved, and why."""

    document: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one draft: fields by id (absent when not given), slots by id, releases.

    `folder` is where its file lies: files it names are looked for there.
    """

    name: str
    values: Mapping[str, Value] = field(default_factory=dict)
    slots: Mapping[str, SlotText] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    folder: Path | None = None

    def text(self, name: str) -> str:
        """A field as text, "" when it was not given."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """A date field, None when it was not given."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def group(self, name: str) -> Row:
        """A group of fields, empty when it was not given."""
        value = self.values.get(name)
        return value if isinstance(value, Mapping) else {}

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table field."""
        value = self.values.get(name)
        if not isinstance(value, tuple):
            return ()
        return tuple(row for row in value if isinstance(row, Mapping))

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a list field."""
        value = self.values.get(name)
        if not isinstance(value, tuple):
            return ()
        return tuple(line for line in value if isinstance(line, str))


def read_case(path: Path, form: Form) -> Case:
    """The case in a YAML file, checked against `form`.

    Raises `BadInput` naming file, line and field for the first thing that cannot be used; a field
    merely left out is no error.
    """
    text = decode(read_bytes(path), path).text
    return replace(parse_case(text, form, path.name), folder=path.absolute().parent)


def form_of_case(path: Path) -> str:
    """The form a case file names on its line `mau:`, "" when it names none."""
    match = re.search(r"(?m)^mau\s*:\s*['\"]?([\w-]+)", decode(read_bytes(path), path).text)
    return match.group(1) if match else ""


def parse_case(text: str, form: Form, name: str = "hồ sơ") -> Case:
    """`read_case` on a text in hand."""
    return _Reader(form, name).read(nfc(text))


class _Reader:
    """Gives the nodes of a case file their meaning in one form."""

    def __init__(self, form: Form, name: str) -> None:
        self.form, self.nodes = form, Nodes(name)

    def read(self, text: str) -> Case:
        root = self.nodes.root(text, self.form.id)
        values: dict[str, Value] = {}
        slots: dict[str, SlotText] = {}
        releases: list[Release] = []
        for key_node, node in root.value:
            key = str(key_node.value)
            if key == "mau":
                self._check_form(node)
            elif key == "muc_van_ban":
                slots = self._slots(node)
            elif key == "xac_nhan":
                releases = self._releases(node)
            else:
                declared = self.form.field_of(key)
                if declared is None:
                    raise self.nodes.fault(key_node, key, "không có trường này", self._closest(key))
                value = self._value(declared, node, key)
                if value not in ("", ()):
                    values[key] = value
        return Case(self.nodes.name, values, slots, tuple(releases))

    def _check_form(self, node: yaml.Node) -> None:
        named = self.nodes.text(node, "mau")
        if named and named != self.form.id:
            raise self.nodes.fault(
                node, "mau", f"hồ sơ này của mẫu “{named}”", f"Không dùng cho “{self.form.id}”."
            )

    def _value(self, declared: FormField, node: yaml.Node, path: str) -> Value:
        match declared.type:
            case "group":
                return self._row(declared, self.nodes.mapping(node, path), path)
            case "table":
                numbered = enumerate(self.nodes.sequence(node, path), start=1)
                places = [(row, f"{path}[{n}]") for n, row in numbered]
                rows = [self._row(declared, self.nodes.mapping(row, at), at) for row, at in places]
                return tuple(row for row in rows if row)
            case "lines":
                if isinstance(node, yaml.ScalarNode):
                    return self.nodes.paragraphs(node, path)
                return self.nodes.texts(node, path)
        return self._scalar(declared, node, path)

    def _row(self, declared: FormField, node: yaml.MappingNode, path: str) -> Row:
        row: dict[str, Scalar] = {}
        cells = {cell.id: cell for cell in declared.fields}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in cells:
                known = ", ".join(cells)
                raise self.nodes.fault(
                    key_node, f"{path}.{key}", "không có trường này", f"Các trường: {known}."
                )
            cell = self._scalar(cells[key], value, f"{path}.{key}")
            if cell != "":
                row[key] = cell
        return row

    def _scalar(self, declared: FormField, node: yaml.Node, path: str) -> Scalar:
        text = self.nodes.text(node, path)
        if not text:
            return ""
        if declared.type == "date":
            day = parse_day(text)
            if day is None:
                raise self.nodes.fault(
                    node, path, f"“{text}” không phải ngày có thật", "Ghi như 15/8/2026."
                )
            return day
        if declared.type == "number":
            if not re.fullmatch(r"\d{1,6}", text):
                raise self.nodes.fault(
                    node, path, f"“{text}” không phải số", "Ghi một số nguyên như 15."
                )
            return int(text)
        if declared.type == "choice" and text not in declared.choices:
            choices = ", ".join(declared.choices)
            raise self.nodes.fault(
                node, path, f"“{text}” không có trong các lựa chọn", f"Chọn: {choices}."
            )
        return text

    def _slots(self, node: yaml.Node) -> dict[str, SlotText]:
        known = {slot.id: slot for slot in self.form.slots}
        slots: dict[str, SlotText] = {}
        for key_node, value in self.nodes.mapping(node, "muc_van_ban").value:
            key, path = str(key_node.value), f"muc_van_ban.{key_node.value}"
            if key not in known:
                raise self.nodes.fault(
                    key_node, path, "không có mục này", f"Các mục: {', '.join(known)}."
                )
            if known[key].table:
                fix = f"Điền ở trường {known[key].table}."
                raise self.nodes.fault(key_node, path, "mục này là bảng", fix)
            if isinstance(value, yaml.SequenceNode):
                paragraphs = tuple(f"- {text}" for text in self.nodes.texts(value, path))
            else:
                paragraphs = self.nodes.paragraphs(value, path)
            if len(paragraphs) == 1 and fold(paragraphs[0]).strip(" .") in _NONE_WORDS:
                if not known[key].none_allowed:
                    fix = "Mục này phải có nội dung; chưa có thì bỏ trống."
                    raise self.nodes.fault(value, path, "không nhận “không”", fix)
                slots[key] = SlotText(none=True)
            elif paragraphs:
                slots[key] = SlotText(paragraphs)
        return slots

    def _releases(self, node: yaml.Node) -> list[Release]:
        releases = []
        for item in self.nodes.sequence(node, "xac_nhan"):
            pairs = self.nodes.mapping(item, "xac_nhan").value
            cells = {str(k.value): self.nodes.text(v, "xac_nhan") for k, v in pairs}
            if not cells:
                continue
            missing = [name for name in ("van_ban", "nguoi", "ly_do") if not cells.get(name)]
            if missing:
                raise self.nodes.fault(
                    item, "xac_nhan", f"thiếu {', '.join(missing)}", "Ghi đủ van_ban, nguoi, ly_do."
                )
            releases.append(Release(cells["van_ban"], cells["nguoi"], cells["ly_do"]))
        return releases

    def _closest(self, key: str) -> str:
        from difflib import get_close_matches

        known = [f.id for f in self.form.fields] + ["muc_van_ban", "xac_nhan"]
        near = get_close_matches(fold(key), known, 1, 0.6)
        return f"Có phải “{near[0]}”?" if near else f"Các trường: {', '.join(known)}."
