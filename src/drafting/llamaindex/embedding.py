"""An `Embedder` of ours as the embedding model of a LlamaIndex program."""

from __future__ import annotations

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from drafting.embed import Embedder, Fields, StaticEmbedder


class DraftingEmbedding(BaseEmbedding):
    """Any of our embedders, by default the shipped static one: offline, numpy alone.

    Texts are encoded as passages, questions as questions. Nodes of `corpus_nodes(…, embedder)`
    bring their vectors along, encoded by their parts, and are not encoded again.

    >>> ours = DraftingEmbedding()
    >>> typed = ours.get_query_embedding("ho chieu cong vu")
    >>> meant = ours.get_text_embedding("hộ chiếu công vụ")
    >>> len(typed) == len(meant), bool(ours.similarity(typed, meant) > 0.9)
    (True, True)
    """

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder | None = None, *, batch: int = 512) -> None:
        chosen = embedder or StaticEmbedder.shipped()
        super().__init__(model_name=chosen.name, embed_batch_size=batch)
        self._embedder = chosen

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex writes down."""
        return "DraftingEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        found: list[float] = self._embedder.encode([query])[0].tolist()
        return found

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        passages = [Fields("", "", text) for text in texts]
        found: list[list[float]] = self._embedder.encode_passages(passages).tolist()
        return found

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embedding(text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._get_text_embeddings(texts)
