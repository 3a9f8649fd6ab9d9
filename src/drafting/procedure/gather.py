"""`read_packs`, `gather_packs`: the packs of all provinces; a wrong one stops only its own."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from drafting.errors import BadInput
from drafting.procedure.facts import Fact, FactSheet
from drafting.procedure.packs import (
    BLANK,
    FACTS,
    FOLDER,
    Pack,
    PackHead,
    province_key,
    read_facts,
    read_pack,
)

_PROVINCE = re.compile(r"""(?m)^\s*province\s*=\s*["'](.*?)["']""")


def read_packs(folders: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs in `procedures/` of these folders, blank ones aside; a province's pack of a later
    folder takes the place of an earlier one. Raises `BadInput` for the first that is wrong."""
    found = gather_packs(folders)
    for pack in found:
        if pack.wrong:
            raise BadInput(pack.wrong)
    return found


def gather_packs(
    folders: Iterable[Path], deadlines: Container[str] | None = None
) -> tuple[Pack, ...]:
    """As `read_packs`, but a pack that cannot be used is told in its `wrong` and has no tables.

    It still takes the place of an earlier one: an office that wrote its own is never answered from
    another. `deadlines` are the ids that steps may name, None when they are not looked at.
    """
    folders = list(folders)
    shared = read_facts(folders[0] / FACTS)
    found: dict[str, Pack] = {}
    for folder in folders:
        here: dict[str, Pack] = {}
        for pack in _packs_in(folder / FOLDER, shared, deadlines):
            key = province_key(pack.province) or f"tệp {pack.file}"
            if key in here:
                pack = _refused(
                    pack.file, pack.province,
                    f"Tệp quy trình {pack.file}: {pack.province} đã có gói ở {here[key].file}. "
                    "Mỗi tỉnh một tệp: bỏ một tệp.",
                )  # fmt: skip
            here[key] = pack
        found.update(here)
    return tuple(found.values())


def _packs_in(
    folder: Path, shared: Sequence[Fact], deadlines: Container[str] | None
) -> Iterator[Pack]:
    for path in sorted(folder.glob("*.toml")):
        if path.name == BLANK:
            continue
        try:
            pack = read_pack(path, shared)
            _check(pack, deadlines)
        except BadInput as problem:
            yield _refused(path.name, _province_in(path), str(problem))
        else:
            yield pack


def _check(pack: Pack, deadlines: Container[str] | None) -> None:
    """Raises `BadInput` for a pack of no province and for a time limit that does not exist."""
    if not province_key(pack.province):
        raise BadInput(f"Tệp quy trình {pack.file}, [pack]: chưa ghi tỉnh ở province.")
    for rule in (*pack.routes, *pack.also):
        for step in rule.steps:
            if deadlines is not None and step.deadline and step.deadline not in deadlines:
                raise BadInput(
                    f"Tệp quy trình {pack.file}, khối “{rule.id}”, deadline: không có thời hạn "
                    f"“{step.deadline}”. Xem “drafting deadline --list”, hoặc thêm vào "
                    "rules/deadlines.toml trong thư mục dữ liệu."
                )


def _refused(file: str, province: str, why: str) -> Pack:
    return Pack(file, PackHead(province=province, name="", silent=""), FactSheet(()), (), (), why)


def _province_in(path: Path) -> str:
    """The province of a file that cannot be used, "" when it tells none."""
    try:
        told = _PROVINCE.search(path.read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        return ""
    return told.group(1) if told else ""
