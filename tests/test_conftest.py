"""The promises of conftest.py: no network, no real home, golden files changed by a person only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Golden, require_package, require_program
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_connection_beyond_loopback_is_refused() -> None:
    with socket.socket() as outbound, pytest.raises(SocketConnectBlockedError):
        outbound.connect(("192.0.2.1", 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"only loopback is allowed"):
        socket.getaddrinfo("example.org", 80)


def test_a_datagram_beyond_loopback_is_refused() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as outbound,
        pytest.raises(RuntimeError, match=r"only loopback is allowed"),
    ):
        outbound.sendto(b"?", ("192.0.2.1", 53))


def test_loopback_and_unix_sockets_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
    here, there = socket.socketpair()
    here.close()
    there.close()


def test_the_home_folder_is_this_tests_own(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert os.environ["DRAFTING_HOME"] == str(home)
    assert home.is_relative_to(tmp_path_factory.getbasetemp())
    assert list(home.iterdir()) == []


def test_a_golden_file_is_compared_and_rewritten_only_when_asked(tmp_path: Path) -> None:
    Golden(tmp_path, update=True)("a/b.txt", "Điều 1\n")
    Golden(tmp_path, update=False)("a/b.txt", "Điều 1\n")
    with pytest.raises(AssertionError, match="--update-golden"):
        Golden(tmp_path, update=False)("a/b.txt", "Điều 2\n")
    with pytest.raises(AssertionError, match="does not exist"):
        Golden(tmp_path, update=False)("c.txt", "")


def test_golden_files_cannot_be_updated_in_ci(repo: Path) -> None:
    command = [sys.executable, "-m", "pytest", "--update-golden", "tests/test_conftest.py"]
    environment = os.environ | {"CI": "true"}
    result = subprocess.run(
        command, cwd=repo, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--update-golden is off in CI" in result.stderr


def test_an_absent_program_skips_here_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTING_REQUIRE_ALL", "0")
    with pytest.raises(pytest.skip.Exception, match="khong-co is not installed"):
        require_program("khong-co")
    monkeypatch.setenv("DRAFTING_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="khong-co is not installed"):
        require_program("khong-co")
    with pytest.raises(pytest.fail.Exception, match="khong_co is not installed"):
        require_package("khong_co")


def test_a_present_program_is_found_under_any_of_its_names() -> None:
    assert Path(require_program("khong-co", "python3", "python")).exists()
