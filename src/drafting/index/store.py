"""The folder of an index: segments and the manifest that names them. One writer, any readers.

Every change writes new files, then replaces the manifest; files no manifest names are deleted. A
reader that meets a deleted file reads the manifest again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

from drafting.index.build import Source, segments
from drafting.index.disk import Disk, write_whole
from drafting.index.manifest import Entry, Manifest
from drafting.index.merge import SMALL, due, merged
from drafting.index.segment import Damaged, Segment, checksum, open_segment

Open = list[tuple[Segment, frozenset[int]]]
_NO_LIMIT = 1 << 40
_READ_TRIES = 20
# A segment is written again once so much of it was taken out.
_WASTE = 0.3


def open_segments(folder: Path) -> tuple[Manifest, Open]:
    """The state of `folder` and its segments mapped; `Damaged` when a file is not as written."""
    problem: Damaged | None = None
    manifest = Manifest()
    for _ in range(_READ_TRIES):
        before, manifest = manifest, Manifest.load(folder)
        if problem is not None and manifest == before:
            break
        try:
            return manifest, [(_opened(folder, entry), entry.dead) for entry in manifest.segments]
        except (Damaged, FileNotFoundError) as now:
            # Damage, or a writer replaced the manifest in between: it tells on reading it again.
            problem = Damaged(str(now))
    raise problem or Damaged("never at rest")


def _opened(folder: Path, entry: Entry) -> Segment:
    path = folder / entry.file
    if checksum(path) != entry.check:
        raise Damaged(f"{entry.file}: changed")
    return open_segment(path)


class Store:
    """Changes the index in `folder`; make one while holding `one_writer(folder)`.

    `seen` is what `open_segments` gave before: not opened again if nobody changed it since.
    """

    def __init__(
        self, folder: Path, disk: Disk | None = None, seen: tuple[Manifest, Open] | None = None
    ) -> None:
        self.folder, self.disk = folder, disk or Disk()
        self._named = 0
        same = seen is not None and seen[0] == Manifest.load(folder)
        self.manifest, opened = seen if seen and same else open_segments(folder)
        self._open = {
            entry.file: segment
            for entry, (segment, _) in zip(self.manifest.segments, opened, strict=True)
        }

    @classmethod
    def open_or_reset(
        cls,
        folder: Path,
        disk: Disk | None = None,
        tell: Callable[[str], None] = print,
        seen: tuple[Manifest, Open] | None = None,
    ) -> Store:
        """The store, emptied (with a sentence) when what is there is damaged or foreign."""
        try:
            return cls(folder, disk, seen)
        except Damaged as problem:
            tell(f"Chỉ mục tìm kiếm hỏng ({problem}); đang lập lại từ kho, không mất dữ liệu.")
            Manifest(generation=_generation_on_disk(folder)).save(folder, disk or Disk())
            return cls(folder, disk)

    @property
    def opened(self) -> Open:
        """The segments of the index as it stands now."""
        return [(self._open[entry.file], entry.dead) for entry in self.manifest.segments]

    def digests(self) -> dict[tuple[str, str], int]:
        """The documents of the index, (file, digest), with how many passages each has."""
        found: dict[tuple[str, str], int] = {}
        for entry in self.manifest.segments:
            for number, part in enumerate(self._open[entry.file].parts):
                if number not in entry.dead:
                    key = (part.file, part.digest)
                    found[key] = found.get(key, 0) + part.count
        return found

    def change(
        self, fingerprint: str, add: Iterable[Source], remove: Collection[tuple[str, str]] = ()
    ) -> None:
        """Takes documents out and puts others in, in one step for every reader."""
        entries = [self._without(entry, set(remove)) for entry in self.manifest.segments]
        entries += [self._write(segment) for segment in segments(add)]
        self._commit(fingerprint, self._merge(entries, SMALL))

    def compact(self) -> None:
        """Merges what grew too many: for a quiet moment, as it may take seconds."""
        entries = self._merge(list(self.manifest.segments), _NO_LIMIT)
        if entries != list(self.manifest.segments):
            self._commit(self.manifest.fingerprint, entries)

    def _without(self, entry: Entry, gone: set[tuple[str, str]]) -> Entry:
        if not gone:
            return entry
        parts = self._open[entry.file].parts
        dead = {n for n, part in enumerate(parts) if (part.file, part.digest) in gone}
        return replace(entry, dead=entry.dead | dead) if dead - entry.dead else entry

    def _merge(self, entries: list[Entry], limit: int) -> list[Entry]:
        entries = [entry for entry in entries if self._alive(entry)]
        for at, entry in enumerate(entries):
            wasted = 1 - self._alive(entry) / max(1, entry.passages)
            if wasted > _WASTE and entry.postings <= limit:
                entries[at] = self._merged([entry])
        while chosen := due(entries, limit):
            one = self._merged([entries[number] for number in chosen])
            entries = [e for n, e in enumerate(entries) if n not in set(chosen)] + [one]
        return entries

    def _merged(self, entries: list[Entry]) -> Entry:
        return self._write(merged([(self._open[e.file], e.dead) for e in entries]))

    def _alive(self, entry: Entry) -> int:
        parts = self._open[entry.file].parts
        return sum(part.count for number, part in enumerate(parts) if number not in entry.dead)

    def _write(self, segment: Segment) -> Entry:
        """A new segment file; nobody reads it before the manifest names it."""
        self._named += 1
        name = f"segment-{self.manifest.generation + 1}-{self._named}.idx"
        path = self.folder / name
        write_whole(self.disk, path, segment.blocks())
        self._open[name] = open_segment(path)
        return Entry(name, checksum(path), len(segment.lengths), len(segment.passages))

    def _commit(self, fingerprint: str, entries: list[Entry]) -> None:
        manifest = self.manifest.next(fingerprint, tuple(entries))
        manifest.save(self.folder, self.disk)
        self.manifest, self._named = manifest, 0
        kept = {entry.file for entry in entries}
        self._open = {name: segment for name, segment in self._open.items() if name in kept}
        for path in self.folder.iterdir():
            if path.name not in kept and path.suffix in {".idx", ".tmp"}:
                self.disk.remove(path)


def _generation_on_disk(folder: Path) -> int:
    """The highest generation any file here was written in: its names are not used again."""
    numbers = [path.name.split("-")[1] for path in folder.glob("segment-*-*")]
    return max((int(number) for number in numbers if number.isdigit()), default=0)
