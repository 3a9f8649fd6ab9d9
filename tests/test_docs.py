"""What the documents say is true: every console example runs, every verb and setting is named."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from drafting.cli.command import app, run
from drafting.forms import form_ids
from drafting.settings import KEYS

REPO = Path(__file__).resolve().parent.parent
ENVIRONMENT = re.compile(r"""["'](DRAFTING_[A-Z_]+)["']""")
PAGES = [REPO / "README.md", *sorted((REPO / "docs").glob("*.md"))]


@dataclass(frozen=True)
class Example:
    """One command of a console block and the output shown under it; “...” stands for anything."""

    page: str
    command: str
    output: str


def examples() -> Iterator[Example]:
    for page in PAGES:
        blocks = page.read_text("utf-8").split("```console\n")[1:]
        for block in blocks:
            for part in block.split("```")[0].split("$ ")[1:]:
                command, _, output = part.partition("\n")
                yield Example(page.name, command.strip(), output)


EXAMPLES = list(examples())


def test_the_documents_show_examples() -> None:
    assert len([one for one in EXAMPLES if one.page == "README.md"]) >= 3


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.page}: {e.command}")
def test_a_shown_command_prints_what_is_shown(
    example: Example,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for folder in ("examples", "corpus"):
        shutil.copytree(REPO / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(example.command)
    assert program == "drafting", example.command
    run(arguments)
    told = capsys.readouterr()
    printed = told.out + told.err
    checker = doctest.OutputChecker()
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert checker.check_output(example.output, printed, options), printed


def sessions() -> dict[str, str]:
    """For each page its Python sessions, in order: one goes on where the one before it ended."""
    blocks = {page.name: page.read_text("utf-8").split("```pycon\n")[1:] for page in PAGES}
    return {
        name: "\n".join(block.split("```")[0] for block in some)
        for name, some in blocks.items()
        if some
    }


def test_the_llamaindex_page_shows_sessions() -> None:
    assert sessions()["llamaindex.md"].count(">>> ") > 20


@pytest.mark.parametrize("page", sessions())
def test_a_shown_python_session_says_what_is_shown(page: str) -> None:
    """Without a network: conftest refuses every connection."""
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    session = doctest.DocTestParser().get_doctest(sessions()[page], {}, page, page, 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=options).run(session, out=told.append)
    assert session.examples and not told, "".join(told)


def verbs() -> list[str]:
    own = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    groups = [
        f"{g.name} {(c.name or c.callback.__name__)}"
        for g in app.registered_groups
        if g.typer_instance
        for c in g.typer_instance.registered_commands
        if c.callback
    ]
    return own + groups


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_in_the_guide(verb: str) -> None:
    guide = (REPO / "docs" / "huong-dan.md").read_text("utf-8")
    assert f"drafting {verb}" in guide


def test_every_form_is_in_the_guide() -> None:
    guide = (REPO / "docs" / "huong-dan.md").read_text("utf-8")
    assert [f for f in form_ids(REPO / "templates") if f"`{f}`" not in guide] == []


def undocumented(names: Iterable[str]) -> list[str]:
    guide = (REPO / "docs" / "huong-dan.md").read_text("utf-8")
    return [name for name in names if f"`{name}`" not in guide]


def test_every_setting_is_in_the_guide() -> None:
    # settings.toml refuses every key that is not one of these.
    assert undocumented(KEYS) == []
    assert undocumented([*KEYS, "mot_thiet_lap_moi"]) == ["mot_thiet_lap_moi"]


def test_every_environment_variable_is_in_the_guide() -> None:
    sources = (REPO / "src").rglob("*.py")
    read = {name for path in sources for name in ENVIRONMENT.findall(path.read_text("utf-8"))}
    assert {"DRAFTING_HOME", "DRAFTING_CORPUS"} <= read
    assert undocumented(sorted(read)) == []


def test_every_decision_is_listed() -> None:
    index = (REPO / "docs" / "architecture.md").read_text("utf-8")
    pages = [p.name for p in (REPO / "docs" / "decisions").glob("*.md")]
    assert pages and [name for name in pages if name not in index] == []


def test_every_finding_code_is_in_the_guide() -> None:
    """A code, or the range it lies in (“HN01–HN08”)."""
    guide = (REPO / "docs" / "huong-dan.md").read_text("utf-8")
    shown = set(re.findall(r"\b[A-Z]{2}\d\d\b", guide))
    for first, last in re.findall(r"\b([A-Z]{2}\d\d)–([A-Z]{2}\d\d)\b", guide):
        shown |= {f"{first[:2]}{n:02d}" for n in range(int(first[2:]), int(last[2:]) + 1)}
    code = "\n".join(path.read_text("utf-8") for path in (REPO / "src").rglob("*.py"))
    used = set(re.findall(r'"([A-Z]{2}\d\d)", ?\s*Severity', code))
    assert used and used - shown == set()


def test_the_architecture_names_each_file_and_each_verb_once() -> None:
    page = (REPO / "docs/architecture.md").read_text("utf-8")
    files = re.findall(r"(?m)^(?:  )?([a-z_]+(?:/|\.py)) ", page.partition("## Files")[2])
    verbs = re.findall(r"(?m)^\| `drafting ([a-z]+(?: [a-z]+)?)", page)
    for named in (files, verbs):
        assert named and sorted(named) == sorted(set(named))
    assert page.count("*Built so far") == 1
    package = REPO / "src/drafting"
    beside = {"corpus/", "templates/", "examples/", "benchmarks/", "tools/", "src/"}
    assert not [name for name in set(files) - beside if not (package / name).exists()]
