"""The five documents parse to exactly their tree, however the file is written."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Golden
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.read import read
from drafting.read.source import SourceText, decode
from drafting.structure import LEVELS, Document, Kind, structure

FILES = [
    "103-bc-sngv-2020.txt",
    "19-qc-tu-2024.txt",
    "50-2025-qd-ubnd.txt",
    "ke-hoach-hoi-nghi-2024.txt",
    "quy-che-phoi-hop-sngv-bdbp-2020.txt",
]


def parse(text: str) -> Document:
    return structure(SourceText(text, "van-ban.txt", ""))


def eids(text: str) -> list[str]:
    return [provision.eid for provision in parse(text).provisions]


def tree(document: Document) -> list[tuple[str, str]]:
    return [(p.eid, unicodedata.normalize("NFC", p.heading)) for p in document.provisions]


@pytest.mark.parametrize("name", FILES)
def test_a_document_has_exactly_its_tree(name: str, repo: Path, golden: Golden) -> None:
    document = structure(read(repo / "corpus" / name))
    lines = [f"{name}: {document.kind} | {document.subject}", str(document.counts())]
    for p in document.provisions:
        indent = "  " * len(document.parents(p.eid))
        lines.append(f"{indent}{p.eid} @{p.line} {(p.heading or p.text)[:60]}")
    lines += [finding.line() for finding in document.findings]
    golden(f"outline-{name}", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("19-qc-tu-2024.txt", (4, 21, 66, 71, 7)),
        ("50-2025-qd-ubnd.txt", (0, 5, 30, 66, 0)),
        ("quy-che-phoi-hop-sngv-bdbp-2020.txt", (3, 9, 23, 5, 0)),
    ],
)
def test_counts_are_those_a_person_counted(name: str, counts: tuple[int, ...], repo: Path) -> None:
    found = structure(read(repo / "corpus" / name)).counts()
    names = ("chapter", "article", "clause", "point", "item")
    assert tuple(found[level] for level in names) == counts


# --- The same tree however the file is written ---

VARIANTS: dict[str, Callable[[str], bytes]] = {
    "NFD": lambda s: unicodedata.normalize("NFD", s).encode(),
    "CRLF": lambda s: s.replace("\n", "\r\n").encode(),
    "CR": lambda s: s.replace("\n", "\r").encode(),
    "BOM": lambda s: b"\xef\xbb\xbf" + s.encode(),
    "UTF-16": lambda s: s.encode("utf-16"),
    "NBSP": lambda s: s.replace(" ", "\u00a0").encode(),
    "Điều 1:": lambda s: re.sub(r"(?m)^([#* ]*Điều \d+)\.", r"\1:", s).encode(),
    "ĐIỀU 1.": lambda s: re.sub(r"(?m)^([#* ]*)Điều (\d+)\.", r"\1ĐIỀU \2.", s).encode(),
    "no markdown": lambda s: without_markdown(s).encode(),
    "1.Trình": lambda s: re.sub(r"(?m)^([#* ]*\d+)\. ", r"\1.", s).encode(),
    "tab after the number": lambda s: re.sub(r"(?m)^(\d+\.) ", r"\1\t", s).encode(),
    "more empty lines": lambda s: s.replace("\n", "\n\n").encode(),
    "no empty lines": lambda s: re.sub("\n+", "\n", s).encode(),
}


def without_markdown(text: str) -> str:
    text = text.replace("\\*", "@@").replace("*", "")
    return re.sub(r"(?m)^#+ ", "", text).replace("@@", "* ")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", FILES)
def test_the_tree_does_not_depend_on_how_the_file_is_written(
    name: str, variant: str, repo: Path
) -> None:
    path = repo / "corpus" / name
    text = path.read_text("utf-8")
    rewritten = structure(decode(VARIANTS[variant](text), name))
    assert tree(rewritten) == tree(structure(read(path)))


@pytest.mark.parametrize("name", FILES)
def test_lines_of_fixed_width_give_the_same_numbered_units(name: str, repo: Path) -> None:
    text = (repo / "corpus" / name).read_text("utf-8")
    wrapped = "\n".join(
        line if "\t" in line else textwrap.fill(line, 90, break_on_hyphens=False)
        for line in text.split("\n")
    )
    numbered = [p.eid for p in parse(wrapped).provisions if p.kind in LEVELS]
    own = [p.eid for p in parse(text).provisions if p.kind in LEVELS]
    # A point glued to its neighbour is only told apart inside one line.
    assert numbered == [eid for eid in own if eid != "art_2__cl_15__point_d"]


# --- What is and is not a heading ---


@pytest.mark.parametrize(
    "line",
    [
        "Điều kiện làm việc, cơ sở vật chất đã xuống cấp.",
        "Điều 2.3, Khoản 2, Điều 9 Quy chế này thì thực hiện như sau.",
        "Điều 4 Quy chế này quy định việc phối hợp.",
        "Điều ước quốc tế mà Việt Nam là thành viên.",
        "Điều lệ Đảng Cộng sản Việt Nam.",
        "Chương trình hoạt động phải nêu rõ thời gian.",
        "Mục tiêu của chuyến đi là trao đổi.",
        "Phần lớn các đoàn đều đúng hạn.",
        "khoản 2 Điều 9 quy định như sau.",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_none(line: str) -> None:
    text = f"Điều 1. Phạm vi\n\n1. Câu thứ nhất.\n\n{line}\n\n2. Câu thứ hai."
    assert eids(text) == ["art_1", "art_1__cl_1", "art_1__cl_2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 1: Phạm vi\n1. Một.\n2. Hai.", ["art_1", "art_1__cl_1", "art_1__cl_2"]),
        ("ĐIỀU 1.\nPhạm vi điều chỉnh\nQuy chế này…", ["art_1"]),
        ("Điều 1. A\na) Một;\nđ) Hai.", ["art_1", "art_1__point_a", "art_1__point_đ"]),
        ("Chương I\nQUY ĐỊNH CHUNG\nMục 1\nTÊN MỤC\nĐiều 1. A", ["chp_I", "chp_I__sec_1", "art_1"]),
        ("I. MỤC ĐÍCH\n1. Một\n- a\n- b", ["part_I", "part_I__cl_1", "part_I__cl_1__item_1",
                                         "part_I__cl_1__item_2"]),
        ("Không có đánh số gì cả.", ["preamble"]),
        ("", []),
    ],
)  # fmt: skip
def test_numbering_decides_the_level(text: str, expected: list[str]) -> None:
    assert eids(text) == expected


def test_an_article_that_lost_its_word_is_found_and_said(repo: Path) -> None:
    document = structure(read(repo / "corpus" / "19-qc-tu-2024.txt"))
    article = document.get("art_19")
    assert article is not None and article.line == 375
    assert any(f.code == "ST01" and "375" in f.where for f in document.findings)


def test_a_point_glued_to_the_one_before_is_a_point(repo: Path) -> None:
    document = structure(read(repo / "corpus" / "50-2025-qd-ubnd.txt"))
    point = document.get("art_2__cl_15__point_d")
    assert point is not None and point.text.startswith("d) Chủ trì tham mưu")
    before = document.get("art_2__cl_15__point_c")
    assert before is not None and before.text.endswith("ở khu vực biên giới;")


def test_a_sentence_cut_by_a_page_break_reads_as_one(repo: Path) -> None:
    document = structure(read(repo / "corpus" / "19-qc-tu-2024.txt"))
    clause = document.get("art_14__cl_4")
    assert clause is not None and "lãnh đạo tỉnh giao một cơ quan chủ trì" in clause.text
    assert len(clause.paragraphs) == 1
    first, second = clause.spans
    assert document.source.text[first[0] : first[1]].endswith("giao một cơ")
    assert document.source.text[second[0] : second[1]].startswith("quan chủ trì")


def test_unnumbered_paragraphs_belong_to_the_unit_before(repo: Path) -> None:
    document = structure(read(repo / "corpus" / "19-qc-tu-2024.txt"))
    clause = document.get("art_15__cl_2")
    assert clause is not None
    assert "Tờ trình/Đề án cần nêu rõ: Bối cảnh" in clause.text
    assert "Chương trình hoạt động phải nêu rõ" in clause.text


def test_forms_of_the_annex_have_columns_groups_and_notes(repo: Path) -> None:
    document = structure(read(repo / "corpus" / "19-qc-tu-2024.txt"))
    forms = [p for p in document.provisions if p.kind is Kind.FORM]
    assert [form.number for form in forms] == ["1", "2", "3", "4"]
    shape = [
        tuple(sum(c.kind is kind for c in document.children(form.eid))
              for kind in (Kind.COLUMN, Kind.GROUP, Kind.NOTE))
        for form in forms
    ]  # fmt: skip
    assert shape == [(10, 2, 9), (10, 2, 9), (12, 0, 12), (11, 0, 9)]
    third = [p.heading for p in document.children(forms[2].eid) if p.kind is Kind.COLUMN]
    assert third[4:7] == [
        "Số lượng đại biểu – Người Việt Nam",
        "Số lượng đại biểu – Ở Việt Nam",
        "Số lượng đại biểu – Từ nước ngoài vào",
    ]


def test_a_quoted_amendment_is_no_clause_of_the_amending_law() -> None:
    text = (
        "Điều 5. Sửa đổi, bổ sung\n1. Sửa đổi, bổ sung Điều 7 như sau:\n“Điều 7. Ký kết\n"
        "1. Chính phủ ký kết.\n2. Bộ Ngoại giao trình.\na) Một;\nb) Hai.”.\n"
        "2. Bổ sung Điều 7a như sau:\n“Điều 7a. Mới\n1. Một.”.\n3. Bãi bỏ Điều 9."
    )
    assert eids(text) == ["art_5", "art_5__cl_1", "art_5__cl_2", "art_5__cl_3"]


def test_an_inserted_clause_keeps_its_letter() -> None:
    text = "Điều 4. A\n1. Một.\n1a. Một a.\n2. Hai."
    assert eids(text) == ["art_4", "art_4__cl_1", "art_4__cl_1a", "art_4__cl_2"]


def test_an_amount_broken_over_two_lines_is_no_clause() -> None:
    text = "Điều 1. A\n1. Giá trị không quá\n20. 000.000 đồng.\n2. Hai.\n3. Ba."
    assert eids(text) == ["art_1", "art_1__cl_1", "art_1__cl_2", "art_1__cl_3"]


def test_a_phụ_lục_in_small_letters_ends_the_attached_regulation() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế.\nĐiều 2. Hiệu lực thi hành./.\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNông Văn Thử\n\n"
        "QUY CHẾ\nLàm việc của Sở\n(Ban hành kèm theo Quyết định số …)\n\nĐiều 1. Phạm vi\n"
        "1. Một.\n2. Giám đốc sở cho phép.\n\nPhụ lục I\nMẪU ĐƠN\nKính gửi: …"
    )
    found = parse(text)
    clause = found.get("att_1__art_1__cl_2")
    assert clause is not None and clause.text == "2. Giám đốc sở cho phép."
    kinds = [p.kind for p in found.provisions]
    assert kinds.count(Kind.SIGNATURE) == 1 and kinds.count(Kind.ANNEX) == 1


def test_an_attached_regulation_has_ids_of_its_own() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế.\nĐiều 2. Hiệu lực thi hành./.\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nQUY CHẾ\nLàm việc của Sở\n\nĐiều 1. Phạm vi\n"
        "1. Một."
    )
    assert eids(text)[-2:] == ["att_1__art_1", "att_1__art_1__cl_1"]


# --- Any text at all parses ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1.\na) Một;\n1.1. Hai.",
            ["cl_1", "cl_1__point_a", "cl_1__point_1.1"],
        ),
        (
            "Điều 1. A\n1. Một\na) x;\n1.1. y\nb) z",
            ["art_1", "art_1__cl_1", "art_1__cl_1__point_a", "art_1__cl_1__point_1.1",
             "art_1__cl_1__point_1.1__item_b"],
        ),
        ("Điều 1.\n" * 3, ["art_1", "art_1-2", "art_1-3"]),
    ],
)  # fmt: skip
def test_points_with_letters_and_with_numbers_are_counted_apart(
    text: str, expected: list[str]
) -> None:
    assert eids(text) == expected


@pytest.mark.parametrize("part", ["Phần thứ nhất", "PHẦN THỨ HAI", "Phần 2"])
def test_a_part_numbered_in_words_may_stand_above_a_roman_number(part: str) -> None:
    assert eids(f"{part}\nI. MỤC ĐÍCH\n1. Một")[-1] == "part_I__cl_1"


def test_a_row_in_capitals_is_no_title_of_a_form() -> None:
    text = (
        "Điều 1. A./.\nPHỤ LỤC\nCÁC MẪU\nMẪU MỘT\nTT\tHỌ TÊN\tSỐ\ngiữa hai bảng\n"
        "TT\tCHỨC VỤ\tSỐ\nMẪU HAI\nTT\tĐƠN VỊ\tSỐ"
    )
    forms = [p for p in parse(text).provisions if p.kind is Kind.FORM]
    assert [form.heading for form in forms] == ["MẪU MỘT", "MẪU HAI"]


def test_ten_thousand_alike_and_five_thousand_attachments_parse() -> None:
    many = parse("Điều 1.\n" * 12_000)
    assert many.provisions[-1].eid == "art_1-12000"
    attached = parse("Điều 1. Ban hành./.\n" * 5_000)
    assert attached.provisions[-1].eid == "att_4999__art_1"


def test_a_fault_of_ours_leaves_the_whole_text_as_one_unit_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("lời mật của văn bản")

    monkeypatch.setattr("drafting.structure.build.read_head", broken)
    document = parse("\n Điều 1. Lời mật\n\nCòn nữa. \n")
    (whole,), (said,) = document.provisions, document.findings
    assert (whole.eid, whole.line, whole.text) == ("preamble", 2, "Điều 1. Lời mật Còn nữa.")
    assert said.code == "ST00" and "một đoạn" in said.message and "RecursionError" in said.message
    assert "mật" not in said.line() + said.fix + caplog.text
    assert parse(" \n").provisions == ()


VIETNAMESE = st.text(
    st.sampled_from("Điều khoảnđiểm12.3.)a-–•*#\n\t :;,IVX…\u00a0\ufeff\r\f/ƯỜ"), max_size=400
)


# Whole lines, so that what one numbering leaves behind meets what the next expects.
LINES = st.lists(
    st.sampled_from(
        [
            "1.", "1. Một.", "2. Hai;", "7. Bảy.", "a) x;", "b) y;", "đ) z.", "a) x; b) Y khác",
            "1.1. y", "1.2. z", "1.1.1. w", "2.1. u", "Điều 1. A", "Điều 1.", "Điều 2. B",
            "3. Về chế độ", "Phần thứ nhất", "CHƯƠNG I", "Chương II", "QUY ĐỊNH CHUNG", "Mục 1",
            "Tiểu mục 1", "I. A", "II. B", "IV. TÊN", "- x", "* y", "QUY CHẾ", "Số: 5/QĐ-UBND",
            "Căn cứ Luật A;", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn A", "./.",
            "Hết hiệu lực./.", "PHỤ LỤC", "PHỤ LỤC I", "Mẫu số 01. Danh sách", "Cơ quan/đơn vị",
            "DANH SÁCH ĐOÀN", "TT\tHỌ TÊN\tCHỨC VỤ", "TT\tHọ tên\t\tSố", "\t\tA\tB", "1\t2\t3",
            "I\tKhối Đảng\t", "a\tb", "Ghi chú:", "1 - Ghi đủ", "", "câu thường", "của tỉnh,",
        ]
    ),
    max_size=40,
).map("\n".join)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.one_of(VIETNAMESE, st.text(max_size=300), LINES, LINES))
def test_any_text_parses_and_every_quote_is_a_span_of_it(text: str) -> None:
    document = parse(text)
    assert [f.message for f in document.findings if f.code == "ST00"] == []
    ids = [p.eid for p in document.provisions]
    assert len(ids) == len(set(ids))
    for p in document.provisions:
        assert p.text == document.source.display(p.spans)
        assert all(0 <= start < end <= len(text) for start, end in p.spans)
        assert p.parent == "" or document.get(p.parent) is not None
    taken = sorted(s for p in document.provisions if p.kind is not Kind.COLUMN for s in p.spans)
    assert all(a[1] <= b[0] for a, b in pairwise(taken))
