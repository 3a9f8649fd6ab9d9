"""Provisions as LlamaIndex nodes: what a search found, and every passage of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

from drafting.citations import cite_provision
from drafting.embed import Embedder
from drafting.library import Library, Stored
from drafting.passages import Passage, passages
from drafting.read.source import Span
from drafting.retrieve import Answer, Hit
from drafting.structure import Kind, Provision
from drafting.vectors import fields_of

# What a language model may read beside the words; the rest is for programs.
_FOR_MODELS = {"citation", "status", "warnings"}
# What an embedder reads before the words; what it never should (numbers, hashes) is the rest.
_FOR_EMBEDDERS = {"name", "heading", "lead"}
_NUMBERED = {"article": Kind.ARTICLE, "clause": Kind.CLAUSE, "point": Kind.POINT, "item": Kind.ITEM}


class ProvisionNode(TextNode):
    """Words of a provision. Two nodes of the same words in the same place are the same node.

    A plain TextNode is another one as soon as its metadata differ, so LlamaIndex's fusion would
    show a provision twice when two retrievers found it for different reasons.
    """

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex writes down."""
        return "ProvisionNode"

    @property
    def hash(self) -> str:
        """By place, content of the file, and words."""
        told = "\x1f".join([self.id_, str(self.metadata.get("sha256", "")), self.text])
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def place_id(file: str, eid: str, spans: Sequence[Span]) -> str:
    """Names the place words are quoted from: file, eId, and the characters from and to.

    >>> place_id("19-qc-tu-2024.txt", "art_13__cl_4", ((10, 20), (22, 40)))
    '19-qc-tu-2024.txt#art_13__cl_4@10-40'
    """
    return f"{file}#{eid}@{spans[0][0]}-{spans[-1][1]}" if spans else f"{file}#{eid}"


def hit_node(hit: Hit, answer: Answer) -> ProvisionNode:
    """A hit with everything `drafting search --json` says of it, and whether it is an answer."""
    told = hit.as_json()
    metadata = {name: told[name] for name in told if name not in {"text", "rank", "score"}}
    metadata |= {"answered": answer.answered, "note": answer.note}
    return _node(place_id(hit.record.file, hit.eid, hit.spans), hit.text, metadata)


def corpus_nodes(library: Library, embedder: Embedder | None = None) -> list[ProvisionNode]:
    """Every passage of the library, in reading order, for a VectorStoreIndex.

    With `embedder` they bring their vectors, encoded by their parts as in our own search. No status
    is among the metadata, which depends on the day: `in_force_from` and `in_force_until` are
    (“2025-07-01”, or null when not known), and compare as they are.
    """
    found: list[tuple[Passage, ProvisionNode]] = []
    for stored in library.stored:
        units = {unit.eid: unit for unit in stored.document.provisions}
        found += [(one, _passage_node(stored, one, units[one.eid])) for one in passages(stored)]
    if embedder is not None:
        vectors = embedder.encode_passages([fields_of(passage) for passage, _ in found])
        for (_, node), vector in zip(found, vectors, strict=True):
            node.embedding = vector.tolist()
    return [node for _, node in found]


def _passage_node(stored: Stored, passage: Passage, provision: Provision) -> ProvisionNode:
    record, document = stored.record, stored.document
    chain = {p.kind: p.number for p in (*document.parents(provision.eid), provision)}
    metadata: dict[str, Any] = {
        "file": record.file, "sha256": document.source.sha256, "designation": record.designation,
        "kind": record.kind, "issuer": record.issuer, "role": record.role,
        "jurisdiction": record.jurisdiction, "date": _iso(record.date),
        "in_force_from": _iso(record.in_force_from or record.date),
        "in_force_until": _iso(record.in_force_until),
        **{name: chain.get(kind) for name, kind in _NUMBERED.items()},
        "eid": passage.eid, "citation": cite_provision(record, document, provision),
        "spans": [list(span) for span in passage.spans],
        "name": passage.name, "heading": passage.heading, "lead": passage.lead,
    }  # fmt: skip
    node = _node(place_id(record.file, passage.eid, passage.spans), passage.text, metadata)
    # What an embedder reads first are titles, not "heading: …".
    node.metadata_template = "{value}"
    return node


def _node(name: str, text: str, metadata: dict[str, Any]) -> ProvisionNode:
    source = RelatedNodeInfo(node_id=metadata["file"], hash=metadata["sha256"])
    return ProvisionNode(
        id_=name,
        text=text,
        metadata=metadata,  # type: ignore[call-arg]  # mypy sees only its old alias
        excluded_llm_metadata_keys=[key for key in metadata if key not in _FOR_MODELS],
        excluded_embed_metadata_keys=[key for key in metadata if key not in _FOR_EMBEDDERS],
        relationships={NodeRelationship.SOURCE: source},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
