"""Whether a subject as written is the one that is known, shortened or not."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafting.citations.issuers import LONG
from drafting.citations.kinds import CAPITAL_KIND
from drafting.text import classic, fold, fold_word

# Words two ways of writing one subject differ in.
_LIGHT = {"của", "về", "việc", "và", "các", "cho", "tại", "theo", "đối", "với", "một", "số", "này",
          "ban", "hành", "điều", "trên", "địa", "bàn"}  # fmt: skip
_LIGHT_PLAIN = {fold(word) for word in _LIGHT}
_ENOUGH = 3
_TELLING = 4
_ALIKE = 4
# What may follow a whole subject in one căn cứ: amendments, another document.
_AFTER = r"đã |được |thay thế|sửa đổi|bổ sung|ban hành kèm|kèm theo|nhiệm kỳ|có hiệu lực"
_GOES_ON = re.compile(
    rf"[\s,]*(?:$|(?:{_AFTER})|\((?:{_AFTER}|sau đây|gọi|ban hành|ngày|số|hợp nhất|hết hiệu lực)"
    rf"|và các văn bản|(?:và|cùng|cùng với) (?=(?i:{CAPITAL_KIND})))"
)
_BRACKETED = re.compile(r"\s*\(([^()]*)\)")


def same_subject(given: str, known: str, *, strict: bool) -> bool:
    """Whether `given` is `known`, words left out or light words changed aside.

    Without `strict` the text may go on after the subject (“…, Sở đã trình”).

    >>> known = "quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Ngoại vụ"
    >>> same_subject("Quy định chức năng, nhiệm vụ của Sở Ngoại vụ", known, strict=True)
    True
    >>> same_subject("quy định chức năng, nhiệm vụ của Sở Nội vụ", known, strict=False)
    False
    """
    return _against(given, known, strict=strict)[0]


def subject_end(given: str, known: str) -> int:
    """Where the words of `given` stop being those of `known`.

    >>> subject_end("công tác văn thư (ban hành ngày 05/3/2021)", "công tác văn thư")
    16
    """
    return _against(given, known, strict=False)[1]


def begins_alike(given: str, known: str) -> bool:
    """Whether words that are not the subject known at least begin as it does.

    >>> known = "quy định chức năng, nhiệm vụ của Sở Ngoại vụ"
    >>> begins_alike("quy định chức năng của Sở Nội vụ", known), begins_alike("quy định rõ", known)
    (True, False)
    """
    here, there = (_plainly(text)[:_ALIKE] for text in (given, known))
    return len(here) == _ALIKE and here == there


def _against(given: str, known: str, *, strict: bool) -> tuple[bool, int]:
    tokens, lowered = _tokens(given), classic(given).lower()
    wanted = _plainly(known if "(" in given else _BRACKETED.sub(" ", known))
    at = end = 0
    for index, one in enumerate(tokens):
        if at == len(wanted):
            return not strict or bool(_GOES_ON.match(lowered[end:])), end
        ahead = next((n for n in range(at, len(wanted)) if _is(one.word, wanted[n])), -1)
        if ahead < 0:
            return not strict and one.broken and index >= _ENOUGH, end
        at, end = ahead + 1, one.end
    return bool(tokens), end


def _plainly(text: str) -> list[str]:
    return [one.word for one in _tokens(text)]


def _is(given: str, known: str) -> bool:
    """Whether a word is the one known, typed without accents or not."""
    return given == known or (given.isascii() and given == fold_word(known))


def says_enough(subject: str) -> bool:
    """Whether a subject tells one paper from next year's: four telling words.

    >>> says_enough("kết quả"), says_enough("kết quả thực hiện nhiệm vụ trọng tâm năm 2020")
    (False, True)
    """
    return len(_tokens(subject)) >= _TELLING


class _Token(NamedTuple):
    """A word that carries a subject, its place, and whether a clause begins at it."""

    word: str
    start: int
    end: int
    broken: bool


def _tokens(text: str) -> list[_Token]:
    """The words that carry a subject; abbreviations of agencies count as their words."""
    lowered = classic(text).lower()
    found: list[_Token] = []
    broken = False
    for match in re.finditer(r"\w+(?:[./-]\w+)*|[^\w\s]", lowered):
        if not match[0][0].isalnum():
            broken = broken or match[0] in ",;:(–-"
            continue
        for word in LONG.get(match[0], match[0]).split():
            if word not in _LIGHT and not (word in _LIGHT_PLAIN and word.isascii()):
                found.append(_Token(word, *match.span(), broken))
                broken = False
    return found
