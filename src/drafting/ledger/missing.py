"""“Văn bản được viện dẫn nhưng chưa có trong kho”: what to load next, the most cited first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drafting.ledger.entry import Entry, Verdict
from drafting.records import CASE_PAPER

LISTED = "chỉ biết số, chưa có toàn văn"
UNKNOWN = "không có trong kho và danh mục"


@dataclass(frozen=True, slots=True)
class Missing:
    """A document cited `count` times without its text in the library; `cited_in` are files."""

    name: str
    designation: str
    why: str
    count: int
    cited_in: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The document in the JSON of `drafting cite` and `drafting corpus list --missing`."""
        return {
            "name": self.name, "designation": self.designation, "why": self.why,
            "count": self.count, "cited_in": list(self.cited_in),
        }  # fmt: skip


def missing(entries: Iterable[tuple[str, Entry]]) -> tuple[Missing, ...]:
    """What to load next for entries, each with the file it stands in ("" for none)."""
    found: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
    for file, entry in entries:
        why = _why(entry)
        if why:
            found.setdefault((entry.designation or entry.text, why), []).append((file, entry))
    told = [
        Missing(
            _name(group[0][1]), key, why,
            len({(file, one.span) for file, one in group}),
            tuple(dict.fromkeys(file for file, _ in group if file)),
        )
        for (key, why), group in found.items()
    ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: -one.count))


def _why(entry: Entry) -> str:
    record = entry.record
    if record is not None:
        return LISTED if not record.file and record.role != CASE_PAPER else ""
    unknown = entry.verdict is Verdict.NOT_FOUND and bool(entry.designation)
    return UNKNOWN if unknown else ""


def _name(entry: Entry) -> str:
    return entry.record.title if entry.record else entry.called or entry.designation
