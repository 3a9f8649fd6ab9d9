"""What an office sets, and where things lie.

Data lives in `DRAFTING_HOME` (by default the user's own data folder); shipped data (corpus,
templates, examples, page) lies in the checkout or, once installed, inside the package. Nothing
here creates a folder: whoever writes does.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from drafting.errors import BadInput, line_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Which law a question is asked of: on which day, for which province, in which papers.

    `province` "" means no province of one's own: nothing is preferred, everything is marked.
    `document` (a designation or file) and `roles` (“report”, “plan”…) narrow the search; "" and ()
    do not.
    """

    as_of: date
    province: str = ""
    document: str = ""
    roles: tuple[str, ...] = ()


# What settings.toml may hold: each is described in docs/huong-dan.md.
KEYS = (
    "province",
    "corpus",
    "templates",
    "embedder",
    "embedder_query_prefix",
    "embedder_passage_prefix",
    "reranker",
)


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
    embedder: str = ""
    # None: the prefixes the model's folder names itself.
    embedder_query_prefix: str | None = None
    embedder_passage_prefix: str | None = None
    reranker: str = ""

    @property
    def library(self) -> Path:
        """The rebuildable library of documents."""
        return self.home / "library.sqlite"

    @property
    def own_rules(self) -> Path:
        """Rules the office adds or overrides (procedures, holidays); the folder may be absent."""
        return self.home / "rules"

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

    Raises `BadInput` naming the file when `settings.toml` cannot be read, and the lines in it that
    mean nothing.
    """
    home = home_folder()
    shipped = shipped_folder()
    given = _settings_file(home / "settings.toml")
    corpus = os.environ.get("DRAFTING_CORPUS") or given.get("corpus") or shipped / "corpus"
    templates = given.get("templates") or shipped / "templates"
    return Settings(
        home=home,
        corpus=Path(corpus),
        templates=Path(templates),
        examples=shipped / "examples",
        app=shipped / "app.py",
        province=given.get("province", ""),
        embedder=given.get("embedder", ""),
        embedder_query_prefix=given.get("embedder_query_prefix"),
        embedder_passage_prefix=given.get("embedder_passage_prefix"),
        reranker=given.get("reranker", ""),
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


def shipped_rules() -> Path:
    """Where the rules that come with the program lie."""
    return Path(__file__).resolve().parent / "rules"


def _settings_file(path: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError:
        raise BadInput(f"Không mở được tệp thiết lập {path}. Xin quyền đọc tệp ấy.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(
            f"Tệp thiết lập {path}{line_of(problem)}: sai cú pháp TOML. Sửa dòng ấy hoặc xóa tệp."
        ) from None
    unknown = [name for name in values if name not in KEYS]
    if unknown:
        raise BadInput(
            f"Tệp thiết lập {path} có mục không dùng: {', '.join(unknown)}. "
            f"Các mục dùng được: {', '.join(KEYS)}."
        )
    unfit = [name for name, value in values.items() if not isinstance(value, str)]
    if unfit:
        raise BadInput(f"Tệp thiết lập {path}: {', '.join(unfit)} phải là chữ trong ngoặc kép.")
    return values
