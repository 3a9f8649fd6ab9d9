"""`Draft`: every paragraph of a text with what it rests on, before it becomes a Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafting.draft.basis import Bases
from drafting.draft.letterhead import Letterhead
from drafting.findings import Finding
from drafting.forms import Form, Slot

# What a template may be given: text, paragraphs, or rows of a table.
Context = Mapping[str, str | list[str] | list[dict[str, str | list[str]]]]


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


class Origin(StrEnum):
    """Where a paragraph's words come from."""

    OFFICER = "cán bộ nhập"
    FORM = "chữ của mẫu"
    RULE = "tính từ quy tắc"
    PAST_REPORT = "báo cáo cũ"
    OPEN = "còn để ngỏ"


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
    """A printed paragraph with its origin and, where it has one, its source."""

    place: str
    text: str
    origin: Origin
    source: str = ""


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
    """A text ready to be proved and rendered. `paragraphs` are all printed words in order."""

    form: Form
    head: Letterhead
    bases: Bases
    slots: tuple[DraftSlot, ...]
    paragraphs: tuple[Paragraph, ...]
    context: Context
    findings: tuple[Finding, ...]

    def text(self) -> str:
        """All words that may cite something, one paragraph a line: what the ledger reads."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def open_slots(self) -> Sequence[DraftSlot]:
        """The slots still to be filled."""
        return [slot for slot in self.slots if slot.state is SlotState.OPEN]
