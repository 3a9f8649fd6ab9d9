"""`Resolved` and `Unresolved`: what became of a citation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from drafting.citations.citation import Citation, CitedProvision
from drafting.citations.compare import Comparison
from drafting.records import Record
from drafting.structure import Document, Provision


class Why(StrEnum):
    """Why a citation leads nowhere."""

    UNKNOWN = "không có văn bản này trong kho"
    AMBIGUOUS = "nhiều văn bản cùng phù hợp"
    RELATIVE = "chưa biết đang đọc ở đâu"
    MISSING = "văn bản không có điều khoản này"


@dataclass(frozen=True, slots=True)
class Resolved:
    """One document, or one provision of it, that a citation means.

    `citation` is as understood: a law's name may turn out shorter than the words that follow it;
    `cited` is the provision of it this answers, None for the whole document.
    `document` and `provision` are None when the library knows the document by number only; then
    `eid` is what the words say, unproven. `comparison` tells what the text says otherwise; `own`
    that the document is the one the text stands in.
    """

    citation: Citation
    record: Record | None
    document: Document | None
    eid: str = ""
    provision: Provision | None = None
    comparison: Comparison = field(default_factory=Comparison)
    note: str = ""
    own: bool = False
    cited: CitedProvision | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A citation that leads nowhere: why, in a sentence for the officer.

    `record` is the document meant where only the provision is wrong, or where the number alone is
    wrong and day or subject agree; `near` are documents that look alike.
    """

    citation: Citation
    why: Why
    reason: str
    record: Record | None = None
    document: Document | None = None
    eid: str = ""
    near: tuple[Record, ...] = ()
    comparison: Comparison = field(default_factory=Comparison)
    note: str = ""
    cited: CitedProvision | None = None
