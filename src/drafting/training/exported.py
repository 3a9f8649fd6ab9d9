"""The module an exported folder carries, so that sentence-transformers reads texts as we do.

`export` writes this file with `drafting.text` in place of the import below: the folder needs torch,
numpy and safetensors, not this program. A text "name\\x1fheading\\x1fwords" is a passage, its parts
weighed; any other text is a question.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from drafting.text import folded_words

_SEPARATOR = "\x1f"


class StaticViLaw(torch.nn.Module):
    """Weighted sums of syllable and pair rows, as unit vectors."""

    modalities = ("text",)

    def __init__(self, config: dict[str, Any], tensors: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.config = config
        self.rows = torch.nn.Parameter(tensors["rows"])
        self.asked = torch.nn.Parameter(tensors["asked"])
        self.numbers = {word: at for at, word in enumerate(config["syllables"])}
        count = len(self.numbers)
        self.pairs = {
            divmod(int(key), count): at + count for at, key in enumerate(tensors["pairs"].tolist())
        }
        self._pair_keys = tensors["pairs"]
        self.max_seq_length = None

    def preprocess(
        self, inputs: list[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Four bags a text: the question, or the passage's three parts."""
        tokens: list[int] = []
        counts: list[float] = []
        starts: list[int] = []
        for text in inputs:
            parts = ((prompt or "") + text).split(_SEPARATOR)
            bags = ["", *parts] if len(parts) == 3 else [" ".join(parts), "", "", ""]
            for bag in bags:
                starts.append(len(tokens))
                found = self._bag(bag)
                tokens.extend(found)
                counts.extend(found.values())
        return {
            "input_ids": torch.tensor(tokens, dtype=torch.long),
            "counts": torch.tensor(counts, dtype=torch.float32).sqrt(),
            "starts": torch.tensor(starts, dtype=torch.long),
        }

    def tokenize(self, texts: list[str], **_: Any) -> dict[str, torch.Tensor]:
        """What older versions of sentence-transformers call."""
        return self.preprocess(texts)

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds "sentence_embedding"."""
        tokens, starts, counts = features["input_ids"], features["starts"], features["counts"]
        ends = torch.cat([starts[1:], torch.tensor([len(tokens)], device=starts.device)])
        bag = torch.repeat_interleave(
            torch.arange(len(starts), device=starts.device), ends - starts
        )
        weights = torch.where(bag % 4 == 0, counts * self.asked[tokens], counts)
        sums = torch.nn.functional.embedding_bag(
            tokens, self.rows, starts, mode="sum", per_sample_weights=weights
        ).view(-1, 4, self.rows.shape[1])
        whole = torch.nn.functional.normalize(sums[:, 0], dim=1)
        for part in range(3):
            norm = sums[:, part + 1].norm(dim=1, keepdim=True)
            soft = self.config["soft"][part]
            whole = whole + self.config["fields"][part] * sums[:, part + 1] / (soft + norm)
        features["sentence_embedding"] = torch.nn.functional.normalize(whole, dim=1)
        return features

    def _bag(self, text: str) -> Counter[int]:
        read = [self.numbers.get(word, -1) for word in folded_words(text)]
        both: Iterable[int] = (self.pairs.get(pair, -1) for pair in pairwise(read))
        found = Counter([*read, *both])
        found.pop(-1, None)
        return found

    def get_embedding_dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.rows.shape[1])

    get_sentence_embedding_dimension = get_embedding_dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Writes config.json and model.safetensors."""
        folder = Path(output_path)
        told = json.dumps(self.config, ensure_ascii=False)
        (folder / "config.json").write_text(told, encoding="utf-8")
        save_file(
            {"rows": self.rows.data, "asked": self.asked.data, "pairs": self._pair_keys},
            folder / "model.safetensors",
        )

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> StaticViLaw:
        """The module of a folder."""
        folder = Path(model_name_or_path) / subfolder
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return cls(config, load_file(folder / "model.safetensors"))
