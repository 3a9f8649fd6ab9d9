"""Ranks the passages of a library for a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting.citations import cite_provision, linked_eids
from drafting.index import Match, PassageIndex, terms_of
from drafting.library import Library, Stored
from drafting.passages import Passage
from drafting.read.source import Span
from drafting.records import Record, State, Status
from drafting.retrieve.dense import Dense
from drafting.retrieve.direct import Named, named_provisions, read_named
from drafting.retrieve.hits import Answer, Hit
from drafting.retrieve.question import Question, read_question
from drafting.retrieve.slips import read_slips
from drafting.settings import Scope
from drafting.structure import Document, Kind, Provision
from drafting.text import fold, fold_word, words

CANDIDATES = 100
MAX_HIT_CHARS = 2_400
# Below this share of the question's weight found in the best passage there is no answer: refuses
# 83 % of 400 questions whose law is not in the library (benchmarks: to be calibrated at scale).
ANSWERED_AT = 0.28
_FIELD_NAMES = {"heading": "tiêu đề", "text": "nội dung", "name": "tên văn bản"}
_NUMBERED = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM)


class Retriever:
    """Answers questions over one library and its index; both stay open with it."""

    def __init__(
        self,
        library: Library,
        index: PassageIndex,
        passages: Sequence[Passage],
        dense: Dense | None = None,
    ) -> None:
        self.library, self.index, self.passages = library, index, passages
        self._stored = {stored.record.file: stored for stored in library.stored}
        self._linked: dict[tuple[str, str], tuple[str, ...]] = {}
        self.dense = dense

    def search(self, text: str, scope: Scope, k: int = 5) -> Answer:
        """The best `k` provisions for `text`.

        A provision the question names comes first. With `scope.province` set, that province's and
        national papers come before another province's, which stay, marked. Never raises for bad
        text: an empty question is answered with a sentence.
        """
        question = read_slips(read_question(text), self.index)
        if not any(any(c.isalnum() for c in token) for token in question.tokens):
            return Answer(text, False, (), "Câu hỏi chưa có chữ nào để tìm.")
        named = read_named(question.text, self.library.all_records)
        direct = named_provisions(named, self._in(scope)) if named.is_provision else []
        note = self._missing_note(named, bool(direct))
        allowed = self._allowed(scope)
        matches = self.index.search(question.terms, CANDIDATES, allowed)
        covered = self._coverage(question, matches)
        if self.dense is not None:
            matches = self.dense.fused(question.text, matches, CANDIDATES, allowed)
        found = list(self._candidates(matches, {(s.record.file, p.eid) for s, p in direct}))
        best = [*self._named_first(direct, matches), *_own_province_first(found, scope.province, k)]
        best = best[:k]
        hits = tuple(
            self._hit(rank, one, question, named, scope) for rank, one in enumerate(best, start=1)
        )
        answered = bool(hits) and not note and (bool(direct) or covered >= ANSWERED_AT)
        if not answered and not note:
            note = "Không có trong kho; dưới đây là những quy định gần nhất, không chắc."
        return Answer(text, answered, hits, note)

    def _named_first(
        self, direct: Sequence[tuple[Stored, Provision]], matches: Sequence[Match]
    ) -> list[_Found]:
        """The named provisions; of several, those that fit the rest of the question first."""
        scores = {(p.file, p.eid): m.score for m in matches for p in [self.passages[m.passage]]}
        found = [_Found(stored.record, _DIRECT, stored, p) for stored, p in direct]
        return sorted(found, key=lambda f: -scores.get((f.record.file, f.provision.eid), 0.0))

    def _candidates(self, matches: Sequence[Match], seen: set[tuple[str, str]]) -> Iterator[_Found]:
        for match in matches:
            passage = self.passages[match.passage]
            if (passage.file, passage.eid) in seen:
                continue
            stored = self._stored[passage.file]
            provision = stored.document.get(passage.eid)
            if provision is not None:
                yield _Found(stored.record, match.score, stored, provision, passage)

    def _allowed(self, scope: Scope) -> Sequence[bool] | None:
        """For each passage whether the scope admits it; None when it admits all."""
        if not scope.document and not scope.roles:
            return None
        files = {file for file in self._stored if self._wanted(file, scope)}
        return [passage.file in files for passage in self.passages]

    def _in(self, scope: Scope) -> list[Stored]:
        return [s for f, s in self._stored.items() if self._wanted(f, scope)]

    def _wanted(self, file: str, scope: Scope) -> bool:
        record = self._stored[file].record
        if scope.roles and record.role not in scope.roles:
            return False
        names = {fold(record.designation), fold(file), *(fold(a) for a in record.also)}
        return not scope.document or fold(scope.document) in names

    def _missing_note(self, named: Named, shown: bool) -> str:
        """Why a provision that was named cannot be shown."""
        if not named.is_provision or shown or not named.document:
            return ""
        if not any(record.file for record in named.records):
            known = f" ({named.records[0].title} chỉ có trong danh mục)" if named.records else ""
            return f"Kho không có toàn văn “{named.document}”{known}: chưa trích được điều khoản."
        return f"“{named.document}” không có điều khoản được nêu."

    def _coverage(self, question: Question, matches: Sequence[Match]) -> float:
        """How much of the question's own words, weighed by idf, the best passages hold."""
        weights = {term: self.index.weight(term) or _UNKNOWN_IDF for term in question.core}
        total = sum(weights.values())
        best = 0.0
        for match in matches[:3]:
            passage = self.passages[match.passage]
            fields = (passage.text, passage.heading, passage.lead, passage.name, passage.chapter)
            have = set[str]().union(*(terms_of(words(field)) for field in fields))
            best = max(best, sum(w for term, w in weights.items() if term in have))
        return best / total if total else 0.0

    def _links(self, stored: Stored, eid: str) -> tuple[str, ...]:
        """What a provision refers to, remembered: finding it costs more than ranking."""
        key = (stored.record.file, eid)
        if key not in self._linked:
            self._linked[key] = linked_eids(stored.document, eid)
        return self._linked[key]

    def _hit(self, rank: int, found: _Found, question: Question, named: Named, scope: Scope) -> Hit:
        document, record, provision = found.stored.document, found.record, found.provision
        if found.passage is None:
            spans, whole = _branch_spans(document, provision)
            why = _named_reasons(named, whole=whole)
        else:
            spans, why = found.passage.spans, _reasons(question, found.passage, self.index)
        chain = {p.kind: p.number for p in (*document.parents(provision.eid), provision)}
        article, clause, point, item = (chain.get(kind) for kind in _NUMBERED)
        status = record.status_on(scope.as_of)
        return Hit(
            rank, found.score, record, document.source.sha256, article, clause, point, item,
            provision.eid, cite_provision(record, document, provision),
            document.source.display(spans), spans, tuple(why),
            self._links(found.stored, provision.eid), status,
            tuple(_warnings(record, status, scope)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A provision before it is written out as a hit; `passage` None when it was named."""

    record: Record
    score: float
    stored: Stored
    provision: Provision
    passage: Passage | None = None


_DIRECT = 1_000.0
_UNKNOWN_IDF = 6.0
# Words that together weigh less say nothing: “của”, “và các”.
_TELLING = 2.5


def _branch_spans(document: Document, provision: Provision) -> tuple[tuple[Span, ...], bool]:
    """A named provision with the units below it, as many as stay readable; whether all did."""
    spans = list(provision.spans)
    length = sum(end - start for start, end in spans)
    for unit in list(document.branch(provision.eid))[1:]:
        length += sum(end - start for start, end in unit.spans)
        if length > MAX_HIT_CHARS:
            return tuple(spans), False
        spans.extend(unit.spans)
    return tuple(spans), True


def _own_province_first(found: list[_Found], province: str, k: int) -> list[_Found]:
    """Own province's provisions first, another's after them; one place is kept for the others."""
    if not province:
        return found
    own = [one for one in found if one.record.in_jurisdiction_of(province)]
    others = [one for one in found if not one.record.in_jurisdiction_of(province)]
    best = max((one.score for one in found), default=0.0)
    own = [one for one in own if one.score >= best * 0.4]
    first = max(1, k - 1)
    return [*own[:first], *others, *own[first:]] if others else own


def _warnings(record: Record, status: Status, scope: Scope) -> list[str]:
    warnings = []
    if scope.province and not record.in_jurisdiction_of(scope.province):
        whose = f"Quy định của {record.jurisdiction}" if record.jurisdiction else "Chưa rõ phạm vi"
        warnings.append(f"{whose}: chỉ tham khảo, không làm căn cứ cho {scope.province}")
    if status.state is not State.IN_FORCE:
        warnings.append(status.sentence()[:1].upper() + status.sentence()[1:])
    if record.role in {"report", "plan", "coordination"}:
        warnings.append(f"{record.kind}: không phải quy định, không làm căn cứ pháp lý")
    return warnings


def _named_reasons(named: Named, *, whole: bool) -> list[str]:
    why = ["Câu hỏi nêu đích danh điều khoản này"]
    if not whole:
        why.append("Điều khoản dài, ở đây mới có phần đầu; xem đủ bằng “drafting corpus show”")
    if not named.document:
        why.append("Câu hỏi không nêu văn bản: điều khoản cùng số ở các văn bản đều được đưa ra")
    return why


def _reasons(question: Question, passage: Passage, index: PassageIndex) -> list[str]:
    """Which of the question's words stand where: runs of words, the telling ones first."""
    reasons = [f"Hiểu “{short}” là “{full}”" for short, full in question.understood]
    for field, called in _FIELD_NAMES.items():
        have = set(terms_of(words(getattr(passage, field))))
        shared = _shared_runs(question.tokens, have, index)
        if shared:
            quoted = ", ".join(f"“{run}”" for run in shared)
            reasons.append(f"Trùng {quoted} trong {called}")
    return reasons or ["Gần nghĩa với câu hỏi; chỉ trùng những từ chung"]


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
