"""The one door of command line and page: opens library, index and forms once, drafts, exports."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from drafting import log, settings
from drafting.errors import BadInput
from drafting.findings import Finding, Severity
from drafting.index import open_index
from drafting.library import Library, Stored
from drafting.passages import passages
from drafting.retrieve import Answer, Retriever
from drafting.settings import Scope, Settings

if TYPE_CHECKING:
    from drafting.cases import Case
    from drafting.draft import Draft
    from drafting.forms import Form
    from drafting.ledger import Entry, Ledger
    from drafting.library.sync import SyncReport
    from drafting.read import SourceText


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with its citations proved, before it is written."""

    draft: Draft
    ledger: Ledger
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether anything found would send the paper back."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Exported:
    """A draft written to its Word file, and the bảng đối chiếu beside it."""

    out: Path
    provenance: Path
    drafted: Drafted

    def as_json(self) -> dict[str, object]:
        """The export in the JSON of `drafting draft`."""
        return {
            "out": str(self.out),
            "provenance": str(self.provenance),
            "slots": [slot.as_json() for slot in self.drafted.draft.slots],
            "ledger": self.drafted.ledger.as_json(),
            "findings": [finding.as_json() for finding in self.drafted.findings],
        }


class Office:
    """Everything an officer can ask for. Open one, use it, close it."""

    def __init__(self, given: Settings, today: date) -> None:
        self.settings, self.today = given, today
        self.library = Library.open(given.library)

    @classmethod
    def open(
        cls, given: Settings | None = None, today: date | None = None, *, in_step: bool = True
    ) -> Office:
        """The office of this machine, its library `in_step` with the corpus folder.

        Reading `today` from the clock is done here and nowhere deeper.
        """
        given = given or settings.load()
        log.open_log(given.log)
        office = cls(given, today or datetime.now().astimezone().date())
        if in_step:
            office._keep_in_step()
        return office

    def close(self) -> None:
        """Let go of the library."""
        self.library.close()

    @property
    def folder(self) -> Path:
        """The corpus folder last read, else the one of the settings."""
        noted = self.library.noted("folder")
        return Path(noted) if noted and Path(noted).is_dir() else self.settings.corpus

    def _keep_in_step(self) -> None:
        """Reads the corpus folder again when a file in it is new, changed or gone."""
        if self.library.noted("state") != _folder_state(self.folder):
            self.sync(self.folder)

    def sync(
        self, folder: Path, progress: Callable[[str], None] = lambda _file: None
    ) -> SyncReport:
        """Makes the library agree with `folder` (its texts, corpus.toml, danh-muc.toml)."""
        from drafting.library.sync import sync

        begun = time.perf_counter()
        report = sync(self.library, folder, progress)
        self.library.note("folder", str(folder.absolute()))
        self.library.note("state", _folder_state(folder))
        self.__dict__.pop("retriever", None)
        log.note("sync", added=len(report.added), changed=len(report.changed),
                 removed=len(report.removed), problems=len(report.problems),
                 ms=_ms(begun))  # fmt: skip
        return report

    @cached_property
    def retriever(self) -> Retriever:
        """The index opened, or built when the library has changed."""
        found = [passage for stored in self.library.stored for passage in passages(stored)]
        index = open_index(
            self.settings.index,
            self.library.fingerprint(),
            found,
            tell=lambda _sentence: log.note("index_rebuilt", passages=len(found)),
        )
        return Retriever(self.library, index, found)

    def scope(self, as_of: date | None = None, province: str = "", document: str = "") -> Scope:
        """A scope with this office's own defaults."""
        return Scope(as_of or self.today, province or self.settings.province, document)

    def search(self, question: str, scope: Scope | None = None, k: int = 5) -> Answer:
        """The provisions that govern a question."""
        begun = time.perf_counter()
        answer = self.retriever.search(question, scope or self.scope(), max(1, k))
        log.note("search", hits=len(answer.hits), answered=answer.answered, ms=_ms(begun))
        return answer

    def find(self, name: str) -> Stored:
        """The document called `name` (số ký hiệu or file); `BadInput` names what there is."""
        from drafting.designation import Designation
        from drafting.text import fold

        wanted = Designation.parse(name)
        for stored in self.library.stored:
            record = stored.record
            if fold(name.strip()) in {
                fold(record.file),
                fold(record.designation),
                fold(Path(record.file).stem),
            }:
                return stored
            if wanted is not None and wanted.key in record.keys:
                return stored
        known = ", ".join(s.record.designation or s.record.file for s in self.library.stored)
        raise BadInput(f"Kho không có văn bản “{name}”. Các văn bản có toàn văn: {known}.")

    def form(self, form_id: str) -> Form:
        """A form by id."""
        from drafting.forms import load_form

        return load_form(self.settings.templates, form_id)

    def forms(self) -> list[Form]:
        """Every form there is."""
        from drafting.forms import form_ids

        return [self.form(name) for name in form_ids(self.settings.templates)]

    def draft(self, form: Form, case: Case, *, final: bool = False) -> Drafted:
        """The draft of a case with every citation proved against library and danh mục."""
        from drafting.draft import draft
        from drafting.ledger import build

        made = draft(form, case, self.library, self.retriever, today=self.today, final=final)
        as_of = case.day("ngay_soan") or self.today
        ledger = build(
            made.text(),
            catalogue=self.library,
            as_of=as_of,
            case_papers=made.bases.papers,
            province=case.text("tinh"),
        )
        findings = (*made.findings, *_ledger_findings(ledger, case, final=final))
        return Drafted(made, ledger, findings)

    def export(self, drafted: Drafted, out: Path, *, final: bool = False) -> Exported:
        """Writes the Word file and its bảng đối chiếu, both re-opened and verified.

        Raises `OutputBusy` when a file cannot be replaced, `BadInput` when a bản trình still holds
        a citation that is wrong and that nobody has released.
        """
        from drafting.provenance import provenance
        from drafting.render import render

        held = [f for f in drafted.findings if f.code == "VD01" and f.severity is Severity.ERROR]
        if final and held:
            raise BadInput(
                f"Chưa xuất bản trình: còn {len(held)} viện dẫn sai hoặc chưa chứng minh được. "
                f"{held[0].message} Sửa viện dẫn, "
                "hoặc ghi xac_nhan (van_ban, nguoi, ly_do) trong hồ sơ."
            )
        begun = time.perf_counter()
        templates = self.settings.templates
        beside = out.with_name(f"{out.stem}-bang-doi-chieu.docx")
        draft = drafted.draft
        render(draft.context, templates / f"{draft.form.id}.docx", out, final=final)
        table = provenance(
            draft, drafted.ledger, self.library, file=out.name, today=self.today,
            findings=drafted.findings,
        )  # fmt: skip
        render(table, templates / "bang-doi-chieu.docx", beside, final=True)
        log.note("export", form=draft.form.id, open=len(draft.open_slots()), ms=_ms(begun))
        return Exported(out, beside, drafted)

    def cite(self, source: SourceText, as_of: date | None = None) -> Ledger:
        """The ledger of any text; in a document of the library “Quy chế này” is that document."""
        from drafting.ledger import build

        home = next(
            (s.record for s in self.library.stored if s.document.source.sha256 == source.sha256),
            None,
        )
        province = self.settings.province
        return build(
            source.text,
            catalogue=self.library,
            as_of=as_of or self.today,
            home=home,
            province=province,
        )


def _ledger_findings(ledger: Ledger, case: Case, *, final: bool) -> list[Finding]:
    """A finding for each citation that does not hold; one a named person released is a note."""
    from drafting.ledger import Verdict

    proved = {Verdict.VERBATIM, Verdict.LISTED}
    found = []
    for entry in ledger.entries:
        if entry.verdict in proved:
            continue
        release = next((r for r in case.releases if r.document and r.document in entry.text), None)
        wrong = entry.verdict is Verdict.DIFFERS
        severity = Severity.ERROR if wrong or final else Severity.WARNING
        message = f"{entry.text}: {entry.verdict}. {_why(entry)}".strip()
        if release:
            severity = Severity.NOTE
            message += f" {release.person} xác nhận: {release.reason}."
        found.append(Finding("VD01", severity, entry.kind, message))
    return found


def _why(entry: Entry) -> str:
    """What differs, or why nothing can be said, as a sentence."""
    differs = [f"{d.what} ở đây “{d.here}”, trong kho “{d.there}”" for d in entry.differs]
    told = "; ".join(part for part in (*differs, entry.note) if part)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _folder_state(folder: Path) -> str:
    """A hash over names, sizes and times of the folder's files: cheap, and changes when they do."""
    if not folder.is_dir():
        return ""
    stats = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    return hashlib.sha256(repr((str(folder.absolute()), stats)).encode()).hexdigest()


def _ms(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)
