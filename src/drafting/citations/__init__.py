"""Viện dẫn: find what a text refers to, resolve it against what is known, write it correctly.

    find(text) -> Citations                 documents first, then the provisions beside them
    resolve(citation, home=, at=, catalogue=) -> one Resolved or Unresolved for each provision
    meant_records(text, catalogue) -> every known document a line names, rightly written or not
    format_citation(record, provision, first=, full=) -> str, NĐ 30/2020 style

`Catalogue` is what resolving asks of the library.
"""

from drafting.citations.answer import Resolved, Unresolved, Why
from drafting.citations.catalogue import Catalogue, NoCatalogue, WithPapers
from drafting.citations.citation import Citation, CitedDocument, CitedProvision, Said
from drafting.citations.compare import Comparison, Difference, compare, contradictions
from drafting.citations.find import find
from drafting.citations.format import cite_provision, format_citation
from drafting.citations.meant import meant_records
from drafting.citations.place import Places
from drafting.citations.resolve import linked_eids, resolve

__all__ = [
    "Catalogue",
    "Citation",
    "CitedDocument",
    "CitedProvision",
    "Comparison",
    "Difference",
    "NoCatalogue",
    "Places",
    "Resolved",
    "Said",
    "Unresolved",
    "Why",
    "WithPapers",
    "cite_provision",
    "compare",
    "contradictions",
    "find",
    "format_citation",
    "linked_eids",
    "meant_records",
    "resolve",
]
