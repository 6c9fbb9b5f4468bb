"""The clean-up in work: from an opened sheet to its results. Does the slow things behind the background door.

Lives on the window's thread. Every step ends in one signal; errors end in ``failed`` with the step that failed.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.connections import PRACTICE_NAME
from desktop.domain.error_causes import sentence_of
from desktop.domain.errors import ResultsUnwritable
from desktop.domain.history import EarlierRun
from desktop.domain.plans import Plan, make_plan
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import check_same_place, new_run
from desktop.engine.retrying import (
    Retry,
    check_may_resume,
    check_may_retry,
    retry_of,
    settle_earlier,
    settle_unknown,
    start_retry,
)
from desktop.qt.account import SignedIn, sign_in_again
from desktop.qt.background import Work, start

_MOST_NAMES = 100


class CleanUp(QObject):
    """Owns the sheet and the plan. Signals carry what was made."""

    sheet_read = Signal(object)
    rows_read = Signal(int)
    planned = Signal(object)
    names_read = Signal(object)
    earlier_found = Signal(object)
    retry_ready = Signal(object)
    run_ready = Signal(object, object, object)
    results_written = Signal(object, object, str)
    problems_saved = Signal(object, int)
    failed = Signal(str, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._works: dict[str, Work] = {}
        self.sheet: SheetLinks | None = None
        self.plan: Plan | None = None
        self.ticked: list[int] | None = None
        self.first = 0
        self.retry: Retry | None = None

    def read_sheet(self, path: Path, choice: ReadingChoice) -> None:
        """Read a file; ends in ``sheet_read``."""

        def read(work: Work) -> SheetLinks:
            return self._services.open_sheet(path, choice, work.progressed.emit, work.is_cancelled)

        work = self._begin("sheet", read, self._on_sheet)
        work.progressed.connect(self.rows_read)

    def cancel_reading(self) -> None:
        """Forget the reading that is under way."""
        if (work := self._works.pop("sheet", None)) is not None:
            work.cancel()

    def save_problem_rows(self, path: Path) -> None:
        """Write what cannot be sent to a workbook of its own; ends in ``problems_saved`` (path, lines)."""
        sheet = self.sheet
        if sheet is not None:
            self._begin("problems", lambda _: (path, self._services.write_problem_rows(sheet, path)), self._on_problems)

    def make_plan(self) -> None:
        """Plan what is ticked; ends in ``planned``."""
        sheet, ticked, first = self.sheet, self.ticked, self.first
        if sheet is not None:
            self._begin("plan", lambda _: make_plan(sheet.links, numbers=ticked, first=first), self._on_plan)

    def read_names(self, account: SignedIn) -> None:
        """Names of the first parents, for the screen; nothing is said when they cannot be read."""
        sheet = self.sheet
        if sheet is not None and len(sheet.links):
            self._begin("names", lambda _: _names_of(self._services, account, sheet), self._on_names)

    def start_run(self, account: SignedIn) -> None:
        """Put the run on disk and open the account; ends in ``run_ready``."""
        sheet, plan, retry = self.sheet, self.plan, self.retry
        if sheet is None or plan is None:
            return

        def make(_: Work) -> tuple[RunBook, Crm, SignedIn]:
            if account.connection.id == PRACTICE_NAME:
                self._services.practice.seed(sheet)
            crm = self._services.open_crm(account.connection, account.token)
            try:
                settle_earlier(self._services, sheet, crm, RunControl())
                return self._new_run(sheet, plan, account, retry), crm, account
            except BaseException:
                crm.close()
                raise

        self._begin("run", make, self._on_run)

    def find_earlier(self, account: SignedIn) -> None:
        """Look for runs that had links of this sheet; ends in ``earlier_found`` (EarlierRun, newest first)."""
        sheet = self.sheet
        if sheet is not None:
            self._begin("earlier", lambda _: self._services.runs.earlier(sheet, account.connection), self._on_earlier)

    def prepare_retry(self, run: str, account: SignedIn | None) -> None:
        """Read what became of a run's last calls, then plan what it left; ends in ``retry_ready`` (the account)."""

        def prepare(_: Work) -> tuple[Retry, SignedIn]:
            services = self._services
            with services.runs.open(run) as parent:
                check_may_retry(parent, services.runs.summaries())
                found = account or sign_in_again(services, parent.facts.connection)
                check_same_place(parent.facts, found.connection)
                with closing(services.open_crm(found.connection, found.token)) as crm:
                    settle_unknown(parent, crm, services.clock, RunControl())
                return retry_of(parent), found

        self._begin("retry", prepare, self._on_retry)

    def _new_run(self, sheet: SheetLinks, plan: Plan, account: SignedIn, retry: Retry | None) -> RunBook:
        if retry is None:
            return new_run(self._services, sheet, plan, account.connection)
        with self._services.runs.open(retry.parent.run) as parent:
            check_may_retry(parent, self._services.runs.summaries())
            return start_retry(self._services, parent, replace(retry, plan=plan), account.connection)

    def resume_run(self, run: str, account: SignedIn | None) -> None:
        """Open an earlier run and its account; ends in ``run_ready``."""

        def make(_: Work) -> tuple[RunBook, Crm, SignedIn]:
            book = self._services.runs.open(run)
            try:
                check_may_resume(book, self._services.runs.summaries())
                found = account or sign_in_again(self._services, book.facts.connection)
                check_same_place(book.facts, found.connection)
                return book, self._services.open_crm(found.connection, found.token), found
            except BaseException:
                book.close()
                raise

        self._begin("resume", make, self._on_run)

    def write_results(self, run: str, path: Path | None = None) -> None:
        """Write a run's workbook (to the program's own folder without ``path``); ends in ``results_written``."""

        def write(_: Work) -> tuple[RunBook, Path | None, str]:
            record = self._services.runs.read(run)
            own = self._services.results_folder / f"{Path(record.facts.sheet_name).stem[:60]}-{run}.xlsx"
            try:
                self._services.write_results(record, path or own)
            except ResultsUnwritable as error:
                return record, None, sentence_of(error)
            record.note_results(path or own)
            return record, path or own, ""

        self._begin("results", write, self._on_results)

    def _begin(self, step: str, function: Callable[[Work], object], slot: Callable[[Any], None]) -> Work:
        if (old := self._works.get(step)) is not None:
            old.cancel()
        work = Work(function)
        work.setObjectName(step)
        work.done.connect(slot)
        work.failed.connect(self._on_failed)
        self._works[step] = work
        return start(work)

    @Slot(object)
    def _on_sheet(self, sheet: SheetLinks) -> None:
        self.sheet, self.plan, self.ticked, self.first, self.retry = sheet, None, None, 0, None
        self.sheet_read.emit(sheet)

    @Slot(object)
    def _on_problems(self, saved: tuple[Path, int]) -> None:
        self.problems_saved.emit(*saved)

    @Slot(object)
    def _on_plan(self, plan: Plan) -> None:
        self.plan = plan
        self.planned.emit(plan)

    @Slot(object)
    def _on_names(self, names: dict[RecordId, str]) -> None:
        self.names_read.emit(names)

    @Slot(object)
    def _on_earlier(self, found: Sequence[EarlierRun]) -> None:
        self.earlier_found.emit(found)

    @Slot(object)
    def _on_retry(self, prepared: tuple[Retry, SignedIn]) -> None:
        retry, account = prepared
        self.retry, self.sheet, self.plan, self.first = retry, retry.sheet, retry.plan, 0
        self.ticked = [link for batch in retry.plan.batches for link in batch.link_numbers]
        self.retry_ready.emit(account)

    @Slot(object)
    def _on_run(self, made: tuple[RunBook, Crm, SignedIn]) -> None:
        self.run_ready.emit(*made)

    @Slot(object)
    def _on_results(self, written: tuple[RunBook, Path | None, str]) -> None:
        self.results_written.emit(*written)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        sender = self.sender()
        self.failed.emit(sender.objectName() if sender is not None else "", error)


def _names_of(services: Services, account: SignedIn, sheet: SheetLinks) -> dict[RecordId, str]:
    """Names of the first parents and of the first related records; an empty answer where they may not be read."""
    if account.connection.id == PRACTICE_NAME:
        services.practice.seed(sheet)
    crm = services.open_crm(account.connection, account.token)
    names: dict[RecordId, str] = {}
    relation = sheet.relations[0]
    try:
        for module, ids in ((relation.parent_module, sheet.links.parent_ids), (relation.related_list, sheet.links.related_ids)):
            names.update(crm.names_of(module, list(dict.fromkeys(ids))[:_MOST_NAMES]))
    finally:
        crm.close()
    return names
