"""Builds templates/*.docx: run it after changing it, look at the result in Word, commit both.

    .venv/bin/python tools/build_templates.py [FOLDER]

Sources: NĐ 30/2020/NĐ-CP, Phụ lục I; the sections of the Tờ trình: Quy chế 19-QC/TU, Điều 15
khoản 2; the parts of a conference plan: the plan of 2024 in the corpus.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from docx.table import Table
from template_parts import (
    END,
    TAG,
    Column,
    add,
    addressees,
    annex,
    letterhead,
    lines,
    listing,
    page_header,
    signature,
    title,
    when,
)
from template_styles import blank

from drafting.render.layout import fit
from drafting.render.write import packed

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

SECTIONS = {
    "boi_canh": "1. Bối cảnh, sự cần thiết",
    "danh_nghia": "2. Danh nghĩa của đoàn",
    "muc_dich_yeu_cau": "3. Mục đích, yêu cầu",
    "noi_dung": "4. Nội dung và các hoạt động chính",
    "thanh_phan": "5. Thành phần đoàn",
    "thoi_gian": "6. Thời gian thực hiện",
    "muc_do_tiep_xuc": "7. Mức độ tiếp xúc",
    "tuyen_truyen": "8. Yêu cầu về tuyên truyền",
    "kinh_phi": "9. Nguồn kinh phí",
    "che_do": "10. Chế độ ăn nghỉ, phương tiện đi lại",
    "qua_tang": "11. Tặng phẩm, quà tặng",
    "phat_bieu": "12. Kiến nghị nội dung phát biểu của Trưởng đoàn",
    "danh_muc_van_kien": "13. Danh mục văn kiện, thỏa thuận dự kiến ký kết hoặc công bố",
    "kien_nghi": "14. Kiến nghị, đề xuất",
}
DELEGATION: list[Column] = [
    ("TT", 11, "stt", True),
    ("Họ và tên", 42, "ho_ten", False),
    ("Chức vụ", 35, "chuc_vu", False),
    ("Đơn vị công tác", 37, "don_vi", False),
    ("Nhiệm vụ", 35, "nhiem_vu", False),
]
VISIT: list[Column] = [
    ("Thời gian", 27, "thoi_gian", True),
    ("Địa điểm", 35, "dia_diem", False),
    ("Hoạt động", 58, "hoat_dong", False),
    ("Thành phần", 40, "thanh_phan", False),
]
GUESTS: list[Column] = [
    ("TT", 11, "stt", True),
    ("Thành phần đại biểu", 87, "thanh_phan", False),
    ("Số lượng", 24, "so_luong", True),
    ("Ghi chú", 38, "ghi_chu", False),
]
TASKS: list[Column] = [
    ("TT", 11, "stt", True),
    ("Đơn vị chủ trì", 33, "don_vi", False),
    ("Nội dung công việc", 55, "viec", False),
    ("Đơn vị phối hợp", 34, "phoi_hop", False),
    ("Thời hạn", 27, "thoi_han", True),
]
AGENDA: list[Column] = [
    ("Thời gian", 25, "gio", True),
    ("Nội dung", 67, "noi_dung", False),
    ("Thực hiện", 38, "thuc_hien", False),
    ("Địa điểm", 30, "dia_diem", False),
]
EVIDENCE: list[tuple[str, str, list[Column]]] = [
    ("II. Nguồn của từng đoạn", "doan_van", [
        ("TT", 12, "so", True), ("Đoạn trong văn bản", 75, "doan", False),
        ("Nguồn", 45, "nguon", False), ("Trích nguyên văn", 75, "trich", False),
        ("Do ai nhập, xác nhận", 40, "nguon_goc", False),
    ]),
    ("III. Căn cứ và viện dẫn", "can_cu", [
        ("TT", 12, "so", True), ("Viện dẫn", 95, "noi_dung", False),
        ("Kết quả đối chiếu", 45, "ket_qua", False), ("Hiệu lực", 45, "hieu_luc", False),
        ("Ghi chú", 50, "ghi_chu", False),
    ]),
    ("IV. Gợi ý từ báo cáo cũ", "goi_y", [
        ("Mục", 45, "muc", False), ("Đoạn gợi ý", 117, "doan", False),
        ("Nguồn", 60, "nguon", False), ("Tuổi của nguồn", 25, "tuoi", True),
    ]),
    ("V. Tệp đã dùng", "tep", [
        ("Tên tệp", 87, "ten", False), ("Mã SHA-256", 160, "sha256", False),
    ]),
]  # fmt: skip


def proposal(document: Document) -> None:
    """Tờ trình cử đoàn đi công tác nước ngoài."""
    letterhead(document)
    title(document)
    addressees(document)
    lines(document, "can_cu", "Căn cứ")
    lines(document, "mo_dau", "Nội dung")
    for name, heading in SECTIONS.items():
        add(document, "Đề mục", heading)
        lines(document, name, "Nội dung")
        if name == "thanh_phan":
            add(document, TAG, "{%p if doan %}")
            listing(document, "doan", DELEGATION)
            add(document, TAG, "{%p endif %}")
    lines(document, "ket", "Nội dung")
    signature(document)
    annex(document, "Phụ lục", "Chương trình hoạt động của đoàn")
    listing(document, "chuong_trinh", VISIT)


def conference_plan(document: Document) -> None:
    """Kế hoạch tổ chức hội nghị, hội thảo, issued by UBND."""
    letterhead(document)
    title(document)
    lines(document, "can_cu", "Căn cứ")
    lines(document, "mo_dau", "Nội dung")
    parts: dict[str, list[tuple[str, str]]] = {
        "I. MỤC ĐÍCH, YÊU CẦU": [("1. Mục đích", "muc_dich"), ("2. Yêu cầu", "yeu_cau")],
        "II. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN": [
            ("1. Thời gian", "thoi_gian"),
            ("2. Địa điểm", "dia_diem"),
            ("3. Thành phần, số lượng đại biểu", "thanh_phan"),
        ],
        "III. NỘI DUNG": [("", "noi_dung")],
        "IV. KINH PHÍ": [("", "kinh_phi")],
        "V. TỔ CHỨC THỰC HIỆN": [],
    }
    for heading, slots in parts.items():
        add(document, "Đề mục lớn", heading)
        for subheading, name in slots:
            if subheading:
                add(document, "Đề mục", subheading)
            lines(document, name, "Nội dung")
    add(document, TAG, "{%p for don_vi in to_chuc %}")
    add(document, "Đề mục", "{{ don_vi.ten }}")
    lines(document, "don_vi.viec", "Nội dung")
    add(document, TAG, END)
    lines(document, "ket", "Nội dung")
    signature(document)
    annex(document, "Phụ lục I", "Dự kiến thành phần đại biểu")
    listing(document, "dai_bieu", GUESTS, total="tong_dai_bieu")
    annex(document, "Phụ lục II", "Phân công nhiệm vụ")
    listing(document, "phan_cong", TASKS)


def agenda(document: Document) -> None:
    """Chương trình hội nghị: an annex of a letter or plan, so no letterhead and no signature."""
    add(document, "Tiêu đề phụ lục", "CHƯƠNG TRÌNH")
    add(document, "Trích yếu", "{{ ten_hoi_nghi }}")
    when(document, "kem_theo", "Kèm theo tên", "{{ kem_theo }}")
    add(document, "Kẻ ngang trích yếu")
    facts = {"thoi_gian": "Thời gian", "dia_diem": "Địa điểm", "chu_tri": "Chủ trì"}
    for name, label in facts.items():
        when(document, name, "Nội dung", f"{label}: {{{{ {name} }}}}")
    listing(document, "muc", AGENDA)
    add(document, "Ngắt đoạn")
    lines(document, "ghi_chu", "Nội dung")


def provenance(document: Document) -> None:
    """Bảng đối chiếu: where every passage of a draft comes from; wide tables, so landscape."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    add(document, "Tiêu đề phụ lục", "{{ tieu_de }}")
    add(document, "Trích yếu", "{{ van_ban }}")
    add(document, "Kèm theo", "{{ ngay_lap }}")
    for cell in ("Đầu bảng", "Ô bảng", "Ô bảng giữa"):
        document.styles[cell].font.size = Pt(11)
    lines(document, "tom_tat", "Nội dung")
    add(document, "Đề mục lớn", "I. Cảnh báo")
    lines(document, "canh_bao", "Nội dung")
    when(document, "not canh_bao", "Nội dung", "Không có.")
    for heading, name, columns in EVIDENCE:
        add(document, "Đề mục lớn", heading)
        add(document, TAG, f"{{%p if {name} %}}")
        listing(document, name, columns)
        add(document, TAG, "{%p else %}")
        add(document, "Nội dung", "Không có.")
        add(document, TAG, "{%p endif %}")


FORMS: dict[str, Callable[[Document], None]] = {
    "to-trinh-doan-ra": proposal,
    "ke-hoach-hoi-nghi": conference_plan,
    "chuong-trinh-hoi-nghi": agenda,
    "bang-doi-chieu": provenance,
}


def build(name: str) -> bytes:
    """The template `name` as the bytes of a .docx; the same bytes every time."""
    document = blank()
    FORMS[name](document)
    # Word wants a paragraph after the last table.
    if isinstance(list(document.iter_inner_content())[-1], Table):
        add(document, "Ngắt phần")
    page_header(document)
    fit(document)
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


def main(folder: Path) -> None:
    """Write every template into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FORMS:
        (folder / f"{name}.docx").write_bytes(build(name))
        print(f"{folder / name}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES)
