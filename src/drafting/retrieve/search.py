"""Ranks the passages of a library for a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting.citations import cite_provision
from drafting.index import PassageIndex
from drafting.library import Library, Stored
from drafting.organisations import Organisations
from drafting.passages import Passage
from drafting.relations.overtaken import overtaken
from drafting.retrieve.candidates import Candidate
from drafting.retrieve.dense import Dense
from drafting.retrieve.direct import Named, named_provisions, read_named
from drafting.retrieve.found import (
    NAMED,
    Found,
    in_force_first,
    own_province_first,
    with_linked,
    without_repeats,
)  # fmt: skip
from drafting.retrieve.hits import Answer, Hit
from drafting.retrieve.links import Links
from drafting.retrieve.question import Question, read_question
from drafting.retrieve.ranking import Ranking, SecondLook
from drafting.retrieve.reasons import body_warnings, named_reasons, reasons, warnings
from drafting.retrieve.rerank import Reranker
from drafting.retrieve.slips import read_slips
from drafting.settings import Scope
from drafting.structure import Kind, Provision
from drafting.text import fold

NOT_SURE = "Không có trong kho; dưới đây là những quy định gần nhất, không chắc."
NOTHING = "Không có trong kho: không điều khoản nào trùng chữ nào của câu hỏi. Hỏi bằng từ khác."
_NUMBERED = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM)


class Retriever:
    """Answers questions over one library and its index; both stay open with it."""

    def __init__(
        self,
        library: Library,
        index: PassageIndex,
        passages: Sequence[Passage],
        dense: Dense | None = None,
        reranker: Reranker | None = None,
        second_look: SecondLook | None = None,
        organisations: Organisations | None = None,
    ) -> None:
        self.library, self.passages = library, passages
        self._organisations = organisations
        reranker = reranker or Reranker.shipped()
        self.ranking = Ranking(index, passages, reranker, dense, second_look)
        self._stored = {stored.record.file: stored for stored in library.stored}
        self._links = Links()

    def search(self, text: str, scope: Scope, k: int = 5) -> Answer:
        """The best `k` provisions for `text`.

        A provision the question names comes first. With `scope.province` set, that province's and
        national papers come before another province's, which stay, marked. What the best hits refer
        to, and what excepts from them, comes in the last places. Never raises for bad text: an
        empty question is answered with a sentence.
        """
        question = self.read(text)
        if not any(any(c.isalnum() for c in token) for token in question.tokens):
            return Answer(text, False, (), "Câu hỏi chưa có chữ nào để tìm.")
        named = read_named(question.text, self.library.all_records)
        direct = named_provisions(named, self._in(scope)) if named.is_provision else []
        note = self._missing_note(named, bool(direct))
        ranked = self.ranking.order(question, self._allowed(scope))
        found = in_force_first(list(self._found(ranked)), scope.as_of)
        first = self._named_first(direct, ranked)
        shown = {(one.record.file, one.provision.eid) for one in first}
        rest = [one for one in found if (one.record.file, one.provision.eid) not in shown]
        best = [*first, *own_province_first(rest, scope.province, k)]
        best = with_linked(without_repeats(best, k), found, self._links, k)
        hits = tuple(
            self._hit(rank, one, question, named, scope) for rank, one in enumerate(best, start=1)
        )
        answered = (
            bool(hits) and not note and (bool(direct) or self.ranking.is_answered(question, ranked))
        )
        if not answered and not note:
            note = NOT_SURE if hits else NOTHING
        return Answer(text, answered, hits, note)

    def read(self, text: str) -> Question:
        """`text` as this library's words have it: slips and abbreviations read."""
        return read_slips(read_question(text), self.ranking.index)

    def _named_first(
        self, direct: Sequence[tuple[Stored, Provision]], ranked: Sequence[Candidate]
    ) -> list[Found]:
        """The named provisions; of several, those that fit the rest of the question first."""
        scores = {(p.file, p.eid): c.score for c in ranked for p in [self.passages[c.passage]]}
        found = [Found(s.record, NAMED, NAMED, s, provision) for s, provision in direct]
        return sorted(found, key=lambda f: -scores.get((f.record.file, f.provision.eid), 0.0))

    def _found(self, ranked: Sequence[Candidate]) -> Iterator[Found]:
        for one in ranked:
            passage = self.passages[one.passage]
            stored = self._stored[passage.file]
            provision = stored.document.get(passage.eid)
            if provision is not None:
                yield Found(stored.record, one.chance, one.score, stored, provision, passage)

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

    def _hit(self, rank: int, found: Found, question: Question, named: Named, scope: Scope) -> Hit:
        document, record, provision = found.stored.document, found.record, found.provision
        spans, whole = found.shown()
        if found.passage is not None:
            why = reasons(question, found.passage, self.ranking.index)
        else:
            why = named_reasons(named, whole=whole) if found.is_named else []
        chain = {p.kind: p.number for p in (*document.parents(provision.eid), provision)}
        article, clause, point, item = (chain.get(kind) for kind in _NUMBERED)
        status, text = record.status_on(scope.as_of), document.source.display(spans)
        above = (document.source.display(p.spans) for p in document.parents(provision.eid))
        changed = body_warnings("\n\n".join([*above, text]), record, scope, self._organisations)
        referred = self._links.referred(found.stored, provision.eid, self.library)
        own_rule = overtaken(found.stored, referred, scope.as_of)
        return Hit(
            rank, found.score, record, document.source.sha256, article, clause, point, item,
            provision.eid, cite_provision(record, document, provision),
            text, spans, (*why, *found.why),
            self._links.outgoing(found.stored, provision.eid), status,
            (*warnings(record, status, scope), *own_rule, *changed),
        )  # fmt: skip
