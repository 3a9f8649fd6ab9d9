"""THIRD-PARTY-NOTICES.md names everything we depend on."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path


def test_every_direct_dependency_has_a_notice(repo: Path) -> None:
    project = tomllib.loads((repo / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = itertools.chain(project["dependencies"], *extras)
    names = {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in wanted}
    notices = (repo / "THIRD-PARTY-NOTICES.md").read_text("utf-8").lower()
    listed = set(re.findall(r"^\| \[([\w.-]+)\]", notices, re.MULTILINE))
    assert names == listed
