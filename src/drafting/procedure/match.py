"""`match`: which blocks of a pack apply to what is known, and which question decides next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drafting.procedure.facts import NOT_ASKED, Fact, Known, holds
from drafting.procedure.packs import AFTERWARDS, Pack, Rule

# So many sets of answers are tried to see that they all lead to one block.
MOST_TRIED = 300


@dataclass(frozen=True, slots=True)
class Matched:
    """What a pack says of a case so far.

    `main` is the one block of the main table that applies, None when none does or it is not
    certain yet; then `candidates` are those that may. `also` are the blocks that certainly add to
    it. `asked` are the questions still open, the one that decides most first; on `limiting` a
    time limit or a consent still hangs.
    """

    main: Rule | None
    candidates: tuple[Rule, ...]
    also: tuple[Rule, ...]
    asked: tuple[Fact, ...]
    limiting: Fact | None = None

    @property
    def decided(self) -> bool:
        """Whether it is certain which block applies, or that none does."""
        return self.main is not None or not self.candidates


def match(pack: Pack, known: Known) -> Matched:
    """The blocks of `pack` that apply. Total: any answers in, exactly one `Matched` out.

    Answers to questions that do not arise are not looked at.
    """
    possible = pack.sheet.possible(known)
    verdicts = [(rule, holds(rule.when, possible)) for rule in pack.routes]
    main = next((rule for rule, verdict in verdicts if verdict), None)
    candidates = () if main else tuple(rule for rule, verdict in verdicts if verdict is None)
    if len(candidates) == 1 and _always(pack, known, candidates[0], [MOST_TRIED]):
        main, candidates = candidates[0], ()
    extra = [(rule, holds(rule.when, possible)) for rule in pack.also]
    also = tuple(rule for rule, verdict in extra if verdict)
    maybe = [rule for rule, verdict in extra if verdict is None]
    first = _most_decisive(pack, known, candidates, possible)
    rest = _open_facts(pack, (*candidates, *maybe), possible)
    asked = ([first] if first else []) + [fact for fact in rest if fact is not first]
    dated = [
        rule
        for rule in maybe
        if rule.after or any(step.deadline and step.order < AFTERWARDS for step in rule.steps)
    ]
    limiting = next(iter(_open_facts(pack, dated, possible)), None) if main else None
    return Matched(main, candidates, also, tuple(asked), limiting)


def _always(pack: Pack, known: Known, rule: Rule, tries: list[int]) -> bool:
    """Whether a block applies whatever the open questions it hangs on are answered; False when
    that is too much to try."""
    possible = pack.sheet.possible(known)
    verdict = holds(rule.when, possible)
    tries[0] -= 1
    if verdict is not None or tries[0] < 0:
        return bool(verdict)
    open_facts = _open_facts(pack, [rule], possible)
    return bool(open_facts) and all(
        _always(pack, {**known, open_facts[0].id: answer}, rule, tries)
        for answer in sorted(possible[open_facts[0].id])
    )


def unused(pack: Pack, known: Known) -> tuple[Fact, ...]:
    """The facts that were answered although the question does not arise in this case."""
    possible = pack.sheet.possible(known)
    return tuple(f for f in pack.sheet.facts if f.id in known and possible[f.id] == {NOT_ASKED})


def _open_facts(
    pack: Pack, rules: Iterable[Rule], possible: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """The open questions these rules hang on, in the order of the sheet; only those that surely
    arise: whether another arises hangs on one of them."""
    named = {name for rule in rules for name in _hanging(rule, possible)}
    for fact in reversed(pack.sheet.facts):
        if fact.id in named and NOT_ASKED in possible[fact.id]:
            named |= {name for condition in fact.when for name in condition}
    return [
        fact
        for fact in pack.sheet.facts
        if fact.id in named and len(possible[fact.id]) > 1 and NOT_ASKED not in possible[fact.id]
    ]


def _hanging(rule: Rule, possible: Mapping[str, frozenset[str]]) -> set[str]:
    """The facts named by those cases of a rule that may still be met."""
    return {
        name
        for condition in rule.when
        if holds([condition], possible) is None
        for name, allowed in condition.items()
        if not possible[name].issubset(allowed)
    }


def _most_decisive(
    pack: Pack, known: Known, candidates: Sequence[Rule], possible: Mapping[str, frozenset[str]]
) -> Fact | None:
    """The question whose least helpful answer leaves the fewest blocks; the first of equals."""
    best: tuple[int, Fact] | None = None
    for fact in _open_facts(pack, candidates, possible):
        worst = max(
            _left(pack, {**known, fact.id: answer}, candidates) for answer in possible[fact.id]
        )
        if best is None or worst < best[0]:
            best = (worst, fact)
    return best[1] if best else None


def _left(pack: Pack, known: Known, candidates: Sequence[Rule]) -> int:
    possible = pack.sheet.possible(known)
    return sum(holds(rule.when, possible) is not False for rule in candidates)
