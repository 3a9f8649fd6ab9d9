"""Wires the verbs together and turns every error into one Vietnamese sentence and an exit code."""

from __future__ import annotations

import os
import sys

import typer

from drafting.cli import corpus, deadlines, drafts, embedder, reading, routing, training
from drafting.cli.help import Group
from drafting.errors import DraftingError

# What Typer itself makes of Ctrl+C.
_STOPPED = 130

app = typer.Typer(
    name="drafting",
    cls=Group,
    help="Soạn thảo cho Sở Ngoại vụ: tra cứu quy chế, căn cứ kiểm chứng, tệp Word đúng thể thức.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
reading.register(app)
deadlines.register(app)
routing.register(app)
drafts.register(app)
training.register(app)
app.add_typer(corpus.app, name="corpus")
app.add_typer(embedder.app, name="embedder")


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and leaves with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The exit code of one call; every failure is told on standard error."""
    try:
        code = app(arguments, prog_name="drafting", standalone_mode=False)
    except typer.Exit as left:
        code = left.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = _STOPPED
    except typer.TyperException as problem:
        return _tell(_usage(problem), 2)
    except DraftingError as problem:
        return _tell(str(problem), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:  # noqa: BLE001 - the last defence: no officer sees a traceback
        return _fault(problem)
    if code == _STOPPED:
        return _tell("Đã dừng. Những gì đã lưu vẫn còn.", code)
    return code if isinstance(code, int) else 0


def _tell(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _fault(problem: Exception) -> int:
    from drafting import log, settings

    path = settings.home_folder() / "log" / "drafting.log"
    log.open_log(path)
    log.note_fault(problem)
    kind = type(problem).__name__
    return _tell(f"Chương trình gặp lỗi ({kind}). Gửi tệp {path} cho người hỗ trợ.", 3)


def _usage(problem: typer.TyperException) -> str:
    """Typer's complaint in Vietnamese. Its classes are private, so they are told by name."""
    kind, message = type(problem).__name__, str(getattr(problem, "message", ""))
    name = _parameter_name(getattr(problem, "param", None))
    if kind == "NoSuchOption":
        what = f"không có tùy chọn {getattr(problem, 'option_name', '')}"
    elif kind == "MissingParameter":
        what = f"thiếu {name}"
    elif kind == "BadParameter":
        what = f"giá trị của {name} không dùng được"
    elif kind == "BadOptionUsage" and "requires" in message:
        what = f"tùy chọn {getattr(problem, 'option_name', '')} thiếu giá trị"
    elif kind == "BadOptionUsage":
        what = f"tùy chọn {getattr(problem, 'option_name', '')} không nhận giá trị"
    elif message.startswith("No such command"):
        what = f"không có lệnh {message.split(chr(39))[1]}"
    elif message.startswith("Got unexpected extra argument"):
        what = f"thừa tham số {message.partition(') (')[2].removesuffix(')')}"
    elif kind == "NoArgsIsHelpError":
        return message
    else:
        what = "không hiểu các tham số"
    context = getattr(problem, "ctx", None)
    command = context.command_path if context is not None else "drafting"
    return f"Sai cách dùng: {what}. Gõ “{command} --help” để xem cách dùng."


def _parameter_name(parameter: object) -> str:
    options = [str(option) for option in getattr(parameter, "opts", ())]
    dashed = [option for option in options if option.startswith("-")]
    return "/".join(dashed) or str(getattr(parameter, "metavar", None) or " ".join(options))
