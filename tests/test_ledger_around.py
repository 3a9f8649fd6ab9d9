"""Beside each verdict: what took over, where the clause went, what to load, what is issued."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from builders import catalogue, corpus_catalogue, corpus_record, record, regulation

import drafting.ledger.desk as desk_module
import drafting.ledger.making as making_module
from drafting.citations import Citation, find, resolve
from drafting.ledger import Entry, Ledger, Verdict, build
from drafting.records import State
from drafting.structure import Document

TODAY = date(2026, 11, 23)


def ledger(text: str, **more: object) -> Ledger:
    """The ledger of `text` over the corpus."""
    where = {"catalogue": corpus_catalogue(), "as_of": TODAY, **more}
    return build(text, **where)  # type: ignore[arg-type]


def entry(text: str, **more: object) -> Entry:
    """Its first entry."""
    return ledger(text, **more).entries[0]


# --- What took over ---


def test_the_chain_runs_to_the_document_in_force() -> None:
    found = entry("Quyết định số 400/QĐ-UBND ngày 17/4/2006")
    assert [(one.designation, one.state) for one in found.chain] == [
        ("2029/QĐ-UBND", State.ENDED),
        ("11/2016/QĐ-UBND", State.ENDED),
        ("20/2022/QĐ-UBND", State.ENDED),
        ("50/2025/QĐ-UBND", State.IN_FORCE),
    ]
    assert (found.successor, found.now) == ("2029/QĐ-UBND", "50/2025/QĐ-UBND")
    assert any(said.startswith("nay là 2029/QĐ-UBND → 11/2016") for said in found.remarks())


def test_on_an_earlier_day_the_chain_ends_earlier() -> None:
    text = "Quyết định số 400/QĐ-UBND ngày 17/4/2006"
    assert [one.designation for one in entry(text, as_of=date(2012, 1, 1)).chain] == [
        "2029/QĐ-UBND"
    ]
    assert entry(text, as_of=date(2008, 1, 1)).chain == ()


def test_a_chain_that_bites_its_tail_or_leads_nowhere_ends() -> None:
    end = date(2020, 1, 1)
    one = record("1/2010/QĐ-UBND", replaced_by="2/2015/QĐ-UBND", in_force_until=end)
    two = record("2/2015/QĐ-UBND", replaced_by="1/2010/QĐ-UBND", in_force_until=end)
    lost = record("3/2010/QĐ-UBND", replaced_by="4/2015/QĐ-UBND", in_force_until=end)
    known = catalogue(one, two, lost)
    found = entry("Quyết định số 1/2010/QĐ-UBND", catalogue=known)
    assert [step.designation for step in found.chain] == ["2/2015/QĐ-UBND"]
    found = entry("Quyết định số 3/2010/QĐ-UBND", catalogue=known)
    assert [(step.designation, step.record) for step in found.chain] == [("4/2015/QĐ-UBND", None)]


OLD = regulation(
    "Điều 1: Phạm vi điều chỉnh", "1.: Cơ quan được giao chủ trì gửi hồ sơ đoàn ra về Sở Ngoại vụ "
    "trước 10 ngày làm việc", "2.: Sở Ngoại vụ thẩm định trong 03 ngày và trình Chủ tịch Ủy ban",
)  # fmt: skip
NEW = regulation(
    "Điều 1: Phạm vi", "Điều 7: Hồ sơ đoàn ra", "1.: Cơ quan được giao chủ trì gửi hồ sơ đoàn ra về"
    " Sở Ngoại vụ trước 15 ngày làm việc", "2.: Tài nguyên khoáng sản do Sở Nông nghiệp quản lý",
)  # fmt: skip
BEFORE = record(
    "1/2010/QĐ-UBND", replaced_by="2/2015/QĐ-UBND", in_force_until=date(2015, 1, 1),
    file="cu.txt", jurisdiction="tỉnh Lạng Sơn",
)  # fmt: skip
AFTER = record("2/2015/QĐ-UBND", file="moi.txt", day="01/01/2015")


def test_the_clause_most_alike_in_the_successor_is_shown_as_near_and_no_more() -> None:
    known = catalogue(BEFORE, AFTER, first=OLD, second=NEW)
    found = entry("khoản 1 Điều 1 Quyết định số 1/2010/QĐ-UBND", catalogue=known)
    assert found.nearest is not None
    assert (found.nearest.eid, found.nearest.designation) == ("art_7__cl_1", "2/2015/QĐ-UBND")
    assert 0.4 <= found.nearest.alike < 1
    (said,) = [one for one in found.remarks() if one.startswith("gần nhất")]
    assert said.startswith("gần nhất hiện nay: khoản 1 Điều 7 Quyết định số 2/2015/QĐ-UBND (giống")


def test_where_nothing_is_alike_it_says_so() -> None:
    known = catalogue(BEFORE, AFTER, first=OLD, second=NEW)
    found = entry("khoản 2 Điều 1 Quyết định số 1/2010/QĐ-UBND", catalogue=known)
    assert found.nearest is None
    assert "không thấy điều khoản nào giống" in found.note


def test_without_both_texts_nothing_is_said_of_the_clause() -> None:
    found = entry(
        "khoản 1 Điều 1 Quyết định số 1/2010/QĐ-UBND", catalogue=catalogue(BEFORE, AFTER, first=OLD)
    )
    assert found.nearest is None and "giống" not in found.note


# --- What to load next ---


def test_what_is_cited_without_its_text_is_listed_most_cited_first() -> None:
    made = ledger(
        "Căn cứ Quyết định số 118/QĐ-TTg ngày 15/10/2016;\n"
        "Căn cứ Nghị định số 30/2020/NĐ-CP;\nTheo Điều 5 Nghị định số 30/2020/NĐ-CP và Quyết định "
        "số 50/2025/QĐ-UBND."
    )
    assert [(one.designation, one.count) for one in made.missing] == [
        ("30/2020/NĐ-CP", 2),
        ("118/QĐ-TTg", 1),
    ]
    assert made.missing[1].name == "Quyết định số 118/QĐ-TTg"
    assert made.as_json()["missing"][0]["why"] == "chỉ biết số, chưa có toàn văn"  # type: ignore[index]


def test_papers_of_the_case_are_not_asked_for() -> None:
    paper = record("1234/GM-QT", "Chính quyền tỉnh Quảng Tây", day="12/8/2026", role="case")
    made = ledger("Giấy mời số 1234/GM-QT ngày 12/8/2026", case_papers=[paper])
    assert made.missing == ()


# --- A document already issued ---


def test_a_document_of_the_library_is_for_information_only() -> None:
    home = corpus_record("50-2025-qd-ubnd.txt")
    document = corpus_catalogue().document(home)
    assert document is not None
    made = ledger(document.source.text, home=home)
    assert made.issued is not None and not made.is_wrong
    assert made.issued.sentence() == (
        "đã ban hành (Quyết định số 50/2025/QĐ-UBND, ngày 30/6/2025): chỉ tham khảo"
    )
    (law,) = [one for one in made.entries if one.designation == "77/2015/QH13"]
    assert law.note == (
        "khi văn bản này được ban hành (30/6/2025) căn cứ ấy đã hết hiệu lực: nên rà soát"
    )


HEADS = {
    "UBND TỈNH\nSố: 12/TTr-SNgV\nLạng Sơn, ngày 05 tháng 02 năm 2025\n": True,
    "UBND TỈNH\tCỘNG HÒA\nSố: 12/TTr-SNgV\tLạng Sơn, ngày 05 tháng 02 năm 2025\n": True,
    "UBND TỈNH SỞ NGOẠI VỤ Số: 12/TTr-SNgV\tCỘNG HÒA Lạng Sơn, ngày 05 tháng 02 năm 2025\n": True,
    "UBND TỈNH\nSố:      /TTr-SNgV\nLạng Sơn, ngày 05 tháng 02 năm 2025\n": False,
    "UBND TỈNH\nSố: 12/TTr-SNgV\nLạng Sơn, ngày      tháng 02 năm 2025\n": False,
    "UBND TỈNH\nSố: 12/TTr-SNgV\nLạng Sơn, ngày 05 tháng 02 năm 2027\n": False,
    "Căn cứ Tờ trình số: 12/TTr-SNgV; họp tại Lạng Sơn, ngày 05 tháng 02 năm 2025\n": False,
}


@pytest.mark.parametrize("head", HEADS)
def test_a_number_and_a_date_filled_in_at_the_head_mean_issued(head: str) -> None:
    made = ledger(f"{head}\nCăn cứ Quyết định số 118/QĐ-TTg ngày 15/10/2016;")
    assert (made.issued is not None) == HEADS[head]
    assert made.is_wrong != HEADS[head]


# --- A fault of ours costs one entry ---

TEXT = (
    "Căn cứ Nghị định số 30/2020/NĐ-CP;\nCăn cứ Quyết định số 50/2025/QĐ-UBND;\n"
    "Căn cứ Nghị định số 150/2025/NĐ-CP;"
)


def test_a_fault_at_one_citation_loses_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(citation: Citation, **more: object) -> object:
        if "QĐ-UBND" in citation.text:
            raise KeyError("lời của cán bộ")
        return resolve(citation, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(desk_module, "resolve", faulty)
    with caplog.at_level(logging.ERROR):
        made = ledger(TEXT)
    assert [one.verdict for one in made.entries] == [
        Verdict.LISTED,
        Verdict.UNDETERMINED,
        Verdict.LISTED,
    ]
    assert "chương trình gặp lỗi" in made.entries[1].note
    assert made.checked == 2


@pytest.mark.parametrize("part", ["quoted_beside", "near_quotations", "issued", "compared"])
def test_a_fault_beside_the_verdicts_leaves_them(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(making_module, part, faulty)
    assert [one.verdict for one in ledger(TEXT).entries] == [
        Verdict.LISTED, Verdict.VERBATIM, Verdict.LISTED,
    ]  # fmt: skip


def test_a_fault_in_the_chain_costs_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> object:
        raise RecursionError

    monkeypatch.setattr(desk_module, "successors", faulty)
    assert {one.verdict for one in ledger(TEXT).entries} == {Verdict.UNDETERMINED}


def test_a_text_that_cannot_be_read_at_once_is_read_line_by_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(text: str) -> tuple[Citation, ...]:
        if "QĐ-UBND" in text:
            raise IndexError
        return find(text)

    monkeypatch.setattr(making_module, "find", faulty)
    made = ledger(TEXT)
    assert [one.verdict for one in made.entries] == [
        Verdict.LISTED, Verdict.UNDETERMINED, Verdict.LISTED,
    ]  # fmt: skip
    assert [TEXT[slice(*one.span)] == one.text for one in made.entries] == [True] * 3


# --- A text that is a regulation of its own ---


def test_a_regulation_that_is_no_document_of_the_library_refers_to_itself() -> None:
    home: Document = regulation(
        "Điều 1", "1.", "Điều 2: Theo khoản 1 Điều 1 Quy chế này, trừ Điều 9"
    )
    first, second = ledger(home.source.text, home=home).entries
    assert (first.verdict, first.eid) == (Verdict.VERBATIM, "art_1__cl_1")
    assert first.note == "hiểu là của chính văn bản này"
    assert second.verdict is Verdict.DIFFERS
