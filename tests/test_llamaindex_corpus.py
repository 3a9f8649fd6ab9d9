"""The corpus in a LlamaIndex program: every node quotes, cites and says whether it is an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import MetadataMode, NodeWithScore
from llama_index.core.vector_stores.types import FilterOperator, MetadataFilter, MetadataFilters
from offices import TODAY, an_office

from drafting.embed import StaticEmbedder
from drafting.llamaindex import (
    DraftingEmbedding,
    DraftingRetriever,
    DraftingVectorStore,
    ProvisionNode,
    corpus_nodes,
)
from drafting.office import Office
from drafting.settings import Scope

QUESTION = "đoàn vào chưa có trong kế hoạch gửi trước mấy ngày"
UNANSWERED = "công thức nấu phở bò gia truyền"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("nha")) as opened:
        yield opened


@pytest.fixture(scope="module")
def index(office: Office) -> VectorStoreIndex:
    embedder = StaticEmbedder.shipped()
    store = DraftingVectorStore.of(office.settings)
    made = VectorStoreIndex.from_vector_store(store, embed_model=DraftingEmbedding(embedder))
    made.insert_nodes(corpus_nodes(office.library, embedder))
    return made


@pytest.fixture
def mock_llm(monkeypatch: pytest.MonkeyPatch) -> None:
    """LlamaIndex asks for a model even where it uses none."""
    monkeypatch.setattr(Settings, "_llm", MockLLM())


def ids(found: list[NodeWithScore]) -> list[str]:
    return [hit.node_id.partition("@")[0] for hit in found]


# --- As a retriever ---


def test_a_node_is_the_hit_of_our_own_search(office: Office) -> None:
    scope = office.scope(date(2024, 12, 9), "tỉnh Lạng Sơn")
    answer = office.search(QUESTION, scope, 4)
    found = DraftingRetriever(office, scope, 4).retrieve(QUESTION)
    assert len(found) == 4
    for hit, one in zip(answer.hits, found, strict=True):
        told = {**hit.as_json(), "answered": True, "note": ""}
        assert one.text == told.pop("text") and one.score == hit.score
        assert one.metadata == {k: v for k, v in told.items() if k not in {"rank", "score"}}
        assert one.node.ref_doc_id == hit.record.file
        assert one.node_id == f"{hit.record.file}#{hit.eid}@{hit.spans[0][0]}-{hit.spans[-1][1]}"


def test_every_node_quotes_its_file(office: Office) -> None:
    for node in [
        *(hit.node for hit in DraftingRetriever(office, office.scope(), 20).retrieve(QUESTION)),
        *corpus_nodes(office.library),
    ]:
        stored = office.library.of_file(node.metadata["file"])
        assert stored is not None and isinstance(node, ProvisionNode)
        spans = tuple((start, end) for start, end in node.metadata["spans"])
        assert node.text == stored.document.source.display(spans)
        assert node.metadata["sha256"] == stored.document.source.sha256


def test_a_scope_holds_in_a_llamaindex_program_too(office: Office) -> None:
    narrow = DraftingRetriever(office, Scope(TODAY, document="19-QC/TU"))
    assert {hit.metadata["designation"] for hit in narrow.retrieve("công tác biên giới")} == {
        "19-QC/TU"
    }
    lang_son = DraftingRetriever(office.retriever, Scope(TODAY, "tỉnh Lạng Sơn"))
    hits = lang_son.retrieve("Tờ trình cần nêu rõ bối cảnh, danh nghĩa, mục đích")
    foreign = [hit for hit in hits if hit.metadata["jurisdiction"] == "tỉnh Bắc Giang"]
    assert foreign
    assert all("không làm căn cứ" in "".join(hit.metadata["warnings"]) for hit in foreign)


def test_what_is_no_answer_says_so_or_is_left_out(office: Office) -> None:
    near = DraftingRetriever(office, office.scope()).retrieve(UNANSWERED)
    assert near and all(not hit.metadata["answered"] for hit in near)
    assert "Không có trong kho" in near[0].metadata["note"]
    only = DraftingRetriever(office, office.scope(), answered_only=True)
    assert only.retrieve(UNANSWERED) == [] and only.retrieve("") == []
    assert len(only.retrieve(QUESTION)) == 5


def test_a_model_reads_the_citation_its_validity_and_no_numbers(office: Office) -> None:
    (hit,) = DraftingRetriever(office, office.scope(date(2024, 12, 9)), 1).retrieve(QUESTION)
    read = hit.node.get_content(MetadataMode.LLM)
    assert read.startswith("citation: khoản 6 Điều 14 Quy chế số 19-QC/TU\nstatus: còn hiệu lực\n")
    assert read.endswith(hit.text) and hit.metadata["sha256"] not in read


def test_the_retriever_works_asynchronously(office: Office) -> None:
    ours = DraftingRetriever(office, office.scope())
    assert ids(asyncio.run(ours.aretrieve(QUESTION))) == ids(ours.retrieve(QUESTION))


# --- The passages as nodes ---


def test_the_passages_of_the_library_are_nodes_with_our_own_vectors(office: Office) -> None:
    nodes = corpus_nodes(office.library, StaticEmbedder.shipped())
    assert len({node.node_id for node in nodes}) == len(nodes) == len(office.retriever.passages)
    dense = office.retriever.ranking.dense
    assert dense is not None
    vector = np.array(nodes[7].embedding, np.float32)
    ((number, cosine),) = dense.halves[0].vectors.search(vector, 1)
    assert number == 7 and cosine == pytest.approx(1, abs=1e-2)


def test_an_embedder_reads_titles_before_the_words(office: Office) -> None:
    passage = next(p for p in office.retriever.passages if p.eid == "art_14__cl_6")
    node = next(n for n in corpus_nodes(office.library) if n.metadata["eid"] == passage.eid)
    told = "\n".join([passage.name, passage.heading, passage.lead]).strip()
    assert node.get_content(MetadataMode.EMBED) == f"{told}\n\n{passage.text}"


def test_passages_are_filtered_by_what_is_known_of_them(index: VectorStoreIndex) -> None:
    filters = MetadataFilters(
        filters=[
            MetadataFilter(key="jurisdiction", value="tỉnh Lạng Sơn"),
            MetadataFilter(key="in_force_from", value="2025-01-01", operator=FilterOperator.GTE),
        ]
    )
    found = index.as_retriever(similarity_top_k=5, filters=filters).retrieve("đoàn ra")
    assert {hit.metadata["designation"] for hit in found} == {"50/2025/QĐ-UBND"}


def test_a_document_taken_out_is_no_longer_found(office: Office, tmp_path: Path) -> None:
    store = DraftingVectorStore(tmp_path / "nut.sqlite")
    made = VectorStoreIndex.from_vector_store(store, embed_model=DraftingEmbedding())
    nodes = corpus_nodes(office.library)
    made.insert_nodes(nodes)
    assert {n.metadata["file"] for n in store.get_nodes()} == {n.metadata["file"] for n in nodes}
    made.delete_ref_doc("19-qc-tu-2024.txt")
    left = {hit.metadata["file"] for hit in made.as_retriever(similarity_top_k=50).retrieve("đoàn")}
    assert left and "19-qc-tu-2024.txt" not in left


# --- In its engines ---


@pytest.mark.parametrize("mode", list(FUSION_MODES), ids=lambda mode: mode.value)
@pytest.mark.parametrize("use_async", [False, True], ids=["sync", "async"])
def test_fusion_shows_a_provision_once_with_our_reasons(
    mode: FUSION_MODES, use_async: bool, office: Office, index: VectorStoreIndex
) -> None:
    ours, near = DraftingRetriever(office, office.scope()), index.as_retriever(similarity_top_k=5)
    fusion = QueryFusionRetriever(
        [ours, near], llm=MockLLM(), mode=mode, num_queries=1, similarity_top_k=10,
        use_async=use_async,
    )  # fmt: skip
    found = fusion.retrieve(QUESTION)
    both = {*ids(ours.retrieve(QUESTION)), *ids(near.retrieve(QUESTION))}
    assert len(both) < 10 and sorted(ids(found)) == sorted(both)


def test_a_query_engine_answers_with_its_sources(office: Office, mock_llm: None) -> None:
    engine = RetrieverQueryEngine.from_args(
        DraftingRetriever(office, office.scope()), response_mode=ResponseMode.NO_TEXT
    )
    answer = engine.query(QUESTION)
    assert ids(answer.source_nodes)[0] == "19-qc-tu-2024.txt#art_14__cl_6"
    assert asyncio.run(engine.aquery(QUESTION)).source_nodes == answer.source_nodes


@pytest.mark.parametrize("mode", [ResponseMode.TREE_SUMMARIZE, ResponseMode.COMPACT])
def test_a_model_is_given_the_cited_words(mode: ResponseMode, office: Office) -> None:
    """The mock model says its prompt."""
    ours = DraftingRetriever(office, office.scope(), answered_only=True)
    engine = RetrieverQueryEngine.from_args(ours, llm=MockLLM(), response_mode=mode)
    answer = engine.query(QUESTION)
    assert isinstance(answer, Response)
    assert "khoản 6 Điều 14 Quy chế số 19-QC/TU" in str(answer)
    assert answer.source_nodes[0].text in str(answer)
    assert str(engine.query(UNANSWERED)) == "Empty Response"
