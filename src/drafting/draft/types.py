"""`Draft`: every paragraph of a text with what it rests on, before it becomes a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafting.draft.basis import Bases
from drafting.draft.letterhead import Letterhead
from drafting.draft.origin import Origin
from drafting.findings import Finding
from drafting.forms import Form, Slot

# What a template may be given: text, paragraphs, or rows of a table.
Context = Mapping[str, str | list[str] | list[dict[str, str | list[str]]]]


# Lines around the text that cite nothing: their number and day are blank.
_FRAME = {
    "chu_quan", "co_quan", "so_ky_hieu", "dia_danh_ngay", "ten_loai", "quyen_han", "chuc_vu",
    "ho_ten", "kem_theo",
}  # fmt: skip


def leaves(value: str | list[str] | list[dict[str, str | list[str]]]) -> Iterator[str]:
    """The texts in a value of the context, in order."""
    if isinstance(value, str):
        yield value
        return
    for item in value:
        if isinstance(item, str):
            yield item
        else:
            for cell in item.values():
                yield from leaves(cell)


class Force(StrEnum):
    """How strongly a slot is demanded in this case."""

    MANDATORY = "bắt buộc"
    CUSTOMARY = "thông lệ"
    REFERENCE = "tham khảo"


class SlotState(StrEnum):
    """Whether a slot was filled, left open, or declared to have nothing to say."""

    FILLED = "filled"
    OPEN = "open"
    NONE = "none declared"


@dataclass(frozen=True, slots=True)
class Demand:
    """The provision that asks for a slot: its citation, words and force here; or the practice."""

    force: Force
    citation: str
    quote: str
    file: str = ""
    eid: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage of a past paper the officer may take up; never put in by itself."""

    text: str
    citation: str
    file: str
    eid: str
    year: int | None
    age: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed paragraph (or table) with its origin, its source and the slot it fills, if any.

    `quote`: the words of the clause a rule's paragraph rests on.
    """

    place: str
    text: str
    origin: Origin
    source: str = ""
    slot: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A slot of this draft with all that is known of it."""

    slot: Slot
    state: SlotState
    demand: Demand
    paragraphs: tuple[Paragraph, ...]
    suggestions: tuple[Suggestion, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The slot in the JSON of `drafting draft`."""
        return {
            "id": self.slot.id,
            "state": str(self.state),
            "force": str(self.demand.force),
            "clause": self.demand.citation,
            "origin": str(self.paragraphs[0].origin) if self.paragraphs else "",
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """A text ready to be proved and rendered.

    `context` holds every printed word that is not the template's own; `paragraphs` say for each
    prose paragraph and each table what it rests on.
    """

    form: Form
    head: Letterhead
    bases: Bases
    slots: tuple[DraftSlot, ...]
    paragraphs: tuple[Paragraph, ...]
    context: Context
    findings: tuple[Finding, ...]

    def text(self) -> str:
        """All printed words that may cite something, a paragraph or cell a line."""
        return "\n".join(
            text
            for name, value in self.context.items()
            if name not in _FRAME
            for text in leaves(value)
        )

    def all_text(self) -> str:
        """Every printed word that is not the template's own, a value a line."""
        return "\n".join(text for value in self.context.values() for text in leaves(value))

    def open_slots(self) -> Sequence[DraftSlot]:
        """The slots still to be filled."""
        return [slot for slot in self.slots if slot.state is SlotState.OPEN]
