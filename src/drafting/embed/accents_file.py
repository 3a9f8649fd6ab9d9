"""What `accents` has read: the shipped law texts, and the library in a derived file of its own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from drafting.embed.accents import Accents, Counts, counted, joined
from drafting.embed.embedder import Embedder, Fields, Floats

FILE = "accents.npz"
SHIPPED = Path(__file__).resolve().parents[1] / "models" / "accents-vi-law" / FILE
_FORMAT = "1"
# Names and phrases of the office's own documents before those of laws in general (its card).
_OWN_WEIGHT = 3


class Accented:
    """An embedder that sees questions with their accents put back; passages pass as they are."""

    def __init__(self, embedder: Embedder, accents: Accents) -> None:
        self._embedder, self._accents = embedder, accents
        # The passages' vectors are the embedder's own, so they keep its name.
        self.name = embedder.name

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self._embedder.dim

    def encode(self, texts: Sequence[str]) -> Floats:
        """Questions, accents first."""
        return self._embedder.encode([self._accents.restored(text) for text in texts])

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        """What the questions are compared with."""
        return self._embedder.encode_passages(passages)


def open_accents(folder: Path, library: str, texts: Callable[[], Iterable[str]]) -> Accents:
    """What the shipped texts and the library with fingerprint `library` teach together.

    The library's part comes from `folder` or is learned now; `texts` is asked only then. A file
    that cannot be written is no harm: the next time learns again.
    """
    path = folder / FILE
    own = read_counts(path, library)
    if own is None:
        own = counted(texts())
        with contextlib.suppress(OSError):
            write_counts(path, library, own)
    shipped = read_counts(SHIPPED, SHIPPED.parent.name)
    return Accents(joined(shipped, own, _OWN_WEIGHT) if shipped else own)


def read_counts(path: Path, name: str) -> Counts | None:
    """The counts written under exactly this name; None for any other or a damaged file."""
    from zipfile import BadZipFile  # 10 ms, for those who restore accents

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if kept["about"].tolist() != [_FORMAT, name]:
                return None
            words = tuple(kept["words"].tobytes().decode("utf-8").split("\n"))
            counts = Counts(words, kept["seen"], np.cumsum(kept["gaps"]), kept["often"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    fits = len(words) == len(counts.seen) and len(counts.pairs) == len(counts.often)
    return counts if fits else None


def write_counts(path: Path, name: str, counts: Counts) -> None:
    """Written beside, synced, renamed: a stop leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            np.savez_compressed(
                file,
                about=np.array([_FORMAT, name]),
                words=np.frombuffer("\n".join(counts.words).encode("utf-8"), np.uint8),
                seen=counts.seen,
                gaps=np.diff(counts.pairs, prepend=0),
                often=counts.often,
            )
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
