"""A second look at the first finds: a cross-encoder the office downloaded, opened offline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from drafting.embed.embedder import Floats
from drafting.embed.opened import opening
from drafting.embed.processor import multiplies_bfloat16
from drafting.embed.texts import cleaned
from drafting.errors import BadInput

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Reads question and text together, so it is slow and sure: for the first twenty finds.

    Any folder sentence-transformers' CrossEncoder opens, such as bge-reranker-v2-m3. It loads at
    the first question (seconds), never before.
    """

    def __init__(self, folder: Path) -> None:
        if why := _unfit(folder / "config.json"):
            raise BadInput(
                f"Thư mục {folder} không phải mô hình xếp lại ({why}). "
                "Chỉ đúng thư mục một cross-encoder đã tải về máy, như bge-reranker-v2-m3."
            )
        self.folder = folder
        self._model: CrossEncoder | None = None

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        """How well each text answers, larger is better; only the order means anything."""
        if not texts:
            return np.zeros(0, np.float32)
        pairs = [(cleaned(question), cleaned(text)) for text in texts]
        model = self._opened()
        with opening(self.folder):
            scores = model.predict(pairs, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(scores, np.float32).reshape(len(texts))

    def _opened(self) -> CrossEncoder:
        if self._model is None:
            with opening(self.folder):
                from sentence_transformers import CrossEncoder

                model = CrossEncoder(str(self.folder), device="cpu", local_files_only=True).eval()
                self._model = model if multiplies_bfloat16() else model.float()
        return self._model


def _unfit(config: Path) -> str:
    """Why this is no cross-encoder, "" when it is: opened anyway it would score at random."""
    try:
        told = json.loads(config.read_text("utf-8"))
        kinds, labels = told["architectures"], told.get("id2label", {"0": "", "1": ""})
        if not any(str(kind).endswith("ForSequenceClassification") for kind in kinds):
            return f"đây là {', '.join(map(str, kinds))}"
        return "" if len(labels) == 1 else f"cho {len(labels)} số một đoạn, không phải một điểm"
    except FileNotFoundError:
        return "thiếu config.json"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "config.json hỏng"
