"""`conclude`: what the texts say of validity, held against what is declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from drafting.citations.place import read_eid, spell
from drafting.findings import Finding, Severity
from drafting.library import Library
from drafting.library.validity import ReadValidity
from drafting.records import Change, Record, vn_date
from drafting.relations.declared import declared_party, known_as
from drafting.relations.reading import read_relations
from drafting.relations.relation import Relation, RelationKind
from drafting.relations.whose import party_of

_NOT_BINDING = (
    "nhưng nơi nói là báo cáo, kế hoạch, dự thảo, văn bản cấp thấp hơn hoặc tệp chưa khai trong "
    "corpus.toml: "
    "không đủ để kết luận"
)
_SIGNED = "chưa đọc được ngày hiệu lực"
_MEND = "Đọc lại hai chỗ, sửa corpus.toml hoặc danh-muc.toml cho đúng."


@dataclass(slots=True)
class Concluded:
    """By file or key what was read of each document, and what does not agree."""

    read: dict[str, ReadValidity] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def conclude(library: Library) -> Concluded:
    """Reads every text of `library` against its declared records; changes nothing itself.

    HL01: another document is said to replace it; HL02: another day is said; HL03: read in a text
    and not declared, so the text decides; HL04: declared, and the text named does not say so;
    HL05: a document is ended or changed that nobody declared.
    """
    done = Concluded()
    spoken: dict[str, list[Relation]] = defaultdict(list)
    begins: dict[str, tuple[date, str]] = {}
    for stored in library.stored:
        reading = read_relations(stored, library)
        for one in reading.relations:
            if one.target.record is not None:
                spoken[one.target.identity].append(one)
            elif one.ground.own:
                done.findings.append(_unlisted(one))
        if reading.since and reading.effect:
            line = stored.document.source.line_of(reading.effect.span[0])
            begins[stored.record.file] = (reading.since, f"{stored.record.file}, dòng {line}")
        done.findings += _unsaid(stored.record, reading.relations, library)
    successors = _successors(library)
    for record in library.declared:
        own = party_of(record, library)
        given = _Declared(record, library, successors.get(own.identity, set()))
        read = given.read(spoken.get(own.identity, []), begins.get(record.file))
        done.findings += given.findings
        if read != ReadValidity():
            name = record.file or record.key
            done.read[name] = read.of(record).beside(done.read.get(name))
    return done


class _Declared:
    """One declared record, held against what the texts say of it."""

    def __init__(self, record: Record, library: Library, successors: set[str]) -> None:
        self.record, self.library, self.successors = record, library, successors
        self.findings: list[Finding] = []

    def read(self, said: Sequence[Relation], begins: tuple[date, str] | None) -> ReadValidity:
        """What the texts add; what contradicts becomes a finding and is told with the status."""
        record = self.record
        enders = _first_of_each([one for one in said if one.whole])
        parts = [one for one in said if not one.whole]
        changes = tuple(self._change(one) for one in parts if _counts(one))
        self.findings += [self._only_told(one) for one in parts if not _counts(one)]
        disputes = [*self._other_ender(enders), *self._other_day(enders), *self._begin(begins)]
        fitting = [
            one for one in enders if not self.successors or one.subject.identity in self.successors
        ]
        found = ReadValidity()
        if not record.replaced_by and not record.in_force_until and len(enders) > 1:
            found = self._several(enders)
        elif fitting and not fitting[0].binding:
            found = self._told(fitting[0])
        elif fitting:
            found = self._ended(fitting[0])
        if self._rests_on_signing(fitting):
            told = f"{_place(fitting[0])}: lấy ngày ký {fitting[0].subject.designation}, {_SIGNED}"
            found = replace(found, verified=False, read_in=told)
        self.findings += [self._dispute(*one) for one in disputes]
        amending = [one for one in changes if one.kind == RelationKind.AMENDS]
        days = [one.since for one in amending if one.since is not None]
        return replace(
            found,
            amended_by=tuple(self._undeclared(amending)),
            amended_from=min(days, default=None),
            in_force_from=begins[0] if begins and not record.in_force_from else None,
            changes=changes,
            disputed="; ".join(words for _, words in disputes),
        )

    def _ended(self, one: Relation) -> ReadValidity:
        """What the declared record does not say of its end."""
        record, found = self.record, ReadValidity()
        if record.in_force_until is None and one.since is not None:
            found = ReadValidity(
                in_force_until=one.since, read_in=_place(one), verified=one.day_sure
            )
        if not record.replaced_by and one.kind is RelationKind.REPLACES:
            found = replace(found, replaced_by=one.subject.designation)
        if found != ReadValidity():
            self._tell_read(one)
        return found

    def _rests_on_signing(self, fitting: Sequence[Relation]) -> bool:
        """Whether the day declared or read for its end is only the day its successor was signed."""
        until = self.record.in_force_until
        days = [one for one in fitting if one.binding and until in {None, one.since}]
        return bool(days) and not any(one.day_sure for one in days)

    def _told(self, one: Relation) -> ReadValidity:
        """A report, a plan, a draft or an undeclared text says that it ended: unclear at most."""
        record = self.record
        if record.in_force_until is not None or record.replaced_by:
            return ReadValidity()
        self.findings.append(self._only_told(one))
        why = f"{_place(one)} nói bị {one.kind} bởi {one.subject.designation}, {_NOT_BINDING}"
        first = one.since or record.in_force_from or record.date
        return ReadValidity(unclear_from=first, unclear_why=why, verified=False)

    def _only_told(self, one: Relation) -> Finding:
        message = f"{_place(one)}: {one.subject.designation} {one.kind} văn bản này; {_NOT_BINDING}"
        fix = "Nếu đúng, khai văn bản ấy vào corpus.toml hoặc danh-muc.toml."
        return Finding("HL03", Severity.NOTE, self.record.title, message, fix=fix)

    def _several(self, enders: Sequence[Relation]) -> ReadValidity:
        """Several documents are said to end it and nothing is declared: unclear from the first."""
        days = [one.since for one in enders if one.since is not None]
        why = "nhiều văn bản cùng nói làm hết hiệu lực: " + "; ".join(
            f"{one.subject.designation} ({_place(one)})" for one in enders
        )
        self.findings.append(self._dispute("HL01", why))
        first = min(days, default=self.record.in_force_from or self.record.date)
        return ReadValidity(unclear_from=first, unclear_why=why, verified=False)

    def _other_ender(self, enders: Sequence[Relation]) -> Iterator[tuple[str, str]]:
        for one in enders:
            if self.successors and one.subject.identity not in self.successors:
                yield "HL01", f"{_place(one)} nói {one.subject.designation} {one.kind} văn bản này"

    def _other_day(self, enders: Sequence[Relation]) -> Iterator[tuple[str, str]]:
        until = self.record.in_force_until
        for one in enders:
            if until and one.day_sure and one.since and one.since != until:
                said, told = vn_date(one.since), vn_date(until)
                yield "HL02", f"{_place(one)} nói hết hiệu lực từ {said}, khai là {told}"

    def _begin(self, begins: tuple[date, str] | None) -> Iterator[tuple[str, str]]:
        declared = self.record.in_force_from
        if begins and declared and begins[0] != declared:
            said, told = vn_date(begins[0]), vn_date(declared)
            yield "HL02", f"{begins[1]} nói có hiệu lực từ {said}, khai là {told}"

    def _dispute(self, code: str, words: str) -> Finding:
        return Finding(code, Severity.WARNING, self.record.title, _capital(words), fix=_MEND)

    def _change(self, one: Relation) -> Change:
        declared = self._amenders()
        known = one.kind is RelationKind.AMENDS and one.subject.identity in declared
        if not known:
            self._tell_read(one)
        where = tuple(spell(read_eid(eid)) for eid in one.where)
        if one.part and not where:
            where = ("một phần",)
        since = self.record.amended_from if known and not one.day_sure else one.since
        return Change(str(one.kind), one.subject.designation, since or one.since, where,
                      one.except_for, one.day_sure or known, _place(one))  # fmt: skip

    def _amenders(self) -> set[str]:
        return {
            key for name in self.record.amended_by for key in _keys(name, self.record, self.library)
        }

    def _undeclared(self, amending: Sequence[Change]) -> dict[str, None]:
        """The amending documents that no TOML file names, each once."""
        declared = self._amenders()
        return {
            one.by: None
            for one in amending
            if not set(_keys(one.by, self.record, self.library)) & declared
        }

    def _tell_read(self, one: Relation) -> None:
        message = f"{_place(one)}: {one.subject.designation} {one.kind} văn bản này; chưa khai"
        fix = "Tình trạng lấy theo lời văn bản; ghi vào danh-muc.toml nếu đúng."
        self.findings.append(Finding("HL03", Severity.NOTE, self.record.title, message, fix=fix))


def _successors(library: Library) -> dict[str, set[str]]:
    """For each document, by key, those declared to replace it, in either entry."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in library.declared:
        own = party_of(record, library).identity
        if record.replaced_by:
            found[own].update(_keys(record.replaced_by, record, library))
        for name in record.replaces:
            for key in _keys(name, record, library):
                found[key].add(own)
    return found


def _unsaid(record: Record, said: Sequence[Relation], library: Library) -> Iterator[Finding]:
    """What is declared of a document with full text and does not stand in it."""
    own = {(one.kind, one.target.identity) for one in said if one.subject.record is record}
    for kind, names in (
        (RelationKind.REPLACES, record.replaces),
        (RelationKind.AMENDS, record.amends),
    ):
        for name in names:
            if not any((kind, key) in own for key in _keys(name, record, library)):
                message = f"Khai là {kind} {name}, nhưng không đọc thấy trong toàn văn"
                yield Finding("HL04", Severity.NOTE, record.title, message, fix=_MEND)


def _unlisted(one: Relation) -> Finding:
    message = f"{_place(one)}: {one.kind} {one.target.title}, chưa có trong danh mục"
    fix = "Khai vào danh-muc.toml để viện dẫn văn bản ấy được báo hết hiệu lực."
    return Finding("HL05", Severity.NOTE, one.subject.title, message, fix=fix)


def _keys(name: str, by: Record, library: Library) -> tuple[str, ...]:
    """What the documents that an entry of `by` names are known by in the library."""
    known = known_as(name, by, library) or (declared_party(name, by, library),)
    return tuple(one.identity for one in known)


def _counts(one: Relation) -> bool:
    """Whether a change of a part is taken over: what a report merely tells may amend, not end."""
    return one.binding or (one.kind is RelationKind.AMENDS and not one.ground.own)


def _first_of_each(said: Sequence[Relation]) -> list[Relation]:
    """One relation for each document that ends another: the one said in its own text first."""
    first: dict[str, Relation] = {}
    for one in sorted(said, key=lambda one: not one.ground.own):
        first.setdefault(one.subject.identity, one)
    return list(first.values())


def _place(one: Relation) -> str:
    return one.ground.said()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
