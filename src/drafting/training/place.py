"""A model folder put in its place whole: beside, then by rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drafting.errors import BadInput, OutputBusy

_OURS = {
    "asked.npy", "model.json", "pairs.npy", "rows.npy", "scales.npy", "syllables.txt",
}  # fmt: skip


def unfinished(folder: Path) -> Path:
    """Where the model meant for `folder` is made; nobody reads it there."""
    return folder.with_name(f"{folder.name}.part")


def standing(folder: Path) -> Path | None:
    """The whole model of `folder`, None when there is none.

    Between two renames it stands beside: a power cut there loses nothing.
    """
    return next((path for path in (folder, _ready(folder)) if path.is_dir()), None)


def check_free(folder: Path) -> None:
    """`BadInput` when `folder` holds anything a new model may not replace."""
    if folder.is_dir():
        others = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
        if not others:
            return
        what = f"đã có tệp khác ({', '.join(others[:3])})"
    elif folder.exists():
        what = "là một tệp"
    else:
        return
    raise BadInput(f"{folder} {what}, mô hình không ghi đè. Chọn một thư mục mới với -o.")


def put_in_place(folder: Path) -> None:
    """What was made in `unfinished(folder)` becomes `folder`; the model there before goes."""
    made, ready = unfinished(folder), _ready(folder)
    old = folder.with_name(f"{folder.name}.old")
    for path in made.iterdir():
        if path.name in _OURS:
            _sync(path)
        else:
            path.unlink()
    for left in (ready, old):
        shutil.rmtree(left, ignore_errors=True)
    made.replace(ready)
    if folder.exists():
        folder.replace(old)
    ready.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses meanwhile into a sentence; what was written before stays."""
    try:
        yield
    except OSError as problem:
        raise OutputBusy(
            f"Không ghi được mô hình vào {folder}: {problem.strerror or problem}. Đóng các cửa sổ "
            "drafting khác, kiểm tra quyền ghi và chỗ trống rồi chạy lại lệnh ấy."
        ) from None


def _ready(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.new")


def _sync(path: Path) -> None:
    """Waits until a file is on the disk: a name must not outlive a power cut that its bytes did
    not."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
