"""Puts a draft's two files in place together: the paper and its bảng đối chiếu, or neither."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from drafting.errors import DraftingError
from drafting.library import Library
from drafting.render import Context, render
from drafting.render.write import put, refuse_if_taken


def write_pair(
    paper: tuple[Context, Path, Path],
    table: tuple[Context, Path, Path],
    *,
    final: bool,
    library: Library,
) -> list[Path]:
    """Renders (context, template, out) of paper and table, then replaces both; the copies kept.

    Both are noted as ours: a file there that is not is an officer's work and is kept beside as
    `<name>.truoc-1.docx`. Raises `OutputBusy` when either cannot be replaced now; then both are as
    they were.
    """
    outs = [paper[2], table[2]]
    for out in outs:
        refuse_if_taken(out)
    with tempfile.TemporaryDirectory(prefix="drafting-") as scratch:
        written = []
        for number, (context, template, out) in enumerate((paper, table)):
            file = Path(scratch) / f"{number}-{out.name}"
            render(context, template, file, final=final or number == 1)
            written.append(file.read_bytes())
    kept = [copy for out in outs if (copy := _kept_copy(out, library)) is not None]
    before = outs[0].read_bytes() if outs[0].is_file() else None
    put(outs[0], written[0], lambda _: None)
    try:
        put(outs[1], written[1], lambda _: None)
    except DraftingError:
        if before is None:
            outs[0].unlink(missing_ok=True)
        else:
            put(outs[0], before, lambda _: None)
        raise
    for out in outs:
        _note(out, library)
    return kept


def write_noted(out: Path, data: bytes, library: Library) -> Path | None:
    """Puts `data` at `out`, noted as ours; the copy kept beside when the file there was not.

    Raises `OutputBusy` when it cannot be replaced now; then it is as it was.
    """
    refuse_if_taken(out)
    kept = _kept_copy(out, library)
    put(out, data, lambda _: None)
    _note(out, library)
    return kept


def _note(out: Path, library: Library) -> None:
    library.note(_name(out), _sha256_of(out))


def _name(path: Path) -> str:
    return f"written {path.absolute()}"


def _sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _kept_copy(out: Path, library: Library) -> Path | None:
    if not out.is_file() or library.noted(_name(out)) == _sha256_of(out):
        return None
    number = 1
    while (copy := out.with_name(f"{out.stem}.truoc-{number}{out.suffix}")).exists():
        number += 1
    shutil.copy2(out, copy)
    return copy
