"""An office's own downloaded model: any sentence-transformers folder, opened offline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from drafting.embed.embedder import Fields, Floats
from drafting.errors import BadInput
from drafting.text import nfc

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# More would only be cut by the model; some tokenisers choke on a 50,000-character line.
_MAX_CHARS = 20_000


class SentenceTransformerEmbedder:
    """A model folder such as BGE-M3 or multilingual-e5, downloaded by the office beforehand.

    `asked_prefix` and `passage_prefix` are what the model's card asks for ("query: ", "passage: "
    for e5; nothing for BGE-M3). The model loads at the first text (5–7 s), never before.
    """

    def __init__(self, folder: Path, *, asked_prefix: str = "", passage_prefix: str = "") -> None:
        if not (folder / "modules.json").is_file():
            raise BadInput(
                f"Thư mục {folder} không phải mô hình sentence-transformers (thiếu modules.json). "
                "Chỉ đúng thư mục mô hình đã tải về máy."
            )
        self._folder = folder
        self._prefixes = (asked_prefix, passage_prefix)
        self.name = f"{folder.name}@{_fingerprint(folder, self._prefixes)}"
        self._model: SentenceTransformer | None = None

    @property
    def dim(self) -> int:
        """How many numbers a vector has; loads the model."""
        model = self._opened()
        # Renamed between versions; pyproject allows 3 and later.
        ask = getattr(model, "get_embedding_dimension", None)
        return int((ask() if ask else model.get_sentence_embedding_dimension()) or 0)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Questions, with the question prefix."""
        return self._vectors([self._prefixes[0] + _clean(text) for text in texts])

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        """Passages as one text each, name and heading first."""
        return self._vectors([self._prefixes[1] + _clean(p.joined()) for p in passages])

    def _vectors(self, texts: list[str]) -> Floats:
        model = self._opened()
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        found = model.encode(
            texts, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, np.float32)

    def _opened(self) -> SentenceTransformer:
        if self._model is None:
            try:
                from sentence_transformers import SentenceTransformer
            except ImportError:
                raise BadInput(
                    "Máy này chưa cài sentence-transformers nên không mở được mô hình riêng. "
                    "Cài bằng: pip install sentence-transformers."
                ) from None
            from safetensors import SafetensorError

            try:
                self._model = SentenceTransformer(
                    str(self._folder), device="cpu", local_files_only=True
                )
            except (
                *(OSError, ValueError, KeyError, RuntimeError, ImportError),
                SafetensorError,
            ) as problem:
                raise BadInput(
                    f"Không mở được mô hình trong {self._folder}: {problem}. "
                    "Tải lại trọn thư mục mô hình."
                ) from None
        return self._model


def _clean(text: str) -> str:
    """NFC, no NUL (it truncates in some tokenisers), no lone surrogates, not too long."""
    kept = nfc(text[:_MAX_CHARS]).replace("\0", " ")
    return kept.encode("utf-8", "replace").decode("utf-8")


def _fingerprint(folder: Path, prefixes: tuple[str, str]) -> str:
    """Changes when a file of the model does, without reading gigabytes: names, sizes, settings."""
    told = [*prefixes]
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        told.append(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}")
        if path.suffix == ".json" and path.stat().st_size < 100_000:
            told.append(hashlib.sha256(path.read_bytes()).hexdigest())
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:12]
