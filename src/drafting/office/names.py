"""What an officer calls a document or a province, and what state a folder is in."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from drafting.designation import Designation
from drafting.errors import BadInput
from drafting.library import Library, Stored
from drafting.text import fold, one_line

# Raise it when the same texts would be read otherwise (relations): the folder is then read again.
_VALIDITY = 1
_PROVINCE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+")


def province_as_known(given: str, library: Library) -> str:
    """A province as the library writes it: “lang son” is “tỉnh Lạng Sơn”; else as given."""
    wanted = _PROVINCE.sub("", fold(one_line(given)))
    known = {record.jurisdiction for record in library.all_records}
    own = (p for p in sorted(known) if _PROVINCE.match(fold(p)))
    return next((p for p in own if _PROVINCE.sub("", fold(p)) == wanted), one_line(given))


def document_called(name: str, library: Library) -> Stored:
    """The document called `name` (số ký hiệu or file); `BadInput` names what there is."""
    wanted, words = Designation.parse(name), fold(name.strip())
    for stored in library.stored:
        record = stored.record
        if words in {fold(record.file), fold(record.designation), fold(Path(record.file).stem)}:
            return stored
        if wanted is not None and wanted.key in record.keys:
            return stored
    known = ", ".join(s.record.designation or s.record.file for s in library.stored)
    raise BadInput(f"Kho không có văn bản “{name}”. Các văn bản có toàn văn: {known}.")


def folder_state(folder: Path) -> str:
    """A hash over names, sizes and times of the folder's files: cheap, and changes when they do."""
    if not folder.is_dir():
        return ""
    stats = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    return hashlib.sha256(repr((_VALIDITY, str(folder.absolute()), stats)).encode()).hexdigest()
