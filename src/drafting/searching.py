"""Everything a search needs, opened from an office's settings: index, embedders, rerankers."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafting import log
from drafting.errors import BadInput, DraftingError
from drafting.index import open_index
from drafting.library import Library
from drafting.organisations import open_organisations
from drafting.passages import VERSION as CUT
from drafting.passages import Passage, passages
from drafting.retrieve import Reranker, Retriever
from drafting.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from drafting.embed import Embedder, StaticEmbedder
    from drafting.retrieve.dense import Dense, Half
    from drafting.retrieve.ranking import SecondLook
    from drafting.vectors import Filled

# Passages encoded between two commits: some seconds of a slow embedder.
_SLOW_BATCH = 32
NOT_THROUGH = (
    "Mô hình nêu trong settings.toml chưa đọc hết kho: đang tìm bằng mô hình kèm chương trình. "
    "Chạy “drafting corpus sync” để đọc tiếp."
)
_UNREAD = "Chưa dùng được mô hình xếp lại nêu trong settings.toml"


def open_retriever(
    library: Library,
    given: Settings,
    notices: list[str],
    progress: Callable[[Filled], None] = lambda _: None,
) -> Retriever:
    """The search over `library`; what cannot be used now is left out and told in `notices`."""
    found = [passage for stored in library.stored for passage in passages(stored)]
    keys = {one.record.file: f"{one.state}-{CUT}" for one in library.stored if one.state}
    index = open_index(
        given.index,
        hashlib.sha256(repr(sorted(keys.items())).encode()).hexdigest()[:16],
        found,
        keys=keys,
        tell=lambda _sentence: log.note("index_rebuilt", passages=len(found)),
    )
    dense = _dense(library, given, found, notices, progress)
    ranks, looks = _reranker(given, notices), _second_look(given, notices)
    bodies = open_organisations(given.own_rules, library, notices)
    return Retriever(library, index, found, dense, ranks, looks, bodies)


def own_model(given: Settings) -> Path:
    """Where `drafting train` puts the model adapted to this office."""
    return given.home / "models" / "static"


def own_ranking(given: Settings) -> Path:
    """Where `drafting train --answers` puts the weights fitted to this office's answers."""
    return given.home / "models" / "ranking.json"


def own_embedder(given: Settings, notices: list[str]) -> StaticEmbedder:
    """The model adapted to this office, else the shipped one; a damaged one is told."""
    from drafting.embed import StaticEmbedder

    if own_model(given).parent.is_dir():
        from drafting.training import standing

        own = standing(own_model(given))
        try:
            if own is not None:
                return StaticEmbedder.load(own)
        except BadInput:
            _tell(notices, f"Mô hình riêng ở {own} bị hỏng: đang dùng mô hình kèm theo chương "
                  "trình. Chạy lại “drafting train”, hoặc xóa thư mục ấy.")  # fmt: skip
    return StaticEmbedder.shipped()


def fill_vectors(
    found: Sequence[Passage],
    given: Settings,
    progress: Callable[[Filled], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Filled | None:
    """How far the embedder of settings.toml has come; None where ours is the only one.

    Encodes what is missing, batch by batch: a stop or a kill loses one batch, and searching goes on
    meanwhile with what there is. `BadInput` when that embedder cannot be used.
    """
    from drafting.embed import configured
    from drafting.vectors import VectorStore, content_key, fields_of

    embedder = configured(given)
    if embedder is None:
        return None
    begun = time.perf_counter()
    fields = [fields_of(passage) for passage in found]
    keyed = {content_key(one): one for one in fields}
    with VectorStore(_store(given)) as store:
        filled = store.fill(embedder, keyed, progress=progress, stop=stop, batch=_SLOW_BATCH)
    spent = round((time.perf_counter() - begun) * 1000)
    log.note("vectors_filled", done=filled.done, total=filled.total, ms=spent)
    return filled


def _dense(
    library: Library,
    given: Settings,
    found: Sequence[Passage],
    notices: list[str],
    progress: Callable[[Filled], None],
) -> Dense | None:
    """The dense half; None, and the lexical half alone, when its file cannot be used now."""
    from drafting.retrieve.dense import Dense, open_half

    try:
        ours = own_embedder(given, notices)
        first = open_half(_store(given), found, ours, progress=progress)
        second = _second(library, given, found, notices)
    except (DraftingError, OSError) as problem:
        log.note("dense_unavailable", why=type(problem).__name__)
        _tell(notices, f"Đang tìm chỉ bằng từ ngữ, kém hơn thường lệ: {problem}")
        return None
    return Dense(*(half for half in (first, second) if half is not None)) if first else None


def _second(
    library: Library, given: Settings, found: Sequence[Passage], notices: list[str]
) -> Half | None:
    """The embedder of settings.toml, once it has been through every passage."""
    from drafting.embed import Accented, configured, open_accents
    from drafting.retrieve.dense import open_half

    try:
        embedder: Embedder | None = configured(given)
        if embedder is None:
            return None
        texts = (passage.text for passage in found)
        accents = open_accents(given.index, library.fingerprint(), lambda: texts)
        half = open_half(_store(given), found, Accented(embedder, accents), fill=False)
    except BadInput as problem:
        _tell(notices, f"Chưa dùng được mô hình nêu trong settings.toml: {problem}")
        return None
    if half is None:
        _tell(notices, NOT_THROUGH)
    return half


def _reranker(given: Settings, notices: list[str]) -> Reranker:
    """The weights fitted to this office's answers, else the shipped ones."""
    own = own_ranking(given)
    try:
        return Reranker.own(own) if own.is_file() else Reranker.shipped()
    except BadInput as problem:
        _tell(notices, str(problem))
        return Reranker.shipped()


def _second_look(given: Settings, notices: list[str]) -> SecondLook | None:
    """The cross-encoder of settings.toml."""
    from drafting.embed import configured_reranker

    try:
        reader = configured_reranker(given)
    except BadInput as problem:
        _tell(notices, f"{_UNREAD}: {problem}")
        return None
    return _Guarded(reader, notices) if reader else None


class _Guarded:
    """A second look that fails once is told once, and from then on has no opinion."""

    def __init__(self, reader: SecondLook, notices: list[str]) -> None:
        self._reader: SecondLook | None = reader
        self._notices = notices

    def score(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The reader's scores, all alike when it cannot be used."""
        import numpy as np

        if self._reader is not None:
            try:
                return self._reader.score(question, texts)
            except DraftingError as problem:
                self._reader = None
                _tell(self._notices, f"{_UNREAD}: {problem}")
        return np.zeros(len(texts), np.float32)


def _store(given: Settings) -> Path:
    return given.index / "vectors.sqlite"


def _tell(notices: list[str], sentence: str) -> None:
    if sentence not in notices:
        notices.append(sentence)
