"""`build`: facts and a province's pack → the one `Route`, every line proved against the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from drafting.errors import BadInput
from drafting.evidence import Evidence, Proven, prove
from drafting.library import Library
from drafting.procedure.facts import NOT_ASKED, Condition, holds
from drafting.procedure.limits import Days, Limit, limits
from drafting.procedure.match import Matched, match, unused
from drafting.procedure.packs import Clause, Pack, Rule, StepRule, province_key
from drafting.procedure.possible import Possible, Reference
from drafting.procedure.route import ADVISORY, BINDING, Route, Ruled, Situation, Step
from drafting.records import Record

# What is known of bodies that changed, told by whoever knows: names in, warnings out.
BodyNotes = Callable[[Iterable[str], date], Sequence[str]]
MOST_POSSIBLE = 6


def no_notes(_names: Iterable[str], _as_of: date) -> Sequence[str]:
    """Nothing known of any body."""
    return ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A document to load before these kinds of case can be answered for a province."""

    what: str
    why: str
    verified: bool

    @property
    def line(self) -> str:
        """The gap as one line."""
        return f"{self.what}: {self.why}{'' if self.verified else ' (chưa kiểm chứng)'}"


def pack_of(province: str, packs: Sequence[Pack]) -> Pack:
    """The pack that binds in `province`. Raises `BadInput` naming those there are."""
    known = ", ".join(pack.province for pack in packs if not pack.wrong) or "chưa có"
    if not province.strip():
        raise BadInput(
            "Chưa biết tỉnh nào. Ghi “tinh: tỉnh …” trong hồ sơ hoặc thêm --province. "
            f"Các tỉnh có gói quy trình: {known}."
        )
    wanted = province_key(province)
    for pack in packs:
        if province_key(pack.province) == wanted:
            if pack.wrong:
                raise BadInput(pack.wrong)
            return pack
    raise BadInput(
        f"Chưa có gói quy trình của “{province}”; quy chế của tỉnh khác không dùng thay được. "
        f"Các tỉnh có gói: {known}. Tạo gói trống: "
        f'drafting route --new-pack "{province}" -o ten-tep.toml'
    )


def build(
    situation: Situation,
    packs: Sequence[Pack],
    library: Library,
    days: Days,
    gaps: Sequence[Gap] = (),
    body_notes: BodyNotes = no_notes,
) -> Route:
    """The route of a case: exactly one, whatever is known.

    Raises `BadInput` for a province without a pack and for a time limit no rule file has.
    """
    pack = pack_of(situation.province, packs)
    matched = match(pack, situation.known)
    proving = _Proving(library, pack.province, days.as_of)
    rules = [*([matched.main] if matched.main else []), *matched.also]
    steps = sorted((step for rule in rules for step in rule.steps), key=lambda one: one.order)
    found = limits((step.deadline for step in steps if step.deadline), days)
    silent = _silent(pack, matched)
    route = Route(
        situation, pack, days.as_of, matched,
        force=proving.force_of(pack, rules),
        lines=tuple(_lines(rules, proving)),
        steps=tuple(_steps(steps, proving, found)),
        limits=found,
        silent=silent,
        possible=tuple(_possible(pack, situation, matched, proving)),
        to_load=(*pack.head.to_load, *(gap.line for gap in gaps)) if silent else (),
        reference=tuple(_references(situation, pack, packs, proving)) if silent else (),
        warnings=(),
    )  # fmt: skip
    warnings = [w for rule in rules for w in rule.warnings]
    warnings += [
        f"“{f.question}” không đặt ra trong trường hợp này: câu trả lời không được xét."
        for f in unused(pack, situation.known)
    ]
    warnings += _misfits(pack, situation)
    warnings += [f"Đã quá hạn {one.said}: {one.rule.what}." for one in found if one.late]
    warnings += [*proving.told(route), *body_notes(route.bodies(), days.as_of)]
    force = ADVISORY if route.unproved else route.force
    return replace(route, force=force, warnings=tuple(dict.fromkeys(warnings)))


@dataclass(slots=True)
class _Proving:
    """Proves clauses against the library and says with what force they speak here and now."""

    library: Library
    province: str
    as_of: date

    def __call__(self, kind: str, text: str, clause: Clause) -> Ruled:
        return self.ruled(kind, text, clause.evidence)

    def ruled(self, kind: str, text: str, evidence: Evidence) -> Ruled:
        proven = prove(evidence, self.library)
        return Ruled(kind, text, proven, self.force(proven))

    def force(self, proven: Proven) -> str:
        record = proven.stored.record if proven.stored else None
        return BINDING if record and proven.verified and self._binds(record) else ADVISORY

    def _binds(self, record: Record) -> bool:
        return (
            record.role == "regulation"
            and record.status_on(self.as_of).holds
            and record.in_jurisdiction_of(self.province)
        )

    def force_of(self, pack: Pack, rules: Sequence[Rule]) -> str:
        """The force of the whole route: that of its first governing clause, else of the pack's
        first document."""
        first = next((c for rule in rules for c in rule.governs), None)
        if first is not None:
            return self("governing", "", first).force
        records = [r for r in self.library.all_records if r.designation in pack.head.documents]
        return BINDING if any(self._binds(record) for record in records) else ADVISORY

    def told(self, route: Route) -> Iterator[str]:
        """What stands against the documents a route rests on: validity, jurisdiction, absence."""
        ruled = [*route.lines, *(step.ruled for step in route.steps)]
        for one in ruled:
            record = one.proven.stored.record if one.proven.stored else None
            if record is None or one.proven.why:
                yield f"Chưa kiểm chứng: {one.proven.why}."
                continue
            status = record.status_on(self.as_of)
            if not record.in_jurisdiction_of(self.province):
                yield f"{record.title} là văn bản của {record.jurisdiction}: chỉ tham khảo."
            elif not status.holds:
                yield f"{record.title}: {status.sentence()}. Vì thế chỉ ghi “{ADVISORY}”."
            if not one.proven.evidence.verified:
                yield f"{one.proven.citation}: chưa kiểm chứng ({one.proven.evidence.source})."


def _lines(rules: Sequence[Rule], ruled: _Proving) -> Iterator[Ruled]:
    seen: set[tuple[str, str, str]] = set()
    for line in _all_lines(rules, ruled):
        key = (line.kind, line.text, line.proven.evidence.eid if line.kind == "governing" else "")
        if key not in seen:
            seen.add(key)
            yield line


def _all_lines(rules: Sequence[Rule], ruled: _Proving) -> Iterator[Ruled]:
    for rule in rules:
        yield from (ruled("governing", rule.title, clause) for clause in rule.governs)
    for rule in rules:
        yield from (ruled("opinion", one.who, one) for one in rule.opinions)
        if rule.decides:
            yield ruled("decides", rule.decides.who, rule.decides)
        yield from (ruled("after", one.text, one) for one in rule.after)
        if rule.signs:
            yield ruled("signs", rule.signs.who, rule.signs)
        yield from (ruled("copy", to, one) for one in rule.copies for to in one.to)
        yield from (ruled("paper", one.what, one) for one in rule.papers)


def _steps(steps: Sequence[StepRule], ruled: _Proving, found: Sequence[Limit]) -> Iterator[Step]:
    by_id = {limit.rule.id: limit for limit in found}
    for step in steps:
        said = ruled("step", f"{step.who}: {step.does}", step)
        yield Step(step.who, step.does, step.to, said, by_id.get(step.deadline), step.order)


def _misfits(pack: Pack, situation: Situation) -> Iterator[str]:
    """Answers that the question does not have in this case: it is asked again."""
    possible = pack.sheet.possible(situation.known)
    for fact in pack.sheet.facts:
        given = situation.known.get(fact.id)
        answers = possible[fact.id] - {NOT_ASKED}
        if given is not None and answers and given not in answers:
            left = ", ".join(v.id for v in fact.values if v.id in answers)
            yield f"{fact.id}: “{given}” không dùng trong trường hợp này. Chọn: {left}."


def _silent(pack: Pack, matched: Matched) -> str:
    if matched.main is not None:
        return matched.main.silent
    return "" if matched.candidates else pack.head.silent


def _possible(
    pack: Pack, situation: Situation, matched: Matched, ruled: _Proving
) -> Iterator[Possible]:
    if len(matched.candidates) > MOST_POSSIBLE:
        return
    possible = pack.sheet.possible(situation.known)
    for rule in matched.candidates:
        open_cases = [c for c in rule.when if holds([c], possible) is not False]
        when = " hoặc ".join(dict.fromkeys(_in_words(c, pack, possible) for c in open_cases))
        decides = rule.decides.who if rule.decides else ""
        clause = ruled("governing", rule.title, rule.governs[0]).clause
        after = tuple(one.text for one in rule.after)
        yield Possible(rule.title, when, decides, clause, after)


def _in_words(condition: Condition, pack: Pack, possible: Mapping[str, frozenset[str]]) -> str:
    """What would still have to be answered for a case to be this one, in words."""
    parts = []
    for fact in pack.sheet.facts:
        allowed = condition.get(fact.id, ())
        left = [answer for answer in allowed if answer in possible[fact.id] - {NOT_ASKED}]
        if left and not possible[fact.id].issubset(allowed):
            parts.append(fact.told(left))
    return ", và ".join(parts)


def _references(
    situation: Situation, pack: Pack, packs: Sequence[Pack], ruled: _Proving
) -> Iterator[Reference]:
    """Where another province has a clause on this very case: for reading, never for following."""
    for other in packs:
        if other is pack:
            continue
        main = match(other, situation.known).main
        if main is not None:
            citation = ruled("governing", main.title, main.governs[0]).clause
            yield Reference(other.province, citation)
