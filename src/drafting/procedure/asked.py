"""`read_facts_in`: the facts a free question tells, with the words that tell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafting.procedure.asked_days import DaysTold, read_days_in
from drafting.procedure.denied import clause_starts, is_denied
from drafting.procedure.facts import NOT_ASKED, Fact, FactSheet
from drafting.text import fold_word, is_accented, words


@dataclass(frozen=True, slots=True)
class Told:
    """A fact read in a question; `words` are the officer's own."""

    fact: Fact
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question tells: `told` for certain; `torn` the facts it tells two ways (asked, not
    chosen); `days` when the case is."""

    question: str
    told: tuple[Told, ...]
    torn: tuple[Fact, ...]
    days: DaysTold

    @property
    def known(self) -> dict[str, str]:
        """The facts by id."""
        return {one.fact.id: one.value for one in self.told}

    def as_json(self) -> dict[str, object]:
        """The reading in the JSON of `drafting route`."""
        read = [(one.fact.id, one.value, one.words) for one in self.told]
        read += [(name, day.isoformat(), self.days.words) for name, day in self.days.named]
        return {
            "question": self.question,
            "read": [{"fact": name, "value": value, "words": said} for name, value, said in read],
            "torn": [fact.id for fact in self.torn],
        }


@dataclass(frozen=True, slots=True)
class _Run:
    """A phrase of a fact found in the question: where, how long, for which answer."""

    start: int
    end: int
    value: str

    def within(self, other: _Run) -> bool:
        return other.start <= self.start and self.end <= other.end and self != other


def read_facts_in(question: str, sheet: FactSheet) -> Reading:
    """The facts `question` tells, accents or none, abbreviations spelled out; never a guess.

    A longer phrase silences the shorter ones within it (“không thuộc diện BTV”). What is denied or
    asked (“chưa thuộc diện BTV”, “có thuộc diện BTV không”) is torn. A fact that does not arise
    beside the others told is left out.
    """
    tokens, shown = _spelled_out(question)
    clauses = [_spelled_at(at, shown) for at in clause_starts(question)]
    told: list[Told] = []
    torn: list[Fact] = []
    for fact in sheet.facts:
        runs = list(_runs(fact, tokens))
        kept = [run for run in runs if not any(run.within(other) for other in runs)]
        silenced = {v for run in kept for v in _over(fact, run.value)}
        kept = [run for run in kept if run.value not in silenced]
        answers = list(dict.fromkeys(run.value for run in kept))
        denied = any(is_denied(tokens, run.start, run.end, clauses) for run in kept)
        if len(answers) == 1 and not denied:
            found = max(kept, key=lambda run: run.end - run.start)
            typed = " ".join(word for word in shown[found.start : found.end] if word)
            told.append(Told(fact, answers[0], typed))
        elif answers:
            torn.append(fact)
    possible = sheet.possible({one.fact.id: one.value for one in told})
    narrow = _narrow(sheet) if len(possible[sheet.facts[0].id]) > 1 else set()
    return Reading(
        question,
        tuple(
            one for one in told if one.value in possible[one.fact.id] and one.fact.id not in narrow
        ),
        tuple(fact for fact in torn if possible[fact.id] != {NOT_ASKED}),
        read_days_in(question),
    )


def _spelled_at(typed: int, shown: Sequence[str]) -> int:
    """Where a syllable typed stands once abbreviations are spelled out."""
    places = [at for at, word in enumerate(shown) if word]
    return places[typed] if typed < len(places) else len(shown)


def _over(fact: Fact, answer: str) -> tuple[str, ...]:
    value = fact.value(answer)
    return value.over if value else ()


def _narrow(sheet: FactSheet) -> set[str]:
    """The facts that arise for one kind of case only: not told while the kind is not known."""
    kind = sheet.facts[0]
    arising = [sheet.possible({kind.id: value.id}) for value in kind.values]
    return {
        fact.id
        for fact in sheet.facts[1:]
        if sum(found[fact.id] != {NOT_ASKED} for found in arising) == 1
    }


def _runs(fact: Fact, tokens: Sequence[str]) -> Iterator[_Run]:
    for value in fact.values:
        for phrase in value.words:
            wanted = _phrase(phrase)
            alone = len(wanted) == 1 and is_accented(wanted[0])
            for at in range(len(tokens) - len(wanted) + 1):
                pairs = zip(tokens[at : at + len(wanted)], wanted, strict=True)
                # One bare syllable may be many words: “doi” is đối, đổi, dời.
                same = tokens[at] == wanted[0] if alone else all(_same(t, m) for t, m in pairs)
                if same:
                    yield _Run(at, at + len(wanted), value.id)


def _same(typed: str, meant: str) -> bool:
    """Whether a typed syllable may be the one meant: accents count where they were typed."""
    return typed == meant or (not is_accented(typed) and typed == fold_word(meant))


@lru_cache(maxsize=4096)
def _phrase(text: str) -> tuple[str, ...]:
    return tuple(_spelled_out(text)[0])


def _spelled_out(text: str) -> tuple[list[str], list[str]]:
    """The syllables of `text`, abbreviations written out, and beside each what was typed for it."""
    # Only a free question needs the search; a case file does not wait for it.
    from drafting.retrieve.question import read_question

    full = {
        fold_word(token): words(meant.split(" / ")[0])
        for short, meant in read_question(text).understood
        for token in words(short)
    }
    tokens: list[str] = []
    shown: list[str] = []
    for typed in words(text):
        spelled = full.get(fold_word(typed))
        tokens += spelled or [typed]
        shown += [typed, *([""] * (len(spelled) - 1))] if spelled else [typed]
    return tokens, shown
