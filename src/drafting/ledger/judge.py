"""The verdict on one answer: what differs, what could not be compared, which document it is."""

from __future__ import annotations

from drafting.citations import Difference, Resolved, Unresolved, Why, contradictions
from drafting.citations.place import read_eid, spell
from drafting.ledger.entry import Verdict
from drafting.records import Record


def judge(answer: Resolved | Unresolved) -> tuple[Verdict, tuple[Difference, ...], str]:
    """Verdict, what differs, and why."""
    differs = _differs(answer)
    if differs:
        why = answer.reason if isinstance(answer, Unresolved) and answer.near else ""
        return Verdict.DIFFERS, differs, why
    if isinstance(answer, Unresolved):
        unknown = answer.why is Why.UNKNOWN
        return Verdict.NOT_FOUND if unknown else Verdict.UNDETERMINED, (), answer.reason
    unproved = _unproved(answer)
    if unproved:
        return Verdict.UNDETERMINED, (), unproved
    if answer.document is not None:
        return Verdict.VERBATIM, (), ""
    if answer.eid:
        title = f" của {answer.record.title}" if answer.record else ""
        why = f"kho chưa có toàn văn{title}: chưa kiểm được {spell(read_eid(answer.eid))}"
        return Verdict.UNDETERMINED, (), why
    return Verdict.LISTED, (), ""


def _unproved(answer: Resolved) -> str:
    """Why nothing is proved though a document was found: words that could not be checked."""
    title = answer.record.title if answer.record else ""
    if "ngày" in answer.comparison.unknown:
        return f"danh mục chưa có ngày ban hành của {title}: chưa so được ngày"
    if answer.comparison.unread:
        unread = answer.comparison.unread
        if answer.record and not answer.record.subject_verbatim:
            told = f"danh mục mới mô tả trích yếu của {title} (“{answer.record.subject}”)"
            return f"{told}: chưa so được với “{unread}”; chép nguyên văn vào danh-muc.toml"
        return f"chưa hiểu “{unread}” ghi cạnh {title}: ghi lại ngày, cơ quan, trích yếu cho rõ"
    cited, finer = answer.citation.document, answer.citation.finer
    if "tên" in answer.comparison.unknown and cited and cited.name:
        return f"chưa so được “{cited.name.text}” với trích yếu của {title}"
    if finer:
        known = spell(read_eid(answer.eid)) if answer.eid else title
        return f"chưa kiểm được “{finer}”: kho chỉ xác định tới {known}"
    return ""


def _differs(answer: Resolved | Unresolved) -> tuple[Difference, ...]:
    """Everything the text says otherwise, one difference for each thing."""
    cited = answer.citation.document
    found = {one.what: one for one in (contradictions(cited) if cited else ())}
    found |= {one.what: one for one in answer.comparison.differs}
    if isinstance(answer, Unresolved) and answer.why is Why.MISSING:
        here = spell(answer.cited.path) if answer.cited else answer.citation.text
        found["điều khoản"] = Difference("điều khoản", here, answer.reason, plainly=True)
    elif isinstance(answer, Unresolved) and answer.why is Why.UNKNOWN and answer.record:
        here = cited.number.text if cited and cited.number else ""
        found["số, ký hiệu"] = Difference("số, ký hiệu", here, answer.record.designation)
        if cited and cited.day == answer.record.date:
            found.pop("ngày", None)
    return tuple(found.values())


def record_of(answer: Resolved | Unresolved) -> Record | None:
    """The record of the document cited; none where only a similar one is known."""
    guessed = isinstance(answer, Unresolved) and answer.why is Why.UNKNOWN
    return None if guessed else answer.record


def designation_of(answer: Resolved | Unresolved) -> str:
    record, cited = record_of(answer), answer.citation.document
    if record is not None:
        return record.designation or record.name
    number = cited.designation if cited else None
    if number is not None and number.symbol:
        return str(number)
    return cited.called() if cited else ""
