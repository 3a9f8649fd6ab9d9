"""Vectors of passages: kept by content and model, searched by cosine."""

from drafting.vectors.nearest import FaissVectors, NumpyVectors, VectorIndex, vector_index
from drafting.vectors.store import Filled, VectorStore, content_key

__all__ = [
    "FaissVectors",
    "Filled",
    "NumpyVectors",
    "VectorIndex",
    "VectorStore",
    "content_key",
    "vector_index",
]
