"""Packs an office writes itself: one that is wrong stops only its own province, and says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from offices import an_office

from drafting.errors import BadInput
from drafting.office import Office
from drafting.procedure import Route, Situation, new_pack
from drafting.settings import shipped_rules

HEAD = """
[pack]
province = "tỉnh Cao Bằng"
name = "Quy chế của tỉnh Cao Bằng"
silent = "Gói chưa nêu trường hợp này."
"""
CLAUSE = 'document = "19-QC/TU", eid = "art_13__cl_6", quote = "Đối với cán bộ đi học tập"'
UNSAID = CLAUSE.replace("đi học tập", "đi chợ")
THEN = date(2024, 12, 9)


def block(
    when: str, clause: str = CLAUSE, decides: str = CLAUSE, more: str = "", name: str = "a"
) -> str:
    """A block of the main table."""
    return f"""
[[route]]
id = "{name}"
title = "cá nhân"
when = [{when}]
governs = [{{ {clause} }}]
decides = {{ who = "Chủ tịch UBND tỉnh", {decides} }}
{more}
"""


ANY = '{ viec = ["ca-nhan"] }'
STEP = 'steps = [{ order = 30, who = "Cơ quan", does = "gửi", to = "Sở", %s }]'
WRONG = {
    "a fact value": (block('{ viec = ["ca-nhanx"] }'), "không có giá trị “ca-nhanx”"),
    "a fact": (block('{ vieccc = ["ca-nhan"] }'), "“vieccc” không có điều này"),
    "a deadline": (
        block(ANY, more=STEP % f'deadline = "khong-co", {CLAUSE}'),
        "không có thời hạn “khong-co”",
    ),
    "TOML": ("[[route", "sai cú pháp TOML"),
}


def own(home: Path, text: str, name: str = "procedures/cao-bang.toml") -> None:
    """A rule file of the office's own."""
    path = home / "rules" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def asked(office: Office, province: str, known: dict[str, str]) -> Route:
    return office.route(Situation("việc", province, known), THEN)


@pytest.mark.parametrize(("text", "why"), WRONG.values(), ids=WRONG)
def test_a_wrong_pack_stops_only_its_own_province(tmp_path: Path, text: str, why: str) -> None:
    own(tmp_path, HEAD + text)
    with an_office(tmp_path) as office:
        assert asked(office, "tỉnh Bắc Giang", {"viec": "ca-nhan"}).unknown
        asked(office, "tỉnh Lạng Sơn", {"viec": "ca-nhan"})
        assert [why in one for one in office.notices] == [True]
        with pytest.raises(BadInput, match=why):
            asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan"})
        assert not office.routing.has_pack("tỉnh Cao Bằng")


@pytest.mark.parametrize(("text", "why"), WRONG.values(), ids=WRONG)
def test_reading_the_library_tells_a_wrong_pack(tmp_path: Path, text: str, why: str) -> None:
    own(tmp_path, HEAD + text)
    with an_office(tmp_path) as office:
        found = [one for one in office.review_rules() if one.code == "QT03"]
        assert [one.where for one in found] == ["cao-bang.toml"] and why in found[0].message
        report = office.sync(office.folder)
        assert [rule["code"] for rule in report.rules] == ["QT03"]


def test_reading_the_library_tells_an_unproved_quote_of_an_own_pack(tmp_path: Path) -> None:
    own(tmp_path, HEAD + block(ANY, clause=UNSAID))
    with an_office(tmp_path) as office:
        assert [(one.code, one.where) for one in office.review_rules()] == [
            ("QT01", "cao-bang.toml, a")
        ]


def test_a_wrong_pack_of_ones_own_is_not_answered_from_the_shipped_one(tmp_path: Path) -> None:
    own(tmp_path, HEAD.replace("Cao Bằng", "Bắc Giang") + "x", "procedures/bac-giang.toml")
    with an_office(tmp_path) as office:
        with pytest.raises(BadInput, match="sai cú pháp TOML"):
            asked(office, "Bắc Giang", {"viec": "ca-nhan"})
        assert asked(office, "Lạng Sơn", {"viec": "ca-nhan"}).pack.province == "tỉnh Lạng Sơn"
        assert office.routing.refused[0].province == "tỉnh Bắc Giang"


def test_two_files_for_one_province_stop_that_province_alone(tmp_path: Path) -> None:
    own(tmp_path, HEAD + block(ANY))
    own(tmp_path, HEAD + block(ANY), "procedures/cao-bang-2.toml")
    with an_office(tmp_path) as office:
        asked(office, "tỉnh Bắc Giang", {"viec": "ca-nhan"})
        with pytest.raises(BadInput, match="bỏ một tệp"):
            asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan"})


def test_a_pack_without_a_province_is_told_and_in_nobodys_way(tmp_path: Path) -> None:
    own(tmp_path, HEAD.replace("tỉnh Cao Bằng", ""))
    with an_office(tmp_path) as office:
        asked(office, "tỉnh Bắc Giang", {"viec": "ca-nhan"})
        assert "chưa ghi tỉnh" in office.notices[0]
        assert [one.code for one in office.review_rules()] == ["QT03"]


# ---- what is not proved is said on the first line and binds nobody

BINDING_HERE = HEAD.replace("Cao Bằng", "Bắc Giang")
BG = "procedures/bac-giang.toml"


@pytest.mark.parametrize(
    "text",
    [
        block(ANY, clause=UNSAID),
        block(ANY, decides=UNSAID),
        block(ANY, more=STEP % UNSAID),
        block(ANY, decides=CLAUSE + ', verified = false, source = "nghe nói"'),
    ],
    ids=["governs", "decides", "steps", "verified = false"],
)
def test_a_card_that_rests_on_unproved_words_says_so_and_binds_nobody(
    tmp_path: Path, text: str
) -> None:
    own(tmp_path, BINDING_HERE + text, BG)
    with an_office(tmp_path) as office:
        found = asked(office, "tỉnh Bắc Giang", {"viec": "ca-nhan"})
        assert found.card.count("(chưa kiểm chứng)") == 1 and found.force == "tham khảo"


def test_a_proved_pack_of_ones_own_binds(tmp_path: Path) -> None:
    own(tmp_path, BINDING_HERE + block(ANY, more=STEP % CLAUSE), BG)
    with an_office(tmp_path) as office:
        found = asked(office, "tỉnh Bắc Giang", {"viec": "ca-nhan"})
        assert "chưa kiểm chứng" not in found.card and found.force == "bắt buộc"


# ---- a province asks the shared questions at its own time

DIEN = '{ viec = ["ca-nhan"], dien = ["co"] }'
ASK = """
[[ask]]
fact = "dien"
when = [{ viec = ["ca-nhan"] }]
"""


@pytest.mark.parametrize("more", [{}, {"muc_dich": "viec-rieng"}, {"khan": "co"}], ids=str)
def test_a_pack_asks_a_shared_question_whenever_its_own_rules_need_it(
    tmp_path: Path, more: dict[str, str]
) -> None:
    own(tmp_path, HEAD + ASK + block(DIEN))
    with an_office(tmp_path) as office:
        found = asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan", "dien": "co", **more})
        assert found.decides == "Chủ tịch UBND tỉnh" and found.unknown == []
        assert not any("không đặt ra" in one and "diện" in one for one in found.warnings)
        before = asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan", **more})
        assert [name for name, _, _ in before.unknown] == ["dien"]


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        ('[[ask]]\nfact = "dienn"\nwhen = []', "không có câu hỏi chung này"),
        (ASK + ASK, "ghi hai lần"),
        ('[[ask]]\nfact = "dien"\nwhen = [{ khac_khoi = ["co"] }]', "đứng sau, phải đứng trước"),
        ('[[ask]]\nfact = "dien"\nwhen = [{ viec = ["x"] }]', "không có giá trị “x”"),
    ],
)
def test_an_ask_that_cannot_be_is_refused(tmp_path: Path, ask: str, why: str) -> None:
    own(tmp_path, HEAD + ask + block(DIEN))
    with an_office(tmp_path) as office, pytest.raises(BadInput, match=why):
        asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan"})


def test_nothing_is_asked_when_every_answer_leads_to_the_same_block(tmp_path: Path) -> None:
    both = '{ viec = ["ca-nhan"], dien = ["co"] }, { viec = ["ca-nhan"], dien = ["khong", "-"] }'
    own(tmp_path, HEAD + block(both))
    with an_office(tmp_path) as office:
        found = asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan"})
        assert found.decided and found.unknown == [] and "Chưa kết luận" not in found.card


def test_the_instructions_of_the_blank_pack_work_when_uncommented(tmp_path: Path) -> None:
    """Its example and the example of deadlines.toml, as an officer would put them to use."""
    filled = new_pack(shipped_rules(), "tỉnh Cao Bằng")
    lines = filled.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("# Ví dụ (bỏ"))
    limit = next(at for at, line in enumerate(lines) if line.startswith("# Thời hạn của tỉnh"))
    rule = lines.index("# [[rule]]")
    end = lines.index("[pack]")
    example = [line.removeprefix("#").strip() for line in lines[first + 1 : limit]]
    own(tmp_path, "\n".join([*lines[end:], *example]))
    own(tmp_path, "\n".join(line.removeprefix("# ") for line in lines[rule:end]), "deadlines.toml")
    with an_office(tmp_path) as office:
        found = asked(office, "tỉnh Cao Bằng", {"viec": "ca-nhan", "dien": "co"})
        assert office.routing.refused == []
        assert "ít nhất 10 ngày làm việc trước ngày đi" in found.card
        assert found.decides == "Chủ tịch UBND tỉnh" and "(chưa kiểm chứng)" in found.card
        assert office.routing.packs[-1].sheet.fact("bien_gioi") is not None
