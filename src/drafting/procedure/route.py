"""`Route`: who sends what to whom, who decides and signs, by when, each line with its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from drafting.deadlines import Direction
from drafting.evidence import Proven
from drafting.procedure.facts import Fact
from drafting.procedure.limits import Limit
from drafting.procedure.match import Matched
from drafting.procedure.packs import AFTERWARDS, Pack
from drafting.procedure.possible import Possible, Reference, deciding

BINDING, ADVISORY = "bắt buộc", "tham khảo"
UNPROVED = "(chưa kiểm chứng)"
# What a question lists in brackets: too long for the card.
_ASIDE = re.compile(r" \([^()]*\)")
# The lines that are no name of a body.
_NOT_BODIES = frozenset({"governing", "after", "paper"})
# The question nobody answers with a list: the day things are counted from.
DAY_FACT = "ngay"
DAY_QUESTION = "Ngày thực hiện (ngày đi, ngày đón tiếp, ngày tổ chức) là ngày nào?"


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as far as it is told: `known` holds facts by id; `drafted` is the day its paper is
    drafted, on which validity is judged unless another day is asked for."""

    name: str
    province: str
    known: Mapping[str, str]
    starts: date | None = None
    ends: date | None = None
    drafted: date | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """Something said with the words it rests on, and the force of these here and now.

    `kind`: governing, opinion, decides, after (had before the decision), signs, copy, paper.
    """

    kind: str
    text: str
    proven: Proven
    force: str

    @property
    def clause(self) -> str:
        """The clause, with “chưa kiểm chứng” where nobody read it in the library."""
        return self.proven.citation + ("" if self.proven.verified else f" {UNPROVED}")

    def as_json(self) -> dict[str, object]:
        """The line in the JSON of `drafting route`."""
        return {
            "kind": self.kind, "text": self.text, "clause": self.proven.citation,
            "force": self.force, "verified": self.proven.verified,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what, to whom ("" when to nobody), and the time limit, if the clause sets one."""

    who: str
    does: str
    to: str
    ruled: Ruled
    limit: Limit | None = None
    order: int = 0

    @property
    def after(self) -> bool:
        """Whether it comes after the decision."""
        return self.order >= AFTERWARDS

    @property
    def line(self) -> str:
        """The step as one line."""
        to = f" → {self.to}" if self.to else ""
        return f"{self.who}: {self.does}{to}"

    def as_json(self) -> dict[str, object]:
        """The step in the JSON of `drafting route`."""
        return {
            "who": self.who, "does": self.does, "to": self.to, "clause": self.ruled.proven.citation,
            "force": self.ruled.force, "verified": self.ruled.proven.verified,
            "deadline": self.limit.rule.id if self.limit else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """The one answer to a case. `silent` says what the rules do not say, "" when they say who
    decides; `possible` are the cases it may still be while a fact is not known."""

    situation: Situation
    pack: Pack
    as_of: date
    matched: Matched
    force: str
    lines: tuple[Ruled, ...]
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...]
    silent: str
    possible: tuple[Possible, ...]
    to_load: tuple[str, ...]
    reference: tuple[Reference, ...]
    warnings: tuple[str, ...]

    def of(self, kind: str) -> list[Ruled]:
        """The lines of one kind, in order."""
        return [line for line in self.lines if line.kind == kind]

    def _one(self, kind: str) -> str:
        return next((line.text for line in self.of(kind)), "")

    @property
    def decides(self) -> str:
        """Who decides; "" where the rules do not say, or it is not certain yet."""
        return self._one("decides")

    @property
    def after(self) -> list[str]:
        """What must be had before who decides may decide, each as it follows “sau khi”."""
        return [line.text for line in self.of("after")]

    @property
    def signs(self) -> str:
        """Who signs, "" where the rules do not say."""
        return self._one("signs")

    @property
    def decided(self) -> bool:
        """Whether the case is certain and the rules say who decides."""
        return bool(self.decides)

    @property
    def sender(self) -> Step | None:
        """The first step that sends something to someone."""
        return next((step for step in self.steps if step.to and not step.after), None)

    @property
    def card(self) -> str:
        """One line for the phone: ai gửi – gửi ai – trước mấy ngày – ai quyết – khoản, Điều."""
        asked = self.matched.asked
        if not self.matched.decided and asked:
            return f"Chưa kết luận được: còn phải biết – {_ASIDE.sub('', asked[0].question)}"
        if self.matched.main is None:
            return self.pack.head.silent
        first, due = self.sender, self._due
        parts = [f"{first.who} gửi {first.to}" if first else "không nêu ai gửi, gửi ai"]
        parts += [self._by_when(due), deciding(self.decides, self.after)]
        clause = self.of("governing")[0].clause
        if due and due.ruled.clause != clause:
            clause += f" (hạn: {due.ruled.clause})"
        if self.unproved and UNPROVED not in clause:
            clause += f" {UNPROVED}"
        card = " – ".join([*parts, clause])
        return card[0].upper() + card[1:]

    def _by_when(self, due: Step | None) -> str:
        """The time limit on the card: whose, where it is not the first sender's, and what must
        still be known before it is certain."""
        open_ = self.matched.limiting
        ask = f"còn phải biết – {_ASIDE.sub('', open_.question)}" if open_ else ""
        if due is None or due.limit is None:
            return f"chưa rõ hạn, điều kiện: {ask}" if ask else "không nêu hạn gửi"
        first = self.sender
        own = first is None or due.to == first.to
        said = due.limit.said if own else f"{due.limit.said}, hạn {due.who} gửi {due.to}"
        return f"{said}; có thể sớm hơn, thêm điều kiện: {ask}" if ask else said

    @property
    def unproved(self) -> bool:
        """Whether the card says something that nobody read in the library."""
        own = [*self.of("governing")[:1], *self.of("decides")[:1]]
        own += [step.ruled for step in (self.sender, self._due) if step]
        return not all(line.proven.verified for line in own)

    @property
    def _due(self) -> Step | None:
        """The step before the decision with the strictest time limit; of equals the one to whom
        is sent first."""
        first = self.sender
        own = [
            step
            for step in self.steps
            if not step.after and step.limit and step.limit.rule.direction is not Direction.AFTER
        ]
        return max(
            own,
            key=lambda one: (
                one.limit.rule.days if one.limit else 0,
                first is not None and one.to == first.to,
            ),
            default=None,
        )

    @property
    def unknown(self) -> list[tuple[str, Fact | None, str]]:
        """The open questions: fact id, the fact (None for the day), the question."""
        found: list[tuple[str, Fact | None, str]] = [
            (fact.id, fact, fact.question) for fact in self.matched.asked
        ]
        if any(one.dated is None and one.rule.direction is Direction.BEFORE for one in self.limits):
            found.append((DAY_FACT, None, DAY_QUESTION))
        return found

    def bodies(self) -> Iterator[str]:
        """Every body the route names, once: for whoever knows which of them still exist."""
        named = [name for step in self.steps for name in (step.who, step.to)]
        named += [line.text for line in self.lines if line.kind not in _NOT_BODIES]
        yield from dict.fromkeys(name for name in named if name)

    def as_json(self) -> dict[str, object]:
        """The contract of `drafting route --json` (docs/architecture.md)."""
        answers = {name: sorted(self._answers(name)) for name, fact, _ in self.unknown if fact}
        return {
            "case": self.situation.name,
            "jurisdiction": self.pack.province,
            "force": self.force,
            "as_of": self.as_of.isoformat(),
            "card": self.card,
            "facts": dict(self.situation.known),
            "unknown": [
                {"fact": name, "question": question, "values": answers.get(name, [])}
                for name, _, question in self.unknown
            ],
            "governing": [
                {
                    "designation": _number(line.proven),
                    "eid": line.proven.evidence.eid,
                    "citation": line.proven.citation,
                    "title": line.text,
                }
                for line in self.of("governing")
            ],
            "steps": [step.as_json() for step in self.steps],
            "opinions": [line.text for line in self.of("opinion")],
            "decides": self.decides,
            "after": self.after,
            "signs": self.signs,
            "copies": [line.text for line in self.of("copy")],
            "papers": [line.text for line in self.of("paper")],
            "deadlines": [limit.as_json() for limit in self.limits],
            "silent": self.silent,
            "possible": [one.as_json() for one in self.possible],
            "to_load": list(self.to_load),
            "reference": [
                {"province": one.province, "citation": one.citation} for one in self.reference
            ],
            "lines": [line.as_json() for line in self.lines],
            "warnings": list(self.warnings),
        }

    def _answers(self, name: str) -> frozenset[str]:
        return self.pack.sheet.possible(self.situation.known)[name]


def _number(proven: Proven) -> str:
    if proven.stored is None:
        return proven.evidence.document
    return proven.stored.record.designation or proven.stored.record.file
