"""Ai quyết định: facts of a case → governing provisions, steps, who decides, signs, by when.

read_packs(folders) -> tuple[Pack, ...]             the decision tables, one pack a province
match(pack, known) -> Matched                       which blocks apply, which question decides next
build(situation, packs, library, days) -> Route     the one answer, every line proved
read_facts_in(question, facts) -> Reading           the facts a free question tells
draw(route) -> str                                  the route as an SVG picture
"""

from drafting.procedure.asked import Reading, Told, read_facts_in
from drafting.procedure.blank import new_facts, new_pack
from drafting.procedure.build import BodyNotes, Gap, build, no_notes, pack_of
from drafting.procedure.facts import Fact, FactSheet, FactValue, Known
from drafting.procedure.flow import draw
from drafting.procedure.gather import gather_packs, read_packs
from drafting.procedure.limits import Days, Limit
from drafting.procedure.match import Matched, match
from drafting.procedure.packs import Pack, province_key, read_facts, read_pack
from drafting.procedure.route import Route, Ruled, Situation, Step
from drafting.procedure.told import told

__all__ = [
    "BodyNotes",
    "Days",
    "Fact",
    "FactSheet",
    "FactValue",
    "Gap",
    "Known",
    "Limit",
    "Matched",
    "Pack",
    "Reading",
    "Route",
    "Ruled",
    "Situation",
    "Step",
    "Told",
    "build",
    "draw",
    "gather_packs",
    "match",
    "new_facts",
    "new_pack",
    "no_notes",
    "pack_of",
    "province_key",
    "read_facts",
    "read_facts_in",
    "read_pack",
    "read_packs",
    "told",
]
