"""An office's own downloaded model: any sentence-transformers folder, opened offline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from drafting.embed.embedder import Fields, Floats
from drafting.embed.opened import opening
from drafting.embed.processor import multiplies_bfloat16
from drafting.embed.texts import cleaned, unit
from drafting.errors import BadInput

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# What makers of models call the two kinds of text in their list of prompts.
_ASKED, _PASSAGE = ("query", "question"), ("document", "passage", "corpus")

_PIECES, _PIECE = 16, 8192


class SentenceTransformerEmbedder:
    """A model folder such as BGE-M3 or multilingual-e5, downloaded by the office beforehand.

    `asked_prefix` and `passage_prefix` are what the model's card asks for ("query: ", "passage: "
    for e5; nothing for BGE-M3); None takes those the folder itself names, if any. The model loads
    at the first text (5–7 s), never before.
    """

    def __init__(
        self, folder: Path, *, asked_prefix: str | None = None, passage_prefix: str | None = None
    ) -> None:
        if not (folder / "modules.json").is_file():
            raise BadInput(
                f"Thư mục {folder} không phải mô hình sentence-transformers (thiếu modules.json). "
                "Chỉ đúng thư mục mô hình đã tải về máy."
            )
        self._folder = folder
        own = _prompts(folder)
        self._prefixes = (
            _first(own, _ASKED) if asked_prefix is None else asked_prefix,
            _first(own, _PASSAGE) if passage_prefix is None else passage_prefix,
        )
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
        return self._vectors([self._prefixes[0] + cleaned(text) for text in texts])

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        """Passages as one text each, name and heading first."""
        return self._vectors([self._prefixes[1] + cleaned(p.joined()) for p in passages])

    def _vectors(self, texts: list[str]) -> Floats:
        model = self._opened()
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        # Prefixes are ours to add: an empty prompt keeps the model from adding one of its own.
        found = model.encode(texts, prompt="", convert_to_numpy=True, show_progress_bar=False)
        return unit(np.asarray(found, np.float32))

    def _opened(self) -> SentenceTransformer:
        if self._model is None:
            with opening(self._folder):
                from sentence_transformers import SentenceTransformer

                model = SentenceTransformer(
                    str(self._folder), device="cpu", local_files_only=True
                ).eval()
                self._model = model if multiplies_bfloat16() else model.float()
        return self._model


def _prompts(folder: Path) -> dict[str, str]:
    try:
        told = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
        return {name: text for name, text in told["prompts"].items() if isinstance(text, str)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _first(prompts: dict[str, str], names: Sequence[str]) -> str:
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _fingerprint(folder: Path, prefixes: tuple[str, str]) -> str:
    """Changes when a file of the model does, without reading gigabytes."""
    told = [*prefixes]
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        told.append(f"{path.relative_to(folder).as_posix()} {size} {_sampled(path, size)}")
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:12]


def _sampled(path: Path, size: int) -> str:
    """A hash over the whole of a small file and over pieces of a large one.

    A model trained further differs in every piece; its size and settings stay.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in range(_PIECES):
            file.seek(piece * size // _PIECES)
            digest.update(file.read(_PIECE))
    return digest.hexdigest()
