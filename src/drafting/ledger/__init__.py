"""Sổ căn cứ: every citation of a text with a verdict, and the validity of what it cites.

    build(text, catalogue=, as_of=, …) -> Ledger     nothing raised, nothing left out

entry (one citation) → judge (its verdict) → desk (what earlier mentions said) → quotation, words,
compared (law quoted word for word) → successor (what took over, where the clause went) → issued,
missing, beside → whole (the Ledger) → making (all of it, a fault of ours guarded).
"""

from drafting.ledger.entry import Entry, EntryKind, Verdict
from drafting.ledger.making import build
from drafting.ledger.missing import Missing, missing
from drafting.ledger.whole import Ledger

__all__ = ["Entry", "EntryKind", "Ledger", "Missing", "Verdict", "build", "missing"]
