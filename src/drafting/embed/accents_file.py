"""What `accents` has read, kept in one derived file: read again only when the library changes."""

from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from drafting.embed.accents import Accents, Counts, counted
from drafting.embed.embedder import Embedder, Fields, Floats

FILE = "accents.npz"
_FORMAT = "1"


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
    """The accents of the library with fingerprint `library`, from `folder` or learned now.

    `texts` is asked only when there is something to learn. A file that cannot be written is no
    harm: the next time learns again.
    """
    path = folder / FILE
    counts = _read(path, library)
    if counts is None:
        counts = counted(texts())
        with contextlib.suppress(OSError):
            _write(path, library, counts)
    return Accents(counts)


def _read(path: Path, library: str) -> Counts | None:
    """The counts of exactly this library; None for any other, a damaged or missing file."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if kept["about"].tolist() != [_FORMAT, library]:
                return None
            words = tuple(kept["words"].tobytes().decode("utf-8").split("\n"))
            counts = Counts(words, kept["seen"], kept["pairs"], kept["often"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = len(words) == len(counts.seen) and len(counts.pairs) == len(counts.often)
    return counts if fits else None


def _write(path: Path, library: str, counts: Counts) -> None:
    """Written beside, synced, renamed: a stop leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            np.savez(
                file,
                about=np.array([_FORMAT, library]),
                words=np.frombuffer("\n".join(counts.words).encode("utf-8"), np.uint8),
                seen=counts.seen,
                pairs=counts.pairs,
                often=counts.often,
            )
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
