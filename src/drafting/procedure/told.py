"""`told`: a route as lines of text, each with its clause and its force."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.procedure.possible import following
from drafting.procedure.route import Route, Ruled
from drafting.records import vn_date

CLOSING = "Chương trình đề xuất; người ký quyết định."
_TITLES = {
    "opinion": "Cho ý kiến",
    "decides": "Quyết định",
    "after": "Phải có trước",
    "signs": "Ký",
    "copy": "Gửi",
    "paper": "Giấy tờ",
}


def told(route: Route) -> Iterator[str]:
    """The route for a terminal: the card first, then what it rests on."""
    yield route.card
    yield f"{route.pack.province}, ngày xét {vn_date(route.as_of)}: {route.force}"
    yield from _asked(route)
    if route.matched.main is not None or route.steps:
        yield ""
        if not route.matched.decided:
            yield "Đã chắc chắn, dù trả lời thế nào:"
        yield from _body(route)
    if route.silent:
        yield ""
        yield f"Quy chế không nêu: {route.silent}"
        yield from (f"  Cần nạp: {one}" for one in route.to_load)
    if route.reference:
        yield ""
        yield "Tham khảo (tỉnh khác, không ràng buộc, không ghi vào căn cứ):"
        yield from (f"  {one.line}" for one in route.reference)
    if route.warnings:
        yield ""
        yield from (f"! {one}" for one in route.warnings)
    yield ""
    yield CLOSING


def _asked(route: Route) -> Iterator[str]:
    """The open questions with their answers, and the cases it may be."""
    possible = route.pack.sheet.possible(route.situation.known)
    for name, fact, question in route.unknown:
        answers = [v for v in fact.values if v.id in possible[name]] if fact else []
        yield f"? {question}"
        yield from (f"    {answer.label}   (--fact {name}={answer.id})" for answer in answers)
        if fact is None:
            yield f"    ví dụ 15/8/2026   (--fact {name}=15/8/2026)"
    for one in route.possible:
        yield f"  Nếu {one.when}: {one.said}"


def _body(route: Route) -> Iterator[str]:
    titles = dict.fromkeys(line.text for line in route.of("governing"))
    for title in titles:
        clauses = [line for line in route.of("governing") if line.text == title]
        yield f"Điều chỉnh: {title}"
        yield from (f"    {_rests(line)}" for line in clauses)
    for number, step in enumerate(route.steps, start=1):
        yield f"{number}. {step.line}"
        if step.limit:
            yield f"    {step.limit.said}"
        yield f"    {_rests(step.ruled)}"
    for kind, title in _TITLES.items():
        for line in route.of(kind):
            said = f"{line.text}{following(route.after)}" if kind == "decides" else line.text
            yield f"{title}: {said}  [{line.clause}; {line.force}]"


def _rests(line: Ruled) -> str:
    return f"[{line.clause}; {line.force}]"
