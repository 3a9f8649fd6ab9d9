"""The plain data a template is filled with: cleaned, and checked against what the template asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from drafting.errors import BadInput
from drafting.render.template import Kind, Template, Variable

# Written with read-only types, so that a dict[str, str | list[str] | list[dict[…]]] fits as it is.
Row: TypeAlias = Mapping[str, str | Sequence[str]]
Context: TypeAlias = Mapping[str, str | Sequence[str] | Sequence[Row]]
PlainRow: TypeAlias = dict[str, str | list[str]]
Plain: TypeAlias = dict[str, str | list[str] | list[PlainRow]]

# XML 1.0 can hold none of these, not even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Inside a paragraph every break and tab is a space: a break would tear a justified line apart.
_BREAKS = re.compile("\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` as one paragraph of XML can hold it; nothing a reader sees is lost.

    >>> clean("Dòng 1\\nDòng 2\\x07 & <b>")
    'Dòng 1 Dòng 2 & <b>'
    """
    return _ILLEGAL.sub("", _BREAKS.sub(" ", text))


def checked(context: Context, template: Template) -> Plain:
    """`context` cleaned; `BadInput` names what is missing, unknown or of the wrong shape."""
    if template.unsafe:
        raise BadInput(
            f"Mẫu {template.path.name} chứa mã không được phép ({', '.join(template.unsafe)}). "
            "Chỉ dùng {{ tên }}, {%p for %}, {%p if %}."
        )
    wanted, given = set(template.variables), set(context)
    wrong = [*_listed("thiếu giá trị cho", wanted - given),
             *_listed("không có chỗ cho", given - wanted)]  # fmt: skip
    plain: Plain = {}
    for name in sorted(wanted & given):
        misfits = list(_misfits(name, context[name], template.variables[name]))
        wrong.extend(misfits)
        if not misfits:
            plain[name] = _cleaned(context[name])
    if wrong:
        raise BadInput(f"Mẫu {template.path.name} không khớp dữ liệu: {'; '.join(wrong)}.")
    return plain


def leaves(plain: Plain) -> Iterator[str]:
    """Every text in the data."""
    for value in plain.values():
        for item in [value] if isinstance(value, str) else value:
            for text in [item] if isinstance(item, str) else item.values():
                yield from [text] if isinstance(text, str) else text


def _listed(what: str, names: set[str]) -> list[str]:
    return [f"{what} {', '.join(sorted(names))}"] if names else []


def _misfits(name: str, value: object, variable: Variable) -> Iterator[str]:
    if variable.kind is not Kind.ROWS:
        yield from _misfit(name, value, variable.kind)
    elif not isinstance(value, list | tuple):
        yield f"{name} phải là một danh sách hàng"
    else:
        for number, row in enumerate(value, 1):
            yield from _row_misfits(f"{name}[{number}]", row, variable)


def _row_misfits(name: str, row: object, variable: Variable) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield f"{name} phải là một hàng gồm {', '.join(variable.fields)}"
        return
    yield from _listed(f"{name} thiếu", set(variable.fields) - set(row))
    yield from _listed(f"{name} có cột lạ", set(row) - set(variable.fields))
    for field, kind in variable.fields.items():
        if field in row:
            yield from _misfit(f"{name}.{field}", row[field], kind)


def _misfit(name: str, value: object, kind: Kind) -> Iterator[str]:
    if kind is Kind.TEXT and not isinstance(value, str):
        yield f"{name} phải là chữ"
    elif kind is Kind.LINES and not (
        isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    ):
        yield f"{name} phải là danh sách đoạn văn"


def _cleaned(value: str | Sequence[str] | Sequence[Row]) -> str | list[str] | list[PlainRow]:
    if isinstance(value, str):
        return clean(value)
    rows = [_cleaned_row(item) for item in value if isinstance(item, Mapping)]
    return rows or _cleaned_lines([item for item in value if isinstance(item, str)])


def _cleaned_row(row: Row) -> PlainRow:
    return {
        name: clean(value) if isinstance(value, str) else _cleaned_lines(value)
        for name, value in row.items()
    }


def _cleaned_lines(lines: Sequence[str]) -> list[str]:
    """The lines that hold something: an empty one would be an empty paragraph."""
    return [text for text in map(clean, lines) if text.strip()]
