"""Texts to vectors: one contract, our own static model, an office's own model folder."""

from drafting.embed.embedder import Embedder, Fields
from drafting.embed.folder import SentenceTransformerEmbedder
from drafting.embed.static import StaticEmbedder

__all__ = ["Embedder", "Fields", "SentenceTransformerEmbedder", "StaticEmbedder"]
