"""Opens all a route needs from the settings: packs, time limits, what the library lacks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from drafting.cases import Case
from drafting.deadlines import load_rules
from drafting.errors import BadInput
from drafting.evidence import unusable
from drafting.findings import Finding
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
    gather_packs,
    new_facts,
    new_pack,
    pack_of,
    province_key,
    read_facts,
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
    notices: list[str] = field(default_factory=list)

    @property
    def folders(self) -> list[Path]:
        """Where rules lie, the office's own last: they take over."""
        return [shipped_rules(), self.settings.own_rules]

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """One pack a province; of one that cannot be used `wrong` says why."""
        return gather_packs(self.folders, {rule.id for rule in load_rules(self.folders)})

    @property
    def usable(self) -> list[Pack]:
        """The packs that can be used."""
        return [pack for pack in self.packs if not pack.wrong]

    @property
    def refused(self) -> list[Pack]:
        """The packs that cannot."""
        return [pack for pack in self.packs if pack.wrong]

    def route(self, situation: Situation, as_of: date) -> Route:
        """The one route of a situation on a day."""
        days = Days.read(self.folders, as_of, situation.starts, situation.ends)
        gaps = read_gaps(situation.province, situation.known.get("viec", ""))

        def changed(names: Iterable[str], day: date) -> Sequence[str]:
            said = "\n\n".join(names)
            return changed_bodies(said, day, situation.province, self.organisations)

        found = build(situation, self.packs, self.library, days, gaps, changed)
        # Another province's pack is wrong: said once, and in nobody's way.
        told = [pack.wrong for pack in self.refused if pack.wrong not in self.notices]
        self.notices.extend(told)
        return found

    def route_of(self, form: Form, case: Case) -> Route | None:
        """The route of a form's case, None where it answers no fact or its province has no pack."""
        situation = situation_of(form, case)
        if not tells_facts(form, case) or not self.has_pack(situation.province):
            return None
        return self.route(situation, situation.drafted or self.today)

    def has_pack(self, province: str) -> bool:
        """Whether a province has a pack that can be used."""
        wanted = province_key(province)
        return bool(wanted) and any(province_key(p.province) == wanted for p in self.usable)

    def new_facts(self, province: str = "", known: dict[str, str] | None = None) -> str:
        """A facts file to fill in, with the questions of that province's pack."""
        if province and self.has_pack(province):
            return new_facts(pack_of(province, self.packs).sheet, province, known)
        return new_facts(FactSheet(read_facts(shipped_rules() / FACTS)), province, known)


def review_packs(settings: Settings, told: Container[str]) -> list[Finding]:
    """The packs that cannot be used (QT03), those whose file is `told` already left out."""
    folders = [shipped_rules(), settings.own_rules]
    try:
        known = {rule.id for rule in load_rules(folders)}
        packs = gather_packs(folders, known)
    except BadInput as problem:
        return [] if told else [unusable("deadlines.toml", problem)]
    return [unusable(one.file, one.wrong) for one in packs if one.wrong and one.file not in told]


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
