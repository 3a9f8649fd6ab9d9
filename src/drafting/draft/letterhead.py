"""Header, addressee, signature and Nơi nhận: they follow from drafter, issuer and signer.

Source: NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I mục II.1–II.9; domain/README section 0.10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from drafting.cases import Case
from drafting.forms import Form
from drafting.text import says_something


class Level(StrEnum):
    """Who issues: a department, the collective People's Committee, or its Chairman."""

    DEPARTMENT = "so"
    COMMITTEE = "ubnd"
    CHAIRMAN = "chu-tich-ubnd"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines around a text. Number and day stay blank: văn thư fills them."""

    parent: str
    issuer: str
    number_line: str
    place_and_date: str
    authority: tuple[str, ...]
    title: str
    name: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    issuer_short: str
    full_issuer: str


# Any open mark, the program's or one an officer typed.
OPEN_MARK = re.compile(r"\[Cần bổ sung\b[^\]]*\]")


def missing(what: str) -> str:
    """The mark an open place carries, in the Word file and everywhere else.

    >>> missing("họ tên người ký")
    '[Cần bổ sung: họ tên người ký]'
    """
    return f"[Cần bổ sung: {what}]"


def capitals(text: str) -> str:
    """`text` in capitals, open marks left as they are so that they stay findable.

    >>> capitals("Ủy ban nhân dân " + missing("tên tỉnh"))
    'ỦY BAN NHÂN DÂN [Cần bổ sung: tên tỉnh]'
    """
    parts = re.split(f"({OPEN_MARK.pattern})", text)
    return "".join(part if at % 2 else part.upper() for at, part in enumerate(parts))


def letterhead(form: Form, case: Case) -> Letterhead:
    """The letterhead of a case; what is not known is an open mark, never a guess."""
    issuer = case.group("co_quan_ban_hanh")
    level = Level(str(issuer.get("cap", Level.DEPARTMENT)))
    province = case.text("tinh") or missing("tên tỉnh")
    committee = f"Ủy ban nhân dân {province}"
    name = str(issuer.get("ten", "")) or missing("tên cơ quan ban hành")
    if level is Level.COMMITTEE:
        name = committee
    elif level is Level.CHAIRMAN:
        name = f"Chủ tịch {committee}"
    department = level is Level.DEPARTMENT
    symbol = str(issuer.get("ky_hieu", "")) or ("UBND" if not department else missing("ký hiệu"))
    day = case.day("ngay_soan")
    year = str(day.year) if day else "......"
    place = str(issuer.get("dia_danh", "")) or province.removeprefix("tỉnh ").removeprefix(
        "thành phố "
    )
    authority, title = _signature(case, level)
    addressees = _addressees(form, case, committee)
    return Letterhead(
        parent=capitals(f"UBND {province}") if department else "",
        issuer=capitals(name),
        number_line=f"Số:        /{form.symbol}-{symbol}",
        place_and_date=f"{place}, ngày       tháng       năm {year}",
        authority=authority,
        title=title,
        name=str(case.group("nguoi_ky").get("ho_ten", "")) or missing("họ tên người ký"),
        addressees=addressees,
        recipients=_recipients(case, bool(addressees)),
        issuer_short=name
        if department
        else "UBND thành phố"
        if province.startswith("thành phố")
        else "UBND tỉnh",
        full_issuer=f"{name} {province}" if department and province not in name else name,
    )


def _signature(case: Case, level: Level) -> tuple[tuple[str, ...], str]:
    """Authority lines and title: TM. for the collective, KT. for a deputy, neither by guess.

    A paper of the Chairman is signed CHỦ TỊCH, never TM.
    """
    given = str(case.group("nguoi_ky").get("chuc_vu", ""))
    if not given:
        return (), missing("chức vụ người ký")
    title = given.upper()
    lines: list[str] = ["TM. ỦY BAN NHÂN DÂN"] if level is Level.COMMITTEE else []
    if title.startswith("PHÓ "):
        lines.append(f"KT. {title.removeprefix('PHÓ ')}")
    return tuple(lines), title


def _addressees(form: Form, case: Case, committee: str) -> tuple[str, ...]:
    """Kính gửi of a Tờ trình: whoever decides, never Thường trực Tỉnh ủy itself."""
    if not form.addressed:
        return ()
    decides = case.text("cap_quyet_dinh")
    if decides == Level.CHAIRMAN:
        return (f"Chủ tịch {committee}",)
    if decides == Level.COMMITTEE:
        return (committee,)
    return (missing("cấp quyết định (Chủ tịch Ủy ban nhân dân tỉnh hay Ủy ban nhân dân tỉnh)"),)


def _recipients(case: Case, addressed: bool) -> tuple[str, ...]:
    typed = (line.lstrip("-– ").rstrip(" ;.") for line in case.lines("noi_nhan"))
    given = [line for line in typed if says_something(line)]
    lines = given or (["Như trên"] if addressed else [])
    if not any(re.match(r"Lưu\s*:", line) for line in lines):
        unit = case.group("don_vi_soan")
        drafter = str(unit.get("ky_hieu", "")) or str(unit.get("ten", "")) or missing("đơn vị soạn")
        lines.append(f"Lưu: VT, {drafter}")
    ends = [";"] * (len(lines) - 1) + ["."]
    return tuple(f"- {line}{end}" for line, end in zip(lines, ends, strict=True))
