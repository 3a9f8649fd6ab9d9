"""`read_relations`: what a document of the library says of itself and of others, with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from drafting.citations import Catalogue, Places, Resolved, Unresolved, Why, resolve
from drafting.citations.dates import read_date
from drafting.citations.place import build_eid
from drafting.designation import Designation
from drafting.library import Stored
from drafting.read.source import Span
from drafting.records import Record
from drafting.relations.claim import Claim
from drafting.relations.effect import ENDED_FROM, Effect, effect
from drafting.relations.grammar import claims
from drafting.relations.others import other_claims
from drafting.relations.relation import EFFECTIVE, Ground, Party, Relation, RelationKind
from drafting.relations.skeleton import OTHER, THIS, Skeleton
from drafting.relations.speaker import NOT_NORMATIVE, is_binding, kind_of, may_change
from drafting.relations.whose import home_of, is_meant, party_of, unknown_party
from drafting.structure import Kind
from drafting.text import nfc

_WORTH = re.compile(r"thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|hiệu\s+lực|sửa\s+đổi|bổ\s+sung", re.I)
_BODY = {Kind.ARTICLE, Kind.CHAPTER, Kind.PART}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says: its relations, and when it takes effect (None: it does not say)."""

    relations: tuple[Relation, ...]
    effect: Effect | None
    since: date | None


def read_relations(
    stored: Stored, catalogue: Catalogue, kinds: frozenset[RelationKind] = EFFECTIVE
) -> Reading:
    """The relations of `kinds` that a text says, in its order, each once; nothing is raised.

    Quotations, conditions (“bị thay thế thì …”), wishes and negations say none.
    """
    if kinds <= EFFECTIVE and not _WORTH.search(nfc(stored.document.source.text)):
        return Reading((), None, None)
    return _Reader(stored, catalogue).read(kinds)


class _Reader:
    def __init__(self, stored: Stored, catalogue: Catalogue) -> None:
        self.record, self.document, self.catalogue = stored.record, stored.document, catalogue
        self.skeleton = Skeleton(self.document.source.text)
        self.places = Places(self.document)
        self.effect = effect(self.skeleton)
        signed = self.record.date
        said = self.effect.since(signed) if self.effect else None
        self.since = said or self.record.in_force_from
        self.own = party_of(self.record, catalogue)
        self.home = home_of(self.record, self.document)
        self.binding = is_binding(stored)

    def read(self, kinds: frozenset[RelationKind]) -> Reading:
        """The relations, and the day of effect the text itself says."""
        normative = kind_of(self.record, self.document) not in NOT_NORMATIVE
        found: dict[tuple[object, ...], Relation] = {}
        used: set[int] = set()
        for claim in claims(self.skeleton, normative=normative):
            used.add(claim.object)
            if claim.kind in kinds:
                self._keep(found, self._relation(claim))
        if not kinds <= EFFECTIVE:
            for claim, paper in other_claims(self.skeleton, self._body()):
                used.add(claim.object)
                if claim.kind in kinds:
                    self._keep(found, self._relation(claim, paper))
        if RelationKind.REFERS_TO in kinds:
            self._add_references(found, used)
        said = self.effect.since(self.record.date) if self.effect else None
        return Reading(tuple(found.values()), self.effect, said)

    def _body(self) -> int:
        """Where the first Điều, chương or phần begins: what opens a document stands before it."""
        starts = [p.spans[0][0] for p in self.document.provisions if p.kind in _BODY and p.spans]
        return min(starts, default=len(self.document.source.text))

    def _keep(self, found: dict[tuple[object, ...], Relation], one: Relation) -> None:
        if one.subject.identity == one.target.identity or (
            one.kind in EFFECTIVE and _backwards(one)
        ):
            return
        same = (*one.key, one.where if one.kind in EFFECTIVE else ())
        kept = found.get(same)
        if kept is None or (not kept.ground.eid and one.ground.eid):
            found[same] = one

    def _add_references(self, found: dict[tuple[object, ...], Relation], used: set[int]) -> None:
        """What the document's own provisions merely refer to."""
        related = {(one.subject.identity, one.target.identity) for one in found.values()}
        for sign in re.finditer(OTHER, self.skeleton.text):
            if sign.start() in used or self.skeleton.is_quoted(sign.start()):
                continue
            span = self.skeleton.citation(sign.start()).span
            if not self.places.at(span[0]):
                continue
            claim = Claim(RelationKind.REFERS_TO, None, sign.start(), sign.span(), sign.end())
            one = self._relation(claim)
            if (one.subject.identity, one.target.identity) not in related:
                self._keep(found, one)

    def _relation(self, claim: Claim, paper: str = "") -> Relation:
        """A claim with the documents it means; `paper` is what a decision carries, as called."""
        subject = self.own if claim.subject is None else self._party(claim.subject)[0]
        where: tuple[str, ...] = ()
        if paper:
            target = self.own if paper == THIS else Party(None, paper)
            where = ("att_1",) if subject is self.own and self._has_attachment() else ()
        else:
            target, where = self._party(claim.object)
        since, sure = self._since(claim, subject) if claim.kind in EFFECTIVE else (None, True)
        where = () if claim.some else where
        apart = self._words(claim.except_for) if claim.except_for else ""
        keeps = self._keeps(claim, target)
        high = subject.record is None or may_change(subject.record, target.record)
        return Relation(
            claim.kind, subject, target, self._ground(claim, subject), since, sure, where, apart,
            keeps, binding=self.binding and high, part=claim.part,
        )  # fmt: skip

    def _has_attachment(self) -> bool:
        return any(one.eid.startswith("att_1__") for one in self.document.provisions)

    def _party(self, at: int) -> tuple[Party, tuple[str, ...]]:
        """The document a citation means, and the eIds of the provisions it names."""
        citation = self.skeleton.citation(at)
        if citation.document is not None and citation.document.this:
            return self.own, ()
        answers = resolve(citation, home=self.record, catalogue=self.catalogue)
        said = (build_eid(one.path) for one in citation.provisions if not one.relative)
        eids = dict.fromkeys(one.eid for one in answers if one.eid) or dict.fromkeys(said)
        cited = citation.document
        if cited is None:
            record = _candidates(answers[0])[:1]
            return Party(record[0] if record else None, citation.text), tuple(eids)
        known = [party_of(one, self.catalogue, cited.called()) for one in _candidates(answers[0])]
        meant = [one for one in known if is_meant(cited, one, self.record, self.home)]
        if len(meant) == 1:
            return meant[0], tuple(eids)
        number = cited.designation
        same = bool(number and self.catalogue.records(number.key))
        return unknown_party(cited, self.home, same), tuple(eids)

    def _since(self, claim: Claim, subject: Party) -> tuple[date | None, bool]:
        """The first day of a change, and whether it is more than the day of signing."""
        stated = ENDED_FROM.match(self.skeleton.text, claim.verb_end)
        if stated:
            return read_date(stated["day"]).whole, True
        if claim.subject is None:
            return (self.since, True) if self.since else (self.record.date, False)
        known = subject.record
        if known is None:
            cited = self.skeleton.citation(claim.subject).document
            return (cited.day if cited else None), False
        return (known.in_force_from, True) if known.in_force_from else (known.date, False)

    def _keeps(self, claim: Claim, target: Party) -> bool:
        """Whether what follows “trừ” are provisions of the other document."""
        if claim.except_for is None:
            return False
        signs = re.finditer(r"[\ue000-\ue003]", self.skeleton.text[slice(*claim.except_for)])
        for sign in signs:
            citation = self.skeleton.citation(claim.except_for[0] + sign.start())
            if citation.document is not None and citation.document.this:
                continue
            if citation.document is None:
                return not any(one.relative for one in citation.provisions)
            if self._party(claim.except_for[0] + sign.start())[0].identity == target.identity:
                return True
        return False

    def _words(self, place: Span) -> str:
        return self.document.source.display([self.skeleton.span(*place)])

    def _ground(self, claim: Claim, subject: Party) -> Ground:
        places = [claim.lead, claim.words] if claim.lead else [claim.words]
        spans = tuple(self.skeleton.span(*place) for place in places)
        source = self.document.source
        eid = self.places.at(self.skeleton.citation(claim.object).span[0])
        line, own = source.line_of(spans[-1][0]), subject.identity == self.own.identity
        return Ground(self.record.file, source.display(spans), line, eid, spans, own)


def _backwards(one: Relation) -> bool:
    """Whether the older document would change the newer one: then the words were misread."""
    years = []
    for party in (one.subject, one.target):
        number = Designation.parse(party.designation)
        issued = party.record.date if party.record else None
        years.append(issued.year if issued else number.year if number else None)
    doer, changed = years
    return doer is not None and changed is not None and doer < changed


def _candidates(answer: Resolved | Unresolved) -> tuple[Record, ...]:
    """The records that may be meant; none where only a similar number is known."""
    if isinstance(answer, Resolved) or answer.why is not Why.UNKNOWN:
        cited = answer.citation.document
        number = cited.designation if cited else None
        alike = answer.near if isinstance(answer, Unresolved) and len(answer.near) > 1 else ()
        same = [one for one in alike if number and number.symbol and number.key in one.keys]
        return (answer.record,) if answer.record is not None else tuple(same)
    return ()


def read_all(
    documents: tuple[Stored, ...],
    catalogue: Catalogue,
    kinds: frozenset[RelationKind] = frozenset(RelationKind),
) -> Iterator[Relation]:
    """The relations that all these documents say."""
    for stored in documents:
        yield from read_relations(stored, catalogue, kinds).relations
