"""Leaves a working `.venv`: made, repaired, brought up to date, or left alone."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
import shutil
import sys
from pathlib import Path

from checkout import THIS_PYTHON, Checkout, say
from troubles import DISK_NEEDED_GB, Stop, diagnose, explain

TORCH = "torch==2.13.0"
# The default build for Linux brings several GB of CUDA; this index has one of 200 MB. Where it
# cannot be reached pip waits 82 s by default, 6 s with `--retries 0`.
CPU_BUILDS = ("--retries", "0", "--extra-index-url", "https://download.pytorch.org/whl/cpu")
A_FEW_MINUTES = "… có thể mất vài phút"


def setup(checkout: Checkout, *, fresh: bool = False) -> None:
    """Leave a finished setup; at once where it stands. `fresh` starts from an empty `.venv`."""
    if checkout.is_ready() and not fresh:
        return
    with checkout.lock():
        if checkout.is_ready() and not fresh:  # the one we waited for has done it
            return
        checkout.mark_unready()
        if fresh or not checkout.venv_works():
            make_venv(checkout)
        if checkout.wheels.is_dir():
            install_from_wheels(checkout)
        else:
            install_from_network(checkout)
        checkout.mark_ready()
    say("Cài đặt xong.")


def make_venv(checkout: Checkout) -> None:
    """A new, empty `.venv`; what stood there goes."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Stop(
            "Python trên máy này thiếu mô-đun venv. Trên Debian, Ubuntu gõ"
            "  sudo apt install python3-venv  rồi chạy lại lệnh này."
        )
    free = shutil.disk_usage(checkout.root).free / 1e9
    if free < DISK_NEEDED_GB:
        say(f"Lưu ý: ổ đĩa chỉ còn {free:.1f} GB, nên có {DISK_NEEDED_GB} GB.")
    say("Đang tạo môi trường Python trong .venv…")
    # Started from inside .venv, sys.executable is the very Python that --clear takes away.
    python = getattr(sys, "_base_executable", None) or sys.executable
    code, lines = checkout.capture([python, "-m", "venv", "--clear", str(checkout.venv)])
    if code:
        raise explain("Không tạo được .venv", lines)


def pip(checkout: Checkout, *arguments: str) -> tuple[int, list[str]]:
    """Run pip in `.venv`: its exit code and last lines; the whole output goes to the log."""
    command = [checkout.program("python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    return checkout.capture([*command, *arguments], checkout.log)


def install_from_network(checkout: Checkout) -> None:
    """PyTorch first, so that pip finds it there and fetches no CUDA build; then the rest."""
    say(f"Đang cài PyTorch (CPU){A_FEW_MINUTES}.")
    code, lines = get_torch(checkout, "install")
    if code:
        raise explain("Không cài được PyTorch", lines, checkout.log)
    say(f"Đang cài các thư viện còn lại{A_FEW_MINUTES}.")
    code, lines = pip(checkout, "install", "-e", ".[test]")
    if code:
        raise explain("Không cài được các thư viện", lines, checkout.log)


def get_torch(checkout: Checkout, *verb: str) -> tuple[int, list[str]]:
    """The measured version as a CPU build; else from the default index; else what there is.

    Intel Macs and Pythons newer than the measured version need the last. Where no index answers,
    asking for another version only takes longer. The lines are those of the default index.
    """
    code, lines = pip(checkout, *verb, TORCH, *CPU_BUILDS)
    if code:
        code, lines = pip(checkout, *verb, TORCH)
    if code and not diagnose(lines).is_network:
        code, _ = pip(checkout, *verb, "torch>=2.2", *CPU_BUILDS)
    return code, lines


def install_from_wheels(checkout: Checkout) -> None:
    """Everything from the folder that `bundle` made."""
    refuse_foreign_bundle(checkout)
    say(f"Đang cài từ thư mục wheels/ (không cần mạng){A_FEW_MINUTES}.")
    found = ("--no-index", "--find-links", str(checkout.wheels))
    code, lines = pip(checkout, "install", *found, "-e", ".[test]")
    if code:
        raise explain("Không cài được từ thư mục wheels/", lines, checkout.log)


def refuse_foreign_bundle(checkout: Checkout) -> None:
    """Stop at a bundle made for another system, Python or program, more clearly than pip."""
    note = checkout.wheels / "bundle.json"
    here = needs(checkout)
    made_for = json.loads(note.read_text("utf-8")) if note.is_file() else here
    if made_for == here:
        return
    if in_words(made_for) != in_words(here):
        what = f"làm cho {in_words(made_for)}; máy này là {in_words(here)}"
    else:
        what = "làm cho một bản khác của chương trình"
    raise Stop(
        f"Thư mục wheels/ {what}. Hãy chạy lệnh bundle trên một máy có mạng cùng loại rồi chép"
        " sang, hoặc xoá thư mục wheels/ nếu máy này có mạng."
    )


def bundle(checkout: Checkout) -> str:
    """Gather every wheel in `wheels/` for a PC without internet; what to do with it, in words."""
    with checkout.lock():
        if not checkout.venv_works():
            checkout.mark_unready()
            make_venv(checkout)
        part = checkout.root / "wheels.part"
        shutil.rmtree(part, ignore_errors=True)
        gather(checkout, part)
        note = what_to_do(checkout, part)
        (part / "bundle.json").write_text(json.dumps(needs(checkout)), "utf-8")
        (part / "DOC-TRUOC.txt").write_text(note, "utf-8-sig")  # Notepad asks for the mark
        shutil.rmtree(checkout.wheels, ignore_errors=True)
        part.replace(checkout.wheels)
    return note


def gather(checkout: Checkout, folder: Path) -> None:
    """PyTorch, then everything else and ourselves, as wheels in one folder."""
    wheel = ("wheel", "--wheel-dir", str(folder), "--find-links", str(folder))
    say(f"Đang gom PyTorch (CPU) vào wheels/{A_FEW_MINUTES}.")
    code, lines = get_torch(checkout, *wheel)
    if code:
        raise explain("Không tải được PyTorch", lines, checkout.log)
    # By its full version, with the +cpu: a bare one would let pip add the CUDA build.
    torch = next(folder.glob("torch-*.whl")).name.split("-")[1]
    say(f"Đang gom các thư viện còn lại{A_FEW_MINUTES}.")
    # hatchling and editables build our own package on the other PC.
    code, lines = pip(checkout, *wheel, f"torch=={torch}", ".[test]", "hatchling", "editables")
    if code:
        raise explain("Không tải được các thư viện", lines, checkout.log)


def what_to_do(checkout: Checkout, wheels: Path) -> str:
    """What to copy and what to type on the PC without internet."""
    sizes = [wheel.stat().st_size for wheel in wheels.glob("*.whl")]
    here = needs(checkout)
    return (
        f"Thư mục wheels/ có {len(sizes)} gói, {sum(sizes) / 1e6:.0f} MB, cho {in_words(here)}.\n"
        f"1. Chép cả thư mục {checkout.root.name} sang máy không có mạng, trừ .venv và .drafting.\n"
        f"2. Máy đó phải cùng hệ điều hành và có Python {here['python']} 64-bit: chép kèm bộ cài từ"
        " python.org nếu chưa có.\n"
        "3. Trên máy đó, Windows: nhấp đúp Soan-thao.bat, hoặc gõ  py tools\\bootstrap.py app\n"
        "   Linux, macOS: gõ  python3 tools/bootstrap.py app"
    )


def needs(checkout: Checkout) -> dict[str, str]:
    """What decides whether a bundle fits: Python, system, and what the program depends on."""
    return {
        "python": "{}.{}".format(*THIS_PYTHON),
        "system": platform.system(),
        "machine": platform.machine(),
        "pyproject": hashlib.sha256((checkout.root / "pyproject.toml").read_bytes()).hexdigest(),
    }


def in_words(needs: dict[str, str]) -> str:
    """A machine as a person says it.

    >>> in_words({"python": "3.12", "system": "Windows", "machine": "AMD64"})
    'Windows AMD64, Python 3.12'
    """
    return "{system} {machine}, Python {python}".format(**needs)
