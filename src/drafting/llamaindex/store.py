"""Our SQLite file of nodes and vectors as a LlamaIndex vector store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.indices.query.embedding_utils import get_top_k_mmr_embeddings
from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
    VectorStoreQueryResult,
)
from llama_index.core.vector_stores.utils import metadata_dict_to_node, node_to_metadata_dict

from drafting.errors import BadInput
from drafting.llamaindex.filters import admits
from drafting.llamaindex.nodes import ProvisionNode
from drafting.settings import Settings
from drafting.vectors import Node, NodeStore

_CONTENT, _TYPE = "_node_content", "_node_type"
# How many times `similarity_top_k` are looked at for variety (MMR).
_MMR_BREADTH = 4


class DraftingVectorStore(BasePydanticVectorStore):
    """Any nodes with an embedding, kept in one SQLite file; a change is on the disk at once.

    The nearest are found by cosine among the vectors in memory (FAISS, or numpy without it). A node
    added again under its id takes the old one's place. Modes DEFAULT and MMR.
    """

    stores_text: bool = True
    is_embedding_query: bool = True
    path: str = ""
    _nodes: NodeStore = PrivateAttr()

    def __init__(self, path: str | Path) -> None:
        super().__init__(stores_text=True, path=str(path))  # type: ignore[call-arg]
        self._nodes = NodeStore(Path(path))

    @classmethod
    def of(cls, settings: Settings) -> DraftingVectorStore:
        """The store of an office: `llamaindex.sqlite` in its index folder."""
        return cls(settings.index / "llamaindex.sqlite")

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex writes down."""
        return "DraftingVectorStore"

    @property
    def client(self) -> NodeStore:
        """Our own store underneath."""
        return self._nodes

    def close(self) -> None:
        """Lets go of the file."""
        self._nodes.close()

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Keeps these nodes, all or none; gives their ids."""
        self._nodes.put([_kept(node) for node in nodes])
        return [node.node_id for node in nodes]

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Forgets the nodes of a document."""
        self._nodes.remove_document(ref_doc_id)

    def delete_nodes(
        self,
        node_ids: list[str] | None = None,
        filters: MetadataFilters | None = None,
        **_: Any,
    ) -> None:
        """Forgets the nodes that have one of these ids and pass the filters.

        Without ids and filters nothing is forgotten: that is what `clear` says.
        """
        if node_ids is not None or filters is not None:
            self._nodes.remove([name for _, name in self._admitted(node_ids, None, filters)])

    def clear(self) -> None:
        """Forgets every node."""
        self._nodes.clear()

    def get_nodes(
        self, node_ids: list[str] | None = None, filters: MetadataFilters | None = None
    ) -> list[BaseNode]:
        """The nodes of these ids, in that order, that pass the filters; all of them without."""
        names = [name for _, name in self._admitted(node_ids, None, filters)]
        if node_ids is not None:
            there = set(names)
            names = [name for name in node_ids if name in there]
        return self._read(names)

    def query(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """The nearest nodes, best first, with their cosines.

        `node_ids`, `doc_ids` and `filters` all hold at once. No node ids ([]) are no restriction:
        LlamaIndex's own retriever says so for a store that keeps texts. No documents ([]) are none.
        """
        if query.query_embedding is None:
            raise BadInput("Câu hỏi chưa có vectơ: kho vectơ này chỉ tìm theo vectơ.")
        allowed = None
        if query.node_ids or query.doc_ids is not None or query.filters is not None:
            found = self._admitted(query.node_ids or None, query.doc_ids, query.filters)
            allowed = [number for number, _ in found]
        if query.mode == VectorStoreQueryMode.MMR:
            hits = self._varied(query, allowed, kwargs.get("mmr_threshold", query.mmr_threshold))
        elif query.mode == VectorStoreQueryMode.DEFAULT:
            hits = self._nodes.nearest(query.query_embedding, query.similarity_top_k, allowed)
        else:
            raise BadInput(f"Kho vectơ này không tìm theo cách “{query.mode.value}”.")
        # One read for all: a node another program removed meanwhile is left out.
        nodes = {node.node_id: node for node in self._read([name for name, _ in hits])}
        hits = [hit for hit in hits if hit[0] in nodes]
        return VectorStoreQueryResult(
            nodes=[nodes[name] for name, _ in hits],
            similarities=[score for _, score in hits],
            ids=[name for name, _ in hits],
        )

    def _varied(
        self, query: VectorStoreQuery, allowed: Sequence[int] | None, threshold: float | None
    ) -> list[tuple[str, float]]:
        """The near ones that differ from each other (maximal marginal relevance)."""
        asked, count = query.query_embedding or [], query.similarity_top_k
        near = self._nodes.nearest(asked, count * _MMR_BREADTH, allowed)
        vectors = self._nodes.vectors([name for name, _ in near])
        scores, names = get_top_k_mmr_embeddings(
            asked,
            list(vectors.values()),
            similarity_top_k=count,
            embedding_ids=list(vectors),
            mmr_threshold=threshold,
        )
        return [(str(name), float(score)) for name, score in zip(names, scores, strict=True)]

    def _admitted(
        self,
        node_ids: Sequence[str] | None,
        documents: Sequence[str] | None,
        filters: MetadataFilters | None,
    ) -> list[tuple[int, str]]:
        """(number, id) of the nodes that hold to all of it."""
        return [
            (number, name)
            for number, name, metadata in self._nodes.listed(node_ids, documents)
            if filters is None or admits(filters, json.loads(metadata))
        ]

    def _read(self, names: Sequence[str]) -> list[BaseNode]:
        return [_node(content) for content in self._nodes.get(names)]


def _kept(node: BaseNode) -> Node:
    """The node as it is kept; LlamaIndex's `ValueError` when it has no embedding."""
    metadata = node_to_metadata_dict(node)
    content = {name: metadata.pop(name) for name in (_CONTENT, _TYPE)}
    return Node(
        node.node_id,
        node.ref_doc_id,
        _json(metadata),
        _json(content),
        np.asarray(node.get_embedding(), np.float32),
    )


def _json(value: dict[str, Any]) -> str:
    told = json.dumps(value, ensure_ascii=False)
    # Escaped where a lone surrogate could not be written otherwise.
    return told if told == told.encode(errors="ignore").decode() else json.dumps(value)


def _node(content: str) -> BaseNode:
    told = json.loads(content)
    if told[_TYPE] == ProvisionNode.class_name():
        return ProvisionNode.from_json(told[_CONTENT])
    return metadata_dict_to_node(told)
