"""The parts of a Word package, unzipped within limits and parsed without entities or network."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from drafting.errors import UnreadableFile

# A page of dense text is about 20 KB of XML: this is more than a thousand pages.
MAX_PART = 32_000_000
MAX_ENTRIES = 5_000

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
# “Strict Open XML” files say the same under other names (ISO/IEC 29500-1, annex A).
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": (
        b"http://schemas.openxmlformats.org/drawingml/2006/main"
    ),
}
# Word never writes a DTD; its entities could blow up or read other files, also in attributes.
_DOCTYPE = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Mở bằng Word, chọn Lưu thành (Save As), kiểu Word Document (.docx)."
_AGAIN = "Mở bằng Word xem còn đọc được không, lưu lại; hoặc xin lại tệp gốc."


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: the last word of the relation's type and the target part's name."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file: parts by name, each parsed once.

    Raises `UnreadableFile`, with what to do, for everything that is no readable Word file.
    """

    path: Path
    _zip: zipfile.ZipFile = field(repr=False)
    main: str = ""

    @classmethod
    def from_bytes(cls, data: bytes, path: str | Path) -> Package:
        """The package in `data`; `path` only names it in messages."""
        path = Path(path)
        if data.startswith(_OLE):
            raise _ole_file(data, path)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise UnreadableFile(path, "tệp hỏng hoặc không phải tệp Word .docx", _AGAIN) from None
        if len(archive.infolist()) > MAX_ENTRIES:
            raise UnreadableFile(path, "tệp nén chứa quá nhiều phần", _AGAIN)
        package = cls(path, archive)
        mains = [r.target for r in package.relations("").values() if r.kind == "officeDocument"]
        if not mains or not package.has(mains[0]) or not mains[0].endswith(".xml"):
            raise package._no_document()
        if mains[0].startswith(("xl/", "ppt/")):
            raise UnreadableFile(path, "đây là bảng tính hoặc trang chiếu đổi đuôi", _SAVE_AS)
        return cls(path, archive, mains[0])

    def has(self, name: str) -> bool:
        """Whether the package holds a part of this name."""
        return name in self._zip.namelist()

    def bytes_of(self, name: str) -> bytes:
        """The bytes of a part, never more than `MAX_PART` however it was packed."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MAX_PART + 1)
        except RuntimeError:
            raise UnreadableFile(
                self.path, "tệp nén có mật khẩu", "Bỏ mật khẩu rồi thử lại."
            ) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise UnreadableFile(self.path, f"phần {name} của tệp bị hỏng", _AGAIN) from None
        if len(data) > MAX_PART:
            raise UnreadableFile(
                self.path,
                f"phần {name} quá lớn (hơn {MAX_PART // 1_000_000} MB)",
                "Tách tệp thành từng văn bản rồi thử lại.",
            )
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part; entities are never resolved, a DTD is refused."""
        data = self.bytes_of(name)
        if any(sign in data for sign in _DOCTYPE):
            raise UnreadableFile(
                self.path, "tệp chứa khai báo DTD, có thể không an toàn", "Xin lại tệp gốc."
            )
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise UnreadableFile(self.path, f"phần {name} của tệp bị hỏng", _AGAIN) from None

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` ("" for the package) points to inside the package, by relation id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return {}
        found = {}
        for item in self.xml(rels).iter(f"{{{_RELS}}}Relationship"):
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = item.get("Type", "").rsplit("/", 1)[-1]
            found[item.get("Id", "")] = Relation(kind, posixpath.normpath(full))
        return found

    def related(self, kind: str, part: str | None = None) -> etree._Element | None:
        """What the document (or `part`) points to as `kind` ("styles", "theme"), or None."""
        for relation in self.relations(self.main if part is None else part).values():
            if relation.kind == kind and self.has(relation.target):
                return self.xml(relation.target)
        return None

    def _no_document(self) -> UnreadableFile:
        names = self._zip.namelist()
        if "mimetype" in names:
            return UnreadableFile(self.path, "đây là tệp LibreOffice (.odt) đổi đuôi", _SAVE_AS)
        if any(name.startswith(("xl/", "ppt/")) for name in names):
            return UnreadableFile(self.path, "đây là bảng tính hoặc trang chiếu đổi đuôi", _SAVE_AS)
        return UnreadableFile(self.path, "tệp nén này không chứa văn bản Word", _AGAIN)


def _ole_file(data: bytes, path: Path) -> UnreadableFile:
    """An OLE container: a password-protected .docx or an old .doc with a new ending."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile(
            path, "tệp có mật khẩu", "Mở bằng Word, bỏ mật khẩu (Tệp › Thông tin), lưu lại."
        )
    return UnreadableFile(path, "đây là tệp Word đời cũ (.doc) đổi đuôi", _SAVE_AS)
