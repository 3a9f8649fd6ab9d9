"""Every rule names the words it rests on; each sync proves that they stand there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from offices import REPO, an_office

from drafting.evidence import Evidence, every_evidence, prove, review_rules
from drafting.library import Library
from drafting.library.sync import sync
from drafting.office import Office
from drafting.settings import shipped_rules

WORDS = "trước ngày đón tiếp ít nhất 05 ngày làm việc"
RULE = """
[[rule]]
id = "{id}"
document = "19-QC/TU"
eid = "{eid}"
quote = "{quote}"
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def test_every_shipped_rule_stands_in_the_corpus(office: Office) -> None:
    folders = [shipped_rules(), REPO / "templates"]
    assert len(list(every_evidence(folders))) >= 15
    assert [found.line() for found in review_rules(folders, office.library)] == []


def test_a_quote_is_a_span_of_the_file(office: Office) -> None:
    proven = prove(Evidence("19-QC/TU", "art_14__cl_5", WORDS), office.library)
    assert proven.verified and proven.stored
    source = proven.stored.document.source
    assert source.display(proven.spans) == WORDS
    assert proven.citation == "khoản 5 Điều 14 Quy chế số 19-QC/TU"


def test_markup_and_line_breaks_of_the_file_do_not_matter(office: Office) -> None:
    quote = "15 ngày làm việc (trừ trường hợp đặc biệt)"
    proven = prove(Evidence("19-QC/TU", "art_4__cl_5__point_5.1", quote), office.library)
    assert proven.stored and proven.stored.document.source.display(proven.spans) == quote


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        (Evidence("19-QC/TU", "art_14__cl_5", WORDS.replace("05", "06")), "không có câu"),
        (Evidence("19-QC/TU", "art_14__cl_6", WORDS), "không có câu"),
        (Evidence("19-QC/TU", "art_99", WORDS), "không có art_99"),
        (Evidence("99-QC/TU", "art_14__cl_5", WORDS), "kho chưa có toàn văn"),
        (Evidence("19-QC/TU", "art_14__cl_5", ""), "không có câu"),
    ],
)
def test_what_is_not_there_proves_nothing(office: Office, evidence: Evidence, why: str) -> None:
    proven = prove(evidence, office.library)
    assert not proven.verified and proven.spans == () and why in proven.why


def test_a_rule_nobody_read_in_a_document_is_not_verified(office: Office) -> None:
    told = Evidence("19-QC/TU", "art_14__cl_5", WORDS, verified=False, source="web")
    assert prove(told, office.library).spans and not prove(told, office.library).verified


def test_a_text_in_nfd_proves_the_same_rule(tmp_path: Path) -> None:
    import unicodedata

    text = "QUY CHẾ\n\nĐiều 1. Hạn gửi\n\n1. Gửi trước ít nhất 05 ngày làm việc."
    (tmp_path / "q.txt").write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    library = Library.open(tmp_path / "library.sqlite")
    sync(library, tmp_path)
    assert prove(Evidence("q.txt", "art_1__cl_1", "ít nhất 05 ngày"), library).verified
    library.close()


def test_each_sync_tells_which_rules_no_longer_hold(tmp_path: Path) -> None:
    rules = tmp_path / "home" / "rules"
    rules.mkdir(parents=True)
    (rules / "own.toml").write_text(
        RULE.format(id="dung", eid="art_14__cl_5", quote=WORDS)
        + RULE.format(id="sai", eid="art_14__cl_6", quote=WORDS),
        encoding="utf-8",
    )
    with an_office(tmp_path / "home") as opened:
        report = opened.sync(opened.folder)
    assert [(rule["code"], rule["where"]) for rule in report.rules] == [("QT01", "own.toml, sai")]
