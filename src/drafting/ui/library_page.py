"""*Kho văn bản*: what there is, what holds on a day, what took over from what, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from drafting.citations.place import read_eid, spell
from drafting.office import Office
from drafting.records import Record, State, vn_date
from drafting.relations import Relation, RelationKind
from drafting.relations.chain import Chain
from drafting.relations.picture import draw
from drafting.text import parse_day
from drafting.ui.widgets import badge, md

_COLOURS = {State.IN_FORCE: "green", State.ENDED: "gray"}
_TEXT_COUNT = "Có toàn văn: {}"
_LISTED_COUNT = "Chỉ biết số, trong danh mục: {}"


def show(opened: Callable[[], Office]) -> None:
    """The library half of the page."""
    office = opened()
    with st.container(horizontal=True, vertical_alignment="bottom", key="library-scope"):
        day, record = _choices(office)
    if day is None:
        return
    if record is not None:
        (chain,) = office.timeline(record.designation or record.file or record.name, day)
        _chain(chain)
        _relations(office, record)
    _documents(office, day)
    _problems(office)


def _choices(office: Office) -> tuple[date | None, Record | None]:
    """The day and the document asked for; no day when what was typed is none."""
    st.session_state.setdefault("f:library-day", vn_date(office.today))
    written = st.text_input("Xét hiệu lực vào ngày", key="f:library-day", width=200)
    records = list({one.key: one for one in office.library.all_records}.values())
    records.sort(key=lambda one: not (one.file and one.status_on(office.today).holds))
    titles = {one.key: one.title for one in records}
    chosen = st.selectbox("Văn bản", list(titles), key="f:library-document", width=460,
                          format_func=lambda key: titles.get(key, key))  # fmt: skip
    day = parse_day(written) if written.strip() else office.today
    if day is None:
        st.error(f"“{md(written)}” không phải ngày có thật. Ghi như 15/8/2026.")
    return day, next((one for one in records if one.key == chosen), None)


def _chain(chain: Chain) -> None:
    """The picture, and in words what of it nobody has read."""
    drawn = draw(chain)
    st.markdown(f"**{md(chain.in_force_said())}**")
    with st.container(key="chain"):
        st.image(drawn, caption=None)
    st.download_button("Tải hình (.svg)", drawn, "chuoi-van-ban.svg", "image/svg+xml")
    doubts = chain.doubts()
    if doubts:
        with st.expander(f"Chưa kiểm chứng: {len(doubts)} điểm"):
            st.markdown("\n".join(f"- {md(doubt)}" for doubt in doubts))


def _relations(office: Office, record: Record) -> None:
    """What the texts say of this document and others, with the words that say it."""
    every = _read(office, office.library.fingerprint())
    found = [one for one in every if record.key in (one.subject.key, one.target.key)]
    with st.expander(f"Quan hệ đọc được trong các văn bản: {len(found)}", expanded=bool(found)):
        for one in sorted(found, key=lambda one: list(RelationKind).index(one.kind)):
            where = ", ".join(spell(read_eid(eid)) for eid in one.where if eid != "att_1")
            what = f"{where} " if where else ""
            st.markdown(
                f"**{md(one.subject.designation)}** {one.kind} {md(what)}"
                f"**{md(one.target.designation)}**"
            )
            st.caption(md(f"{one.ground.said()}: “{one.ground.quote}”"))
        if not found:
            st.caption("Chưa văn bản nào trong kho nói tới văn bản này.")


@st.cache_data(show_spinner=False, max_entries=2)
def _read(_office: Office, fingerprint: str) -> Sequence[Relation]:
    """Every relation the texts say; read again when the library changed (`fingerprint`)."""
    from drafting.relations import read_all

    del fingerprint
    return tuple(read_all(_office.library.stored, _office.library))


def _documents(office: Office, day: date) -> None:
    """Every document with its state, those with full text first."""
    stored = [one.record for one in office.library.stored]
    for title, records, is_open in (
        (_TEXT_COUNT, stored, True),
        (_LISTED_COUNT, list(office.library.known), False),
    ):
        with st.expander(title.format(len(records)), expanded=is_open):
            st.markdown("\n".join(_row(record, day) for record in records))


def _row(record: Record, day: date) -> str:
    status = record.status_on(day)
    shown = badge(str(status.state), _COLOURS.get(status.state, "orange"))
    doubt = "" if status.verified else " " + badge("chưa kiểm chứng", "orange")
    return f"- **{md(record.title)}** {shown}{doubt}  \n  {md(_told(record, status.sentence()))}"


def _told(record: Record, status: str) -> str:
    dated = f"Ban hành {vn_date(record.date)}. " if record.date else ""
    return f"{dated}{status[:1].upper()}{status[1:]}."


def _problems(office: Office) -> None:
    """Files, validity and rules that do not hold: as `drafting corpus verify` tells them."""
    files = [f"{file}: {why}" for file, why in office.library.problems()]
    validity = [f"{one.where}: {one.message}. {one.fix}" for one in office.validity()]
    rules = [f"{one.where}: {one.message}" for one in office.review_rules()]
    for title, told in (
        ("Tệp có vấn đề", files),
        ("Hiệu lực: văn bản và khai báo nói khác nhau", validity),
        ("Quy tắc chưa chứng minh được", rules),
    ):
        with st.expander(f"{title}: {len(told)}", expanded=bool(told)):
            st.markdown("\n".join(f"- {md(one)}" for one in told) or "Không có.")
