"""A Word file reads as Word shows it, and what is none says what to do."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from render_samples import TEMPLATES, document_xml, parts, repacked, template

from drafting.errors import UnreadableFile
from drafting.read import docx_parts, read
from drafting.read.docx import Paragraph, Table, WordFile, project

LETTER = TEMPLATES / "to-trinh-doan-ra.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **others: str) -> WordFile:
    return WordFile.from_bytes(document_xml(body, **others), "thử.docx")


def text_of(body: str) -> str:
    return word(f"<w:p>{body}</w:p>").paragraphs()[0].text


# --- Text as Word shows it ---


@pytest.mark.parametrize(
    ("runs", "text"),
    {
        "<w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t></w:r>": "một\thai",
        "<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:cr/><w:t>ba</w:t></w:r>": "một\nhai\nba",
        "<w:r><w:t>QĐ</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r>": "QĐ\u2011UBND",
        "<w:r><w:t>chia</w:t><w:softHyphen/><w:t>từ</w:t></w:r>": "chiatừ",
        '<w:r><w:t xml:space="preserve"> giữ </w:t></w:r><w:r><w:t> bỏ </w:t></w:r>': " giữ bỏ",
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r>"
        "</w:del>": "thêm",
        "<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>": "liên kết",
        "<w:sdt><w:sdtContent><w:r><w:t>ô nhập</w:t></w:r></w:sdtContent></w:sdt>": "ô nhập",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r>": "hiện",
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>': "3",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>kết quả</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r>': "kết quả.",
        "<w:r><w:t>a &amp; b &lt;c&gt;</w:t></w:r>": "a & b <c>",
        "": "",
    }.items(),
)
def test_a_paragraph_reads_as_word_shows_it(runs: str, text: str) -> None:
    assert text_of(runs) == text


def test_fields_are_named() -> None:
    (paragraph,) = word(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> NUMPAGES </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ).paragraphs()
    assert paragraph.fields == ("NUMPAGES",) and paragraph.text == ""


def test_a_text_box_is_read_once_after_its_anchor() -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"

    body = (
        f"<w:p><w:r><w:t>neo</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box('KHẨN')}"
        f"</mc:Choice><mc:Fallback>{box('KHẨN')}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [paragraph.text for paragraph in word(body).paragraphs()] == ["neo", "KHẨN"]


def test_tables_and_paragraphs_keep_their_order(tmp_path: Path) -> None:
    document = Document(str(template(tmp_path / "a.docx", "trước")))
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b\nb2"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "gộp"
    document.add_paragraph("sau")
    document.save(str(tmp_path / "a.docx"))
    read_back = WordFile.open(tmp_path / "a.docx")
    assert read_back.source().text == "trước\na\tb b2\ngộp\nsau\n"
    assert [type(block) for block in read_back.blocks] == [Paragraph, Table, Paragraph]
    assert isinstance(read_back.blocks[1], Table)
    assert [cell.span for cell in read_back.blocks[1].rows[1].cells] == [2]


def test_source_is_a_line_a_paragraph_and_knows_its_file() -> None:
    source = read(LETTER)
    assert source.name == LETTER.name and len(source.sha256) == 64
    first, second, *_ = source.text.split("\n")
    assert first.split("\t")[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập")
    assert second == "{{ so_ky_hieu }}\t{{ dia_danh_ngay }}"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))))
def test_any_paragraph_reads_back(texts: list[str]) -> None:
    document = Document(str(LETTER))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    texts = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    for text in texts:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    again = WordFile.from_bytes(stream.getvalue(), "a.docx")
    assert [paragraph.text for paragraph in again.paragraphs()] == texts


# --- Effective formatting ---

STYLES = f"""<w:styles {W}>
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Cambria"/>
<w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="200"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Mẹ"/><w:basedOn w:val="N"/>
<w:pPr><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Con"/><w:basedOn w:val="A"/>
<w:rPr><w:i/><w:caps/></w:rPr></w:style>
<w:style w:type="character" w:styleId="C"><w:name w:val="Nhấn"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="V"><w:name w:val="Vòng"/><w:basedOn w:val="V"/></w:style>
<w:style w:type="table" w:styleId="T"><w:name w:val="Bảng"/><w:rPr><w:sz w:val="20"/></w:rPr>
</w:style></w:styles>"""


def styled(properties: str = "", run: str = "", text: str = "abc") -> Paragraph:
    body = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
    return word(body, styles=STYLES).paragraphs()[0]


def test_a_style_inherits_down_its_chain() -> None:
    paragraph = styled('<w:pStyle w:val="B"/>')
    look = paragraph.text_format
    assert paragraph.style == "Con" and look is not None
    assert (look.size, look.bold, look.italic, look.caps) == (14, True, True, True)
    assert (paragraph.format.align, paragraph.format.first_line) == ("both", 12.7)
    assert paragraph.format.after == 10


@pytest.mark.parametrize(
    ("properties", "run", "bold", "size"),
    [
        ("", "", False, 11),
        ('<w:pStyle w:val="A"/>', "", True, 14),
        ('<w:pStyle w:val="A"/>', '<w:b w:val="0"/>', False, 14),
        ('<w:pStyle w:val="A"/>', '<w:rStyle w:val="C"/>', False, 14),  # a toggle set twice
        ("", '<w:rStyle w:val="C"/><w:sz w:val="27"/>', True, 13.5),
        ('<w:pStyle w:val="V"/>', "", False, 11),  # based on itself
        ('<w:pStyle w:val="khong-co"/>', "", False, 11),
    ],
)
def test_direct_formatting_wins_and_toggles_cancel(
    properties: str, run: str, bold: bool, size: float
) -> None:
    look = styled(properties, run).text_format
    assert look is not None and (look.bold, look.size) == (bold, size)


def test_vietnamese_letters_take_the_other_font() -> None:
    for text, font in (("abc", "Calibri"), ("Điều", "Cambria")):
        look = styled(text=text).text_format
        assert look is not None and look.font == font


def test_a_table_style_stands_below_the_paragraph_style() -> None:
    cell = "<w:p><w:pPr>{}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
    mother = '<w:pStyle w:val="A"/>'
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>'
        f"{cell.format('')}{cell.format(mother)}"
        "</w:tc></w:tr></w:tbl>"
    )
    looks = [p.text_format for p in word(body, styles=STYLES).paragraphs()]
    assert [look.size for look in looks if look] == [10, 14]


@pytest.mark.parametrize(
    ("properties", "line", "rule", "first"),
    [
        ('<w:spacing w:line="360" w:lineRule="auto"/>', 1.5, "auto", 0),
        ('<w:spacing w:line="360" w:lineRule="exact"/>', 18, "exact", 0),
        ('<w:ind w:left="720" w:hanging="360"/>', 1, "auto", -6.3),
        ('<w:ind w:firstLine="nan"/><w:spacing w:line="x"/>', 0, "auto", 0),
    ],
)
def test_spacing_and_indents_have_units(
    properties: str, line: float, rule: str, first: float
) -> None:
    form = styled(properties).format
    assert (form.line, form.line_rule, form.first_line) == (line, rule, first)


def test_an_automatic_number_is_said_not_read() -> None:
    paragraph = styled('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
    assert paragraph.format.numbered and paragraph.text == "abc"
    assert not styled('<w:numPr><w:numId w:val="0"/></w:numPr>').format.numbered


def test_sections_know_their_page_and_inherit_headers(tmp_path: Path) -> None:
    document = Document(str(template(tmp_path / "a.docx", "một")))
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.page_width, second.page_height, second.left_margin = Mm(297), Mm(210), Mm(35)
    document.add_paragraph("hai")
    document.save(str(tmp_path / "a.docx"))
    first, last = WordFile.open(tmp_path / "a.docx").sections
    assert (first.landscape, first.left, last.landscape, last.left) == (False, 30, True, 35)
    assert first.headers == last.headers and list(first.headers) == ["default"]
    assert project(tmp_path / "a.docx").splitlines()[-3:] == [
        "=== phần 2: 297×210 ngang, lề trên 20 dưới 20 trái 35 phải 20",
        "--- đầu trang default: [Header] đầu trang",
        "[Normal] hai",
    ]


def test_theme_fonts_are_resolved() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
        '<a:latin typeface="Aptos"/></a:minorFont></a:theme>'
    )
    styles = STYLES.replace('w:ascii="Calibri" w:hAnsi="Cambria"', 'w:asciiTheme="minorHAnsi"')
    relations = parts(LETTER)["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="theme1.xml"/></Relationships>'
    data = repacked(
        LETTER,
        {
            "word/_rels/document.xml.rels": relations.replace(
                "</Relationships>", relation
            ).encode(),
            "word/theme1.xml": theme.encode(),
            "word/styles.xml": styles.encode(),
        },
    )
    fonts = {r.format.font for p in WordFile.from_bytes(data, "a").paragraphs() for r in p.runs}
    assert fonts == {"Aptos"}


def test_a_strict_file_reads_like_any_other() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    changes: dict[str, bytes | None] = {
        name: data.replace(usual.encode(), strict.encode())
        for name, data in parts(LETTER).items()
        if name.endswith(".xml") and name.startswith("word/")
    }
    data = repacked(LETTER, changes)
    assert WordFile.from_bytes(data, "a").source().text == WordFile.open(LETTER).source().text


# --- What is no Word file ---

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_bad_files_say_what_they_are_and_what_to_do() -> None:
    whole = LETTER.read_bytes()
    damaged = bytearray(whole)
    position = whole.index(b"word/document.xml") + 60
    damaged[position : position + 200] = b"\xff" * 200
    cases = {
        "không phải tệp Word": b"Xin chao, day la van ban thuong",
        "tệp hỏng hoặc không phải": whole[: len(whole) // 2],
        "bị hỏng": bytes(damaged),
        "không chứa văn bản Word": zipped(a=b"x"),
        "không chứa văn bản Word ": repacked(LETTER, {"word/document.xml": None}),
        "bảng tính": zipped(xl__workbook=b"x"),
        "LibreOffice": zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
        "Word đời cũ": OLE,
        "có mật khẩu": OLE + "EncryptedPackage".encode("utf-16-le"),
        "phần word/document.xml của tệp bị hỏng": repacked(
            LETTER, {"word/document.xml": b"<w:document"}
        ),
        "DTD": repacked(LETTER, {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    }
    for why, data in cases.items():
        with pytest.raises(UnreadableFile, match=why.strip()) as caught:
            WordFile.from_bytes(data, "thử.docx")
        assert "thử.docx" in str(caught.value) and str(caught.value).endswith(".")


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "mat.txt").write_text("bí mật", "utf-8")
    for encoding in ("utf-8", "utf-16"):
        xml = (
            f'<?xml version="1.0" encoding="{encoding}"?>'
            f'<!DOCTYPE a [<!ENTITY b SYSTEM "{(tmp_path / "mat.txt").as_uri()}">]><a>&b;</a>'
        )
        with pytest.raises(UnreadableFile, match="DTD"):
            WordFile.from_bytes(repacked(LETTER, {"word/styles.xml": xml.encode(encoding)}), "a")


def test_a_zip_bomb_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_parts, "MAX_PART", 100_000)
    data = repacked(LETTER, {"word/document.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})
    assert len(data) < 20_000
    with pytest.raises(UnreadableFile, match="quá lớn"):
        WordFile.from_bytes(data, "a.docx")
    monkeypatch.setattr(docx_parts, "MAX_ENTRIES", 3)
    with pytest.raises(UnreadableFile, match="quá nhiều phần"):
        WordFile.open(LETTER)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_never_ends_in_a_traceback(data: st.DataObject) -> None:
    whole = bytearray(LETTER.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with contextlib.suppress(UnreadableFile):
        WordFile.from_bytes(bytes(whole[:cut] if cut % 3 == 0 else whole), "a.docx")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_odd_but_well_formed_xml_never_ends_in_a_traceback(data: st.DataObject) -> None:
    tags = ["p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "sectPr", "br", "sdt", "sdtContent",
            "fldChar", "fldSimple", "ind", "spacing", "sz", "pgSz", "tcPr", "gridSpan"]  # fmt: skip
    names = ["val", "w", "line", "firstLine", "hanging", "fldCharType", "instr", "start"]

    def element(depth: int) -> str:
        tag = data.draw(st.sampled_from(tags))
        value = data.draw(st.sampled_from(["", "1", "-5", "abc", "1e999", "nan", "begin", "end"]))
        inside = "".join(element(depth - 1) for _ in range(data.draw(st.integers(0, depth))))
        return f'<w:{tag} w:{data.draw(st.sampled_from(names))}="{value}">{inside}</w:{tag}>'

    read_back = word("".join(element(3) for _ in range(3)), styles=STYLES)
    assert read_back.source().text is not None
