"""What stands around a citation: cells of a table, other numbers of a list, a subject's end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from builders import corpus_catalogue

from drafting.ledger import Verdict, build
from drafting.read import read

PROVED = {Verdict.VERBATIM, Verdict.LISTED}
ROWS = {
    "30/2020/NĐ-CP\t05/3/2020\tChính phủ": [True],
    "30/2020/NĐ-CP\t06/3/2020\tChính phủ": [False],
    "30/2020/NĐ-CP\t05/3/2020\tThủ tướng Chính phủ": [False],
    "1\t06/3/2020\tNghị định số 30/2020/NĐ-CP": [False],
    "Quyết định\t50/2025/QĐ-UBND\t30/6/2025\tUBND tỉnh Bắc Giang": [False],
    "1\tTriển khai Nghị định số 30/2020/NĐ-CP\t15/8/2026\tSở Ngoại vụ": [True],
    "Thực hiện các Quyết định số 20/2022/QĐ-UBND và số 50/2025/QĐ-UBND của UBND tỉnh Bắc Giang":
        [False, False],
    "Căn cứ các Nghị định số 30/2020/NĐ-CP và số 150/2025/NĐ-CP ngày 12/6/2025 của Chính phủ;":
        [True, True],
    "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư và quản lý khoáng sản;":
        [False],
    "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư và Thông tư số "
    "09/2025/TT-BNG;": [True, True],
    "Căn cứ Nghị quyết số 202/2025/QH15 của Quốc hội về sắp xếp đơn vị hành chính cấp tỉnh (63 "
    "tỉnh);": [False],
    "Căn cứ Nghị quyết số 202/2025/QH15 của Quốc hội về sắp xếp đơn vị hành chính cấp tỉnh (34 "
    "đơn vị);": [True],
    "Căn cứ Luật Thỏa thuận quốc tế số 7O/2020/QH14;": [False],
    "Căn cứ Quyết định số ll/2020/QĐ-UBND ngày 02/4/2020 về sửa đổi Quyết định số "
    "11/2016/QĐ-UBND ngày 17/02/2016;": [False, True],
    "| Quyết định số 50/2025/QĐ-UBND | 30/6/2025 | UBND tỉnh Lạng Sơn |": [True],
    "| Quyết định số 50/2025/QĐ-UBND | 30/6/2025 | Bộ trưởng Bộ Ngoại giao |": [False],
    "| 30/2020/NĐ-CP | 06/3/2020 |\n| 150/2025/NĐ-CP | 12/6/2025 |": [False, True],
    "theo Nghị định số 30/2020/NĐ-CP, ngày 05/3/2020, Quốc hội.": [False],
    "theo Nghị định số 30/2020/NĐ-CP, ngày 05/3/2020, Quốc hội đã giám sát": [True],
    "Quốc hội ban hành Nghị định số 30/2020/NĐ-CP": [False],
    "Nghị định 30/2020/NĐ-CP (Quốc hội, ngày 05/3/2020) về công tác văn thư": [False],
    "Luật Thỏa thuận quốc tế 33/2004/NQ-HĐND-KXIV": [False],
    "Quyết định số 563/QĐ-UB ngày 14/4/2005 về quy định (tạm thời) chức năng, nhiệm vụ, quyền hạn "
    "và cơ cấu tổ chức của Sở Ngoại vụ tỉnh Lạng Sơn, Sở đã báo cáo": [True],
    "Nghị quyết số 22-NQ/TW ngày 10/4/2013 “Về Hội nhập quốc tế” được triển khai": [True],
    "Nghị quyết số 22-NQ/TW ngày 10/4/2013 “Về công tác văn thư” được triển khai": [False],
    "theo k2 Đ15 QC 19-QC/TU": [False],
    "Quy chế quản lý thống nhất các hoạt động đối ngoại số 19-QC/TU": [True],
    "Quy chế quản lý đất đai số 19-QC/TU": [False],
}  # fmt: skip


def proved(text: str) -> list[bool]:
    """For each citation of a text whether it is called right."""
    made = build(text, catalogue=corpus_catalogue(), as_of=date(2026, 11, 23))
    return [entry.verdict in PROVED for entry in made.entries]


@pytest.mark.parametrize("text", ROWS)
def test_what_stands_around_a_citation_counts(text: str) -> None:
    assert proved(text) == ROWS[text]


def test_a_row_of_a_word_table_is_read_as_one_row(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(rows=2, cols=3)
    cells = ["Số, ký hiệu", "Ngày", "Cơ quan", "30/2020/NĐ-CP", "06/3/2020", "Chính phủ"]
    for cell, words in zip(table._cells, cells, strict=True):
        cell.text = words
    file.save(str(tmp_path / "bang.docx"))
    assert proved(read(tmp_path / "bang.docx").text) == [False]
