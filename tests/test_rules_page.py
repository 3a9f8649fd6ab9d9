"""docs/rules.md lists every rule with its source and whether it was verified."""

from __future__ import annotations

import rules_page

from drafting.organisations import shipped_organisations


def test_the_page_is_what_the_tool_writes_now() -> None:
    assert rules_page.PAGE.read_text("utf-8") == rules_page.page(), "run tools/rules_page.py"


def test_every_rule_file_and_every_body_stands_on_it() -> None:
    page = rules_page.page()
    names = [path.name for path in rules_page.RULES.rglob("*.toml")]
    assert [name for name in names if name not in page] == []
    assert [one.id for one in shipped_organisations().every if f"| {one.id}: " not in page] == []


def test_a_rule_is_verified_unread_or_rests_on_nothing() -> None:
    words = {"document": "19-QC/TU", "eid": "art_1", "quote": "a"}
    assert rules_page.standing(words) is True
    assert rules_page.standing({"demand": words}) is True
    assert rules_page.standing({**words, "verified": False}) is False
    assert rules_page.standing({"short": "UBND"}) is None
