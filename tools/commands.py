"""The sub-commands: each gets what was typed after it and gives an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from checkout import Checkout, say
from install import bundle, setup
from troubles import Stop, diagnose

HERE = Checkout(Path(__file__).resolve().parent.parent)
DEMO_OUT = Path(".drafting/demo/to-trinh-doan-ra.docx")
DEMO_CASE = Path("examples/to-trinh-doan-ra-lang-son.yaml")
USAGE = """Cách dùng: python3 tools/bootstrap.py LỆNH   (Windows: py tools\\bootstrap.py LỆNH)

  app      mở chương trình trong trình duyệt
  demo     soạn thử một Tờ trình từ hồ sơ mẫu
  setup    chỉ cài đặt (setup --fresh: xoá .venv, cài lại từ đầu)
  bundle   gom mọi gói vào wheels/ cho máy không có mạng
  test     chạy các phép thử (thêm gì sau đó thì chuyển cho pytest)
  lint     ruff, mypy, import-linter
  check    lint, rồi test
  bench    chạy mọi phép đo trong benchmarks/

Lệnh nào cũng tự cài đặt trước nếu máy chưa cài."""


def do_setup(rest: list[str]) -> int:
    """Set up, and say so also where nothing was to do."""
    fresh = "--fresh" in rest
    if HERE.is_ready() and not fresh:
        say("Đã cài đặt sẵn.")
    setup(HERE, fresh=fresh)
    return 0


def do_demo(rest: list[str]) -> int:
    """Take the corpus in, draft a Tờ trình from the ready case, all in `.drafting/` here."""
    setup(HERE)
    (HERE.root / DEMO_OUT).parent.mkdir(parents=True, exist_ok=True)
    drafting, home = HERE.program("drafting"), str(HERE.root / ".drafting")
    draft = ("draft", "to-trinh-doan-ra", "--case", str(DEMO_CASE), "-o", str(DEMO_OUT))
    failed = HERE.run(drafting, "corpus", "sync", DRAFTING_HOME=home) or HERE.run(
        drafting, *draft, DRAFTING_HOME=home
    )
    if not failed:
        say(f"Mở tệp {DEMO_OUT} bằng Word. Tiếp theo: “make app” mở trang soạn thảo, hoặc gõ lệnh")
        say(f'  {drafting} search "đoàn vào ngoài kế hoạch gửi trước mấy ngày"')
    return failed


def do_app(rest: list[str]) -> int:
    """Open the page; a DRAFTING_HOME of the user's own is kept."""
    setup(HERE)
    home = os.environ.get("DRAFTING_HOME") or str(HERE.root / ".drafting")
    return HERE.run(HERE.program("drafting"), "app", *rest, DRAFTING_HOME=home)


def do_test(rest: list[str]) -> int:
    """Run the tests; nothing is printed after pytest's own summary."""
    setup(HERE)
    return HERE.run(HERE.program("python"), "-m", "pytest", *rest)


def do_lint(rest: list[str]) -> int:
    """Run ruff, mypy and import-linter: each of them, also after one failed."""
    setup(HERE)
    python = HERE.program("python")
    steps = {
        "ruff": (python, "-m", "ruff", "check"),
        "mypy": (python, "-m", "mypy"),
        "import-linter": (HERE.program("lint-imports"),),
    }
    failed = []
    for name, command in steps.items():
        say(f"── {name}")
        if HERE.run(*command):
            failed.append(name)
    say(f"lint: chưa đạt: {', '.join(failed)}" if failed else "lint: đạt")
    return 1 if failed else 0


def do_check(rest: list[str]) -> int:
    """Lint, types, layers and tests; the tests run also where the others failed."""
    lint, test = do_lint([]), do_test(rest)
    return lint or test


def do_bench(rest: list[str]) -> int:
    """Run every benchmark that has a main, in name order; what was typed goes to each."""
    setup(HERE)
    code = 0
    for path in sorted((HERE.root / "benchmarks").glob("*.py")):
        if '__name__ == "__main__"' in path.read_text("utf-8"):
            say(f"── {path.stem}")
            code = HERE.run(HERE.program("python"), "-m", f"benchmarks.{path.stem}", *rest) or code
    return code


def do_bundle(rest: list[str]) -> int:
    """Make `wheels/` and say what to do with it."""
    say(bundle(HERE))
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "app": do_app,
    "demo": do_demo,
    "setup": do_setup,
    "bundle": do_bundle,
    "test": do_test,
    "lint": do_lint,
    "check": do_check,
    "bench": do_bench,
}


def main(argv: list[str]) -> int:
    """Do one sub-command: its exit code; 1 and a sentence where it cannot be done, 2 on bad use."""
    for stream in (sys.stdout, sys.stderr):  # Windows starts in a code page without Vietnamese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not argv or argv[0] not in COMMANDS:
        asked = argv[:1] in (["-h"], ["--help"])
        print(USAGE, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return COMMANDS[argv[0]](argv[1:])
    except Stop as sentence:
        print(sentence, file=sys.stderr)
    except OSError as error:
        trouble = diagnose([str(error)])
        print(f"Không làm được: {error}.\n{trouble.remedy}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nĐã dừng. Chạy lại lệnh này để làm tiếp.", file=sys.stderr)
        return 130
    return 1
