"""Data flows one way, and the heavy or dangerous libraries stay where they belong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in `root`, not on the installed one."""
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold(repo: Path) -> None:
    result = lint_imports(repo)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("text", "from drafting import structure", "Data flows one way"),
        ("text", "def f() -> None:\n    import torch", "Heavy libraries"),
        ("text", "import llama_index.core", "Heavy libraries"),
        ("structure/build", "import streamlit", "Streamlit only in ui"),
        ("structure/build", "from docxtpl import DocxTemplate", "docxtpl only in render"),
        ("text", "import sqlite3", "SQL only in"),
        ("moi", "", "Data flows one way"),
    ],
)
def test_a_breach_is_seen(
    module: str, line: str, contract: str, repo: Path, tmp_path: Path
) -> None:
    shutil.copytree(repo / "src", tmp_path / "src")
    shutil.copy(repo / "pyproject.toml", tmp_path)
    with (tmp_path / "src" / "drafting" / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert [line for line in broken if line.startswith(contract)], result.stdout
