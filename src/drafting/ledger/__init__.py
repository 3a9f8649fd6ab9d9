"""Sổ căn cứ: every citation of a text with a verdict, and the validity of what it cites.

build(text, catalogue=, as_of=, …) -> Ledger     nothing raised, nothing left out
"""

from drafting.ledger.build import build
from drafting.ledger.entry import Entry, EntryKind, Ledger, Verdict

__all__ = ["Entry", "EntryKind", "Ledger", "Verdict", "build"]
