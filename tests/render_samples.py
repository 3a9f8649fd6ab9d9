"""What the render tests are filled with: one realistic case a form, and small templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from template_styles import blank

from drafting.render import Context

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
OPEN = "[Cần bổ sung: chức vụ]"
PURPOSE = (
    "Thực hiện Kế hoạch hoạt động đối ngoại năm 2026 của tỉnh và trên cơ sở thư mời của Văn phòng "
    "Ngoại sự Chính phủ nhân dân Khu tự trị dân tộc Choang Quảng Tây, việc cử đoàn đại biểu tỉnh "
    "sang thăm, làm việc là cần thiết nhằm củng cố quan hệ hữu nghị và thúc đẩy hợp tác."
)
SECTIONS = [
    "boi_canh",
    "danh_nghia",
    "muc_dich_yeu_cau",
    "noi_dung",
    "thanh_phan",
    "thoi_gian",
    "muc_do_tiep_xuc",
    "tuyen_truyen",
    "kinh_phi",
    "che_do",
    "qua_tang",
    "phat_bieu",
    "danh_muc_van_kien",
    "kien_nghi",
]
PARTS = ["muc_dich", "yeu_cau", "thoi_gian", "dia_diem", "thanh_phan", "noi_dung", "kinh_phi"]


def prose(names: list[str]) -> dict[str, list[str]]:
    """A paragraph for every name, each saying whose it is; the first has a long one too."""
    text = {name: [f"Đoạn này thuộc mục {name} của văn bản."] for name in names}
    text[names[0]].append(PURPOSE)
    return text


def common() -> dict[str, str | list[str]]:
    """What every document with a letterhead has, here of the Sở."""
    return {
        "chu_quan": "UBND TỈNH LẠNG SƠN",
        "co_quan": "SỞ NGOẠI VỤ",
        "so_ky_hieu": "Số:          /TTr-SNgV",
        "dia_danh_ngay": "Lạng Sơn, ngày      tháng      năm 2026",
        "ten_loai": "TỜ TRÌNH",
        "trich_yeu": "Về việc cử đoàn đại biểu tỉnh Lạng Sơn đi công tác tại Khu tự trị dân tộc "
        "Choang Quảng Tây, Cộng hòa Nhân dân Trung Hoa",
        "can_cu": [
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            "Căn cứ Quyết định số 50/2025/QĐ-UBND ngày 30 tháng 6 năm 2025 của Ủy ban nhân dân "
            "tỉnh Lạng Sơn quy định chức năng, nhiệm vụ của Sở Ngoại vụ.",
        ],
        "mo_dau": ["Sở Ngoại vụ kính trình Chủ tịch Ủy ban nhân dân tỉnh nội dung sau:"],
        "ket": ["Sở Ngoại vụ kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./."],
        "quyen_han": ["KT. GIÁM ĐỐC"],
        "chuc_vu": "PHÓ GIÁM ĐỐC",
        "ho_ten": "Nguyễn Thị Phương Anh",
        "noi_nhan": ["- Như trên;", "- Ban Giám đốc Sở;", "- Lưu: VT, HTQT."],
        "kem_theo": "(Kèm theo Tờ trình số          /TTr-SNgV ngày      tháng      năm 2026 của "
        "Sở Ngoại vụ tỉnh Lạng Sơn)",
    }


def proposal(**changes: str | list[str]) -> Context:
    """A Tờ trình cử đoàn ra with one open slot in its table."""
    member = {"stt": "1", "ho_ten": "Hoàng Văn A", "chuc_vu": OPEN,
              "don_vi": "UBND tỉnh", "nhiem_vu": "Trưởng đoàn"}  # fmt: skip
    visit = {"thoi_gian": "08 giờ 30, ngày 07/9/2026", "dia_diem": "Nam Ninh",
             "hoat_dong": "Hội đàm", "thanh_phan": "Toàn đoàn"}  # fmt: skip
    return {
        **common(),
        "kinh_gui": ["Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn"],
        **prose(SECTIONS),
        "doan": [member],
        "chuong_trinh": [visit],
        **changes,
    }


def conference_plan(**changes: str | list[str]) -> Context:
    """A Kế hoạch issued by UBND: no superior body, no addressee."""
    guest = {"stt": "1", "thanh_phan": "Lãnh đạo các sở", "so_luong": "12", "ghi_chu": ""}
    task = {"stt": "1", "don_vi": "Sở Tài chính", "viec": "Thẩm định dự toán",
            "phoi_hop": "Sở Ngoại vụ", "thoi_han": "Trước 10/12/2026"}  # fmt: skip
    return {
        **common(),
        "chu_quan": "",
        "co_quan": "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
        "so_ky_hieu": "Số:          /KH-UBND",
        "ten_loai": "KẾ HOẠCH",
        "trich_yeu": "Tổ chức Hội nghị tổng kết công tác đối ngoại năm 2026",
        "quyen_han": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"],
        "chuc_vu": "PHÓ CHỦ TỊCH",
        **prose(PARTS),
        "to_chuc": [{"ten": "1. Sở Ngoại vụ", "viec": ["- Chủ trì.", "- Mời đại biểu."]}],
        "dai_bieu": [guest],
        "tong_dai_bieu": "12",
        "phan_cong": [task],
        **changes,
    }


def agenda(**changes: str | list[str]) -> Context:
    """A Chương trình hội nghị."""
    return {
        "ten_hoi_nghi": "Hội nghị tổng kết công tác đối ngoại năm 2026",
        "kem_theo": "(Kèm theo Giấy mời số          /GM-SNgV của Sở Ngoại vụ)",
        "thoi_gian": "08 giờ 00, ngày 18/12/2026",
        "dia_diem": "Hội trường tầng 2",
        "chu_tri": "[Cần bổ sung: người chủ trì]",
        "muc": [{"gio": "08 giờ 00", "noi_dung": "Khai mạc", "thuc_hien": "Ban tổ chức",
                 "dia_diem": "Hội trường"}],
        "ghi_chu": ["Đại biểu có mặt trước 15 phút."],
        **changes,
    }  # fmt: skip


def provenance(**changes: str | list[str]) -> Context:
    """A bảng đối chiếu with one row a table and no suggestion."""
    return {
        "tieu_de": "BẢNG ĐỐI CHIẾU",
        "van_ban": "Tờ trình về việc cử đoàn ra",
        "ngay_lap": "Lập ngày 23/11/2026",
        "tom_tat": ["2/2 căn cứ khớp."],
        "doan_van": [{"so": "1", "doan": PURPOSE, "nguon": "19-QC/TU, Điều 15",
                      "trich": "Bối cảnh", "nguon_goc": "cán bộ soạn"}],
        "can_cu": [{"so": "1", "noi_dung": "Quyết định số 50/2025/QĐ-UBND",
                    "ket_qua": "khớp nguyên văn", "hieu_luc": "còn hiệu lực", "ghi_chu": ""}],
        "goi_y": [],
        "tep": [{"ten": "50-2025-qd-ubnd.txt", "sha256": "3f78" * 16}],
        "canh_bao": [],
        **changes,
    }  # fmt: skip


FORMS: dict[str, Callable[..., Context]] = {
    "to-trinh-doan-ra": proposal,
    "ke-hoach-hoi-nghi": conference_plan,
    "chuong-trinh-hoi-nghi": agenda,
    "bang-doi-chieu": provenance,
}
WITH_LETTERHEAD = ("to-trinh-doan-ra", "ke-hoach-hoi-nghi")


def template(path: Path, *paragraphs: str) -> Path:
    """A template of plain paragraphs."""
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a Word file by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(path: Path, changes: dict[str, bytes | None]) -> bytes:
    """The Word file with some parts replaced (None: left out)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts(path), **changes}.items():
            if data is not None:
                archive.writestr(name, data)
    return out.getvalue()


def document_xml(body: str, **others: str) -> bytes:
    """A Word file whose document part has this body; `others` adds parts by file name in word/."""
    package = _minimal()
    package["word/document.xml"] = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()
    package |= {f"word/{name}.xml": text.encode() for name, text in others.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in package.items():
            archive.writestr(name, data)
    return out.getvalue()


def _minimal() -> dict[str, bytes]:
    stream = io.BytesIO()
    blank().save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def python_docx_paragraphs(path: Path) -> list[str]:
    """The body's own paragraphs as an independent reader sees them."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
