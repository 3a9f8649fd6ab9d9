"""No time expression of the five documents is left without a rule, a duty, or a word why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from offices import an_office

from drafting.deadlines import load_rules
from drafting.deadlines.duties import load_duties
from drafting.evidence import every_evidence, prove
from drafting.office import Office
from drafting.settings import shipped_rules

FILES = ("deadlines.toml", "duties.toml", "not_deadlines.toml")
# Dates of documents (“ngày 12 tháng 6 năm 2025”) and nhiệm kỳ, thời kỳ are no time limits.
TIME = re.compile(
    r"""ngày\s+làm\s+việc | trước\s+ngày | thời\s+hạn | định\s+kỳ | thường\s+(?:niên|kỳ)
    | h[ằà]ng\s+(?:năm|quý|tháng|tuần) | (?:giữa|đầu|cuối|từng|mỗi)\s+năm
    | (?<!ngày\s)\b\d+\s+(?:ngày|tháng|tuần)\b(?!\s+(?:năm\s+\d{4}|\d))
    | tháng\s+\d{1,2}/\d{4} | \bquý\b | tháng\s+hoặc | (?<!nhiệm\s)(?<!thời\s)\bkỳ\b
    | chậm\s+nhất | muộn\s+nhất | không\s+quá""",
    re.IGNORECASE | re.VERBOSE,
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def uncovered(office: Office, files: tuple[str, ...]) -> list[str]:
    """The time expressions that no quote of these rule files contains."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for place, evidence in every_evidence([shipped_rules()]):
        proven = prove(evidence, office.library)
        if place.split(",")[0] in files and proven.stored:
            spans.setdefault(proven.stored.record.file, []).extend(proven.spans)
    left = []
    for stored in office.library.stored:
        text, known = stored.document.source.text, spans.get(stored.record.file, [])
        first, last = stored.record.lines or (1, len(text))
        for match in TIME.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            covered = any(a <= match.start() and match.end() <= b for a, b in known)
            if first <= line <= last and not covered:
                left.append(f"{stored.record.file}, dòng {line}: {match[0]}")
    return left


def test_every_time_expression_has_a_rule_or_a_word_why_it_is_none(office: Office) -> None:
    assert uncovered(office, FILES) == []


def test_the_search_would_see_a_rule_that_is_missing(office: Office) -> None:
    without = uncovered(office, FILES[1:])
    assert len(without) >= 27 and any("dòng 315: trước ngày" in place for place in without)
    assert len(uncovered(office, FILES[:2])) >= 30


def test_a_quote_of_so_many_days_says_so_many_days() -> None:
    for rule in load_rules([shipped_rules()]):
        quote = rule.evidence.quote
        if rule.days:
            assert f"{rule.days:02d} ngày" in quote or f"{rule.days} ngày" in quote, rule.id
            assert ("ngày làm việc" in quote) is (rule.unit == "ngày làm việc"), rule.id
        elif rule.on is not None:
            assert f"{rule.on.day:02d}/{rule.on.month}/{rule.on.year}" in quote, rule.id
        else:
            assert f"{rule.day:02d}/{rule.month}" in quote, rule.id


def test_what_is_no_deadline_says_why() -> None:
    path: Path = shipped_rules() / "not_deadlines.toml"
    entries = tomllib.loads(path.read_text("utf-8"))["none"]
    assert entries and all(entry["why"].strip() for entry in entries)
    assert any("không quá 02 ngày" in entry["quote"] for entry in entries)


def test_no_id_names_two_things() -> None:
    rules = load_rules([shipped_rules()])
    duties = load_duties([shipped_rules()], rules)
    undated = [duty.id for duty in duties if duty.rule is None]
    assert len(undated) == len(set(undated)) and not {r.id for r in rules} & set(undated)
