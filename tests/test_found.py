"""What law needs beside rank: links followed, exceptions with the rule, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import record, regulation
from offices import TODAY, an_office

from drafting.library import Stored
from drafting.office import Office
from drafting.retrieve.found import (
    Found,
    in_force_first,
    own_province_first,
    with_linked,
    without_repeats,
)
from drafting.retrieve.links import Links
from drafting.settings import Scope

TEXT = ("Điều 1", "1.: Gửi hồ sơ trước 05 ngày", "2.: Trừ trường hợp quy định tại khoản 3 Điều này",
        "3.: Việc đột xuất thì báo ngay", "Điều 2: Theo quy định tại khoản 1 Điều 1",
        "Điều 3: Không áp dụng khoản 1 Điều 1 đối với khách quá cảnh")  # fmt: skip


def stored(*units: str, file: str = "quy-che.txt", **more: Any) -> Stored:
    made = record("19-QC/TU", "Tỉnh ủy", file=file, jurisdiction="tỉnh Bắc Giang", **more)
    return Stored(made, regulation(*units, name=file))


def found(one: Stored, eid: str, score: float = 0.5) -> Found:
    provision = one.document.get(eid)
    assert provision is not None
    return Found(one.record, score, score, one, provision)


def eids(hits: list[Found]) -> list[str]:
    return [hit.provision.eid for hit in hits]


# --- Links ---


def test_what_a_hit_refers_to_comes_in_the_last_places() -> None:
    text = stored(*TEXT)
    hits = [found(text, "art_2")]
    brought = with_linked(hits, [], Links(), 5)
    assert eids(brought) == ["art_2", "art_1__cl_1"]
    assert brought[1].why == (f"Được viện dẫn tại {hits[0].citation}",)


def test_the_exception_comes_with_the_rule() -> None:
    text = stored(*TEXT)
    brought = with_linked([found(text, "art_1__cl_1")], [], Links(), 5)
    assert "art_3" in eids(brought)
    assert any("ngoại lệ" in reason for reason in brought[-1].why)


def test_an_exception_in_an_article_of_a_like_number_is_not_lost() -> None:
    text = stored("Điều 1: Không áp dụng khoản 1 Điều 13 với khách", "Điều 13", "1.")
    assert Links().exceptions(text, "art_13__cl_1") == ("art_1",)


def test_links_never_take_more_than_half_the_places() -> None:
    text = stored(*TEXT)
    hits = [found(text, "art_1__cl_1"), found(text, "art_2"), found(text, "art_1__cl_2")]
    for k in (1, 2, 3):
        brought = with_linked(hits[:k], [], Links(), k)
        assert len(brought) <= k and brought[0].provision.eid == "art_1__cl_1"


def test_a_hit_that_is_there_already_is_told_not_doubled() -> None:
    text = stored(*TEXT)
    brought = with_linked([found(text, "art_2"), found(text, "art_1__cl_1")], [], Links(), 5)
    assert eids(brought)[:2] == ["art_2", "art_1__cl_1"]
    assert any("Được viện dẫn" in reason for reason in brought[1].why)
    assert len(set(eids(brought))) == len(brought)


def test_of_a_long_provision_the_part_that_fits_is_brought() -> None:
    text = stored("Điều 1", "1.", "2.", "Điều 2: Theo quy định tại Điều 1")
    ranked = [found(text, "art_2", 0.9), found(text, "art_1__cl_2", 0.2)]
    assert eids(with_linked(ranked[:1], ranked, Links(), 5)) == ["art_2", "art_1__cl_2"]


# --- Nothing twice, what holds first ---


def test_the_same_words_are_shown_once_and_both_places_are_told() -> None:
    one, other = stored(*TEXT), stored(*TEXT, file="ban-cu.txt")
    other = replace(other, record=replace(other.record, designation="19-QC/TU cũ"))
    kept = without_repeats([found(one, "art_2"), found(other, "art_2"), found(one, "art_3")], 5)
    assert [(hit.record.file, hit.provision.eid) for hit in kept] == [
        ("quy-che.txt", "art_2"), ("quy-che.txt", "art_3"),
    ]  # fmt: skip
    assert kept[0].why == (f"Cùng nội dung ở {found(other, 'art_2').citation}",)


def test_what_is_out_of_force_comes_after_what_holds() -> None:
    old = stored(*TEXT, file="cu.txt", in_force_until=date(2024, 1, 1))
    new = stored(*TEXT, file="moi.txt", in_force_from=date(2024, 1, 1))
    both = [found(old, "art_2", 0.5), found(new, "art_2", 0.4)]
    assert in_force_first(both, date(2026, 1, 1))[0].record.file == "moi.txt"
    assert in_force_first(both, date(2023, 1, 1))[0].record.file == "cu.txt"


def test_another_province_keeps_one_place() -> None:
    own = stored(*TEXT)
    other = stored(*TEXT, file="khac.txt")
    other = replace(other, record=replace(other.record, jurisdiction="tỉnh Lạng Sơn"))
    hits = [found(other, "art_2", 0.9)] + [found(own, eid, 0.8) for eid in ("art_1", "art_3")]
    ordered = own_province_first(hits, "tỉnh Bắc Giang", 2)
    assert [hit.record.file for hit in ordered] == ["quy-che.txt", "khac.txt", "quy-che.txt"]


# --- In the real regulations ---


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nhà")) as opened:
        yield opened


def test_a_clause_that_points_elsewhere_brings_what_it_points_to(office: Office) -> None:
    hits = office.search("khoản 6 Điều 14 Quy chế số 19-QC/TU", Scope(TODAY)).hits
    linked = next(hit for hit in hits if hit.eid.startswith("art_9__cl_2__point_2.2"))
    assert any("Được viện dẫn tại khoản 6 Điều 14" in reason for reason in linked.why)
    assert "art_9__cl_2__point_2.2" in hits[0].linked


def test_no_two_hits_say_the_same(office: Office) -> None:
    for question in ("đoàn ra", "hộ chiếu công vụ", "Sở Ngoại vụ chủ trì, phối hợp", "Điều 4"):
        texts = [hit.text for hit in office.search(question, k=10).hits]
        assert len(texts) == len(set(texts))
