"""A segment: one immutable file of flat arrays, memory-mapped when opened.

    DRAFTLEX | length of head | head (JSON: arrays, parts) | arrays, each at a multiple of 64

`keys` are the terms' 64-bit keys in order; the postings of term t stand at starts[t]:starts[t+1].
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Starts = npt.NDArray[np.uint32]
Passages = npt.NDArray[np.uint16]
Weights = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

MAGIC = b"DRAFTLEX"
VERSION = 2
_ALIGN = 64
_TYPES = {
    "keys": "<u8", "starts": "<u4", "passages": "<u2", "weights": "|u1", "lengths": "<u4",
    "eids": "|u1", "words": "|u1",
}  # fmt: skip
# Files up to this size are checked byte by byte when opened, larger ones in this many windows.
_WHOLE = 16_000_000
_WINDOWS, _WINDOW = 32, 1 << 16


class Damaged(Exception):
    """A file of the index is cut short, changed or not ours."""


# Not frozen: one a document is made at every opening, and frozen ones take three times as long.
@dataclass(slots=True)
class Part:
    """A run of passages of one document: `count` of them from local number `begin`.

    They are the document's own passages from `offset` on; `digest` hashes all that
    is indexed of it.
    """

    file: str
    digest: str
    offset: int
    begin: int
    count: int


@dataclass(frozen=True)
class Segment:
    """The arrays of a segment; `weights` are field weights summed in halves, at most 255."""

    keys: Keys
    starts: Starts
    passages: Passages
    weights: Weights
    lengths: npt.NDArray[np.uint32]
    parts: tuple[Part, ...]
    eid_text: npt.NDArray[np.uint8]
    word_text: npt.NDArray[np.uint8]

    @cached_property
    def eids(self) -> list[str]:
        """The eIds of its passages, in order."""
        return _lines(self.eid_text)

    @cached_property
    def words(self) -> list[str]:
        """Its folded words."""
        return _lines(self.word_text)

    def runs(self, keys: Keys) -> list[slice | None]:
        """Where the postings of each key stand; None for a term it has not."""
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        found = self.keys[at] == keys if len(self.keys) else np.zeros(len(keys), dtype=bool)
        return [
            slice(int(self.starts[i]), int(self.starts[i + 1])) if hit else None
            for i, hit in zip(at, found, strict=True)
        ]

    def blocks(self) -> Iterator[bytes | memoryview]:
        """The file's bytes, piece by piece."""
        arrays = self._arrays()
        table, at = {}, 0
        for name, array in arrays.items():
            table[name] = [at, len(array)]
            at += -(-array.nbytes // _ALIGN) * _ALIGN
        head = json.dumps({
            "version": VERSION, "arrays": table, "bytes": at,
            "parts": [list(asdict(part).values()) for part in self.parts],
        }, ensure_ascii=False).encode()  # fmt: skip
        begin = MAGIC + len(head).to_bytes(8, "little") + head
        yield begin + bytes(-len(begin) % _ALIGN)
        for array in arrays.values():
            yield np.ascontiguousarray(array).data.cast("B") if len(array) else b""
            yield bytes(-array.nbytes % _ALIGN)

    def _arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        return {
            "keys": self.keys, "starts": self.starts, "passages": self.passages,
            "weights": self.weights, "lengths": self.lengths, "eids": self.eid_text,
            "words": self.word_text,
        }  # fmt: skip


def as_text(lines: list[str] | tuple[str, ...]) -> npt.NDArray[np.uint8]:
    """Lines as bytes, the way a segment keeps them."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(text: npt.NDArray[np.uint8]) -> list[str]:
    return text.tobytes().decode().split("\n") if len(text) else []


def open_segment(path: Path) -> Segment:
    """The segment in `path`, its arrays mapped; `Damaged` when it is not one, or cut short."""
    try:
        # As plain arrays: slicing np.memmap objects costs microseconds each.
        data = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
        head, begin = _head(data)
        if len(data) != begin + head["bytes"]:
            raise Damaged(f"{path.name}: cut short")
        arrays = {
            name: data[begin + at :][: count * np.dtype(_TYPES[name]).itemsize].view(_TYPES[name])
            for name, (at, count) in head["arrays"].items()
        }
        parts = tuple(Part(*part) for part in head["parts"])
        segment = Segment(
            arrays["keys"], arrays["starts"], arrays["passages"], arrays["weights"],
            arrays["lengths"], parts, arrays["eids"], arrays["words"],
        )  # fmt: skip
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, IndexError) as problem:
        raise Damaged(f"{path.name}: {problem}") from problem
    if len(segment.starts) != len(segment.keys) + 1:
        raise Damaged(f"{path.name}: arrays disagree")
    return segment


def _head(data: npt.NDArray[np.uint8]) -> tuple[dict[str, Any], int]:
    """The head of a segment file and where its arrays begin."""
    if data[: len(MAGIC)].tobytes() != MAGIC:
        raise Damaged("not a segment of ours")
    size = int.from_bytes(data[8:16].tobytes(), "little")
    head: dict[str, Any] = json.loads(data[16 : 16 + size].tobytes())
    if head["version"] != VERSION:
        raise Damaged(f"version {head['version']}")
    return head, -(-(16 + size) // _ALIGN) * _ALIGN


def checksum(path: Path) -> int:
    """A CRC of the file: of all of it up to 16 MB, else of its size and 32 windows spread over it.

    Reading all of a large index at every start would cost more than it protects: files are only
    ever replaced whole, so damage comes from the disk, and everything can be built again.
    """
    if not path.stat().st_size:
        return 0
    data = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    if len(data) <= _WHOLE:
        return zlib.crc32(data.data)
    crc = zlib.crc32(str(len(data)).encode())
    for at in np.linspace(0, len(data) - _WINDOW, _WINDOWS).astype(int):
        crc = zlib.crc32(data[at : at + _WINDOW].data, crc)
    return crc
