"""A form + a case + the library → a `Draft`: every printed paragraph with what it rests on."""

from drafting.draft.assemble import draft
from drafting.draft.origin import Origin
from drafting.draft.types import (
    Context,
    Demand,
    Draft,
    DraftSlot,
    Force,
    Paragraph,
    SlotState,
    Suggestion,
    leaves,
)

__all__ = [
    "Context", "Demand", "Draft", "DraftSlot", "Force", "Origin", "Paragraph", "SlotState",
    "Suggestion", "draft", "leaves",
]  # fmt: skip
