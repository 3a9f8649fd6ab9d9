"""Papers of the case given as a file: read, compared with the row, used to prove citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from offices import REPO, an_office

from drafting.cases import Case, SlotText, read_case
from drafting.ledger import Verdict
from drafting.office import Office
from drafting.office.drafts import Drafted

LETTER = (
    "VĂN PHÒNG THỊ TRƯỞNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Số: 1234/GM-VP\tCao Bằng, ngày 12 tháng 8 năm 2026\n"
    "GIẤY MỜI\nDự Hội đàm biên giới lần thứ năm\n\n"
    "1. Thời gian: ngày 20 tháng 9 năm 2026.\n\n2. Thành phần: không quá năm người."
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


def letter(folder: Path, text: str = LETTER, name: str = "giay-moi.docx") -> Path:
    file = docx.Document()
    for line in text.splitlines():
        file.add_paragraph(line)
    file.save(str(folder / name))
    return folder / name


def drafted(office: Office, folder: Path, row: Mapping[str, object], said: str = "") -> Drafted:
    form = office.form("to-trinh-doan-ra")
    case: Case = read_case(REPO / "examples" / "to-trinh-doan-ra-lang-son.yaml", form)
    values = {**case.values, "van_ban_vu_viec": (row,)}
    slots = {**case.slots, "boi_canh": SlotText((said,))} if said else case.slots
    made = replace(case, values=values, slots=slots, folder=folder)  # type: ignore[arg-type]
    return office.draft(form, made)


def basis(made: Drafted) -> str:
    return made.draft.bases.printed()[-1]


def codes(made: Drafted) -> list[str]:
    return [f"{one.severity}: {one.message}" for one in made.findings if one.code == "VV01"]


def test_number_day_kind_and_subject_come_from_the_file(office: Office, tmp_path: Path) -> None:
    letter(tmp_path)
    made = drafted(office, tmp_path, {"tep": "giay-moi.docx", "co_quan": "Văn phòng Thị trưởng"})
    assert basis(made) == (
        "Căn cứ Giấy mời số 1234/GM-VP ngày 12/8/2026 của Văn phòng Thị trưởng "
        "về dự Hội đàm biên giới lần thứ năm."
    )
    assert codes(made) == []
    entry = next(one for one in made.ledger.entries if "1234/GM-VP" in one.text)
    assert entry.verdict is Verdict.VERBATIM


def test_its_words_prove_what_the_draft_says_of_it(office: Office, tmp_path: Path) -> None:
    letter(tmp_path)
    row = {"tep": "giay-moi.docx", "co_quan": "Văn phòng Thị trưởng"}
    cited = "Giấy mời số 1234/GM-VP ngày 12/8/2026 ghi rõ: “Thành phần: không quá {} người”."
    right = drafted(office, tmp_path, row, cited.format("năm"))
    wrong = drafted(office, tmp_path, row, cited.format("mười"))
    verdicts = [
        [one.verdict for one in made.ledger.entries if one.quotations] for made in (right, wrong)
    ]
    assert verdicts == [[Verdict.VERBATIM], [Verdict.DIFFERS]]


def test_what_the_row_says_otherwise_than_its_file_is_an_error(
    office: Office, tmp_path: Path
) -> None:
    letter(tmp_path)
    made = drafted(
        office, tmp_path,
        {"tep": "giay-moi.docx", "co_quan": "Văn phòng", "ngay": date(2026, 8, 15)},
    )  # fmt: skip
    assert codes(made) == ["error: hồ sơ ghi ngày “15/8/2026”, tệp giay-moi.docx ghi “12/8/2026”"]


def test_what_could_not_be_read_is_asked_for(office: Office, tmp_path: Path) -> None:
    letter(tmp_path, "Kính gửi Sở Ngoại vụ,\nChúng tôi trân trọng mời đoàn.", "thu.docx")
    made = drafted(office, tmp_path, {"tep": "thu.docx", "loai": "Thư mời"})
    assert codes(made) == ["warning: tệp thu.docx: chưa đọc được ngày, cơ quan"]


def test_a_head_in_a_table_is_read_cell_by_cell(office: Office, tmp_path: Path) -> None:
    file = docx.Document()
    left, right = file.add_table(rows=1, cols=2)._cells
    left.text = "VĂN PHÒNG THỊ TRƯỞNG\nSố: 77/GM-VP"
    right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBuzen, ngày 12 tháng 7 năm 2026"
    for line in ("GIẤY MỜI", "Thăm và làm việc tại Buzen", "Kính gửi: Sở Ngoại vụ"):
        file.add_paragraph(line)
    file.save(str(tmp_path / "moi.docx"))
    made = drafted(office, tmp_path, {"tep": "moi.docx", "co_quan": "Văn phòng Thị trưởng"})
    assert basis(made) == (
        "Căn cứ Giấy mời số 77/GM-VP ngày 12/7/2026 của Văn phòng Thị trưởng "
        "về thăm và làm việc tại Buzen."
    )


@pytest.mark.parametrize("name", ["khong-co.docx", "hong.docx", "."])
def test_a_file_that_cannot_be_read_is_a_finding_and_the_row_stays(
    name: str, office: Office, tmp_path: Path
) -> None:
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 khong phai Word")
    made = drafted(office, tmp_path, {"tep": name, "loai": "Thư mời", "so": "5/TM-VP"})
    (found,) = codes(made)
    assert found.startswith("error: ")
    assert "Thư mời số 5/TM-VP" in basis(made)
