"""Names of bodies in a clean text: every spelling, the longest name, none inside another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafting.citations.clean import BREAK
from drafting.organisations.organisation import Organisation, Organisations
from drafting.text import classic

# The capitals of Latin letters, for places where case counts.
UPPER = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
_PROPER = rf"(?-i:[{UPPER}])\w*"
# “huyện <Tên>”: up to four words with a capital.
_NAMED = rf"{_PROPER}(?: {_PROPER}){{0,3}}"
# “các tỉnh … Bắc Giang”: the provinces named before it.
_LISTED = rf"(?:(?:{_PROPER}|-|và|với)(?:, | )){{1,24}}"
# What still stands abroad: “huyện Long Châu, Quảng Tây”, “các huyện, thị phía đối diện”.
_ABROAD = re.compile(
    rf"(?:,? (?:{_PROPER}|biên giới|thị xã|thị|thành phố|tỉnh|khu tự trị|và|,)){{0,8}}?"
    r"[ ,(]*(?:của |phía |thuộc |ở |hoặc )*(?:các nước|phía bạn|đối diện|nước ngoài|Trung Quốc"
    r"|Quảng Tây|Vân Nam|Nhật Bản|Hàn Quốc|Đài Loan|Lào|Campuchia|Thái Lan|Long Châu|Ninh Minh"
    r"|Đại Tân|Tịnh Tây|Bằng Tường|Sùng Tả)(?!\w)",
    re.IGNORECASE,
)
# A list of those on the other side: “phía bạn: Thị trưởng, Phòng Hợp tác quốc tế”.
_THEIRS = re.compile(
    r"\bphía (?:bạn|đối tác|đối diện|[\w ]{3,12})(?: gồm| có|:)[^;.\n]*$", re.IGNORECASE
)
# A place is abroad so; a committee or a Party organ of that name is ours.
_PLACE = re.compile(r"(?:các |cấp |địa bàn )?(?:huyện|thị xã|tỉnh|thành phố)", re.IGNORECASE)


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
        organisation = names[int(match.lastgroup[1:])].organisation
        start, end = match.span()
        if organisation is None or not organisation.holds_in(province, text):
            continue
        if not _is_other(text, start, end, organisation):
            yield Named(organisation, start, end)


def _is_other(text: str, start: int, end: int, rule: Organisation) -> bool:
    """Whether the words are part of something else, begin another line, or lie abroad."""
    before, after = text[max(0, start - 160) : start].lower(), text[end : end + 40].lower()
    if _THEIRS.search(before):
        return True
    if any(before.endswith(f"{word.lower()} ") for word in rule.not_before):
        return True
    if any(after.startswith(f" {word.lower()}") for word in rule.not_after):
        return True
    for at, char in enumerate(text[start:end]):
        if char == BREAK and not text[start + at + 1].islower():
            return True
    place = _PLACE.match(text, start, end)
    return place is not None and _ABROAD.match(text, end, end + 120) is not None


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
        f"(?P<n{at}>{_pattern(one.words, spoken, own)})"
        for at, one in enumerate(names)
        if own or "<tỉnh>" not in one.words
    )
    begins = "|".join(sorted(_first_words(names, rules.spellings)))
    pattern = rf"(?<!\w)(?={begins})(?:{'|'.join(parts)})(?!\w)"
    return names, re.compile(pattern, re.IGNORECASE)


def _first_words(names: Sequence[_Name], spellings: Iterable[Sequence[str]]) -> set[str]:
    """The words that any spelling of any name begins with: looked for before the names."""
    texts = {classic(one.words).lower() for one in names}
    for group in spellings:
        ways = [classic(way).lower() for way in group]
        if any(_begins(text, way) for text in list(texts) for way in ways):
            texts.update(ways)
    return {re.escape(text.split()[0]) for text in texts}


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
        placed = {"<Tên>": _NAMED, "<tỉnh>": f"(?:tỉnh )?{re.escape(province)}", "… ": _LISTED}
        return {**placed, **_JOINTS}.get(piece[0]) or re.escape(piece[0])

    return re.sub(rf"(?P<way>(?i:(?<!\w)(?:{ways})(?!\w)))|{_JOINT}|.", written, classic(name))


# What joins the words of a name, and how else it is written.
_JOINTS = {" ": r"[ \n]", " và ": r"(?:,? ?(?:và|&) ?|,? )", " - ": " ?- ?", ", ": ",? "}
_JOINT = r"<Tên>|<tỉnh>|… |, | - | và | "
