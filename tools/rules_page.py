"""Writes docs/rules.md, the list of all rules with their sources: run it after changing a rule.

.venv/bin/python tools/rules_page.py
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
RULES = REPO / "src" / "drafting" / "rules"
PAGE = REPO / "docs" / "rules.md"
_TOP = """# Quy tắc và nguồn của chúng

Trang này do `tools/rules_page.py` ghi ra từ các tệp trong `src/drafting/rules/` và `templates/`;
đừng sửa ở đây.

Quy tắc là dữ liệu, mỗi quy tắc có nguồn. **Đã kiểm chứng**: đọc trong văn bản của kho; câu làm bằng
chứng được dò lại ở mỗi lần đọc kho (lưu ý QT01, QT02 ở [hướng dẫn](huong-dan.md)). **Chưa kiểm
chứng**: chương trình nói ra ba chữ ấy mỗi lần dùng. *Không nêu*: thông lệ, cách viết tắt, hoặc quy
tắc không dựa vào điều khoản nào.
"""


def page() -> str:
    """The page in Markdown."""
    files = [*sorted(RULES.rglob("*.toml")), *sorted((REPO / "templates").glob("*.toml"))]
    return "\n".join([_TOP, *_overview(files), "", *_details(files)]) + "\n"


def _overview(files: list[Path]) -> Iterator[str]:
    yield "| tệp | quy tắc | đã kiểm chứng | chưa kiểm chứng | không nêu |"
    yield "|---|---|---|---|---|"
    for path in files:
        known = [standing(block) for _, block in _rules(path)]
        counts = [known.count(one) for one in (True, False, None)]
        yield f"| `{_name(path)}` | {len(known)} | {' | '.join(map(str, counts))} |"


def _details(files: list[Path]) -> Iterator[str]:
    """The rules of each file that rests on sources, one a line."""
    for path in files:
        rules = [(at, one) for at, one in _rules(path) if standing(one) is not None]
        if not rules:
            continue
        yield f"## {_name(path)}\n"
        yield "| quy tắc | nguồn | kiểm chứng |\n|---|---|---|"
        for at, block in rules:
            said = "rồi" if standing(block) else "chưa"
            yield f"| {_cell(_called(at, block))} | {_cell(_source(block))} | {said} |"
        yield ""


def _rules(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every block of the file's lists, and those inside that rest on words of their own."""
    for name, value in tomllib.loads(path.read_text("utf-8")).items():
        if isinstance(value, list):
            for at, block in enumerate((one for one in value if isinstance(one, dict)), start=1):
                yield f"{name} {at}", block


def standing(block: Mapping[str, Any]) -> bool | None:
    """Whether it was verified; None where it names neither words nor that."""
    if isinstance(block.get("verified"), bool):
        return bool(block["verified"])
    return True if _words(block) is not None else None


def _words(block: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The block, or the first below it, that names document, eid and quote."""
    if all(isinstance(block.get(name), str) for name in ("document", "eid", "quote")):
        return block
    below = (value for value in block.values() if isinstance(value, dict))
    return next((found for one in below if (found := _words(one)) is not None), None)


def _called(at: str, block: Mapping[str, Any]) -> str:
    names = block.get("names")
    for name in ("what", "title", "why", "label", "date"):
        if name in block:
            return f"{block.get('id', at)}: {block[name]}"
    told = f"{names[0]}: {block['how']}; nay là {block['successor']}" if names else ""
    return f"{block.get('id', at)}: {told}" if told else str(block.get("id", at))


def _source(block: Mapping[str, Any]) -> str:
    words = _words(block)
    clause = f"{words['document']}, {words['eid']}: “{words['quote']}”" if words else ""
    return "; ".join(one for one in (clause, str(block.get("source", ""))) if one)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _name(path: Path) -> str:
    return path.relative_to(REPO).as_posix().removeprefix("src/drafting/")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
