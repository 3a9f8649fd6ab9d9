"""The help page in Vietnamese: Typer has no setting for its own words, so its two classes are
extended here and nothing global is changed."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

_USAGE = "Cách dùng: "


class Command(TyperCommand):
    """A verb. (`Any`: the context and the formatter are private classes of Typer.)"""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """“Cách dùng: drafting new [TÙY CHỌN] MẪU”."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, then options."""
        _write_parameters(self, ctx, formatter)


class Group(TyperGroup):
    """A group of verbs."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """“Cách dùng: drafting corpus LỆNH …”."""
        formatter.write_usage(ctx.command_path, "LỆNH …", _USAGE)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Verbs, each with its whole sentence, then options."""
        rows = [(name, str(one.help or "")) for name, one in self.commands.items()]
        with formatter.section("Lệnh"):
            formatter.write_dl(rows)
        _write_parameters(self, ctx, formatter)


def _write_usage(command: TyperCommand, ctx: Any, formatter: Any) -> None:
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    named = [_metavar(p) if p.required else f"[{_metavar(p)}]" for p in arguments]
    formatter.write_usage(ctx.command_path, " ".join(["[TÙY CHỌN]", *named]), _USAGE)


def _write_parameters(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    for kind, heading in (("argument", "Tham số"), ("option", "Tùy chọn")):
        rows = [_row(p) for p in command.get_params(ctx) if p.param_type_name == kind]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _row(parameter: Any) -> tuple[str, str]:
    is_option = parameter.param_type_name == "option"
    named = ", ".join(sorted(parameter.opts, key=len)) if is_option else ""
    if parameter.name == "help":
        return named, "Hiện trang này"
    value = "" if is_option and parameter.is_flag else _metavar(parameter)
    aside = " (bắt buộc)" if parameter.required else ""
    if type(parameter.default) is int:
        aside = f" (mặc định {parameter.default})"
    return f"{named} {value}".strip(), f"{parameter.help}{aside}"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name)
