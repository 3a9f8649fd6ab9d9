"""Plain data and a Word template → a .docx that was read back before it took its place.

The only user of docxtpl, which by default drops text around "&", prints blanks for missing names
and runs what a value says. Here a value is text, whatever it says: it is escaped, never run, and
`verify` finds each one in the finished file.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.errors import BadInput, DraftingError
from drafting.read.docx import WordFile
from drafting.read.docx_blocks import paragraphs_of
from drafting.render.marks import mark_open_slots
from drafting.render.template import (
    Kind,
    Template,
    Variable,
    environment,
    lint_template,
    template_variables,
)
from drafting.render.values import Context, Plain, checked, clean, leaves
from drafting.render.write import file_name, packed, put
from drafting.text import one_line

if TYPE_CHECKING:
    from docx.document import Document

__all__ = [
    "Context",
    "Kind",
    "Rendered",
    "Variable",
    "clean",
    "file_name",
    "lint_template",
    "render",
    "template_variables",
    "verify",
]

# docxtpl itself rewrites "{_{" to "{{", and Word's field letters in braces mean nothing to it: a
# value's braces and percent signs travel as character references, which no search and replace sees.
_REFERENCES = {ord(character): f"&#{ord(character)};" for character in "{}%"}
_TITLES = ("trich_yeu", "ten_hoi_nghi", "tieu_de")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was written: where, its hash, and the open slots left in it, in document order."""

    path: Path
    sha256: str
    open_slots: tuple[str, ...]


def render(context: Context, template: Path, out: Path, *, final: bool) -> Rendered:
    """Fill `template` with `context` and put the result at `out`, whole or not at all.

    A draft shows its open slots ("[Cần bổ sung: …]") in yellow, a `final` file without colour.
    Same input, same bytes. Raises `BadInput` when names or values do not fit the template,
    `UnreadableFile` for a bad template, `OutputBusy` when `out` cannot be replaced now.
    """
    from drafting.render.layout import fit  # imports python-docx

    source = Template.open(template)
    plain = checked(context, source)
    document, shown = _filled(source, plain)
    fit(document)
    slots = mark_open_slots(document.element.body, highlight=not final)
    _describe(document, plain)
    stream = io.BytesIO()
    document.save(stream)
    data = packed(stream.getvalue())

    def check(written: Path) -> None:
        if problem := verify(WordFile.open(written), [*leaves(plain)], shown):
            raise DraftingError(f"Chưa ghi tệp {out.name}: {problem}. Báo người quản trị mẫu.")

    put(out, data, check)
    return Rendered(out, hashlib.sha256(data).hexdigest(), slots)


def verify(word: WordFile, values: Sequence[str], shown: Sequence[str]) -> str:
    """What is wrong with a rendered file, "" when nothing is.

    `values`: every text of the data, each must have been shown; `shown`: what the template put out,
    in order, must be found in that order. White space aside.
    """
    margins = (m for section in word.sections for m in (section.headers, section.footers))
    parts = [word.blocks, *(part for kind in margins for part in kind.values())]
    blocks = tuple(block for part in parts for block in part)
    text = _spaced(" ".join(paragraph.text for paragraph in paragraphs_of(blocks)))
    given = {_spaced(value) for value in values}
    put_out = [_spaced(value) for value in shown]
    if lost := given - set(put_out) - {""}:
        return f"mẫu không ghi ra “{min(lost)[:60]}”"
    position = 0
    for value in put_out:
        found = text.find(value, position)
        if found < 0:
            return f"mất chữ “{value[:60]}”"
        position = found + len(value)
    for sign in ("{{", "{%"):
        if text.count(sign) > sum(value.count(sign) for value in put_out):
            return f"còn thẻ “{sign}” chưa điền"
    return "" if word.sections else "không còn trang nào"


def _filled(template: Template, plain: Plain) -> tuple[Document, list[str]]:
    """The template filled, and every value it put out in the order it did."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from markupsafe import Markup, escape

    shown: list[str] = []

    def put_out(value: object) -> object:
        if not isinstance(value, str | int):
            return value  # an undefined name: jinja raises
        shown.append(str(value))
        return Markup(str(escape(value)).translate(_REFERENCES))

    jinja = environment()
    jinja.finalize = put_out
    document = DocxTemplate(io.BytesIO(template.data))
    try:
        document.render(plain, jinja, autoescape=True)
    except TemplateError as problem:
        raise BadInput(f"Mẫu {template.path.name} không điền được: {problem}.") from None
    filled: Any = document.docx  # get_docx() would read the template again
    return filled, shown


def _describe(document: Document, plain: Plain) -> None:
    """Title, author and language for the file list; no dates, so that two runs are equal."""
    properties = document.core_properties
    titles = (plain[name] for name in _TITLES if name in plain)
    properties.title = one_line(str(next(titles, "")))[:255]
    properties.author = one_line(str(plain.get("co_quan", "")))[:255]
    properties.subject = one_line(str(plain.get("ten_loai", "")))[:255]
    properties.language = "vi-VN"
    element = properties._element
    for child in list(element):
        name = child.tag.rpartition("}")[2]
        if name in {"created", "modified", "lastModifiedBy", "revision"} or not child.text:
            element.remove(child)


def _spaced(text: str) -> str:
    return " ".join(text.split())
