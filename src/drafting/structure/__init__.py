"""`SourceText` → `Document`: the tree of chapters, articles, clauses, points and their like.

    structure(source) -> Document

Any text at all parses; what cannot be understood stays text of the unit before it, and what is
odd (a missing “Điều”, a point glued to its neighbour, a number left out) is a finding.
"""

from drafting.structure.document import LEVELS, Document, Kind, Provision, is_within
from drafting.structure.parse import structure

__all__ = ["LEVELS", "Document", "Kind", "Provision", "is_within", "structure"]
