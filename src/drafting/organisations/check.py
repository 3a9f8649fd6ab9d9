"""Findings and warnings about bodies that changed; nothing is ever rewritten."""

from __future__ import annotations

from datetime import date

from drafting.findings import Finding, Severity
from drafting.organisations.mentions import Mention, find_mentions
from drafting.organisations.organisation import Organisations, shipped_organisations
from drafting.organisations.roles import Role

_ALONE = {Role.QUOTED, Role.HISTORICAL}


def check_bodies(
    text: str,
    as_of: date,
    province: str = "",
    rules: Organisations | None = None,
    *,
    where: str = "",
    addressed: bool = False,
) -> tuple[Finding, ...]:
    """What `text` asks of bodies that had changed by `as_of`, one finding a body and line.

    TC01: instruction or addressee, day and fact certain. TC02: the same resting on something not
    yet verified, or a name whose role is not clear. Quotations and statements about the past are
    left alone. `where` names the place instead of a line; `addressed` says that the whole text is
    a list of addressees or duties.

    >>> from datetime import date
    >>> found = check_bodies("Giao Phòng Quản lý biên giới chủ trì.", date(2026, 11, 23),
    ...     "tỉnh Lạng Sơn")
    >>> found[0].code, found[0].message.split("; ")[0]
    ('TC01', '“Phòng Quản lý biên giới” đã tổ chức lại từ 01/7/2025')
    """
    found: dict[tuple[str, int], Finding] = {}
    for mention in find_mentions(text, as_of, province, rules or shipped_organisations()):
        if mention.role in _ALONE and not (addressed and mention.role is Role.HISTORICAL):
            continue
        sure = addressed or mention.role is Role.ADDRESSED
        finding = finding_of(mention, where or f"dòng {mention.line}", is_addressed=sure)
        key = (mention.organisation.id, mention.line)
        if key not in found or _graver(finding, found[key]):
            found[key] = finding
    return tuple(found.values())


def changed_bodies(
    text: str, as_of: date, province: str = "", rules: Organisations | None = None
) -> tuple[str, ...]:
    """One short warning for each body that a provision gives a part and that had changed.

    >>> from datetime import date
    >>> told = changed_bodies("Sở Thông tin và Truyền thông chủ trì.", date(2026, 11, 23))
    >>> told[0].split(";")[0]
    'Sở Thông tin và Truyền thông: đã giải thể khoảng tháng 3/2025'
    """
    told: dict[str, str] = {}
    for mention in find_mentions(text, as_of, province, rules or shipped_organisations()):
        if mention.role not in _ALONE:
            sentence = f"{mention.text}: {mention.organisation.told()}"
            told.setdefault(mention.organisation.id, sentence)
    return tuple(told.values())


def finding_of(mention: Mention, where: str, *, is_addressed: bool) -> Finding:
    """The finding for one mention that is neither quoted nor history."""
    body = mention.organisation
    message = f"“{mention.text}” {body.told()}"
    fix = f"Ghi {body.successor}."
    if body.ambiguous:
        message += f". {body.ambiguous[:1].upper()}{body.ambiguous[1:]}"
    if not is_addressed:
        message += ". Chưa rõ câu này giao việc hay nhắc chuyện cũ"
        fix = f"Nếu là việc từ nay: {fix.lower()[:1]}{fix[1:]} Nếu là chuyện cũ: thêm “(cũ)”."
    rule = f"organisations.toml, {body.id}; nguồn: {body.source}"
    if is_addressed and body.is_sure:
        return Finding("TC01", Severity.ERROR, where, message, rule, fix)
    is_grave = is_addressed and not body.ambiguous
    severity = Severity.WARNING if is_grave else Severity.NOTE
    return Finding("TC02", severity, where, message, rule, fix)


def _graver(one: Finding, other: Finding) -> bool:
    grave = list(Severity)
    return grave.index(one.severity) < grave.index(other.severity)
