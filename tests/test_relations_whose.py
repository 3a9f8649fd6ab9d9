"""Two provinces give out one number: a text ends only what it means, and only one that may."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from builders import catalogue, record
from offices import an_office

from drafting.library import Stored
from drafting.office import Office
from drafting.read.source import SourceText
from drafting.records import Record, State
from drafting.relations import read_relations
from drafting.structure import structure

CAO_BANG, LANG_SON = "Cao Bằng", "Lạng Sơn"
NUMBER = "50/2025/QĐ-UBND"
DAYS = {CAO_BANG: "15/9/2025", LANG_SON: "30/6/2025"}


def of(province: str, designation: str = NUMBER, day: str = "", **more: str) -> Record:
    return record(
        designation, f"Ủy ban nhân dân tỉnh {province}", jurisdiction=f"tỉnh {province}",
        day=day or DAYS[province], **more,
    )  # fmt: skip


OLD = {one: of(one) for one in DAYS}


def meant(speaker: str, words: str, *known: Record) -> list[Record | None]:
    """The records that a decision of this province means by these words."""
    own = of(speaker, "77/2026/QĐ-UBND", "05/01/2026", file="qd.txt")
    text = f"QUYẾT ĐỊNH\n\nĐiều 1. Phạm vi\n\nĐiều 2. Bãi bỏ Quyết định số {NUMBER}{words}."
    stored = Stored(own, structure(SourceText(text, "qd.txt", "")))
    return [one.target.record for one in read_relations(stored, catalogue(own, *known)).relations]


@pytest.mark.parametrize(
    ("speaker", "named", "dated", "both"),
    list(itertools.product(DAYS, (*DAYS, "tỉnh", ""), (*DAYS, ""), (True, False))),
)
def test_a_number_of_two_provinces_means_one_of_them_or_none(
    speaker: str, named: str, dated: str, both: bool
) -> None:
    issuer = f" của UBND tỉnh {named}" if named in DAYS else (" của UBND tỉnh" if named else "")
    day = f" ngày {DAYS[dated]}" if dated else ""
    whose = named if named in DAYS else speaker
    known = [OLD[LANG_SON], OLD[CAO_BANG]] if both else [OLD[LANG_SON]]
    right = OLD[whose] if OLD[whose] in known and dated in {whose, ""} else None
    assert meant(speaker, day + issuer, *known) == [right]


def test_a_law_that_names_no_province_means_no_decision_of_one() -> None:
    law = record("64/2025/QH15", "Quốc hội", kind="Luật", jurisdiction="toàn quốc", file="luat.txt")
    text = f"LUẬT\n\nĐiều 1. Phạm vi\n\nĐiều 2. Bãi bỏ Quyết định số {NUMBER}."
    stored = Stored(law, structure(SourceText(text, "luat.txt", "")))
    (one,) = read_relations(stored, catalogue(OLD[LANG_SON])).relations
    assert one.target.record is None


@pytest.mark.parametrize(
    ("number", "issuer", "words", "may"),
    [
        ("60/QĐ-SNgV", "Sở Ngoại vụ tỉnh Lạng Sơn", "Nghị định số 30/2020/NĐ-CP", False),
        ("60/QĐ-SNgV", "Sở Ngoại vụ tỉnh Lạng Sơn", f"Quyết định số {NUMBER}", False),
        ("60/2026/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", "Nghị định số 30/2020/NĐ-CP", False),
        ("60/2026/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", f"Quyết định số {NUMBER}", True),
        ("60/2026/NĐ-CP", "Chính phủ", "Nghị định số 30/2020/NĐ-CP", True),
    ],
)
def test_a_lower_paper_ends_no_higher_one(number: str, issuer: str, words: str, may: bool) -> None:
    speaker = record(number, issuer, jurisdiction="tỉnh Lạng Sơn", day="05/01/2026", file="q.txt")
    text = f"QUYẾT ĐỊNH\n\nĐiều 1. Phạm vi\n\nĐiều 2. Bãi bỏ {words}."
    known = catalogue(speaker, OLD[LANG_SON], record("30/2020/NĐ-CP", "Chính phủ"))
    stored = Stored(speaker, structure(SourceText(text, "q.txt", "")))
    assert [one.binding for one in read_relations(stored, known).relations] == [may]


def test_an_agency_below_the_province_means_its_own() -> None:
    own = record(
        "3/2026/QĐ-UBND", "Ủy ban nhân dân xã Đồng Đăng", jurisdiction="tỉnh Lạng Sơn", file="x.txt"
    )
    text = f"QUYẾT ĐỊNH\n\nĐiều 1. Phạm vi\n\nĐiều 2. Bãi bỏ Quyết định số {NUMBER}."
    stored = Stored(own, structure(SourceText(text, "x.txt", "")))
    (one,) = read_relations(stored, catalogue(OLD[LANG_SON])).relations
    assert one.target.record is None


# --- In an office ---

DECISION = """ỦY BAN NHÂN DÂN

TỈNH {province}

Số: 77/2026/QĐ-UBND

{kind}

Điều 1. Phạm vi

{words}

Điều 2. Thi hành

1. Quyết định này có hiệu lực từ ngày 05/01/2026.
"""
ENDS = f"Bãi bỏ Quyết định số {NUMBER}"


def office_with(
    folder: Path, text: str, province: str, declared: bool, **more: str
) -> tuple[Path, Path]:
    """The corpus of Lạng Sơn with one more text."""
    kho = folder / "kho"
    kho.mkdir()
    (kho / "khac.txt").write_text(text, "utf-8")
    issuer = 'issuer = "Ủy ban nhân dân tỉnh {0}"\njurisdiction = "tỉnh {0}"\n'
    blocks = [
        f'[[document]]\nfile = "cu.txt"\ndesignation = "{NUMBER}"\nkind = "Quyết định"\n'
        f'date = 2025-06-30\nrole = "regulation"\nverified = true\n{issuer.format(LANG_SON)}'
    ]
    if declared:
        told = {"kind": "Quyết định", "role": "regulation"} | more
        lines = "".join(f'{key} = "{value}"\n' for key, value in told.items())
        blocks.append(
            '[[document]]\nfile = "khac.txt"\ndesignation = "77/2026/QĐ-UBND"\n'
            f"date = 2026-01-05\nverified = true\n{lines}{issuer.format(province)}"
        )
    (kho / "cu.txt").write_text("QUYẾT ĐỊNH\n\nĐiều 1. Chức năng\n\nSở Ngoại vụ.\n", "utf-8")
    (kho / "corpus.toml").write_text("\n".join(blocks), "utf-8")
    return folder / "home", kho


def state_of_own(office: Office) -> State:
    (own,) = (one.record for one in office.library.stored if one.record.file == "cu.txt")
    return own.status_on(date(2026, 11, 23)).state


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("words", [f"{ENDS} ngày 15/9/2025 của UBND tỉnh Cao Bằng.", f"{ENDS}."])
def test_another_province_ends_nothing_of_ours(tmp_path: Path, declared: bool, words: str) -> None:
    text = DECISION.format(province="CAO BẰNG", kind="QUYẾT ĐỊNH", words=words)
    with an_office(*office_with(tmp_path, text, CAO_BANG, declared)) as office:
        assert state_of_own(office) is State.IN_FORCE
        (chain,) = office.timeline("cu.txt")
        assert len(chain.stops) == 1 and not chain.links


def test_our_own_declared_decision_ends_it(tmp_path: Path) -> None:
    text = DECISION.format(province="LẠNG SƠN", kind="QUYẾT ĐỊNH", words=f"{ENDS}.")
    with an_office(*office_with(tmp_path, text, LANG_SON, declared=True)) as office:
        assert state_of_own(office) is State.ENDED


@pytest.mark.parametrize(
    ("kind", "declared", "more"),
    [
        ("QUYẾT ĐỊNH", False, {}),
        ("QUYẾT ĐỊNH", True, {"role": "report"}),
        ("DỰ THẢO\n\nQUYẾT ĐỊNH", True, {}),
    ],
)
@pytest.mark.parametrize(
    "words", [f"{ENDS}.", f"Bãi bỏ Điều 1 Quyết định số {NUMBER}.",
              f"Quyết định số 60/2025/QĐ-UBND thay thế Quyết định số {NUMBER}."],
)  # fmt: skip
def test_a_text_nobody_declared_a_report_and_a_draft_end_nothing(
    tmp_path: Path, kind: str, declared: bool, more: dict[str, str], words: str
) -> None:
    text = DECISION.format(province="LẠNG SƠN", kind=kind, words=words)
    with an_office(*office_with(tmp_path, text, LANG_SON, declared, **more)) as office:
        assert state_of_own(office) in {State.IN_FORCE, State.UNCLEAR}
        assert [one.code for one in office.review_validity()] == ["HL03"]


def test_an_end_known_by_a_day_of_signing_alone_is_unverified_everywhere(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        (chain,) = office.timeline("2029/QĐ-UBND")
        (stop,) = (one for one in chain.stops if one.party.designation == "2029/QĐ-UBND")
        (sure,) = (one for one in chain.stops if one.party.designation == "20/2022/QĐ-UBND")
        text = "Căn cứ Quyết định số 2029/QĐ-UBND ngày 12/10/2009;"
        told = office.cite(SourceText(text, "a.txt", ""))
    assert not stop.status.verified and sure.status.verified
    for sentence in (stop.status.sentence(), told.entries[0].status):
        assert "ngày ký 11/2016/QĐ-UBND" in sentence and "chưa kiểm chứng" in sentence
