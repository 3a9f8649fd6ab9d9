"""What every test gets: no network, a home of its own, golden files, the programs it needs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest

REPO = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "", None}
# A test with the marker needs the program; any one of the names will do.
PROGRAMS = {
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "office": ("soffice", "libreoffice"),
    "ocr": ("tesseract",),
}


# --- Golden files ---


@dataclass(frozen=True, slots=True)
class Golden:
    """Compares text with `tests/golden/<name>`; `golden("outline-103.txt", text)`."""

    folder: Path
    update: bool

    def __call__(self, name: str, text: str) -> None:
        path = self.folder / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.is_file(), f"{path} does not exist: run pytest --update-golden, read the diff"
        assert text == path.read_text("utf-8"), (
            f"differs from {path}: right? pytest --update-golden"
        )


@pytest.fixture
def golden(request: pytest.FixtureRequest, repo: Path) -> Golden:
    """A comparison with a file a person can read in a diff."""
    return Golden(repo / "tests" / "golden", bool(request.config.getoption("--update-golden")))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError(
            "--update-golden is off in CI: golden files are changed by a person"
        )
    sys.addaudithook(refuse_outbound)


# --- No network ---


def refuse_outbound(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what pytest-socket lets through: looking up a name, sending a datagram.

    Offline a look-up fails by itself and the caller may swallow that, so a test would pass here and
    reach out on a connected machine.
    """
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event == "socket.sendto" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in LOOPBACK:
        raise RuntimeError(f"A test tried to reach {host} ({event}); only loopback is allowed.")


# --- Folders ---


@pytest.fixture(scope="session")
def repo() -> Path:
    """The repository root."""
    return REPO


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that outlive one test: they too keep out of the user's real folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRAFTING_HOME", str(tmp_path_factory.mktemp("session-home")))
        yield


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This test's own DRAFTING_HOME, empty."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DRAFTING_HOME", str(folder))
    return folder


# --- Programs and packages a test needs ---


def require_program(*names: str) -> str:
    """The path of the first of these programs that is here; else the test is skipped.

    With DRAFTING_REQUIRE_ALL=1 (CI) it fails instead: there, absent means a broken set-up.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    return _absent(" / ".join(names))


def require_package(name: str) -> None:
    """As `require_program`, for an optional Python package that the test extra installs here."""
    if find_spec(name) is None:
        _absent(name)


def _absent(what: str) -> NoReturn:
    absent = f"{what} is not installed"
    if os.environ.get("DRAFTING_REQUIRE_ALL") == "1":
        pytest.fail(absent, pytrace=False)
    pytest.skip(absent)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, names in PROGRAMS.items():
        if item.get_closest_marker(marker):
            require_program(*names)
