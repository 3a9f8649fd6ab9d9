"""Findings and warnings about bodies that changed; nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drafting.findings import Finding, Severity
from drafting.organisations.mentions import Mention, find_mentions
from drafting.organisations.organisation import Organisations, shipped_organisations
from drafting.organisations.roles import Role
from drafting.text import fold

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
    """What `text` asks of bodies that had changed by `as_of`, one finding a body and line,
    naming each place of it there (“UBND huyện Cao Lộc”, “UBND thành phố Lạng Sơn”).

    TC01: instruction or addressee, day and fact certain. TC02: the same resting on something not
    yet verified, or a name whose role is not clear. Quotations and statements about the past are
    left alone. `where` names the place instead of a line; `addressed` says that the whole text is
    a list of addressees or duties.

    >>> from datetime import date
    >>> found = check_bodies("Giao Phòng Quản lý biên giới chủ trì.", date(2026, 11, 23),
    ...     "tỉnh Lạng Sơn")
    >>> found[0].code, found[0].message.split("; ")[0]
    ('TC02', '“Phòng Quản lý biên giới” được tổ chức lại khoảng 01/7/2025')
    """
    asked: dict[tuple[str, int], list[Mention]] = {}
    for mention in find_mentions(text, as_of, province, rules or shipped_organisations()):
        if mention.role in _ALONE and not (addressed and mention.role is Role.HISTORICAL):
            continue
        asked.setdefault((mention.organisation.id, mention.line), []).append(mention)
    return tuple(
        finding_of(
            ones,
            where or f"dòng {ones[0].line}",
            is_addressed=addressed or any(one.role is Role.ADDRESSED for one in ones),
        )
        for ones in asked.values()
    )


def changed_bodies(
    text: str, as_of: date, province: str = "", rules: Organisations | None = None
) -> tuple[str, ...]:
    """One short warning for each body that a provision gives a part and that had changed.

    >>> from datetime import date
    >>> told = changed_bodies("Sở Thông tin và Truyền thông chủ trì.", date(2026, 11, 23))
    >>> told[0].split(";")[0]
    'Sở Thông tin và Truyền thông: đã giải thể khoảng tháng 3/2025'
    """
    told: dict[str, list[Mention]] = {}
    for mention in find_mentions(text, as_of, province, rules or shipped_organisations()):
        if mention.role not in _ALONE:
            told.setdefault(mention.organisation.id, []).append(mention)
    return tuple(
        f"{', '.join(_names(ones))}: {ones[0].organisation.told()}" for ones in told.values()
    )


def finding_of(mentions: Sequence[Mention], where: str, *, is_addressed: bool) -> Finding:
    """The finding for mentions of one body that are neither quoted nor history."""
    body = mentions[0].organisation
    message = f"{', '.join(f'“{name}”' for name in _names(mentions))} {body.told()}"
    fix = f"Ghi {body.to_write}."
    if body.ambiguous:
        message += f". {body.ambiguous[:1].upper()}{body.ambiguous[1:]}"
        fix = f"Kiểm lại tên; nếu đã đổi thì ghi {body.to_write}."
    if not is_addressed:
        message += ". Chưa rõ câu này giao việc hay nhắc chuyện cũ"
        fix = f"Nếu là việc từ nay: {fix.lower()[:1]}{fix[1:]} Nếu là chuyện cũ: thêm “(cũ)”."
    rule = f"organisations.toml, {body.id}; nguồn: {body.source}"
    if is_addressed and body.is_sure:
        return Finding("TC01", Severity.ERROR, where, message, rule, fix)
    is_grave = is_addressed and not body.ambiguous
    severity = Severity.WARNING if is_grave else Severity.NOTE
    return Finding("TC02", severity, where, message, rule, fix)


def _names(mentions: Sequence[Mention]) -> list[str]:
    """What the mentions are called in the text, each once, however its capitals are."""
    return list({fold(one.text): one.text for one in reversed(mentions)}.values())[::-1]
