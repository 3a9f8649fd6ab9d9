"""Writing so that a stop at any moment leaves the old state or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from drafting.errors import OutputBusy

_LOCK_SECONDS = 60.0
# A reader on Windows may hold the manifest for the moment it takes to read it.
_REPLACE_TRIES = 50


class Disk:
    """The steps that touch the disk; tests stop at each of them."""

    def write(self, path: Path, blocks: Iterable[bytes | memoryview]) -> None:
        """A new file with these bytes, on the disk when this returns."""
        with path.open("wb") as file:
            for block in blocks:
                self.put(file.fileno(), block)
            self.sync(file.fileno())

    def put(self, handle: int, block: bytes | memoryview) -> None:
        """Some bytes to an open file."""
        rest = memoryview(block)
        while len(rest):
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:
        """Wait until an open file is on the disk."""
        os.fsync(handle)

    def replace(self, path: Path, target: Path) -> None:
        """Rename over `target` in one step."""
        for left in reversed(range(_REPLACE_TRIES)):
            try:
                path.replace(target)
                break
            except PermissionError:
                if not left:
                    raise
                time.sleep(0.02)
        if os.name == "posix":
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                self.sync(folder)
            finally:
                os.close(folder)

    def remove(self, path: Path) -> None:
        """Delete a file nobody names any more; one still mapped on Windows stays for later."""
        with contextlib.suppress(OSError):
            path.unlink()


def write_whole(disk: Disk, path: Path, blocks: Iterable[bytes | memoryview]) -> None:
    """`path` with these bytes: written beside, synced, renamed."""
    beside = path.with_name(f"{path.name}.tmp")
    disk.write(beside, blocks)
    disk.replace(beside, path)


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Held by the only process that writes to `folder`; a process that dies lets go."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+b") as file:
        until = time.monotonic() + _LOCK_SECONDS
        while not _try_lock(file.fileno()):
            if time.monotonic() > until:
                raise OutputBusy(
                    "Chỉ mục đang được một chương trình khác cập nhật. Chờ xong rồi thử lại."
                )
            time.sleep(0.01)
        yield


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
