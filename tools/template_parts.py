"""The elements of our Word templates, a function each: letterhead, title, signature, annex, table.

NĐ 30/2020/NĐ-CP, Phụ lục I; the ô numbers in the docstrings are those of its sketch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from template_styles import W

TAG, END = "Thẻ mẫu", "{%p endfor %}"
Holder: TypeAlias = Document | _Cell
# Heading, width in mm, field of the row, whether centred.
Column: TypeAlias = tuple[str, float, str, bool]

# --- Elements of thể thức ---


def add(holder: Holder, style: str, text: str = "") -> Paragraph:
    """A paragraph; the empty one that every new cell has is used first."""
    if isinstance(holder, _Cell):
        first: Paragraph = holder.paragraphs[0]
        if first._p.style is None and not first.text:
            first.style, first.text = style, text
            return first
    made: Paragraph = holder.add_paragraph(text, style)
    return made


def lines(holder: Holder, name: str, style: str, text: str = "{{ dong }}") -> None:
    """One paragraph for every item of the list `name`."""
    add(holder, TAG, f"{{%p for dong in {name} %}}")
    add(holder, style, text)
    add(holder, TAG, END)


def when(holder: Holder, condition: str, style: str, text: str) -> None:
    """A paragraph that is there only when `condition` holds."""
    add(holder, TAG, f"{{%p if {condition} %}}")
    add(holder, style, text)
    add(holder, TAG, "{%p endif %}")


def letterhead(document: Document) -> None:
    """Ô số 1, 2, 3, 4: Quốc hiệu, Tiêu ngữ; issuing body; số, ký hiệu; place and date."""
    table = grid(document, "Khung", [61.2, 98.8], rows=2)
    body, nation = table.rows[0].cells
    when(body, "chu_quan", "Cơ quan chủ quản", "{{ chu_quan }}")
    add(body, "Cơ quan", "{{ co_quan }}")
    add(body, "Kẻ ngang")
    add(nation, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    add(nation, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    add(nation, "Kẻ ngang đủ")
    number, day = table.rows[1].cells
    add(number, "Số ký hiệu", "{{ so_ky_hieu }}")
    add(day, "Địa danh ngày tháng", "{{ dia_danh_ngay }}")


def title(document: Document) -> None:
    """Ô số 5a: tên loại, trích yếu and the rule under it."""
    add(document, "Tên loại", "{{ ten_loai }}")
    add(document, "Trích yếu", "{{ trich_yeu }}")
    add(document, "Kẻ ngang trích yếu")


def addressees(document: Document) -> None:
    """Ô số 9a: one addressee on the line of "Kính gửi", several under its colon."""
    add(document, TAG, "{%p if kinh_gui|length == 1 %}")
    lines(document, "kinh_gui", "Kính gửi", "Kính gửi: {{ dong }}")
    add(document, TAG, "{%p elif kinh_gui %}")
    add(document, "Kính gửi nhiều nơi", "Kính gửi:")
    end = "{% if loop.last %}.{% else %};{% endif %}"
    lines(document, "kinh_gui", "Nơi kính gửi", f"- {{{{ dong }}}}{end}")
    add(document, "Ngắt đoạn")
    add(document, TAG, "{%p endif %}")


def signature(document: Document) -> None:
    """Ô số 7, 9b: Nơi nhận left; authority, three free lines for the signature, name right."""
    table = grid(document, "Khung", [80, 80])
    receivers, signer = table.rows[0].cells
    add(receivers, TAG, "{%p if noi_nhan %}")
    add(receivers, "Nơi nhận", "Nơi nhận:")
    lines(receivers, "noi_nhan", "Danh sách nơi nhận")
    add(receivers, TAG, "{%p endif %}")
    add(receivers, "Hết khối")
    lines(signer, "quyen_han", "Quyền hạn")
    add(signer, "Chức vụ", "{{ chuc_vu }}")
    for _ in range(3):
        add(signer, "Chỗ ký")
    add(signer, "Họ tên", "{{ ho_ten }}")


def annex(document: Document, label: str, name: str) -> None:
    """A Phụ lục in a section of its own, its pages numbered from 1, the first number hidden."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = "Ngắt phần"
    number_pages(section)
    add(document, "Phụ lục", label)
    add(document, "Tiêu đề phụ lục", name)
    when(document, "kem_theo", "Kèm theo", "{{ kem_theo }}")


def number_pages(section: Section) -> None:
    """Number in the middle of the top margin, from the second page of the section on."""
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    margins = properties.find(qn("w:pgMar"))
    assert margins is not None, "template_styles.blank() sets them"
    margins.addnext(parse_xml(f'<w:pgNumType {W} w:start="1"/>'))


def page_header(document: Document) -> None:
    """The header that every section shares: PAGE, and nothing on first pages."""
    section = document.sections[0]
    number_pages(section)
    field = f'<w:fldSimple {W} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    for header in (section.header, section.first_page_header):
        header.paragraphs[0].style = "Số trang"
    section.header.paragraphs[0]._p.append(parse_xml(field))


# --- Tables ---


def grid(document: Document, style: str, widths: list[float], rows: int = 1) -> Table:
    """A table of fixed widths (mm) whose rows are never split over two pages."""
    table: Table = document.add_table(rows, len(widths))
    table.style = style
    table.autofit = False
    properties = table._tbl.tblPr
    total = sum(Mm(width).twips for width in widths)
    for old in properties.findall(qn("w:tblW")):
        old.set(qn("w:w"), str(total))
        old.set(qn("w:type"), "dxa")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {W}/>"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def listing(document: Document, name: str, columns: Sequence[Column], total: str = "") -> None:
    """A ruled table with one row for every row of the list `name`, and a last row with `total`."""
    widths = [width for _, width, _, _ in columns]
    table = grid(document, "Bảng", widths, rows=5 if total else 4)
    head, opening, body, closing, *last = table.rows
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    add(opening.cells[0], TAG, f"{{%tr for hang in {name} %}}")
    add(closing.cells[0], TAG, "{%tr endfor %}")
    for index, (text, _, field, centred) in enumerate(columns):
        add(head.cells[index], "Đầu bảng", text)
        style = "Ô bảng giữa" if centred else "Ô bảng"
        add(body.cells[index], style, f"{{{{ hang.{field} }}}}")
    for row in last:
        cells = row.cells
        add(cells[0].merge(cells[1]), "Đầu bảng", "Tổng cộng")
        add(cells[2], "Đầu bảng", f"{{{{ {total} }}}}")
        add(cells[3], "Ô bảng")
