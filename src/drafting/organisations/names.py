"""Names of bodies in a clean text: every spelling, the longest name, none inside another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafting.citations.clean import BREAK
from drafting.organisations.abroad import PROPER
from drafting.organisations.organisation import Organisation, Organisations
from drafting.text import classic

# “huyện <Tên>”: up to four words with a capital.
_NAMED = rf"{PROPER}(?: {PROPER}){{0,3}}"
# “các tỉnh … Bắc Giang”: what the list has named before it.
_LISTED = re.compile(
    rf"(?<!\w)tỉnh (?:(?:{PROPER}|-|và|với|tỉnh|thành phố)(?:, | )){{1,24}}$", re.IGNORECASE
)
_LIST = "… "


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in a clean text, and where."""

    organisation: Organisation
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to look for; `organisation` None for one that exists."""

    words: str
    organisation: Organisation | None


def named_bodies(text: str, rules: Organisations, province: str) -> Iterator[Named]:
    """Every changed body that `text` (of `Clean`) names, in order, none over another."""
    names, pattern = _compiled(rules, classic(province))
    for match in pattern.finditer(text):
        if match.lastgroup is None:
            continue
        name = names[int(match.lastgroup[1:])]
        start, end = match.span()
        if name.organisation is None or not name.organisation.holds_in(province, text):
            continue
        if _LIST in name.words and not _is_listed(text, start, end):
            continue
        if _is_other(text, start, end, name.organisation) or rules.abroad.holds(text, start, end):
            continue
        yield Named(name.organisation, start, end)


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether a province without the word “tỉnh” stands in a list that began with it."""
    longer = re.match(rf" {PROPER}", text[end : end + 12])
    return not longer and _LISTED.search(text[max(0, start - 160) : start]) is not None


def _is_other(text: str, start: int, end: int, rule: Organisation) -> bool:
    """Whether the words are part of something else or begin another line."""
    before, after = text[max(0, start - 160) : start].lower(), text[end : end + 40].lower()
    if any(before.endswith(f"{word.lower()} ") for word in rule.not_before):
        return True
    if any(after.startswith(f" {word.lower()}") for word in rule.not_after):
        return True
    return any(
        char == BREAK and not text[start + at + 1].islower()
        for at, char in enumerate(text[start:end])
    )


@lru_cache(maxsize=32)
def _compiled(rules: Organisations, province: str) -> tuple[list[_Name], re.Pattern[str]]:
    """The names, and one pattern over them: longer names are tried first."""
    names = [
        *(_Name(name, one) for one in rules.every for name in one.names),
        *(_Name(name, None) for one in rules.every for name in one.exists),
    ]
    # A placeholder stands for more words than it has.
    names.sort(key=lambda one: (-len(one.words) - 12 * one.words.count("<"), one.words))
    spoken = _spoken(rules.spellings)
    own = province.removeprefix("tỉnh ").removeprefix("thành phố ")
    parts = (
        f"(?P<n{at}>{_bare(one.words) or _pattern(one.words, spoken, own)})"
        for at, one in enumerate(names)
        if own or "<tỉnh>" not in one.words
    )
    begins = "|".join(sorted(_first_words(names, rules.spellings)))
    pattern = rf"(?<!\w)(?={begins})(?:{'|'.join(parts)})(?!\w)"
    return names, re.compile(pattern, re.IGNORECASE)


def _first_words(names: Sequence[_Name], spellings: Iterable[Sequence[str]]) -> set[str]:
    """The words that any spelling of any name begins with: looked for before the names."""
    texts = {classic(one.words).rpartition(_LIST)[2].lower() for one in names}
    for group in spellings:
        ways = [classic(way).lower() for way in group]
        if any(_begins(text, way) for text in list(texts) for way in ways):
            texts.update(ways)
    return {re.escape(text.split()[0]) for text in texts}


def _bare(name: str) -> str:
    """A pattern for the last of a list, its capitals kept: “hòa bình” is no province."""
    bare = classic(name).partition(_LIST)[2]
    return f"(?-i:{re.escape(bare)}|{re.escape(bare.upper())})" if bare else ""


def _begins(text: str, way: str) -> bool:
    return text.startswith(way) and not text[len(way) : len(way) + 1].isalnum()


def _spoken(spellings: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """Each spelled phrase with the pattern of all its spellings; longer phrases first."""
    found: dict[str, str] = {}
    for group in spellings:
        ways = sorted({classic(way) for way in group}, key=lambda way: (-len(way), way))
        either = f"(?:{'|'.join(_pattern(way, {}, '') for way in ways)})"
        found |= {way.lower(): either for way in ways if way.lower() not in found}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _pattern(name: str, spoken: Mapping[str, str], province: str) -> str:
    """A pattern for every way to write a name.

    >>> spoken = _spoken((("Ủy ban nhân dân", "UBND"),))
    >>> pattern = _pattern("Ủy ban nhân dân huyện <Tên>", spoken, "")
    >>> bool(re.fullmatch(pattern, "UBND huyện Cao Lộc"))
    True
    """
    ways = "|".join(map(re.escape, spoken)) or r"(?!)"

    def written(piece: re.Match[str]) -> str:
        if piece["way"]:
            return spoken[piece["way"].lower()]
        placed = {"<Tên>": _NAMED, "<tỉnh>": f"(?:tỉnh )?{re.escape(province)}"}
        return {**placed, **_JOINTS}.get(piece[0]) or re.escape(piece[0])

    return re.sub(rf"(?P<way>(?i:(?<!\w)(?:{ways})(?!\w)))|{_JOINT}|.", written, classic(name))


# What joins the words of a name, and how else it is written.
_JOINTS = {" ": r"[ \n]", " và ": r"(?:,? ?(?:và|&) ?|,? )", " - ": " ?- ?", ", ": ",? "}
_JOINT = r"<Tên>|<tỉnh>|, | - | và | "
