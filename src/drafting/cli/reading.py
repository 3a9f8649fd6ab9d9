"""Verbs that read: outline, search, cite."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drafting.cli.common import (
    AsOfOption,
    JsonOption,
    day_of,
    open_office,
    print_findings,
    print_json,
    print_missing,
)
from drafting.cli.help import Command
from drafting.errors import BadInput

if TYPE_CHECKING:
    from drafting.ledger import Ledger
    from drafting.office import Office
    from drafting.read import SourceText
    from drafting.retrieve import Answer
    from drafting.settings import Scope


# A status this long is told in full once a document.
_SHORT = 90


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command."""
    app.command(cls=Command)(outline)
    app.command(cls=Command)(search)
    app.command(cls=Command)(cite)


def outline(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .txt, .md hoặc .docx")],
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> int:
    """Cây chương, Điều, khoản, điểm của một tệp."""
    from drafting.library.meta import read_meta
    from drafting.library.sync import load_document

    day = day_of(as_of)
    declared = read_meta(file.parent).files.get(file.name) if file.is_file() else None
    record, document = load_document(file, declared)
    status = record.status_on(day).sentence() if day else ""
    if as_json:
        print_json(
            {
                "file": file.name,
                "sha256": document.source.sha256,
                "designation": record.designation,
                "kind": record.kind,
                **({"status": status} if status else {}),
                "counts": document.counts(),
                "provisions": [provision.as_json() for provision in document.provisions],
                "findings": [finding.as_json() for finding in document.findings],
            }
        )
        return 0
    print(f"{record.title} — {file.name}{f'  [{status}]' if status else ''}")
    for provision in document.provisions:
        indent = "  " * (len(document.parents(provision.eid)) + 1)
        words = provision.heading or provision.text
        shown = words if len(words) <= 90 else words[:89] + "…"
        print(f"{indent}{provision.eid}  (dòng {provision.line})  {shown}")
    for finding in document.findings:
        print(finding.line())
    return 0


def search(
    question: Annotated[
        str, typer.Argument(metavar="CÂU-HỎI", help="Có dấu hay không dấu đều được")
    ] = "",
    count: Annotated[int, typer.Option("-k", metavar="N", help="Số kết quả")] = 5,
    as_of: AsOfOption = "",
    province: Annotated[
        str, typer.Option("--province", metavar="TỈNH", help="Tỉnh của mình, như “tỉnh Lạng Sơn”")
    ] = "",
    within: Annotated[
        str, typer.Option("--in", metavar="SỐ", help="Chỉ tìm trong văn bản này, như 19-QC/TU")
    ] = "",
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="TỆP", help="Tệp .jsonl, mỗi dòng {“id”, “query”}"),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Điều khoản nào điều chỉnh việc này."""
    if not question and batch is None:
        raise BadInput(
            'Chưa có câu hỏi. Ví dụ: drafting search "đoàn vào gửi hồ sơ trước mấy ngày"'
        )
    with open_office() as office:
        document = within and office.find(within).record.file
        scope = office.scope(day_of(as_of), province, document)
        if batch is not None:
            return _batch(office, batch, scope, count)
        answer = office.search(question, scope, count)
    if as_json:
        print_json(answer.as_json())
    else:
        _print_answer(answer)
    return 0 if answer.answered else 1


def _batch(office: Office, path: Path, scope: Scope, count: int) -> int:
    for row, query in _questions(path):
        print_json({"id": row.get("id"), **office.search(query, scope, count).as_json()})
    return 0


def _questions(path: Path) -> list[tuple[dict[str, object], str]]:
    """The rows of a batch file with their questions; refused whole before the first is asked."""
    from drafting.read import read_bytes
    from drafting.read.source import decode

    found: list[tuple[dict[str, object], str]] = []
    # Not splitlines: U+2028 may stand inside a JSON string.
    for number, line in enumerate(decode(read_bytes(path), path).text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        query = row.get("query") if isinstance(row, dict) else None
        if not isinstance(query, str):
            raise BadInput(
                f"Tệp {path.name}, dòng {number}: cần một đối tượng JSON có “id” và “query”."
            )
        found.append((row, query))
    return found


def _print_answer(answer: Answer) -> None:
    if answer.note:
        print(answer.note)
    for hit in answer.hits:
        print(f"\n{hit.rank}. {hit.citation}  [{hit.record.jurisdiction}; {hit.status.state}]")
        print(f"   {hit.text}")
        for reason in hit.why:
            print(f"   · {reason}")
        for warning in hit.warnings:
            print(f"   ! {warning}")


def cite(
    file: Annotated[
        str,
        typer.Argument(metavar="TỆP", help="Tệp .txt, .md, .docx; “-” để đọc từ bàn phím hoặc ống"),
    ],
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> int:
    """Sổ căn cứ: mỗi căn cứ, viện dẫn của một văn bản và kết quả đối chiếu."""
    from drafting.findings import Severity
    from drafting.read import read

    source = _typed() if file == "-" else read(file)
    with open_office() as office:
        ledger = office.cite(source, day_of(as_of))
        bodies = office.bodies(source.text, day_of(as_of))
    name = file if file == "-" else Path(file).name
    if as_json:
        print_json({**ledger.as_json(name), "findings": [one.as_json() for one in bodies]})
    else:
        _print_ledger(name, ledger)
        print_findings(bodies)
    failed = any(finding.severity is Severity.ERROR for finding in bodies)
    return 1 if ledger.is_wrong or (failed and ledger.issued is None) else 0


def _print_ledger(name: str, ledger: Ledger) -> None:
    print(f"{name}: {ledger.header}")
    if ledger.issued is not None:
        print(f"Văn bản {ledger.issued.sentence()}; điều ghi dưới đây để biết khi dùng lại.")
    told: set[str] = set()
    for entry in ledger.entries:
        print(f"  [{entry.verdict}] {entry.text}")
        again = entry.status in told and len(entry.status) > _SHORT
        status = f"{entry.status.partition(':')[0]}: như trên" if again else entry.status
        told.add(entry.status)
        for said in filter(None, (status, *entry.remarks())):
            print(f"      {said}")
    for note in ledger.notes:
        print(f"  · {note}")
    print_missing(ledger.missing)


def _typed() -> SourceText:
    """Standard input, its bytes read as those of a file are: Windows pipes are seldom UTF-8."""
    from drafting.read import decode

    data = sys.stdin.buffer.read()
    if not data.strip():
        raise BadInput(
            "Chưa có chữ nào để đọc. Dán văn bản rồi bấm Ctrl+D (Windows: Ctrl+Z, Enter)."
        )
    return decode(data, "-")
