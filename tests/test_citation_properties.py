"""What holds of every text: spans slice to their words, nothing overlaps, nothing is raised."""

from __future__ import annotations

import unicodedata
from datetime import date

from builders import corpus_catalogue, regulation
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.citations import Citation, Said, find, resolve
from drafting.ledger import build

# Pieces that citations are made of, and what stands between them.
PIECES = [
    "Điều", "điều", "Khoản", "khoản", "điểm", "tiết", "mục", "Chương", "Phụ lục", "Mẫu số", "các",
    "này", "1", "2", "3", "a", "đ", "d", "IV", "1.7", "2.3", "15", "V.1", "01", "và", "đến", "của",
    "Quy chế", "Quyết định", "Nghị định", "Luật", "Luật Đầu tư", "Kế hoạch", "số", "19-QC/TU",
    "11/2016/QĐ-UBND", "30/2020/NĐ-CP", "06/KH-UBND", "72/2025/QH15", "ngày", "17/02/2016",
    "30/02/2020", "12 tháng 6 năm 2025", "năm 2015", "UBND tỉnh", "Chính phủ", "Bộ Ngoại giao",
    "về việc", "quy định", "kèm theo", "Căn cứ", "tại", "theo", "thời", "tài", "Thoả thuận", "uỷ",
    ",", ";", ".", ":", "(", ")", "/", "-", "–", "**", "#", "\t", "\n", "\n\n", "\u00a0", "\u200b",
    "\u0301", "\u0300", "５", "Ð", "…",
]  # fmt: skip
SPACES = ["", " ", "  ", "\u00a0", "\n", ", "]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), max_size=40).map(
    lambda parts: "".join(piece + space for piece, space in parts)
)
any_text = st.one_of(
    texts, st.text(max_size=200), st.tuples(texts, st.text(max_size=40)).map("".join)
)
HOME = regulation("Điều 1", "1.", "a)", "b)", "Điều 2", "1.", "2.")


def parts(citation: Citation) -> list[Said]:
    """Everything a citation says of its document that has a place."""
    cited = citation.document
    if cited is None:
        return []
    said = (cited.number, cited.name, cited.date, cited.issuer, cited.subject)
    return [part for part in said if part is not None]


@settings(deadline=None, max_examples=400)
@given(any_text)
def test_spans_slice_to_their_words_and_never_overlap(text: str) -> None:
    end = 0
    for citation in find(text):
        start, stop = citation.span
        assert end <= start < stop <= len(text)
        assert text[start:stop] == citation.text
        assert citation.text == citation.text.strip()
        for part in parts(citation):
            assert 0 <= part.span[0] < part.span[1] <= len(text)
        end = stop


@settings(deadline=None, max_examples=400)
@given(texts)
def test_composed_and_decomposed_text_give_the_same_citations(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    one, other = (
        [
            (unicodedata.normalize("NFC", found.text), found.provisions, found.basis)
            for found in find(form)
        ]
        for form in (composed, decomposed)
    )
    assert one == other


@settings(deadline=None, max_examples=200)
@given(texts, st.sampled_from(["", "art_1", "art_1__cl_1__point_a", "art_2__cl_2", "nonsense"]))
def test_resolving_never_raises_and_answers_every_provision(text: str, at: str) -> None:
    for citation in find(text):
        answers = resolve(citation, home=HOME, at=at, catalogue=corpus_catalogue())
        assert len(answers) == max(1, len(citation.provisions))


@settings(deadline=None, max_examples=200)
@given(any_text)
def test_a_ledger_can_be_made_of_any_text(text: str) -> None:
    made = build(text, catalogue=corpus_catalogue(), as_of=date(2026, 11, 23))
    assert made.checked <= made.total == len(made.entries)
    for entry in made.entries:
        assert text[entry.span[0] : entry.span[1]] == entry.text
        assert entry.note or entry.differs or entry.record is not None


@settings(deadline=None, max_examples=200)
@given(texts)
def test_bold_marks_make_no_difference(text: str) -> None:
    plain = text.replace("*", "").replace("#", "")
    bold = plain.replace("Điều", "**Điều").replace("khoản", "khoản**")
    assert [one.provisions for one in find(plain)] == [one.provisions for one in find(bold)]
