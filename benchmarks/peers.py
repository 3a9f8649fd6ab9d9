"""Other engines over the same passages, measured in the same run (pip install "drafting[bench]").

Two questions: what others do by default (`rank_bm25`, `bm25s`, a plain LlamaIndex pipeline), and
which engine is best under *our* tokens (`bm25s`, tantivy, SQLite FTS5). An engine that is not
installed is left out with a line on stderr. `only`
(`--only llama_index_fusion`) measures those named.
"""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.memory import resident_mb
from benchmarks.modes import Built, Ranker
from drafting.index import FIELDS
from drafting.passages import Passage
from drafting.retrieve import read_question
from drafting.text import bigrams, fold_word, words

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

_K1, _B = 0.7, 0.9
_COMMON = 0.2


def peers(
    passages: Sequence[Passage],
    folder: Path,
    limit: int,
    engines: bool,
    only: Sequence[str] = (),
) -> Iterator[Built]:
    """Each peer (or those named), built in its turn; its memory is what the process holds then."""
    defaults = [
        ("rank_bm25", _rank_bm25),
        ("bm25s", _bm25s_default),
        ("llama_index.retrievers.bm25", _llama_index),
        ("llama_index.retrievers.bm25", _llama_index_fusion),
    ]
    ours = [("bm25s", _bm25s_ours), ("tantivy", _tantivy), ("sqlite3", _fts5)]
    for module, make in ours if engines else defaults:
        called = make.__name__.strip("_")
        if only and called not in only:
            continue
        if not _installed(module):
            print(f"{module}: chưa cài, bỏ qua", file=sys.stderr)
            continue
        name = called + (", our tokens" if engines else ", defaults")
        yield _timed(name, make, passages, folder / make.__name__, limit)


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _timed(
    name: str,
    make: Callable[[Sequence[Passage], Path, int], Ranker],
    passages: Sequence[Passage],
    folder: Path,
    limit: int,
) -> Built:
    folder.mkdir()
    begun = time.perf_counter()
    rank = make(passages, folder, limit)
    took = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(name, rank, round(took, 2), resident_mb(), size)


def _plain(passage: Passage) -> str:
    return f"{passage.heading} {passage.text}"


def _rank_bm25(passages: Sequence[Passage], _folder: Path, limit: int) -> Ranker:
    """rank_bm25 over white-space words in lower case, as its page shows."""
    import rank_bm25

    index = rank_bm25.BM25Okapi([_plain(p).lower().split() for p in passages])

    def rank(query: str) -> Sequence[int]:
        return _best(np.asarray(index.get_scores(query.lower().split())), limit)

    return rank


def _bm25s_default(passages: Sequence[Passage], folder: Path, limit: int) -> Ranker:
    """bm25s with its own tokenizer and weights."""
    import bm25s

    index = bm25s.BM25()
    texts = [_plain(p) for p in passages]
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    index.save(str(folder))

    def rank(query: str) -> Sequence[int]:
        tokens = bm25s.tokenize([query], show_progress=False)
        found, _ = index.retrieve(tokens, k=limit, show_progress=False)
        return [int(number) for number in found[0]]

    return rank


def _llama_index(passages: Sequence[Passage], folder: Path, limit: int) -> Ranker:
    """LlamaIndex's own BM25 retriever over text nodes: the lexical half of its plain pipeline."""
    retriever = _llama_bm25(_llama_nodes(passages), limit)
    retriever.persist(str(folder))
    return _llama_ranker(retriever)


def _llama_index_fusion(passages: Sequence[Passage], folder: Path, limit: int) -> Ranker:
    """A plain LlamaIndex pipeline: VectorStoreIndex and BM25 retriever, fused by reciprocal rank.

    The vectors are those of our own embedder; the store is the default one, in memory, which walks
    over every vector in Python for each question.
    """
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.retrievers.fusion_retriever import FUSION_MODES

    from drafting.llamaindex import DraftingEmbedding

    nodes = _llama_nodes(passages)
    index = VectorStoreIndex(nodes, embed_model=DraftingEmbedding())
    index.storage_context.persist(str(folder))
    # num_queries=1: no model rewrites the question; the mock keeps LlamaIndex from asking for one.
    fusion = QueryFusionRetriever(
        [index.as_retriever(similarity_top_k=limit), _llama_bm25(nodes, limit)],
        llm=MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=limit,
        num_queries=1,
        use_async=False,
    )
    return _llama_ranker(fusion)


def _llama_nodes(passages: Sequence[Passage]) -> list[TextNode]:
    from llama_index.core.schema import TextNode

    return [TextNode(text=_plain(p), id_=str(n)) for n, p in enumerate(passages)]


def _llama_bm25(nodes: list[TextNode], limit: int) -> BM25Retriever:
    from llama_index.retrievers.bm25 import BM25Retriever

    return BM25Retriever.from_defaults(
        nodes=nodes, similarity_top_k=limit, skip_stemming=True, language=[]
    )


def _llama_ranker(retriever: BaseRetriever) -> Ranker:
    def rank(query: str) -> Sequence[int]:
        return [int(found.node.node_id) for found in retriever.retrieve(query)]

    return rank


def _terms(passage: Passage) -> list[str]:
    """Our folded words and bigrams, each field as often as it weighs."""
    found: list[str] = []
    for name, weight in FIELDS.items():
        folded = [fold_word(word) for word in words(getattr(passage, name))]
        found += [term.replace(" ", "_") for term in (*folded, *bigrams(folded))] * (weight // 2)
    return found


def _asked(query: str) -> list[str]:
    terms = read_question(query).terms
    return [term.replace(" ", "_") for term in terms if not term.startswith("=")]


def _bm25s_ours(passages: Sequence[Passage], folder: Path, limit: int) -> Ranker:
    """bm25s over our tokens."""
    import bm25s

    ids: dict[str, int] = {}
    rows = [[ids.setdefault(t, len(ids)) for t in _terms(p)] for p in passages]
    index = bm25s.BM25(k1=_K1, b=_B)
    index.index((rows, ids), show_progress=False)
    index.save(str(folder))

    def rank(query: str) -> Sequence[int]:
        row = [ids[term] for term in _asked(query) if term in ids]
        return _best(index.get_scores_from_ids(row), limit) if row else []

    return rank


def _tantivy(passages: Sequence[Passage], folder: Path, limit: int) -> Ranker:
    """tantivy over our tokens, split at white space (its BM25 has k1 1.2, b 0.75 built in)."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, passage in enumerate(passages):
        writer.add_document(tantivy.Document(number=number, body=" ".join(_terms(passage))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(query: str) -> Sequence[int]:
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "body", term, "freq"))
            for term in _asked(query)
        ]
        hits = searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return rank


def _fts5(passages: Sequence[Passage], folder: Path, limit: int) -> Ranker:
    """SQLite FTS5, detail=full, our tokens, asked without words in over 20 % of the passages."""
    db = sqlite3.connect(folder / "fts.sqlite")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(body, content='', tokenize='unicode61 "
               "remove_diacritics 0 tokenchars ''_./-''')")  # fmt: skip
    rows = ((n, " ".join(_terms(p))) for n, p in enumerate(passages))
    db.executemany("INSERT INTO t(rowid, body) VALUES (?, ?)", rows)
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
    most = int(_COMMON * len(passages))
    common = {row[0] for row in db.execute("SELECT term FROM v WHERE doc > ?", (most,))}
    db.commit()

    def rank(query: str) -> Sequence[int]:
        kept = [term for term in _asked(query) if term not in common]
        asked = " OR ".join(f'"{term}"' for term in kept)
        found = db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?",
                           (asked, limit))  # fmt: skip
        return [row[0] for row in found] if kept else []

    return rank


def _best(scores: np.typing.NDArray[np.generic], limit: int) -> list[int]:
    limit = min(limit, len(scores))
    best = np.argpartition(-scores, limit - 1)[:limit]
    return [int(number) for number in best[np.argsort(-scores[best], kind="stable")]]
