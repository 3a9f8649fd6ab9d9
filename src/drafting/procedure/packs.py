"""`Pack`: the decision tables of one province, read from `rules/procedures/*.toml` and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from drafting.errors import BadInput, refusal
from drafting.evidence import Evidence
from drafting.procedure.facts import NOT_ASKED, Conditions, Fact, FactSheet, Strict
from drafting.text import fold, one_line
from drafting.toml import read_toml

FOLDER, FACTS, BLANK = "procedures", "facts.toml", "mau-trong.toml"
# Steps from this order on come after the decision (carrying out, reports).
AFTERWARDS = 55
_Model = TypeVar("_Model", bound=Strict)
_PLACE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+")


class Clause(Strict):
    """The words a line rests on."""

    document: str
    eid: str
    quote: str
    verified: bool = True
    source: str = ""

    @property
    def evidence(self) -> Evidence:
        """The clause as `drafting.evidence` proves it."""
        return Evidence(self.document, self.eid, self.quote, self.verified, self.source)


class StepRule(Clause):
    """Who does what, to whom; `order` sorts the steps of all rules that apply."""

    order: int
    who: str
    does: str
    to: str = ""
    deadline: str = ""


class PersonRule(Clause):
    """Who decides, signs or gives an opinion."""

    who: str


class ConsentRule(PersonRule):
    """What must be had before the decision: `who` `does` it (“đồng ý bằng văn bản”)."""

    does: str

    @property
    def text(self) -> str:
        """The condition as it follows “sau khi”."""
        return f"{self.who} {self.does}"


class CopyRule(Clause):
    """Who gets the decision."""

    to: tuple[str, ...]


class PaperRule(Clause):
    """A paper to prepare."""

    what: str


class Rule(Strict):
    """One block of a table: when it applies and what it says."""

    id: str
    title: str
    when: Conditions
    governs: tuple[Clause, ...] = ()
    steps: tuple[StepRule, ...] = ()
    opinions: tuple[PersonRule, ...] = ()
    decides: PersonRule | None = None
    after: tuple[ConsentRule, ...] = ()
    signs: PersonRule | None = None
    copies: tuple[CopyRule, ...] = ()
    papers: tuple[PaperRule, ...] = ()
    warnings: tuple[str, ...] = ()
    silent: str = ""


class PackHead(Strict):
    """Whose tables these are. `silent` is said where no block applies, with what `to_load`."""

    province: str
    name: str
    documents: tuple[str, ...] = ()
    silent: str
    to_load: tuple[str, ...] = ()


class Ask(Strict):
    """When this province asks a shared question; no case: always."""

    fact: str
    when: Conditions


class _PackFile(Strict):
    pack: PackHead
    asks: tuple[Ask, ...] = Field((), alias="ask")
    facts: tuple[Fact, ...] = Field((), alias="fact")
    routes: tuple[Rule, ...] = Field((), alias="route")
    also: tuple[Rule, ...] = ()


class _FactsFile(Strict):
    facts: tuple[Fact, ...] = Field((), alias="fact")


@dataclass(frozen=True, slots=True)
class Pack:
    """One province: `routes` of which at most one applies, `also` of which any number do.

    `wrong` says why its file cannot be used; then it has no tables.
    """

    file: str
    head: PackHead
    sheet: FactSheet
    routes: tuple[Rule, ...]
    also: tuple[Rule, ...]
    wrong: str = ""

    @property
    def province(self) -> str:
        """The province bound by it."""
        return self.head.province


def read_facts(path: Path) -> tuple[Fact, ...]:
    """The facts all provinces share."""
    return _checked(path, _FactsFile).facts


def read_pack(path: Path, shared: Sequence[Fact]) -> Pack:
    """The pack in a file. Raises `BadInput` naming file, block and key for what cannot be used."""
    read = _checked(path, _PackFile)
    asks = {ask.fact: ask.when for ask in read.asks}
    own = [
        fact.model_copy(update={"when": asks[fact.id]}) if fact.id in asks else fact
        for fact in shared
    ]
    pack = Pack(path.name, read.pack, FactSheet((*own, *read.facts)), read.routes, read.also)
    wrong = next(chain(_wrong_asks(read.asks, shared), _wrong(pack)), None)
    if wrong:
        raise BadInput(f"Tệp quy trình {path.name}, {wrong} Sửa rồi chạy lại.")
    return pack


def province_key(name: str) -> str:
    """A province without accents and without “tỉnh”: what two spellings of it share.

    >>> province_key("Tỉnh  Lạng Sơn") == province_key("lang son")
    True
    """
    return _PLACE.sub("", fold(one_line(name)))


def _checked(path: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(values := read_toml(path, "tệp quy trình"))
    except FileNotFoundError:
        raise BadInput(f"Thiếu tệp {path.name} trong thư mục {path.parent}.") from None
    except ValidationError as problem:
        told = problem.errors()[0]
        named = _named(values, told["loc"])
        raise BadInput(
            f"Tệp quy trình {path.name}, {named}{refusal(told)}. Sửa rồi chạy lại."
        ) from None


def _named(values: Any, place: Sequence[int | str]) -> str:
    """“khối “13.4.1”, ” for a fault within a block that has an id."""
    for part in place:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(values, dict) and isinstance(values.get("id"), str):
            return f"khối “{values['id']}”, "
    return ""


def _wrong_asks(asks: Sequence[Ask], shared: Sequence[Fact]) -> Iterator[str]:
    """Questions a pack asks at its own time that are not shared, or are told twice."""
    names = [ask.fact for ask in asks]
    for name in dict.fromkeys(names):
        if name not in {fact.id for fact in shared}:
            yield f"[[ask]] “{name}”: không có câu hỏi chung này; câu hỏi riêng viết ở [[fact]]."
        elif names.count(name) > 1:
            yield f"[[ask]] “{name}”: ghi hai lần. Gộp các trường hợp vào một when."


def _wrong(pack: Pack) -> Iterator[str]:
    """What a pack says that cannot be: doubled ids, facts or answers that do not exist."""
    rules = [*pack.routes, *pack.also]
    for ids, what in (
        ([rule.id for rule in rules], "khối"),
        ([fact.id for fact in pack.sheet.facts], "điều (fact)"),
    ):
        for one in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"{what} “{one}”: trùng id."
    asked: list[str] = []
    for fact in pack.sheet.facts:
        for condition in (*fact.when, *(c for v in fact.values for c in v.when)):
            yield from _unknown(condition, pack.sheet, f"[[fact]] “{fact.id}”", asked)
        if len(fact.values) < 2:
            yield f"[[fact]] “{fact.id}”: cần ít nhất hai [[fact.value]]."
        asked.append(fact.id)
    for rule in rules:
        if not rule.when:
            yield f"khối “{rule.id}”, when: chưa nêu trường hợp nào."
        for condition in rule.when:
            yield from _unknown(condition, pack.sheet, f"khối “{rule.id}”", asked)
    for rule in pack.routes:
        if rule.decides is None and not rule.silent:
            yield f"khối “{rule.id}”: không có decides thì phải có silent (quy chế không nêu gì)."
        if rule.decides is not None and rule.silent:
            yield f"khối “{rule.id}”: đã có decides thì bỏ silent."
        if not rule.governs:
            yield f"khối “{rule.id}”: thiếu governs (điều khoản điều chỉnh)."
    for rule in pack.also:
        if rule.decides or rule.signs or rule.silent:
            yield f"khối “{rule.id}”: [[also]] không quyết định: bỏ decides, signs, silent."


def _unknown(
    condition: dict[str, tuple[str, ...]], sheet: FactSheet, place: str, asked: Sequence[str]
) -> Iterator[str]:
    for name, allowed in condition.items():
        fact = sheet.fact(name)
        if fact is None or name not in asked:
            why = "đứng sau, phải đứng trước" if fact else "không có điều này"
            yield f"{place}, when: “{name}” {why}."
            continue
        for answer in allowed:
            if answer != NOT_ASKED and fact.value(answer) is None:
                known = ", ".join(value.id for value in fact.values)
                yield f"{place}, when.{name}: không có giá trị “{answer}”. Các giá trị: {known}."
