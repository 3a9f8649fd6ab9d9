"""The manifest: which segments make the index now. Replaced in one rename, it is the commit."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafting.index.disk import Disk, write_whole
from drafting.index.segment import VERSION, Damaged

NAME = "manifest.json"
_MAGIC = "drafting-lexical"


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment of the index: its file, its checksum, the numbers of its parts taken out."""

    file: str
    check: int
    passages: int
    postings: int
    dead: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of the index at one moment; `fingerprint` is the library's it was made from."""

    generation: int = 0
    fingerprint: str = ""
    segments: tuple[Entry, ...] = field(default=())

    def save(self, folder: Path, disk: Disk) -> None:
        """Makes this the state of `folder`."""
        body = json.dumps([
            self.generation, self.fingerprint,
            [[e.file, e.check, e.passages, e.postings, sorted(e.dead)] for e in self.segments],
        ])  # fmt: skip
        whole = {"magic": _MAGIC, "version": VERSION, "check": _check(body), "body": body}
        write_whole(disk, folder / NAME, [json.dumps(whole).encode()])

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The state of `folder`, empty when it has none; `Damaged` when it cannot be read."""
        try:
            whole: Mapping[str, str | int] = json.loads((folder / NAME).read_bytes())
            body = str(whole["body"])
            if (whole["magic"], whole["version"]) != (_MAGIC, VERSION):
                raise Damaged("manifest of another program or version")
            if whole["check"] != _check(body):
                raise Damaged("manifest changed")
            generation, fingerprint, rows = json.loads(body)
            segments = tuple(
                Entry(file, check, passages, postings, frozenset(dead))
                for file, check, passages, postings, dead in rows
            )
            return cls(generation, fingerprint, segments)
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise Damaged(f"manifest: {problem}") from problem

    def next(self, fingerprint: str, segments: tuple[Entry, ...]) -> Manifest:
        """The state after this one."""
        return replace(
            self, generation=self.generation + 1, fingerprint=fingerprint, segments=segments
        )


def _check(body: str) -> int:
    return zlib.crc32(body.encode())
