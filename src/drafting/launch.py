"""`launch`: starts the page on this machine only and opens the browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Mapping
from pathlib import Path

from drafting import settings
from drafting.errors import BadInput

HOST = "127.0.0.1"
FIRST_PORT = 8501
_PORTS_TRIED = 50
_START_SECONDS = 60


def launch() -> int:
    """Serves the page until Ctrl+C; the exit code of `drafting app`.

    The browser is opened here, not by Streamlit: in that mode it asks for an e-mail address and
    advertises, in English.
    """
    given = settings.load()
    port = free_port()
    address = f"http://{HOST}:{port}"
    environment = page_environment(os.environ, given.home)
    server = subprocess.Popen(
        command(given.app, port), cwd=given.app.parent, env=environment, stdout=subprocess.DEVNULL
    )
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if not _answers(address, server):
            _say("Chưa mở được trang soạn thảo. Xem các dòng phía trên, rồi thử lại.")
            server.terminate()
            return server.wait() or 3
        _say(f"Trang soạn thảo: {address} (chỉ mở được trên máy này).")
        _say("Dừng: bấm Ctrl+C hoặc đóng cửa sổ này.")
        if has_display(os.environ):
            webbrowser.open(address)
        code = server.wait()
    except KeyboardInterrupt:
        server.wait()
        _say("Đã dừng trang soạn thảo.")
        return 0
    return 0 if code == -signal.SIGTERM else code


def command(app: Path, port: int) -> list[str]:
    """The command line of the page's server; every option that keeps it on this machine is here,
    so that it holds whatever the configuration files say."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(app)),
        *("--server.address", HOST),
        *("--server.port", str(port)),
        *("--server.headless", "true"),
        *("--server.fileWatcherType", "none"),
        *("--browser.gatherUsageStats", "false"),
        *("--client.showErrorDetails", "none"),
        *("--client.toolbarMode", "minimal"),
        *("--logger.level", "error"),
    ]


def page_environment(given: Mapping[str, str], home: Path) -> dict[str, str]:
    """The server's environment: this office's home, folders absolute since it runs elsewhere."""
    environment = {**given, "DRAFTING_HOME": str(home)}
    if given.get("DRAFTING_CORPUS"):
        environment["DRAFTING_CORPUS"] = str(Path(given["DRAFTING_CORPUS"]).absolute())
    return environment


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from `first` on that nobody on this machine listens on."""
    for port in range(first, first + _PORTS_TRIED):
        with socket.socket() as probe:
            if os.name == "posix":  # on Windows this option would take a port in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    last = first + _PORTS_TRIED - 1
    raise BadInput(f"Các cổng {first}–{last} đều bận. Đóng bớt cửa sổ chương trình rồi mở lại.")


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a person with a screen to open a browser for."""
    if environment.get("CI"):
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    """Waits until the server answers; False when it left or stayed silent."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with direct.open(f"{address}/_stcore/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
