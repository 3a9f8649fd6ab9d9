"""What a document type requires: its fields, its slots, the clauses that demand them.

A form is `templates/<id>.toml` (this module) beside `templates/<id>.docx` (how it looks).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from drafting.errors import BadInput, refusal
from drafting.text import nfc
from drafting.toml import read_toml

COMMON = "chung"
FieldType = Literal["text", "lines", "date", "number", "choice", "group", "table"]


_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FormField(_Strict):
    """A scalar or a table the officer fills in: a trường. Rows of a `numbered` table have a TT.

    `fact` names the fact (rules/facts.toml, or ngay, ngay_ve) it answers for `drafting route`.
    """

    id: str
    label: str
    type: FieldType
    required: bool = False
    help: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    numbered: bool = False
    fact: str = ""
    fields: tuple[FormField, ...] = ()


class Slot(_Strict):
    """A piece of prose the document must have: a mục phải có.

    `document` (a designation or a corpus file) and `eid` are the provision that demands it, in
    whose words `quote`; `custom` stands instead where only practice asks for it. `evidence` are
    words to look for in past reports. A slot with `table` is filled by that field.
    """

    id: str
    title: str
    document: str = ""
    eid: str = ""
    quote: str = ""
    custom: str = ""
    none_allowed: bool = False
    help: str = ""
    evidence: str = ""
    table: str = ""


class BasisHint(_Strict):
    """A document that usually stands among the căn cứ; `when` names the case that needs it."""

    designation: str
    why: str = ""
    when: str = ""


class TaskHint(_Strict):
    """A task of a past plan, offered as an editable suggestion; `days_before` the event."""

    unit: str
    work: str
    together: str = Field("", alias="with")
    days_before: int | None = None
    eid: str = ""
    quote: str = ""
    note: str = ""


class Form(_Strict):
    """One document type. `annex` forms have no number, no addressee and no signature.

    `permission` names by province the clause that makes an international event ask leave first.
    `facts` are what the form itself tells of a case (viec = "doan-ra").
    """

    id: str
    name: str
    kind: str
    symbol: str = ""
    addressed: bool = False
    needs_basis: bool = True
    annex: bool = False
    opening: str = ""
    closing: str = ""
    annex_title: str = ""
    evidence_fields: tuple[str, ...] = ()
    permission: dict[str, str] = {}
    facts: dict[str, str] = {}
    basis: tuple[BasisHint, ...] = ()
    fields: tuple[FormField, ...] = Field((), alias="field")
    slots: tuple[Slot, ...] = Field((), alias="slot")
    tasks: tuple[TaskHint, ...] = Field((), alias="task")

    def field_of(self, name: str) -> FormField | None:
        """The field called `name`, or None."""
        return next((f for f in self.fields if f.id == name), None)


class _Common(_Strict):
    fields: tuple[FormField, ...] = Field((), alias="field")


# Common fields an annex has no use for.
_NOT_FOR_ANNEX = {"trich_yeu", "nguoi_ky", "can_cu", "van_ban_vu_viec", "noi_nhan", "don_vi_soan"}


def load_form(folder: Path, form_id: str) -> Form:
    """The form `form_id` of a templates folder, its common fields first.

    Raises `BadInput` naming the forms there are when there is none such, or the file and key that
    cannot be used.
    """
    form_id = nfc(form_id).strip()
    known = list(form_ids(folder))
    if form_id not in known:
        raise BadInput(
            f"Không có mẫu “{form_id}”. Các mẫu hiện có: {', '.join(known) or 'chưa có'}."
        )
    form = _checked(folder / f"{form_id}.toml", Form)
    common = _checked(folder / f"{COMMON}.toml", _Common).fields
    if form.annex:
        common = tuple(f for f in common if f.id not in _NOT_FOR_ANNEX)
    return form.model_copy(update={"fields": (*common, *form.fields)})


def form_ids(folder: Path) -> Iterator[str]:
    """The ids of the forms in `folder`, in order."""
    for path in sorted(folder.glob("*.toml")):
        if path.stem != COMMON:
            yield path.stem


def _checked(path: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(read_toml(path, "tệp mẫu"))
    except FileNotFoundError:
        raise BadInput(f"Thiếu tệp {path.name} trong thư mục mẫu {path.parent}.") from None
    except ValidationError as problem:
        raise BadInput(f"Tệp mẫu {path.name}, {refusal(problem.errors()[0])}.") from None
