"""The one door of command line and page: opens library, index and forms once, drafts, exports."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from drafting import log, settings
from drafting.errors import BadInput
from drafting.findings import Finding, Severity
from drafting.library import Library, Stored
from drafting.retrieve import Answer, Retriever
from drafting.settings import Scope, Settings

if TYPE_CHECKING:
    from drafting.cases import Case, Value
    from drafting.draft import Draft
    from drafting.forms import Form
    from drafting.ledger import Ledger, Missing
    from drafting.library.sync import SyncReport
    from drafting.limits import Limits
    from drafting.organisations import Organisations
    from drafting.procedure import Route, Situation
    from drafting.read import SourceText
    from drafting.records import Record
    from drafting.relations.chain import Chain
    from drafting.routing import Routing
    from drafting.structure import Document
    from drafting.vectors import Filled


# Raise it when the same texts would be read otherwise (relations): the folder is then read again.
_VALIDITY = 1
_PROVINCE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+")


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
        self.notices: list[str] = []

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
        """The corpus folder: the one set, else the one last read, else the shipped one."""
        noted = self.library.noted("folder")
        is_set = self.settings.corpus != settings.shipped_folder() / "corpus"
        return Path(noted) if noted and not is_set else self.settings.corpus

    def _keep_in_step(self) -> None:
        """Reads the corpus folder again when a file in it is new, changed or gone.

        A folder that cannot be reached now (a network drive) leaves the library as it is.
        """
        folder = self.folder
        if not folder.is_dir() and self.library.states():
            self.notices.append(
                f"Không mở được thư mục kho {folder}: đang dùng những gì đã đọc lần trước."
            )
        elif self.library.noted("state") != _folder_state(folder):
            self.sync(folder)

    def sync(
        self, folder: Path, progress: Callable[[str], None] = lambda _file: None
    ) -> SyncReport:
        """Makes the library agree with `folder` (its texts, corpus.toml, danh-muc.toml)."""
        from drafting.library.sync import sync

        begun = time.perf_counter()
        state = _folder_state(folder)
        report = sync(self.library, folder, progress)
        report.validity = [found.as_json() for found in self.review_validity()]
        report.rules = [found.as_json() for found in self.review_rules()]
        shipped = folder == settings.shipped_folder() / "corpus"
        self.library.note("folder", "" if shipped else str(folder.absolute()))
        self.library.note("state", state)
        self.__dict__.pop("retriever", None)
        log.note("sync", added=len(report.added), changed=len(report.changed),
                 removed=len(report.removed), problems=len(report.problems),
                 ms=_ms(begun))  # fmt: skip
        return report

    def review_rules(self) -> list[Finding]:
        """The rules whose evidence does not stand in the library (QT01, QT02)."""
        from drafting.evidence import review_rules

        folders = [settings.shipped_rules(), self.settings.own_rules, self.settings.templates]
        return review_rules(folders, self.library)

    def review_validity(self) -> list[Finding]:
        """What texts and TOML files say of validity, held against each other (HL01–HL05); what the
        texts alone say is kept with the records."""
        from drafting.relations.derived import conclude

        concluded = conclude(self.library)
        self.library.set_read(concluded.read)
        return concluded.findings

    def validity(self) -> list[Finding]:
        """The findings of `review_validity`, with nothing written."""
        from drafting.relations.derived import conclude

        return conclude(self.library).findings

    def timeline(self, name: str = "", as_of: date | None = None) -> tuple[Chain, ...]:
        """The chain of one document (`BadInput` when unknown), or every chain of the library."""
        from drafting.relations.chain import chains, named_chain

        day = as_of or self.today
        return (named_chain(name, self.library, day),) if name else chains(self.library, day)

    @cached_property
    def retriever(self) -> Retriever:
        """The index opened, or built when the library has changed."""
        return self.open_search()

    def open_search(self, progress: Callable[[Filled], None] = lambda _: None) -> Retriever:
        """The search opened anew; `progress` hears how many passages have their vector."""
        from drafting.searching import open_retriever

        opened = open_retriever(self.library, self.settings, self.notices, progress)
        self.__dict__["retriever"] = opened
        return opened

    def fill_vectors(
        self,
        progress: Callable[[Filled], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Filled | None:
        """How far the embedder of settings.toml has come; None where ours is the only one."""
        from drafting.searching import fill_vectors

        return fill_vectors(self.retriever.passages, self.settings, progress, stop)

    def scope(self, as_of: date | None = None, province: str = "", document: str = "") -> Scope:
        """A scope with this office's own defaults."""
        own = self.province(province or self.settings.province)
        return Scope(as_of or self.today, own, document)

    def province(self, given: str) -> str:
        """A province as the library writes it: “lang son” is “tỉnh Lạng Sơn”; else as given."""
        from drafting.text import fold, one_line

        wanted = _PROVINCE.sub("", fold(one_line(given)))
        known = {record.jurisdiction for record in self.library.all_records}
        own = (p for p in sorted(known) if _PROVINCE.match(fold(p)))
        return next((p for p in own if _PROVINCE.sub("", fold(p)) == wanted), one_line(given))

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

    @cached_property
    def routing(self) -> Routing:
        """The decision tables: who decides."""
        from drafting.routing import Routing

        return Routing(self.settings, self.library, self.today, self.organisations)

    def read_situation(self, path: Path, province: str = "") -> Situation:
        """The situation a case file tells."""
        from drafting.route_case import read_situation

        return read_situation(path, self.routing.packs, self.form, province)

    def route(self, situation: Situation, as_of: date | None = None) -> Route:
        """Who decides, by which clause, by when."""
        begun = time.perf_counter()
        found = self.routing.route(situation, as_of or situation.drafted or self.today)
        log.note("route", decided=found.decided, open=len(found.unknown), ms=_ms(begun))
        return found

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
        from drafting.deadlines import working_days
        from drafting.draft import draft
        from drafting.ledger import build
        from drafting.review import review, review_bodies

        case = replace(case, values=self._with_province(case))
        days = working_days(settings.shipped_rules(), self.settings.own_rules)
        as_of, route = case.day("ngay_soan") or self.today, self.routing.route_of(form, case)
        made = draft(
            form, case, self.library, self.retriever, today=self.today, final=final, days=days,
            route=route,
        )  # fmt: skip
        ledger = build(
            made.text(),
            catalogue=self.library,
            as_of=as_of,
            case_papers=made.bases.papers,
            paper_texts=made.bases.texts,
            province=case.text("tinh"),
            texts=self._texts,
        )
        findings = [*made.findings, *review(ledger, case, as_of, final=final)]
        findings += review_bodies(made, as_of, case.text("tinh"), self.organisations)
        grave = list(Severity)
        findings.sort(key=lambda finding: grave.index(finding.severity))
        return Drafted(made, ledger, tuple(findings))

    def _with_province(self, case: Case) -> dict[str, Value]:
        values = dict(case.values)
        if case.text("tinh"):
            values["tinh"] = self.province(case.text("tinh"))
        return values

    def export(self, drafted: Drafted, out: Path, *, final: bool = False) -> Exported:
        """Writes the Word file and its bảng đối chiếu, both re-opened and verified.

        Raises `OutputBusy` when a file cannot be replaced, `BadInput` when a bản trình still holds
        a citation that is wrong and that nobody has released.
        """
        from drafting.export import sha256_of, write_pair
        from drafting.provenance import provenance
        from drafting.review import held

        if out.stem.endswith("-bang-doi-chieu"):
            raise BadInput(f"Tên {out.name} dành cho bảng đối chiếu. Đặt tên khác cho văn bản.")
        holding = held(drafted.findings)
        if final and holding:
            raise BadInput(
                f"Chưa xuất bản trình: còn {len(holding)} viện dẫn sai, hết hiệu lực hoặc chưa "
                f"chứng minh được. {holding[0].message} Sửa viện dẫn, "
                "hoặc ghi xac_nhan (van_ban, nguoi, ly_do) trong hồ sơ."
            )
        begun = time.perf_counter()
        templates, draft = self.settings.templates, drafted.draft
        beside = out.with_name(f"{out.stem}-bang-doi-chieu.docx")
        table = provenance(
            draft, drafted.ledger, self.library, file=out.name, today=self.today,
            findings=drafted.findings,
        )  # fmt: skip
        kept = write_pair(
            (draft.context, templates / f"{draft.form.id}.docx", out),
            (table, templates / "bang-doi-chieu.docx", beside),
            final=final,
            ours=lambda path, sha256: self.library.noted(f"written {path.absolute()}") == sha256,
        )
        for path in (out, beside):
            self.library.note(f"written {path.absolute()}", sha256_of(path))
        log.note("export", form=draft.form.id, open=len(draft.open_slots()), ms=_ms(begun))
        told = [Finding("TE01", Severity.NOTE, p.name, "Bản đã sửa tay được giữ lại") for p in kept]
        return Exported(out, beside, replace(drafted, findings=(*drafted.findings, *told)))

    def limits(self, province: str = "") -> Limits:
        """The time limits and duties, for this office's own province unless another is named."""
        from drafting.limits import open_limits

        own = self.province(province or self.settings.province)
        return open_limits(self.library, self.settings, own, self.today)

    def save(self, out: Path, data: bytes) -> Path | None:
        """Puts a finished file in its place; the copy kept when the one there was not ours."""
        from drafting.export import write_noted

        return write_noted(out, data, self.library)

    @cached_property
    def organisations(self) -> Organisations:
        """The bodies that changed, as this office knows them."""
        from drafting.searching import own_organisations

        return own_organisations(self.library, self.settings, self.notices)

    def bodies(self, text: str, as_of: date | None = None) -> tuple[Finding, ...]:
        """What a text asks of bodies that are no more on that day (TC01, TC02)."""
        from drafting.organisations import check_bodies

        return check_bodies(text, as_of or self.today, self.settings.province, self.organisations)

    def cite(self, source: SourceText, as_of: date | None = None) -> Ledger:
        """The ledger of any text; “Quy chế này” is the document of the library that it is, else the
        text itself."""
        from drafting.ledger import build
        from drafting.structure import structure

        stored = (
            s.record for s in self.library.stored if s.document.source.sha256 == source.sha256
        )
        return build(
            source.text,
            catalogue=self.library,
            as_of=as_of or self.today,
            home=next(stored, None) or structure(source),
            province=self.settings.province,
            texts=self._texts,
        )

    def _texts(self) -> Iterator[tuple[Record, Document]]:
        yield from ((one.record, one.document) for one in self.library.stored)

    def missing(self) -> tuple[Missing, ...]:
        """The documents that the library cites and has no text of, the most cited first."""
        from drafting.ledger import missing

        cited = ((s.record.file, self.cite(s.document.source)) for s in self.library.stored)
        return missing((file, entry) for file, ledger in cited for entry in ledger.entries)


def _folder_state(folder: Path) -> str:
    """A hash over names, sizes and times of the folder's files: cheap, and changes when they do."""
    if not folder.is_dir():
        return ""
    stats = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    return hashlib.sha256(repr((_VALIDITY, str(folder.absolute()), stats)).encode()).hexdigest()


def _ms(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)
