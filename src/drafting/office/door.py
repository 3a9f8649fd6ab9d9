"""`Office`: opens library, index, rules and forms once; every verb and page asks it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from drafting import log, settings
from drafting.findings import Finding
from drafting.library import Library, Stored
from drafting.office.names import document_called, folder_state, province_as_known
from drafting.settings import Scope, Settings

# What a verb does not need is not loaded for it: the search alone takes a quarter of a second.
if TYPE_CHECKING:
    from drafting.cases import Case
    from drafting.forms import Form
    from drafting.ledger import Ledger, Missing
    from drafting.library.sync import SyncReport
    from drafting.limits import Limits
    from drafting.office.drafts import Drafted, Exported
    from drafting.organisations import Organisations
    from drafting.procedure import Route, Situation
    from drafting.read import SourceText
    from drafting.records import Record
    from drafting.relations.chain import Chain
    from drafting.retrieve import Answer, Retriever
    from drafting.routing import Routing
    from drafting.structure import Document
    from drafting.vectors import Filled


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
        elif self.library.noted("state") != folder_state(folder):
            self.sync(folder)

    def sync(
        self, folder: Path, progress: Callable[[str], None] = lambda _file: None
    ) -> SyncReport:
        """Makes the library agree with `folder` (its texts, corpus.toml, danh-muc.toml)."""
        from drafting.library.sync import sync

        begun = time.perf_counter()
        state = folder_state(folder)
        report = sync(self.library, folder, progress)
        report.validity = [found.as_json() for found in self.review_validity()]
        report.rules = [found.as_json() for found in self.review_rules()]
        shipped = folder == settings.shipped_folder() / "corpus"
        self.library.note("folder", "" if shipped else str(folder.absolute()))
        self.library.note("state", state)
        self.__dict__.pop("retriever", None)
        log.note("sync", added=len(report.added), changed=len(report.changed),
                 removed=len(report.removed), problems=len(report.problems),
                 ms=log.ms_since(begun))  # fmt: skip
        return report

    def review_rules(self) -> list[Finding]:
        """The rules whose evidence does not stand in the library (QT01, QT02), and the rule files
        that cannot be used (QT03)."""
        from drafting.evidence import review_rules
        from drafting.routing import review_packs

        folders = [settings.shipped_rules(), self.settings.own_rules, self.settings.templates]
        found = review_rules(folders, self.library)
        return [*found, *review_packs(self.settings, {one.where for one in found})]

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
        return province_as_known(given, self.library)

    def search(self, question: str, scope: Scope | None = None, k: int = 5) -> Answer:
        """The provisions that govern a question."""
        begun = time.perf_counter()
        answer = self.retriever.search(question, scope or self.scope(), max(1, k))
        log.note("search", hits=len(answer.hits), answered=answer.answered, ms=log.ms_since(begun))
        return answer

    def find(self, name: str) -> Stored:
        """The document called `name` (số ký hiệu or file); `BadInput` names what there is."""
        return document_called(name, self.library)

    @cached_property
    def routing(self) -> Routing:
        """The decision tables: who decides."""
        from drafting.routing import Routing

        return Routing(self.settings, self.library, self.today, self.organisations, self.notices)

    def read_situation(self, path: Path, province: str = "") -> Situation:
        """The situation a case file tells."""
        from drafting.route_case import read_situation

        return read_situation(path, self.routing.packs, self.form, province)

    def route(self, situation: Situation, as_of: date | None = None) -> Route:
        """Who decides, by which clause, by when."""
        begun = time.perf_counter()
        found = self.routing.route(situation, as_of or situation.drafted or self.today)
        log.note("route", decided=found.decided, open=len(found.unknown), ms=log.ms_since(begun))
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
        from drafting.office.drafts import draft

        return draft(self, form, case, final=final)

    def export(self, drafted: Drafted, out: Path, *, final: bool = False) -> Exported:
        """Writes the Word file and its bảng đối chiếu, both re-opened and verified.

        Raises `OutputBusy` when a file cannot be replaced, `BadInput` when a bản trình still holds
        a citation that is wrong and that nobody has released.
        """
        from drafting.office.drafts import export

        return export(self, drafted, out, final=final)

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
        from drafting.organisations import open_organisations

        return open_organisations(self.settings.own_rules, self.library, self.notices)

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
            texts=self.texts,
        )

    def texts(self) -> Iterator[tuple[Record, Document]]:
        """The documents that have a text, with their records."""
        yield from ((one.record, one.document) for one in self.library.stored)

    def missing(self) -> tuple[Missing, ...]:
        """The documents that the library cites and has no text of, the most cited first."""
        from drafting.ledger import missing

        cited = ((s.record.file, self.cite(s.document.source)) for s in self.library.stored)
        return missing((file, entry) for file, ledger in cited for entry in ledger.entries)
