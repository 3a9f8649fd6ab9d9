"""`Catalogue`: what resolving a citation asks of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from drafting.designation import Designation
from drafting.records import Record
from drafting.structure import Document


class Catalogue(Protocol):
    """Known documents. Every answer may be empty; none of these raises for odd input."""

    def records(self, key: str) -> Sequence[Record]:
        """The records that answer to a `Designation.key`, also by another way to write it."""

    def named(self, name: str) -> Sequence[Record]:
        """The records called so (“Luật Tổ chức chính quyền địa phương”), accents and case aside."""

    def near(self, designation: Designation) -> Sequence[Record]:
        """Records whose number differs in year or in symbol only."""

    def document(self, record: Record) -> Document | None:
        """The full text behind a record, or None when only its number is known."""


class NoCatalogue:
    """Knows nothing: for references that stay within one document."""

    def records(self, key: str) -> Sequence[Record]:
        """No record."""
        return ()

    def named(self, name: str) -> Sequence[Record]:
        """No record."""
        return ()

    def near(self, designation: Designation) -> Sequence[Record]:
        """No record."""
        return ()

    def document(self, record: Record) -> Document | None:
        """No text."""
        return None
