"""Our search as a LlamaIndex retriever."""

from __future__ import annotations

from typing import Protocol

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.callbacks.base import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle

from drafting.llamaindex.nodes import hit_node
from drafting.retrieve import Answer
from drafting.settings import Scope


class Searches(Protocol):
    """Whoever answers questions: an `Office`, or a `Retriever` alone."""

    def search(self, text: str, scope: Scope, k: int, /) -> Answer:
        """The best `k` provisions for `text`."""


class DraftingRetriever(BaseRetriever):
    """The provisions that govern a question, quoted, cited, with reasons and validity.

    Each node's metadata are those of `drafting search --json`, with `answered` and `note`: hits
    shown although the corpus has no answer say so. With `answered_only` there are none then, and a
    query engine answers “Empty Response” instead of making something of what is merely near.
    """

    def __init__(
        self,
        source: Searches,
        scope: Scope,
        similarity_top_k: int = 5,
        *,
        answered_only: bool = False,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        self._source, self._scope = source, scope
        self.similarity_top_k = similarity_top_k
        self._answered_only = answered_only
        super().__init__(callback_manager=callback_manager)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        answer = self._source.search(query_bundle.query_str, self._scope, self.similarity_top_k)
        if self._answered_only and not answer.answered:
            return []
        return [NodeWithScore(node=hit_node(hit, answer), score=hit.score) for hit in answer.hits]
