"""Small embedders built in a second, and the promises every embedder keeps."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

from drafting.embed import Embedder, Fields, StaticEmbedder
from drafting.embed.static import Tables, quantised, write_model
from drafting.embed.vocabulary import Vocabulary

WORDS = ("doan", "ra", "ho", "chieu", "tinh")


def five_words(folder: Path, dim: int = 16, name: str = "năm-từ") -> StaticEmbedder:
    """A model of five syllables and two pairs, written to `folder` and read back."""
    pairs = np.array([0 * 5 + 1, 2 * 5 + 3])
    vocabulary = Vocabulary(WORDS, pairs)
    rows, scales = quantised(
        np.random.default_rng(1).standard_normal((len(vocabulary), dim)).astype(np.float32)
    )
    asked = np.ones(len(vocabulary), np.float32)
    tables = Tables(vocabulary, rows, scales, asked, (0.7, 1.0, 0.8), (1.0, 1.0, 1.0))
    write_model(folder, tables, name, {"seed": 1})
    return StaticEmbedder.load(folder)


def sentence_transformer_folder(folder: Path) -> Path:
    """A sentence-transformers folder of five whole words: what an office would download, small."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = ["[UNK]", "Đoàn", "ra", "hộ", "chiếu", "tỉnh"]
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(2).standard_normal((len(words), 16)).astype(np.float32)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


def keeps_the_contract(embedder: Embedder, within: float = 1e-5) -> None:
    """The suite: fails with the promise that is broken. `within`: how coarsely it counts."""
    texts = ["Đoàn ra của tỉnh", "hộ chiếu", "Đoàn ra"]
    vectors = embedder.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, embedder.dim)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert np.array_equal(vectors, embedder.encode(texts)), "the same texts, the same numbers"
    for text, vector in zip(texts, vectors, strict=True):
        assert np.allclose(embedder.encode([text])[0], vector, atol=within), "alone as in company"
    decomposed = [unicodedata.normalize("NFD", text) for text in texts]
    assert np.allclose(embedder.encode(decomposed), vectors, atol=within), "NFD is the same text"
    assert embedder.encode([]).shape == (0, embedder.dim)
    passages = [Fields("Quy chế đoàn ra", "hộ chiếu", "tỉnh"), Fields("", "", "Đoàn ra")]
    found = embedder.encode_passages(passages)
    assert found.dtype == np.float32
    assert found.shape == (2, embedder.dim)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)
    assert embedder.encode_passages([]).shape == (0, embedder.dim)
    bad = ["", " \n", "\0", "hộ\0chiếu", "\ud800", "đoàn " * 10_000, "🙂", "\x1f"]
    _no_harm(embedder.encode(bad), len(bad), embedder.dim)
    broken = [Fields(text, text, text) for text in bad]
    _no_harm(embedder.encode_passages(broken), len(bad), embedder.dim)
    assert embedder.name and embedder.name == embedder.name.strip()


def _no_harm(vectors: np.typing.NDArray[np.float32], count: int, dim: int) -> None:
    assert vectors.shape == (count, dim)
    assert np.isfinite(vectors).all()
    lengths = np.linalg.norm(vectors, axis=1)
    assert all(abs(n) < 1e-6 or abs(n - 1) < 1e-4 for n in lengths), "a unit vector or zeros"
