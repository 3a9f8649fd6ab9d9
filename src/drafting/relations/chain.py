"""`chains`: which document took over from which, in order of time, and which holds on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafting.citations.place import read_eid, spell
from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.library import Library
from drafting.records import Record, State, Status, vn_date
from drafting.relations.declared import declared_relations
from drafting.relations.order import grouped, in_time
from drafting.relations.reading import read_all
from drafting.relations.relation import EFFECTIVE, Ground, Party, Relation, RelationKind
from drafting.relations.whose import party_of
from drafting.text import fold, one_line


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of two documents with everything that says so, the texts first."""

    relation: Relation
    grounds: tuple[Ground, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """What its two documents are told by: the one that acts, then the other."""
        return self.relation.subject.identity, self.relation.target.identity

    @property
    def verified(self) -> bool:
        """Whether a text of the library says so, and its day is no mere day of signing."""
        return self.grounds[0].is_text and self.relation.day_sure

    def doubt(self) -> str:
        """What of it nobody has read, "" when all was.

        The TOML files alone, or a day of effect taken from the signing of the other document.
        """
        doubts = []
        if not self.grounds[0].is_text:
            doubts.append("chỉ có trong tệp khai báo, chưa đọc thấy trong văn bản")
        if self.relation.since is None:
            doubts.append("chưa biết từ ngày nào")
        elif not self.relation.day_sure:
            doubts.append("lấy ngày ký, chưa đọc được ngày hiệu lực")
        return "; ".join(doubts)

    def sentence(self) -> str:
        """What became of the other document, as said below its name."""
        one = self.relation
        where = ", ".join(spell(read_eid(eid)) for eid in one.where)
        verb = f"được {one.kind}" if one.kind is RelationKind.AMENDS else f"bị {one.kind}"
        since = f" từ {vn_date(one.since)}" if one.since else ""
        signed = " (ngày ký)" if one.since and not one.day_sure else ""
        apart = f", {one.except_for}" if one.except_for else ""
        what = f"{where or 'một phần'} " if where or one.part else ""
        return f"{what}{verb} bởi {one.subject.designation}{since}{signed}{apart}"

    def as_json(self) -> dict[str, object]:
        """The link in the JSON of `drafting corpus timeline`."""
        told = self.relation.as_json() | {"verified": self.verified, "doubt": self.doubt()}
        del told["ground"]
        return told | {"grounds": [ground.as_json() for ground in self.grounds]}


@dataclass(frozen=True, slots=True)
class Stop:
    """One document of a chain, with its validity on the day asked; `changed` is what befell it."""

    party: Party
    status: Status
    changed: tuple[Link, ...] = ()
    amends_only: bool = False

    @property
    def day(self) -> date | None:
        """When it was issued, else when its force begins."""
        record = self.party.record
        return (record.date or record.in_force_from) if record else None

    def dates(self) -> str:
        """Its days in one phrase: “ban hành 30/6/2025, hiệu lực 01/7/2025 – nay”."""
        record = self.party.record
        if record is None:
            return "chưa có trong danh mục"
        told = [f"ban hành {vn_date(record.date)}"] if record.date else ["chưa biết ngày ban hành"]
        if record.in_force_from:
            told.append(f"có hiệu lực {vn_date(record.in_force_from)}")
        if record.in_force_until:
            told.append(f"hết hiệu lực {vn_date(record.in_force_until)}")
        return ", ".join(told)

    def as_json(self) -> dict[str, object]:
        """The document in the JSON of `drafting corpus timeline`."""
        record = self.party.record
        days = (record.date, record.in_force_from, record.in_force_until) if record else (None,) * 3
        issued, begins, until = (day.isoformat() if day else None for day in days)
        return {
            "designation": self.party.designation, "name": self.party.title,
            "file": record.file if record else "", "date": issued, "in_force_from": begins,
            "in_force_until": until, "state": str(self.status.state),
            "status": self.status.sentence(), "verified": self.status.verified,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chain:
    """Documents that follow each other, oldest first, as they stand on `as_of`."""

    stops: tuple[Stop, ...]
    links: tuple[Link, ...]
    as_of: date

    @property
    def in_force(self) -> tuple[Stop, ...]:
        """Those in force that day, the ones that only amend others aside."""
        return tuple(one for one in self.stops if one.status.holds and not one.amends_only)

    @property
    def subject(self) -> str:
        """What the chain is about: the trích yếu of its newest document that has one."""
        for stop in reversed(self.stops):
            record = stop.party.record
            if record is not None and record.subject and not stop.amends_only:
                return record.subject
        return self.stops[-1].party.title

    def in_force_said(self) -> str:
        """Which one holds on the day, in a sentence."""
        named = ", ".join(one.party.title for one in self.in_force)
        day = f"Ngày {vn_date(self.as_of)}"
        if named:
            return f"{day} còn hiệu lực: {named}."
        return f"{day} không có văn bản nào chắc chắn còn hiệu lực."

    def doubts(self) -> tuple[str, ...]:
        """What of it is not verified, one sentence each."""
        told = [f"{one.relation.target.designation} {one.sentence()}: {one.doubt()}"
                for one in self.links if one.doubt()]  # fmt: skip
        unclear = [f"{stop.party.title}: {stop.status.sentence()}" for stop in self.stops
                   if not stop.status.verified or stop.status.state is State.UNCLEAR]  # fmt: skip
        return tuple(dict.fromkeys([*told, *unclear]))

    def as_json(self) -> dict[str, object]:
        """The chain in the JSON of `drafting corpus timeline`."""
        return {
            "subject": self.subject,
            "documents": [stop.as_json() for stop in self.stops],
            "links": [link.as_json() for link in self.links],
            "in_force": [stop.party.designation for stop in self.in_force],
            "unverified": list(self.doubts()),
        }


def links(library: Library) -> tuple[Link, ...]:
    """Every relation that changes validity, read or declared, each once with all its grounds."""
    grounds: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    for one in [*read_all(library.stored, library, EFFECTIVE), *declared_relations(library)]:
        grounds[one.key].append(one)
    return tuple(_link(said) for said in grounds.values())


def _link(said: Sequence[Relation]) -> Link:
    """Relations of the same two documents as one: the text of the one that acts speaks first."""
    ordered = sorted(said, key=lambda one: (not one.ground.is_text, not one.ground.own))
    first = ordered[0]
    told: dict[tuple[str, int], Ground] = {}
    for one in ordered:
        told.setdefault((one.ground.file, one.ground.line), one.ground)
    where = tuple(dict.fromkeys(eid for one in ordered for eid in one.where))
    if any(one.whole and one.ground.is_text for one in ordered):
        where = ()
    made = Relation(
        first.kind, first.subject, first.target, first.ground, first.since, first.day_sure, where,
        first.except_for, first.keeps, first.ground.is_text,
        part=first.part and not any(one.whole and one.ground.is_text for one in ordered),
    )  # fmt: skip
    return Link(made, tuple(told.values()))


def chains(library: Library, as_of: date) -> tuple[Chain, ...]:
    """All chains of the library, those with a text in it first, then the longest."""
    found = [_chain(group, as_of) for group in _groups(links(library))]
    with_text = [one for one in found if any(_has_text(stop) for stop in one.stops)]
    others = [one for one in found if not any(_has_text(stop) for stop in one.stops)]
    by_length = [sorted(some, key=lambda one: -len(one.stops)) for some in (with_text, others)]
    return tuple(one for some in by_length for one in some)


def chain_of(party: Party, library: Library, as_of: date) -> Chain:
    """The chain a document belongs to; of itself alone where nothing follows or precedes it."""
    for group in _groups(links(library)):
        if any(party.identity in one.ends for one in group):
            return _chain(group, as_of)
    return Chain((_stop(party, (), as_of),), (), as_of)


def named_chain(name: str, library: Library, as_of: date) -> Chain:
    """The chain of the document called `name`: number, name or file, with or without accents.

    Two of the same name in one chain are no matter. `BadInput` when none is called so, or several.
    """
    found = _called(name, library)
    if not found:
        raise BadInput(
            f"Kho và danh mục không có “{name}”. Xem “drafting corpus list”, ghi đúng số, ký hiệu."
        )
    chain = chain_of(party_of(found[0], library, name), library, as_of)
    together = {stop.party.identity for stop in chain.stops}
    if any(party_of(one, library).identity not in together for one in found):
        titles = "; ".join(one.title for one in found[:6])
        raise BadInput(f"“{name}” có thể là: {titles}. Ghi đủ số, ký hiệu.")
    return chain


def _called(name: str, library: Library) -> list[Record]:
    """The records somebody may mean: by number, by name or file, then by a number cut short."""
    number = Designation.parse(name)
    exact = [*(library.records(number.key) if number else ()), *library.named(name)]
    wanted = fold(one_line(name))
    exact += [one.record for one in library.stored
              if wanted in {fold(one.record.file), fold(Path(one.record.file).stem)}]  # fmt: skip
    short = wanted.split(" ")[-1].lstrip("0") if any(c.isdigit() for c in wanted) else ""
    near = [
        one
        for one in library.all_records
        if short and any(f"{fold(key)}/".startswith(f"{short}/") for key in one.keys)
    ]
    return list({party_of(one, library).identity: one for one in (exact or near)}.values())


def _has_text(stop: Stop) -> bool:
    return bool(stop.party.record and stop.party.record.file)


def _groups(found: Sequence[Link]) -> list[list[Link]]:
    return [[found[at] for at in some] for some in grouped([one.ends for one in found])]


def _day(record: Record | None) -> date:
    return (record and (record.date or record.in_force_from)) or date.min


def _chain(group: Sequence[Link], as_of: date) -> Chain:
    parties: dict[str, Party] = {}
    for one in group:
        for party in (one.relation.subject, one.relation.target):
            parties.setdefault(party.identity, party)
    by_end: dict[str, list[Link]] = defaultdict(list)
    for one in group:
        for key in dict.fromkeys(one.ends):
            by_end[key].append(one)
    stops = [_stop(party, by_end[key], as_of) for key, party in parties.items()]
    days = {key: _day(party.record) for key, party in parties.items()}
    order = {key: depth for depth, key in enumerate(in_time(days, [one.ends for one in group]))}
    stops.sort(key=lambda stop: order[stop.party.identity])
    by_time = sorted(group, key=lambda link: order[link.ends[1]])
    return Chain(tuple(stops), tuple(by_time), as_of)


def _stop(party: Party, group: Sequence[Link], as_of: date) -> Stop:
    changed = tuple(one for one in group if one.relation.target.identity == party.identity)
    doing = [one.relation for one in group if one.relation.subject.identity == party.identity]
    ends_another = any(one.kind is not RelationKind.AMENDS for one in doing)
    only = bool(doing) and not ends_another and not changed
    record = party.record
    status = record.status_on(as_of) if record else Status(State.UNCLEAR, "chưa có trong danh mục")
    return Stop(party, status, changed, only)
