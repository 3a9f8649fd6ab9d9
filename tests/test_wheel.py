"""The wheel does the main job by itself, with the checkout out of sight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow_setup
CASE = Path("drafting/_data/examples/to-trinh-doan-ra-lang-son.yaml")


@dataclass(frozen=True)
class Installed:
    """The wheel, installed in a folder of its own; `elsewhere` is where its user stands."""

    site: Path
    elsewhere: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python with the wheel first on its path and the current folder not on it."""
        return subprocess.run(
            [sys.executable, "-P", *arguments],
            cwd=self.elsewhere,
            env=os.environ | {"PYTHONPATH": str(self.site), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def drafting(self, *arguments: str) -> dict[str, Any]:
        """Run a verb that must succeed; its JSON."""
        result = self.python("-m", "drafting", *arguments, "--json")
        assert result.returncode == 0, result.stdout + result.stderr
        (line,) = result.stdout.splitlines()
        answer: dict[str, Any] = json.loads(line)
        return answer


@pytest.fixture(scope="module")
def installed(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel built from the checkout as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(repo))
    run_python(*build)
    (wheel,) = folder.glob("drafting-*.whl")
    site, elsewhere = folder / "site", folder / "Bàn làm việc"
    run_python(
        *("-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
        *("--target", str(site), str(wheel)),
    )
    elsewhere.mkdir()
    return Installed(site, elsewhere)


def run_python(*arguments: str) -> None:
    result = subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_checkout_is_out_of_sight(installed: Installed) -> None:
    result = installed.python("-c", "import drafting; print(drafting.__file__)")
    assert Path(result.stdout.strip()).is_relative_to(installed.site), result.stdout + result.stderr


def test_the_wheel_carries_corpus_templates_examples_and_page(installed: Installed) -> None:
    data = installed.site / "drafting" / "_data"
    assert len(list((data / "corpus").glob("*.txt"))) == 5
    assert (data / "corpus" / "corpus.toml").is_file()
    assert list((data / "templates").glob("*.docx"))
    assert (installed.site / CASE).is_file()
    assert (data / "app.py").is_file()
    assert (data / ".streamlit" / "config.toml").is_file()
    assert list((installed.site / "drafting" / "rules").rglob("*.toml"))


def test_the_corpus_in_the_wheel_is_the_checkouts_byte_for_byte(
    installed: Installed, repo: Path
) -> None:
    carried = installed.site / "drafting" / "_data" / "corpus"
    for path in (repo / "corpus").glob("*.txt"):
        assert (carried / path.name).read_bytes() == path.read_bytes(), path.name


def test_help_answers(installed: Installed) -> None:
    result = installed.python("-m", "drafting", "--help")
    assert result.returncode == 0, result.stderr
    for verb in ("search", "draft", "corpus"):
        assert verb in result.stdout


def test_the_wheel_searches_and_drafts_from_another_folder(
    installed: Installed, home: Path
) -> None:
    synced = installed.drafting("corpus", "sync")
    assert (len(synced["added"]), synced["problems"]) == (5, [])

    found = installed.drafting("search", "đoàn ra")
    assert found["answered"]
    assert found["hits"][0]["text"]

    out = installed.elsewhere / "Tờ trình đoàn ra.docx"
    case = installed.site / CASE
    drafted = installed.drafting("draft", "to-trinh-doan-ra", "--case", str(case), "-o", str(out))
    assert out.read_bytes()[:2] == b"PK"
    assert {"slots", "ledger", "findings"} <= drafted.keys()
    assert any(home.iterdir()), "the data lies in DRAFTING_HOME"
