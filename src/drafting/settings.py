"""What an office sets, and where things lie.

Data lives in `DRAFTING_HOME` (by default the user's own data folder); shipped data (corpus,
templates, examples, page) lies in the checkout or, once installed, inside the package. Nothing
here creates a folder: whoever writes does.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from drafting.errors import BadInput


@dataclass(frozen=True, slots=True)
class Scope:
    """Which law a question is asked of: on which day, for which province, which kinds of paper.

    `province` "" means no province of one's own: nothing is preferred, everything is marked.
    """

    as_of: date
    province: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """One office's settings, read once.

    `home` holds everything the program writes; `corpus`, `templates`, `examples` are read only.
    """

    home: Path
    corpus: Path
    templates: Path
    examples: Path
    app: Path
    province: str = ""
    office: dict[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Path:
        """The rebuildable library of documents."""
        return self.home / "library.sqlite"

    @property
    def index(self) -> Path:
        """The folder of derived indexes."""
        return self.home / "index"

    @property
    def log(self) -> Path:
        """The rotating log: what was done, never what was asked or written."""
        return self.home / "log" / "drafting.log"


def load() -> Settings:
    """The settings in force: environment, then `settings.toml` in the home folder, then defaults.

    Raises `BadInput` naming the file when `settings.toml` cannot be read.
    """
    home = home_folder()
    shipped = shipped_folder()
    given = _settings_file(home / "settings.toml")
    corpus = os.environ.get("DRAFTING_CORPUS") or given.get("corpus") or shipped / "corpus"
    templates = given.get("templates") or shipped / "templates"
    office = given.get("office", {})
    return Settings(
        home=home,
        corpus=Path(str(corpus)),
        templates=Path(str(templates)),
        examples=shipped / "examples",
        app=shipped / "app.py",
        province=str(given.get("province", "")),
        office={str(k): str(v) for k, v in office.items()} if isinstance(office, dict) else {},
    )


def home_folder() -> Path:
    """`DRAFTING_HOME`, else the user's data folder for this program."""
    given = os.environ.get("DRAFTING_HOME")
    if given:
        return Path(given).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("drafting", appauthor=False)


def shipped_folder() -> Path:
    """Where corpus, templates and examples lie: the package's own data, else the checkout."""
    package = Path(__file__).resolve().parent
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parents[1]


def _settings_file(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(
            f"Tệp thiết lập {path} sai cú pháp TOML: {problem}. Sửa dòng ấy hoặc xóa tệp."
        ) from None
