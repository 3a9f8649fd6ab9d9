"""Our own embedding: a table of numbers for syllables and pairs, read with numpy alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drafting.embed.embedder import Fields, Floats
from drafting.embed.texts import unit
from drafting.embed.vocabulary import Bags, Ints, Vocabulary
from drafting.errors import BadInput

FORMAT = 1
# A text longer than this says nothing new to a bag of words; a question never is.
MAX_CHARS = 200_000
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Tables:
    """What training makes and this file reads: `rows[i] * scales[i]` is the vector of token i.

    `asked` multiplies a token said in a question; `fields` and `soft` weigh name, heading and text
    of a passage: part p counts `fields[p] * p / (soft[p] + |p|)`.
    """

    vocabulary: Vocabulary
    rows: npt.NDArray[np.int8]
    scales: Floats
    asked: Floats
    fields: tuple[float, float, float]
    soft: tuple[float, float, float]


class StaticEmbedder:
    """The shipped model, or one that `drafting train` wrote.

    >>> ours = StaticEmbedder.shipped()
    >>> one, other, far = ours.encode(["hộ chiếu công vụ", "HO CHIEU CONG VU", "thuế nhập khẩu"])
    >>> bool(one @ other > 0.999), bool(one @ far < 0.5)
    (True, True)
    """

    def __init__(self, tables: Tables, name: str) -> None:
        self._tables = tables
        # The same bytes without memmap's slow item access.
        self._rows = np.asarray(tables.rows)
        self.name = name
        self.dim = int(tables.rows.shape[1])

    @classmethod
    def shipped(cls) -> StaticEmbedder:
        """The model inside the package."""
        return cls.load(Path(__file__).resolve().parents[1] / "models" / "static-vi-law")

    @classmethod
    def load(cls, folder: Path) -> StaticEmbedder:
        """The model in `folder`; `BadInput` names the folder when it is not whole."""
        try:
            meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            if meta["format"] != FORMAT:
                raise ValueError(f"định dạng {meta['format']}, chương trình này đọc {FORMAT}")
            tables = _read(folder, meta)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as problem:
            raise BadInput(
                f"Mô hình nhúng trong thư mục {folder} không dùng được: {problem}. "
                "Cài lại chương trình hoặc huấn luyện lại bằng drafting train."
            ) from None
        return cls(tables, f"{meta['name']}@{meta['digest'][:12]}")

    @property
    def tables(self) -> Tables:
        """The numbers themselves, for export and further training."""
        return self._tables

    def encode(self, texts: Sequence[str]) -> Floats:
        """Questions or loose texts; a text of unknown words gives zeros."""
        bags = self._tables.vocabulary.bags([text[:MAX_CHARS] for text in texts])
        return unit(self._sums(bags, self._tables.asked))

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        """Passages, their parts weighed as in training."""
        found = np.zeros((len(passages), self.dim), np.float32)
        for begin in range(0, len(passages), _CHUNK):
            some = passages[begin : begin + _CHUNK]
            whole = found[begin : begin + len(some)]
            for part, (weight, soft) in enumerate(
                zip(self._tables.fields, self._tables.soft, strict=True)
            ):
                bags = self._tables.vocabulary.bags([p[part][:MAX_CHARS] for p in some])
                sums = self._sums(bags, None)
                norms = np.linalg.norm(sums, axis=1, keepdims=True)
                whole += np.float32(weight) * sums / (np.float32(soft) + norms)
        return unit(found)

    def _sums(self, bags: Bags, asked: Floats | None) -> Floats:
        tables = self._tables
        weights = bags.weights * tables.scales[bags.tokens]
        if asked is not None:
            weights *= asked[bags.tokens]
        sums = np.zeros((len(bags.starts) - 1, self.dim), np.float32)
        for i, (begin, end) in enumerate(zip(bags.starts[:-1], bags.starts[1:], strict=True)):
            if end > begin:
                rows = self._rows[bags.tokens[begin:end]].astype(np.float32)
                sums[i] = weights[begin:end] @ rows
        return sums


def write_model(folder: Path, tables: Tables, name: str, told: dict[str, object]) -> None:
    """Writes the model; `told` (seed, steps, counts) goes into model.json as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "rows.npy", tables.rows)
    np.save(folder / "scales.npy", tables.scales.astype(np.float32))
    np.save(folder / "asked.npy", tables.asked.astype(np.float16))
    np.save(folder / "pairs.npy", tables.vocabulary.pairs.astype(np.int64))
    spelled = "".join(f"{word}\n" for word in tables.vocabulary.syllables)
    (folder / "syllables.txt").write_text(spelled, encoding="utf-8", newline="\n")
    digest = hashlib.sha256(tables.rows.tobytes() + tables.scales.tobytes() + spelled.encode())
    meta = {
        "format": FORMAT,
        "name": name,
        "digest": digest.hexdigest(),
        "dim": int(tables.rows.shape[1]),
        "tokens": len(tables.vocabulary),
        "fields": list(tables.fields),
        "soft": list(tables.soft),
        **told,
    }
    text = json.dumps(meta, ensure_ascii=False, indent=1)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def quantised(rows: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """`rows` as int8 and one scale a row; the largest error is half a scale."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    return np.round(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _read(folder: Path, meta: dict[str, list[float]]) -> Tables:
    syllables = (folder / "syllables.txt").read_text(encoding="utf-8").splitlines()
    pairs: Ints = np.load(folder / "pairs.npy", allow_pickle=False)
    rows = np.load(folder / "rows.npy", mmap_mode="r", allow_pickle=False)
    scales = np.load(folder / "scales.npy", allow_pickle=False)
    asked = np.load(folder / "asked.npy", allow_pickle=False).astype(np.float32)
    vocabulary = Vocabulary(tuple(syllables), pairs)
    if not len(vocabulary) == len(rows) == len(scales) == len(asked) or rows.dtype != np.int8:
        raise ValueError("các bảng không khớp nhau")
    name, heading, text = meta["fields"]
    soft = meta["soft"]
    return Tables(
        vocabulary, rows, scales, asked, (name, heading, text), (soft[0], soft[1], soft[2])
    )
