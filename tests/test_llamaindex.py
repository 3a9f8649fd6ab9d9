"""What LlamaIndex asks of a vector store and a retriever, kept by ours; nothing leaves the machine.

The store's contract is that of LlamaIndex's own tests of its SimpleVectorStore (wherever that one
can do it, both are asked), and of VectorStoreIndex and its retriever, which use it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from llama_index.core import MockEmbedding, VectorStoreIndex
from llama_index.core.schema import (
    BaseNode,
    ImageNode,
    IndexNode,
    MediaResource,
    Node,
    NodeRelationship,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)
from llama_index.core.vector_stores import SimpleVectorStore
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    FilterCondition,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryMode,
)
from llama_index.core.vector_stores.utils import build_metadata_filter_fn

from drafting.errors import BadInput
from drafting.llamaindex import DraftingEmbedding, DraftingVectorStore
from drafting.llamaindex.filters import admits

Value = str | int | float | list[str] | list[int] | list[float] | None


def a_node(name: str, document: str, vector: list[float], **metadata: Any) -> TextNode:
    source = RelatedNodeInfo(node_id=document)
    return TextNode(
        id_=name,
        text=f"Nội dung {name}",
        embedding=vector,
        metadata=metadata,
        relationships={NodeRelationship.SOURCE: source},
    )


def three() -> list[TextNode]:
    return [
        a_node("một", "qc-19", [1.0, 0.0], hạng="a", cân=1.0, nhãn=["vừa", "cao"], mã="19-QC/TU"),
        a_node("hai", "qđ-50", [0.0, 1.0], hạng="c", cân=2.0, nhãn=["vừa"], mã="50/2025"),
        a_node("ba", "nđ-30", [1.0, 1.0], hạng="c", cân=3.0, nhãn=["thấp", "vừa"], mã="19-qc/tw"),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DraftingVectorStore]:
    made = DraftingVectorStore(tmp_path / "nut.sqlite")
    yield made
    made.close()


def where(*filters: MetadataFilter | MetadataFilters, how: str = "and") -> MetadataFilters:
    return MetadataFilters(filters=list(filters), condition=FilterCondition(how))


def that(key: str, operator: str, value: Value = None) -> MetadataFilter:
    return MetadataFilter(key=key, value=value, operator=FilterOperator(operator))


def found(store: BasePydanticVectorStore, **asked: Any) -> list[str]:
    given = {"query_embedding": [1.0, 1.0], "similarity_top_k": 3, **asked}
    return list(store.query(VectorStoreQuery(**given)).ids or [])


# --- A vector store ---


def test_it_says_what_it_is(store: DraftingVectorStore) -> None:
    assert store.stores_text and store.is_embedding_query
    assert store.client is not None and store.class_name() == "DraftingVectorStore"
    assert isinstance(store, BasePydanticVectorStore)


FILTERS = [
    None,
    where(),
    where(that("hạng", "==", "c")),
    where(that("hạng", "==", "c"), that("cân", "==", 2.0)),
    where(that("cân", "==", 2), that("cân", "==", 3)),
    where(that("không có", "==", "c")),
    where(that("hạng", "==", "c"), that("cân", "==", 1.0), how="or"),
    where(that("hạng", "==", "a"), how="not"),
    where(that("cân", "!=", 1.0)),
    where(that("cân", ">", 1.5)),
    where(that("cân", ">=", 1.0)),
    where(that("cân", "<", 1.1)),
    where(that("cân", "<=", 1.0)),
    where(that("hạng", "in", ["a", "c"])),
    where(that("hạng", "nin", ["c"])),
    where(that("không có", "nin", ["c"])),
    where(that("không có", "!=", "c")),
    where(that("nhãn", "contains", "cao")),
    where(that("nhãn", "any", ["cao", "thấp"])),
    where(that("nhãn", "all", ["vừa", "cao"])),
    where(that("mã", "text_match", "19-QC")),
    where(that("mã", "text_match_insensitive", "19-QC")),
    where(that("không có", "is_empty")),
    where(that("doc_id", "==", "qđ-50")),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_a_filtered_query_finds_what_the_simple_store_finds(
    filters: MetadataFilters | None, store: DraftingVectorStore
) -> None:
    simple = SimpleVectorStore()
    simple.add(three())
    assert store.add(three()) == ["một", "hai", "ba"]
    for top in (1, 3):
        theirs = simple.query(
            VectorStoreQuery([1.0, 0.9], similarity_top_k=top, filters=filters)
        )  # fmt: skip
        ours = store.query(VectorStoreQuery([1.0, 0.9], similarity_top_k=top, filters=filters))
        assert ours.ids == theirs.ids
        assert ours.similarities == pytest.approx(theirs.similarities)
        assert [node.node_id for node in ours.nodes or []] == ours.ids


METADATA: list[dict[str, Any]] = [
    {"k": value} for value in ("a", "b", "ab", "", 0, 1, 2.5, ["a"], ["a", "b"], [], None, [1, 2])
] + [{}]
VALUES: list[Value] = ["a", "A", "", 1, 2.5, ["a"], ["a", "c"], [1], [], None]


@pytest.mark.parametrize("operator", list(FilterOperator), ids=lambda o: o.name)
def test_every_operator_answers_as_llamaindex_does(operator: FilterOperator) -> None:
    """Whatever it is compared with, errors included."""

    def outcome(answer: Any, *asked: Any) -> bool | type[Exception]:
        try:
            return bool(answer(*asked))
        except TypeError:
            return TypeError

    for metadata, value, how in product(METADATA, VALUES, FilterCondition):
        filters = where(MetadataFilter(key="k", value=value, operator=operator), how=how.value)
        theirs = build_metadata_filter_fn({"id": metadata}.__getitem__, filters)
        assert outcome(admits, filters, metadata) == outcome(theirs, "id"), (metadata, filters)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (where(where(that("hạng", "==", "c")), that("cân", "<", 3.0)), ["hai"]),
        (where(where(that("hạng", "==", "c"), how="not"), that("cân", "==", 3), how="or"),
         ["ba", "một"]),
        (where(where(where(that("hạng", "==", "a")), that("cân", "==", 2), how="or"), how="not"),
         ["ba"]),
    ],
    ids=["and", "or", "not"],
)  # fmt: skip
def test_filters_may_be_nested(
    filters: MetadataFilters, expected: list[str], store: DraftingVectorStore
) -> None:
    store.add(three())
    assert found(store, filters=filters) == expected


def test_ids_documents_and_filters_all_hold_at_once(store: DraftingVectorStore) -> None:
    store.add([*three(), a_node("bốn", "nđ-30", [1.0, 0.9], hạng="a")])
    assert found(store, node_ids=["hai", "bốn"]) == ["bốn", "hai"]
    assert found(store, doc_ids=["nđ-30", "qc-19"]) == ["ba", "bốn", "một"]
    both = {"doc_ids": ["nđ-30"], "node_ids": ["bốn", "hai"]}
    assert found(store, **both) == ["bốn"]
    assert found(store, **both, filters=where(that("hạng", "==", "c"))) == []
    assert found(store, doc_ids=[]) == [] and found(store, doc_ids=["không có"]) == []
    assert len(found(store, node_ids=[], similarity_top_k=9)) == 4


def test_a_deleted_document_is_no_longer_found(store: DraftingVectorStore) -> None:
    store.add(three())
    assert found(store) == ["ba", "một", "hai"]
    store.delete("qđ-50")
    assert found(store) == ["ba", "một"] and found(store, doc_ids=["qđ-50"]) == []
    store.delete("không có")
    assert len(store.get_nodes()) == 2


@pytest.mark.parametrize(
    ("ids", "filters", "left"),
    [
        (["một", "không có"], None, ["ba", "hai"]),
        (None, where(that("hạng", "==", "c")), ["một"]),
        (["một", "hai"], where(that("hạng", "==", "c")), ["ba", "một"]),
        ([], None, ["ba", "một", "hai"]),
        (None, None, ["ba", "một", "hai"]),
    ],
)
def test_nodes_are_deleted_by_id_and_filter(
    ids: list[str] | None,
    filters: MetadataFilters | None,
    left: list[str],
    store: DraftingVectorStore,
) -> None:
    store.add(three())
    store.delete_nodes(ids, filters)
    assert found(store) == left


def test_nodes_are_got_by_id_and_filter(store: DraftingVectorStore) -> None:
    store.add(three())

    def got(*asked: Any) -> list[str]:
        return [node.node_id for node in store.get_nodes(*asked)]

    assert got() == ["một", "hai", "ba"] and got([]) == []
    assert got(["ba", "không có", "một"]) == ["ba", "một"]
    assert got(None, where(that("cân", ">", 1))) == ["hai", "ba"]
    assert got(["ba", "một"], where(that("cân", ">", 1))) == ["ba"]


def test_a_cleared_store_is_empty_and_usable(store: DraftingVectorStore) -> None:
    store.add(three())
    store.clear()
    assert found(store) == [] and store.get_nodes() == []
    store.add(three()[:1])
    assert found(store) == ["một"]


@pytest.mark.parametrize(
    "node",
    [
        three()[0],
        Node(id_="n", text_resource=MediaResource(text="Điều 1")),
        ImageNode(id_="n", text="ảnh", image="iVBORw0KGgo="),
        IndexNode(id_="n", text="bảng", index_id="phụ lục"),
        TextNode(id_="n", text="hỏng \ud800 \0", metadata={"k\0": "\udfff"}),
        TextNode(id_="n", text="", metadata={"lồng": {"nhau": [1, None]}}, start_char_idx=3),
    ],
    ids=lambda node: node.class_name(),
)
def test_a_node_comes_back_as_it_was(node: BaseNode, tmp_path: Path) -> None:
    given = node.model_copy(update={"embedding": [0.5, 0.5]})
    first = DraftingVectorStore(tmp_path / "nut.sqlite")
    first.add([given])
    first.close()
    again = DraftingVectorStore(tmp_path / "nut.sqlite")
    (back,) = again.query(VectorStoreQuery([1.0, 1.0])).nodes or []
    assert type(back) is type(node)
    assert back.model_dump(exclude={"embedding"}) == node.model_dump(exclude={"embedding"})
    assert again.get_nodes([node.node_id])[0].hash == node.hash


def test_a_node_without_embedding_is_refused_and_none_is_kept(store: DraftingVectorStore) -> None:
    with pytest.raises(ValueError, match="embedding not set"):
        store.add([three()[0], TextNode(text="chưa có vectơ")])
    assert store.get_nodes() == [] and store.add([]) == []


def test_a_question_it_cannot_take_is_a_clear_error(store: DraftingVectorStore) -> None:
    store.add(three())
    with pytest.raises(BadInput, match="chưa có vectơ"):
        store.query(VectorStoreQuery(query_str="đoàn ra"))
    with pytest.raises(BadInput, match="không tìm theo cách “hybrid”"):
        found(store, mode=VectorStoreQueryMode.HYBRID)


def test_mmr_prefers_what_is_not_said_yet(store: DraftingVectorStore) -> None:
    near = [a_node(f"gần {n}", "d", [1.0, n / 1000]) for n in range(3)]
    store.add([*near, a_node("khác", "d", [0.7, 0.7])])
    asked: dict[str, Any] = {"query_embedding": [1.0, 0.0], "similarity_top_k": 2}
    assert found(store, **asked) == ["gần 0", "gần 1"]
    mmr = {**asked, "mode": VectorStoreQueryMode.MMR}
    assert found(store, **mmr, mmr_threshold=0.1) == ["gần 0", "khác"]
    simple = SimpleVectorStore()
    simple.add([*near, a_node("khác", "d", [0.7, 0.7])])
    for threshold in (0.1, 0.5, 1.0):
        query = VectorStoreQuery(**mmr)
        theirs = simple.query(query, mmr_threshold=threshold)
        assert store.query(query, mmr_threshold=threshold).ids == theirs.ids


def test_the_asynchronous_calls_do_the_same(store: DraftingVectorStore) -> None:
    async def all_of_it() -> list[Sequence[BaseNode] | None]:
        await store.async_add(three())
        await store.adelete("qc-19")
        await store.adelete_nodes(["hai"])
        told = [(await store.aquery(VectorStoreQuery([1.0, 0.0]))).nodes, await store.aget_nodes()]
        await store.aclear()
        return told

    told = asyncio.run(all_of_it())
    assert [[node.node_id for node in nodes or []] for nodes in told] == [["ba"], ["ba"]]
    assert store.get_nodes() == []


# --- Under LlamaIndex's own index ---


def test_an_index_over_it_inserts_finds_and_deletes(tmp_path: Path) -> None:
    path, ours = tmp_path / "nut.sqlite", DraftingEmbedding()
    nodes = [
        a_node("hộ chiếu", "qc-19", [], hạng="a"),
        a_node("hộ chiếu công vụ", "qc-19", [], hạng="b"),
        a_node("thuế nhập khẩu", "luật", [], hạng="a"),
    ]
    for node in nodes:
        node.text, node.embedding = node.node_id, None
    first = DraftingVectorStore(path)
    VectorStoreIndex.from_vector_store(first, embed_model=ours).insert_nodes(nodes)
    first.close()
    index = VectorStoreIndex.from_vector_store(DraftingVectorStore(path), embed_model=ours)

    def told(**asked: Any) -> list[str]:
        hits = index.as_retriever(similarity_top_k=3, **asked).retrieve("thue nhap khau")
        assert all(hit.score is not None and hit.text == hit.node_id for hit in hits)
        return [hit.node_id for hit in hits]

    assert told()[0] == "thuế nhập khẩu" and len(told()) == 3
    assert set(told(filters=where(that("hạng", "==", "a")))) == {"thuế nhập khẩu", "hộ chiếu"}
    assert len(told(doc_ids=["qc-19"])) == 2
    assert told(vector_store_query_mode="mmr")[0] == "thuế nhập khẩu"
    index.delete_ref_doc("luật")
    index.delete_nodes(["hộ chiếu"])
    assert told() == ["hộ chiếu công vụ"]


def test_an_index_over_it_works_asynchronously(store: DraftingVectorStore) -> None:
    index = VectorStoreIndex.from_vector_store(store, embed_model=MockEmbedding(embed_dim=2))

    async def all_of_it() -> list[str]:
        await index.ainsert_nodes(three())
        await index.adelete_ref_doc("nđ-30")
        asked = QueryBundle("đoàn ra", embedding=[1.0, 0.0])
        return [hit.node_id for hit in await index.as_retriever().aretrieve(asked)]

    assert asyncio.run(all_of_it()) == ["một", "hai"]


# --- Our embedder ---


def test_the_embedding_is_our_embedder() -> None:
    from drafting.embed import Fields, StaticEmbedder

    shipped, ours = StaticEmbedder.shipped(), DraftingEmbedding()
    assert ours.model_name == shipped.name and len(ours.get_query_embedding("x")) == shipped.dim
    question, passage = "ai quản lý hộ chiếu", "Sở Ngoại vụ quản lý hộ chiếu công vụ"
    assert np.allclose(ours.get_query_embedding(question), shipped.encode([question])[0])
    whole = shipped.encode_passages([Fields("", "", passage)])[0]
    assert np.allclose(ours.get_text_embedding(passage), whole)
    assert np.allclose(ours.get_text_embedding_batch([passage] * 3)[2], whole)

    async def later() -> tuple[list[float], list[list[float]]]:
        return (
            await ours.aget_query_embedding(question),
            await ours.aget_text_embedding_batch([passage, question]),
        )

    asked, texts = asyncio.run(later())
    assert np.allclose(asked, shipped.encode([question])[0]) and np.allclose(texts[0], whole)
