"""Proves the library against its texts and its files."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from drafting.findings import Finding, Severity
from drafting.library.meta import FolderMeta
from drafting.library.rows import Stored
from drafting.library.store import Library


def verify(library: Library, meta: FolderMeta) -> list[Finding]:
    """What does not hold: a file that changed, is gone or is not the one declared, a text whose
    structure could not be read, a span outside its text, a text that is not what its spans show,
    an id used twice. Empty when everything holds.
    """
    findings: list[Finding] = []
    paths = library.paths()
    for stored in library.stored:
        path, sha256 = paths[stored.record.file]
        findings += _file_findings(stored.record.file, Path(path), sha256)
        findings += _declared_findings(stored, meta)
        findings += _tree_findings(stored)
    return findings


def _declared_findings(stored: Stored, meta: FolderMeta) -> list[Finding]:
    file, document = stored.record.file, stored.document
    found = meta.contradictions(file, document.source.sha256, document.designation)
    fix = "So với bản gốc: sửa lại tệp, hoặc sửa khai báo trong corpus.toml."
    unread = [f for f in document.findings if f.code == "ST00"]
    return [
        *(Finding(code, Severity.ERROR, file, why, fix=fix) for code, why in found.items()),
        *(replace(finding, where=file) for finding in unread),
    ]


def _file_findings(file: str, path: Path, sha256: str) -> list[Finding]:
    fix = "Chạy “drafting corpus sync”."
    if not path.is_file():
        return [Finding("KH01", Severity.WARNING, file, f"Không còn tệp {path}", fix=fix)]
    try:
        data = path.read_bytes()
    except OSError:
        return [Finding("KH08", Severity.ERROR, file, f"Không mở được tệp {path}", fix=fix)]
    if hashlib.sha256(data).hexdigest() != sha256:
        return [Finding("KH02", Severity.ERROR, file, "Tệp đã thay đổi từ lần đọc trước", fix=fix)]
    return []


def _tree_findings(stored: Stored) -> list[Finding]:
    file, document = stored.record.file, stored.document
    length = len(document.source.text)
    found: list[Finding] = []
    seen: set[str] = set()
    for provision in document.provisions:
        where = f"{file}, {provision.eid}"
        if provision.eid in seen:
            found.append(Finding("KH03", Severity.ERROR, where, "Mã đơn vị xuất hiện hai lần"))
        seen.add(provision.eid)
        if any(not 0 <= start < end <= length for start, end in provision.spans):
            found.append(Finding("KH04", Severity.ERROR, where, "Đoạn trích nằm ngoài văn bản"))
        if provision.text != document.source.display(provision.spans):
            found.append(Finding("KH05", Severity.ERROR, where, "Lời văn không khớp văn bản gốc"))
    return found
