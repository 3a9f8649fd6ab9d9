"""Situations an officer may sign for: who decides, after whose consent, who receives, by which
clause. Each row was once answered wrongly and mended against the words of the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from offices import an_office

from drafting.office import Office
from drafting.procedure import Route, Situation, draw, read_facts_in, told

THEN = date(2024, 12, 9)
BG, LS = "tỉnh Bắc Giang", "tỉnh Lạng Sơn"
CT, TT, HD = "Chủ tịch UBND tỉnh", "Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh"
CONSENT = "Thường trực Tỉnh ủy đồng ý bằng văn bản"
SUPPLEMENT = "Thường trực Tỉnh ủy phê duyệt bổ sung kế hoạch"
SENSITIVE = "Thường trực Tỉnh ủy cho ý kiến về vấn đề phức tạp, nhạy cảm"
SNGV = "Sở Ngoại vụ"


@dataclass(frozen=True)
class Answer:
    """What the law says of a situation: `does_not_say` are words the route must not hold."""

    facts: str
    decides: str
    after: tuple[str, ...]
    receives: str
    clause: str
    says: tuple[str, ...] = ()
    does_not_say: tuple[str, ...] = ()


OWN = (
    "viec=doan-ra doan_trung_uong=khong muc_dich=cong-tac "
    "doan_lanh_dao=khong nhay_cam=khong khan=khong khac_khoi=khong"
)
LED = (
    "viec=doan-ra doan_trung_uong=khong muc_dich=cong-tac "
    "doan_lanh_dao=hop-tac nhay_cam=khong khan=khong khac_khoi=khong"
)
CENTRAL = "viec=doan-ra doan_trung_uong=co muc_dich=cong-tac nhay_cam=khong khan=khong"
ONE = "viec=ca-nhan muc_dich=cong-tac nhay_cam=khong khan=khong chuc_danh=khac"
GUEST = "viec=doan-vao nhay_cam=khong khan=khong"
CHANGE = (
    "viec=ke-hoach-don-vi ke_hoach=dieu-chinh lanh_dao_du=khong "
    "qua_02_ngay=khong cung_nam=co kinh_phi=khong-dang-ke"
)
SITUATIONS: dict[str, Answer] = {
    "1. giám đốc sở đi công tác gấp theo lời mời, diện BTV": Answer(
        f"{ONE} khan=co khoi=ubnd dien=co", CT, (CONSENT,), SNGV, "điểm 4.1 khoản 4 Điều 13",
        ("không nói miễn thẩm quyền ở Điều 4, 5, 12, 13", "Sở Ngoại vụ: báo cáo để chỉ đạo"),
    ),
    "1. đoàn của sở đi viếng đám tang ở tỉnh bạn": Answer(
        f"{OWN} khan=co trong_ke_hoach=co khoi=ubnd dien=khong", CT, (), SNGV,
        "điểm 2.3 khoản 2 Điều 12", ("khoản 1 Điều 10",),
    ),
    "1. công chức đi chữa bệnh khẩn cấp": Answer(
        "viec=ca-nhan muc_dich=viec-rieng chuc_danh=khac khan=co", "", (), SNGV,
        "khoản 1 Điều 10", ("không nêu ai quyết định cho đi",),
    ),
    "2. nhà đầu tư vào sở, ngoài kế hoạch": Answer(
        f"{GUEST} ai_moi=dau-tu trong_ke_hoach=khong khoi=ubnd", CT, (SUPPLEMENT,), SNGV,
        "điểm 4.7 khoản 4 Điều 5",
        ("phê duyệt bổ sung kế hoạch → Thường trực Tỉnh ủy", "ít nhất 15 ngày làm việc"),
    ),
    "3. đại sứ chào xã giao": Answer(
        f"{GUEST} ai_moi=chao-xa-giao", CT, (), CT, "điểm 4.1 khoản 4 Điều 5", (),
        ("15 ngày", "bổ sung kế hoạch"),
    ),
    "3. đoàn lãnh đạo tỉnh mời, trong kế hoạch": Answer(
        f"{GUEST} ai_moi=lanh-dao-moi trong_ke_hoach=co", "", (), "cấp có thẩm quyền",
        "khoản 1 Điều 14", (), ("05 ngày",),
    ),
    "3. đoàn trao đổi công tác HĐND, ngoài kế hoạch": Answer(
        f"{GUEST} ai_moi=cong-tac-hdnd trong_ke_hoach=khong", f"{HD} (mời, đón tiếp)", (), SNGV,
        "khoản 3 Điều 14", ("bổ sung kế hoạch của tỉnh",), ("bổ sung kế hoạch đoàn vào",),
    ),
    "4. Phó Chủ tịch UBND tỉnh tham gia đoàn của một bộ": Answer(
        f"{CENTRAL} doan_lanh_dao=hop-tac chuc_danh=khac khoi=ubnd dien=co", CT, (CONSENT,),
        SNGV, "điểm 4.1 khoản 4 Điều 13", ("khoản 2 Điều 11",), ("ký quyết định thành lập đoàn",),
    ),
    "4. Chủ tịch UBND tỉnh tham gia đoàn Trung ương": Answer(
        f"{CENTRAL} doan_lanh_dao=hop-tac chuc_danh=ct-ubnd", "Thủ tướng Chính phủ", (CONSENT,),
        CT, "điểm 1.3 khoản 1 Điều 13",
    ),
    "4. công chức sở tham gia đoàn của một bộ": Answer(
        f"{CENTRAL} doan_lanh_dao=khong khoi=ubnd dien=khong", CT, (), SNGV,
        "điểm 4.2 khoản 4 Điều 13", (), ("ký quyết định thành lập đoàn", "Điều 11:"),
    ),
    "5. sở đổi nước đến, không thêm ngày, không thêm kinh phí": Answer(
        f"{CHANGE} doi_khac=co dot=ngoai", TT, (), SNGV, "điểm 2.2 khoản 2 Điều 9", (),
        ("tự quyết định",),
    ),
    "5. sở chỉ lùi một ngày": Answer(
        f"{CHANGE} doi_khac=khong", "Cơ quan, tổ chức, địa phương tự quyết định", (), SNGV,
        "điểm 2.3 khoản 2 Điều 9",
    ),
    "6. cán bộ diện BTV ở sở": Answer(
        f"{ONE} khoi=ubnd dien=co", CT, (CONSENT,), SNGV, "điểm 4.1 khoản 4 Điều 13",
    ),
    "6. cán bộ diện BTV thuộc HĐND tỉnh": Answer(
        f"{ONE} khoi=hdnd dien=co", HD, (CONSENT,), "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "điểm 3.1 khoản 3 Điều 13",
    ),
    "6. Chủ tịch HĐND tỉnh đi": Answer(
        "viec=ca-nhan muc_dich=cong-tac nhay_cam=khong khan=khong chuc_danh=ct-hdnd",
        "Thủ tướng Chính phủ", (CONSENT,), HD, "điểm 1.2 khoản 1 Điều 13",
    ),
    "6. tỉnh kết nghĩa với địa phương nước ngoài": Answer(
        "viec=thoa-thuan thoa_thuan=tinh nhay_cam=khong trong_ke_hoach=co", CT, (CONSENT,), SNGV,
        "điểm 4.5 khoản 4 Điều 5",
    ),
    "6. đăng cai hội nghị có lãnh đạo tỉnh dự": Answer(
        "viec=hoi-nghi hoi_nghi_vai=dang-cai lanh_dao_du=co nhay_cam=khong trong_ke_hoach=co",
        CT, (CONSENT,), SNGV, "điểm 4.2 khoản 4 Điều 5",
    ),
    "6. nguyên Chủ tịch UBND tỉnh làm chủ tịch hội": Answer(
        "viec=ca-nhan muc_dich=cong-tac nhay_cam=khong khan=khong chuc_danh=nguyen-chu-chot "
        "giu_chuc_hoi=co",
        CT, ("Ban Thường vụ Tỉnh ủy, Thường trực Tỉnh ủy đồng ý bằng văn bản",), SNGV,
        "điểm 4.1 khoản 4 Điều 13",
    ),
    "6. đoàn khối Đảng, diện BTV": Answer(
        f"{OWN} trong_ke_hoach=co khoi=dang dien=co", TT, (), SNGV, "điểm 1.1 khoản 1 Điều 12",
        ("Văn phòng Tỉnh ủy: sau khi được Thường trực Tỉnh ủy đồng ý bằng văn bản, ký quyết định",),
    ),
    "7. UBND tỉnh ký bản ghi nhớ với UNDP": Answer(
        "viec=thoa-thuan thoa_thuan=tinh-doi-tac-khac nhay_cam=khong trong_ke_hoach=co",
        "Thường trực Tỉnh ủy quyết định chủ trương; Chủ tịch UBND tỉnh quyết định việc ký kết "
        "thuộc thẩm quyền", (), SNGV, "điểm 1.2 khoản 1 Điều 4", (),
        ("thiết lập, mở rộng quan hệ",),
    ),
    "8. tặng bằng khen của Thủ tướng cho người nước ngoài": Answer(
        "viec=tang-thuong loai_khen=khac", "", (), "", "", (), (CT,),
    ),
    "9. Phó Bí thư Tỉnh ủy làm trưởng đoàn": Answer(
        f"{LED} trong_ke_hoach=co chuc_danh=pho-bi-thu khoi=dang", TT, (), SNGV,
        "điểm 1.1 khoản 1 Điều 12", ("do cấp trên của Ban Thường vụ Tỉnh ủy quản lý",),
    ),
    "10. đoàn của Tòa án tỉnh, không thuộc diện": Answer(
        f"{OWN} trong_ke_hoach=co khoi=toa-vks dien=khong", CT, (),
        TT, "điểm 2.3 khoản 2 Điều 12", ("chỉ là theo câu chữ", "cơ quan ngành dọc cấp trên"),
    ),
    "11. khách đến lần hai, nội dung nhạy cảm": Answer(
        f"{GUEST} nhay_cam=co ai_moi=co-quan trong_ke_hoach=khong lan_dau=tu-lan-hai khoi=ubnd",
        "Cơ quan chủ trì đón tiếp thông báo (Quy chế chỉ yêu cầu thông báo)", (SENSITIVE,), SNGV,
        "điểm 7.2 khoản 7 Điều 14", ("có ý kiến rồi mới đón",), ("xin phép lại",),
    ),
    "12. giám đốc sở trả lời báo nước ngoài về tôn giáo": Answer(
        "viec=phong-van nhay_cam=co chuc_danh=khac khoi=ubnd", CT, (SENSITIVE,), SNGV,
        "điểm 4.7 khoản 4 Điều 5", ("ít nhất 30 ngày làm việc",),
    ),
    "12. công chức đi dự hội thảo về nhân quyền": Answer(
        f"{ONE} nhay_cam=co khoi=ubnd dien=khong", CT, (SENSITIVE,), SNGV,
        "điểm 4.2 khoản 4 Điều 13", ("khoản 2 Điều 10",),
    ),
    "13. đoàn của lãnh đạo tỉnh ngoài kế hoạch": Answer(
        f"{LED} trong_ke_hoach=khong chuc_danh=ct-ubnd", "Thủ tướng Chính phủ", (CONSENT,), SNGV,
        "điểm 1.3 khoản 1 Điều 13",
        ("ít nhất 15 ngày làm việc trước", "hạn UBND tỉnh gửi Thủ tướng Chính phủ"),
        ("không nêu hạn gửi",),
    ),
    "15. Tỉnh đoàn tổ chức hội thảo quốc tế, trong kế hoạch": Answer(
        "viec=hoi-nghi hoi_nghi_vai=tu-to-chuc lanh_dao_du=khong nhay_cam=khong trong_ke_hoach=co "
        "khoi=dang", CT, (), SNGV, "điểm 4.3 khoản 4 Điều 5",
        ("Cho ý kiến: Phó Bí thư Thường trực Tỉnh ủy",),
    ),
    "15. Tòa án tỉnh ký thỏa thuận": Answer(
        "viec=thoa-thuan thoa_thuan=thuong nhay_cam=khong trong_ke_hoach=co khoi=toa-vks", "", (),
        TT, "khoản 1 Điều 6", ("Quy chế không nêu ai quyết định",),
    ),
    "16. cán bộ diện BTV ở sở nhận huân chương nước ngoài": Answer(
        "viec=nhan-thuong nguoi_nhan=ca-nhan chuc_danh=khac khoi=ubnd dien=co", CT,
        ("Ban Thường vụ Tỉnh ủy, Thường trực Tỉnh ủy cho ý kiến",), "Sở Nội vụ",
        "điểm 1.1 khoản 1 Điều 17", ("Ban Thi đua - Khen thưởng Trung ương",),
    ),
    "17. Quốc hội yêu cầu HĐND tỉnh đón tiếp": Answer(
        f"{GUEST} ai_moi=quoc-hoi trong_ke_hoach=co", f"{HD} (chỉ đạo đón tiếp)", (), HD,
        "điểm 2.2 khoản 2 Điều 5",
    ),
    "20. chuyên viên Đoàn ĐBQH tỉnh": Answer(
        f"{ONE} khoi=dbqh dien=khong", TT, (), "Ban Tổ chức Tỉnh ủy", "điểm 2.2 khoản 2 Điều 13",
        (), ("điểm 1.13",),
    ),
    "23. thẩm phán không thuộc diện BTV": Answer(
        f"{ONE} khoi=toa-vks dien=khong", "", (), TT, "khoản 3 Điều 6",
        ("Quy chế không nêu ai quyết định", "khoản 4 Điều 20"),
    ),
    "24. nguyên Phó Chủ tịch UBND tỉnh, chủ tịch hội, đi công tác": Answer(
        "viec=ca-nhan muc_dich=cong-tac nhay_cam=khong khan=khong chuc_danh=nguyen-khac "
        "giu_chuc_hoi=co",
        CT, ("Ban Thường vụ Tỉnh ủy, Thường trực Tỉnh ủy đồng ý bằng văn bản",), SNGV,
        "điểm 4.1 khoản 4 Điều 13", ("Ban Tổ chức Tỉnh ủy và cấp ủy (chi bộ) nơi sinh hoạt",),
    ),
    "25. đối tác đề nghị lãnh đạo tỉnh tiếp": Answer(
        f"{GUEST} ai_moi=doi-tac trong_ke_hoach=co", "Lãnh đạo tỉnh", (), "lãnh đạo tỉnh",
        "khoản 2 Điều 14", (), ("được đề nghị tiếp",),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def route(office: Office, facts: str, province: str = BG) -> Route:
    known = dict(one.split("=") for one in facts.split())
    return office.route(Situation("", province, known), THEN)


LANG_SON: dict[str, Answer] = {
    "26. khách làm việc với một sở": Answer(
        f"{GUEST} ai_moi=co-quan", "", (), "", "điểm b khoản 13 Điều 2", (),
        ("đề án đón tiếp", "lãnh đạo tỉnh"),
    ),
    "27. hội thảo quốc tế": Answer(
        "viec=hoi-nghi", "", (), SNGV, "điểm a khoản 14 Điều 2",
        ("Tổ chức do cơ quan của tỉnh cấp phép hoạt động: gửi hồ sơ", "phân cấp cho Chủ tịch"),
    ),
    "28. đoàn ra cấp tỉnh": Answer(
        f"{LED} chuc_danh=ct-ubnd", "", (), "", "điểm c khoản 13 Điều 2", (),
        ("→ Bộ Ngoại giao, ",),
    ),
    "28. đoàn ra của Tòa án tỉnh": Answer(
        f"{OWN} khoi=toa-vks", "", (), "", "", (), ("thẩm định",),
    ),
    "29. đại sứ chào xã giao": Answer(
        f"{GUEST} ai_moi=chao-xa-giao", "", (), "", "điểm d khoản 13 Điều 2", (),
        ("Ủy ban nhân dân cấp xã: gửi đề xuất",),
    ),
    "29. giáo viên trả lời báo nước ngoài": Answer(
        "viec=phong-van chuc_danh=khac", "", (), "", "", (), ("lãnh đạo cấp tỉnh",),
    ),
    "29. hội ký thỏa thuận": Answer(
        "viec=thoa-thuan thoa_thuan=hoi", "", (), SNGV, "điểm c khoản 15 Điều 2", (),
        ("Sở Ngoại vụ: trình",),
    ),
    "30. kế hoạch năm của tỉnh": Answer(
        "viec=ke-hoach-tinh", "Thủ tướng Chính phủ (xem xét, phê duyệt)", (),
        "Ủy ban nhân dân tỉnh", "điểm a khoản 13 Điều 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", LANG_SON)
def test_lang_son_says_no_more_than_its_own_documents(situation: str, office: Office) -> None:
    law = LANG_SON[situation]
    found = route(office, f"{law.facts} bien_gioi=khong", LS)
    assert found.decides == law.decides and found.matched.decided
    governing = found.of("governing")
    assert (governing[0].clause if governing else "").startswith(law.clause)
    whole = "\n".join(told(found)).split("Tham khảo")[0]
    assert all(one in whole for one in law.says), whole
    assert not [one for one in law.does_not_say if one in whole], whole
    assert (found.sender.to if found.sender else "") == law.receives


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_is_answered_as_the_regulation_says(situation: str, office: Office) -> None:
    law = SITUATIONS[situation]
    found = route(office, law.facts)
    assert found.matched.decided and not found.matched.asked, [f.id for f in found.matched.asked]
    assert (found.decides, tuple(found.after)) == (law.decides, law.after)
    assert (found.sender.to if found.sender else "") == law.receives
    governing = found.of("governing")
    assert (governing[0].clause if governing else "").removesuffix(
        " Quy chế số 19-QC/TU"
    ) == law.clause
    whole = "\n".join(told(found))
    assert all(one in whole for one in law.says), whole
    assert not [one for one in law.does_not_say if one in whole], whole


def test_a_consent_stands_on_card_decision_line_picture_and_json(office: Office) -> None:
    found = route(office, SITUATIONS["6. cán bộ diện BTV ở sở"].facts)
    sentence = f"{CT} quyết định, sau khi {CONSENT}"
    assert sentence in found.card
    lines = list(told(found))
    assert any(line.startswith(f"Quyết định: {CT}, sau khi {CONSENT}  [") for line in lines)
    assert any(line.startswith(f"Phải có trước: {CONSENT}  [") for line in lines)
    assert f"Chỉ sau khi {CONSENT}" in draw(found)
    assert found.as_json()["after"] == [CONSENT]
    assert next(iter(found.of("decides"))).text == CT


def test_the_card_waits_for_what_a_time_limit_still_hangs_on(office: Office) -> None:
    facts = SITUATIONS["13. đoàn của lãnh đạo tỉnh ngoài kế hoạch"].facts
    open_ = route(office, facts.replace(" trong_ke_hoach=khong", "").replace(" nhay_cam=khong", ""))
    assert open_.decides == "Thủ tướng Chính phủ" and "không nêu hạn gửi" not in open_.card
    assert "chưa rõ hạn, điều kiện: còn phải biết – " in open_.card
    host = "viec=hoi-nghi hoi_nghi_vai=dang-cai nhay_cam=khong trong_ke_hoach=co"
    assert "điều kiện: còn phải biết – Lãnh đạo tỉnh có tham gia không?" in route(office, host).card


WORDS: dict[str, tuple[str, str]] = {
    # typed → the fact, what it must be read as ("" is not read, but asked)
    "giám đốc sở cần đi công tác Nhật gấp": ("khan", ""),
    "đoàn ra đột xuất của sở": ("khan", ""),
    "điều chỉnh kỹ thuật kế hoạch của sở, đổi nước đến": ("qua_02_ngay", ""),
    "điều chỉnh kế hoạch của sở, đổi nước đến": ("doi_khac", "co"),
    "UBND tỉnh ký bản ghi nhớ với UNDP": ("thoa_thuan", "tinh-doi-tac-khac"),
    "UBND tỉnh ký bản ghi nhớ": ("thoa_thuan", ""),
    "tỉnh ký thỏa thuận với tỉnh Quảng Tây": ("thoa_thuan", "tinh"),
    "tặng bằng khen của Thủ tướng Chính phủ cho chuyên gia Nhật": ("loai_khen", "khac"),
    "tặng bằng khen cho doanh nghiệp Hàn Quốc": ("loai_khen", ""),
    "khách quốc tế đến làm việc với trường lần thứ hai": ("lan_dau", ""),
    "Phó Chủ tịch UBND tỉnh tham gia đoàn công tác của Bộ Ngoại giao": ("doan_trung_uong", "co"),
    "Trưởng Đoàn ĐBQH tỉnh đi công tác Lào": ("viec", "ca-nhan"),
    "Giám đốc sở được tặng huân chương của Lào": ("viec", "nhan-thuong"),
    "nước bạn tặng huy chương cho tỉnh": ("nguoi_nhan", "tinh"),
}


@pytest.mark.parametrize("typed", WORDS)
def test_words_that_misled_are_read_right_or_asked(typed: str, office: Office) -> None:
    fact, meant = WORDS[typed]
    pack = next(one for one in office.routing.packs if one.province == BG)
    assert read_facts_in(typed, pack.sheet).known.get(fact, "") == meant
