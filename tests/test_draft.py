"""A draft is filled from its case, demands what its province demands, guesses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import REPO, TODAY, an_office

from drafting.cases import Case, SlotText, parse_case, read_case
from drafting.draft import Draft, Force, SlotState, draft
from drafting.draft.agenda import agenda
from drafting.draft.letterhead import letterhead
from drafting.draft.schedule import read_event
from drafting.errors import BadInput
from drafting.findings import Severity
from drafting.office import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


def case_of(office: Office, example: str) -> Case:
    form = next(f for f in office.forms() if example.startswith(f.id))
    return read_case(REPO / "examples" / f"{example}.yaml", form)


def made(office: Office, example: str, **changes: object) -> Draft:
    form = next(f for f in office.forms() if example.startswith(f.id))
    case = case_of(office, example)
    values = {k: v for k, v in {**case.values, **changes}.items() if v is not None}
    changed = replace(case, values=values)  # type: ignore[arg-type]  # a test changes any field
    return draft(form, changed, office.library, office.retriever, today=TODAY)


LANG_SON, BAC_GIANG = "to-trinh-doan-ra-lang-son", "to-trinh-doan-ra-bac-giang"


# --- Force depends on the province ---


def test_article_15_binds_bac_giang_and_only_informs_lang_son(office: Office) -> None:
    forces = {
        name: {s.demand.force for s in made(office, name).slots if s.slot.eid == "art_15__cl_2"}
        for name in (BAC_GIANG, LANG_SON)
    }
    assert forces == {BAC_GIANG: {Force.MANDATORY}, LANG_SON: {Force.REFERENCE}}


def test_after_the_merger_nothing_of_19_qc_tu_is_mandatory(office: Office) -> None:
    later = made(office, BAC_GIANG, ngay_soan=date(2026, 8, 10))
    assert Force.MANDATORY not in {slot.demand.force for slot in later.slots}


def test_every_demand_is_a_span_of_the_provision_it_names(office: Office) -> None:
    from drafting.text import plain

    for form in office.forms():
        demands = [(s.document, s.eid, s.quote) for s in form.slots if not s.custom]
        demands += [("ke-hoach-hoi-nghi-2024.txt", t.eid, t.quote) for t in form.tasks]
        for name, eid, quote in demands:
            provision = office.find(name).document.get(eid)
            assert provision is not None, (form.id, eid)
            assert plain(quote) in plain(provision.text), (form.id, quote)


# --- Căn cứ ---


def test_căn_cứ_are_whole_documents_in_rank_order(office: Office) -> None:
    lines = made(office, LANG_SON).bases.printed()
    assert [line.split(" ngày ")[0] for line in lines] == [
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "Căn cứ Nghị định số 150/2025/NĐ-CP",
        "Căn cứ Quyết định số 50/2025/QĐ-UBND",
        "Căn cứ Thư mời",
    ]
    assert all(line.endswith(";") for line in lines[:-1]) and lines[-1].endswith(".")


BAC_GIANG_LAW = [
    "19-QC/TU",
    "Quy chế số 19-QC/TU",
    "Căn cứ Quy chế 19-QC/TU;",
    "Quy chế số 19/QC/TU",
    "Quy chế số 19/QC-TU",
    "Quy che so 19-QC/TU",
    "Quyết định số 50/2025/QĐ-UBND và Quy chế số 19-QC/TU",
    "Quyết định số 999/2025/QĐ-UBND và Quy chế số 19-QC/TU",
    "Quy chế quản lý thống nhất các hoạt động đối ngoại của tỉnh Bắc Giang",
    "Quy chế quản lý thống nhất các hoạt động đối ngoại của Ban Thường vụ Tỉnh ủy Bắc Giang",
]


@pytest.mark.parametrize("given", BAC_GIANG_LAW)
def test_a_bac_giang_regulation_can_never_become_căn_cứ_of_lang_son(
    given: str, office: Office
) -> None:
    found = made(office, LANG_SON, can_cu=(given, "50/2025/QĐ-UBND"))
    assert given not in "\n".join(found.bases.printed())
    assert any(f.code == "CC01" and f.severity is Severity.ERROR for f in found.findings)


def test_no_form_of_any_province_suggests_another_provinces_regulation(office: Office) -> None:
    for form in office.forms():
        for province in ("tỉnh Lạng Sơn", "tỉnh Bắc Giang", "tỉnh Cao Bằng", ""):
            values = {"tinh": province, "ngay_soan": date(2026, 8, 10), "loai_hoi_nghi": "quoc-te"}
            case = Case("thử", values)
            found = draft(form, case, office.library, office.retriever, today=TODAY)
            for line in found.bases.lines:
                assert line.record is not None
                assert line.record.jurisdiction in {"toàn quốc", "Đảng", province}


@pytest.mark.parametrize(
    "given",
    [
        "103/BC-SNgV",
        "45/TTr-SNgV",
        "Báo cáo số 103/BC-SNgV ngày 16/10/2020 của Sở Ngoại vụ tỉnh Lạng Sơn, đoạn thứ hai",
        "Báo cáo số 103/BC-SNgV",
        "Báo cáo số 999/BC-UBND ngày 01/6/2026 của UBND tỉnh Lạng Sơn",
    ],
)
def test_a_report_is_no_legal_basis(given: str, office: Office) -> None:
    found = made(office, LANG_SON, can_cu=(given,))
    assert given not in "\n".join(found.bases.printed())
    assert any(f.code == "CC01" for f in found.findings)


@pytest.mark.parametrize(
    "paper",
    [
        {"loai": "Quy chế", "so": "19-QC/TU", "ngay": date(2024, 11, 26)},
        {"loai": "Quyết định", "so": "9/QĐ-UBND", "co_quan": "UBND tỉnh Bắc Giang"},
    ],
)
def test_another_provinces_regulation_gets_in_by_no_other_door(
    paper: dict[str, object], office: Office
) -> None:
    found = made(office, LANG_SON, van_ban_vu_viec=(paper,))
    assert not any(str(paper["so"]) in line for line in found.bases.printed())
    assert any(f.code == "CC01" for f in found.findings)


@pytest.mark.parametrize(
    "typed",
    [
        "Quyết định số 50/2025/QĐ-UBND ngày 01/01/2025 của UBND tỉnh Lạng Sơn",
        "Nghị định số 150/2025/NĐ-CP ngày 12/6/2024 của Chính phủ",
        "Kế hoạch số 06/KH-UBND ngày 03/3/2026 của UBND tỉnh",
    ],
)
def test_a_typed_căn_cứ_is_never_replaced_by_another_document(typed: str, office: Office) -> None:
    found = made(office, LANG_SON, can_cu=(typed,), van_ban_vu_viec=())
    assert found.bases.printed() == [f"Căn cứ {typed}."]


@pytest.mark.parametrize(
    "typed",
    [
        "Nghị định số 78/2025/NĐ-CP ngày 01/4/2025 của Chính phủ",
        "Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022",
        "Nghị định số 150/2025/NĐ-CP của Chính phủ ngày 12 tháng Sáu năm 2024",
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 về công tác văn thư (ngày 05/3/2021)",
        "Luật số 72/2025/QH15 về Thanh niên",
        "Quyết định số 50/2025/QĐ-UBND của UBND tỉnh Lạng Sơn, đoạn thứ hai",
        "Quyết định số 50/2025/QĐ-UBND của UBND tỉnh Lạng Sơn và ý kiến của Chủ tịch tại cuộc họp",
        "ý kiến của Bí thư và Quyết định số 50/2025/QĐ-UBND ngày 30/6/2025",
    ],
)
def test_words_of_a_căn_cứ_that_nobody_could_compare_stay_as_typed(
    typed: str, office: Office
) -> None:
    found = made(office, LANG_SON, can_cu=(typed,), van_ban_vu_viec=())
    assert found.bases.printed() == [f"Căn cứ {typed}."]


def test_an_amendment_is_named_from_its_day_on(office: Office) -> None:
    before = made(office, LANG_SON, ngay_soan=date(2025, 8, 10)).bases.printed()
    assert not any("370/2025" in line for line in before)
    (line,) = [x for x in made(office, LANG_SON).bases.printed() if "150/2025" in x]
    assert line.endswith("được sửa đổi, bổ sung bởi Nghị định số 370/2025/NĐ-CP ngày 31/12/2025;")


def test_a_subject_nobody_has_read_verbatim_is_an_open_mark(office: Office) -> None:
    lines = made(office, LANG_SON, can_cu=("370/2025/NĐ-CP",)).bases.printed()
    assert "[Cần bổ sung: trích yếu" in lines[0]


def test_a_draft_of_an_earlier_day_rests_on_what_was_in_force_then(office: Office) -> None:
    then = made(office, "to-trinh-doan-ra-lang-son", ngay_soan=date(2025, 3, 10), can_cu=())
    numbers = [line.record.designation for line in then.bases.lines if line.record]
    assert "65/2025/QH15" in numbers and "20/2022/QĐ-UBND" in numbers
    assert not {"72/2025/QH15", "50/2025/QĐ-UBND"} & set(numbers)


def test_a_bare_number_nobody_knows_is_no_căn_cứ_line(office: Office) -> None:
    draft = made(office, "to-trinh-doan-ra-lang-son", can_cu=("118/QĐ-TTg",))
    assert [f.severity for f in draft.findings if f.code == "CC04"] == [Severity.ERROR]


def test_a_paper_of_the_case_dated_after_the_draft_is_told(office: Office) -> None:
    draft = made(office, "to-trinh-doan-ra-lang-son", ngay_soan=date(2025, 3, 10))
    assert "VV02" in {finding.code for finding in draft.findings}


def test_one_document_is_one_căn_cứ(office: Office) -> None:
    lines = made(office, LANG_SON, can_cu=("50/2025/QĐ-UBND",) * 2).bases.printed()
    assert sum("50/2025" in line for line in lines) == 1


# --- Slots ---


def test_a_slot_left_out_stays_visibly_open(office: Office) -> None:
    found = made(office, LANG_SON)
    opened = {slot.slot.id: slot for slot in found.open_slots()}
    assert set(opened) == {"tuyen_truyen", "phat_bieu"}
    assert opened["phat_bieu"].paragraphs[0].text.startswith("[Cần bổ sung: ")
    assert found.context["phat_bieu"] == [opened["phat_bieu"].paragraphs[0].text]


def test_nothing_to_say_is_said_in_one_word(office: Office) -> None:
    found = made(office, BAC_GIANG)
    declared = [slot for slot in found.slots if slot.state is SlotState.NONE]
    assert [slot.paragraphs[0].text for slot in declared] == ["Không có."] * 2


def test_past_reports_are_suggested_with_their_age_and_never_put_in(office: Office) -> None:
    found = made(office, LANG_SON)
    slot = next(s for s in found.slots if s.slot.id == "boi_canh")
    assert 1 <= len(slot.suggestions) <= 3
    assert any("Buzen" in suggestion.text for suggestion in slot.suggestions)
    assert all(s.age == "năm 2020, 6 năm trước" for s in slot.suggestions if s.year == 2020)
    assert not any(s.text in found.text() for s in slot.suggestions)


def test_a_draft_says_what_the_library_lacks(office: Office) -> None:
    told = [f.message for f in made(office, LANG_SON).findings if f.code == "KH10"]
    assert any("Tỉnh ủy Lạng Sơn" in message for message in told)
    assert any("31/2018/QĐ-UBND" in message for message in told)


# --- Drafter, issuer and signer are three things ---


@pytest.mark.parametrize(
    ("level", "title", "authority", "parent"),
    [
        ("so", "Giám đốc", (), "UBND TỈNH LẠNG SƠN"),
        ("so", "Phó Giám đốc", ("KT. GIÁM ĐỐC",), "UBND TỈNH LẠNG SƠN"),
        ("ubnd", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN",), ""),
        ("ubnd", "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), ""),
        ("chu-tich-ubnd", "Chủ tịch", (), ""),
        ("chu-tich-ubnd", "Phó Chủ tịch", ("KT. CHỦ TỊCH",), ""),
    ],
)
def test_header_and_signature_follow_from_issuer_and_signer(
    level: str, title: str, authority: tuple[str, ...], parent: str, office: Office
) -> None:
    form = office.form("to-trinh-doan-ra")
    text = (
        "tinh: tỉnh Lạng Sơn\n"
        f"co_quan_ban_hanh: {{cap: {level}, ten: Sở Ngoại vụ, ky_hieu: SNgV}}\n"
        f"nguoi_ky: {{chuc_vu: {title}, ho_ten: Nông Văn Thử}}\n"
    )
    head = letterhead(form, parse_case(text, form))
    assert (head.authority, head.title, head.parent) == (authority, title.upper(), parent)


def test_number_and_day_stay_blank(office: Office) -> None:
    head = made(office, LANG_SON).head
    assert head.number_line.replace(" ", "") == "Số:/TTr-SNgV"
    assert head.place_and_date.replace(" ", "") == "LạngSơn,ngàythángnăm2026"


def test_who_decides_is_addressed_and_an_unknown_one_stays_open(office: Office) -> None:
    assert made(office, LANG_SON).head.addressees == ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",)
    assert made(office, LANG_SON, cap_quyet_dinh=None).head.addressees[0].startswith("[Cần bổ sung")


# --- The plan and the agenda ---


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("20/8/2026", date(2026, 8, 20)),
        ("trung tuần tháng 8/2026", date(2026, 8, 11)),
        ("Thượng tuần tháng 12/2026", date(2026, 12, 1)),
        ("ha tuan thang 2/2027", date(2027, 2, 21)),
        ("tháng 8/2026", date(2026, 8, 1)),
        ("tháng 8 năm 2026", date(2026, 8, 1)),
        ("đầu tháng 8/2026", date(2026, 8, 1)),
        ("cuối tháng 8 năm 2026", date(2026, 8, 21)),
        ("quý III/2026", date(2026, 7, 1)),
        ("20-21/8/2026", date(2026, 8, 20)),
        ("từ ngày 20/8/2026 đến ngày 21/8/2026", date(2026, 8, 20)),
    ],
)
def test_a_day_or_a_window_is_read(text: str, first: date) -> None:
    event = read_event(text)
    assert event is not None and event.first == first


@pytest.mark.parametrize("text", ["mai", "trung tuần tháng 13/2026", "31/02/2026", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_event(text) is None


def test_every_task_of_the_plan_is_dated_from_the_conference(office: Office) -> None:
    found = made(office, "ke-hoach-hoi-nghi")
    table = found.context["phan_cong"]
    limits = [row["thoi_han"] for row in table if isinstance(row, dict)]
    assert "Trước ngày 27/7/2026" in limits  # 15 days before 11 August, the window's first day
    assert all("Trước ngày" in str(x) or x == "Theo tiến độ chung" for x in limits)


def test_a_limit_on_a_weekend_is_moved_and_said(office: Office) -> None:
    moved = [f for f in made(office, "ke-hoach-hoi-nghi").findings if f.code == "HN01"]
    assert moved and all("chuyển về thứ Sáu" in f.message for f in moved)


def test_a_limit_follows_the_days_off_the_office_was_told_of(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "holidays.toml").write_text(
        '[[day]]\ndate = 2026-07-27\nwork = false\nwhy = "nghỉ theo thông báo của tỉnh"\n', "utf-8"
    )
    with an_office(tmp_path) as opened:
        found = opened.draft(opened.form("ke-hoach-hoi-nghi"), case_of(opened, "ke-hoach-hoi-nghi"))
    said = [f.message for f in found.findings if f.code == "HN01"]
    assert any("27/7/2026 là nghỉ lễ: nghỉ theo thông báo của tỉnh" in one for one in said)


def test_two_days_from_a_fixed_day_are_written_as_both(office: Office) -> None:
    found = made(office, "ke-hoach-hoi-nghi", thoi_gian_to_chuc="06/5/2027", so_ngay=2)
    assert found.context["thoi_gian"] == ["02 ngày, từ ngày 06/5/2027 đến ngày 07/5/2027."]


def test_a_time_nobody_understands_leaves_the_limits_open(office: Office) -> None:
    found = made(office, "ke-hoach-hoi-nghi", thoi_gian_to_chuc="khi nào rảnh")
    assert "[Cần bổ sung: thời hạn]" in str(found.context["phan_cong"])
    assert any(f.code == "HN04" and "20/8/2026" in f.fix for f in found.findings)


def test_a_conference_on_a_day_off_or_already_past_is_said(office: Office) -> None:
    feast = made(office, "ke-hoach-hoi-nghi", thoi_gian_to_chuc="02/9/2026")
    past = made(office, "ke-hoach-hoi-nghi", thoi_gian_to_chuc="20/3/2026")
    assert any(f.code == "HN07" for f in feast.findings)
    assert any(f.code == "HN08" for f in past.findings)


def test_a_passed_limit_is_a_warning(office: Office) -> None:
    late = made(office, "ke-hoach-hoi-nghi", ngay_soan=date(2026, 7, 20))
    assert any(f.code == "HN06" for f in late.findings)


def test_an_international_conference_needs_permission_first(office: Office) -> None:
    found = made(office, "ke-hoach-hoi-nghi", loai_hoi_nghi="quoc-te")
    assert any(f.code == "HN03" for f in found.findings)


def test_the_agenda_computes_its_clock(office: Office) -> None:
    items = agenda(case_of(office, "chuong-trinh-hoi-nghi"))
    assert [item.clock for item in items][:3] == [
        "08 giờ 00 - 08 giờ 30", "08 giờ 30 - 08 giờ 40", "08 giờ 40 - 08 giờ 50",
    ]  # fmt: skip
    assert items[-1].clock == "11 giờ 15 - 11 giờ 30"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "- {noi_dung: A, phut: 90}\n  - {noi_dung: B, phut: 10, gio: '9:00'}",
            "“A” đến 09 giờ 30",
        ),
        ("- {noi_dung: A, phut: 0}", "số phút"),
        ("- {noi_dung: A, phut: 10, gio: 25 giờ}", "không phải giờ"),
        ("- {noi_dung: A, phut: 999}", "nửa đêm"),
    ],
)
def test_an_agenda_that_cannot_be_is_refused_by_name(rows: str, said: str, office: Office) -> None:
    form = office.form("chuong-trinh-hoi-nghi")
    case = parse_case(f"bat_dau: 8 giờ 00\nmuc:\n  {rows}\n", form)
    with pytest.raises(BadInput, match=said):
        agenda(case)


def test_a_header_without_province_keeps_its_open_mark_findable(office: Office) -> None:
    head = made(office, LANG_SON, tinh=None).head
    assert head.parent == "UBND [Cần bổ sung: tên tỉnh]"


def test_every_printed_word_is_read_by_the_ledger(office: Office) -> None:
    from drafting.draft.types import _FRAME, leaves

    for example in (LANG_SON, BAC_GIANG, "ke-hoach-hoi-nghi", "chuong-trinh-hoi-nghi"):
        found = made(office, example)
        read = found.text()
        for name, value in found.context.items():
            if name not in _FRAME:
                assert all(text in read for text in leaves(value)), (example, name)


# --- Nothing that looks empty counts as said ---


@pytest.mark.parametrize(
    "text", ["\u200d\u2060", "\u3164", "...", "- ", "[Cần bổ sung: x]", "\x07"]
)
def test_a_slot_without_a_visible_word_stays_open(text: str, office: Office) -> None:
    form = office.form("to-trinh-doan-ra")
    given = case_of(office, LANG_SON)
    case = replace(given, slots={**given.slots, "danh_nghia": SlotText((text,))})
    found = draft(form, case, office.library, office.retriever, today=TODAY)
    slot = next(s for s in found.slots if s.slot.id == "danh_nghia")
    assert slot.state is SlotState.OPEN
    assert any("[Cần bổ sung" in line for line in found.context["danh_nghia"])


def test_empty_lines_and_rows_print_nothing(office: Office) -> None:
    found = made(
        office, LANG_SON, can_cu=("", ";"), van_ban_vu_viec=({},), noi_nhan=("", "..."),
        doan=({},), chuong_trinh=({},),
    )  # fmt: skip
    assert all(len(line) > 20 for line in found.bases.printed())
    assert found.head.recipients == ("- Như trên;", "- Lưu: VT, HTQT-VP.")
    assert "[Cần bổ sung" in str(found.context["doan"])
    assert next(s for s in found.slots if s.slot.id == "phu_luc").state is SlotState.OPEN


def test_a_recipient_called_lưu_trữ_does_not_take_the_place_of_lưu(office: Office) -> None:
    recipients = made(office, LANG_SON, noi_nhan=("Lưu trữ lịch sử tỉnh",)).head.recipients
    assert recipients[-1] == "- Lưu: VT, HTQT-VP."


def test_a_part_of_the_guests_is_no_total(office: Office) -> None:
    rows = ({"thanh_phan": "A", "so_luong": 120}, {"thanh_phan": "B"})
    assert "[Cần bổ sung" in str(
        made(office, "ke-hoach-hoi-nghi", dai_bieu=rows).context["thanh_phan"]
    )


def test_a_task_before_all_calendars_has_no_date(office: Office) -> None:
    rows = ({"don_vi": "A", "viec": "B", "truoc_ngay": 999_999},)
    assert made(office, "ke-hoach-hoi-nghi", nhiem_vu=rows).context["phan_cong"]


def test_a_final_paper_with_an_open_mark_anywhere_is_an_error(office: Office) -> None:
    form = office.form("to-trinh-doan-ra")
    found = draft(
        form, case_of(office, LANG_SON), office.library, office.retriever, today=TODAY, final=True
    )
    (error,) = [f for f in found.findings if f.code == "ND02"]
    assert error.severity is Severity.ERROR and "2 chỗ" in error.message
