"""*Tra cứu*: a question, the provisions that govern it, and each of them inside its whole Điều."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from drafting.citations import cite_provision, format_citation
from drafting.library import Stored
from drafting.office import Office
from drafting.records import Record, State, vn_date
from drafting.retrieve.hits import Answer, Hit
from drafting.settings import Scope
from drafting.structure import Document, Kind, Provision
from drafting.text import parse_day
from drafting.ui.route_page import beside_search
from drafting.ui.widgets import badge, copy_buttons, md, scroll_to_mark

NO_PROVINCE = "Không chọn tỉnh"
_EVERYWHERE = {"toàn quốc", "Đảng", ""}
_EXAMPLES = (
    "Ví dụ: ai quyết định cử đoàn đi nước ngoài · dieu 12 quy che 19 · tiếp khách nước ngoài"
)
_COUNTS = (3, 5, 10, 20)
_COLOURS = {State.IN_FORCE: "green", State.ENDED: "gray"}
_WHOLE = (Kind.ARTICLE, Kind.PART, Kind.ANNEX, Kind.FORM)


def show(opened: Callable[[], Office]) -> None:
    """The search half of the page; the question box stands before the library is opened."""
    asked = _question()
    with st.container(horizontal=True, vertical_alignment="bottom", key="scope"):
        office = opened()
        scope, count = _scope(office)
    if scope is None:
        return
    if asked is None:
        st.caption(
            "Gõ có dấu hay không dấu đều được; gõ thẳng số điều, khoản, số ký hiệu cũng được."
        )
        return
    if not asked.strip():
        st.info("Chưa có câu hỏi. Gõ việc cần tra cứu vào ô trên rồi bấm Tìm.")
        return
    beside_search(office, asked, scope)
    _answer(office, office.search(asked, scope, count), scope)


def _question() -> str | None:
    """The question asked last; None before the first."""
    with st.form("question-form", border=False):
        box, press = st.columns([7, 1], vertical_alignment="bottom")
        text = box.text_input("Câu hỏi", key="f:question", placeholder=_EXAMPLES)
        if press.form_submit_button("Tìm", type="primary", width="stretch"):
            st.session_state["asked"] = text
            st.session_state["opened"] = set()
    asked = st.session_state.get("asked")
    return None if asked is None else str(asked)


def _scope(office: Office) -> tuple[Scope | None, int]:
    """Province, day and number of hits; no scope when the day is none."""
    known = {s.record.jurisdiction for s in office.library.stored} | {office.settings.province}
    provinces = [NO_PROVINCE, *sorted(known - _EVERYWHERE)]
    st.session_state.setdefault("f:province", office.settings.province or NO_PROVINCE)
    st.session_state.setdefault("f:as-of", vn_date(office.today))
    st.session_state.setdefault("f:count", 5)
    province = st.selectbox("Tỉnh", provinces, key="f:province", width=260,
                            help="Quy định của tỉnh khác vẫn hiện, ghi là tham khảo")  # fmt: skip
    written = st.text_input("Xét hiệu lực vào ngày", key="f:as-of", width=200)
    count = st.selectbox("Số kết quả", _COUNTS, key="f:count", width=130)
    day = parse_day(written) if written.strip() else office.today
    if day is None:
        st.error(f"“{md(written)}” không phải ngày có thật. Ghi như 15/8/2026.")
        return None, 5
    return Scope(day, "" if province == NO_PROVINCE else str(province)), int(count or 5)


def _answer(office: Office, answer: Answer, scope: Scope) -> None:
    if answer.note:
        st.warning(md(answer.note))
    if not answer.hits:
        if not answer.note:
            st.info("Không tìm thấy quy định nào.")
        return
    day = f"xét hiệu lực ngày {vn_date(scope.as_of)}"
    if answer.answered:
        st.markdown(f"**{len(answer.hits)} quy định** · khớp kho, {day}")
    else:
        st.markdown(f"**Không chắc: những quy định gần nhất** · {day}")
    for hit in answer.hits:
        _hit(office, hit, scope)


def _hit(office: Office, hit: Hit, scope: Scope) -> None:
    stored = office.library.of_file(hit.record.file)
    with st.container(border=True, key=f"hit-{hit.rank}"):
        st.markdown(f"##### {hit.rank}\\. {md(_capital(hit.citation))}")
        st.markdown(_badges(hit, scope))
        with st.container(key=f"law-{hit.rank}"):
            st.text(hit.text)
        first, *more = hit.why or ("",)
        reasons = "; ".join([first, *(_lower(reason) for reason in more)])
        st.caption(md(f"Vì sao: {reasons}.") if first else "")
        if hit.warnings:
            with st.container(key=f"warn-{hit.rank}"):
                st.markdown("  \n".join(f":material/warning: {md(w)}" for w in hit.warnings))
        if stored is None:
            return
        provision = stored.document.get(hit.eid)
        if provision is not None:
            _actions(stored, provision, hit)


def _badges(hit: Hit, scope: Scope) -> str:
    own = hit.record.in_jurisdiction_of(scope.province) if scope.province else True
    where = hit.record.jurisdiction or "toàn quốc"
    status = hit.status.state
    shown = [
        badge(where if own else f"{where} · tham khảo", "blue" if own else "gray"),
        badge(str(status), _COLOURS.get(status, "orange")),
    ]
    name = hit.record.name or hit.record.title
    return " ".join([*shown, md(name) if name not in hit.citation else ""])


def _actions(stored: Stored, provision: Provision, hit: Hit) -> None:
    whole = whole_of(stored.document, provision)
    opened: set[int] = st.session_state.setdefault("opened", set())
    is_open = hit.rank in opened
    with st.container(horizontal=True, vertical_alignment="center"):
        copies = {
            "Chép viện dẫn": hit.citation,
            "Chép viện dẫn đầy đủ": full_citation(stored.record, stored.document, provision),
            "Chép nguyên văn": hit.text,
        }
        name = "cả Điều" if whole.kind is Kind.ARTICLE else "cả phần"
        st.button(f"Đóng {name}" if is_open else f"Mở {name}", key=f"open:{hit.rank}",
                  on_click=_toggle, args=(hit.rank,))  # fmt: skip
        copy_buttons(copies, key=f"copy-{hit.rank}")
    if is_open:
        _article(stored, whole, provision, hit)


def _toggle(rank: int) -> None:
    opened: set[int] = st.session_state.setdefault("opened", set())
    st.session_state["opened"] = opened ^ {rank}


def whole_of(document: Document, provision: Provision) -> Provision:
    """The article `provision` stands in; in a report or plan its part; else the outermost unit."""
    chain = (*document.parents(provision.eid), provision)
    for kind in _WHOLE:
        for one in reversed(chain):
            if one.kind is kind:
                return one
    return chain[0]


def full_citation(record: Record, document: Document, provision: Provision) -> str:
    """The provision as cited at first mention: number, date, issuer, subject of its document."""
    short, later = cite_provision(record, document, provision), format_citation(record)
    first = format_citation(record, first=True)
    return short.replace(later, first) if later in short else f"{short} ({first})"


def _article(stored: Stored, whole: Provision, provision: Provision, hit: Hit) -> None:
    """The whole unit in reading order, the hit's own words marked."""
    document = stored.document
    marked = {one.eid for one in document.branch(provision.eid)}
    box = f"article-{hit.rank}"
    with st.container(key=box, gap=None):
        st.caption(md(_place(document, whole)))
        outside = len(document.parents(whole.eid))
        for number, one in enumerate(document.branch(whole.eid)):
            depth = len(document.parents(one.eid)) - outside
            mark = "mark" if one.eid in marked else "plain"
            with st.container(key=f"{mark}-depth{min(depth, 3)}-{hit.rank}-{number}"):
                st.text("\n".join(_paragraphs(document, one)))
        linked = [p for eid in hit.linked if (p := document.get(eid)) and eid not in marked]
        if linked:
            st.caption("Đoạn này dẫn tới:")
        for one in linked:
            st.text(f"{_capital(cite_provision(stored.record, document, one))}: {one.text}")
        scroll_to_mark(box)


def _paragraphs(document: Document, provision: Provision) -> list[str]:
    lines = [document.source.display(spans) for spans in provision.paragraphs]
    return [line for line in lines if line] or [provision.text]


def _place(document: Document, whole: Provision) -> str:
    above = [p.text for p in document.parents(whole.eid) if p.text]
    return " › ".join([*above, f"{document.source.name}, từ dòng {whole.line}"])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
