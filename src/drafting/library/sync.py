"""Makes the library agree with a folder: one transaction a document, bad files set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from drafting.errors import BadInput, DraftingError
from drafting.library.meta import FolderMeta, read_meta
from drafting.library.store import Library
from drafting.read import read, read_bytes
from drafting.records import Record
from drafting.structure import Document, structure

SUFFIXES = {".txt", ".md", ".docx"}
# Raise it when the parser gives other trees: stored documents are then read again.
PARSER_VERSION = 2


@dataclass(slots=True)
class SyncReport:
    """What a sync did, by file name; `problems` are all that is wrong with the folder now: files
    that cannot be read, that nobody declared, that are missing or are not the ones declared;
    `rules` are the rules whose words the library does not hold now, `validity` what the texts say
    of each other's validity and the TOML files do not, or otherwise (both: office)."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    rules: list[dict[str, str]] = field(default_factory=list)
    validity: list[dict[str, str]] = field(default_factory=list)

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
    problems: dict[str, str] = {}
    for name, path in files.items():
        if why := _sync_file(library, path, meta.files.get(name), states.get(name), report):
            problems[name] = why
        progress(name)
    for name in sorted(set(states) - set(files)):
        _remove(library, name, report)
    problems |= _contradictions(library, meta, files)
    with library.transaction():
        library.set_problems(problems)
        library.set_paths(files)
        if [one for one in library.declared if not one.file] != list(meta.known):
            library.set_known(meta.known)
    report.problems = [{"file": file, "why": why} for file, why in library.problems()]
    return report


def _sync_file(
    library: Library, path: Path, declared: Record | None, before: str | None, report: SyncReport
) -> str:
    """Why the file cannot be read, and what became of what was read before; "" when it can."""
    try:
        state = _state(read_bytes(path), declared)
        if state == before:
            return ""
        record, document = load_document(path, declared)
    except (DraftingError, OSError) as problem:
        why = str(problem) if isinstance(problem, DraftingError) else "Không mở được tệp này."
        if before is None:
            return why
        _remove(library, path.name, report)
        return f"{why} Bản đã đọc trước đây đã bỏ khỏi kho; sửa xong, chạy “drafting corpus sync”."
    with library.transaction():
        library.put(record, document, path.absolute(), state)
    (report.changed if before else report.added).append(path.name)
    return ""


def _remove(library: Library, file: str, report: SyncReport) -> None:
    with library.transaction():
        library.remove(file)
    report.removed.append(file)


def _contradictions(
    library: Library, meta: FolderMeta, files: Mapping[str, Path]
) -> dict[str, str]:
    """Where folder and corpus.toml disagree, by file; told again at every sync until mended."""
    missing = set(meta.files) - set(files)
    found = dict.fromkeys(missing, "Có trong corpus.toml nhưng không có tệp này")
    printed = library.printed()
    for name, (_, sha256) in library.paths().items():
        whys = list(meta.contradictions(name, sha256, printed[name]).values())
        if name not in meta.files:
            whys.append("Chưa khai trong corpus.toml: chưa biết phạm vi, hiệu lực")
        if whys:
            found[name] = ". ".join(whys)
    return found


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
