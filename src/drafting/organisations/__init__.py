"""Bodies and places that ended, merged or were renamed: where a text still addresses them.

    load_organisations(folders) -> Organisations        organisations.toml, then the office's own
    check_bodies(text, as_of, province) -> Findings    TC01, TC02 with the successor and its source
    changed_bodies(text, as_of, province) -> sentences  warnings to stand beside a provision

Nothing is ever rewritten: the program names the successor, the one who signs decides.
"""

from drafting.organisations.check import changed_bodies, check_bodies, finding_of
from drafting.organisations.mentions import Mention, find_mentions
from drafting.organisations.organisation import (
    Organisation,
    Organisations,
    load_organisations,
    open_organisations,
    proven_organisations,
    shipped_organisations,
)
from drafting.organisations.roles import Role

__all__ = [
    "Mention",
    "Organisation",
    "Organisations",
    "Role",
    "changed_bodies",
    "check_bodies",
    "find_mentions",
    "finding_of",
    "load_organisations",
    "open_organisations",
    "proven_organisations",
    "shipped_organisations",
]
