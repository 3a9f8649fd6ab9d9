"""Whoever is a `Catalogue` answers the same: the library, and the one our tests hold in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from builders import REPO, catalogue, corpus_catalogue, record, regulation

from drafting.citations.catalogue import Catalogue
from drafting.designation import Designation
from drafting.library import Library
from drafting.library.sync import sync
from drafting.records import Record

KNOWN = (
    record("19-QC/TU", "Tỉnh ủy Bắc Giang", file="19.txt", name="Quy chế đối ngoại"),
    record("50/2025/QĐ-UBND", "UBND tỉnh Lạng Sơn", also=("50/QĐ-UBND",)),
    record("50/2024/QĐ-UBND"),
    record("50/2025/NQ-HĐND"),
    record("50/2024/NQ-HĐND"),
    record("050/2023/QĐ-UBND"),
    record("05-HD/BĐNTW"),
    record("05-HD/VPTW"),
    record("05-QĐ/BĐNTW"),
    record("5/HD-BNG"),
    record("72/2025/QH15", name="Luật Tổ chức chính quyền địa phương", kind="Luật"),
    record("", name="Điều lệ Đảng", kind="Điều lệ"),
)
TEXT = regulation("Điều 1", "1.", name="19.txt")


@pytest.fixture(params=["memory", "library"])
def known(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue of `KNOWN`, of each kind."""
    if request.param == "memory":
        yield catalogue(*KNOWN, first=TEXT)
        return
    library = Library.open(tmp_path / "library.sqlite")
    with library.transaction():
        library.put(KNOWN[0], TEXT, tmp_path / "19.txt", "")
        library.set_known(KNOWN[1:])
    yield library
    library.close()


def told(records: Sequence[Record]) -> list[str]:
    return [one.designation or one.name for one in records]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("50/2025/QĐ-UBND", ["50/2025/QĐ-UBND"]),
        ("50/QĐ-UBND", ["50/2025/QĐ-UBND"]),
        ("50/2025/qđ-ubnd", ["50/2025/QĐ-UBND"]),
        ("19-QC/TU", ["19-QC/TU"]),
        ("5-HD/BĐNTW", ["05-HD/BĐNTW"]),
        ("50/2026/QĐ-UBND", []),
    ],
)
def test_a_document_answers_to_its_number(
    written: str, expected: list[str], known: Catalogue
) -> None:
    parsed = Designation.parse(written)
    assert parsed is not None and told(known.records(parsed.key)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LUẬT tổ chức chính quyền địa phương", ["72/2025/QH15"]),
        ("luat to chuc  chinh quyen dia phuong", ["72/2025/QH15"]),
        ("**Điều lệ Đảng**", ["Điều lệ Đảng"]),
        ("Điều lệ", []),
        ("", []),
    ],
)
def test_a_document_answers_to_its_name(name: str, expected: list[str], known: Catalogue) -> None:
    assert told(known.named(name)) == expected


NEAR = {
    # same symbol of another year, same year of another symbol; never both
    "50/2025/QĐ-UBND": ["50/2024/QĐ-UBND", "50/2025/NQ-HĐND", "050/2023/QĐ-UBND"],
    "50/QĐ-UBND": ["50/2025/QĐ-UBND", "50/2024/QĐ-UBND", "050/2023/QĐ-UBND"],
    "50/2026/QĐ-TTg": [],
    "51/2025/QĐ-UBND": [],
    # Party papers: same type of another organ; having no year is no year in common
    "05-HD/BĐNTW": ["05-HD/VPTW"],
    "5-HD/BTCTW": ["05-HD/BĐNTW", "05-HD/VPTW"],
    "5/QĐ-BNG": [],
    "19-QĐ/TU": [],
    "19-QC/TW": ["19-QC/TU"],
}


@pytest.mark.parametrize("written", NEAR)
def test_a_number_is_near_those_that_differ_in_one_thing(written: str, known: Catalogue) -> None:
    parsed = Designation.parse(written)
    assert parsed is not None and told(known.near(parsed)) == NEAR[written]


def test_only_a_document_with_text_has_one(known: Catalogue) -> None:
    with_text, without = KNOWN[0], KNOWN[1]
    found = known.document(with_text)
    assert found is not None and found.provisions == TEXT.provisions
    assert known.document(without) is None
    assert known.document(replace(without, designation="1/QĐ-X")) is None


def test_over_the_whole_corpus_both_answer_alike(tmp_path: Path) -> None:
    memory = corpus_catalogue()
    library = Library.open(tmp_path / "library.sqlite")
    sync(library, REPO / "corpus")
    numbers = [d for one in memory.known if (d := Designation.parse(one.designation))]
    years = [replace(d, year=year) for d in numbers for year in (None, 2016, 2025)]
    symbols = [replace(d, symbol=s) for d in numbers for s in ("QĐ-UBND", "NĐ-CP", "QĐ/TW")]
    for probe in (*numbers, *years, *symbols):
        assert sorted(told(memory.near(probe))) == sorted(told(library.near(probe))), str(probe)
        asked = memory.records(probe.key), library.records(probe.key)
        assert sorted(told(asked[0])) == sorted(told(asked[1])), str(probe)
    for one in memory.known:
        assert sorted(told(memory.named(one.name))) == sorted(told(library.named(one.name)))
        assert (memory.document(one) is None) == (library.document(one) is None)
    library.close()
