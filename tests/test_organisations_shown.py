"""Where officers see it: a draft's findings, `drafting cite`, the warnings of a search hit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import REPO, an_office, settings_in

from drafting.cases import SlotText, read_case
from drafting.cli.command import run
from drafting.findings import Finding
from drafting.library import Library
from drafting.library.sync import sync
from drafting.office import Office
from drafting.organisations import open_organisations, proven_organisations, shipped_organisations


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home"), province="tỉnh Lạng Sơn") as opened:
        yield opened


def drafted(office: Office, slot: str = "", text: str = "", **more: object) -> list[Finding]:
    """The findings on bodies of the example Tờ trình with these values, and a slot's text."""
    form = office.form("to-trinh-doan-ra")
    case = read_case(REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml", form)
    slots = {**case.slots, **({slot: SlotText((text,))} if slot else {})}
    changed = replace(case, values={**case.values, **more}, slots=slots)  # type: ignore[dict-item]
    return [one for one in office.draft(form, changed).findings if one.code.startswith("TC")]


def test_the_shipped_examples_address_nobody_who_is_gone(office: Office) -> None:
    for path in sorted((REPO / "examples").glob("*.yaml")):
        name = next(one.id for one in office.forms() if path.stem.startswith(one.id))
        form = office.form(name)
        found = office.draft(form, read_case(path, form)).findings
        assert [one.line() for one in found if one.code.startswith("TC")] == [], path.name


def test_a_draft_sent_to_a_body_that_is_gone_has_a_finding_with_the_place(office: Office) -> None:
    found = drafted(office, noi_nhan=("Sở Kế hoạch và Đầu tư", "Văn phòng UBND tỉnh"))
    assert [(one.code, one.where) for one in found] == [("TC02", "Nơi nhận")]
    assert "nay là Sở Tài chính" in found[0].message


def test_a_slot_that_gives_work_to_a_room_of_before_is_an_error_at_that_slot(
    office: Office,
) -> None:
    form = office.form("to-trinh-doan-ra")
    found = drafted(office, "che_do", "Thanh tra Sở Ngoại vụ chủ trì, bố trí phương tiện.")
    title = next(slot.title for slot in form.slots if slot.id == "che_do")
    assert [(one.code, one.where) for one in found] == [("TC01", title)]


def test_a_draft_of_the_time_before_the_change_has_none(office: Office) -> None:
    found = drafted(office, ngay_soan=date(2024, 5, 29), noi_nhan=("UBND các huyện biên giới",))
    assert found == []


def test_a_hit_shows_the_article_and_the_warning(office: Office) -> None:
    answer = office.search("Điều 18 Quy chế 19-QC/TU", k=1)
    (hit,) = answer.hits
    assert hit.text.count("Ban cán sự đảng UBND tỉnh") == 1
    assert any(
        one.startswith("Ban cán sự đảng UBND tỉnh: đã kết thúc hoạt động khoảng tháng 02/2025")
        for one in hit.warnings
    )


def test_a_body_named_only_in_the_heading_above_is_told_too(office: Office) -> None:
    (hit,) = office.search("điểm 5.1 khoản 5 Điều 4 Quy chế 19-QC/TU", k=1).hits
    assert "Ban cán sự đảng" not in hit.text
    assert [one for one in hit.warnings if one.startswith("Ban cán sự đảng UBND tỉnh: đã")]


def test_a_hit_of_the_day_it_was_in_force_shows_none(office: Office) -> None:
    scope = office.scope(date(2024, 12, 9), "tỉnh Bắc Giang")
    (hit,) = office.search("Điều 18 Quy chế 19-QC/TU", scope, 1).hits
    assert hit.warnings == ()


def test_cite_tells_them_after_the_citations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRAFTING_HOME", str(tmp_path / "home"))
    text = tmp_path / "cong-van.txt"
    text.write_text("Kính gửi: Sở Kế hoạch và Đầu tư.\n", "utf-8")
    assert run(["cite", str(text), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["code"], found["severity"], found["where"]) == ("TC02", "warning", "dòng 1")
    assert run(["cite", str(text)]) == 0
    assert "→ Ghi Sở Tài chính" in capsys.readouterr().out
    assert run(["cite", str(text), "--as-of", "9/12/2024", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_a_rule_whose_words_the_library_does_not_hold_is_no_longer_certain(
    office: Office, tmp_path: Path
) -> None:
    rules = shipped_organisations()
    assert proven_organisations(rules, office.library) == rules
    (tmp_path / "a.txt").write_text("QUY CHẾ\n\nĐiều 1. Một\n", "utf-8")
    library = Library.open(tmp_path / "library.sqlite")
    sync(library, tmp_path)
    assert not any(one.verified for one in proven_organisations(rules, library).every)
    library.close()


def test_an_own_file_that_cannot_be_read_is_told_and_ours_are_used(
    office: Office, tmp_path: Path
) -> None:
    given = settings_in(tmp_path)
    given.own_rules.mkdir(parents=True)
    (given.own_rules / "organisations.toml").write_text("[[organisation]]\nid = 1\n", "utf-8")
    notices: list[str] = []
    assert open_organisations(given.own_rules, office.library, notices).every
    assert len(notices) == 1 and "organisations.toml" in notices[0]
