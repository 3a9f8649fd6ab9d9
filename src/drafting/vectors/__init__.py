"""Vectors of passages and of nodes: kept in SQLite, searched by cosine."""

from drafting.vectors.nearest import FaissVectors, NumpyVectors, VectorIndex, vector_index
from drafting.vectors.nodes import Node, NodeStore
from drafting.vectors.store import Filled, VectorStore, content_key, fields_of

__all__ = [
    "FaissVectors",
    "Filled",
    "Node",
    "NodeStore",
    "NumpyVectors",
    "VectorIndex",
    "VectorStore",
    "content_key",
    "fields_of",
    "vector_index",
]
