"""`tools/bootstrap.py` makes `.venv` once, repairs it, and says in a sentence what went wrong.

The real tool runs in a copy of its folder; the Python in that copy's `.venv` is a stand-in that
writes down what it was asked and answers what the test lays out.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from bootstrap import refusal
from checkout import Checkout, program_in, stamp_of
from install import needs
from troubles import diagnose

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a #! line")

STAND_IN = """#!{python}
import json, os, pathlib, sys
root = pathlib.Path({root!r})
call = " ".join([pathlib.Path(sys.argv[0]).name] + sys.argv[1:])
with open(root / "calls.jsonl", "a") as calls:
    calls.write(json.dumps([call, os.environ.get("DRAFTING_HOME")]) + "\\n")
if "--wheel-dir" in sys.argv:
    folder = pathlib.Path(sys.argv[sys.argv.index("--wheel-dir") + 1])
    folder.mkdir(exist_ok=True)
    (folder / "torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl").write_bytes(b"." * 1_000_000)
for part, code, text in json.loads((root / "answers.json").read_text()):
    if part in call:
        print(text)
        sys.exit(code)
"""
PIP_RUNS = ("--version", 0, "pip 99 from here (python {}.{})".format(*sys.version_info[:2]))


@dataclass(frozen=True)
class Copy:
    """A copy of the tool in a folder of its own, with a stand-in for what it starts."""

    root: Path

    def stand_in(self, *answers: tuple[str, int, str]) -> None:
        """Lay a `.venv` whose programs answer by the first part of the call that fits; else 0."""
        (self.root / "answers.json").write_text(json.dumps([*answers, PIP_RUNS]), "utf-8")
        folder = self.root / ".venv" / "bin"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("python", "drafting", "lint-imports"):
            program = folder / name
            program.write_text(STAND_IN.format(python=sys.executable, root=str(self.root)), "utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def ready(self, *answers: tuple[str, int, str]) -> None:
        """A finished setup."""
        self.stand_in(*answers)
        Checkout(self.root).mark_ready()

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`python tools/bootstrap.py …`, from some other folder."""
        kept = {k: v for k, v in os.environ.items() if k not in ("DRAFTING_HOME", "PYTHONUTF8")}
        return subprocess.run(
            [sys.executable, str(self.root / "tools" / "bootstrap.py"), *arguments],
            cwd=self.root.parent,
            env=kept | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        """What the stand-ins were asked, in order."""
        return [call for call, _ in self.calls_and_homes]

    @property
    def calls_and_homes(self) -> list[tuple[str, str | None]]:
        """The same with the DRAFTING_HOME each was given."""
        path = self.root / "calls.jsonl"
        return [tuple(json.loads(line)) for line in path.open()] if path.exists() else []


@pytest.fixture
def copy(repo: Path, tmp_path: Path) -> Copy:
    root = tmp_path / "Thư mục có dấu"
    shutil.copytree(repo / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pyproject.toml").write_text('[project]\nname = "drafting"\n', "utf-8")
    return Copy(root)


def pip_calls(copy: Copy) -> list[str]:
    return [call.split("--no-input ")[1] for call in copy.calls if "--no-input " in call]


# --- Which Python will do ---


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_refused_with_a_sentence(version: tuple[int, ...]) -> None:
    said = refusal(version)
    assert f"cần Python 3.11 trở lên, máy này đang chạy Python {version[0]}.{version[1]}." in said
    assert "python.org" in said


def test_a_32_bit_python_is_refused_for_there_is_no_pytorch_for_it() -> None:
    assert "64-bit" in refusal((3, 12, 1), bits=32)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (4, 0, 0)])
def test_a_new_python_is_not_refused(version: tuple[int, ...]) -> None:
    assert refusal(version) == ""


@pytest.mark.parametrize("python", ["2.7.18", "3.6.15", "3.8.18", "3.10.13"])
def test_old_pythons_can_read_the_file_that_refuses_them(python: str, repo: Path) -> None:
    found = Path.home() / ".pyenv" / "versions" / python / "bin" / "python"
    if not found.exists():
        pytest.skip(f"no Python {python} here")
    command = [str(found), str(repo / "tools" / "bootstrap.py"), "app"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("Chương trình cần Python 3.11 trở lên")
    assert result.stderr.count("\n") == 1


# --- Where things lie ---


def test_windows_keeps_its_programs_in_scripts() -> None:
    venv = PureWindowsPath(r"D:\Soạn thảo\.venv")
    assert str(program_in(venv, "python", windows=True)) == (
        r"D:\Soạn thảo\.venv\Scripts\python.exe"
    )
    assert str(program_in(PurePosixPath("/x/.venv"), "drafting", windows=False)) == (
        "/x/.venv/bin/drafting"
    )


def test_the_stamp_changes_with_pyproject_python_and_place(copy: Copy, tmp_path: Path) -> None:
    before = stamp_of(copy.root, (3, 11))
    assert before == stamp_of(copy.root, (3, 11))
    assert before != stamp_of(copy.root, (3, 12))
    moved = tmp_path / "chỗ khác"
    shutil.copytree(copy.root, moved)
    assert before != stamp_of(moved, (3, 11))
    (copy.root / "pyproject.toml").write_text("[project]\n", "utf-8")
    assert before != stamp_of(copy.root, (3, 11))


# --- Setting up ---


def test_the_first_call_installs_torch_then_the_rest(copy: Copy) -> None:
    copy.stand_in()
    result = copy.run("setup")
    assert result.returncode == 0, result.stderr
    first, second = pip_calls(copy)
    assert first == (
        "install torch==2.13.0 --retries 0 --extra-index-url https://download.pytorch.org/whl/cpu"
    )
    assert second == "install -e .[test]"
    assert "Đang cài PyTorch (CPU)… có thể mất vài phút." in result.stdout
    assert Checkout(copy.root).is_ready()


def test_the_second_call_does_not_call_pip(copy: Copy) -> None:
    copy.ready()
    result = copy.run("setup")
    assert result.returncode == 0
    assert result.stdout == "Đã cài đặt sẵn.\n"
    assert copy.calls == []


@pytest.mark.parametrize(
    "change",
    ["pyproject.toml edited", "stamp missing", "stamp torn"],
)
def test_a_setup_that_is_not_whole_is_done_again(change: str, copy: Copy) -> None:
    copy.ready()
    stamp = Checkout(copy.root).stamp
    if change == "pyproject.toml edited":
        (copy.root / "pyproject.toml").write_text("[project]\n", "utf-8")
    elif change == "stamp missing":
        stamp.unlink()
    else:
        stamp.write_text("0", "ascii")
    assert copy.run("setup").returncode == 0
    assert len(pip_calls(copy)) == 2
    assert Checkout(copy.root).is_ready()


def test_a_failed_setup_leaves_no_stamp(copy: Copy) -> None:
    copy.ready(("install -e", 1, "ERROR: x"))
    (copy.root / "pyproject.toml").write_text("[project]\n", "utf-8")
    assert copy.run("setup").returncode == 1
    assert not Checkout(copy.root).stamp.exists()


def test_a_half_made_venv_is_made_anew_and_no_network_is_said_in_a_sentence(copy: Copy) -> None:
    (copy.root / ".venv" / "bin").mkdir(parents=True)
    (copy.root / ".venv" / "bin" / "python").symlink_to("/nowhere/python3.9")
    nowhere = "http://127.0.0.1:9"
    result = copy.run(
        "setup",
        HTTPS_PROXY=nowhere,
        HTTP_PROXY=nowhere,
        PIP_RETRIES="1",
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
        PIP_INDEX_URL="https://example.invalid/simple",
    )
    assert result.returncode == 1
    assert Checkout(copy.root).venv_works()
    assert "Đang tạo môi trường Python" in result.stdout
    assert "Không cài được PyTorch: không tới được kho gói Python." in result.stderr
    assert "bundle" in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


def test_two_setups_at_once_wait_for_each_other(copy: Copy) -> None:
    copy.stand_in()
    command = [sys.executable, str(copy.root / "tools" / "bootstrap.py"), "setup"]
    with Checkout(copy.root).lock():
        waiting = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        assert waiting.stdout
        assert waiting.stdout.readline() == "Một cửa sổ khác đang cài đặt; chờ nó xong…\n"
        assert copy.calls == []
        Checkout(copy.root).mark_ready()
    waiting.communicate(timeout=20)
    assert waiting.returncode == 0
    assert copy.calls == [], "the other one had done it"


# --- PyTorch ---


def test_without_the_cpu_index_the_default_one_is_asked(copy: Copy) -> None:
    copy.stand_in(("--extra-index-url", 1, "NewConnectionError"))
    assert copy.run("setup").returncode == 0
    assert pip_calls(copy)[1:] == ["install torch==2.13.0", "install -e .[test]"]


def test_where_the_measured_version_does_not_exist_another_is_taken(copy: Copy) -> None:
    copy.stand_in(("torch==2.13.0", 1, "ERROR: No matching distribution found for torch==2.13.0"))
    assert copy.run("setup").returncode == 0
    assert pip_calls(copy)[2].startswith("install torch>=2.2 --retries 0 --extra-index-url")


def test_without_a_network_no_third_version_is_tried(copy: Copy) -> None:
    copy.stand_in(("torch", 1, "NewConnectionError\nERROR: No matching distribution found"))
    assert copy.run("setup").returncode == 1
    assert len(pip_calls(copy)) == 2


# --- What went wrong ---


@pytest.mark.parametrize(
    ("pip_said", "sentence", "remedy"),
    [
        ("ERROR: [Errno 28] No space left on device", "ổ đĩa đầy", "giải phóng khoảng 3 GB"),
        ("OSError: [WinError 206] The filename is too long", "quá dài", "chuyển cả thư mục"),
        ("ERROR: [WinError 32] The process cannot access", "bị chương trình khác", "đóng các cửa"),
        ("SSLError(SSLCertVerificationError(1, '…'))", "chặn", "bộ phận CNTT"),
        ("getaddrinfo failed", "không tới được kho gói Python", "kiểm tra mạng"),
        ("ERROR: No matching distribution found for faiss-cpu", "không có bản cho Python", "3.12"),
        ("something new", "có lỗi chưa rõ", "gửi nguyên văn"),
    ],
)
def test_a_pip_failure_is_a_sentence_with_what_to_do(
    pip_said: str, sentence: str, remedy: str, copy: Copy
) -> None:
    copy.stand_in(("install -e", 1, f"Collecting faiss-cpu\n{pip_said}"))
    result = copy.run("setup")
    assert result.returncode == 1
    assert f"Không cài được các thư viện: {diagnose([pip_said]).what}." in result.stderr
    assert sentence in result.stderr
    assert remedy in result.stderr
    assert f"  | {pip_said}" in result.stderr
    assert "Traceback" not in result.stderr
    assert pip_said in (copy.root / ".venv" / "setup.log").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_a_sentence_too(copy: Copy) -> None:
    (copy.root / ".venv.lock").mkdir()
    result = copy.run("setup")
    assert result.returncode == 1
    assert result.stderr.startswith("Không làm được: ")
    assert "Traceback" not in result.stderr


def test_no_command_or_an_unknown_one_shows_how_to_call(copy: Copy) -> None:
    for arguments in ((), ("cài",)):
        result = copy.run(*arguments)
        assert result.returncode == 2
        assert "Cách dùng" in result.stderr
    assert copy.run("--help").returncode == 0


# --- Sub-commands ---


def test_demo_takes_the_corpus_in_then_drafts_in_the_checkouts_own_folder(copy: Copy) -> None:
    copy.ready()
    assert copy.run("demo", DRAFTING_HOME="/somewhere/real").returncode == 0
    home = str(copy.root / ".drafting")
    assert copy.calls_and_homes == [
        ("drafting corpus sync", home),
        (
            "drafting draft to-trinh-doan-ra --case examples/to-trinh-doan-ra-lang-son.yaml"
            " -o .drafting/demo/to-trinh-doan-ra.docx",
            home,
        ),
    ]
    assert (copy.root / ".drafting" / "demo").is_dir()


def test_the_programs_own_exit_code_and_words_come_through(copy: Copy) -> None:
    copy.ready(("drafting draft", 1, "Còn 2 mục để trống"))
    result = copy.run("demo")
    assert result.returncode == 1
    assert result.stdout == "Còn 2 mục để trống\n"


def test_app_keeps_a_home_of_the_users_own(copy: Copy) -> None:
    copy.ready()
    copy.run("app", "--port", "9000")
    copy.run("app", DRAFTING_HOME="/somewhere/real")
    assert copy.calls_and_homes == [
        ("drafting app --port 9000", str(copy.root / ".drafting")),
        ("drafting app", "/somewhere/real"),
    ]


def test_test_passes_what_follows_to_pytest(copy: Copy) -> None:
    copy.ready(("-m pytest", 5, "no tests ran"))
    result = copy.run("test", "-k", "đoàn ra", "--update-golden")
    assert copy.calls == ["python -m pytest -k đoàn ra --update-golden"]
    assert result.returncode == 5
    assert result.stdout == "no tests ran\n"


def test_check_runs_everything_and_fails_when_one_failed(copy: Copy) -> None:
    copy.ready(("-m mypy", 1, "error: x"))
    result = copy.run("check")
    assert copy.calls == [
        "python -m ruff check",
        "python -m mypy",
        "lint-imports",
        "python -m pytest",
    ]
    assert result.returncode == 1
    assert "lint: chưa đạt: mypy" in result.stdout


def test_bench_runs_each_benchmark_with_a_main_in_name_order(copy: Copy) -> None:
    copy.ready()
    (copy.root / "benchmarks").mkdir()
    for name in ("retrieval", "indexing"):
        (copy.root / "benchmarks" / f"{name}.py").write_text('if __name__ == "__main__":\n    1\n')
    (copy.root / "benchmarks" / "__init__.py").write_text("")
    (copy.root / "benchmarks" / "timing.py").write_text("def best_of(n): ...\n")
    assert copy.run("bench", "--json").returncode == 0
    assert copy.calls == [
        "python -m benchmarks.indexing --json",
        "python -m benchmarks.retrieval --json",
    ]


# --- Without internet ---


def test_bundle_gathers_wheels_and_says_what_to_do(copy: Copy) -> None:
    copy.stand_in()
    result = copy.run("bundle")
    assert result.returncode == 0, result.stderr
    torch, rest = pip_calls(copy)
    assert torch.startswith("wheel --wheel-dir ")
    assert rest.endswith(" torch==2.13.0+cpu .[test] hatchling editables")
    assert sorted(path.name for path in (copy.root / "wheels").iterdir()) == [
        "DOC-TRUOC.txt",
        "bundle.json",
        "torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl",
    ]
    assert "1 gói, 1 MB" in result.stdout
    assert r"py tools\bootstrap.py app" in result.stdout
    assert "Thư mục có dấu" in result.stdout


def test_beside_a_bundle_nothing_is_asked_of_the_network(copy: Copy) -> None:
    copy.stand_in()
    wheels = copy.root / "wheels"
    wheels.mkdir()
    (wheels / "bundle.json").write_text(json.dumps(needs(Checkout(copy.root))), "utf-8")
    assert copy.run("setup").returncode == 0
    assert pip_calls(copy) == [f"install --no-index --find-links {wheels} -e .[test]"]


@pytest.mark.parametrize(
    ("what", "other", "said"),
    [
        ("python", "3.99", "Python 3.99; máy này là"),
        ("system", "Haiku", "làm cho Haiku"),
        ("pyproject", "0", "làm cho một bản khác của chương trình"),
    ],
)
def test_a_bundle_that_does_not_fit_is_refused(
    what: str, other: str, said: str, copy: Copy
) -> None:
    copy.stand_in()
    (copy.root / "wheels").mkdir()
    made_for = needs(Checkout(copy.root)) | {what: other}
    (copy.root / "wheels" / "bundle.json").write_text(json.dumps(made_for), "utf-8")
    result = copy.run("setup")
    assert result.returncode == 1
    assert said in result.stderr
    assert pip_calls(copy) == []


# --- The files around it ---


def test_the_batch_file_has_windows_line_ends_and_no_labels(repo: Path) -> None:
    raw = (repo / "Soan-thao.bat").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    assert not raw.startswith(b"\xef\xbb\xbf"), "cmd would print the mark"
    lines = raw.decode("utf-8").lower().splitlines()
    lines = [line for line in lines if not line.startswith("rem ")]
    # After chcp 65001 cmd loses its place in lines with accents when it seeks a label.
    assert not [line for line in lines if line.startswith(":") or "goto" in line.split()]
    assert any(r"tools\bootstrap.py app" in line for line in lines)


def test_every_make_target_is_a_command(repo: Path, copy: Copy) -> None:
    makefile = (repo / "Makefile").read_text("utf-8")
    targets = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[2:]
    usage = copy.run("--help").stdout
    assert [target for target in targets if f"\n  {target} " not in usage] == []
