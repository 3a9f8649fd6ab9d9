"""Why a hit is here and what keeps it from being relied on, in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence

from drafting.index import PassageIndex, terms_of
from drafting.organisations import Organisations, changed_bodies
from drafting.passages import Passage
from drafting.records import Record, State, Status
from drafting.retrieve.direct import Named
from drafting.retrieve.question import Question
from drafting.settings import Scope
from drafting.text import fold_word, words

_FIELD_NAMES = {"heading": "tiêu đề", "text": "nội dung", "lead": "phần dẫn", "name": "tên văn bản"}
# Words that together weigh less say nothing: “của”, “và các”.
_TELLING = 2.5


def warnings(record: Record, status: Status, scope: Scope) -> list[str]:
    """What keeps a document from being a basis: whose it is, whether in force, what kind."""
    told = []
    if scope.province and not record.in_jurisdiction_of(scope.province):
        whose = f"Quy định của {record.jurisdiction}" if record.jurisdiction else "Chưa rõ phạm vi"
        told.append(f"{whose}: chỉ tham khảo, không làm căn cứ cho {scope.province}")
    if status.state is not State.IN_FORCE:
        told.append(status.sentence()[:1].upper() + status.sentence()[1:])
    if record.role in {"report", "plan", "coordination"}:
        told.append(f"{record.kind}: không phải quy định, không làm căn cứ pháp lý")
    return told


def body_warnings(
    text: str, record: Record, scope: Scope, rules: Organisations | None
) -> tuple[str, ...]:
    """Which bodies that a provision gives a part are no more on that day, and what took over.

    `text` comes with what stands above it: often the heading alone names the body.
    """
    if rules is None:
        return ()
    own = record.jurisdiction.startswith(("tỉnh ", "thành phố "))
    return changed_bodies(text, scope.as_of, record.jurisdiction if own else scope.province, rules)


def named_reasons(named: Named, *, whole: bool) -> list[str]:
    """Why a provision that the question names is here, and whether all of it is shown."""
    why = ["Câu hỏi nêu đích danh điều khoản này"]
    if not whole:
        why.append("Điều khoản dài, ở đây mới có phần đầu; xem đủ bằng “drafting corpus show”")
    if not named.document:
        why.append("Câu hỏi không nêu văn bản: điều khoản cùng số ở các văn bản đều được đưa ra")
    return why


def reasons(question: Question, passage: Passage, index: PassageIndex) -> list[str]:
    """Which of the question's words stand where: runs of words, the telling ones first."""
    told = [f"Hiểu “{short}” là “{full}”" for short, full in question.understood]
    for field, called in _FIELD_NAMES.items():
        have = set(terms_of(words(getattr(passage, field))))
        shared = _shared_runs(question.tokens, have, index)
        if shared:
            quoted = ", ".join(f"“{run}”" for run in shared)
            told.append(f"Trùng {quoted} trong {called}")
    return told or ["Gần nghĩa với câu hỏi; chỉ trùng những từ chung"]


def _shared_runs(tokens: Sequence[str], have: set[str], index: PassageIndex) -> list[str]:
    """Up to four runs of the question's words in `have`, by what they tell (their idf)."""
    runs: dict[str, float] = {}
    folded = [fold_word(token) for token in tokens]
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and folded[end] in have and _joined(folded, at, end, have):
            end += 1
        if end > at:
            told = sum(index.weight(word) for word in folded[at:end])
            runs[" ".join(tokens[at:end])] = told
        at = max(end, at + 1)
    telling = sorted((run for run in runs if runs[run] >= _TELLING), key=lambda run: -runs[run])
    return telling[:4]


def _joined(folded: Sequence[str], start: int, at: int, have: set[str]) -> bool:
    return at == start or f"{folded[at - 1]} {folded[at]}" in have
