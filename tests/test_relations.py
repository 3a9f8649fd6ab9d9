"""What one document says it does to another is read from its words, and only what it says."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Literal

import pytest
from builders import MemoryCatalogue, catalogue, record
from offices import an_office

from drafting.library import Stored
from drafting.office import Office
from drafting.read.source import SourceText
from drafting.relations import EFFECTIVE, Relation, RelationKind, own_rule, read_relations
from drafting.relations.effect import rule_said
from drafting.relations.grammar import claims
from drafting.relations.skeleton import Skeleton
from drafting.structure import structure

OWN = record("9/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", day="30/6/2025", file="qd.txt")


def stored(body: str, kind: str = "QUYẾT ĐỊNH", of: object = None) -> Stored:
    """A decision of our own with this closing."""
    text = f"{kind}\n\nĐiều 1. Phạm vi\n\n{body}"
    return Stored(of or OWN, structure(SourceText(text, "qd.txt", "")))  # type: ignore[arg-type]


def read(
    body: str,
    known: MemoryCatalogue | None = None,
    kinds: frozenset[RelationKind] = EFFECTIVE,
) -> list[Relation]:
    return list(read_relations(stored(body), known or catalogue(), kinds).relations)


def said(body: str) -> list[str]:
    """The relations in one line each; “—” is the document itself."""
    shown = []
    for one in read(body):
        who = "—" if one.subject.record is OWN else one.subject.designation
        where = f" [{', '.join(one.where)}]" if one.where else ""
        shown.append(f"{who} {one.kind} {one.target.designation}{where}")
    return shown


# --- What is a relation ---

SAYS = {
    "Điều 4. Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025 và thay thế Quyết "
    "định số 20/2022/QĐ-UBND ngày 13 tháng 8 năm 2022 của Ủy ban nhân dân tỉnh.": [
        "— thay thế 20/2022/QĐ-UBND"
    ],
    "Quyết định này thay thế Quyết định số 1/2020/QĐ-UBND, Quyết định số 2/2020/QĐ-UBND và Quyết "
    "định số 3/2020/QĐ-UBND.": [
        "— thay thế 1/2020/QĐ-UBND",
        "— thay thế 2/2020/QĐ-UBND",
        "— thay thế 3/2020/QĐ-UBND",
    ],
    "Điều 3. Bãi bỏ khoản 2 Điều 5 Nghị định số 12/2020/NĐ-CP.": [
        "— bãi bỏ 12/2020/NĐ-CP [art_5__cl_2]"
    ],
    "Quyết định này có hiệu lực kể từ ngày ký; thay thế Quyết định số 5/2019/QĐ-UBND; bãi bỏ Điều "
    "6 Quyết định số 33/2017/QĐ-UBND.": [
        "— thay thế 5/2019/QĐ-UBND",
        "— bãi bỏ 33/2017/QĐ-UBND [art_6]",
    ],
    "Quyết định số 4/2018/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành.": [
        "— bãi bỏ 4/2018/QĐ-UBND"
    ],
    "Quyết định này có hiệu lực từ 01/01/2027 và thay thế Quyết định số 5/2020/QĐ-UBND; Quyết định "
    "số 4/2018/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.": [
        "— thay thế 5/2020/QĐ-UBND",
        "— bãi bỏ 4/2018/QĐ-UBND",
    ],
    "Kể từ ngày Quyết định này có hiệu lực, Quyết định số 4/2018/QĐ-UBND hết hiệu lực.": [
        "— bãi bỏ 4/2018/QĐ-UBND"
    ],
    "Quyết định này bãi bỏ các văn bản sau:\n\na) Quyết định số 1/2012/QĐ-UBND;\n\nb) Quyết định "
    "số 2/2012/QĐ-UBND và khoản 1 Điều 2 Quyết định số 3/2012/QĐ-UBND.\n\nĐiều 5. Thi hành": [
        "— bãi bỏ 1/2012/QĐ-UBND",
        "— bãi bỏ 2/2012/QĐ-UBND",
        "— bãi bỏ 3/2012/QĐ-UBND [art_2__cl_1]",
    ],
    "Các văn bản sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\n\n1. Quyết định số "
    "31/2012/QĐ-UBND;\n\n2. Chỉ thị số 7/2012/CT-UBND.": [
        "— bãi bỏ 31/2012/QĐ-UBND",
        "— bãi bỏ 7/2012/CT-UBND",
    ],
    "UBND tỉnh đã ban hành Quyết định số 11/2020/QĐ-UBND ngày 02/4/2020 về sửa đổi, bổ sung điểm a "
    "khoản 2 và điểm b khoản 3 Điều 3 Quyết định số 11/2016/QĐ-UBND.": [
        "11/2020/QĐ-UBND sửa đổi, bổ sung 11/2016/QĐ-UBND "
        "[art_3__cl_2__point_a, art_3__cl_3__point_b]"
    ],
    "Năm 2009, UBND tỉnh ban hành Quyết định số 2029/QĐ-UBND ngày 12/10/2009 về việc quy định chức "
    "năng, nhiệm vụ của Sở thay thế Quyết định số 400/QĐ-UBND ngày 17/4/2006.": [
        "2029/QĐ-UBND thay thế 400/QĐ-UBND"
    ],
    "Theo Nghị định số 132/2008/NĐ-CP (đã được sửa đổi, bổ sung bởi Nghị định số 74/2018/NĐ-CP, "
    "Nghị định số 13/2022/NĐ-CP).": [
        "74/2018/NĐ-CP sửa đổi, bổ sung 132/2008/NĐ-CP",
        "13/2022/NĐ-CP sửa đổi, bổ sung 132/2008/NĐ-CP",
    ],
    "Quyết định này thay thế Quy chế phối hợp ban hành kèm theo Quyết định số 8/2015/QĐ-UBND.": [
        "— thay thế 8/2015/QĐ-UBND"
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", SAYS)
def test_what_a_text_says_is_read(text: str) -> None:
    assert said(text) == SAYS[text]


# --- What is none ---

SAYS_NOTHING = [
    "Trường hợp Quyết định số 5/2020/QĐ-UBND bị thay thế thì thực hiện theo văn bản thay thế.",
    "Nếu Quyết định số 5/2020/QĐ-UBND được thay thế bởi Quyết định số 6/2020/QĐ-UBND thì áp dụng.",
    "Khi Quyết định số 5/2020/QĐ-UBND hết hiệu lực thì áp dụng văn bản mới.",
    "Quyết định này không thay thế Quyết định số 7/2020/QĐ-UBND.",
    "Quyết định này chưa bãi bỏ Quyết định số 7/2020/QĐ-UBND.",
    "Quyết định này sẽ thay thế Quyết định số 7/2020/QĐ-UBND.",
    "Sở đề nghị ban hành Quyết định thay thế Quyết định số 8/2020/QĐ-UBND.",
    "Giao Sở trình Ủy ban nhân dân tỉnh bãi bỏ Quyết định số 8/2020/QĐ-UBND trong năm 2026.",
    "Sửa đổi Điều 5 như sau: “Điều 5. Quyết định này thay thế Quyết định số 9/2020/QĐ-UBND.”",
    "“Điều 9. Hiệu lực\n\n1. Bãi bỏ Quyết định số 9/2020/QĐ-UBND.\n\n2. Thay thế Nghị định số "
    "3/2020/NĐ-CP.”",
    "Người thay thế thực hiện theo Quyết định số 10/2020/QĐ-UBND.",
    "Thay thế người đại diện theo quy định tại Điều 5 Nghị định số 11/2020/NĐ-CP.",
    "Bổ sung kinh phí theo Quyết định số 10/2020/QĐ-UBND.",
    "Việc sửa đổi, bổ sung Quyết định này do Ủy ban nhân dân tỉnh xem xét.",
    "Mã nhiệm vụ chi ban hành kèm theo Quyết định số 63/2008/QĐ-BTC hết hiệu lực từ năm 2017.",
    "Hồ sơ nộp trước ngày Quyết định số 10/2020/QĐ-UBND hết hiệu lực được giải quyết tiếp.",
]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_a_condition_a_wish_a_quotation_is_no_relation(text: str) -> None:
    assert said(text) == []


def test_what_a_trích_yếu_mentions_is_not_replaced_with_it() -> None:
    text = (
        "Thông tư này thay thế Thông tư số 05/2012/TT-BTC hướng dẫn thi hành Nghị định số "
        "26/2009/NĐ-CP và Nghị định số 113/2011/NĐ-CP; Thông tư số 6/2013/TT-BTC."
    )
    assert said(text) == ["— thay thế 05/2012/TT-BTC", "— thay thế 6/2013/TT-BTC"]


def test_what_an_amending_document_lists_in_its_trích_yếu_is_not_repealed_with_it() -> None:
    text = (
        "Bãi bỏ Điều 6 Thông tư số 15/2022/TT-BCA sửa đổi, bổ sung một số điều của Thông tư số "
        "43/2017/TT-BCA quy định về sát hạch; Thông tư số 58/2020/TT-BCA quy định về đăng ký xe."
    )
    assert "— bãi bỏ 15/2022/TT-BCA [art_6]" in said(text)
    assert not any("58/2020" in one for one in said(text))


def test_an_older_document_changes_no_newer_one() -> None:
    text = "Thông tư số 28/2016/TT-BGTVT sửa đổi, bổ sung Thông tư số 38/2018/TT-BGTVT."
    assert said(text) == []


def test_a_plan_that_lists_what_to_amend_amends_nothing() -> None:
    plan = record("5/KH-UBND", day="01/02/2026", file="qd.txt")
    task = stored("1. Sửa đổi, bổ sung Quyết định số 5/2020/QĐ-UBND.", "KẾ HOẠCH", plan)
    assert read_relations(task, catalogue()).relations == ()


# --- Days, exceptions, evidence ---


def test_the_day_of_a_change_is_the_day_of_effect_the_text_says() -> None:
    (one,) = read(
        "Quyết định này có hiệu lực từ ngày 15/7/2025 và thay thế Quyết định số 5/2020/QĐ-UBND."
    )
    assert (one.since, one.day_sure) == (date(2025, 7, 15), True)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("kể từ ngày ký", date(2025, 6, 30)),
        ("sau 10 ngày kể từ ngày ký", date(2025, 7, 10)),
        ("từ ngày 01 tháng 7 năm 2025", date(2025, 7, 1)),
        ("kể từ ngày 30/02/2026", None),
    ],
)
def test_effect_is_a_day_or_counted_from_the_signing(words: str, day: date | None) -> None:
    document = stored(f"Điều 4. Quyết định này có hiệu lực thi hành {words}.")
    assert read_relations(document, catalogue()).since == day


def test_a_document_that_only_another_speaks_of_has_its_day_of_signing_and_that_is_said() -> None:
    known = catalogue(record("6/2021/QĐ-UBND", day="05/6/2021"), record("5/2020/QĐ-UBND"))
    (one,) = read("Quyết định số 6/2021/QĐ-UBND thay thế Quyết định số 5/2020/QĐ-UBND.", known)
    assert (one.since, one.day_sure, one.ground.own) == (date(2021, 6, 5), False, False)


def test_an_exception_that_names_the_other_document_leaves_part_of_it() -> None:
    (one,) = read(
        "Quyết định này thay thế Quyết định số 5/2020/QĐ-UBND, trừ khoản 3 Điều 7 Quyết định số "
        "5/2020/QĐ-UBND có hiệu lực đến hết năm 2026."
    )
    assert one.keeps and not one.whole and one.except_for.startswith("trừ khoản 3 Điều 7")


def test_an_exception_within_this_document_ends_the_other_whole() -> None:
    (one,) = read(
        "Quyết định số 5/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực, trừ "
        "trường hợp quy định tại Điều 9 Quyết định này."
    )
    assert one.whole and one.except_for == "trừ trường hợp quy định tại Điều 9 Quyết định này"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_evidence_is_a_span_of_the_text(form: Literal["NFC", "NFD"]) -> None:
    body = unicodedata.normalize(
        form, "Điều 4. Quyết định này **thay thế** Quyết định số\u00a05/2020/QĐ-UBND."
    )
    document = stored(body)
    (one,) = read_relations(document, catalogue()).relations
    source = document.document.source
    assert source.display(one.ground.spans) == one.ground.quote
    assert one.ground.quote == "Quyết định này thay thế Quyết định số 5/2020/QĐ-UBND"
    assert (one.ground.line, one.ground.eid) == (5, "art_4")


def test_a_document_in_a_list_has_the_words_that_announce_the_list_as_evidence() -> None:
    found = read("Quyết định này bãi bỏ các văn bản sau:\n\na) Quyết định số 1/2012/QĐ-UBND;")
    assert [one.ground.quote for one in found] == [
        "Quyết định này bãi bỏ các văn bản sau: Quyết định số 1/2012/QĐ-UBND"
    ]


@pytest.mark.parametrize(
    "text", ["", "“", "thay thế", "bãi bỏ :", "” trừ “", "\ue000 thay thế \ue001"]
)
def test_any_text_is_read(text: str) -> None:
    assert read(text, kinds=frozenset(RelationKind)) == []


# --- The five documents ---


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def test_the_relations_of_the_corpus(office: Office, golden: object) -> None:
    lines = []
    for one in office.library.stored:
        lines += [
            f"{relation.subject.designation} | {relation.kind} | {relation.target.designation}"
            f" | {relation.ground.said()}"
            for relation in read_relations(one, office.library, frozenset(RelationKind)).relations
        ]
    golden("relations.txt", "\n".join(lines) + "\n")  # type: ignore[operator]


def test_the_rule_about_replaced_references_is_found_in_the_text(office: Office) -> None:
    rules = {one.record.designation: own_rule(one.document) for one in office.library.stored}
    found = rules.pop("19-QC/TU")
    assert found is not None and found.eid == "art_20__cl_4"
    assert rule_said(found).endswith("thì thực hiện theo văn bản thay thế hoặc văn bản sửa đổi, "
                                     "bổ sung.")  # fmt: skip
    assert not any(rules.values())


def test_an_invented_rule_about_references_is_found_too() -> None:
    body = (
        "Điều 8. Điều khoản thi hành\n\n1. Sở Nội vụ hướng dẫn.\n\n2. Khi các văn bản quy phạm "
        "pháp luật được viện dẫn tại Quyết định này sửa đổi, bổ sung hoặc thay thế thì áp dụng "
        "theo các văn bản mới. Cơ quan báo cáo khi vướng mắc."
    )
    found = own_rule(stored(body).document)
    assert found is not None and found.eid == "art_8__cl_2"
    assert rule_said(found).startswith("Khi các văn bản") and rule_said(found).endswith("mới.")
    assert own_rule(stored("Điều 8. Quyết định này thay thế văn bản dẫn chiếu.").document) is None


# --- A part is no end ---

PARTS = [
    "một số điều của", "một số nội dung tại", "một phần", "các quy định tại", "nội dung thứ 2 của",
    "các điều, khoản của", "một số biểu mẫu của", "Danh mục ban hành kèm theo",
    "Danh mục lĩnh vực ưu tiên ban hành kèm theo", "Phụ lục II kèm theo", "Mẫu số 01 của",
    "toàn bộ Phụ lục ban hành kèm theo", "quy định tại",
]  # fmt: skip
WHOLES = ["", "toàn bộ", "toàn bộ nội dung", "toàn bộ các quy định tại", "các", "Quy chế phối hợp "
          "ban hành kèm theo"]  # fmt: skip
SHAPES = [
    "Bãi bỏ {} Quyết định số 5/2020/QĐ-UBND.",
    "Quyết định này thay thế {} Quyết định số 5/2020/QĐ-UBND.",
    "Quyết định này bãi bỏ {} Quyết định số 5/2020/QĐ-UBND và sửa đổi Nghị định số 3/2019/NĐ-CP.",
    "{} Quyết định số 5/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
    "{} Quyết định số 5/2020/QĐ-UBND được thay thế bởi Quyết định số 6/2021/QĐ-UBND.",
    "Quyết định này bãi bỏ các văn bản sau:\n\na) {} Quyết định số 5/2020/QĐ-UBND;",
]


def whole(text: str) -> list[bool]:
    return [one.whole for one in read(text) if one.target.key == "5/2020/QĐ-UBND"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("words", PARTS)
def test_words_that_mean_a_part_end_no_whole_document(words: str, shape: str) -> None:
    assert whole(shape.format(words)) == [False]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("words", WHOLES)
def test_words_that_mean_all_of_it_end_it(words: str, shape: str) -> None:
    assert whole(shape.format(words)) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Thay thế cụm từ “Sở Ngoại vụ” bằng cụm từ “Sở A” tại {}.",
        "Thay thế cụm từ “Sở Ngoại vụ” tại các điều, khoản của {}.",
        "Bãi bỏ các cụm từ “cấp huyện”, “Phòng Lãnh sự” trong {}.",
        "Bãi bỏ một số điều của các Quyết định sau:\n\na) {};",
        "Bãi bỏ Quyết định số 4/2020/QĐ-UBND và một phần {}.",
        "{} hết hiệu lực một phần kể từ ngày Quyết định này có hiệu lực.",
        "{} được bãi bỏ một phần bởi Quyết định số 6/2021/QĐ-UBND.",
        "{} được bãi bỏ một số điều, khoản bởi Quyết định số 6/2021/QĐ-UBND.",
        "Danh mục ban hành kèm theo {} được thay thế bằng Danh mục ban hành kèm theo Quyết định số "
        "6/2021/QĐ-UBND.",
    ],
)
def test_other_ways_to_say_a_part(text: str) -> None:
    assert whole(text.format("Quyết định số 5/2020/QĐ-UBND")) == [False]


def test_one_long_sentence_is_read_in_a_moment() -> None:
    text = "Quyết định này thay thế và bãi bỏ nội dung, hết hiệu lực, " * 1000
    skeleton = Skeleton(text)
    begun = time.perf_counter()
    assert list(claims(skeleton, normative=True)) == []
    assert time.perf_counter() - begun < 2
