"""When a document says it takes effect, and what it says of the documents it refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from drafting.citations.dates import DAY, read_date
from drafting.read.source import Span
from drafting.relations.skeleton import THIS, Skeleton
from drafting.structure import Document, Kind, Provision
from drafting.text import classic, fold

_FROM = (
    rf"(?:(?:ngày )?(?P<day>{DAY})|(?P<after>\d{{1,3}}) ngày,? (?:kể )?từ ngày (?:ký|ban hành)"
    r"|(?:ngày )?(?P<signed>ký|ban hành))"
)
_EFFECT = re.compile(
    rf"{THIS} (?:này )?(?:bắt đầu )?có hiệu lực(?: thi hành)?,? ?(?:kể )?(?:từ|sau) {_FROM}"
)
ENDED_FROM = re.compile(rf"(?: thi hành)?(?: toàn bộ)? (?:kể )?từ (?:ngày )?(?P<day>{DAY})")
_REPLACED = re.compile(r"thay thế|sửa đổi|bổ sung|bãi bỏ")
_REFERRED = re.compile(
    r"(?:văn bản|quy định)[^.;]{0,120}?(?:được )?(?:dẫn chiếu|viện dẫn)[^.;]{0,160}"
)
_THEN = re.compile(
    r"(?:thì |, )?(?:được )?(?:thực hiện|áp dụng)(?: theo)?[^.;]{0,80}?"
    r"(?:văn bản|quy định)[^.;]{0,80}?(?:thay thế|sửa đổi|mới|đó|ấy)"
)
_UNITS = {Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.ITEM}


@dataclass(frozen=True, slots=True)
class Effect:
    """“Quyết định này có hiệu lực kể từ ngày …”: the day, or how it is counted from the signing."""

    span: Span
    day: date | None = None
    days_after_signing: int | None = None

    def since(self, signed: date | None) -> date | None:
        """The first day of its force; None when that needs a signing day nobody knows.

        >>> Effect((0, 9), days_after_signing=0).since(date(2024, 11, 26))
        datetime.date(2024, 11, 26)
        """
        if self.day is not None or signed is None or self.days_after_signing is None:
            return self.day
        return signed + timedelta(self.days_after_signing)


def effect(skeleton: Skeleton) -> Effect | None:
    """What the text says of its own force; None when it says nothing that can be read.

    >>> effect(Skeleton("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.")).days_after_signing
    45
    """
    for found in _EFFECT.finditer(skeleton.text):
        if skeleton.is_quoted(found.start()):
            continue
        span = skeleton.span(*found.span())
        if found["day"]:
            day = read_date(found["day"]).whole
            if day is not None:
                return Effect(span, day)
            continue
        return Effect(span, None, int(found["after"] or 0))
    return None


@lru_cache(maxsize=512)
def own_rule(document: Document) -> Provision | None:
    """The provision in which a document says what follows when what it refers to is replaced:
    “Trường hợp các văn bản được dẫn chiếu … bị thay thế … thì thực hiện theo văn bản thay thế”.

    >>> from drafting.read.source import SourceText
    >>> from drafting.structure import structure
    >>> text = ("Điều 1. A\\n\\n1. Khi các văn bản dẫn chiếu tại Thông tư này được sửa đổi hoặc "
    ...         "thay thế thì áp dụng theo văn bản mới.")
    >>> own_rule(structure(SourceText(text, "a.txt", ""))).eid
    'art_1__cl_1'
    """
    for provision in document.provisions:
        if provision.kind in _UNITS and "thay" in provision.text and rule_sentence(provision.text):
            return provision
    return None


def rule_sentence(text: str) -> str:
    """The sentence of `text` that is such a rule, "" when none is.

    >>> rule_sentence("Văn bản này thay thế văn bản cũ.")
    ''
    """
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])", text):
        words = classic(sentence).lower()
        referred = _REFERRED.search(words)
        changed = _REPLACED.search(words, referred.end() - 160) if referred else None
        if referred and changed and _THEN.search(words, referred.start()):
            return sentence.strip()
    return ""


def rule_said(provision: Provision) -> str:
    """The words of an own rule, without what else stands in its provision."""
    sentence = rule_sentence(provision.text)
    number = f"{provision.number}. "
    return sentence.removeprefix(number) if fold(sentence).startswith(fold(number)) else sentence
