"""What holds of every text: spans slice to their words, nothing overlaps, nothing is raised."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from builders import corpus_catalogue, regulation
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.citations import Citation, Said, find, resolve
from drafting.ledger import Verdict, build

# Pieces that citations are made of, and what stands between them.
PIECES = [
    "Điều", "điều", "Khoản", "khoản", "điểm", "tiết", "mục", "Chương", "Phụ lục", "Mẫu số", "các",
    "này", "1", "2", "3", "a", "đ", "d", "IV", "1.7", "2.3", "15", "V.1", "01", "và", "đến", "của",
    "Quy chế", "Quyết định", "Nghị định", "Luật", "Luật Đầu tư", "Kế hoạch", "số", "19-QC/TU",
    "11/2016/QĐ-UBND", "30/2020/NĐ-CP", "06/KH-UBND", "72/2025/QH15", "ngày", "17/02/2016",
    "30/02/2020", "12 tháng 6 năm 2025", "năm 2015", "UBND tỉnh", "Chính phủ", "Bộ Ngoại giao",
    "về việc", "quy định", "kèm theo", "Căn cứ", "tại", "theo", "thời", "tài", "Thoả thuận", "uỷ",
    ",", ";", ".", ":", "(", ")", "/", "-", "–", "**", "#", "\t", "\n", "\n\n", "\u00a0", "\u200b",
    "\u0301", "\u0300", "５", "Ð", "…", "19/QC.TU", "5O/2025/QĐ-UBND", "150/2025", "50 năm 2025",
    "Quyet dinh", "so", "khoan", "Dieu", "đoạn thứ hai", "ban hành", "tỉnh Bắc Giang", "30/6",
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


# Ways to write a day and an agency, and the places of a citation where either may stand.
DAYS = [
    "ngày {d}/{m}/{y}", "ngày {d:02d}/{m}/{y}", "ngày {d}/{m}/{s:02d}", "ngày {d}.{m}.{y}",
    "ngày {d} tháng {m} năm {y}", "ngày {d:02d} tháng {m:02d}, năm {y}", "ký ngày {d}-{m}-{y}",
    "ban hành ngày {d}/{m}/{y}", "ngày {d} tháng {m}", "ngày {d}/{m}", "ngày {y}-{m:02d}-{d:02d}",
    "ngay {d}/{m}/{y}", "NGÀY {d} THÁNG {m} NĂM {y}", "ngày  {d} tháng\u00a0{m} năm {y}",
]  # fmt: skip
MAKERS = [
    "của UBND tỉnh {p}", "của Ủy ban nhân dân tỉnh {p}", "do UBND tỉnh {p} ban hành",
    "của tỉnh {p}", "của UBND {p}", "(UBND tỉnh {p})", "cua UBND tinh {p}", "CỦA UBND TỈNH {P}",
]  # fmt: skip
PLACES = [
    "Quyết định số 50/2025/QĐ-UBND {0}", "Quyết định {0} số 50/2025/QĐ-UBND",
    "Quyết định số 50/2025/QĐ-UBND, {0}", "Căn cứ Quyết định số 50/2025/QĐ-UBND ({0});",
    "theo quyết định số: 50/2025/QĐ-UBND {0}, Sở đã trình", "50/2025/QĐ-UBND {0}",
    "khoản 1 Điều 2 Quyết định số 50/2025/QĐ-UBND {0}", "Quyết định số 50/2025/QĐ-UBND - {0}",
    "Quyết định ({0}) số 50/2025/QĐ-UBND",
]  # fmt: skip
TRUE_DAY = date(2025, 6, 30)
PROVED = {Verdict.VERBATIM, Verdict.LISTED}


def verdicts(text: str) -> set[Verdict]:
    return {
        one.verdict for one in build(text, catalogue=corpus_catalogue(), as_of=TRUE_DAY).entries
    }


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PLACES), st.sampled_from(DAYS), st.integers(-400, 400).filter(bool))
def test_a_wrong_day_is_never_called_right(place: str, shape: str, off: int) -> None:
    day = TRUE_DAY + timedelta(days=off)
    given_year = "{y}" in shape or "{s" in shape
    if not given_year and (day.day, day.month) == (TRUE_DAY.day, TRUE_DAY.month):
        return
    words = shape.format(d=day.day, m=day.month, y=day.year, s=day.year % 100)
    found = verdicts(place.format(words))
    assert found, "the citation was not seen at all"
    assert not found & PROVED


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(PLACES),
    st.sampled_from(MAKERS),
    st.sampled_from(["Bắc Giang", "Bắc Ninh", "Cao Bằng", "Bac Giang", "Thái Nguyên", "bắc giang"]),
)
def test_another_provinces_agency_is_never_called_right(place: str, maker: str, name: str) -> None:
    found = verdicts(place.format(maker.format(p=name, P=name.upper())))
    assert found, "the citation was not seen at all"
    assert not found & PROVED
