"""`FactSheet`: the questions a case is known by, and which answers are still possible.

The questions are data: `rules/facts.toml` for all provinces, `[[fact]]` of a pack for its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# The answer to a question that does not arise in a case.
NOT_ASKED = "-"

# Facts already answered, by id.
Known = Mapping[str, str]


# Of more answers than these the others are named; shorter ones need their question beside them.
MOST_SAID = 3
_ASIDE = re.compile(r"\s*\([^()]*\)")


def short(text: str) -> str:
    """A question or a label without what stands in brackets.

    >>> short("Người đi (với đoàn ra: đoàn) có thuộc diện quản lý không?")
    'Người đi có thuộc diện quản lý không?'
    """
    return _ASIDE.sub("", text).strip()


def _alternatives(value: Any) -> Any:  # what a TOML file holds, before it is validated
    return [value] if isinstance(value, dict) else value


# One case: fact id → the answers it takes. Several: any of them.
Condition = Mapping[str, tuple[str, ...]]
Conditions = Annotated[tuple[dict[str, tuple[str, ...]], ...], BeforeValidator(_alternatives)]


class Strict(BaseModel):
    """A block of a rule file: every key is known, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FactValue(Strict):
    """One answer. `words` tell it in a free question; read beside it, those it is `over` are not
    meant (“đoàn … đi học tập” is no single person). `when` limits the cases that have it."""

    id: str
    label: str
    words: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    when: Conditions = ()


class Fact(Strict):
    """One question. `when` () is asked always; else in any of these cases."""

    id: str
    question: str
    when: Conditions = ()
    values: tuple[FactValue, ...] = Field((), alias="value")

    def value(self, value_id: str) -> FactValue | None:
        """The answer with that id, or None."""
        return next((one for one in self.values if one.id == value_id), None)

    def said(self, value_id: str) -> str:
        """An answer in words."""
        found = self.value(value_id)
        return found.label if found else value_id

    def told(self, answers: Sequence[str]) -> str:
        """That one of these answers is true, short and in words, the question where they need it.

        >>> yes, no = (FactValue(id=i, label=l) for i, l in (("co", "có"), ("khong", "không")))
        >>> fact = Fact(id="khan", question="Có gấp không (hiếu, hỉ)?", value=(yes, no))
        >>> fact.told(["khong"]), fact.told(["co", "khong"])
        ('“Có gấp không?”: không', '“Có gấp không?”: có hoặc không')
        """
        others = [value.id for value in self.values if value.id not in answers]
        fewer = len(answers) > MOST_SAID and len(others) <= MOST_SAID
        named = [short(self.said(one)) for one in (others if fewer else answers)]
        said = ("không phải " if fewer else "") + " hoặc ".join(named)
        bare = all(len(name.split()) <= MOST_SAID for name in named)
        return f"“{short(self.question)}”: {said}" if bare or fewer else said


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The facts in the order they are asked; each one's `when` names only facts before it."""

    facts: tuple[Fact, ...]

    def fact(self, name: str) -> Fact | None:
        """The fact with that id, or None."""
        return next((one for one in self.facts if one.id == name), None)

    def possible(self, known: Known) -> dict[str, frozenset[str]]:
        """For every fact the answers that may still be its own: one when it is known, `NOT_ASKED`
        alone when the question does not arise."""
        found: dict[str, frozenset[str]] = {}
        for fact in self.facts:
            arises = holds(fact.when, found) if fact.when else True
            if arises is False:
                found[fact.id] = frozenset({NOT_ASKED})
                continue
            answers = {v.id for v in fact.values if not v.when or holds(v.when, found) is not False}
            given = known.get(fact.id)
            if given in answers:
                answers = {given}
            found[fact.id] = frozenset(answers if arises else {*answers, NOT_ASKED})
        return found

    def combinations(self) -> Iterator[dict[str, str]]:
        """Every complete set of answers, questions that do not arise left out."""
        yield from self._from(0, {}, {})

    def _from(
        self, at: int, known: dict[str, str], possible: dict[str, frozenset[str]]
    ) -> Iterator[dict[str, str]]:
        if at == len(self.facts):
            yield dict(known)
            return
        fact = self.facts[at]
        if fact.when and not holds(fact.when, possible):
            yield from self._from(at + 1, known, {**possible, fact.id: frozenset({NOT_ASKED})})
            return
        for value in fact.values:
            if not value.when or holds(value.when, possible):
                now = {**possible, fact.id: frozenset({value.id})}
                yield from self._from(at + 1, {**known, fact.id: value.id}, now)


def holds(conditions: Sequence[Condition], possible: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether any of the conditions is met: None while that hangs on what is not known yet.

    >>> some = {"viec": frozenset({"doan-ra"}), "dien": frozenset({"co", "khong"})}
    >>> [holds([{"viec": ("doan-ra",), "dien": d}], some) for d in [("co",), ("co", "khong")]]
    [None, True]
    >>> holds([{"viec": ("doan-vao",)}], some)
    False
    """
    verdicts = [_met(condition, possible) for condition in conditions]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _met(condition: Condition, possible: Mapping[str, frozenset[str]]) -> bool | None:
    verdict: bool | None = True
    for name, allowed in condition.items():
        may_be = possible.get(name, frozenset())
        if may_be.isdisjoint(allowed):
            return False
        if not may_be.issubset(allowed):
            verdict = None
    return verdict
