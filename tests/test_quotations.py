"""Quoted law is its source's words, or the first difference is shown; never green unread."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from builders import corpus_catalogue, corpus_record

from drafting.ledger import Entry, Ledger, Verdict, build
from drafting.structure import Document

QC, QD = "Quy chế số 19-QC/TU", "Quyết định số 50/2025/QĐ-UBND"
K24 = "Quản lý đơn vị sự nghiệp công lập thuộc Sở theo quy định pháp luật"


def ledger(text: str) -> Ledger:
    """The ledger of a text over the corpus, its documents open for uncited quotations."""
    known = corpus_catalogue()

    def texts() -> list[tuple[object, Document]]:
        return [(one, made) for one in known.known if (made := known.document(one))]

    return build(text, catalogue=known, as_of=date(2026, 11, 23), texts=texts)  # type: ignore[arg-type]


def entry(text: str) -> Entry:
    """Its one entry."""
    (found,) = ledger(text).entries
    return found


SAME = {
    f"Khoản 24 Điều 2 {QD} quy định: “{K24}”.": 1,
    f"Khoản 24 Điều 2 {QD} nêu rõ: '{K24}'.": 1,
    f'Khoản 24 Điều 2 {QD} quy định "{K24}".': 1,
    f"“{K24}” (khoản 24 Điều 2 {QD}).": 1,
    f"“{K24}” theo quy định tại khoản 24 Điều 2 {QD}.": 1,
    f"khoản 24 Điều 2 {QD} quy định: “Quản lý đơn vị … theo quy định pháp luật”.": 1,
    f"khoản 24 Điều 2 {QD} quy định: “Quản lý đơn vị [...] theo quy định pháp luật”.": 1,
    f"khoản 24 Điều 2 {QD} quy định: “quản lý đơn vị”, “công lập thuộc Sở”.": 2,
    f"Khoản 24 Điều 2 {QD} quy định: {K24}.": 1,
    f"Khoản 24 Điều 2 {QD} quy định: “{K24.replace('thuộc ', 'thuộc  **')}**”.": 1,
    f"{QD} quy định: “{K24}”.": 1,
    f"Khoản 24 Điều 2 {QD} quy định: “{unicodedata.normalize('NFD', K24)}”.": 1,
}


@pytest.mark.parametrize("text", SAME)
def test_words_that_stand_in_the_provision_are_said_to(text: str) -> None:
    found = entry(text)
    assert found.verdict is Verdict.VERBATIM
    assert [one.is_same for one in found.quotations] == [True] * SAME[text]


DIFFERS = {
    f"Khoản 24 Điều 2 {QD} quy định: “{K24.replace('công lập', 'ngoài công lập')}”.":
        ("vị sự nghiệp ngoài công lập thuộc", "vị sự nghiệp công lập thuộc"),
    f"Khoản 24 Điều 2 {QD} quy định: “{K24.replace('Quản lý', 'Quản lý các')}”.":
        ("Quản lý các đơn vị sự", "24 Quản lý đơn vị sự"),
    f"Khoản 24 Điều 2 {QD} quy định: “{K24.replace('thuộc Sở ', '')}”.":
        ("nghiệp công lập theo quy định", "nghiệp công lập thuộc Sở theo quy định"),
    f"Khoản 23 Điều 2 {QD} quy định: “{K24}”.":
        ("Quản lý đơn vị sự nghiệp công lập",
         "khoản 23 Điều 2 không có lời này; có ở khoản 24 Điều 2"),
    f"Khoản 24 Điều 2 {QD} quy định: “theo quy định pháp luật … Quản lý đơn vị sự nghiệp”.":
        None,
    f"Khoản 24 Điều 2 {QD} nêu: “Sở được tự chủ hoàn toàn về tài chính”.": None,
}  # fmt: skip


@pytest.mark.parametrize("text", DIFFERS)
def test_words_that_differ_are_lệch_and_the_first_difference_is_shown(text: str) -> None:
    found = entry(text)
    assert found.verdict is Verdict.DIFFERS
    (difference,) = [one for one in found.differs if one.what == "lời trích"]
    if told := DIFFERS[text]:
        here, there = told
        assert difference.here.startswith(here) and difference.there.startswith(there)


NOT_COMPARED = [
    "Nghị định số 30/2020/NĐ-CP quy định: “Văn bản hành chính gồm các loại sau đây”.",
    "khoản 1 Điều 24 Nghị định số 30/2020/NĐ-CP nêu rõ: văn bản đến phải được đăng ký kịp thời.",
    f"Khoản 24 Điều 2 {QD} quy định: Sở được tự chủ hoàn toàn về tài chính.",
    f"“Sở được tự chủ hoàn toàn về tài chính” theo khoản 24 Điều 2 {QD}.",
]


@pytest.mark.parametrize("text", NOT_COMPARED)
def test_words_nobody_could_compare_are_never_green(text: str) -> None:
    found = entry(text)
    assert found.verdict is Verdict.UNDETERMINED
    assert "chưa so được" in found.note


NO_QUOTATION = [
    "Nghị quyết số 22-NQ/TW ngày 10/4/2013 “Về hội nhập quốc tế”",
    f"{QC} là “kim chỉ nam của mọi hoạt động đối ngoại”",
    f"{QD} về Đề án “Phát triển đối ngoại”",
    f"Thực hiện {QD}, Sở tổ chức Hội thảo “Vì biên giới hòa bình, hữu nghị, hợp tác và phát triển”",
    f"theo khoản 24 Điều 2 {QD}. Sở nêu khẩu hiệu “Kỷ cương, trách nhiệm, hiệu quả”.",
]


@pytest.mark.parametrize("text", NO_QUOTATION)
def test_quotation_marks_of_a_name_quote_no_law(text: str) -> None:
    assert not entry(text).quotations


def test_of_several_provisions_the_one_that_holds_the_words_is_meant() -> None:
    made = ledger(f"khoản 23 và khoản 24 Điều 2 {QD} quy định: “{K24}”.").entries
    assert [one.verdict for one in made] == [Verdict.VERBATIM] * 2
    assert [len(one.quotations) for one in made] == [0, 1]


def test_law_quoted_without_being_cited_is_worth_a_note() -> None:
    (same,) = ledger(f"Sở luôn ghi nhớ “{K24}”.").notes
    assert same.endswith(f"là lời của khoản 24 Điều 2 {QD}, chưa ghi viện dẫn")
    (near,) = ledger(f"Sở luôn ghi nhớ “{K24.replace('định pháp', 'định của pháp')}”.").notes
    assert "gần như lời của khoản 24 Điều 2" in near and "quy định của pháp luật" in near
    assert ledger("Sở luôn ghi nhớ “Một hai ba bốn năm sáu bảy tám chín mười”.").notes == ()


def test_every_provision_quoted_whole_is_its_own_words() -> None:
    home = corpus_record("19-qc-tu-2024.txt")
    document = corpus_catalogue().document(home)
    assert document is not None
    for provision in document.provisions[::7]:
        if not provision.eid.startswith("art_") or "“" in document.full_text(provision.eid):
            continue
        words = document.full_text(provision.eid).replace("\n", " ")
        place = " ".join(
            f"{ {'art': 'Điều', 'cl': 'khoản', 'point': 'điểm', 'item': 'tiết'}[kind] } {number}"
            for kind, _, number in (step.partition("_") for step in provision.eid.split("__")[::-1])
        )
        made = ledger(f"{place} {QC} quy định: “{words}”.").entries[0]
        assert [one.is_same for one in made.quotations] == [True], provision.eid


LIMITS = {
    f"Theo khoản 5 Điều 14 {QC}, gửi trước ngày đón tiếp ít nhất 03 ngày làm việc.": "05",
    f"Theo khoản 5 Điều 14 {QC}, gửi trước ít nhất 50\u00a0ngày  làm việc.": "05",
    f"Điểm e khoản 9 Điều 2 {QD} giao Sở định kỳ 3 tháng báo cáo di cư.": "06",
    f"Báo cáo trong thời hạn 10 ngày làm việc theo điểm 1.2 khoản 1 Điều 19 {QC}.": "07",
}


@pytest.mark.parametrize("text", LIMITS)
def test_a_limit_the_provision_does_not_set_is_named(text: str) -> None:
    found = entry(text)
    assert found.verdict is Verdict.DIFFERS
    assert [(one.what, one.there[:2]) for one in found.differs] == [("thời hạn", LIMITS[text])]


@pytest.mark.parametrize(
    "text",
    [
        f"Theo khoản 5 Điều 14 {QC}, gửi trước ngày đón tiếp ít nhất 5 ngày làm việc.",
        f"Đoàn đi 03 ngày theo khoản 5 Điều 14 {QC}.",
        f"Theo khoản 5 Điều 14 {QC}. Sở báo cáo trong thời hạn 03 ngày làm việc.",
        f"Gửi ít nhất 15 ngày làm việc theo khoản 6 Điều 14 {QC}, ít nhất 5 ngày làm việc "
        f"theo khoản 5 Điều 14 {QC}.",
        f"Theo khoản 24 Điều 2 {QD}, báo cáo trong thời hạn 03 ngày làm việc.",
    ],
)
def test_other_numbers_and_other_sentences_are_no_limits_of_the_provision(text: str) -> None:
    assert all(one.verdict is Verdict.VERBATIM for one in ledger(text).entries)


def test_a_law_that_sets_another_limit_beside_a_reference_to_itself_is_left_alone() -> None:
    known, home = corpus_catalogue(), corpus_record("19-qc-tu-2024.txt")
    document = known.document(home)
    assert document is not None
    found = build(document.source.text, catalogue=known, as_of=date(2025, 3, 1), home=home)
    assert not [one.text for one in found.entries if "thời hạn" in {d.what for d in one.differs}]


def test_words_quoted_in_the_sentence_of_a_provision_are_compared_where_they_are_like_it() -> None:
    law = "văn bản đề nghị cho phép người nước ngoài vào làm việc tới Sở Ngoại vụ"
    start = f"Theo khoản 5 Điều 14 {QC}, cơ quan phải gửi"
    assert entry(f"{start} “{law}”.").quotations[0].is_same
    assert entry(f"{start} “{law.replace('làm việc', 'công tác')}”.").verdict is Verdict.DIFFERS
    title = f"Theo khoản 5 Điều 14 {QC}, Sở tổ chức Hội nghị “Xúc tiến đầu tư vào tỉnh năm 2026”."
    assert entry(title).verdict is Verdict.VERBATIM and not entry(title).quotations


def test_a_wrong_date_is_told_once_and_not_of_every_later_mention() -> None:
    text = f"Căn cứ {QD} ngày 01/7/2025;\ntheo khoản 24 Điều 2 {QD}."
    assert [one.verdict for one in ledger(text).entries] == [Verdict.DIFFERS, Verdict.VERBATIM]


P = f"khoản 24 Điều 2 {QD}"
CHANGED = K24.replace("công lập", "ngoài công lập")
SPELLED = f"{P} quy định: “{K24.replace('lý', 'lí')}”."


def test_i_and_y_spell_one_word() -> None:
    assert entry(SPELLED).verdict is Verdict.VERBATIM


QUOTED_SO = [
    "{P} quy định: “{W}”.",
    "{P} (“{W}”).",
    "“{W}”, {P}.",
    "“{W}” – {P}.",
    "“{W}”. (Trích {P})",
    "{P} quy định: „{W}”.",
    "{P} quy định: ”{W}”.",
    "{P} quy định: “{W}.",
    "{P} quy định: {W}”.",
    '{P} quy định: "{W}.',
    "{P} quy định: “Quản lý đơn vị sự nghiệp”. Đồng thời “{W}”.",
    "{P} quy định:\n{W}",
    "{P} quy định:\n- {W}",
    "{P}: {W}",
    "Trích {P}: {W}",
    "Nguyên văn {P}: {W}",
    "{P} nguyên văn như sau: {W}",
    "{P} có nội dung: {W}",
    "{P}, theo đó {W}",
    "{P} ({W})",
]
_QUOTED_ALIKE = [
    ("Quản lý đơn vị", "Quản lý “đơn vị"), ("sự nghiệp", "sự nghiệp”"),
]  # fmt: skip


@pytest.mark.parametrize("way", QUOTED_SO)
def test_however_the_words_are_said_to_be_the_provisions_a_changed_word_is_no_match(
    way: str,
) -> None:
    assert entry(way.format(P=P, W=K24)).verdict is Verdict.VERBATIM
    changed = entry(way.format(P=P, W=CHANGED))
    assert changed.verdict in {Verdict.DIFFERS, Verdict.UNDETERMINED}
    assert any("ngoài công lập" in one.here for one in changed.quotations)


def test_of_nested_marks_the_outer_words_are_compared() -> None:
    for words, verdict in ((K24, Verdict.VERBATIM), (CHANGED, Verdict.DIFFERS)):
        nested = words
        for plain, quoted in _QUOTED_ALIKE:
            nested = nested.replace(plain, quoted)
        assert entry(f"{P} quy định: “{nested}”.").verdict is verdict


@pytest.mark.parametrize("marks", ['"{}"', "‘{}’", "“{}”", "'{}'"])
def test_quoted_words_may_break_the_line_and_be_long(marks: str) -> None:
    broken = CHANGED.replace("ngoài ", "ngoài\n")
    assert entry(f"{P} quy định: {marks.format(broken)}.").verdict is Verdict.DIFFERS
    long = " ".join([K24] * 60)
    assert entry(f"{P} quy định: {marks.format(long)}.").verdict is not Verdict.VERBATIM


@pytest.mark.parametrize("words", ["… … không …", "Quản lý … không … thuộc Sở", "…"])
def test_an_ellipsis_lets_no_contrary_through(words: str) -> None:
    assert entry(f"{P} quy định: “{words}”.").verdict is not Verdict.VERBATIM or words == "…"


def test_a_provision_told_in_the_texts_own_words_is_no_slip() -> None:
    told = f"{P}, theo đó Sở Ngoại vụ có nhiệm vụ quản lý đơn vị sự nghiệp công lập của tỉnh."
    assert entry(told).verdict is Verdict.VERBATIM and not entry(told).quotations
    contrary = f"{P}, theo đó Sở không quản lý đơn vị sự nghiệp công lập thuộc Sở theo quy định."
    assert entry(contrary).verdict is not Verdict.VERBATIM
