"""What the texts of a library say of validity reaches every answer; none is settled in silence."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from offices import an_office

from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.library.validity import ReadValidity, dump_read, load_read
from drafting.office import Office
from drafting.read.source import SourceText
from drafting.records import Change, Record, State
from drafting.relations.picture import draw

NEW = """UBND TỈNH LẠNG SƠN

Số: 9/2026/QĐ-UBND

QUYẾT ĐỊNH

Điều 1. Phạm vi

Quyết định này quy định việc tiếp khách theo Quyết định số 5/2020/QĐ-UBND.

Điều 2. Thi hành

1. Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026 và {what}.

2. Khi các văn bản dẫn chiếu tại Quyết định này bị thay thế thì thực hiện theo văn bản thay thế.
"""
KNOWN = """
[[document]]
designation = "{number}"
kind = "Quyết định"
issuer = "Ủy ban nhân dân tỉnh Lạng Sơn"
date = 2020-05-04
jurisdiction = "tỉnh Lạng Sơn"
source = "kho"
verified = true
{more}
"""
REPLACES = "thay thế Quyết định số 5/2020/QĐ-UBND"


def corpus(
    folder: Path, what: str, more: str = "", own: str = "", **others: str
) -> AbstractContextManager[Office]:
    """An office over one decision that says `what`, and 5/2020/QĐ-UBND in its danh mục."""
    (folder / "kho").mkdir()
    (folder / "kho" / "moi.txt").write_text(NEW.format(what=what), encoding="utf-8")
    (folder / "kho" / "corpus.toml").write_text(
        '[[document]]\nfile = "moi.txt"\ndesignation = "9/2026/QĐ-UBND"\nkind = "Quyết định"\n'
        'date = 2026-02-20\njurisdiction = "tỉnh Lạng Sơn"\nrole = "regulation"\n'
        f'source = "kho"\nverified = true\n{own}\n',
        encoding="utf-8",
    )
    known = [KNOWN.format(number="5/2020/QĐ-UBND", more=more)]
    known += [KNOWN.format(number=number, more=text) for number, text in others.items()]
    (folder / "kho" / "danh-muc.toml").write_text("".join(known), encoding="utf-8")
    return an_office(folder / "home", folder / "kho")


def of(office: Office, number: str) -> Record:
    parsed = Designation.parse(number)
    assert parsed
    return office.library.records(parsed.key)[0]


def codes(office: Office) -> list[str]:
    return [found.code for found in office.review_validity()]


# --- What a text says and nobody declared ---


def test_a_document_replaced_by_one_of_the_library_says_so(tmp_path: Path) -> None:
    with corpus(tmp_path, REPLACES) as office:
        old = of(office, "5/2020/QĐ-UBND")
        assert old.status_on(date(2026, 2, 28)).state is State.IN_FORCE
        ended = old.status_on(date(2026, 3, 1))
        assert (ended.state, ended.successor) == (State.ENDED, "9/2026/QĐ-UBND")
        assert ended.verified and "moi.txt, dòng 13" in ended.why
        assert codes(office) == ["HL03"]


def test_the_day_of_force_is_read_in_the_text_when_nobody_declared_it(tmp_path: Path) -> None:
    with corpus(tmp_path, REPLACES) as office:
        own = of(office, "9/2026/QĐ-UBND")
        assert own.status_on(date(2026, 2, 28)).state is State.NOT_YET
        assert own.status_on(date(2026, 3, 1)).state is State.IN_FORCE


def test_a_citation_of_it_is_told_ended_and_with_what_follows(tmp_path: Path) -> None:
    with corpus(tmp_path, REPLACES) as office:
        source = SourceText("Căn cứ Quyết định số 5/2020/QĐ-UBND ngày 04/5/2020;", "a.txt", "")
        (entry,) = office.cite(source).entries
        assert entry.status.startswith("hết hiệu lực") and entry.successor == "9/2026/QĐ-UBND"
        (before,) = office.cite(source, date(2026, 2, 28)).entries
        assert before.status.startswith("còn hiệu lực")


def test_what_is_declared_and_read_alike_is_no_finding(tmp_path: Path) -> None:
    more = 'in_force_until = 2026-03-01\nreplaced_by = "9/2026/QĐ-UBND"'
    with corpus(tmp_path, REPLACES, more, 'replaces = ["5/2020/QĐ-UBND"]') as office:
        assert codes(office) == []


# --- Five states, each at its boundary ---

PARTS = "bãi bỏ khoản 2 Điều 5 Quyết định số 5/2020/QĐ-UBND"


@pytest.mark.parametrize(
    ("what", "more", "day", "state"),
    [
        (REPLACES, "", date(2020, 5, 3), State.NOT_YET),
        (REPLACES, "", date(2020, 5, 4), State.IN_FORCE),
        (REPLACES, "", date(2026, 2, 28), State.IN_FORCE),
        (REPLACES, "", date(2026, 3, 1), State.ENDED),
        (REPLACES, "", date(2026, 3, 2), State.ENDED),
        (PARTS, "", date(2026, 2, 28), State.IN_FORCE),
        (PARTS, "", date(2026, 3, 1), State.PARTLY_ENDED),
        (PARTS, "unclear_from = 2026-04-01", date(2026, 3, 31), State.PARTLY_ENDED),
        (PARTS, "unclear_from = 2026-04-01", date(2026, 4, 1), State.UNCLEAR),
        (f"{REPLACES}, trừ Điều 7 Quyết định số 5/2020/QĐ-UBND", "", date(2026, 3, 1),
         State.PARTLY_ENDED),
        (f"{REPLACES}, trừ việc quy định tại Điều 1 Quyết định này", "", date(2026, 3, 1),
         State.ENDED),
    ],
)  # fmt: skip
def test_each_state_begins_on_its_day(
    what: str, more: str, day: date, state: State, tmp_path: Path
) -> None:
    with corpus(tmp_path, what, more) as office:
        assert of(office, "5/2020/QĐ-UBND").status_on(day).state is state


def test_a_part_ended_is_named(tmp_path: Path) -> None:
    with corpus(tmp_path, PARTS) as office:
        status = of(office, "5/2020/QĐ-UBND").status_on(date(2026, 3, 1))
        assert status.why == "khoản 2 Điều 5 bị bãi bỏ bởi 9/2026/QĐ-UBND từ 01/3/2026"


def test_the_corpus_names_the_provisions_amended_in_2020(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        status = of(office, "11/2016/QĐ-UBND").status_on(date(2021, 1, 1))
        assert status.state is State.PARTLY_ENDED
        assert "điểm a khoản 2 Điều 3, điểm b khoản 3 Điều 3" in status.why
        assert "11/2020/QĐ-UBND" in status.why
        assert codes(office) == []


def test_an_amendment_nobody_declared_is_cited_with_what_it_amends(tmp_path: Path) -> None:
    amends = "sửa đổi, bổ sung khoản 2 Điều 5 Quyết định số 5/2020/QĐ-UBND"
    with corpus(tmp_path, amends) as office:
        old = of(office, "5/2020/QĐ-UBND")
        assert (old.amended_by, old.amended_from) == (("9/2026/QĐ-UBND",), date(2026, 3, 1))
        assert old.status_on(date(2026, 3, 1)).why == (
            "khoản 2 Điều 5 được sửa đổi, bổ sung bởi 9/2026/QĐ-UBND từ 01/3/2026"
        )


# --- Contradictions ---


def test_another_successor_than_declared_is_a_finding_and_is_told_with_the_status(
    tmp_path: Path,
) -> None:
    more = 'in_force_until = 2025-01-01\nreplaced_by = "7/2025/QĐ-UBND"'
    others = {"7/2025/QĐ-UBND": 'replaces = ["5/2020/QĐ-UBND"]'}
    with corpus(tmp_path, REPLACES, more, **others) as office:
        assert codes(office) == ["HL01", "HL02"]
        status = of(office, "5/2020/QĐ-UBND").status_on(date(2026, 5, 1))
        assert status.state is State.ENDED and status.successor == "7/2025/QĐ-UBND"
        assert "nguồn khác nhau" in status.why and not status.verified


def test_another_day_than_declared_is_a_finding(tmp_path: Path) -> None:
    more = 'in_force_until = 2026-04-01\nreplaced_by = "9/2026/QĐ-UBND"'
    own = 'replaces = ["5/2020/QĐ-UBND"]\nin_force_from = 2026-02-20'
    with corpus(tmp_path, REPLACES, more, own) as office:
        found = office.review_validity()
        assert [one.code for one in found] == ["HL02", "HL02"]
        assert any("khai là 01/4/2026" in one.message for one in found)
        assert any("có hiệu lực từ 01/3/2026, khai là 20/02/2026" in one.message for one in found)


def test_what_is_declared_and_not_said_in_the_text_is_a_finding(tmp_path: Path) -> None:
    more = 'in_force_until = 2026-03-01\nreplaced_by = "9/2026/QĐ-UBND"'
    with corpus(tmp_path, "bãi bỏ các quy định trái", more,
                'replaces = ["5/2020/QĐ-UBND"]') as office:  # fmt: skip
        assert codes(office) == ["HL04"]


def test_a_document_replaced_and_not_in_the_danh_mục_is_told(tmp_path: Path) -> None:
    with corpus(tmp_path, "thay thế Quyết định số 77/2019/QĐ-UBND") as office:
        assert codes(office) == ["HL05"]


def test_each_sync_tells_it(tmp_path: Path) -> None:
    with corpus(tmp_path, REPLACES) as office:
        report = office.sync(office.folder)
        assert [one["code"] for one in report.validity] == ["HL03"]


def test_two_documents_that_both_claim_to_end_it_leave_it_unclear(tmp_path: Path) -> None:
    with corpus(tmp_path, REPLACES) as office:
        other = NEW.replace("9/2026", "10/2026").format(what=REPLACES)
        (office.folder / "khac.txt").write_text(other, encoding="utf-8")
        office.sync(office.folder)
        status = of(office, "5/2020/QĐ-UBND").status_on(date(2026, 3, 1))
        assert status.state is State.UNCLEAR and "10/2026/QĐ-UBND" in status.why
        assert "HL01" in codes(office)


# --- A document's own rule about its references ---


def test_a_documents_own_rule_stands_beside_the_reference_that_is_gone(tmp_path: Path) -> None:
    with corpus(tmp_path, "bãi bỏ quy định cũ", "in_force_until = 2025-01-01") as office:
        stored = office.find("9/2026/QĐ-UBND")
        entries = office.cite(stored.document.source).entries
        told = [entry.note for entry in entries if entry.designation == "5/2020/QĐ-UBND"]
        assert told and "theo khoản 2 Điều 2 của chính văn bản này: “Khi các văn bản" in told[0]
        hit = office.search("quy định việc tiếp khách").hits[0]
        assert any("theo khoản 2 Điều 2 của chính văn bản này" in one for one in hit.warnings)
        assert not any(entry.note for entry in entries if entry.designation == "9/2026/QĐ-UBND")
        early = office.search("quy định việc tiếp khách", office.scope(date(2024, 1, 1))).hits[0]
        assert not any("chính văn bản này" in one for one in early.warnings)


# --- What is kept ---


def test_what_was_read_survives_the_file() -> None:
    change = Change("bãi bỏ", "9/2026/QĐ-UBND", date(2026, 3, 1), ("khoản 2 Điều 5",))
    read = {"a": ReadValidity(in_force_until=date(2026, 3, 1), changes=(change,)),
            "b": ReadValidity(replaced_by="9/2026/QĐ-UBND")}  # fmt: skip
    assert load_read(dump_read(read)) == read and load_read("") == {}
    assert load_read('{"a": {"replaced_by": "1/QĐ", "later": 1}}') == {
        "a": ReadValidity(replaced_by="1/QĐ")
    }


# --- The chain ---


def test_the_chain_of_the_sở_from_2006_to_2025(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        (chain,) = office.timeline("11/QĐ-UBND", date(2026, 11, 23))
        order = [stop.party.designation for stop in chain.stops]
        assert order == ["400/QĐ-UBND", "2029/QĐ-UBND", "11/2016/QĐ-UBND", "11/2020/QĐ-UBND",
                         "20/2022/QĐ-UBND", "50/2025/QĐ-UBND"]  # fmt: skip
        assert [stop.party.designation for stop in chain.in_force] == ["50/2025/QĐ-UBND"]
        assert len(chain.links) == 5
        assert all(link.grounds[0].is_text for link in chain.links)
        (before,) = office.timeline("50/2025/QĐ-UBND", date(2025, 6, 30))
        assert [stop.party.designation for stop in before.in_force] == ["20/2022/QĐ-UBND"]
        (earlier,) = office.timeline("50/2025/QĐ-UBND", date(2021, 1, 1))
        assert [stop.party.designation for stop in earlier.in_force] == ["11/2016/QĐ-UBND"]


@pytest.mark.parametrize(
    "name",
    [
        "11/QĐ-UBND",
        "quyết định số 11/2016/QĐ-UBND",
        "qd 11/2016/qd-ubnd",
        "11/2016",
        "50-2025-qd-ubnd",
    ],
)
def test_a_chain_is_found_by_what_an_officer_types(name: str, tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        (chain,) = office.timeline(name)
        assert chain.stops[-1].party.designation == "50/2025/QĐ-UBND"


def test_two_laws_of_one_name_are_one_chain_and_other_namesakes_are_told(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        (chain,) = office.timeline("luat to chuc chinh quyen dia phuong")
        assert [stop.party.designation for stop in chain.stops] == [
            "77/2015/QH13",
            "65/2025/QH15",
            "72/2025/QH15",
        ]
        with pytest.raises(BadInput, match="có thể là"):
            office.timeline("06")


def test_every_chain_of_the_library_and_a_document_alone(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        found = office.timeline()
        assert len(found) >= 8
        assert found[0].stops[-1].party.designation == "50/2025/QĐ-UBND"
        (alone,) = office.timeline("103-bc-sngv-2020.txt")
        assert len(alone.stops) == 1 and alone.links == ()
        with pytest.raises(BadInput, match="không có"):
            office.timeline("999/2099/QĐ-UBND")


@pytest.mark.parametrize("name", ["50/2025/QĐ-UBND", "150/2025/NĐ-CP", "103/BC-SNgV", "19-QC/TU"])
def test_the_picture_is_xml_and_says_every_document(name: str, tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        (chain,) = office.timeline(name)
    drawn = ElementTree.fromstring(draw(chain))
    words = " ".join("".join(drawn.itertext()).split())
    assert all(stop.party.title in words for stop in chain.stops)
    assert "http" not in draw(chain).replace("http://www.w3.org/2000/svg", "")


def test_words_in_the_picture_are_escaped(tmp_path: Path) -> None:
    more = 'name = "<script>alert(1)</script> & “Quy chế”"'
    with corpus(tmp_path, REPLACES, f'subject = "a <b> & c"\n{more}') as office:
        (chain,) = office.timeline("5/2020/QĐ-UBND")
        assert "<script>" not in draw(chain)
        ElementTree.fromstring(draw(chain))
