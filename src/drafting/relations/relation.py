"""`Relation`: what one document does to another, and the very words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drafting.designation import Designation
from drafting.read.source import Span
from drafting.records import Record
from drafting.text import fold, one_line


class RelationKind(StrEnum):
    """What the first document does to the second; the first three change its validity."""

    REPLACES = "thay thế"
    AMENDS = "sửa đổi, bổ sung"
    REPEALS = "bãi bỏ"
    BASED_ON = "căn cứ"
    ISSUES = "ban hành kèm theo"
    GUIDES = "hướng dẫn"
    CONTINUES = "tiếp tục thực hiện"
    CARRIES_OUT = "thực hiện"
    PROPOSED_BY = "theo đề nghị"
    REFERS_TO = "dẫn chiếu"


EFFECTIVE = frozenset({RelationKind.REPLACES, RelationKind.AMENDS, RelationKind.REPEALS})


@dataclass(frozen=True, slots=True)
class Party:
    """A document as an end of a relation: its record, or only the words that cite it.

    `apart` sets it apart from others of its number: the province, or what the words say of it.

    >>> Party(None, "Quyết định số 09/2015/QĐ-UBND").key
    '9/2015/QĐ-UBND'
    """

    record: Record | None
    cited: str
    apart: str = ""

    @property
    def identity(self) -> str:
        """`key` with what sets it apart: two provinces give out one number.

        >>> Party(None, "Quyết định số 50/2025/QĐ-UBND", "cao bang").identity
        '50/2025/QĐ-UBND@cao bang'
        """
        return f"{self.key}@{self.apart}" if self.apart else self.key

    @property
    def key(self) -> str:
        """What tells it from other documents: its number, else its name folded."""
        if self.record is not None:
            return self.record.key
        number = Designation.parse(self.cited)
        return number.key if number else fold(one_line(self.cited))

    @property
    def title(self) -> str:
        """How a person calls it."""
        return self.record.title if self.record else one_line(self.cited)

    @property
    def designation(self) -> str:
        """Its số, ký hiệu where it has one, else its name."""
        if self.record is not None:
            return self.record.designation or self.record.name
        number = Designation.parse(self.cited)
        return str(number) if number else one_line(self.cited)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a relation was read: the words at `spans` of `file`, or an entry of a TOML file.

    `eid` is "" for words outside the document's own provisions (a web page's introduction).
    `own` says whether it is one of the two documents that speaks, and not a third one.
    """

    file: str
    quote: str
    line: int = 0
    eid: str = ""
    spans: tuple[Span, ...] = ()
    own: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is read in a document, not declared in a TOML file."""
        return not self.file.endswith(".toml")

    def said(self) -> str:
        """The place in one phrase.

        >>> Ground("danh-muc.toml", 'replaced_by = "50/2025/QĐ-UBND"').said()
        'danh-muc.toml'
        """
        return f"{self.file}, dòng {self.line}" if self.line else self.file

    def as_json(self) -> dict[str, object]:
        """The ground in the JSON of `drafting corpus timeline`."""
        return {"file": self.file, "line": self.line or None, "eid": self.eid,
                "spans": [list(span) for span in self.spans], "quote": self.quote}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject` does `kind` to `target`.

    `since` is the first day of its effect, None when nobody says; `day_sure` is False when that day
    is only the day `subject` was signed. `where` are the provisions of `target` concerned (eIds,
    () for the whole), `except_for` the words after “trừ”, `keeps` whether those leave a part of
    `target` in force, `part` says that words leave the rest of it as it was. `verified` is False
    where it rests on something not read in a document, `binding` where only a report, a plan, a
    draft or a text that nobody declared says it.
    """

    kind: RelationKind
    subject: Party
    target: Party
    ground: Ground
    since: date | None = None
    day_sure: bool = True
    where: tuple[str, ...] = ()
    except_for: str = ""
    keeps: bool = False
    verified: bool = True
    binding: bool = True
    part: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two relations the same: kind and both ends."""
        return (str(self.kind), self.subject.identity, self.target.identity)

    @property
    def whole(self) -> bool:
        """Whether the whole of the other document is concerned."""
        return (
            not self.part
            and not self.where
            and not self.keeps
            and self.kind is not RelationKind.AMENDS
        )

    def as_json(self) -> dict[str, object]:
        """The relation in the JSON of `drafting corpus timeline`."""
        return {
            "kind": str(self.kind), "from": self.subject.designation, "to": self.target.designation,
            "since": self.since.isoformat() if self.since else None, "day_sure": self.day_sure,
            "where": list(self.where), "except": self.except_for, "verified": self.verified,
            "ground": self.ground.as_json(),
        }  # fmt: skip
