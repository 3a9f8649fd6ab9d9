"""Our model as a float sentence-transformers folder, for programs that are not ours."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import numpy as np

from drafting.embed.static import StaticEmbedder

_MODULE = "static_vi_law"
_FUTURE = "from __future__ import annotations\n"
_OURS = re.compile(r"^from drafting\.text import .*\n", re.MULTILINE)


def export(model: StaticEmbedder, folder: Path) -> Path:
    """Writes `folder` for `SentenceTransformer(folder, trust_remote_code=True)`.

    It carries its own tokenising module, hence the flag; weights are float32. Needs torch.
    """
    import torch
    from safetensors.torch import save_file

    tables = model.tables
    folder.mkdir(parents=True, exist_ok=True)
    rows = tables.rows.astype(np.float32) * tables.scales[:, None]
    save_file(
        {
            "rows": torch.from_numpy(rows),
            "asked": torch.from_numpy(np.ascontiguousarray(tables.asked)),
            "pairs": torch.from_numpy(np.ascontiguousarray(tables.vocabulary.pairs)),
        },
        folder / "model.safetensors",
    )
    weights = {"fields": list(tables.fields), "soft": list(tables.soft)}
    config = {"name": model.name, **weights, "syllables": list(tables.vocabulary.syllables)}
    modules = [{"idx": 0, "name": "0", "path": "", "type": f"{_MODULE}.StaticViLaw"}]
    settings = {"similarity_fn_name": "cosine", "prompts": {}, "model_type": "SentenceTransformer"}
    for name, told in (
        ("config.json", config),
        ("modules.json", modules),
        ("config_sentence_transformers.json", settings),
    ):
        text = json.dumps(told, ensure_ascii=False)
        (folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    (folder / f"{_MODULE}.py").write_text(_module(), encoding="utf-8", newline="\n")
    return folder


def _module() -> str:
    """The exported module with the tokeniser's source in place of its import."""
    text = (resources.files("drafting") / "text.py").read_text(encoding="utf-8")
    module = (resources.files("drafting.training") / "exported.py").read_text(encoding="utf-8")
    head, body = module.split(_FUTURE, 1)
    tokeniser = text.split(_FUTURE, 1)[1]
    return head + _FUTURE + tokeniser + _OURS.sub("", body)
