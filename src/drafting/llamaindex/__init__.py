"""Our search, corpus, vectors and embedding for LlamaIndex programs (docs/llamaindex.md).

Importing this imports llama_index (one to four seconds); nothing on the way of a question does.
"""

from drafting.llamaindex.embedding import DraftingEmbedding
from drafting.llamaindex.nodes import ProvisionNode, corpus_nodes
from drafting.llamaindex.retriever import DraftingRetriever
from drafting.llamaindex.store import DraftingVectorStore

__all__ = [
    "DraftingEmbedding",
    "DraftingRetriever",
    "DraftingVectorStore",
    "ProvisionNode",
    "corpus_nodes",
]
