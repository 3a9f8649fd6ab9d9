"""The last step of *Soạn thảo*: what was found, the sổ căn cứ, and the files to take away."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from drafting.cases import Case
from drafting.errors import DraftingError
from drafting.findings import Finding, Severity
from drafting.forms import Form
from drafting.ledger import Ledger, Verdict
from drafting.office import Office
from drafting.office.drafts import Drafted
from drafting.render import file_name
from drafting.ui.typed import RELEASE_TABLE, told
from drafting.ui.widgets import badge, md, table

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_GROUPS = (
    (Severity.ERROR, "Phải sửa", ":red", ":material/error:"),
    (Severity.WARNING, "Cần xem lại", ":orange", ":material/warning:"),
    (Severity.NOTE, "Ghi chú", ":gray", ":material/info:"),
)
# How a citation is released: the office's words are for a case file.
_IN_THE_FILE = "ghi xac_nhan (van_ban, nguoi, ly_do) trong hồ sơ"
_ON_THE_PAGE = "điền mục “Xác nhận cho qua viện dẫn chưa chứng minh được” ở trên"
_VERDICTS = {Verdict.VERBATIM: "green", Verdict.LISTED: "green", Verdict.DIFFERS: "red"}


@dataclass(frozen=True, slots=True)
class Made:
    """What one press of “Soạn” gave. `asked` is the case and kind of paper it was made from;
    `refused` why there are no files."""

    asked: tuple[str, bool]
    drafted: Drafted
    name: str = ""
    paper: bytes = b""
    table: bytes = b""
    refused: str = ""


def show(office: Office, form: Form, case: Case | None, text: str, problem: str) -> None:
    """The switch between nháp and bản trình, the button, and what came of it."""
    final = _kind_of_paper()
    with st.expander("Xác nhận cho qua viện dẫn chưa chứng minh được"):
        st.caption(md(RELEASE_TABLE.help) + "; ghi rõ ai chịu trách nhiệm và vì sao.")
        table(RELEASE_TABLE)
    with st.container(horizontal=True):
        pressed = st.button("Soạn", type="primary", key="make", icon=":material/edit_document:")
        stem = Path(_name(form, case)).stem
        st.download_button("Lưu hồ sơ (.yaml)", text, f"{stem}.yaml", "application/yaml",
                           key="save-case", on_click="ignore",
                           help="Những gì đã gõ, để mở lại lần sau")  # fmt: skip
    if pressed and problem:
        st.error(md(f"Chưa soạn được. {problem}"))
        return
    if pressed and case is not None:
        with st.spinner("Đang soạn và kiểm tra…"):
            _make(office, form, case, text, final)
    made: Made | None = st.session_state.get("result")
    if made is None:
        return
    if made.asked != (text, final):
        st.info("Hồ sơ đã thay đổi sau lần soạn trước. Bấm Soạn để lập lại.")
        return
    _files(made)
    _findings(made.drafted.findings)
    _ledger(made.drafted.ledger)


def _kind_of_paper() -> bool:
    """Whether a bản trình is wanted."""
    kinds = {
        "Bản nháp": "Chỗ còn thiếu tô vàng trong tệp Word.",
        "Bản trình": "Không tô vàng; không xuất khi còn viện dẫn sai hoặc chưa chứng minh được.",
    }
    chosen = st.radio("Loại bản", list(kinds), horizontal=True, key="f:paper",
                      captions=list(kinds.values()))  # fmt: skip
    return chosen == "Bản trình"


def _name(form: Form, case: Case | None) -> str:
    subject = (case.text("trich_yeu") or case.text("ten_hoi_nghi")) if case else ""
    return file_name(f"{form.kind} {subject}")


def _make(office: Office, form: Form, case: Case, text: str, final: bool) -> None:
    """Drafts and writes; keeps the result in the session, with why it was refused if it was."""
    try:
        drafted = office.draft(form, case, final=final)
    except DraftingError as problem:
        st.session_state.pop("result", None)
        st.error(md(told(str(problem), form)))
        return
    name = _name(form, case)
    with tempfile.TemporaryDirectory() as folder:
        try:
            exported = office.export(drafted, Path(folder) / name, final=final)
        except DraftingError as problem:
            why = told(str(problem), form).replace(_IN_THE_FILE, _ON_THE_PAGE)
            made = Made((text, final), drafted, refused=why)
        else:
            paper, beside = exported.out.read_bytes(), exported.provenance.read_bytes()
            made = Made((text, final), drafted, name, paper, beside)
    st.session_state["result"] = made


def _files(made: Made) -> None:
    if made.refused:
        st.error(md(made.refused))
        return
    opened = made.drafted.draft.open_slots()
    still = f" Còn {len(opened)} mục để ngỏ." if opened else ""
    if made.drafted.failed:
        st.warning(f"Đã soạn, nhưng còn lỗi phải sửa trước khi trình.{still}")
    else:
        st.success(f"Đã soạn xong.{still} Chương trình đề xuất; người ký quyết định.")
    with st.container(horizontal=True):
        _download("Tải văn bản (.docx)", made.paper, made.name, ":material/download:")
        beside = f"{Path(made.name).stem}-bang-doi-chieu.docx"
        _download("Tải bảng đối chiếu (.docx)", made.table, beside, ":material/fact_check:")


def _download(label: str, data: bytes, name: str, icon: str) -> None:
    st.download_button(label, data, name, _WORD, icon=icon, on_click="ignore")


def _findings(found: Sequence[Finding]) -> None:
    for severity, title, colour, icon in _GROUPS:
        group = [finding for finding in found if finding.severity is severity]
        if not group:
            continue
        with st.expander(
            f"{title} ({len(group)})", icon=icon, expanded=severity is not Severity.NOTE
        ):
            for finding in group:
                st.markdown(_finding(finding, colour))


def _finding(found: Finding, colour: str) -> str:
    line = f"{colour}[**{md(found.where)}**] {md(found.message)}"
    if found.fix:
        line += f"  \n→ {md(found.fix)}"
    if found.rule and found.rule not in found.message:
        line += f"  \n:gray[Theo {md(found.rule)}]"
    return line


def _ledger(ledger: Ledger) -> None:
    st.markdown(f"##### Sổ căn cứ: {ledger.header}")
    st.caption("Mỗi viện dẫn trong văn bản, đối chiếu với kho và danh mục hiện có.")
    if not ledger.entries:
        st.caption("Văn bản này không có viện dẫn.")
        return
    rows = [
        {
            "Viện dẫn": md(entry.text),
            "Kết quả": badge(str(entry.verdict), _VERDICTS.get(entry.verdict, "orange")),
            "Hiệu lực": md(entry.status),
            "Sai khác, ghi chú": md("; ".join(entry.remarks())),
        }
        for entry in ledger.entries
    ]
    st.table(rows, border="horizontal", hide_index=True)
    _to_load(ledger)


def _to_load(ledger: Ledger) -> None:
    """What is cited and has no text in the library: what to load next."""
    if not ledger.missing:
        return
    title = f"Văn bản được viện dẫn nhưng chưa có trong kho ({len(ledger.missing)})"
    with st.expander(title, icon=":material/library_add:"):
        for one in ledger.missing:
            st.markdown(f"{one.count} lần · **{md(one.name)}**: {md(one.why)}")
