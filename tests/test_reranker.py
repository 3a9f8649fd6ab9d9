"""A reranker folder scores pairs offline; a folder that is none is refused before it can guess."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from drafting.embed import CrossEncoderReranker
from drafting.errors import BadInput

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "Đoàn", "ra", "hộ", "chiếu", "tỉnh"]


def cross_encoder(folder: Path) -> Path:
    """A cross-encoder of five words with random weights: what an office would download, small."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    tokenizer = Tokenizer(WordLevel({w: at for at, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    ).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=0.5,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_each_text_gets_a_score_of_its_own(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(cross_encoder(tmp_path / "xếp lại"))
    texts = ["hộ chiếu", "tỉnh", "", "tỉnh " * 5_000, "hộ\0chiếu", "\ud800"]
    scores = reranker.score("Đoàn ra", texts)
    assert scores.dtype == np.float32 and scores.shape == (len(texts),)
    assert np.isfinite(scores).all()
    assert scores[0] != scores[1]
    assert np.allclose(scores, reranker.score("Đoàn ra", texts))
    assert reranker.score("Đoàn ra", []).shape == (0,)


def test_a_folder_that_is_no_cross_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"thiếu config\.json"):
        CrossEncoderReranker(tmp_path)
    config = tmp_path / "config.json"
    for told, why in [
        ({"architectures": ["BertModel"]}, "đây là BertModel"),
        ({"architectures": ["BertForSequenceClassification"]}, "cho 2 số"),
        ({"architectures": None}, "hỏng"),
        ([], "hỏng"),
    ]:
        config.write_text(json.dumps(told), "utf-8")
        with pytest.raises(BadInput, match=why):
            CrossEncoderReranker(tmp_path)


def test_a_reranker_cut_short_is_a_sentence(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "m")
    (folder / "model.safetensors").write_bytes(b"")
    with pytest.raises(BadInput, match="Tải lại"):
        CrossEncoderReranker(folder).score("Đoàn ra", ["tỉnh"])
