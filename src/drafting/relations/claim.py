"""`Claim`: what a sentence says one document does to another, as places in the skeleton."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.read.source import Span
from drafting.relations.relation import RelationKind


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation as said: places in the skeleton. `subject` is None for the document itself.

    `words` is where it is said, `except_for` what follows “trừ”, `verb_end` where its verb ends.
    `some`: “một số điều”, which the provisions cited beside it need not be among; `part`: words
    before the document leave the rest of it as it was (“một phần”, “các điều, khoản của”). `lead`
    are the words above that announce a list (“bãi bỏ các văn bản sau:”) in which it stands.
    """

    kind: RelationKind
    subject: int | None
    object: int
    words: Span
    verb_end: int
    except_for: Span | None = None
    some: bool = False
    part: bool = False
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """“… thay thế các văn bản sau:”, whose documents stand in the lines below."""

    kind: RelationKind
    subject: int | None
    verb_end: int
    words: Span
    part: bool = False
