"""`listed`: which documents a list names, and which only the descriptions of others mention."""

from __future__ import annotations

import re
from itertools import pairwise

from drafting.read.source import Span
from drafting.relations.skeleton import DOCUMENT, OTHER, PART, SIGNS, Sentence, Skeleton
from drafting.relations.words import EXCEPT, VERB, may_lead_on, means_part

_SIGN = re.compile(f"[{SIGNS}]")
_OTHER = re.compile(OTHER)
_JOINT = re.compile(r"[;,]|(?<!\w)và(?!\w)")
_UNTIL = re.compile(r"[;.]|$")
_MARK = re.compile(r"(?:[-–+•] ?|\(?[a-zđ]\d?\) |\d{1,2}(?:\.\d+)*[.)] )?$")


def listed(skeleton: Skeleton, sentence: Sentence, first: int, stop: int = -1) -> list[int]:
    """The documents of a list that begins at `first`: those its descriptions mention left out.

    “Thông tư số 1 hướng dẫn Nghị định số 2 và Nghị định số 3; Thông tư số 4” lists 1 and 4.
    """
    text, found, previous = sentence.text, [first], first
    high = stop if stop >= 0 else len(text)
    kind = kind_at(skeleton, sentence, first)
    for sign in _SIGN.finditer(text, first + 1, high):
        between = text[previous + 1 : sign.start()]
        if EXCEPT.search(between):
            break
        last = previous
        previous = sign.start()
        if _changes_another(skeleton, sentence, between, found, sign.start()):
            break
        if sign[0] not in {DOCUMENT, PART} or not _goes_on(between, last == found[-1]):
            continue
        tail = re.split(r"[;,]|(?<!\w)và(?!\w)", between)[-1]
        adjacent = last == found[-1] and may_lead_on(between)
        same = kind_at(skeleton, sentence, sign.start()) == kind
        after_other = last == found[-1] or kind_at(skeleton, sentence, last) != kind
        if may_lead_on(_MARK.sub("", tail)) and (
            adjacent or ";" in between or (same and after_other)
        ):
            found.append(sign.start())
    return found


def _changes_another(
    skeleton: Skeleton, sentence: Sentence, between: str, found: list[int], at: int
) -> bool:
    """Whether a listed document amends one that is not listed: what follows may be its list."""
    verb = VERB.search(re.split(r";", between)[-1])
    if verb is None or sentence.text[at] not in {DOCUMENT, PART}:
        return False
    named = {_called(skeleton, sentence, one) for one in found}
    return _called(skeleton, sentence, at) not in named


def _called(skeleton: Skeleton, sentence: Sentence, at: int) -> str:
    document = skeleton.citation(sentence.start + at).document
    number = document.designation if document else None
    return number.key if number else (document.called() if document else "")


def side_by_side(text: str, objects: list[int]) -> list[int]:
    """Of a list that a trích yếu mentions only what stands with no words between: where each has
    a trích yếu of its own, nobody can tell whose list it is."""
    kept = objects[:1]
    for one in objects[1:]:
        if not may_lead_on(text[kept[-1] + 1 : one]):
            break
        kept.append(one)
    return kept


def _goes_on(between: str, beside: bool) -> bool:
    """Whether a list may go on over these words: no other verb, and a joint before the next."""
    if VERB.search(re.split(r";", between)[-1]):
        return False
    return bool(re.search(r"[;,]|(?<!\w)và(?!\w)", between)) or (beside and not between.strip())


def kind_at(skeleton: Skeleton, sentence: Sentence, at: int) -> str:
    if sentence.text[at] not in {DOCUMENT, PART}:
        return ""
    document = skeleton.citation(sentence.start + at).document
    return document.kind if document else ""


def is_nested(skeleton: Skeleton, sentence: Sentence, at: int) -> bool:
    """Whether the citation at `at` stands in the trích yếu of one before it."""
    place = skeleton.citation(sentence.start + at).span[0]
    for one in _OTHER.finditer(sentence.text, 0, at):
        document = skeleton.citation(sentence.start + one.start()).document
        subject = document.subject if document else None
        if subject is not None and subject.span[0] <= place < subject.span[1]:
            return True
    return False


def in_part(text: str, begin: int, objects: list[int]) -> set[int]:
    """Those of a list of which only a part is meant: “một số điều của A và B” says it of both."""
    if means_part(text[begin : objects[0]]):
        return set(objects)
    pairs = pairwise(objects)
    return {at for before, at in pairs if means_part(_JOINT.split(text[before + 1 : at])[-1])}


def exception(sentence: Sentence, after: int) -> Span | None:
    """Where the words after “trừ” stand, to the end of the clause."""
    found = EXCEPT.search(sentence.text, after)
    if found is None:
        return None
    end = clause_end(sentence.text, found.end())
    return sentence.start + found.start(), sentence.start + end


def clause_end(text: str, at: int) -> int:
    """Where the clause around `at` ends."""
    found = _UNTIL.search(text, at)
    return found.start() if found else len(text)


def list_end(sentence: Sentence, objects: list[int]) -> int:
    """Where a list ends in the skeleton."""
    return sentence.start + objects[-1] + 1
