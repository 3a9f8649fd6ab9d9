"""The data officers edit by hand says nothing about the corpus that the corpus does not say."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drafting.text import classic, plain

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
TABLES = {
    CORPUS / "corpus.toml": "document",
    CORPUS / "danh-muc.toml": "document",
    ROOT / "src/drafting/rules/abbreviations.toml": "abbreviation",
}
Entry = dict[str, Any]

# A number with a ký hiệu, spaces already taken out: 400/QĐ-UBND, 33/2004/NQHĐNDKXIV, 19-QC/TU.
DESIGNATION = re.compile(r"(?<![\w/-])\d+(?:/\d{4})?[/-][A-ZĐ][A-Za-zĐđ]*(?:[-/][A-ZĐa-z]\w*)*")
A_LAW = re.compile(r"\b(?:Luật|Bộ luật|Pháp lệnh) (?!pháp)")
WRITTEN_DATE = re.compile(r"(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})")


@cache
def entries(path: Path) -> tuple[Entry, ...]:
    """The entries of one TOML file, in order."""
    with path.open("rb") as file:
        return tuple(tomllib.load(file)[TABLES[path]])


def full_texts() -> tuple[Entry, ...]:
    return entries(CORPUS / "corpus.toml")


def known_by_number() -> tuple[Entry, ...]:
    return entries(CORPUS / "danh-muc.toml")


def abbreviations() -> tuple[Entry, ...]:
    return entries(ROOT / "src/drafting/rules/abbreviations.toml")


def title(entry: Entry) -> str:
    """What a failing test calls the entry."""
    return str(entry.get("designation") or entry.get("name") or entry.get("short"))


@cache
def lines_of(file: str) -> tuple[str, ...]:
    """Lines of a corpus file as `plain` text; split at "\\n" alone, so numbers match any editor."""
    text = (CORPUS / file).read_bytes().decode("utf-8")
    return tuple(plain(line) for line in text.split("\n"))


def line_at(place: str) -> str:
    """The text at `file:line`, or a failing test that names the place."""
    file, _, number = place.rpartition(":")
    lines = lines_of(file)
    assert 1 <= int(number) <= len(lines), f"{place}: tệp chỉ có {len(lines)} dòng"
    return lines[int(number) - 1]


def tight(text: str) -> str:
    """`text` with no space around hyphens and slashes, a dash being a hyphen."""
    return re.sub(r"\s*([-/])\s*", r"\1", classic(plain(text)).replace("–", "-"))


def says(line: str, wanted: str) -> bool:
    """Whether `line` has `wanted` as whole words, case and spacing around hyphens aside."""
    words = tight(wanted).lower()
    before = r"[\w/-]" if words[0].isdigit() else r"\w"  # 11/QĐ-UBND is not in 2011/QĐ-UBND
    return re.search(rf"(?<!{before}){re.escape(words)}(?!\w)", tight(line).lower()) is not None


def ways_to_cite(entry: Entry) -> list[str]:
    """The number of a document and its other writings; its name where it has no number."""
    own = entry["designation"] or entry["name"]
    return [own, *entry.get("also", [])]


def dates_in(line: str) -> set[date]:
    """The possible dates written in `line`; 30/02/2020 is none."""
    found = set()
    for day, month, year in WRITTEN_DATE.findall(line):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def corpus_lines() -> Iterator[tuple[str, str]]:
    """Every place and line of the five texts."""
    for document in full_texts():
        for number, line in enumerate(lines_of(document["file"]), start=1):
            yield f"{document['file']}:{number}", line


each_text = pytest.mark.parametrize("text", full_texts(), ids=lambda entry: entry["file"])
each_listed = pytest.mark.parametrize("listed", known_by_number(), ids=title)
each_verified = pytest.mark.parametrize(
    "listed", [entry for entry in known_by_number() if entry["verified"]], ids=title
)
each_document = pytest.mark.parametrize("document", full_texts() + known_by_number(), ids=title)
each_abbreviation = pytest.mark.parametrize("abbreviation", abbreviations(), ids=title)
each_table = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)


# --------------------------------------------------------------------------- the five texts


@each_text
def test_a_corpus_file_is_byte_for_byte_the_one_recorded(text: Entry) -> None:
    assert hashlib.sha256((CORPUS / text["file"]).read_bytes()).hexdigest() == text["sha256"]


def test_every_text_in_the_folder_has_its_entry() -> None:
    assert {entry["file"] for entry in full_texts()} == {p.name for p in CORPUS.glob("*.txt")}


@each_text
def test_every_quote_given_as_evidence_stands_on_its_line(text: Entry) -> None:
    for proof in text["evidence"]:
        line = line_at(f"{text['file']}:{proof['line']}")
        assert says(line, proof["quote"]), f"dòng {proof['line']}: {proof['quote']}"


@each_text
def test_what_the_entry_says_is_what_its_evidence_says(text: Entry) -> None:
    quotes = {proof["proves"]: proof["quote"] for proof in text["evidence"]}
    assert text["date"] in dates_in(quotes["date"])
    assert says(quotes["subject"], text["subject"])
    if text["designation"]:
        assert says(quotes["designation"], text["designation"])
    for replaced in text.get("replaces", []):
        assert says(quotes["replaces"], replaced)
    if "in_force_from" in text:
        from_signing = "kể từ ngày ký" in quotes["in_force"]
        days = {text["date"]} if from_signing else dates_in(quotes["in_force"])
        assert text["in_force_from"] in days


@each_text
def test_the_document_lies_within_its_file(text: Entry) -> None:
    first, last = text["lines"]
    lines = lines_of(text["file"])
    assert 1 <= first < last <= len(lines)
    assert lines[first - 1] and lines[last - 1], "khoảng dòng bắt đầu hoặc kết thúc bằng dòng trống"
    assert not any(lines[last:]), "sau dòng cuối vẫn còn chữ"


@each_text
def test_a_document_has_a_number_on_its_line_or_a_reason_for_having_none(text: Entry) -> None:
    if text["designation"]:
        assert says(line_at(f"{text['file']}:{text['designation_line']}"), text["designation"])
    else:
        assert text["number_missing"] and text["name"]
        assert "designation_line" not in text


@each_text
def test_a_text_has_a_known_regime_and_role(text: Entry) -> None:
    assert text["regime"] in {"nd30", "vbqppl", "dang"}
    assert text["role"] in {"regulation", "report", "plan", "coordination"}


# ------------------------------------------------------- documents known by number only


@each_listed
def test_every_place_of_citation_names_the_document(listed: Entry) -> None:
    for place in listed["cited_in"]:
        names = [*ways_to_cite(listed), listed.get("name")]
        assert any(name and says(line_at(place), name) for name in names), place


@each_listed
def test_no_place_that_names_the_document_is_left_out(listed: Entry) -> None:
    ways = ways_to_cite(listed)
    found = [place for place, line in corpus_lines() if any(says(line, way) for way in ways)]
    assert set(found) <= set(listed["cited_in"])


def test_every_number_in_the_corpus_is_a_known_document() -> None:
    documents = full_texts() + known_by_number()
    known = {tight(way) for entry in documents for way in ways_to_cite(entry)}
    for place, line in corpus_lines():
        for number in DESIGNATION.findall(tight(line)):
            assert number in known, f"{place}: {number}"


def test_every_law_named_in_the_corpus_is_a_known_document() -> None:
    laws = [entry for entry in known_by_number() if entry["kind"] == "Luật"]
    cited = {place for law in laws for place in law["cited_in"]}
    assert {place for place, line in corpus_lines() if A_LAW.search(line)} == cited


@each_verified
def test_a_verified_entry_can_be_read_in_one_line_of_the_corpus(listed: Entry) -> None:
    assert "kho" in listed["source"]
    assert any(
        any(says(line, way) for way in ways_to_cite(listed))
        and listed["date"] in dates_in(line)
        and says(line, listed["subject"])
        for line in map(line_at, listed["cited_in"])
    )


@each_listed
def test_a_document_cited_nowhere_is_not_called_verified(listed: Entry) -> None:
    assert listed["cited_in"] or not listed["verified"]


@each_listed
def test_a_missing_date_has_a_reason(listed: Entry) -> None:
    assert ("date" in listed) != ("date_note" in listed)


# ------------------------------------------------------------------- both files together


def test_one_writing_of_a_number_means_one_document() -> None:
    documents = full_texts() + known_by_number()
    ways = [way for entry in documents for way in {tight(w).lower() for w in ways_to_cite(entry)}]
    assert sorted(ways) == sorted(set(ways))


@each_document
def test_a_number_is_written_without_spaces(document: Entry) -> None:
    assert document["designation"] == tight(document["designation"])
    assert document["designation"] or document["name"]


@each_document
def test_dates_are_dates_and_in_order(document: Entry) -> None:
    keys = ("date", "in_force_from", "in_force_until", "unclear_from")
    given = {key: document[key] for key in keys if key in document}
    assert all(type(value) is date for value in given.values())
    start = given.get("in_force_from", given.get("date", date.min))
    assert given.get("date", date.min) <= start
    assert start < given.get("in_force_until", date.max)
    assert given.get("date", date.min) <= given.get("unclear_from", date.max)
    assert given.get("unclear_from", date.min) < given.get("in_force_until", date.max)


@each_document
def test_an_unclear_state_and_its_reason_go_together(document: Entry) -> None:
    assert ("unclear_from" in document) == ("unclear_why" in document)


@each_document
def test_a_state_from_outside_the_corpus_is_not_called_verified(document: Entry) -> None:
    told = f"{document['source']} {document.get('unclear_why', '')}"
    if document["verified"] and re.search("web/repo|chưa kiểm chứng:", told):
        assert document.get("status_verified") is False


@each_document
def test_a_document_without_text_that_is_done_is_not_shown_as_in_force(document: Entry) -> None:
    ended = {"in_force_until", "unclear_from"} & document.keys()
    assert "file" in document or not document.get("done") or ended


@each_document
def test_a_relation_points_to_a_known_document_and_back(document: Entry) -> None:
    known = {entry["designation"]: entry for entry in full_texts() + known_by_number()}
    own = document["designation"]
    if "replaced_by" in document:
        assert own in known[document["replaced_by"]]["replaces"]
        assert "in_force_until" in document
    for replaced in document.get("replaces", []):
        assert known[replaced]["replaced_by"] == own
    for amending in document.get("amended_by", []):
        assert own in known[amending]["amends"]
    for amended in document.get("amends", []):
        assert own in known[amended]["amended_by"]


@each_document
def test_a_document_has_its_kind_reach_rank_and_source(document: Entry) -> None:
    assert document["kind"] and document["source"]
    assert document["jurisdiction"] in {"toàn quốc", "Đảng", "tỉnh Lạng Sơn", "tỉnh Bắc Giang"}
    assert document["rank"] in range(1, 10)
    assert type(document["verified"]) is bool
    assert "file" in document or type(document["can_be_basis"]) is bool


# ------------------------------------------------------------------------- abbreviations


def test_an_abbreviation_has_one_entry() -> None:
    shorts = [
        short for entry in abbreviations() for short in (entry["short"], *entry.get("also", []))
    ]
    assert sorted(shorts) == sorted(set(shorts))


@each_abbreviation
def test_an_abbreviation_stands_where_it_is_said_to_stand(abbreviation: Entry) -> None:
    source = abbreviation["source"]
    if source.startswith("corpus:"):
        shorts = (abbreviation["short"], *abbreviation.get("also", []))
        line = tight(line_at(source.removeprefix("corpus:")))
        assert any(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", line) for short in shorts)
    else:
        assert source in {"thông lệ", "Nghị định 30/2020/NĐ-CP, Phụ lục III"}


@each_abbreviation
def test_its_full_form_stands_where_it_is_said_to_stand(abbreviation: Entry) -> None:
    for place in abbreviation.get("full_source", []):
        assert any(says(line_at(place), full) for full in abbreviation["full"]), place


@each_abbreviation
def test_an_ambiguous_abbreviation_has_several_readings(abbreviation: Entry) -> None:
    assert abbreviation["full"]
    assert not abbreviation.get("ambiguous") or len(abbreviation["full"]) > 1


# -------------------------------------------------------------------- for who edits them


@each_table
def test_every_key_is_explained_at_the_top_of_its_file(path: Path) -> None:
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    explained = set(re.findall(r"\b[a-z0-9_]+\b", "\n".join(comments)))
    used = {key for entry in entries(path) for key in entry}
    used |= {key for entry in entries(path) for proof in entry.get("evidence", []) for key in proof}
    assert used <= explained
