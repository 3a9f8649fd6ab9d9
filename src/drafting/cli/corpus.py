"""The verbs of `drafting corpus`: sync, list, show, verify (timeline: timeline.py)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting.cli.common import (
    AsOfOption,
    JsonOption,
    day_of,
    open_office,
    print_json,
    print_missing,
)
from drafting.cli.filling import Filling
from drafting.cli.help import Command, Group
from drafting.cli.timeline import timeline
from drafting.errors import BadInput
from drafting.findings import Severity

if TYPE_CHECKING:
    from drafting.library.sync import SyncReport
    from drafting.office import Office
    from drafting.retrieve import Retriever
    from drafting.vectors import Filled

app = typer.Typer(
    cls=Group,
    help="Kho văn bản: đồng bộ, liệt kê, xem, kiểm tra, dòng thời gian.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Command)(timeline)


@app.command(cls=Command)
def sync(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="THƯ-MỤC", help="Thư mục văn bản; bỏ trống là thư mục đã dùng lần trước"
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Đọc thư mục văn bản vào kho: tệp mới, tệp đổi, tệp đã bỏ."""
    from drafting.searching import NOT_THROUGH

    with open_office(in_step=False) as office:
        bar = _Progress(quiet=as_json)
        report = office.sync(folder or office.folder, bar)
        bar.done()
        passages = len(_open_search(office, quiet=as_json).passages)
        # What is still to be read is read now.
        office.notices[:] = [said for said in office.notices if said != NOT_THROUGH]
        if not as_json:
            _print_report(report, passages)
        try:
            filled = _fill_vectors(office, quiet=as_json)
        except BadInput as problem:
            if not as_json:
                raise
            print_json(report.as_json() | {"vectors": {"problem": str(problem)}})
            return 2
    if as_json:
        vectors = {"vectors": {"done": filled.done, "total": filled.total}} if filled else {}
        print_json(report.as_json() | vectors)
    elif filled:
        print(f"Vectơ của mô hình trong settings.toml: {filled.done}/{filled.total} đoạn.")
    return 0


def _print_report(report: SyncReport, passages: int) -> None:
    print(
        f"Kho: thêm {len(report.added)}, đổi {len(report.changed)}, "
        f"bỏ {len(report.removed)} văn bản; {passages} đoạn tra cứu."
    )
    for problem in report.problems:
        print(f"  ! {problem['file']}: {problem['why']}")
    for found in (*report.validity, *report.rules):
        print(f"  ! {found['where']}: {found['message']}")


def _open_search(office: Office, *, quiet: bool) -> Retriever:
    bar = Filling(shown=not quiet and sys.stderr.isatty())
    try:
        return office.open_search(bar)
    finally:
        bar.done()


def _fill_vectors(office: Office, *, quiet: bool) -> Filled | None:
    bar = Filling(shown=not quiet and sys.stderr.isatty())
    try:
        return office.fill_vectors(bar)
    finally:
        bar.done()


class _Progress:
    """A line on a terminal that counts files; silent elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self.count = 0

    def __call__(self, file: str) -> None:
        self.count += 1
        if self.shown:
            print(f"\rĐã đọc {self.count} tệp: {file[:50]:<50}", end="", file=sys.stderr)

    def done(self) -> None:
        if self.shown:
            print("\r" + " " * 75 + "\r", end="", file=sys.stderr)


@app.command("list", cls=Command)
def list_(
    problems: Annotated[
        bool, typer.Option("--problems", help="Chỉ các tệp có vấn đề và lý do")
    ] = False,
    missing: Annotated[
        bool,
        typer.Option("--missing", help="Văn bản được viện dẫn trong kho mà chưa có toàn văn"),
    ] = False,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> int:
    """Các văn bản của kho và danh mục, với hiệu lực."""
    if missing:
        return _missing(as_json=as_json)
    with open_office() as office:
        day = day_of(as_of) or office.today
        found = [{"file": f, "why": w} for f, w in office.library.problems()]
        records = [] if problems else list(office.library.all_records)
    rows = [
        {
            "designation": r.designation, "name": r.title, "file": r.file, "issuer": r.issuer,
            "date": r.date.isoformat() if r.date else None, "jurisdiction": r.jurisdiction,
            "status": str(r.status_on(day).state), "verified": r.verified,
        }
        for r in records
    ]  # fmt: skip
    if as_json:
        print_json({"documents": rows, "problems": found})
        return 0
    for row in rows:
        text = "toàn văn" if row["file"] else "danh mục"
        print(f"{row['name']}  [{text}; {row['jurisdiction']}; {row['status']}]")
    for problem in found:
        print(f"! {problem['file']}: {problem['why']}")
    if problems and not found:
        print("Không có tệp nào có vấn đề.")
    return 0


def _missing(*, as_json: bool) -> int:
    with open_office() as office:
        found = office.missing()
    if as_json:
        print_json({"missing": [one.as_json() for one in found]})
    elif found:
        print_missing(found)
    else:
        print("Mọi văn bản được viện dẫn đều có toàn văn trong kho.")
    return 0


@app.command(cls=Command)
def show(
    name: Annotated[str, typer.Argument(metavar="SỐ", help="Số, ký hiệu hoặc tên tệp: 19-QC/TU")],
    eid: Annotated[
        str,
        typer.Argument(
            metavar="MÃ", help="“khoản 4 Điều 13” hoặc mã art_13__cl_4; bỏ trống là cả văn bản"
        ),
    ] = "",
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> int:
    """Nguyên văn một văn bản hoặc một Điều, khoản, điểm."""
    from dataclasses import replace

    from drafting.retrieve.direct import named_provisions, read_named

    with open_office() as office:
        stored = office.find(name)
        status = stored.record.status_on(day_of(as_of) or office.today) if as_of else None
    document = stored.document
    if eid and document.get(eid) is None:
        named = named_provisions(replace(read_named(eid, ()), document=""), [stored])
        if len(named) != 1:
            raise BadInput(f"{stored.record.title} không có “{eid}”. Xem “drafting outline”.")
        eid = named[0][1].eid
    provisions = list(document.branch(eid)) if eid else list(document.provisions)
    if as_json:
        print_json(
            {
                "file": stored.record.file,
                "designation": stored.record.designation,
                **({"status": status.sentence()} if status else {}),
                "provisions": [provision.as_json() for provision in provisions],
            }
        )
        return 0
    if status is not None:
        print(f"[{status.sentence()}]")
    for provision in provisions:
        print(provision.text)
    return 0


@app.command(cls=Command)
def verify(as_json: JsonOption = False) -> int:
    """Chứng minh kho: từng trích đoạn khớp nguyên văn, từng tệp khớp mã kiểm tra."""
    from drafting.library.meta import read_meta
    from drafting.library.verify import verify as prove

    with open_office() as office:
        findings = prove(office.library, read_meta(office.folder))
        findings += [*office.validity(), *office.review_rules()]
        documents = len(office.library.stored)
        provisions = sum(len(s.document.provisions) for s in office.library.stored)
    if as_json:
        print_json({"documents": documents, "provisions": provisions,
                    "findings": [f.as_json() for f in findings]})  # fmt: skip
    else:
        print(f"Đã kiểm {documents} văn bản, {provisions} đơn vị: {len(findings)} vấn đề.")
        for finding in findings:
            print(f"  {finding.line()}")
    return 1 if any(finding.severity is not Severity.NOTE for finding in findings) else 0
