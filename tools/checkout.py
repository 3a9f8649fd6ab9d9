"""A checkout and the `.venv` in it: where things lie and in what state they are."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

THIS_PYTHON = (sys.version_info.major, sys.version_info.minor)


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def program_in(venv: PurePath, name: str, *, windows: bool) -> PurePath:
    """Where a virtual environment keeps a program.

    >>> from pathlib import PureWindowsPath
    >>> print(program_in(PureWindowsPath(".venv"), "python", windows=True))
    .venv\\Scripts\\python.exe
    """
    return venv / "Scripts" / f"{name}.exe" if windows else venv / "bin" / name


def stamp_of(root: Path, python: tuple[int, int]) -> str:
    """What a setup was made for; another pyproject.toml, Python or place asks for another setup.

    The place counts because the programs in `.venv` name it: in a moved folder they do not start.
    """
    parts = ((root / "pyproject.toml").read_bytes(), repr(python).encode(), str(root).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with this program's sources, and the `.venv` in it."""

    root: Path

    @property
    def venv(self) -> Path:
        """The virtual environment; everything in it can be made again."""
        return self.root / ".venv"

    @property
    def wheels(self) -> Path:
        """What `bundle` makes; where it lies, nothing is asked of the network."""
        return self.root / "wheels"

    @property
    def log(self) -> Path:
        """Everything pip said."""
        return self.venv / "setup.log"

    @property
    def stamp(self) -> Path:
        """Written last, so it vouches for the whole setup."""
        return self.venv / "drafting.stamp"

    def program(self, name: str) -> str:
        """The path of a program in `.venv`."""
        return str(program_in(self.venv, name, windows=os.name == "nt"))

    def is_ready(self) -> bool:
        """Whether a finished setup for this pyproject.toml, Python and place stands."""
        if not self.stamp.is_file() or not Path(self.program("python")).exists():
            return False
        return self.stamp.read_text("ascii") == stamp_of(self.root, THIS_PYTHON)

    def mark_ready(self) -> None:
        """Write the stamp, whole or not at all."""
        part = self.stamp.with_suffix(".part")
        part.write_text(stamp_of(self.root, THIS_PYTHON), "ascii")
        part.replace(self.stamp)

    def mark_unready(self) -> None:
        """Take the stamp away: from here on an interruption leaves something to repair."""
        self.stamp.unlink(missing_ok=True)

    def venv_works(self) -> bool:
        """Whether `.venv` has a pip that runs on this Python (one made half has not)."""
        if not Path(self.program("python")).exists():
            return False
        code, lines = self.capture([self.program("python"), "-m", "pip", "--version"])
        return code == 0 and "(python {}.{})".format(*THIS_PYTHON) in " ".join(lines)

    def environment(self, **more: str) -> dict[str, str]:
        """Our environment for a child: UTF-8 everywhere, nothing that points it outside `.venv`."""
        astray = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")
        kept = {name: value for name, value in os.environ.items() if name not in astray}
        return kept | {"PYTHONUTF8": "1", "PIP_USER": "0"} | more

    def run(self, *command: str, **environment: str) -> int:
        """Run a program in the checkout, its output let through; its exit code."""
        child = subprocess.Popen(command, cwd=self.root, env=self.environment(**environment))
        try:
            code = child.wait()
        except KeyboardInterrupt:  # the child got it too and is closing down
            child.wait()
            return 130
        return code if code >= 0 else 128 - code

    def capture(self, command: list[str], log: Path | None = None) -> tuple[int, list[str]]:
        """Run a program without showing its output; its exit code and last lines."""
        last: deque[str] = deque(maxlen=60)
        with (
            Path(log or os.devnull).open("a", encoding="utf-8") as kept,
            subprocess.Popen(
                command,
                cwd=self.root,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            ) as child,
        ):
            for line in child.stdout or ():
                kept.write(line)
                last.append(line.rstrip())
                tell_big_download(line)
        return child.returncode, list(last)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One setup at a time; the system lets go of the lock even when we are killed."""
        with (self.root / ".venv.lock").open("w") as file:
            told = False
            while not try_lock(file.fileno()):
                if not told:
                    say("Một cửa sổ khác đang cài đặt; chờ nó xong…")
                    told = True
                time.sleep(0.5)
            yield


def try_lock(file: int) -> bool:
    """Take the system's lock on an open file, or say no."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def tell_big_download(line: str) -> None:
    """Name a download that takes long, so that minutes of silence are not taken for a hang."""
    verb, _, rest = line.strip().partition(" ")
    name, _, size = rest.rpartition(" (")
    number, _, unit = size.rstrip(")").partition(" ")
    if verb == "Downloading" and (unit == "GB" or (unit == "MB" and float(number) >= 10)):
        say(f"  tải {name.rsplit('/', 1)[-1]} ({number} {unit})")
