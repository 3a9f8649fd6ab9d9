"""`claims`: what the sentences of a text say one document does to another, before any is known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from drafting.relations.claim import Claim, Waiting
from drafting.relations.lists import (
    clause_end,
    exception,
    in_part,
    is_nested,
    kind_at,
    list_end,
    listed,
    side_by_side,
)
from drafting.relations.relation import RelationKind
from drafting.relations.skeleton import DOCUMENT, NUMBERING, OTHER, PART, SIGNS, Sentence, Skeleton
from drafting.relations.words import (
    AGENT,
    ENDS,
    FOLLOWS,
    JOINS,
    LISTED_DOCUMENTS,
    NOT_SO,
    OWN_SIGNS,
    PASSIVE,
    TAKES_EFFECT,
    TITLED,
    VERB,
    VERB_BEFORE,
    WISHED,
    is_condition,
    may_lead_on,
    means_part,
)

_KINDS = {
    "replace": RelationKind.REPLACES, "repeal": RelationKind.REPEALS, "end": RelationKind.REPEALS,
    "amend": RelationKind.AMENDS,
}  # fmt: skip
_SIGN = re.compile(f"[{SIGNS}]")
_OTHER = re.compile(OTHER)
_AND_AGENT = re.compile(rf"(?:,| và|;)(?: và)? ({OTHER})")
_ENDS_ITSELF = re.compile(rf"[^;:.{SIGNS}]{{0,160}}?(?<!\w)(?:hết|chấm dứt|không còn) hiệu lực")
_WORD_BEGINS = re.compile(r"(?<!\w)\w")
# How far before a verb or a document its own words reach.
_NEAR, _FAR = 200, 2000
_WAIT = re.compile(r"[^;.]*(?:sau|sau đây|dưới đây)?[^;.]{0,80}: ?$")


def claims(skeleton: Skeleton, *, normative: bool) -> Iterator[Claim]:
    """What changes validity, sentence by sentence. `normative`: a lone “Bãi bỏ …” is its own doing.

    >>> text = "Điều 4. Quyết định này có hiệu lực từ ngày ký; thay thế Quyết định số 5/QĐ-UBND."
    >>> [(str(one.kind), one.subject) for one in claims(Skeleton(text), normative=True)]
    [('thay thế', None)]
    """
    waiting: Waiting | None = None
    for sentence in skeleton.sentences:
        if waiting is not None:
            found = _members(skeleton, sentence, waiting)
            if found:
                yield from found
                continue
            waiting = None
        reader = _Sentence(skeleton, sentence, normative)
        yield from reader.claims()
        waiting = reader.waiting


def _members(skeleton: Skeleton, sentence: Sentence, waiting: Waiting) -> list[Claim]:
    """The documents of one line of a list that a sentence above announced."""
    text, start = sentence.text, sentence.start
    begin = NUMBERING.match(text)
    at = begin.end() if begin else 0
    first = _SIGN.search(text, at)
    if (
        first is None
        or first[0] not in {DOCUMENT, PART}
        or not may_lead_on(text[at : first.start()])
        or skeleton.is_quoted(start + first.start())
    ):
        return []
    objects = listed(skeleton, sentence, first.start())
    apart = exception(sentence, objects[-1])
    parts = in_part(text, at, objects)
    return [
        Claim(waiting.kind, waiting.subject, start + one, (start + at, list_end(sentence, objects)),
              waiting.verb_end, apart, part=waiting.part or one in parts, lead=waiting.words)
        for one in objects
    ]  # fmt: skip


class _Sentence:
    """One sentence being read; `waiting` is set where it ends in a list that goes on below."""

    def __init__(self, skeleton: Skeleton, sentence: Sentence, normative: bool) -> None:
        self.skeleton, self.sentence, self.normative = skeleton, sentence, normative
        self.text, self.start = sentence.text, sentence.start
        begin = NUMBERING.match(self.text)
        self.head = begin.end() if begin else 0
        self.waiting: Waiting | None = None
        self._signs = [one.start() for one in _SIGN.finditer(self.text)]
        self._others = [one.start() for one in _OTHER.finditer(self.text)]
        self._subjects: list[tuple[int, int | None]] = []

    def claims(self) -> Iterator[Claim]:
        """What each verb of the sentence says."""
        for verb in VERB.finditer(self.text):
            if self.skeleton.is_quoted(self.start + verb.start()):
                continue
            kind = _KINDS[str(verb.lastgroup)]
            passive = PASSIVE.search(self.text[max(0, verb.start() - _NEAR) : verb.start()])
            if verb.lastgroup == "end":
                found = self._ended(kind, verb)
            elif passive:
                at = verb.start() - len(passive[0])
                found = self._passive(kind, verb, at, bool(passive["done"]))
            else:
                found = self._active(kind, verb)
            yield from found

    # --- “A hết hiệu lực kể từ ngày Luật này có hiệu lực” ---

    def _ended(self, kind: RelationKind, verb: re.Match[str]) -> list[Claim]:
        ends = ENDS.match(self.text, verb.end())
        if not self.normative or not ends:
            return []
        near = self.text[max(self.head, verb.start() - _NEAR) : verb.start()]
        if NOT_SO.search(near) or is_condition(
            self.text[max(self.head, verb.start() - _FAR) : verb.start()]
        ):
            return []
        lead = LISTED_DOCUMENTS.match(self.text, self.head, verb.start())
        begin = lead.end() if lead else self.head
        first = _SIGN.search(self.text, begin, verb.start())
        if first is not None and first[0] in OWN_SIGNS:
            # “Quyết định này … thay thế A; B hết hiệu lực …”: B alone.
            begin = max(begin, self.text.rfind(";", 0, verb.start()) + 1)
            first = _SIGN.search(self.text, begin, verb.start())
        if first is None:
            self._wait(kind, None, verb, self.text[begin : verb.start()])
            return []
        if first[0] not in {DOCUMENT, PART} or not may_lead_on(self.text[begin : first.start()]):
            return []
        objects = listed(self.skeleton, self.sentence, first.start(), verb.start())
        apart = exception(self.sentence, verb.end())
        words = (self.start + self.head, self.start + clause_end(self.text, verb.end()))
        parts = set(objects) if ends["part"] else in_part(self.text, begin, objects)
        return [
            Claim(kind, None, self.start + one, words, self.start + verb.end(), apart,
                  part=one in parts)
            for one in objects
        ]  # fmt: skip

    # --- “A được sửa đổi, bổ sung bởi B” ---

    def _passive(
        self, kind: RelationKind, verb: re.Match[str], passive: int, done: bool
    ) -> list[Claim]:
        agent = AGENT.match(self.text, verb.end())
        if agent is None or (
            not done and is_condition(self.text[max(0, passive - _FAR) : passive])
        ):
            return []
        if NOT_SO.search(self.text[max(0, passive - _NEAR) : passive]):
            return []
        agents = [agent.start("agent")]
        while following := _AND_AGENT.match(self.text, agents[-1] + 1):
            agents.append(following.start(1))
        changed = self._changed(passive, agents[0])
        if changed is None:
            return []
        words = (self.start + changed, self.start + agents[-1] + 1)
        some = bool(agent["part"])
        part = some or self._begins_in_part(changed)
        return [
            Claim(kind, self._subject_at(one), self.start + changed, words,
                  self.start + verb.end(), some=some, part=part)
            for one in agents
        ]  # fmt: skip

    def _begins_in_part(self, at: int) -> bool:
        """Whether “một số điều của” or its like stands right before the document at `at`."""
        begin = max(at - _NEAR, self.head)
        words = re.split(rf"[{SIGNS};:.]", self.text[begin:at])[-1]
        tails = [words[found.start() :] for found in _WORD_BEGINS.finditer(words)]
        lead = next((one for one in tails if may_lead_on(f" {one}")), "")
        return means_part(f" {lead}")

    def _subject_at(self, at: int) -> int | None:
        return None if self.text[at] in OWN_SIGNS else self.start + at

    def _changed(self, before: int, agent: int) -> int | None:
        """The document a passive verb speaks of: the nearest, or of those nested in each other
        the nearest of its agent's own type."""
        signs = [one.start() for one in _OTHER.finditer(self.text, 0, before)]
        if not signs or before - signs[-1] > 260 or ";" in self.text[signs[-1] : before]:
            return None
        if not is_nested(self.skeleton, self.sentence, signs[-1]):
            return signs[-1]
        wanted = kind_at(self.skeleton, self.sentence, agent)
        kinds = ((one, kind_at(self.skeleton, self.sentence, one)) for one in reversed(signs))
        return next((one for one, kind in kinds if wanted and kind == wanted), None)

    # --- “Quyết định này thay thế A”, “B sửa đổi, bổ sung A”, “Bãi bỏ A” ---

    def _active(self, kind: RelationKind, verb: re.Match[str]) -> list[Claim]:
        if NOT_SO.search(
            self.text[max(0, verb.start() - _NEAR) : verb.start()]
        ) and not self._titles(verb.start()):
            return []
        known, subject = self._subject(kind, verb.start())
        if not known:
            return []
        signs = _SIGN.finditer(self.text, verb.end())
        first = next((one for one in signs
                      if not self.skeleton.is_quoted(self.start + one.start())), None)  # fmt: skip
        if first is None:
            self._wait(kind, subject, verb, self.text[verb.end() :])
            return []
        gap = self.text[verb.end() : first.start()]
        if first[0] not in {DOCUMENT, PART} or not may_lead_on(gap):
            return []
        stop = len(self.text) if subject is None else clause_end(self.text, first.start())
        objects = listed(self.skeleton, self.sentence, first.start(), stop)
        objects = [objects[0], *(one for one in objects[1:]
                                 if not _ENDS_ITSELF.match(self.text, one + 1))]  # fmt: skip
        if subject is not None:
            objects = side_by_side(self.text, objects)
        self._subjects.append((objects[-1], subject))
        begin = self.head if subject is None else subject - self.start
        words = (self.start + begin, list_end(self.sentence, objects))
        apart = exception(self.sentence, objects[-1])
        parts = in_part(self.text, verb.end(), objects)
        return [
            Claim(kind, subject, self.start + one, words, self.start + verb.end(), apart,
                  part=one in parts)
            for one in objects
        ]  # fmt: skip

    def _titles(self, verb: int) -> bool:
        """Whether the verb opens the trích yếu of a document right before it."""
        others = self._others
        last = others[bisect_left(others, verb) - 1] if bisect_left(others, verb) else -1
        return last >= 0 and bool(TITLED.fullmatch(self.text, last + 1, verb))

    def _subject(self, kind: RelationKind, verb: int) -> tuple[bool, int | None]:
        """Whether somebody is known to do it, and who: None for the document itself."""
        head = self.text[self.head : verb]
        if not head.strip():
            return self.normative, None
        signs = self._signs
        last = signs[bisect_left(signs, verb) - 1] if bisect_left(signs, verb) else -1
        if last < 0:
            return False, None
        between = self.text[last + 1 : verb]
        if self._subjects and JOINS.search(between) and not VERB_BEFORE.search(between):
            earlier = [one for at, one in self._subjects if at <= last]
            if earlier and not WISHED.search(between):
                return True, earlier[-1]
        if self.text[last] in OWN_SIGNS:
            own = last == self._first_own() and TAKES_EFFECT.fullmatch(_unjoined(between))
            return bool(own) and not is_condition(head) and not WISHED.search(between), None
        if TITLED.fullmatch(between):
            return True, self.start + last
        plain_words = len(between) <= 320 and not re.search(r"[;:]", between)
        says = kind is RelationKind.REPLACES and plain_words and not WISHED.search(between)
        return says and not is_condition(self.text[self.head : last]), self.start + last

    def _first_own(self) -> int:
        return next((one.start() for one in _SIGN.finditer(self.text)
                     if one[0] in OWN_SIGNS), -1)  # fmt: skip

    def _wait(self, kind: RelationKind, subject: int | None, verb: re.Match[str], gap: str) -> None:
        """A list announced at the end of the sentence goes on in the lines below."""
        tail = self.text[verb.end() :].rstrip(" ")
        if not tail.endswith(":"):
            return
        if _WAIT.fullmatch(tail) and may_lead_on(FOLLOWS.sub("", gap)):
            words = (self.start + self.head, self.start + len(self.text.rstrip()))
            part = means_part(gap)
            self.waiting = Waiting(kind, subject, self.start + verb.end(), words, part)


def _unjoined(between: str) -> str:
    return JOINS.sub("", between)
