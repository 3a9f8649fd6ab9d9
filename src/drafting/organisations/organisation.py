"""`Organisation`: a body or place that changed, until when it was, what took over, who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from drafting.errors import BadInput
from drafting.evidence import Evidence, prove
from drafting.library import Library
from drafting.organisations.abroad import Abroad
from drafting.records import vn_date
from drafting.settings import shipped_rules
from drafting.text import fold
from drafting.toml import read_toml

FILE = "organisations.toml"
_CHANGED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_NEEDED = ("id", "changed", "how", "successor", "source")
_ABROAD = ("names", "places", "bodies", "own")
_DISTRICT = "<huyện>"
_LISTS = ("names", "exists", "not_before", "not_after")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body or place that is no more, or not under that name.

    `names` are looked for, the full one first; `exists` are longer names of today that hold one of
    them. `changed` is a day, a month (“2025-02”) or a year; `about` says it is only known roughly.
    `how` and `successor` are printed. `province` "" means everywhere. `ambiguous` says why the name
    may still be right. `evidence` are words of the library, None where there are none.
    """

    id: str
    names: tuple[str, ...]
    changed: str
    how: str
    successor: str
    source: str
    verified: bool = False
    about: bool = False
    province: str = ""
    ambiguous: str = ""
    exists: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    evidence: Evidence | None = None

    @property
    def since(self) -> date:
        """The first day on which it may have changed."""
        return _first_day(self.changed)

    @property
    def is_sure(self) -> bool:
        """Whether day, fact and name leave no doubt."""
        return (
            self.verified and not self.about and not self.ambiguous and self.changed.count("-") == 2
        )

    @property
    def when(self) -> str:
        """The day as told to an officer.

        >>> Organisation("a", (), "2025-02", "", "", "", about=True).when
        'khoảng tháng 02/2025'
        >>> Organisation("a", (), "2025-07-01", "", "", "").when
        'từ 01/7/2025'
        """
        parts = self.changed.split("-")
        if len(parts) == 3:
            return f"{'khoảng' if self.about else 'từ'} {vn_date(self.since)}"
        named = f"tháng {parts[1] if parts[1] < '03' else int(parts[1])}/{parts[0]}" if len(
            parts
        ) == 2 else f"năm {parts[0]}"  # fmt: skip
        return f"{'khoảng' if self.about else 'từ'} {named}"

    def told(self) -> str:
        """What became of it, in one line without its name."""
        unproved = "" if self.verified else "; chưa kiểm chứng"
        how = self.how if self.how.startswith(("được ", "không còn ")) else f"đã {self.how}"
        return f"{how} {self.when}; nay là {self.successor}{unproved}"

    @property
    def to_write(self) -> str:
        """The successor's name alone, its comments in brackets left to the message.

        >>> Organisation("a", (), "2025", "", "Sở Nội vụ (một phần việc sang sở khác)", "").to_write
        'Sở Nội vụ'
        """
        return re.sub(r" \([^)]*\)", "", self.successor)

    def holds_in(self, province: str, text: str) -> bool:
        """Whether the rule speaks of this province; where none is known, of one `text` names."""
        if not self.province or fold(self.province) == fold(province):
            return True
        return not province and fold(self.province.removeprefix("tỉnh ")) in fold(text)


@dataclass(frozen=True, slots=True)
class Organisations:
    """All rules with the ways their words are spelled; hashable, so that a search compiles once."""

    every: tuple[Organisation, ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()
    abroad: Abroad = field(default_factory=Abroad)


@lru_cache(maxsize=1)
def shipped_organisations() -> Organisations:
    """The rules that come with the program."""
    return load_organisations([shipped_rules()])


def load_organisations(folders: Iterable[Path]) -> Organisations:
    """The rules of organisations.toml in these folders; a later folder's id replaces an earlier's.

    Raises `BadInput` naming file, rule and what is wrong.
    """
    known: dict[str, Organisation] = {}
    spellings: dict[tuple[str, ...], None] = {}
    districts: dict[str, None] = {}
    abroad = Abroad()
    for folder in folders:
        path = folder / FILE
        if not path.is_file():
            continue
        values = read_toml(path, "tệp quy tắc")
        spellings.update(dict.fromkeys(_spellings(values.get("spellings", []), path)))
        districts.update(dict.fromkeys(_words(values.get("districts", []), path, "districts")))
        abroad = abroad.with_more(_abroad(values.get("abroad", {}), path))
        blocks = values.get("organisation", [])
        if not isinstance(blocks, list):
            raise BadInput(f"Tệp {path}: viết [[organisation]] với hai dấu ngoặc vuông.")
        for number, block in enumerate(blocks, start=1):
            one = _organisation(block, path, number)
            known[one.id] = one
    every = (replace(one, names=_of_districts(one.names, districts)) for one in known.values())
    return Organisations(tuple(every), tuple(spellings), abroad)


def proven_organisations(every: Organisations, library: Library) -> Organisations:
    """The rules, those whose evidence the library does not hold no longer verified."""
    judged = (
        replace(one, verified=False)
        if one.verified and one.evidence and not prove(one.evidence, library).verified
        else one
        for one in every.every
    )
    return replace(every, every=tuple(judged))


def open_organisations(folder: Path, library: Library, notices: list[str]) -> Organisations:
    """The shipped bodies with the office's own of `folder`, proved; a bad file is told and left."""
    try:
        every = load_organisations([shipped_rules(), folder])
    except BadInput as problem:
        if str(problem) not in notices:
            notices.append(str(problem))
        every = shipped_organisations()
    return proven_organisations(every, library)


def _organisation(block: Mapping[str, Any], path: Path, number: int) -> Organisation:
    where = f"Tệp {path}, khối [[organisation]] thứ {number}"
    lacking = [name for name in _NEEDED if not _is_text(block.get(name))]
    lists = {name: block.get(name, []) for name in _LISTS}
    unfit = [name for name, value in lists.items() if not _is_texts(value)]
    if not lists["names"]:
        lacking.append("names")
    if lacking or unfit:
        wrong = ", ".join([*lacking, *unfit])
        raise BadInput(f"{where}: thiếu hoặc sai {wrong}. Xem lời dặn ở đầu tệp kèm chương trình.")
    if not _is_day(block["changed"]):
        raise BadInput(f"{where}: changed phải là 2025-07-01, 2025-07 hoặc 2025.")
    return Organisation(
        names=tuple(lists["names"]),
        exists=tuple(lists["exists"]),
        not_before=tuple(lists["not_before"]),
        not_after=tuple(lists["not_after"]),
        id=block["id"],
        changed=block["changed"],
        how=block["how"],
        successor=block["successor"],
        source=block["source"],
        verified=block.get("verified") is True,
        about=block.get("about") is True,
        province=str(block.get("province", "")),
        ambiguous=str(block.get("ambiguous", "")),
        evidence=_evidence(block),
    )


def _evidence(block: Mapping[str, Any]) -> Evidence | None:
    if not all(_is_text(block.get(name)) for name in ("document", "eid", "quote")):
        return None
    verified = block.get("verified") is True
    return Evidence(block["document"], block["eid"], block["quote"], verified, block["source"])


def _spellings(value: object, path: Path) -> Sequence[tuple[str, ...]]:
    if not isinstance(value, list) or not all(_is_texts(one) for one in value):
        raise BadInput(f"Tệp {path}: spellings phải là danh sách các danh sách chữ.")
    return [tuple(one) for one in value]


def _abroad(value: object, path: Path) -> Abroad:
    if not isinstance(value, dict) or set(value) - set(_ABROAD):
        raise BadInput(f"Tệp {path}: khối [abroad] chỉ có {', '.join(_ABROAD)}.")
    return Abroad(*(_words(value.get(name, []), path, f"abroad.{name}") for name in _ABROAD))


def _words(value: object, path: Path, name: str) -> tuple[str, ...]:
    if not _is_texts(value):
        raise BadInput(f"Tệp {path}: {name} phải là danh sách chữ trong ngoặc kép.")
    return tuple(value)  # type: ignore[arg-type]  # a list of texts, looked at above


def _of_districts(names: Sequence[str], districts: Iterable[str]) -> tuple[str, ...]:
    """The names, one with `<huyện>` as many as there are ways to say a district."""
    ways = tuple(districts)
    return tuple(
        one
        for name in names
        for one in ([name.replace(_DISTRICT, way) for way in ways] if _DISTRICT in name else [name])
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _is_day(text: str) -> bool:
    try:
        return bool(_first_day(text))
    except (ValueError, TypeError):
        return False


def _first_day(text: str) -> date:
    parts = _CHANGED.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    return date(int(parts["year"]), int(parts["month"] or 1), int(parts["day"] or 1))
