"""Makes the library agree with a folder: one transaction a document, bad files set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from drafting.errors import BadInput, UnreadableFile
from drafting.library.meta import FolderMeta, read_meta
from drafting.library.store import Library
from drafting.read import read
from drafting.records import Record
from drafting.structure import Document, structure

SUFFIXES = {".txt", ".md", ".docx"}
# Raise it when the parser gives other trees: stored documents are then read again.
PARSER_VERSION = 1


@dataclass(slots=True)
class SyncReport:
    """What a sync did, by file name; `problems` are files set aside, with the reason."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The report in the JSON of `drafting corpus sync`."""
        return asdict(self)


def sync(
    library: Library, folder: Path, progress: Callable[[str], None] = lambda _file: None
) -> SyncReport:
    """Reads every text of `folder` that is new or changed; forgets what is gone.

    Interrupted anywhere, what was read stays and the next call goes on. Raises `BadInput` when the
    folder or its TOML files cannot be used; a single bad file only becomes a problem.
    """
    if not folder.is_dir():
        raise BadInput(f"Không có thư mục {folder}. Chỉ ra thư mục chứa các văn bản (.txt, .docx).")
    meta = read_meta(folder)
    files = {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))
    }
    report = SyncReport()
    states = library.states()
    for name, path in files.items():
        _sync_file(library, path, meta, states.get(name), report)
        progress(name)
    for name in sorted(set(states) - set(files)):
        with library.transaction():
            library.remove(name)
        report.removed.append(name)
    for name in sorted(set(meta.files) - set(files)):
        report.problems.append({"file": name, "why": "Có trong corpus.toml nhưng không có tệp này"})
    if list(library.known) != list(meta.known):
        with library.transaction():
            library.set_known(meta.known)
    return report


def _sync_file(
    library: Library, path: Path, meta: FolderMeta, before: str | None, report: SyncReport
) -> None:
    declared = meta.files.get(path.name)
    try:
        state = _state(path.read_bytes(), declared)
        if state == before:
            return
        record, document = load_document(path, declared)
    except (UnreadableFile, OSError) as problem:
        with library.transaction():
            library.note_problem(path.name, str(problem))
        report.problems.append({"file": path.name, "why": str(problem)})
        return
    with library.transaction():
        library.put(record, document, path.absolute(), state)
    (report.changed if before else report.added).append(path.name)
    if declared is None:
        why = "Chưa khai trong corpus.toml: chưa biết phạm vi, hiệu lực"
        report.problems.append({"file": path.name, "why": why})


def load_document(path: Path, declared: Record | None) -> tuple[Record, Document]:
    """The tree of one file and its record: the declared one, else what the text itself prints.

    Units outside the declared lines (a web page's introduction) are left out.
    """
    document = structure(read(path))
    if declared is None:
        return _printed(path, document), document
    if declared.lines is not None:
        first, last = declared.lines
        inside = tuple(p for p in document.provisions if first <= p.line <= last)
        document = replace(document, provisions=inside)
    return declared, document


def _printed(path: Path, document: Document) -> Record:
    return Record(
        designation=document.designation,
        kind=document.kind.capitalize(),
        issuer="",
        subject=document.subject,
        name=document.subject or path.stem,
        file=path.name,
        source="đọc từ tệp",
    )


def _state(data: bytes, declared: Record | None) -> str:
    known = json.dumps(asdict(declared), default=str, sort_keys=True) if declared else ""
    made_from = hashlib.sha256(data).hexdigest() + known + str(PARSER_VERSION)
    return hashlib.sha256(made_from.encode()).hexdigest()
