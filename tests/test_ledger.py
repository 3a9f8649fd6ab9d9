"""Sổ căn cứ: a verdict for every citation, never a guess, never a bare “đúng”."""

from __future__ import annotations

import json
from datetime import date

import pytest
from builders import catalogue, corpus_catalogue, corpus_record, record, regulation

from drafting.ledger import Entry, EntryKind, Ledger, Verdict, build

TODAY = date(2026, 11, 23)
LANG_SON = "tỉnh Lạng Sơn"
PROVED = {Verdict.VERBATIM, Verdict.LISTED}


def ledger(text: str, **more: object) -> Ledger:
    """The ledger of `text` over the corpus."""
    where = {"catalogue": corpus_catalogue(), "as_of": TODAY, **more}
    return build(text, **where)  # type: ignore[arg-type]


def entry(text: str, **more: object) -> Entry:
    """Its first entry."""
    return ledger(text, **more).entries[0]


def said(found: Entry) -> list[tuple[str, str, str]]:
    """What differs, as tuples."""
    return [(one.what, one.here, one.there) for one in found.differs]


AGREES = {
    "khoản 2 Điều 15 Quy chế số 19-QC/TU": Verdict.VERBATIM,
    "Quyết định số 50/2025/QĐ-UBND ngày 30/06/2025": Verdict.VERBATIM,
    "mục V.1 Kế hoạch": Verdict.UNDETERMINED,
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;":
        Verdict.LISTED,
    "Căn cứ Nghị định 30/2020/NĐ-CP.": Verdict.LISTED,
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;": Verdict.LISTED,
    "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;": Verdict.LISTED,
    "Căn cứ Luật Tổ chức chính quyền địa phương;": Verdict.UNDETERMINED,
    "theo Luật Thoả thuận quốc tế và các văn bản hướng dẫn": Verdict.LISTED,
    "Quyết định số 20/2022/QĐ-UBND ngày 13/8/2022 của UBND tỉnh về việc Quy định chức năng":
        Verdict.LISTED,
    "Căn cứ Quyết định số 20/2022/QĐ-UBND của Uỷ ban nhân dân tỉnh về quy định chức năng, nhiệm "
    "vụ, quyền hạn và cơ cấu tổ chức của Sở Ngoại vụ;": Verdict.LISTED,
    "Kế hoạch số 10/KH-SNgV ngày 19/02/2020 về công tác trọng tâm của Sở Ngoại vụ năm 2020 các "
    "nhiệm vụ công tác đối ngoại": Verdict.LISTED,
    "Quyết định số 272-QĐ/TW ngày 21/01/2015 của Bộ Chính trị về ban hành Quy chế": Verdict.LISTED,
    "Thông tư số 09/2025/TT-BNG ngày 30/6/2025 của Bộ Ngoại giao": Verdict.LISTED,
    "theo Quyết định số 31/2018/QĐ-UBND của UBND tỉnh và Sở đã triển khai": Verdict.LISTED,
    "Văn bản số 1232/UBND-THNC ngày 05/10/2020 của UBND tỉnh": Verdict.LISTED,
    "Nghị định số 99/2031/NĐ-CP ngày 01/01/2031 của Chính phủ": Verdict.NOT_FOUND,
    "Luật Đầu tư": Verdict.NOT_FOUND,
    "Nghị định số 78/2025/NĐ-CP ngày 01/4/2025 của Chính phủ": Verdict.UNDETERMINED,
    "Quyết định số 11/QĐ-UBND": Verdict.UNDETERMINED,
    "điểm c và d của khoản này": Verdict.UNDETERMINED,
    "Điều 4 Quy chế này": Verdict.UNDETERMINED,
    "điểm e Điều 2 Quyết định số 50/2025/QĐ-UBND": Verdict.UNDETERMINED,
}  # fmt: skip


@pytest.mark.parametrize("text", AGREES)
def test_a_citation_gets_the_verdict_that_what_is_known_bears_out(text: str) -> None:
    found = entry(text, province=LANG_SON)
    assert (found.verdict, said(found)) == (AGREES[text], [])
    assert found.verdict not in {Verdict.NOT_FOUND, Verdict.UNDETERMINED} or found.note


DIFFERS = {
    "Nghị định số 30/2020/NĐ-CP ngày 05/3/2021 của Chính phủ về công tác văn thư":
        [("ngày", "05/3/2021", "05/3/2020")],
    "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Thủ tướng Chính phủ":
        [("cơ quan ban hành", "Thủ tướng Chính phủ", "Chính phủ")],
    "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về thể thức văn bản":
        [("trích yếu", "thể thức văn bản", "công tác văn thư")],
    "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư, lưu trữ;":
        [("trích yếu", "công tác văn thư, lưu trữ", "công tác văn thư")],
    "Nghị định số 30/2021/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư":
        [("số, ký hiệu", "30/2021/NĐ-CP", "30/2020/NĐ-CP")],
    "Nghị quyết số 30/2020/NQ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư":
        [("số, ký hiệu", "30/2020/NQ-CP", "30/2020/NĐ-CP")],
    "Nghị định số 66/NQ-CP ngày 01/4/2025 của Chính phủ":
        [("loại văn bản", "Nghị định", "ký hiệu NQ-CP là của Nghị quyết")],
    "Quyết định số 80-QĐ/TW ngày 18/8/2022 của Bộ Chính trị":
        [("loại văn bản", "Quyết định", "Quy định")],
    "Chương trình số 38/Ctr-UBND ngày 30/02/2020": [("ngày", "30/02/2020", "ngày không có thật")],
    "Nghị định số 99/2031/NĐ-CP ngày 31/4/2031": [("ngày", "31/4/2031", "ngày không có thật")],
    "Nghị định số 99/2031/NĐ-CP ngày 01/4/2030": [("ngày", "01/4/2030", "số ghi năm 2031")],
    "Quyết định số 272-QĐ/TW ngày 21/01/2015 của Bộ Chính trị khóa XII":
        [("cơ quan ban hành", "Bộ Chính trị khóa XII", "Bộ Chính trị khóa XI")],
    "Quyết định số 2029/QĐ-UBND ngày 12/10/2009 của UBND tỉnh Bắc Giang":
        [("cơ quan ban hành", "UBND tỉnh Bắc Giang", "Ủy ban nhân dân tỉnh Lạng Sơn")],
    "Luật Đầu tư số 72/2025/QH15":
        [("tên", "Luật Đầu tư", "Luật Tổ chức chính quyền địa phương")],
    "Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 19/6/2015":
        [("ngày", "19/6/2015", "16/6/2025")],
    "Căn cứ Quyết định số 50/2025/QĐ-UBND của Ủy ban nhân dân tỉnh Lạng Sơn quy định chức năng, "
    "nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Nội vụ tỉnh Lạng Sơn;":
        [("trích yếu", "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Nội vụ "
          "tỉnh Lạng Sơn", "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở "
          "Ngoại vụ tỉnh Lạng Sơn")],
    "khoản 7 Điều 15 Quy chế số 19-QC/TU":
        [("điều khoản", "khoản 7 Điều 15", "Điều 15 chỉ có 4 khoản (Quy chế số 19-QC/TU)")],
    "khoản 7 Điều 15 Quy chế số 19-QC/TU ngày 26/11/2025":
        [("ngày", "26/11/2025", "26/11/2024"),
         ("điều khoản", "khoản 7 Điều 15", "Điều 15 chỉ có 4 khoản (Quy chế số 19-QC/TU)")],
    "Mẫu số 05 Phụ lục Quy chế số 19-QC/TU":
        [("điều khoản", "Mẫu số 05 Phụ lục", "Phụ lục 1 chỉ có 4 mẫu (Quy chế số 19-QC/TU)")],
    "Hướng dẫn số 05-HD/VPTW ngày 26/3/2019 của Ban Đối ngoại Trung ương":
        [("cơ quan ban hành", "Ban Đối ngoại Trung ương", "Văn phòng Trung ương Đảng")],
}  # fmt: skip


@pytest.mark.parametrize("text", DIFFERS)
def test_what_is_written_otherwise_is_named(text: str) -> None:
    found = entry(text)
    assert (found.verdict, said(found)) == (Verdict.DIFFERS, DIFFERS[text])


# Citations an attacker wrote: nothing wrong is ever “khớp”. What differs, in what is told first.
ATTACKS = {
    # date or issuer in another order or form
    "Quyết định của UBND tỉnh Bắc Giang số 50/2025/QĐ-UBND": ["cơ quan ban hành"],
    "Quyết định do UBND tỉnh Bắc Giang ban hành số 50/2025/QĐ-UBND": ["cơ quan ban hành"],
    "Quyết định ngày 01/7/2025 số 50/2025/QĐ-UBND": ["ngày"],
    "Quyết định của Chính phủ, ngày 01/7/2025, số 50/2025/QĐ-UBND": ["ngày", "cơ quan ban hành"],
    "Quyết định (số 50/2025/QĐ-UBND ngày 01/7/2025)": ["ngày"],
    "Quyết định năm 2024 số 50/2025/QĐ-UBND": ["ngày"],
    "Luật Tổ chức chính quyền địa phương năm 2015 số 72/2025/QH15": ["ngày"],
    "Ngày 01/7/2025, UBND tỉnh Lạng Sơn ban hành Quyết định số 50/2025/QĐ-UBND": ["ngày"],
    "UBND tỉnh Bắc Giang ban hành Quyết định số 50/2025/QĐ-UBND": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND (ban hành ngày 01/7/2025)": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND - ngày 01/7/2025": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND, ký ngày 1.7.2025": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND, 01/7/2025": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND ngày01/7/2025": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND ngày 2025-07-01": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND ngày 01/7": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND tháng 7 năm 2025": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND ngày 30/7/25": ["ngày"],
    "Quyết định số 50/2025/QĐ-UBND ngày 30/6/25 của Ủy ban nhân dân tỉnh Bắc Ninh":
        ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND ngày 30 tháng 6 của Ủy ban nhân dân tỉnh Bắc Ninh":
        ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND ngày 30/6/2025 (có hiệu lực từ ngày 01/7/2025) của UBND tỉnh "
    "Bắc Giang": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND tỉnh Bắc Giang": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND (UBND tỉnh Bắc Giang)": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND của tỉnh Bắc Giang": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND của UBND tỉnh bắc giang": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND của UBND tỉnh và UBND tỉnh Bắc Giang": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND được UBND tỉnh Bắc Giang ban hành": ["cơ quan ban hành"],
    "Quyết định số 50/2025/QĐ-UBND ban hành bởi UBND tỉnh Bắc Giang": ["cơ quan ban hành"],
    "Nghị định số 30/2020/NĐ-CP về công tác văn thư (ban hành ngày 06/3/2020)": ["ngày"],
    "Nghị định số 30/2020/NĐ-CP về công tác văn thư của Quốc hội": ["cơ quan ban hành"],
    # what looks like a date or an issuer and was not understood
    "Quyết định số 50/2025/QĐ-UBND ngày mồng một tháng bảy": [],
    "Quyết định số 50/2025/QĐ-UBND ngày 01 tháng Bảy năm 2025": [],
    "Quyết định số 50/2025/QĐ-UBND ngày 1213/6/2025": [],
    "Quyết định số 50/2025/QĐ-UBND: ngày 01/7/2025": [],
    "Quyết định số 50/2025/QĐ-UBND năm hai nghìn không trăm hai mươi tư": [],
    "Quyết định số 50/2025/QĐ-UBND ngày 30/6/2025 ngày 01/7/2025": [],
    "Quyết định số 50/2025/QĐ-UBND của cơ quan có thẩm quyền": [],
    "Quyết định số 50/2025/QĐ-UBND của UBND tỉnh (Bắc Giang)": [],
    "Quyết định số 50/2025/QĐ-UBND (Bắc Giang)": [],
    "theo Quyết định số 50/2025/QĐ-UBND, tỉnh Bắc Giang đã tổ chức": [],
    "UBND tỉnh Bắc Giang: Quyết định số 50/2025/QĐ-UBND": [],
    "của UBND tỉnh Bắc Giang số 50/2025/QĐ-UBND": [],
    "ngày 01/7/2025 số 50/2025/QĐ-UBND": [],
    "Nghị định số 30/2020/NĐ-CP về công tác văn thư, ngày 06/3/2020": [],
    # finer parts
    "đoạn thứ chín khoản 24 Điều 2 Quyết định số 50/2025/QĐ-UBND": [],
    "khoản 24 Điều 2 đoạn thứ chín Quyết định số 50/2025/QĐ-UBND": [],
    "gạch đầu dòng thứ 5 khoản 24 Điều 2 Quyết định số 50/2025/QĐ-UBND": [],
    "câu thứ hai khoản 2 Điều 15 Quy chế số 19-QC/TU": [],
    "khoản 2 (đoạn 9) Điều 15 Quy chế số 19-QC/TU": [],
    "Quy chế số 19-QC/TU, đoạn thứ hai": [],
    "khoản bảy Điều 15 Quy chế số 19-QC/TU": [],
    "khỏan 7 Điều 15 Quy chế số 19-QC/TU": [],
    "các khoản từ 1 đến 9 Điều 15 Quy chế số 19-QC/TU": [],
    "Điều chín mươi chín Quy chế số 19-QC/TU": [],
    "câu thứ hai khoản 9 Điều 15 Quy chế số 19-QC/TU": ["điều khoản"],
    "Điều 15, khoản 9, Quy chế số 19-QC/TU": ["điều khoản"],
    "Chương II, Điều 15 Quy chế số 19-QC/TU": ["điều khoản"],
    "Điều 1 Quy chế quản lý đất đai ban hành kèm theo Quyết định số 50/2025/QĐ-UBND": [],
    # another law, another paper
    "Luật Ban hành văn bản số 72/2025/QH15": ["tên"],
    "Luật Ban hành văn bản quy phạm pháp luật số 72/2025/QH15": ["tên"],
    "luật ban hành văn bản số 72/2025/QH15": ["tên"],
    "Luật Đầu tư (sửa đổi) số 72/2025/QH15": ["tên"],
    "Luật “Đầu tư” số 72/2025/QH15": ["tên"],
    "Luật Thỏa thuận quốc tế (Luật số 72/2025/QH15)": ["tên"],
    "Luật số 72/2025/QH15 về đầu tư": [],
    "Quy chế phối hợp số 19-QC/TU": [],
    # numbers misshapen, without accents, without symbol
    "nghị định 150/2025 ngày 13/6/2025": ["ngày"],
    "nghị định 150/2025 ngày 12/6/2025": [],
    "Nghị định 150 năm 2025 của Quốc hội": ["cơ quan ban hành"],
    "Nghị định 30 của Chính phủ": [],
    "NĐ 30/2020": [],
    "Quy chế số 19 của Ban Thường vụ Tỉnh ủy": [],
    "Luật Tổ chức chính quyền địa phương số 72/2025": [],
    "Quyết định số 5O/2025/QĐ-UBND": ["số, ký hiệu"],
    "Quyết định số 50/2025-QĐ/UBND": ["số, ký hiệu"],
    "Quyết định số 50/25/QĐ-UBND": ["số, ký hiệu"],
    "Quyết định số 50/2025/QĐ UBND": ["số, ký hiệu"],
    "Nghị định số 150/NĐ-CP/2025": ["số, ký hiệu"],
    "Nghị định 150/2025/ND-CP": ["số, ký hiệu"],
    "Nghị định số 30/2020/NĐ-\u0421\u0420": ["số, ký hiệu"],
    "Quyet dinh so 50/2025/QD-UBND": ["số, ký hiệu"],
    "Can cu Quyet dinh so 50/2025/QD-UBND ngay 01/7/2025 cua UBND tinh Bac Giang;":
        ["số, ký hiệu", "ngày", "cơ quan ban hành"],
    "khoan 9 Dieu 15 Quy che so 19-QC/TU": ["điều khoản"],
    "Quy chế số 19/QC/TU": ["số, ký hiệu"],
    "Quy chế số 19/QC-TU": ["số, ký hiệu"],
    "Quy chế số 19 - QC/TU": ["số, ký hiệu"],
    "Quy chế 19/QC.TU": ["số, ký hiệu"],
}  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_wrong_is_ever_called_right(text: str) -> None:
    made = ledger(text)
    (found,) = [one for one in made.entries if one.verdict not in PROVED]
    verdict = Verdict.DIFFERS if ATTACKS[text] else Verdict.UNDETERMINED
    assert (found.verdict, [what for what, _, _ in said(found)]) == (verdict, ATTACKS[text])
    assert found.differs or found.note
    assert len(made.entries) == 1


# The same shapes where all is as it should be, and prose that only looks like them.
SOUND = [
    "Quyết định của UBND tỉnh Lạng Sơn số 50/2025/QĐ-UBND",
    "Quyết định ngày 30/6/2025 số 50/2025/QĐ-UBND",
    "Quyết định số 50/2025/QĐ-UBND (ban hành ngày 30/6/2025)",
    "Quyết định số 50/2025/QĐ-UBND tháng 6 năm 2025",
    "Quyết định số 50/2025/QĐ-UBND ngày 30 tháng 6 của Ủy ban nhân dân tỉnh Lạng Sơn",
    "Quyết định số 50/2025/QĐ-UBND của tỉnh",
    "Quyết định số 50/2025/QĐ-UBND có hiệu lực từ ngày 01/7/2025",
    "Quyết định số 50/2025/QĐ-UBND\nNgày 15/7/2025, Sở đã họp",
    "Quyết định số 50/2025/QĐ-UBND ngày càng phát huy tác dụng",
    "Ngày 30/6/2025, UBND tỉnh Lạng Sơn ban hành Quyết định số 50/2025/QĐ-UBND",
    "theo Nghị định số 30/2020/NĐ-CP, tỉnh Lạng Sơn đã triển khai",
    "theo Nghị định số 30/2020/NĐ-CP về công tác văn thư năm 2026, Sở đã triển khai",
    "Luật Thỏa thuận quốc tế (Luật số 70/2020/QH14)",
    "Luật Tổ chức chính quyền địa phương năm 2015.",
    "Quy chế làm việc số 18-QC/TU",
    "Điều 15, khoản 2, Quy chế số 19-QC/TU",
    "Can cu Quy che so 19-QC/TU ngay 26/11/2024 cua Ban Thuong vu Tinh uy Bac Giang;",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_right_in_any_order_is_found_right(text: str) -> None:
    (found,) = ledger(text).entries
    assert (found.verdict in PROVED, found.note) == (True, "")


def test_words_that_were_not_understood_are_quoted() -> None:
    found = entry("Quyết định số 50/2025/QĐ-UBND ngày mồng một tháng bảy")
    assert found.note.startswith("chưa hiểu “ngày mồng một tháng bảy” ghi cạnh Quyết định")
    found = entry("đoạn thứ chín khoản 24 Điều 2 Quyết định số 50/2025/QĐ-UBND")
    assert found.note == "chưa kiểm được “đoạn thứ chín”: kho chỉ xác định tới khoản 24 Điều 2"
    found = entry("nghị định 150/2025")
    assert found.note == (
        "số “150/2025” thiếu ký hiệu: có lẽ là Nghị định số 150/2025/NĐ-CP ngày 12/6/2025"
    )


def test_a_number_misshapen_is_told_its_right_shape() -> None:
    for text in (
        "19/QC/TU",
        "19/QC-TU",
        "19 - QC/TU",
        "19/QC.TU",
        "19 QC/TU",
        "19-QC-TU",
        "l9-QC/TU",
    ):
        found = entry(f"Quy chế số {text}")
        assert said(found) == [("số, ký hiệu", text, "19-QC/TU")], text
    found = entry("Căn cứ Quyết định số 20/2022-QĐ/UBND;")
    assert (found.kind, said(found)) == (
        EntryKind.BASIS,
        [("số, ký hiệu", "20/2022-QĐ/UBND", "20/2022/QĐ-UBND")],
    )


def test_the_number_that_was_meant_is_suggested() -> None:
    found = entry("Hướng dẫn số 05-HD/VPTW ngày 26/3/2019 của Ban Đối ngoại Trung ương")
    assert found.note == "có lẽ là Hướng dẫn số 05-HD/BĐNTW ngày 26/3/2019"
    found = entry("Kế hoạch số 06/KH-UBND ngày 13/01/2021")
    assert found.note == "số không ghi năm lặp lại mỗi năm: có thể là văn bản khác"


def test_an_agency_need_not_name_its_own_province_only() -> None:
    text = "Quy chế số 19-QC/TU ngày 26/11/2024 của Ban Thường vụ Tỉnh ủy"
    at_home = entry(text, province="tỉnh Bắc Giang")
    assert (at_home.verdict, at_home.note) == (Verdict.VERBATIM, "")
    away = entry(text, province=LANG_SON)
    assert [what for what, _, _ in said(away)] == ["cơ quan ban hành"]


def test_another_provinces_paper_is_marked_for_reference_only() -> None:
    text = "Căn cứ Quy chế số 19-QC/TU ngày 26/11/2024 của Ban Thường vụ Tỉnh ủy Bắc Giang;"
    found = entry(text, province=LANG_SON)
    assert found.verdict is Verdict.VERBATIM
    assert found.note == (
        "Văn bản của tỉnh Bắc Giang: chỉ tham khảo, không làm căn cứ cho tỉnh Lạng Sơn"
    )


def test_a_paper_of_a_type_that_is_no_basis_says_so_as_a_can_cu() -> None:
    text = "Tờ trình số 45/TTr-SNgV ngày 26/6/2025"
    assert "không đứng ở phần căn cứ" in entry(f"Căn cứ {text};").note
    assert "không đứng ở phần căn cứ" not in entry(f"Theo đề nghị tại {text};").note


def test_validity_is_said_beside_the_verdict() -> None:
    text = "Căn cứ Quyết định số 20/2022/QĐ-UBND ngày 13/8/2022;"
    found = entry(text)
    assert found.status.startswith("hết hiệu lực: từ 01/7/2025")
    assert found.successor == "50/2025/QĐ-UBND"
    assert entry(text, as_of=date(2024, 1, 1)).status.startswith("còn hiệu lực")
    assert entry("Nghị định số 99/2031/NĐ-CP").status == ""


def test_one_decision_under_two_numbers_is_recognised_and_noted() -> None:
    one = entry("Quyết định số 11/QĐ-UBND ngày 17/02/2016")
    other = entry("Quyết định số 11/2016/QĐ-UBND ngày 17/02/2016")
    assert one.designation == other.designation == "11/2016/QĐ-UBND"
    assert one.note == "Một văn bản, hai cách ghi số: 11/QĐ-UBND và 11/2016/QĐ-UBND"
    assert (one.verdict, other.note) == (Verdict.LISTED, "")


def test_a_later_short_mention_leans_on_the_first_full_one() -> None:
    text = (
        "Căn cứ Kế hoạch số 06/KH-UBND ngày 13/01/2020 của UBND tỉnh;\n"
        "Thực hiện mục I.2 Kế hoạch số 06/KH-UBND, Sở báo cáo."
    )
    first, later = ledger(text).entries
    assert (first.verdict, later.verdict) == (Verdict.LISTED, Verdict.UNDETERMINED)
    assert "chưa kiểm được" in later.note
    assert later.designation == "06/KH-UBND"


def test_a_can_cu_names_its_document_and_what_that_mentions_is_a_vien_dan() -> None:
    text = (
        "Căn cứ Kết luận số 33-KL/TW ngày 25/7/2018 của Bộ Chính trị khóa XII về việc tiếp tục "
        "thực hiện Quy chế quản lý thống nhất các hoạt động đối ngoại ban hành kèm theo Quyết định "
        "số 272-QĐ/TW ngày 21/01/2015 của Bộ Chính trị khóa XI;\n"
        "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư và Thông tư số "
        "09/2025/TT-BNG;\nTheo đề nghị tại Tờ trình số 45/TTr-SNgV ngày 26/6/2025."
    )
    assert [(one.designation, str(one.kind)) for one in ledger(text).entries] == [
        ("33-KL/TW", "căn cứ"),
        ("272-QĐ/TW", "viện dẫn"),
        ("30/2020/NĐ-CP", "căn cứ"),
        ("09/2025/TT-BNG", "căn cứ"),
        ("45/TTr-SNgV", "viện dẫn"),
    ]


def test_a_lone_reference_to_itself_has_no_entry_but_its_provisions_have() -> None:
    text = "Quyết định này có hiệu lực; theo Điều 1 Quyết định này"
    (found,) = ledger(text).entries
    assert (found.text, found.verdict) == ("Điều 1 Quyết định này", Verdict.UNDETERMINED)
    (found,) = ledger(text, home=regulation("Điều 1", kind="QUYẾT ĐỊNH")).entries
    assert (found.eid, found.verdict) == ("art_1", Verdict.VERBATIM)


def test_a_bare_article_in_a_paper_without_articles_is_nobodys() -> None:
    home = regulation("1.", "2.", kind="TỜ TRÌNH")
    found = entry("Căn cứ khoản 2 Điều 15, Sở trình", home=home)
    assert found.verdict is Verdict.UNDETERMINED
    assert found.note == "“khoản 2 Điều 15”: không nói của văn bản nào"


def test_a_subject_the_danh_muc_only_describes_neither_proves_nor_refutes_another() -> None:
    known = catalogue(
        record("45/2025/NĐ-CP", "Chính phủ", "cơ quan chuyên môn có cấp huyện",
               subject_verbatim=False)
    )  # fmt: skip
    told = {
        "Căn cứ Nghị định số 45/2025/NĐ-CP của Chính phủ;": Verdict.LISTED,
        "Căn cứ Nghị định số 45/2025/NĐ-CP của Chính phủ về cơ quan chuyên môn;": Verdict.LISTED,
        "Căn cứ Nghị định số 45/2025/NĐ-CP của Chính phủ về văn thư;": Verdict.UNDETERMINED,
    }
    for text, verdict in told.items():
        assert entry(text, catalogue=known).verdict is verdict, text
    assert "mới mô tả trích yếu" in entry(text, catalogue=known).note


def test_a_can_cu_without_a_number_is_not_hidden() -> None:
    cases = {
        "Căn cứ Quy chế làm việc của UBND tỉnh;": "Quy chế làm việc của UBND tỉnh",
        "Căn cứ Kế hoạch số .../KH-UBND, Sở trình": "Kế hoạch số .../KH-UBND",
    }
    for text, words in cases.items():
        (found,) = ledger(text).entries
        assert (found.text, found.kind, found.verdict) == (
            words,
            EntryKind.BASIS,
            Verdict.NOT_FOUND,
        )
    assert ledger("b) Căn cứ chức năng, nhiệm vụ được giao, Sở xây dựng kế hoạch;").total == 0


def test_papers_of_the_case_count_as_known() -> None:
    paper = record("1234/GM-QT", "Chính quyền tỉnh Quảng Tây", day="12/8/2026")
    text = "Giấy mời số 1234/GM-QT ngày 12/8/2026 của Chính quyền tỉnh Quảng Tây"
    assert entry(text).verdict is Verdict.NOT_FOUND
    assert entry(text, case_papers=[paper]).verdict is Verdict.LISTED


EXPECTED = {  # file: checked, total, lệch
    "19-qc-tu-2024.txt": (40, 40, []),
    "50-2025-qd-ubnd.txt": (18, 18, []),
    "103-bc-sngv-2020.txt": (20, 22, ["Chương trình số 38/Ctr-UBND ngày 30/02/2020"]),
    "ke-hoach-hoi-nghi-2024.txt": (1, 1, []),
    "quy-che-phoi-hop-sngv-bdbp-2020.txt": (1, 1, []),
}


@pytest.mark.parametrize("file", EXPECTED)
def test_the_corpus_stands_its_own_check(file: str) -> None:
    home = corpus_record(file)
    document = corpus_catalogue().document(home)
    assert document is not None
    made = ledger(document.source.text, home=home)
    wrong = [one.text for one in made.entries if one.verdict is Verdict.DIFFERS]
    assert (made.checked, made.total, wrong) == EXPECTED[file]
    basis = [one.designation for one in made.entries if one.kind is EntryKind.BASIS]
    if file.startswith("50"):
        assert basis == ["77/2015/QH13", "150/2025/NĐ-CP", "09/2025/TT-BNG"]
        assert made.entries[11].status.startswith("hết hiệu lực")


def test_the_json_is_that_of_the_contract() -> None:
    text = "Căn cứ Quyết định số 20/2022/QĐ-UBND ngày 13/8/2021 và khoản 2 Điều 5."
    shown = json.loads(json.dumps(ledger(text).as_json("to-trinh.docx"), ensure_ascii=False))
    assert (shown["file"], shown["checked"], shown["total"]) == ("to-trinh.docx", 1, 2)
    first, second = shown["citations"]
    assert list(first) == [
        "text", "span", "kind", "designation", "eid", "verdict", "differs", "status", "successor",
        "note", "quotations", "chain", "nearest",
    ]  # fmt: skip
    start, end = first["span"]
    assert text[start:end] == first["text"] == "Quyết định số 20/2022/QĐ-UBND ngày 13/8/2021"
    assert (first["kind"], first["verdict"]) == ("căn cứ", "lệch")
    assert first["differs"] == [{"what": "ngày", "here": "13/8/2021", "there": "13/8/2022"}]
    assert (second["verdict"], second["designation"]) == ("không xác định được", "")


def test_an_empty_text_has_an_empty_ledger() -> None:
    assert ledger("").as_json() == {
        "file": "", "checked": 0, "total": 0, "issued": None, "citations": [], "missing": [],
        "notes": [],
    }  # fmt: skip


def test_a_provision_nobody_can_read_is_no_match_though_its_document_is_known() -> None:
    made = ledger("khoản 99 Điều 999 Nghị định số 150/2025/NĐ-CP")
    (found,) = made.entries
    assert (found.verdict, found.designation) == (Verdict.UNDETERMINED, "150/2025/NĐ-CP")
    assert found.note.startswith("kho chưa có toàn văn") and made.checked == 0


UNREAD_NUMBERS = ["điểm “e” khoản 1", "điểm 'e' khoản 1", "điểm (e) khoản 1", "điểm aa khoản 1",
                  "khoản “99”", "khoản [99]", "khoản cuối"]  # fmt: skip


@pytest.mark.parametrize("words", UNREAD_NUMBERS)
def test_a_number_that_could_not_be_read_is_not_left_out(words: str) -> None:
    found = entry(f"{words} Điều 2 Quyết định số 50/2025/QĐ-UBND")
    assert found.verdict is Verdict.UNDETERMINED and words[:7] in found.note


@pytest.mark.parametrize("words", ["Điều “99”", "Điều ⑨"])
def test_an_article_that_could_not_be_read_is_not_left_out(words: str) -> None:
    assert entry(f"{words} Quyết định số 50/2025/QĐ-UBND").verdict is Verdict.UNDETERMINED


def test_a_point_with_its_bracket_and_a_provision_after_its_document_are_read() -> None:
    known = "Quyết định số 50/2025/QĐ-UBND"
    assert entry(f"điểm a) khoản 1 Điều 2 {known}").eid == "art_2__cl_1__point_a"
    assert entry(f"điểm e) khoản 1 Điều 2 {known}").verdict is Verdict.DIFFERS
    assert [one.eid for one in ledger(f"{known} tại khoản 24 Điều 2").entries] == ["art_2__cl_24"]


OTHERS = [
    "Điều lệ Đảng Cộng sản Trung Quốc", "Điều lệ Đảng Nhân dân Cách mạng Lào",
    "Điều lệ Đảng Dân chủ", "Điều lệ Đảng bộ tỉnh Lạng Sơn", "Hiệp ước biên giới Việt - Lào",
    "Hiệp ước biên giới trên biển", "Hiệp ước biên giới đất liền Việt Nam - Campuchia",
    "Luật Thỏa thuận quốc tế của Lào", "Luật Thi đua, khen thưởng sửa đổi",
    "Điều lệ Đảng Cộng sản Việt Nam khóa XII năm 2016",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_words_that_make_another_name_of_a_known_one_are_not_dropped(text: str) -> None:
    assert entry(text).verdict not in PROVED


ND150, QD50 = "Nghị định số 150/2025/NĐ-CP", "Quyết định số 50/2025/QĐ-UBND"
NEVER_GREEN = [
    f"Quy định ban hành kèm theo {QD50}", f"Điều 2 Chương I {QD50}", f"khoản 1 Điều 2 Mục 5 {QD50}",
    "Điều 3 Mục 3 Chương II Quy chế số 19-QC/TU",
    "Thông tư số 09/2025/TT-BNG ngày 30/6/2025 của Bộ Ngoại giao và Bộ Nội vụ",
    f"{ND150} ngày 12/6/2025 của Chính phủ và Quốc hội", f"{ND150} Bộ Nội vụ;",
    f"Quốc hội đã thông qua {ND150}", f"Ngày 12/7/2025, {ND150} được ban hành",
    f"{ND150} do Chính phủ ban hành hôm 12/7/2025", f"{ND150}[1] ngày 12/7/2025",
    f"Căn cứ dự thảo {ND150};", "theo nđ 30/2020", "theo qđ 11 năm 2016",
    *(f"Căn cứ {QD50} của UBND tỉnh {rest};" for rest in (
        "nói về thi đua", "liên quan đến thi đua", "trích yếu thi đua", "không quy định tổ chức",
        "bổ nhiệm Giám đốc Sở", "giao dự toán", "thu hồi đất", "tặng Bằng khen", "xử phạt",
    )),
    f"Căn cứ {QD50} của UBND tỉnh: - về công tác văn thư;",
]  # fmt: skip


@pytest.mark.parametrize("text", NEVER_GREEN)
def test_what_stands_beside_a_known_document_and_is_not_its_own_is_never_green(text: str) -> None:
    assert entry(text, province=LANG_SON).verdict not in PROVED


def test_a_citation_typed_small_and_without_accents_is_seen() -> None:
    found = entry("can cu nghi dinh so 150/2025/nd-cp ngay 12/7/2025 cua chinh phu")
    assert found.verdict is Verdict.DIFFERS and "ngày" in {one.what for one in found.differs}
