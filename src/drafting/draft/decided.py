"""What the route of a case says in its draft: Kính gửi and Nơi nhận left open, and findings.

Nothing an officer typed is touched; what is put in carries the origin “quy tắc” and its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafting.cases import Case
from drafting.draft.letterhead import Letterhead, Level
from drafting.draft.origin import Origin
from drafting.draft.types import Paragraph
from drafting.findings import Finding, Severity
from drafting.forms import Form
from drafting.procedure import Route, Ruled
from drafting.procedure.route import BINDING
from drafting.text import fold

# Who decides, as the rules write it, where the Sở writes straight to them.
_CHAIRMAN = "Chủ tịch UBND tỉnh"
_DECIDER_FIELD, _COPIES_FIELD = "cap_quyet_dinh", "noi_nhan"
_FOREIGN_AFFAIRS = "so ngoai vu"


@dataclass(frozen=True, slots=True)
class Fed:
    """A letterhead with what the route put in: `fields` are those no longer missing."""

    head: Letterhead
    paragraphs: tuple[Paragraph, ...] = ()
    fields: frozenset[str] = frozenset()


def feed(head: Letterhead, form: Form, case: Case, route: Route | None) -> Fed:
    """The letterhead with Kính gửi and Nơi nhận from the route, where the officer left them open
    and the rules bind here today; else as it was."""
    fed = Fed(head)
    if route is None or not form.addressed:
        return fed
    for one in (_addressee, _recipients):
        fed = one(fed, case, route)
    return fed


def _addressee(fed: Fed, case: Case, route: Route) -> Fed:
    """The Chairman, where he decides and the Sở Ngoại vụ writes (domain: it writes to who decides,
    never to Thường trực Tỉnh ủy)."""
    decides = next(iter(route.of("decides")), None)
    issuer = case.group("co_quan_ban_hanh")
    ours = str(issuer.get("cap", Level.DEPARTMENT)) == Level.DEPARTMENT
    ours = ours and fold(str(issuer.get("ten", ""))).startswith(_FOREIGN_AFFAIRS)
    if case.text(_DECIDER_FIELD) or not ours or decides is None:
        return fed
    if decides.text != _CHAIRMAN or decides.force != BINDING:
        return fed
    addressee = f"Chủ tịch Ủy ban nhân dân {route.pack.province}"
    put = _ruled("Kính gửi", addressee, decides)
    return replace(
        fed,
        head=replace(fed.head, addressees=(addressee,)),
        paragraphs=(*fed.paragraphs, put),
        fields=fed.fields | {_DECIDER_FIELD},
    )


def _recipients(fed: Fed, case: Case, route: Route) -> Fed:
    """The bodies that get a copy, between “Như trên” and “Lưu”."""
    copies = [line for line in route.of("copy") if line.force == BINDING]
    if case.lines(_COPIES_FIELD) or not copies:
        return fed
    *before, kept = fed.head.recipients
    lines = (*before, *(f"- {line.text};" for line in copies), kept)
    put = tuple(_ruled("Nơi nhận", line.text, line) for line in copies)
    return replace(
        fed, head=replace(fed.head, recipients=lines), paragraphs=(*fed.paragraphs, *put)
    )


def _ruled(place: str, text: str, line: Ruled) -> Paragraph:
    quote = line.proven.evidence.quote
    return Paragraph(place, text, Origin.RULE, f"{line.clause} ({line.force})", quote=quote)


def route_findings(route: Route | None) -> Sequence[Finding]:
    """What the route tells whoever reads the draft: who decides (DD01), a limit passed (DD02), a
    fact to be answered (DD03)."""
    if route is None:
        return []
    where = "ai quyết định"
    clause = next((line.clause for line in route.of("governing")), "")
    message = f"{route.card} ({route.force})"
    if route.silent and route.silent not in route.card:
        message = f"{message}. {route.silent}"
    found = [Finding("DD01", Severity.NOTE, where, message, clause)]
    found += [
        Finding(
            "DD02", Severity.WARNING, where,
            f"Đã quá hạn {limit.said}: {limit.rule.what}", limit.rule.clause,
            "Đổi ngày thực hiện, hoặc nêu lý do gửi chậm trong Tờ trình.",
        )
        for limit in route.limits
        if limit.late
    ]  # fmt: skip
    found += [
        Finding("DD03", Severity.NOTE, where, f"Chưa biết: {question}", fix="Điền vào hồ sơ.")
        for _, _, question in route.unknown[:1]
    ]
    return found
