"""The styles of our Word templates, and an empty document that holds them.

NĐ 30/2020/NĐ-CP, Phụ lục I: Times New Roman; sizes and emphasis of each element as in STYLES.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.oxml.ns import nsdecls

from drafting.text import fold

FONT = "Times New Roman"
W = nsdecls("w")


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: sizes and gaps in points, indents in mm, `line` in single lines.

    `rule`: a thin line under an (empty) paragraph two points high.
    """

    size: float = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = "left"
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    keep: bool = False
    outline: int | None = None
    rule: bool = False
    colour: str = ""


def _body(
    *, bold: bool = False, italic: bool = False, before: float = 0, outline: int | None = None
) -> Look:
    return Look(
        bold=bold, italic=italic, align="both", first=12.7, before=before, after=6, line=1.15,
        keep=outline is not None, outline=outline,
    )  # fmt: skip


STYLES = {
    "Quốc hiệu": Look(13, bold=True, align="center"),
    "Tiêu ngữ": Look(14, bold=True, align="center"),
    "Cơ quan chủ quản": Look(13, caps=True, align="center"),
    "Cơ quan": Look(13, bold=True, caps=True, align="center"),
    "Số ký hiệu": Look(13, align="center", before=7),
    "Địa danh ngày tháng": Look(14, italic=True, align="center", before=6),
    "Kẻ ngang": Look(1, align="center", before=2, rule=True),
    "Kẻ ngang đủ": Look(1, align="center", before=2, rule=True),
    "Kẻ ngang trích yếu": Look(1, align="center", before=2, after=14, rule=True),
    "Tên loại": Look(14, bold=True, caps=True, align="center", before=18, keep=True),
    "Trích yếu": Look(14, bold=True, align="center", keep=True),
    "Kính gửi": Look(14, align="center", after=10),
    "Kính gửi nhiều nơi": Look(14, left=35, keep=True),
    "Nơi kính gửi": Look(14, left=56, first=-2.9),
    "Nội dung": _body(),
    "Căn cứ": _body(italic=True),
    "Đề mục lớn": _body(bold=True, before=6, outline=0),
    "Đề mục": _body(bold=True, before=6, outline=1),
    "Nơi nhận": Look(12, bold=True, italic=True, keep=True),
    "Danh sách nơi nhận": Look(11, left=2.5, first=-2.5, keep=True),
    "Quyền hạn": Look(14, bold=True, caps=True, align="center", keep=True),
    "Chức vụ": Look(14, bold=True, caps=True, align="center", keep=True),
    "Chỗ ký": Look(14, align="center", keep=True),
    "Họ tên": Look(14, bold=True, align="center", keep=True),
    "Phụ lục": Look(14, bold=True, align="center", keep=True, outline=0),
    "Tiêu đề phụ lục": Look(14, bold=True, caps=True, align="center", keep=True),
    "Kèm theo": Look(14, italic=True, align="center", after=10, keep=True),
    "Kèm theo tên": Look(14, italic=True, align="center", keep=True),
    "Đầu bảng": Look(13, bold=True, align="center", before=2, after=2, keep=True),
    "Ô bảng": Look(13, before=2, after=2),
    "Ô bảng giữa": Look(13, align="center", before=2, after=2),
    "Số trang": Look(14, align="center"),
    "Ngắt phần": Look(1),
    "Hết khối": Look(1, keep=True),
    "Ngắt đoạn": Look(8),
    "Thẻ mẫu": Look(9, colour="7F7F7F"),
}
_TWO_POINTS_HIGH = {"Ngắt phần", "Hết khối", *(name for name, look in STYLES.items() if look.rule)}


def blank() -> Document:
    """An empty document with our styles and nothing else: no theme, no thumbnail, no dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in _PARTS.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')
    out.seek(0)
    return docx.Document(out)


def style_id(name: str) -> str:
    """An ASCII id for a Vietnamese style name.

    >>> style_id("Đề mục lớn")
    'DeMucLon'
    """
    return "".join(word.capitalize() for word in fold(name).split())


# --- XML, children in the order the schema wants ---


def _style(name: str, look: Look) -> str:
    spacing = f'w:before="{look.before * 20:g}" w:after="{look.after * 20:g}" '
    if name in _TWO_POINTS_HIGH:
        spacing += 'w:line="40" w:lineRule="exact"'
    else:
        spacing += f'w:line="{round(look.line * 240)}" w:lineRule="auto"'
    first = "hanging" if look.first < 0 else "firstLine"
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    marks = (("b", look.bold), ("i", look.italic), ("caps", look.caps))
    run = "".join(f"<w:{tag}/>" for tag, on in marks if on)
    run += f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{'<w:keepNext/>' if look.keep else ''}{border if look.rule else ''}"
        f'<w:spacing {spacing}/><w:ind w:left="{_twips(look.left)}" w:{first}='
        f'"{_twips(abs(look.first))}"/><w:jc w:val="{look.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{run}<w:sz w:val="{look.size * 2:g}"/><w:szCs w:val="{look.size * 2:g}"/></w:rPr>'
        "</w:style>"
    )


def _twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def _padding(twips: int) -> str:
    sides = (f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar>{''.join(sides)}</w:tblCellMar>"


_RUN = (
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    '<w:sz w:val="28"/><w:szCs w:val="28"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
)
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{_RUN}</w:rPr></w:rPrDefault>"
    "<w:pPrDefault/></w:docDefaults>"
    # Only our own styles show in the gallery.
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    f"<w:qFormat/><w:rPr>{_RUN}</w:rPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f"<w:semiHidden/><w:tblPr>{_padding(108)}</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="Khung"><w:name w:val="Khung"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_padding(0)}</w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="Bang"><w:name w:val="Bảng"/>'
    f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>'
    f"{_padding(85)}</w:tblPr></w:style>"
    + "".join(_style(name, look) for name, look in STYLES.items())
    + "</w:styles>"
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
# Without these Word opens the file in compatibility mode.
_COMPAT = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
    f' w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
    )
)
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_CONTENT}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        ' ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.wordprocessingml'
        '.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.wordprocessingml'
        '.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.wordprocessingml'
        '.settings+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_TYPES}/officeDocument"'
        f' Target="word/document.xml"/><Relationship Id="rId2" Type="{_CORE_TYPE}"'
        ' Target="docProps/core.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_TYPES}/styles"'
        f' Target="styles.xml"/><Relationship Id="rId2" Type="{_TYPES}/settings"'
        ' Target="settings.xml"/></Relationships>'
    ),
    "word/document.xml": (
        f'<w:document {nsdecls("w", "r")}><w:body><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567"'
        ' w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    ),
    "word/styles.xml": _STYLES,
    "word/settings.xml": (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{_COMPAT}</w:compat>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    ),
    "docProps/core.xml": (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    ),
}
