"""A fact that a question denies, or asks about, is asked and never chosen."""

from __future__ import annotations

import pytest

from drafting.procedure import FactSheet, read_facts, read_facts_in
from drafting.settings import shipped_rules

SHEET = FactSheet(read_facts(shipped_rules() / "facts.toml"))
TORN = {
    "can bo ko thuoc dien BTV o so di hoc o Uc ai quyet": "dien",
    "cán bộ k thuộc diện BTV ở sở đi học": "dien",
    "cán bộ chưa thuộc diện BTV quản lý ở sở đi học ở Úc ai quyết": "dien",
    "cán bộ sở đi học, không rõ có thuộc diện BTV không": "dien",
    "cán bộ sở đi học Úc có thuộc diện BTV không": "dien",
    "CB diện BTV? không, CB thường ở sở đi học Úc": "dien",
    "đoàn ra của sở không có cán bộ diện BTV quản lý, đi học": "dien",
    "đoàn vào có trong kế hoạch chưa?": "trong_ke_hoach",
    "không liên quan vấn đề nhạy cảm, đoàn vào": "nhay_cam",
}
TOLD = {
    "cán bộ không thuộc diện BTV quản lý ở sở đi học": ("dien", "khong"),
    "cán bộ diện BTV quản lý ở sở, không đi cùng ai, đi học": ("dien", "co"),
    "đoàn vào không có trong kế hoạch, lần đầu": ("trong_ke_hoach", "khong"),
    "đoàn ra của sở có phải xin phép không": ("khoi", "ubnd"),
}


@pytest.mark.parametrize("question", TORN)
def test_what_is_denied_or_asked_is_torn(question: str) -> None:
    reading = read_facts_in(question, SHEET)
    assert TORN[question] in {fact.id for fact in reading.torn}
    assert TORN[question] not in reading.known


@pytest.mark.parametrize("question", TOLD)
def test_a_denial_of_something_else_changes_nothing(question: str) -> None:
    name, value = TOLD[question]
    assert read_facts_in(question, SHEET).known[name] == value
