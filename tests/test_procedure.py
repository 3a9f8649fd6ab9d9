"""Who decides: every combination of facts has one answer, every line its clause; no guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from offices import an_office

from drafting.deadlines import load_rules
from drafting.errors import BadInput
from drafting.evidence import prove
from drafting.office import Office
from drafting.procedure import Pack, Route, Situation, match, new_pack, read_packs
from drafting.procedure.blank import new_facts
from drafting.procedure.facts import NOT_ASKED, holds
from drafting.procedure.packs import BLANK, FACTS, FOLDER, read_facts, read_pack
from drafting.settings import shipped_rules

RULES = shipped_rules()
THEN = date(2024, 12, 9)
NOW = date(2026, 11, 23)


@cache
def packs() -> tuple[Pack, ...]:
    return read_packs([RULES])


def pack(province: str) -> Pack:
    return next(one for one in packs() if one.province == f"tỉnh {province}")


BOTH = pytest.mark.parametrize("province", ["Bắc Giang", "Lạng Sơn"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def route(
    office: Office,
    province: str,
    known: dict[str, str],
    as_of: date = THEN,
    starts: date | None = None,
) -> Route:
    return office.route(Situation("vụ việc", province, known, starts), as_of)


# ---- every combination of facts: counted here, shown in docs/decisions/0010


@BOTH
def test_every_combination_has_exactly_one_route_or_an_explicit_silence(province: str) -> None:
    """And what matching says is what trying every block says."""
    one = pack(province)
    for known in one.sheet.combinations():
        possible = one.sheet.possible(known)
        applying = [rule for rule in one.routes if holds(rule.when, possible)]
        assert None not in [holds(rule.when, possible) for rule in (*one.routes, *one.also)], known
        assert len(applying) <= 1, (known, [rule.id for rule in applying])
        matched = match(one, known)
        assert matched.main is (applying[0] if applying else None)
        assert matched.decided and matched.asked == ()
        assert bool(matched.main and matched.main.decides) != bool(
            matched.main.silent if matched.main else one.head.silent
        )


@BOTH
def test_no_block_is_unreachable(province: str) -> None:
    one = pack(province)
    seen = {
        rule.id
        for known in one.sheet.combinations()
        for rule in (*one.routes, *one.also)
        if holds(rule.when, one.sheet.possible(known))
    }
    assert {rule.id for rule in (*one.routes, *one.also)} == seen


@BOTH
def test_every_question_changes_some_answer_or_belongs_to_another_province(province: str) -> None:
    one = pack(province)
    used = {name for rule in (*one.routes, *one.also) for c in rule.when for name in c}
    used |= {name for fact in one.sheet.facts for c in fact.when for name in c}
    unused = {fact.id for fact in one.sheet.facts} - used
    assert unused == (set() if province == "Bắc Giang" else unused)


COVERED = {
    # combinations, of which the main table is silent, of which a block says who decides
    "Bắc Giang": (1553, 48, 1356),
    "Lạng Sơn": (2734, 1069, 19),
}


@BOTH
def test_what_is_covered_is_what_the_decision_record_says(province: str) -> None:
    one = pack(province)
    count = Counter[str]()
    for known in one.sheet.combinations():
        main = match(one, known).main
        count["all"] += 1
        count["silent"] += main is None
        count["decided"] += main is not None and main.decides is not None
    assert (count["all"], count["silent"], count["decided"]) == COVERED[province]


@BOTH
def test_asking_the_next_question_always_ends_and_never_changes_its_mind(province: str) -> None:
    """Every set of answers, given one by one in the order the program asks for them."""
    one = pack(province)
    longest = 0
    for whole in one.sheet.combinations():
        known: dict[str, str] = {}
        settled = None
        while (matched := match(one, known)).asked:
            fact = matched.asked[0]
            assert fact.id in whole and fact.id not in known
            assert settled is None or matched.main is settled
            settled = matched.main
            known[fact.id] = whole[fact.id]
        assert matched.main is match(one, whole).main
        assert matched.also == match(one, whole).also
        longest = max(longest, len(known))
    assert longest <= 12


# ---- evidence


@BOTH
def test_every_line_of_every_block_is_a_span_of_the_corpus(province: str, office: Office) -> None:
    for rule in (*pack(province).routes, *pack(province).also):
        clauses = [*rule.governs, *rule.steps, *rule.opinions, *rule.copies, *rule.papers]
        clauses += [one for one in (rule.decides, rule.signs) if one]
        for clause in clauses:
            proven = prove(clause.evidence, office.library)
            assert proven.verified, (rule.id, proven.why)
            assert proven.stored and proven.stored.record.jurisdiction == f"tỉnh {province}"


def test_every_time_limit_named_by_a_block_exists_and_stands_in_the_same_clause() -> None:
    limits = {rule.id: rule for rule in load_rules([RULES])}
    steps = [step for one in packs() for r in (*one.routes, *one.also) for step in r.steps]
    named = [step for step in steps if step.deadline]
    assert len({step.deadline for step in named}) >= 14
    for step in named:
        assert limits[step.deadline].evidence.eid == step.eid, step.deadline


# ---- the regulation read word by word: who decides, who signs, by which clause

TT, CT, HD = "Thường trực Tỉnh ủy", "Chủ tịch UBND tỉnh", "Thường trực HĐND tỉnh"
VP, BBT, TTg = "Văn phòng Tỉnh ủy", "Thường trực Ban Bí thư", "Thủ tướng Chính phủ"
# A case → its answers beside the usual ones, who decides, who signs, the clause.
BAC_GIANG: dict[str, tuple[str, str, str, str, str]] = {
    "đoàn ra, sở, diện BTV": ("doan-ra", "khoi=ubnd dien=co", TT, CT, "12.1.3"),
    "đoàn ra, khối Đảng, diện BTV": ("doan-ra", "khoi=dang dien=co", TT, VP, "12.1.1"),
    "đoàn ra, HĐND, diện BTV": ("doan-ra", "khoi=hdnd dien=co", TT, HD, "12.1.2"),
    "đoàn ra, sở, không diện": ("doan-ra", "khoi=ubnd dien=khong", CT, CT, "12.2.3"),
    "đoàn ra, khối Đảng, không diện": ("doan-ra", "khoi=dang dien=khong", TT, TT, "12.2.1"),
    "đoàn ra, HĐND, không diện": ("doan-ra", "khoi=hdnd dien=khong", HD, HD, "12.2.2"),
    "đoàn ra, tòa án, diện BTV": ("doan-ra", "khoi=toa-vks dien=co", TT, CT, "12.1.3"),
    "cá nhân, mặt trận, diện BTV": ("ca-nhan", "khoi=dang dien=co", TT, TT, "13.2.1"),
    "cá nhân, đoàn thể, không diện": ("ca-nhan", "khoi=dang dien=khong", TT, TT, "13.2.2"),
    "cá nhân, Đoàn ĐBQH, diện BTV": ("ca-nhan", "khoi=dbqh dien=co", TT, TT, "13.2.1"),
    "cá nhân, HĐND, diện BTV": ("ca-nhan", "khoi=hdnd dien=co", HD, HD, "13.3.1"),
    "cá nhân, HĐND, không diện": ("ca-nhan", "khoi=hdnd dien=khong", HD, HD, "13.3.2"),
    "cá nhân, sở, diện BTV": ("ca-nhan", "khoi=ubnd dien=co", CT, CT, "13.4.1"),
    "cá nhân, xã, không diện": ("ca-nhan", "khoi=ubnd dien=khong", CT, CT, "13.4.2"),
    "cá nhân, tòa án, diện BTV": ("ca-nhan", "khoi=toa-vks dien=co", "", "", "13.5.1"),
    "cá nhân, thuế, diện BTV": ("ca-nhan", "khoi=trung-uong dien=co", "", "", "13.5.2"),
    "Bí thư Tỉnh ủy đi": ("ca-nhan", "chuc_danh=bi-thu", BBT, "", "13.1.1"),
    "nguyên Bí thư Tỉnh ủy đi": ("ca-nhan", "chuc_danh=nguyen-bi-thu", BBT, "", "13.1.1"),
    "Chủ tịch HĐND tỉnh đi": ("ca-nhan", "chuc_danh=ct-hdnd", TTg, "", "13.1.2"),
    "Chủ tịch UBND tỉnh đi": ("ca-nhan", "chuc_danh=ct-ubnd", TTg, "", "13.1.3"),
    "Phó Bí thư Tỉnh ủy đi": ("ca-nhan", "chuc_danh=pho-bi-thu", "", "", "4.1.10"),
    "nguyên CT UBND, làm hội": (
        "ca-nhan",
        "chuc_danh=nguyen-chu-chot giu_chuc_hoi=co",
        CT,
        CT,
        "13.4.1",
    ),
    "nguyên CT UBND": ("ca-nhan", "chuc_danh=nguyen-chu-chot giu_chuc_hoi=khong", "", "", "3.4"),
    "nguyên Phó CT UBND": ("ca-nhan", "chuc_danh=nguyen-khac giu_chuc_hoi=khong", "", "", "4.1.10"),
}
USUAL = {
    "doan-ra": {
        "doan_trung_uong": "khong", "muc_dich": "cong-tac", "doan_lanh_dao": "khong",
        "nhay_cam": "khong", "khan": "khong", "trong_ke_hoach": "co", "khac_khoi": "khong",
    },
    "ca-nhan": {
        "muc_dich": "cong-tac", "nhay_cam": "khong", "khan": "khong", "chuc_danh": "khac",
    },
}  # fmt: skip


def eid(place: str) -> str:
    article, clause, *point = place.split(".")
    return f"art_{article}__cl_{clause}" + (f"__point_{clause}.{point[0]}" if point else "")


@pytest.mark.parametrize("case", BAC_GIANG)
def test_bac_giang_says_who_decides_and_signs(case: str, office: Office) -> None:
    kind, more, decides, signs, place = BAC_GIANG[case]
    answers = dict(one.split("=") for one in more.split())
    found = route(office, "tỉnh Bắc Giang", {"viec": kind, **USUAL[kind], **answers})
    assert (found.decides, found.signs) == (decides, signs)
    assert found.of("governing")[0].proven.evidence.eid == eid(place)
    assert bool(found.silent) != found.decided
    assert found.force == "bắt buộc" and found.unknown == []


def test_opinion_decision_procedure_and_study_rules_make_one_route(office: Office) -> None:
    known = {"chuc_danh": "khac", "khoi": "ubnd", "dien": "co", "muc_dich": "hoc-tap"}
    found = route(office, "bac giang", {"viec": "ca-nhan", **known})
    eids = {line.proven.evidence.eid for line in found.of("governing")}
    assert eids == {
        "art_13__cl_4__point_4.1", "art_5__cl_4__point_4.6__item_a",
        "art_5__cl_1__point_1.2", "art_13__cl_6",
    }  # fmt: skip
    assert [line.text for line in found.of("copy")] == [
        "Sở Ngoại vụ", "Công an tỉnh", "Ban Tổ chức Tỉnh ủy", "Sở Nội vụ",
    ]  # fmt: skip
    assert [line.text for line in found.of("opinion")] == [
        "Thường trực Tỉnh ủy", "Ban Tổ chức Tỉnh ủy hoặc Sở Nội vụ",
    ]  # fmt: skip
    tos = [step.to for step in found.steps]
    assert tos.index("Ban Tổ chức Tỉnh ủy hoặc Sở Nội vụ") < tos.index("Chủ tịch UBND tỉnh")


@pytest.mark.parametrize(
    ("technical", "place", "decides"),
    [
        (("khong", "co", "khong-dang-ke"), "9.2.3", "Cơ quan, tổ chức, địa phương tự quyết định"),
        (("co", "co", "khong-dang-ke"), "9.2.2", "Thường trực Tỉnh ủy"),
        (("khong", "khong", "khong-dang-ke"), "9.2.2", "Thường trực Tỉnh ủy"),
        (("khong", "co", "dang-ke"), "9.2.2", "Thường trực Tỉnh ủy"),
    ],
)
def test_a_change_is_technical_only_when_all_three_hold(
    technical: tuple[str, str, str], place: str, decides: str, office: Office
) -> None:
    days, year, money = technical
    known = {"ke_hoach": "dieu-chinh", "lanh_dao_du": "khong", "dot": "ngoai"}
    known |= {"viec": "ke-hoach-don-vi", "qua_02_ngay": days, "cung_nam": year, "kinh_phi": money}
    known["doi_khac"] = "khong"
    found = route(office, "tỉnh Bắc Giang", known)
    assert found.decides == decides
    assert found.of("governing")[0].proven.evidence.eid == eid(place)


@pytest.mark.parametrize(
    ("known", "limit", "latest"),
    [
        ({"trong_ke_hoach": "co"}, "doan-vao-trong-ke-hoach", "2026-08-26"),
        ({"trong_ke_hoach": "khong", "lan_dau": "lan-dau"}, "khach-lan-dau", "2026-08-26"),
        ({"trong_ke_hoach": "khong", "lan_dau": "tu-lan-hai"}, "khach-tu-lan-hai", "2026-09-03"),
        ({"trong_ke_hoach": "khong", "nhay_cam": "co", "lan_dau": "lan-dau"},
         "nhay-cam", "2026-07-23"),
    ],
)  # fmt: skip
def test_the_card_shows_the_strictest_limit_of_who_sends(
    known: dict[str, str], limit: str, latest: str, office: Office
) -> None:
    usual = {
        "viec": "doan-vao",
        "ai_moi": "co-quan",
        "nhay_cam": "khong",
        "khan": "khong",
        "khoi": "ubnd",
    }
    found = route(office, "tỉnh Bắc Giang", {**usual, **known}, NOW, date(2026, 9, 7))
    assert found.sender and found.sender.to.startswith("Sở Ngoại vụ")
    year, month, day = (int(part) for part in latest.split("-"))
    told = next(one for one in found.limits if one.rule.id == limit)
    assert told.dated and told.dated.latest == date(year, month, day)
    assert f"{day:02d}/" in found.card and told.late
    assert any(warning.startswith("Đã quá hạn") for warning in found.warnings)


# ---- unknown facts, force, provinces


def test_an_unknown_fact_is_asked_for_and_what_it_may_be_is_shown(office: Office) -> None:
    usual = {key: value for key, value in USUAL["ca-nhan"].items() if key != "khan"}
    found = route(office, "tỉnh Bắc Giang", {"viec": "ca-nhan", "khoi": "ubnd", **usual})
    assert not found.decided and found.matched.main is None
    assert found.unknown[0][0] == "dien"
    assert found.card.startswith("Chưa kết luận được: còn phải biết – ")
    assert {one.citation.split(" Quy")[0] for one in found.possible} == {
        "điểm 4.1 khoản 4 Điều 13", "điểm 4.2 khoản 4 Điều 13",
    }  # fmt: skip


def test_nothing_known_asks_what_it_is_about(office: Office) -> None:
    found = route(office, "tỉnh Bắc Giang", {})
    assert [name for name, _, _ in found.unknown] == ["viec"] and found.steps == ()


def test_the_day_is_asked_for_last_and_the_limit_is_said_without_it(office: Office) -> None:
    known = {**USUAL["doan-ra"], "khoi": "ubnd", "dien": "khong", "trong_ke_hoach": "khong"}
    found = route(office, "tỉnh Bắc Giang", {"viec": "doan-ra", **known})
    assert [name for name, _, _ in found.unknown] == ["ngay"] and found.decided
    assert "ít nhất 15 ngày làm việc trước" in found.card


def test_a_private_trip_is_not_regulated_and_that_is_said(office: Office) -> None:
    known = {"chuc_danh": "khac", "muc_dich": "viec-rieng", "khan": "khong"}
    found = route(office, "tỉnh Bắc Giang", {"viec": "ca-nhan", **known})
    assert found.matched.decided and not found.decided
    assert found.card == "Quy chế số 19-QC/TU không nêu trường hợp này."
    assert found.as_json()["decides"] == "" and found.to_load


def test_after_the_merger_the_regulation_is_for_reference_only(office: Office) -> None:
    known = {"viec": "doan-ra", **USUAL["doan-ra"], "khoi": "ubnd", "dien": "khong"}
    found = route(office, "tỉnh Bắc Giang", known, NOW)
    assert found.force == "tham khảo" == found.steps[0].ruled.force
    assert any("chưa rõ" in warning and "Bắc Ninh" in warning for warning in found.warnings)


@pytest.mark.parametrize("known", list(pack("Lạng Sơn").sheet.combinations())[::97])
def test_lang_son_never_follows_bac_giang(known: dict[str, str], office: Office) -> None:
    found = route(office, "tỉnh Lạng Sơn", known, NOW)
    used = [*found.lines, *(step.ruled for step in found.steps)]
    assert all("19-QC/TU" not in one.clause for one in used)
    assert "19-QC/TU" not in found.card
    assert all("chỉ tham khảo" in one.line for one in found.reference)


def test_lang_son_says_what_is_not_regulated_and_what_to_load(office: Office) -> None:
    known = {
        "muc_dich": "cong-tac",
        "khoi": "ubnd",
        "dien": "khong",
        "chuc_danh": "khac",
        "khan": "khong",
    }
    found = route(office, "Lạng Sơn", {"viec": "ca-nhan", **known}, NOW)
    assert found.decides == "" and "không nêu trường hợp này" in found.card
    assert any("31/2018/QĐ-UBND" in one for one in found.to_load)
    assert any("Tỉnh ủy Lạng Sơn" in one for one in found.to_load)
    assert [one.province for one in found.reference] == ["tỉnh Bắc Giang"]


def test_a_province_without_a_pack_is_told_how_to_make_one(office: Office) -> None:
    with pytest.raises(BadInput, match=r"tỉnh Bắc Giang, tỉnh Lạng Sơn.*--new-pack"):
        route(office, "tỉnh Cao Bằng", {})
    with pytest.raises(BadInput, match="Chưa biết tỉnh nào"):
        route(office, " ", {})


def test_an_answer_to_a_question_that_does_not_arise_is_told_and_not_used(office: Office) -> None:
    known = {"viec": "doan-ra", **USUAL["doan-ra"], "khoi": "ubnd", "dien": "khong"}
    plain, odd = (
        route(office, "tỉnh Bắc Giang", {**known, **more}) for more in ({}, {"lan_dau": "lan-dau"})
    )
    assert plain.steps == odd.steps and plain.decides == odd.decides
    assert [w for w in odd.warnings if w not in plain.warnings and "không đặt ra" in w]


def test_an_answer_this_case_does_not_have_is_asked_again(office: Office) -> None:
    known = {**USUAL["doan-ra"], "khoi": "ubnd", "dien": "khong", "muc_dich": "viec-rieng"}
    found = route(office, "tỉnh Bắc Giang", {"viec": "doan-ra", **known})
    assert any("“viec-rieng” không dùng" in warning for warning in found.warnings)


# ---- packs people write

GOOD = """
[pack]
province = "tỉnh Cao Bằng"
name = "Quy chế thử"
silent = "Quy chế thử không nêu."
[[route]]
id = "mot"
title = "đoàn ra"
when = { viec = ["doan-ra"] }
governs = [{ document = "19-QC/TU", eid = "art_12__cl_2", quote = "Đối với đoàn ra" }]
[route.decides]
who = "Chủ tịch UBND tỉnh"
document = "19-QC/TU"
eid = "art_12__cl_2"
quote = "Đối với đoàn ra"
"""
WRONG = {
    'viec = ["doan-ra"]': (
        'viec = ["doan-di"]',
        "khối “mot”, when.viec: không có giá trị “doan-di”",
    ),
    "when = { viec": ("when = { viecc", "khối “mot”, when: “viecc” không có điều này"),
    'title = "đoàn ra"\n': ("", "khối “mot”, mục “route.1.title”: thiếu giá trị"),
    "[[route]]\nid": ("[[route]]\nidd", "mục “route.1.id”: thiếu giá trị"),
    'name = "Quy chế thử"': ('name = 1"', "sai cú pháp TOML"),
    "[route.decides]": ("[route.signs]", "không có decides thì phải có silent"),
    "governs = [{": ("opinions = [{ who = 'A',", "thiếu governs"),
    'province = "tỉnh Cao Bằng"': ('province = ""', "chưa ghi tỉnh ở province"),
}


@pytest.mark.parametrize("good", WRONG)
def test_a_wrong_pack_is_refused_naming_file_block_and_key(good: str, tmp_path: Path) -> None:
    bad, said = WRONG[good]
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "cao-bang.toml").write_text(GOOD.replace(good, bad), "utf-8")
    with pytest.raises(BadInput) as refused:
        read_packs([RULES, tmp_path])
    assert "cao-bang.toml" in str(refused.value) and said in str(refused.value)


def test_a_time_limit_nobody_knows_is_refused_naming_file_and_block(tmp_path: Path) -> None:
    folder = tmp_path / "rules" / FOLDER
    folder.mkdir(parents=True)
    step = """[[route.steps]]
order = 30
who = "Sở"
does = "gửi"
deadline = "khong-co"
document = "19-QC/TU"
eid = "art_12__cl_2"
quote = "Đối với đoàn ra"
"""
    (folder / "cao-bang.toml").write_text(GOOD + step, "utf-8")
    with an_office(tmp_path) as opened, pytest.raises(BadInput) as refused:
        route(opened, "tỉnh Cao Bằng", {"viec": "doan-ra"})
    assert "cao-bang.toml, khối “mot”, deadline" in str(refused.value)


def test_an_office_adds_its_own_province_and_its_pack_takes_over(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "cao-bang.toml").write_text(GOOD, "utf-8")
    (tmp_path / FOLDER / "ls.toml").write_text(GOOD.replace("Cao Bằng", "Lạng Sơn"), "utf-8")
    found = {one.province: one.file for one in read_packs([RULES, tmp_path])}
    assert found == {
        "tỉnh Bắc Giang": "bac-giang.toml",
        "tỉnh Lạng Sơn": "ls.toml",
        "tỉnh Cao Bằng": "cao-bang.toml",
    }


def test_a_pack_of_another_province_citing_bac_giang_is_marked(tmp_path: Path) -> None:
    folder = tmp_path / "rules" / FOLDER
    folder.mkdir(parents=True)
    (folder / "cao-bang.toml").write_text(GOOD, "utf-8")
    with an_office(tmp_path) as opened:
        found = route(opened, "Cao Bằng", {"viec": "doan-ra"})
    assert found.decides == "Chủ tịch UBND tỉnh" and found.force == "tham khảo"
    assert any("tỉnh Bắc Giang: chỉ tham khảo" in warning for warning in found.warnings)


def test_the_blank_pack_can_be_used_at_once_and_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cao-bang.toml"
    path.write_text(new_pack(RULES, "tỉnh Cao Bằng"), "utf-8")
    blank = read_pack(path, read_facts(RULES / FACTS))
    assert blank.province == "tỉnh Cao Bằng" and blank.routes == ()
    assert match(blank, {"viec": "doan-ra"}).decided
    assert (RULES / FOLDER / BLANK).is_file()


def test_two_packs_for_one_province_are_refused(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    for name in ("a.toml", "b.toml"):
        (tmp_path / FOLDER / name).write_text(GOOD, "utf-8")
    with pytest.raises(BadInput, match=r"đã có gói ở a\.toml"):
        read_packs([RULES, tmp_path])


def test_a_new_facts_file_names_every_question() -> None:
    sheet = pack("Lạng Sơn").sheet
    text = new_facts(sheet, "tỉnh Lạng Sơn", {"viec": "doan-ra"})
    assert all(f"\n{fact.id}:" in text for fact in sheet.facts)
    assert (
        "\nviec: doan-ra\n" in text
        and "tinh: tỉnh Lạng Sơn" in text
        and NOT_ASKED + "\n" not in text
    )


def test_the_bodies_of_a_route_that_changed_are_told(office: Office) -> None:
    known = {**USUAL["doan-ra"], "khoi": "ubnd", "dien": "co"}
    situation = Situation("", "tỉnh Bắc Giang", {"viec": "doan-ra", **known})
    told = office.routing.route(situation, date(2026, 11, 23)).warnings
    assert any(one.startswith("Ban cán sự đảng UBND tỉnh: đã kết thúc") for one in told)
    assert not any("cán sự" in one for one in office.routing.route(situation, THEN).warnings)
