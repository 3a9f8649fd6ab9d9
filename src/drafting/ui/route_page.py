"""*Ai quyết định*: a case told in words or answer by answer, and who decides, by when, why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from drafting.office import Office
from drafting.procedure import Pack, Reading, Route, Situation, draw, pack_of, read_facts_in
from drafting.procedure.asked_days import read_days_in
from drafting.procedure.facts import NOT_ASKED, Fact
from drafting.procedure.route import DAY_FACT, Ruled, Step
from drafting.procedure.told import CLOSING
from drafting.records import vn_date
from drafting.settings import Scope
from drafting.text import parse_day
from drafting.ui.widgets import DAY_HINT, badge, md

TITLE = "Ai quyết định"
_WORDS, _PROVINCE, _DAY = "f:route-words", "f:route-province", "f:route-day"
_STARTS, _ENDS = "f:route-starts", "f:route-ends"
# Fewer facts than these in a question of law, and a card beside its hits would only be in the way.
_ENOUGH = 2
_HINT = "ví dụ: cán bộ diện Ban Thường vụ Tỉnh ủy quản lý ở sở đi học ở nước ngoài, ai quyết định"
_LISTS = (
    ("after", "Phải có trước khi quyết định"),
    ("opinion", "Cho ý kiến"),
    ("copy", "Gửi để biết"),
    ("paper", "Giấy tờ phải có"),
)


def show(opened: Callable[[], Office]) -> None:
    """The page: the words and the day first, then question after question, the answer last."""
    words = st.text_input("Việc cần hỏi, bằng lời (có thể bỏ trống)", key=_WORDS, placeholder=_HINT)
    office = opened()
    _fill_days(words)
    with st.container(horizontal=True, vertical_alignment="bottom", key="route-scope"):
        pack, as_of, starts, ends = _scope(office)
    for wrong in office.routing.refused:
        st.warning(md(wrong.wrong))
    reading = read_facts_in(words, pack.sheet)
    known = _known(pack, reading)
    route = office.route(Situation(words, pack.province, known, starts, ends), as_of)
    asked, answer = st.columns([2, 3], gap="large")
    with asked:
        _questions(pack, route, reading)
    with answer:
        _answer(route)


def beside_search(office: Office, question: str, scope: Scope) -> None:
    """Who decides, above the hits of a question that tells a case of a province with a pack."""
    if not office.routing.has_pack(scope.province):
        return
    pack = pack_of(scope.province, office.routing.packs)
    reading = read_facts_in(question, pack.sheet)
    if len(reading.told) < _ENOUGH:
        return
    days = reading.days
    told = Situation(question, pack.province, reading.known, days.starts, days.ends)
    route = office.route(told, scope.as_of)
    with st.container(border=True, key="route-card"):
        st.markdown(f"**{TITLE}:** {md(route.card)}")
        st.markdown(_badges(route))
        heard = "; ".join(f"{one.fact.said(one.value)} (“{one.words}”)" for one in reading.told)
        st.caption(f"Đọc trong câu hỏi: {md(heard)}")
        if route.warnings:
            st.caption(f":material/warning: {len(route.warnings)} lưu ý, xem ở trang {TITLE}.")
        st.button(f"Mở trang {TITLE}", on_click=_take, args=(question, pack, scope))


def _take(question: str, pack: Pack, scope: Scope) -> None:
    """Goes to the page with what was asked."""
    st.session_state["page"] = TITLE
    st.session_state[_WORDS] = question
    st.session_state[_PROVINCE], st.session_state[_DAY] = pack.province, vn_date(scope.as_of)


def _scope(office: Office) -> tuple[Pack, date, date | None, date | None]:
    """The province's decision table, the day asked of, and the days of the case itself."""
    provinces = [pack.province for pack in office.routing.usable]
    own = office.province(office.settings.province)
    st.session_state.setdefault(_PROVINCE, own if own in provinces else provinces[0])
    st.session_state.setdefault(_DAY, vn_date(office.today))
    chosen = st.selectbox(
        "Tỉnh",
        provinces,
        key=_PROVINCE,
        width=220,
        help="Mỗi tỉnh một gói quy trình; không dùng của tỉnh khác thay",
    )
    as_of = _day("Xét hiệu lực vào ngày", _DAY) or office.today
    starts = _day("Ngày đi, đón, tổ chức", _STARTS)
    ends = _day("Ngày kết thúc", _ENDS)
    return pack_of(chosen or provinces[0], office.routing.packs), as_of, starts, ends


def _fill_days(words: str) -> None:
    """New words put their days into the boxes; what the officer typed there stays."""
    filled = st.session_state.get("route-days-read", {})
    if filled.get("words") == words:
        return
    told = read_days_in(words)
    now = {"words": words}
    for key, day in ((_STARTS, told.starts), (_ENDS, told.ends)):
        typed = st.session_state.get(key, "")
        if typed.strip() and typed != filled.get(key):
            continue
        st.session_state[key] = now[key] = vn_date(day) if day is not None else ""
    st.session_state["route-days-read"] = now


def _day(label: str, key: str) -> date | None:
    st.session_state.setdefault(key, "")
    typed = st.text_input(label, key=key, width=180, placeholder=DAY_HINT)
    day = parse_day(typed) if typed.strip() else None
    if typed.strip() and day is None:
        st.error(f"“{md(typed)}” không phải ngày có thật. Ghi như 15/8/2026.")
        st.stop()
    return day


def _known(pack: Pack, reading: Reading) -> dict[str, str]:
    """What was chosen, else read in the words; only answers that may be true beside the others."""
    if st.session_state.get("route-read") != (pack.province, reading.question):
        st.session_state["route-read"] = (pack.province, reading.question)
        for fact in pack.sheet.facts:
            st.session_state[_key(fact)] = reading.known.get(fact.id, "")
    known: dict[str, str] = {}
    for fact in pack.sheet.facts:
        answer = st.session_state.get(_key(fact), "")
        if answer and answer in pack.sheet.possible(known)[fact.id]:
            known[fact.id] = answer
    return known


def _key(fact: Fact) -> str:
    return f"f:route:{fact.id}"


def _questions(pack: Pack, route: Route, reading: Reading) -> None:
    """The answers so far, to be changed, and the one question that decides next."""
    known = dict(route.situation.known)
    possible = pack.sheet.possible(known)
    heard = {one.fact.id: one.words for one in reading.told}
    following = next((fact for _, fact, _ in route.unknown if fact is not None), None)
    first = [following] if following is not None else []
    for fact in (*first, *(one for one in pack.sheet.facts if one.id in known)):
        before = {name: value for name, value in known.items() if name != fact.id}
        answers = [v for v in fact.values if v.id in pack.sheet.possible(before)[fact.id]]
        labels = {"": "— chọn —"} | {one.id: one.label for one in answers}
        label = f"**{md(fact.question)}**" if fact is following else md(fact.question)
        read = heard.get(fact.id)
        st.selectbox(label, list(labels), key=_key(fact), format_func=labels.__getitem__,
                     help=f"Đọc trong câu: “{md(read)}”" if read else None)  # fmt: skip
    more = [f for f in pack.sheet.facts if f.id not in known and possible[f.id] != {NOT_ASKED}]
    if following is None and any(name == DAY_FACT for name, _, _ in route.unknown):
        st.info("Ghi ngày thực hiện ở trên để tính hạn ra ngày cụ thể.")
    elif following is not None and len(more) > 1:
        st.caption("Chỉ hỏi điều quyết định kết quả; câu sau hiện khi đã trả lời câu này.")


def _answer(route: Route) -> None:
    """The card, then every line with its clause and force, then the picture."""
    with st.container(border=True, key="route-card"):
        st.markdown(f"**{md(route.card)}**")
        st.markdown(_badges(route))
    for one in route.possible:
        st.caption(f"Nếu {md(one.when)}: {md(one.said)}")
    if route.silent:
        st.warning(f"Quy chế không nêu: {md(route.silent)}")
        st.markdown("\n".join(f"- Cần nạp: {md(one)}" for one in route.to_load))
    if route.steps and not route.matched.decided:
        st.markdown("**Đã chắc chắn, dù trả lời thế nào:**")
    for number, step in enumerate(route.steps, start=1):
        st.markdown(_step(number, step))
    for kind, title in _LISTS:
        if route.of(kind):
            lines = "\n".join(f"- {md(one.text)}  \n  {_rests(one)}" for one in route.of(kind))
            st.markdown(f"**{title}**\n{lines}")
    if route.reference:
        with st.expander("Tỉnh khác quy định (chỉ tham khảo, không ghi vào căn cứ)"):
            st.markdown("\n".join(f"- {md(one.line)}" for one in route.reference))
    if route.warnings:
        st.markdown("  \n".join(f":material/warning: {md(one)}" for one in route.warnings))
    if route.steps:
        drawn = draw(route)
        with st.expander("Sơ đồ", icon=":material/account_tree:"):
            st.image(drawn)
            st.download_button("Tải hình (.svg)", drawn, "ai-quyet-dinh.svg", "image/svg+xml")
    st.caption(CLOSING)


def _badges(route: Route) -> str:
    colour = "blue" if route.force == "bắt buộc" else "gray"
    own = badge(f"{route.pack.province} · {route.force}", colour)
    return f"{own} xét ngày {vn_date(route.as_of)}"


def _step(number: int, step: Step) -> str:
    due = f"  \n:orange[{md(step.limit.said)}]" if step.limit else ""
    return f"{number}\\. {md(step.line)}{due}  \n{_rests(step.ruled)}"


def _rests(line: Ruled) -> str:
    return f":gray[{md(line.clause)}; {line.force}]"
