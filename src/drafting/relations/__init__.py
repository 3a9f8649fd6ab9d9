"""Relations between documents: read in their own words, compared with what is declared."""

from drafting.relations.effect import own_rule, rule_said
from drafting.relations.reading import Reading, read_all, read_relations
from drafting.relations.relation import EFFECTIVE, Ground, Party, Relation, RelationKind

__all__ = [
    "EFFECTIVE",
    "Ground",
    "Party",
    "Reading",
    "Relation",
    "RelationKind",
    "own_rule",
    "read_all",
    "read_relations",
    "rule_said",
]
