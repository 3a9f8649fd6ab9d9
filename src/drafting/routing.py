"""Opens all a route needs from the settings: packs, time limits, what the library lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from drafting.cases import Case
from drafting.deadlines import load_rules
from drafting.errors import BadInput
from drafting.forms import Form
from drafting.library import Library
from drafting.organisations import Organisations, changed_bodies
from drafting.procedure import (
    Days,
    Gap,
    Pack,
    Route,
    Situation,
    build,
    new_facts,
    new_pack,
    pack_of,
    province_key,
    read_facts,
    read_packs,
)
from drafting.procedure.facts import FactSheet
from drafting.procedure.packs import FACTS
from drafting.route_case import situation_of, tells_facts
from drafting.settings import Settings, shipped_rules
from drafting.toml import read_toml


@dataclass(frozen=True)
class Routing:
    """The decision tables of this office, opened once, and the bodies it knows to have changed."""

    settings: Settings
    library: Library
    today: date
    organisations: Organisations | None = None

    @property
    def folders(self) -> list[Path]:
        """Where rules lie, the office's own last: they take over."""
        return [shipped_rules(), self.settings.own_rules]

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """One pack a province. Raises `BadInput` for a pack that cannot be used."""
        found = read_packs(self.folders)
        known = {rule.id for rule in load_rules(self.folders)}
        for pack in found:
            for rule in (*pack.routes, *pack.also):
                for step in rule.steps:
                    if step.deadline and step.deadline not in known:
                        raise BadInput(
                            f"Tệp quy trình {pack.file}, khối “{rule.id}”, deadline: không có thời "
                            f"hạn “{step.deadline}”. Xem “drafting deadline --list”."
                        )
        return found

    def route(self, situation: Situation, as_of: date) -> Route:
        """The one route of a situation on a day."""
        days = Days.read(self.folders, as_of, situation.starts, situation.ends)
        gaps = read_gaps(situation.province, situation.known.get("viec", ""))

        def changed(names: Iterable[str], day: date) -> Sequence[str]:
            said = "\n\n".join(names)
            return changed_bodies(said, day, situation.province, self.organisations)

        return build(situation, self.packs, self.library, days, gaps, changed)

    def route_of(self, form: Form, case: Case) -> Route | None:
        """The route of a form's case, None where it answers no fact or its province has no pack."""
        situation = situation_of(form, case)
        if not tells_facts(form, case) or not self.has_pack(situation.province):
            return None
        return self.route(situation, situation.drafted or self.today)

    def has_pack(self, province: str) -> bool:
        """Whether a province has a pack."""
        wanted = province_key(province)
        return bool(wanted) and any(province_key(p.province) == wanted for p in self.packs)

    def new_facts(self, province: str = "", known: dict[str, str] | None = None) -> str:
        """A facts file to fill in, with the questions of that province's pack."""
        if province and self.has_pack(province):
            return new_facts(pack_of(province, self.packs).sheet, province, known)
        return new_facts(FactSheet(read_facts(shipped_rules() / FACTS)), province, known)


def blank_pack(province: str) -> str:
    """A blank pack for a province."""
    return new_pack(shipped_rules(), province)


def read_gaps(province: str, kind: str) -> Sequence[Gap]:
    """What the library lacks to answer this kind of case for a province."""
    entries = read_toml(shipped_rules() / "gaps.toml", "tệp quy tắc")["gap"]
    return [
        Gap(entry["what"], entry["why"], entry["verified"])
        for entry in entries
        if province_key(entry["province"]) == province_key(province)
        and kind in entry.get("cases", [kind])
    ]
