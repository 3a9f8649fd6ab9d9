"""*Soạn thảo*: a form filled in, slots with what demands them and suggestions, then the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from drafting.cases import Case, form_of_case, read_case
from drafting.draft.types import DraftSlot, Force, Suggestion
from drafting.errors import BadInput
from drafting.forms import Form, Slot
from drafting.office import Office
from drafting.office.drafts import Drafted
from drafting.records import vn_date
from drafting.text import fold, parse_day
from drafting.ui import result
from drafting.ui.typed import (
    SLOTS,
    Typed,
    as_yaml,
    checked,
    fill_blanks,
    kept,
    none_key,
    of_case,
    put,
    read_upload,
    slot_key,
    take,
)
from drafting.ui.widgets import badge, fields, md

_FACTS = (
    "Ô có dấu \\* là bắt buộc. Chưa có thì để trống: chỗ ấy hiện trong tệp Word là "
    "[Cần bổ sung: …], không ai điền thay."
)
_LEGEND = (
    "Bắt buộc: quy định đang áp dụng ở tỉnh đòi phải có. Thông lệ: văn bản trước đây vẫn viết. "
    "Tham khảo: quy định của tỉnh khác, hoặc chưa rõ còn hiệu lực."
)
_FORCES = {Force.MANDATORY: "red", Force.CUSTOMARY: "blue", Force.REFERENCE: "gray"}


def show(opened: Callable[[], Office]) -> None:
    """The drafting half of the page."""
    office = opened()
    forms = office.forms()
    form = _choose(office, forms)
    typed = take(form)
    text = as_yaml(form, typed)
    case, problem = checked(form, text)
    _start(office, forms, form, typed)
    with st.container(key="alert"):  # always drawn, so that what follows keeps its place
        if problem:
            st.error(md(problem))
        if meant := province_meant(str(typed.get("tinh", "")), office):
            st.warning(
                md(f"Ô Tỉnh: kho ghi là “{meant}”. Sửa cho đúng để nhận ra quy định của tỉnh.")
            )
        st.caption(_progress(form, typed))
    facts, slots, finish = st.tabs(["1. Thông tin", "2. Các mục", "3. Soạn, tải về"])
    with facts:
        st.caption(_FACTS)
        fields(form.fields)
    with slots:
        st.caption(_LEGEND)
        for slot in _slots(office, form, typed):
            _slot(form, slot, typed)
    with finish:
        result.show(office, form, case, text, problem)


def province_meant(written: str, office: Office) -> str:
    """The province of the library somebody meant with other words ("Lạng Sơn"), else ""."""
    known = {stored.record.jurisdiction for stored in office.library.stored}
    bare = fold(written).removeprefix("tinh ").removeprefix("thanh pho ").strip()
    near = [name for name in sorted(known) if bare and fold(name).endswith(f" {bare}")]
    return near[0] if near and written not in known else ""


# --- Where to begin ---


def _choose(office: Office, forms: Sequence[Form]) -> Form:
    names = {form.id: form.name for form in forms}
    if not names:
        raise BadInput(f"Chưa có mẫu nào trong thư mục {office.settings.templates}.")
    if st.session_state.get("s:form") not in names:
        st.session_state["s:form"] = next(reversed(names))
    chosen = st.selectbox("Mẫu văn bản", list(names), key="s:form", format_func=lambda i: names[i])
    form = next(form for form in forms if form.id == chosen)
    if form.id not in st.session_state.setdefault("begun", set()):
        st.session_state["begun"].add(form.id)
        fill_blanks(form, _first_values(office))
    return form


def _first_values(office: Office) -> Typed:
    """What an empty case begins with: the office's own province, today."""
    return {"tinh": office.settings.province, "ngay_soan": vn_date(office.today)}


def _start(office: Office, forms: Sequence[Form], form: Form, typed: Typed) -> None:
    """Begin from an example, a file, or nothing; what was typed before can be brought back."""
    if failed := st.session_state.pop("start-failed", ""):
        st.error(md(failed))
    with st.expander("Bắt đầu từ ví dụ hoặc hồ sơ đã lưu", icon=":material/folder_open:"):
        left, right = st.columns(2, gap="large")
        with left:
            examples = _examples(office, form)
            chosen = st.selectbox("Ví dụ có sẵn", list(examples), key="example",
                                  format_func=lambda name: examples.get(name, name),
                                  placeholder="Mẫu này chưa có ví dụ")  # fmt: skip
            st.button("Dùng ví dụ này", key="use-example", disabled=not chosen,
                      on_click=_use_example, args=(office, form, chosen, typed))  # fmt: skip
        with right:
            given = st.file_uploader("Hồ sơ đã lưu (.yaml)", type=["yaml", "yml"], key="upload")
            st.button("Mở hồ sơ này", key="use-upload", disabled=given is None,
                      on_click=_use_upload, args=(forms, form, typed))  # fmt: skip
        with st.container(horizontal=True):
            empty = _first_values(office)
            st.button("Làm lại từ đầu", key="clear", on_click=_replace,
                      args=(form, empty, form, typed))  # fmt: skip
            if st.session_state.get("undo"):
                st.button("Lấy lại phần đã gõ trước đó", key="take-back", on_click=_take_back,
                          args=(form, typed))  # fmt: skip


@st.cache_data(show_spinner=False)
def _example_title(path: str, stamp: int, _form: Form) -> str:
    del stamp
    case = read_case(Path(path), _form)
    subject = case.text("trich_yeu") or case.text("ten_hoi_nghi") or Path(path).stem
    return f"{subject} ({case.text('tinh')})"


def _examples(office: Office, form: Form) -> dict[str, str]:
    """The examples of a form: path and title."""
    paths = [
        p for p in sorted(office.settings.examples.glob("*.yaml")) if form_of_case(p) == form.id
    ]
    return {str(p): _example_title(str(p), p.stat().st_mtime_ns, form) for p in reversed(paths)}


def _use_example(office: Office, form: Form, chosen: str, before: Typed) -> None:
    _replace(form, of_case(read_case(Path(chosen), form)), form, before)


def _use_upload(forms: Sequence[Form], current: Form, before: Typed) -> None:
    given = st.session_state.get("upload")
    if given is None:
        return
    try:
        form, typed = read_upload(given.name, given.getvalue(), forms)
    except BadInput as problem:
        st.session_state["start-failed"] = str(problem)
        return
    _replace(form, typed, current, before)


def _replace(form: Form, typed: Typed, current: Form, before: Typed) -> None:
    if before:
        st.session_state["undo"] = (current, before)
    put(form, typed)
    st.session_state["s:form"] = form.id
    st.session_state.pop("result", None)


def _take_back(form: Form, typed: Typed) -> None:
    before, old = st.session_state.pop("undo")
    _replace(before, old, form, typed)


# --- Slots ---


def _slots(office: Office, form: Form, typed: Typed) -> tuple[DraftSlot, ...]:
    """The slots with their demands and suggestions, which hang on a few fields only."""
    facts = {
        name: typed[name] for name in ("tinh", "ngay_soan", *form.evidence_fields) if name in typed
    }
    if parse_day(str(facts.get("ngay_soan", ""))) is None:
        facts.pop("ngay_soan", None)
    case, _ = checked(form, as_yaml(form, facts))
    stamp = f"{office.library.fingerprint()} {office.today} {form.id} {facts if case else ''}"
    return _drafted(stamp, office, form, case or Case("hồ sơ")).draft.slots


@st.cache_resource(show_spinner=False, max_entries=64)
def _drafted(stamp: str, _office: Office, _form: Form, _case: Case) -> Drafted:
    del stamp  # what it is kept by; the others are not hashed
    return _office.draft(_form, _case)


def _progress(form: Form, typed: Typed) -> str:
    done = [slot for slot in form.slots if _is_done(slot, typed)]
    empty = [f.label for f in form.fields if f.required and f.id not in typed]
    missing = f" · Thông tin bắt buộc còn trống: {', '.join(empty)}" if empty else ""
    return md(f"Đã có {len(done)}/{len(form.slots)} mục{missing}")


def _is_done(slot: Slot, typed: Typed) -> bool:
    return slot.table in typed if slot.table else slot.id in typed.get(SLOTS, {})


def _slot(form: Form, slot: DraftSlot, typed: Typed) -> None:
    with st.container(border=True, key=f"slot-{slot.slot.id}"):
        demand = slot.demand
        title = f"**{md(slot.slot.title)}** {badge(str(demand.force), _FORCES[demand.force])}"
        st.markdown(title, help=md(slot.slot.help) or None)
        asked = md(demand.citation) + (f": *“{md(demand.quote)}”*" if demand.quote else "")
        st.caption(f"Nguồn: {asked}")
        if slot.slot.table:
            _table_slot(form, slot.slot, typed)
            return
        key = slot_key(form, slot.slot)
        st.session_state.setdefault(key, "")
        none = bool(st.session_state.get(none_key(form, slot.slot)))
        st.text_area(slot.slot.title, key=key, height="content", placeholder=slot.slot.help,
                     label_visibility="collapsed", disabled=none)  # fmt: skip
        if slot.slot.none_allowed:
            st.checkbox("Không có", key=none_key(form, slot.slot))
        if slot.suggestions:
            _suggestions(key, slot)


def _table_slot(form: Form, slot: Slot, typed: Typed) -> None:
    declared = form.field_of(slot.table)
    if declared is not None:
        state = f"đã có {len(typed.get(slot.table, []))} dòng"
        st.markdown(f"Điền ở bảng “{md(declared.label)}” của thẻ 1: {state}.")


def _suggestions(key: str, slot: DraftSlot) -> None:
    with st.expander(f"Gợi ý từ văn bản cũ ({len(slot.suggestions)})"):
        st.caption(
            "Chỉ để tham khảo cách viết; chương trình không tự đưa vào. Sửa lại cho đúng việc này."
        )
        for number, found in enumerate(slot.suggestions):
            with st.container(key=f"law-{slot.slot.id}-{number}"):
                st.text(found.text)
            st.caption(f"{md(found.citation)} · {md(found.age)}")
            st.button("Đưa vào ô", key=f"take:{slot.slot.id}:{number}", on_click=_take_up,
                      args=(key, found))  # fmt: skip


def _take_up(key: str, found: Suggestion) -> None:
    before = kept(key).rstrip()
    st.session_state[key] = f"{before}\n{found.text}" if before else found.text
