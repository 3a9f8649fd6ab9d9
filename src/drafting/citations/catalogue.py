"""`Catalogue`: what resolving a citation asks of the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from drafting.designation import Designation
from drafting.records import Record
from drafting.structure import Document
from drafting.text import fold


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


class WithPapers:
    """A catalogue that knows the papers of one case as well; `texts` are theirs by file."""

    def __init__(
        self,
        catalogue: Catalogue,
        papers: tuple[Record, ...],
        texts: Mapping[str, Document] | None = None,
    ) -> None:
        self._catalogue, self._papers, self._texts = catalogue, papers, texts or {}

    def records(self, key: str) -> Sequence[Record]:
        """Papers of the case first."""
        own = [paper for paper in self._papers if key in paper.keys]
        return [*own, *self._catalogue.records(key)]

    def named(self, name: str) -> Sequence[Record]:
        """Papers without number answer to their tên loại too; the date tells them apart."""
        wanted = fold(name)
        own = [
            paper
            for paper in self._papers
            if wanted in {fold(called) for called in (paper.name, *paper.also) if called}
            or (not paper.designation and wanted == fold(paper.kind))
        ]
        return [*own, *self._catalogue.named(name)]

    def near(self, designation: Designation) -> Sequence[Record]:
        """What the catalogue knows near a number."""
        return self._catalogue.near(designation)

    def document(self, record: Record) -> Document | None:
        """The full text behind a record; of a paper of the case the one its file holds."""
        if record in self._papers:
            return self._texts.get(record.file)
        return self._catalogue.document(record)
