"""A Word template as data: the names it uses, what may not be run in it, what is wrong with it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.errors import BadInput, UnreadableFile
from drafting.findings import Finding, Severity
from drafting.read import read_bytes
from drafting.read.docx import Table, WordFile
from drafting.read.docx_format import q
from drafting.read.docx_parts import Package

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

FILTERS = frozenset({"length", "join", "upper"})
# Everything a template of ours may say: show a value, repeat, choose. No arithmetic, no calls, no
# assignments: `2**9**9` alone would hang the program.
_ALLOWED = {
    "Template", "Output", "TemplateData", "Name", "For", "If", "Getattr", "Const", "Not", "And",
    "Or", "Compare", "Operand", "Filter", "CondExpr",
}  # fmt: skip
_LOOP = frozenset({"first", "last", "index"})
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_ALONE = re.compile(r"\{(?P<open>[{%#])(?P<kind>p|tr|tc) .*?[}%#]\}", re.DOTALL)


class Kind(StrEnum):
    """What a template does with a name: shows it, repeats its lines, repeats its rows."""

    TEXT = "text"
    LINES = "lines"
    ROWS = "rows"


@dataclass(slots=True)
class Variable:
    """A name of a template; `fields` are those of its rows, TEXT or LINES each."""

    kind: Kind = Kind.TEXT
    fields: dict[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read: its bytes, its names, and what may not be run in it."""

    path: Path
    data: bytes
    variables: Mapping[str, Variable]
    unsafe: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> Template:
        """The template at `path`.

        Raises `UnreadableFile` when it is no Word file, `BadInput` when a tag is written wrongly.
        """
        data = read_bytes(path)
        package = Package.from_bytes(data, path)  # refuses what is damaged or unsafe to open
        walk = _Walk()
        for tree in _parsed(data, path):
            walk.visit(tree, {})
        return cls(path, data, walk.variables, (*walk.unsafe, *_misplaced(package)))


def template_variables(path: Path) -> dict[str, Variable]:
    """The names the template needs, with what it does with each: `set(...)` gives the names.

    >>> template_variables(Path("templates/chuong-trinh-hoi-nghi.docx"))["muc"].fields.keys()
    dict_keys(['gio', 'noi_dung', 'thuc_hien', 'dia_diem'])
    """
    return dict(Template.open(path).variables)


def environment() -> Environment:
    """Jinja as we run it: sandboxed, escaping, and a missing name is an error, not a blank."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def lint_template(path: Path, expected: set[str] | None = None) -> list[Finding]:
    """What is wrong with a template, for the officer who edits it in Word.

    `expected`: the names its form provides; then unknown and unused names are findings too.
    """
    word = WordFile.open(path)
    findings = [*_lint_text(word), *_lint_rows(word)]
    try:
        template = Template.open(path)
    except BadInput as problem:
        return [*findings, Finding("MA01", Severity.ERROR, path.name, str(problem))]
    findings.extend(
        Finding("MA02", Severity.ERROR, path.name, f"Mẫu chứa mã không được phép: {code}",
                fix="Chỉ dùng {{ tên }}, {%p for %}, {%p if %}.")
        for code in template.unsafe
    )  # fmt: skip
    findings.extend(_lint_names(template, expected))
    return findings


# --- Names ---


def _parsed(data: bytes, path: Path) -> Iterator[nodes.Template]:
    """The syntax trees of body, headers and footers, after docxtpl has put split tags together."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError

    document = DocxTemplate(io.BytesIO(data))
    try:
        document.init_docx()
    except (KeyError, ValueError, AttributeError):  # what python-docx raises for odd packages
        raise UnreadableFile(
            path, "không dùng làm mẫu được", "Mở bằng Word, lưu lại kiểu Word Document (.docx)."
        ) from None
    sources = [document.get_xml()]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        parts = (part for _, part in document.get_headers_footers(uri))
        sources.extend(document.get_part_xml(part) for part in parts)
    for source in sources:
        try:
            yield environment().parse(document.patch_xml(source))
        except TemplateSyntaxError as problem:
            raise BadInput(
                f"Mẫu {path.name} viết sai thẻ: {problem.message}. Mở mẫu bằng Word, "
                "xem lại các thẻ {{ … }} và {% … %}."
            ) from None


def _misplaced(package: Package) -> Iterator[str]:
    """Places where docxtpl would run a tag that nobody sees or that runs twice."""
    places = {"txbxContent": "thẻ trong hộp văn bản", "del": "thẻ trong phần đã xóa"}
    body = package.xml(package.main)
    for tag, what in places.items():
        if any(_has_tag("".join(map(str, one.itertext()))) for one in body.iter(q(tag))):
            yield what
    notes = (package.related("footnotes"), package.related("core-properties", ""))
    if any(_has_tag("".join(map(str, part.itertext()))) for part in notes if part is not None):
        yield "thẻ trong chú thích hoặc thuộc tính tệp"


def _has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text


class _Walk:
    """Collects names and forbidden code; `scope` maps a loop variable to what it runs over."""

    def __init__(self) -> None:
        self.variables: dict[str, Variable] = {}
        self.unsafe: list[str] = []

    def visit(self, node: Any, scope: dict[str, tuple[str, ...]]) -> None:
        kind = type(node).__name__
        if kind not in _ALLOWED or (kind == "Filter" and node.name not in FILTERS):
            self.unsafe.append(getattr(node, "name", None) or kind)
        elif kind == "Name":
            self._path(node, scope)
        elif kind == "Getattr":
            self._getattr(node, scope)
        elif kind == "For":
            self._for(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _path(self, node: Any, scope: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        if node.name in scope:
            return scope[node.name]
        if node.name.startswith("_"):
            self.unsafe.append(node.name)
            return ()
        self.variables.setdefault(node.name, Variable())
        return (node.name,)

    def _getattr(self, node: Any, scope: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        owner = node.node
        if type(owner).__name__ == "Name" and owner.name == "loop" and node.attr in _LOOP:
            return ()
        path = scope.get(owner.name, ()) if type(owner).__name__ == "Name" else ()
        if len(path) != 1 or node.attr.startswith("_"):
            self.unsafe.append(f".{node.attr}")
            return ()
        variable = self.variables[path[0]]
        variable.kind = Kind.ROWS
        variable.fields.setdefault(node.attr, Kind.TEXT)
        return (path[0], node.attr)

    def _for(self, node: Any, scope: dict[str, tuple[str, ...]]) -> None:
        kind = type(node.iter).__name__
        path: tuple[str, ...] = ()
        if kind == "Name":
            path = self._path(node.iter, scope)
        elif kind == "Getattr":
            path = self._getattr(node.iter, scope)
        if not path or type(node.target).__name__ != "Name" or node.recursive:
            self.unsafe.append("for")
            return
        variable = self.variables[path[0]]
        if len(path) == 2:
            variable.fields[path[1]] = Kind.LINES
        elif variable.kind is Kind.TEXT:
            variable.kind = Kind.LINES
        inner = scope | {node.target.name: path}
        for child in (*node.body, *node.else_, *([node.test] if node.test else ())):
            self.visit(child, inner)


# --- Lint ---


def _lint_names(template: Template, expected: set[str] | None) -> Iterator[Finding]:
    where = template.path.name
    for name in template.variables:
        if unicodedata.normalize("NFC", name) != name or not name.isascii():
            yield Finding(
                "MA03", Severity.ERROR, where, f"Tên “{name}” trong thẻ có dấu",
                fix="Viết tên không dấu, nối bằng dấu gạch dưới: ten_loai.",
            )  # fmt: skip
    if expected is None:
        return
    for name in sorted(set(template.variables) - expected):
        yield Finding(
            "MA04", Severity.ERROR, where, f"Mẫu dùng tên không có trong biểu: {name}",
            fix="Sửa cho đúng tên, hoặc thêm mục ấy vào tệp .toml của mẫu.",
        )  # fmt: skip
    for name in sorted(expected - set(template.variables)):
        yield Finding(
            "MA05", Severity.ERROR, where, f"Mẫu không chỗ nào ghi mục: {name}",
            fix=f"Thêm thẻ {{{{ {name} }}}} vào mẫu.",
        )  # fmt: skip


def _lint_rows(word: WordFile) -> Iterator[Finding]:
    """Text in another cell of a row that only says {%tr … %}."""
    for number, table in enumerate((b for b in word.blocks if isinstance(b, Table)), 1):
        for row in table.rows:
            texts = [cell.text.strip() for cell in row.cells]
            rest = [text for text in texts if text and not text.startswith(("{%tr ", "{{tr "))]
            if len(rest) < len([text for text in texts if text]) and rest:
                yield Finding(
                    "MA07", Severity.ERROR, f"{word.name}, bảng {number}",
                    f"Có chữ bên cạnh thẻ sẽ bị mất: “{rest[0][:60]}”",
                    fix="Để thẻ {%tr … %} một mình một hàng.",
                )  # fmt: skip


def _lint_text(word: WordFile) -> Iterator[Finding]:
    for number, paragraph in enumerate(word.paragraphs(), 1):
        text, where = paragraph.text, f"{word.name}, đoạn {number}"
        if unicodedata.normalize("NFC", text) != text:
            yield Finding(
                "MA06", Severity.WARNING, where, f"Chữ tổ hợp (NFD): “{text[:60]}”",
                fix="Gõ lại bằng bộ gõ Unicode dựng sẵn.",
            )  # fmt: skip
        alone = _ALONE.search(text)
        rest = _ALONE.sub("", text, count=1).strip()
        if alone and rest:
            yield Finding(
                "MA07", Severity.ERROR, where, f"Có chữ bên cạnh thẻ sẽ bị mất: “{rest[:60]}”",
                fix="Để thẻ {%p … %} hoặc {%tr … %} một mình.",
            )  # fmt: skip
        pieces = [run.text for run in paragraph.runs]
        if len(_TAG.findall(text)) != sum(len(_TAG.findall(piece)) for piece in pieces):
            yield Finding(
                "MA08", Severity.WARNING, where, f"Thẻ bị Word tách làm nhiều mảnh: “{text[:60]}”",
                fix="Xóa thẻ, gõ lại một mạch, không đổi phông chữ giữa chừng.",
            )  # fmt: skip
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            yield Finding(
                "MA09", Severity.ERROR, where, f"Thẻ không đóng trong cùng đoạn: “{text[:60]}”",
                fix="Viết cả thẻ, từ {{ đến }}, trong một đoạn.",
            )  # fmt: skip
