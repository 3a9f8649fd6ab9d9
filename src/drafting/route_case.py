"""What a case file tells `drafting route`: a facts file of its own, or a form's case.

read_situation(path, packs, forms, province) -> Situation        situation_of(form, case)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from drafting.case_nodes import Nodes
from drafting.cases import Case, form_of_case, read_case
from drafting.errors import BadInput
from drafting.forms import Form
from drafting.procedure import Fact, Pack, Situation, pack_of
from drafting.read import read_bytes
from drafting.read.source import decode
from drafting.text import fold, nfc, one_line, parse_day

PROVINCE, STARTS, ENDS = "tinh", "ngay", "ngay_ve"
_DAYS = (STARTS, ENDS)


def read_situation(
    path: Path, packs: Sequence[Pack], form: Callable[[str], Form], province: str = ""
) -> Situation:
    """The situation in a YAML file; `province` stands in where it names none.

    Raises `BadInput` naming file, line and field for the first thing that cannot be used.
    """
    named = form_of_case(path)
    if named:
        found = form(named)
        if not found.facts:
            raise BadInput(
                f"Tệp {path.name}: mẫu “{named}” không cho biết việc gì để chỉ ra ai quyết định. "
                "Tạo tệp mới: drafting route --new"
            )
        told = situation_of(found, read_case(path, found))
        return replace(told, province=told.province or province)
    return parse_situation(decode(read_bytes(path), path).text, packs, path.name, province)


def situation_of(form: Form, case: Case) -> Situation:
    """The facts in a form's case: those the form itself tells, and the fields that answer one."""
    known = dict(form.facts)
    days: dict[str, date] = {}
    for declared in form.fields:
        day = case.day(declared.id)
        if declared.fact in _DAYS and day is not None:
            days[declared.fact] = day
        elif declared.fact and case.text(declared.id):
            known[declared.fact] = case.text(declared.id)
    return Situation(
        case.name, case.text(PROVINCE), known, days.get(STARTS), days.get(ENDS),
        case.day("ngay_soan"),
    )  # fmt: skip


def tells_facts(form: Form, case: Case) -> bool:
    """Whether an officer answered any fact in a form's case."""
    return any(f.fact not in ("", *_DAYS) and case.text(f.id) for f in form.fields)


def parse_situation(
    text: str, packs: Sequence[Pack], name: str = "hồ sơ", province: str = ""
) -> Situation:
    """`read_situation` on the text of a facts file."""
    nodes = _FactNodes(name)
    pairs = [(key, str(key.value), value) for key, value in nodes.top(nfc(text))]
    given = {key: nodes.text(value, key) for _, key, value in pairs}
    place = given.get(PROVINCE) or province
    pack = pack_of(place, packs)
    known: dict[str, str] = {}
    days: dict[str, date] = {}
    for node, key, value in pairs:
        told = given[key]
        fact = pack.sheet.fact(key)
        if key == PROVINCE or (not told and (fact or key in _DAYS)):
            continue
        if key in _DAYS:
            day = parse_day(told)
            if day is None:
                raise nodes.fault(
                    value, key, f"“{told}” không phải ngày có thật", "Ghi như 15/8/2026."
                )
            days[key] = day
        elif fact is None:
            raise nodes.fault(node, key, "không có điều này", _closest(key, pack))
        else:
            answer = answer_of(fact, told)
            if not answer:
                choices = ", ".join(one.id for one in fact.values)
                raise nodes.fault(
                    value, key, f"“{told}” không có trong các lựa chọn", f"Chọn: {choices}."
                )
            known[key] = answer
    return Situation(name, place, known, days.get(STARTS), days.get(ENDS))


def answer_of(fact: Fact, told: str) -> str:
    """The answer an officer means by its id, by its words or by “có”, “không”; "" for none."""
    wanted = fold(one_line(told)).strip(" .")
    for value in fact.values:
        if wanted in {value.id, value.id.replace("-", " "), fold(value.label)}:
            return value.id
    return ""


def add_answers(situation: Situation, given: Sequence[str], packs: Sequence[Pack]) -> Situation:
    """The situation with answers written “tên=giá trị”; a later one takes over.

    Raises `BadInput` for what cannot be read.
    """
    text = "\n".join(f"{name.strip()}: {value.strip()!r}" for name, _, value in
                     (one.partition("=") for one in given))  # fmt: skip
    if any("=" not in one for one in given):
        raise BadInput("--fact viết như khoi=ubnd, ngay=15/8/2026.")
    more = parse_situation(text, packs, "--fact", situation.province)
    return replace(
        situation,
        province=more.province,
        known={**situation.known, **more.known},
        starts=more.starts or situation.starts,
        ends=more.ends or situation.ends,
    )


class _FactNodes(Nodes):
    """The nodes of a facts file."""

    def top(self, text: str) -> list[tuple[yaml.Node, yaml.Node]]:
        """Its lines “name: value”; an empty file has none."""
        if not any(line.split("#")[0].strip() for line in text.splitlines()):
            return []
        try:
            return list(self.root(text, "").value)
        except BadInput as problem:
            if "drafting new" not in str(problem):
                raise
            raise BadInput(
                f"Tệp {self.name}: chưa phải hồ sơ. Tạo hồ sơ mẫu bằng “drafting route --new”."
            ) from None


def _closest(key: str, pack: Pack) -> str:
    known = [PROVINCE, *_DAYS, *(fact.id for fact in pack.sheet.facts)]
    near = get_close_matches(fold(key), known, 1, 0.6)
    return f"Có phải “{near[0]}”?" if near else f"Các dòng: {', '.join(known)}."
