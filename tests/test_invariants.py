"""The invariants of the README, each by name (the fourth, the layers, is tests/test_layers.py)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offices import REPO, an_office

from drafting.cases import read_case
from drafting.errors import DraftingError
from drafting.office import Office
from drafting.read.docx import WordFile
from drafting.read.source import decode
from drafting.structure import structure

CASE = REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml"
# Run first in a process of its own: whatever would leave this machine is an error.
NO_NETWORK = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("đã gọi ra mạng")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from drafting.cli.command import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


def test_1_everything_quoted_as_law_is_spans_of_the_file(office: Office) -> None:
    for stored in office.library.stored:
        source = stored.document.source
        data = (REPO / "corpus" / stored.record.file).read_bytes()
        assert source.text == data.decode("utf-8")
        for provision in stored.document.provisions:
            shown = re.sub(r"\s+", "", provision.text)
            written = "".join(source.text[start:end] for start, end in provision.spans)
            dropped = re.sub(r"[\s*#\\]|</?b>|_{2,}", "", written)
            assert shown == dropped, provision.eid


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_2_every_input_parses_or_is_refused_with_a_sentence(data: bytes) -> None:
    try:
        document = structure(decode(data, "tep.txt"))
    except DraftingError as told:
        document = None
        assert "tep.txt" in str(told)  # noqa: PT017 - either outcome is right
    assert document is None or document.provisions is not None


def test_3_nothing_missing_is_hidden(office: Office, tmp_path: Path) -> None:
    form = office.form("to-trinh-doan-ra")
    case = read_case(CASE, form)
    bare = replace(case, values={"tinh": "tỉnh Lạng Sơn"}, slots={})
    drafted = office.draft(form, bare)
    out = office.export(drafted, tmp_path / "a.docx").out
    printed = WordFile.open(out).source().text
    for slot in drafted.draft.open_slots():
        if not slot.slot.table:
            assert slot.paragraphs[0].text in printed
    for place in (
        "trích yếu",
        "họ tên người ký",
        "chức vụ người ký",
        "cấp quyết định",
        "đơn vị soạn",
    ):
        assert f"[Cần bổ sung: {place}" in printed


def test_5_the_main_job_runs_with_the_cable_pulled(tmp_path: Path) -> None:
    out = tmp_path / "to-trinh.docx"
    for arguments in (
        ["search", "đoàn vào ngoài kế hoạch"],
        ["draft", "to-trinh-doan-ra", "--case", str(CASE), "-o", str(out)],
    ):
        order = [sys.executable, "-c", NO_NETWORK, *arguments]
        done = subprocess.run(order, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert out.is_file()
