"""`declared_relations`: what corpus.toml and danh-muc.toml say one document does to another."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.designation import Designation
from drafting.library import Library
from drafting.records import Record
from drafting.relations.relation import Ground, Party, Relation, RelationKind
from drafting.relations.whose import home_of, is_local, party_of


def declared_relations(library: Library) -> Iterator[Relation]:
    """The relations the two TOML files declare, each from both its ends."""
    for record in library.declared:
        file = "corpus.toml" if record.file else "danh-muc.toml"
        own = party_of(record, library)
        for name in record.replaces:
            other = declared_party(name, record, library)
            yield _relation(RelationKind.REPLACES, own, other, file, "replaces", record)
        if record.replaced_by:
            other = declared_party(record.replaced_by, record, library)
            yield _relation(RelationKind.REPLACES, other, own, file, "replaced_by", record)
        for name in record.amends:
            other = declared_party(name, record, library)
            yield _relation(RelationKind.AMENDS, own, other, file, "amends", record)
        for name in record.amended_by:
            other = declared_party(name, record, library)
            yield _relation(RelationKind.AMENDS, other, own, file, "amended_by", record)


def declared_party(name: str, by: Record, library: Library) -> Party:
    """The document that the entry of `by` names: a local number is of the same province."""
    known = known_as(name, by, library)
    if len(known) == 1:
        return known[0]
    local = is_local(Designation.parse(name))
    return Party(None, name, home_of(by, library.document(by)) if local else "")


def known_as(name: str, by: Record, library: Library) -> tuple[Party, ...]:
    """The known documents that an entry of `by` may name by number or name."""
    number = Designation.parse(name)
    records = library.records(number.key) if number else library.named(name)
    parties = [party_of(one, library, name) for one in records]
    home = home_of(by, library.document(by))
    return tuple(one for one in parties if not one.apart or not home or one.apart == home)


def _relation(
    kind: RelationKind, subject: Party, target: Party, file: str, entry: str, by: Record
) -> Relation:
    changed, doer = target.record, subject.record
    replaces = kind is RelationKind.REPLACES
    day = None
    if changed is not None:
        day = changed.in_force_until if replaces else changed.amended_from
    sure = day is not None and (doer is None or day != doer.date or doer.in_force_from == day)
    said = target.designation if by is subject.record else subject.designation
    ground = Ground(file, f"{by.title}: {entry} = “{said}”")
    verified = all(one is None or (one.verified and one.status_verified) for one in (changed, doer))
    return Relation(
        kind, subject, target, ground, day or (doer.in_force_from or doer.date if doer else None),
        sure, verified=verified,
    )  # fmt: skip
