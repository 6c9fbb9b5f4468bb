"""The clean-up in work: from an opened sheet to its results. Does the slow things behind the background door.

Lives on the window's thread. Every step ends in one signal; errors end in ``failed`` with the step that failed.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.connections import PRACTICE_NAME
from desktop.domain.error_causes import sentence_of
from desktop.domain.errors import ResultsUnwritable
from desktop.domain.findings import Findings
from desktop.domain.history import EarlierRun
from desktop.domain.pacing import lane_cap
from desktop.domain.plans import Plan, make_plan
from desktop.domain.previews import PlanFacts, Preview, Unticked
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import RecordId
from desktop.engine.checking import LinkCheck
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
from desktop.engine.settle import Verification, verify
from desktop.engine.undoing import Undo, check_may_undo, settle_before_undo, start_undo, undo_of
from desktop.qt.account import SignedIn, sign_in_again
from desktop.qt.background import Work, start
from desktop.qt.models.run_results import RunResults
from desktop.qt.models.sheet_rows_model import RowStates

_MOST_NAMES = 100


class CleanUp(QObject):
    """Owns the sheet and the plan. Signals carry what was made."""

    sheet_read = Signal(object, object)
    rows_read = Signal(int)
    planned = Signal(object, object, object)
    names_read = Signal(object)
    reads_made = Signal(int, int)
    checked = Signal(object, object)
    findings_saved = Signal(object, int)
    earlier_found = Signal(object)
    retry_ready = Signal(object)
    run_ready = Signal(object, object, object)
    undo_planned = Signal(object)
    waits = Signal(int)
    verified = Signal(str, object)
    links_read = Signal(int)
    results_written = Signal(object, object, object, str)
    problems_saved = Signal(object, int)
    failed = Signal(str, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._works: dict[str, Work] = {}
        self._read_control = RunControl()
        self.sheet: SheetLinks | None = None
        self.preview: Preview | None = None
        self.plan: Plan | None = None
        self.facts: PlanFacts | None = None
        self.findings: Findings | None = None
        self.unticked = Unticked()
        self.safety_copy = True
        self.first = 0
        self.names: dict[RecordId, str] = {}
        self.retry: Retry | None = None

    def read_sheet(self, path: Path, choice: ReadingChoice) -> None:
        """Read a file; ends in ``sheet_read`` (SheetLinks, RowStates)."""

        def read(work: Work) -> tuple[SheetLinks, RowStates]:
            sheet = self._services.sheet_memory.open(path, choice, work.progressed.emit, work.is_cancelled)
            return sheet, RowStates.of(sheet)

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
        """Plan what is ticked; ends in ``planned`` (Preview, Plan, PlanFacts)."""
        sheet, known, unticked, first, findings = self.sheet, self.preview, self.unticked, self.first, self.findings
        if sheet is None:
            return
        links, retry = sheet.links, self.retry
        self._services.sheet_memory.remember(sheet)

        def make(_: Work) -> tuple[Preview, Plan, PlanFacts]:
            preview = known or Preview.of(links, findings)
            numbers = preview.ticked(unticked) if unticked or findings is not None else None
            if retry is not None:
                numbers = [link for batch in retry.plan.batches for link in batch.link_numbers]
            plan = make_plan(links, numbers=numbers, first=first)
            return preview, plan, PlanFacts.of(plan)

        self._begin("plan", make, self._on_plan)

    def check(self, account: SignedIn) -> None:
        """Ask the CRM which of the planned links exist; ends in ``checked`` (Findings, Preview)."""
        sheet, plan, preview = self.sheet, self.plan, self.preview
        if sheet is None or plan is None or preview is None:
            return

        def look(work: Work) -> tuple[Findings, Preview]:
            if account.connection.id == PRACTICE_NAME:
                self._services.practice.seed(sheet)
            with closing(self._services.open_crm(account.connection, account.key)) as crm:
                lanes = lane_cap(account.connection.account.edition)
                asked = LinkCheck(crm, self._services.clock, sheet.links, plan, work.stepped.emit, lanes)
                work.on_cancel(asked.cancel)
                findings = asked.run()
            return findings, preview.with_findings(findings)

        self._begin("check", look, self._on_checked).stepped.connect(self.reads_made)

    def cancel_check(self) -> None:
        """Forget the look that is under way."""
        if (work := self._works.pop("check", None)) is not None:
            work.cancel()

    def save_findings(self, path: Path) -> None:
        """Write what the look found beside the sheet's own rows; ends in ``findings_saved`` (path, lines)."""
        sheet, found = self.sheet, self.findings
        if sheet is not None and found is not None:
            self._begin("findings", lambda _: (path, self._services.write_findings(sheet, found, path)), self._on_findings_saved)

    def read_names(self, account: SignedIn) -> None:
        """Names of the first records of the sheet, once; nothing is said when they cannot be read. Ends in ``names_read``."""
        sheet = self.sheet
        if sheet is not None and len(sheet.links) and not self.names:
            self._begin("names", lambda _: _names_of(self._services, account, sheet), self._on_names)

    def start_run(self, account: SignedIn) -> None:
        """Put the run on disk and open the account; ends in ``run_ready``."""
        sheet, plan, retry, safety_copy, findings = self.sheet, self.plan, self.retry, self.safety_copy, self.findings
        if sheet is None or plan is None:
            return

        def make(_: Work) -> tuple[RunBook, Crm, SignedIn]:
            if account.connection.id == PRACTICE_NAME:
                self._services.practice.seed(sheet)
            crm = self._services.open_crm(account.connection, account.key)
            try:
                settle_earlier(self._services, sheet, crm, RunControl())
                if retry is not None:
                    return self._start_retry(replace(retry, plan=plan), account, safety_copy), crm, account
                book = new_run(self._services, sheet, plan, account.connection, safety_copy=safety_copy, findings=findings)
                return book, crm, account
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
        """Read what became of a run's last calls, then plan what it left; ends in ``retry_ready`` (the account).

        ``waits`` tells the seconds until they can be read for good.
        """

        def prepare(work: Work) -> tuple[Retry, SignedIn, PlanFacts]:
            services = self._services
            with services.runs.open(run) as parent:
                check_may_retry(parent, services.runs.summaries())
                found = account or sign_in_again(services, parent.facts.connection)
                check_same_place(parent.facts, found.connection)
                with closing(services.open_crm(found.connection, found.key)) as crm:
                    settle_unknown(parent, crm, services.clock, RunControl(), partial(_tell_seconds, work))
                retry = retry_of(parent)
                return retry, found, PlanFacts.of(retry.plan)

        self._begin("retry", prepare, self._on_retry).progressed.connect(self.waits)

    def _start_retry(self, retry: Retry, account: SignedIn, safety_copy: bool) -> RunBook:
        with self._services.runs.open(retry.parent.run) as parent:
            check_may_retry(parent, self._services.runs.summaries())
            return start_retry(self._services, parent, retry, account.connection, safety_copy=safety_copy)

    def _begin_anew(self, sheet: SheetLinks) -> None:
        self.sheet, self.preview, self.plan, self.facts, self.retry = sheet, None, None, None, None
        self.unticked, self.first, self.names, self.findings, self.safety_copy = Unticked(), 0, {}, None, True

    def resume_run(self, run: str, account: SignedIn | None) -> None:
        """Open an earlier run and its account; ends in ``run_ready``."""

        def make(_: Work) -> tuple[RunBook, Crm, SignedIn]:
            book = self._services.runs.open(run)
            try:
                check_may_resume(book, self._services.runs.summaries())
                found = account or sign_in_again(self._services, book.facts.connection)
                check_same_place(book.facts, found.connection)
                return book, self._services.open_crm(found.connection, found.key), found
            except BaseException:
                book.close()
                raise

        self._begin("resume", make, self._on_run)

    def plan_undo(self, run: str, account: SignedIn | None, chosen: frozenset[int] | None = None) -> None:
        """What an undo of the run, or of its links ``chosen``, would do; ends in ``undo_planned`` (Undo).

        First the answers that the run lost are settled; ``waits`` tells the seconds until that may begin.
        """
        control = self._read_control = RunControl()

        def make(work: Work) -> Undo:
            with self._services.runs.open(run) as book:
                check_may_undo(book.facts)
                with closing(self._crm_of(book, account)) as crm:
                    settle_before_undo(book, crm, self._services.clock, control, partial(_tell_seconds, work))
                return undo_of(book, chosen)

        self._begin("undo", make, self._on_undo).progressed.connect(self.waits)

    def undo_run(self, undo: Undo, account: SignedIn | None) -> None:
        """Put a planned undo on disk and open its account; ends in ``run_ready``."""

        def make(_: Work) -> tuple[RunBook, Crm, SignedIn]:
            found = account or sign_in_again(self._services, undo.parent.connection)
            check_same_place(undo.parent, found.connection)
            crm = self._services.open_crm(found.connection, found.key)
            try:
                return start_undo(self._services, undo, found.connection), crm, found
            except BaseException:
                crm.close()
                raise

        self._begin("run", make, self._on_run)

    def verify(self, run: str, account: SignedIn | None) -> None:
        """Read the links of a run again; ends in ``verified`` (run, Verification). ``links_read`` counts them."""
        control = self._read_control = RunControl()

        def read(work: Work) -> tuple[str, Verification]:
            with self._services.runs.open(run) as book, closing(self._crm_of(book, account)) as crm:
                return run, verify(book, crm, self._services.clock, control, work.progressed.emit)

        self._begin("verify", read, self._on_verified).progressed.connect(self.links_read)

    def cancel_looking(self) -> None:
        """End the reading of :meth:`plan_undo` or :meth:`verify`; what it has settled is kept, and nothing more is told."""
        self._read_control.stop()
        for step in ("undo", "verify"):
            if (work := self._works.pop(step, None)) is not None:
                work.cancel()

    def write_results(self, run: str, path: Path | None = None) -> None:
        """Write a run's workbook (to the program's own folder without ``path``); ends in ``results_written``."""

        def write(_: Work) -> tuple[RunBook, RunResults, Path | None, str]:
            record = self._services.runs.read(run)
            results = RunResults.of(record)
            own = self._services.results_folder / f"{Path(record.facts.sheet_name).stem[:60]}-{run}.xlsx"
            try:
                self._services.write_results(record, path or own)
            except ResultsUnwritable as error:
                return record, results, None, sentence_of(error)
            record.note_results(path or own)
            return record, results, path or own, ""

        self._begin("results", write, self._on_results)

    def _crm_of(self, book: RunBook, account: SignedIn | None) -> Crm:
        """The account that a run belongs to, opened; off the window's thread. Raises RunElsewhere and others."""
        found = account or sign_in_again(self._services, book.facts.connection)
        check_same_place(book.facts, found.connection)
        return self._services.open_crm(found.connection, found.key)

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
    def _on_sheet(self, read: tuple[SheetLinks, RowStates]) -> None:
        self._begin_anew(read[0])
        self.sheet_read.emit(*read)

    @Slot(object)
    def _on_problems(self, saved: tuple[Path, int]) -> None:
        self.problems_saved.emit(*saved)

    @Slot(object)
    def _on_plan(self, made: tuple[Preview, Plan, PlanFacts]) -> None:
        self.preview, self.plan, self.facts = made
        self.planned.emit(*made)

    @Slot(object)
    def _on_checked(self, looked: tuple[Findings, Preview]) -> None:
        self.findings, self.preview = looked
        self.names = self.names | dict(self.findings.names)
        self.checked.emit(*looked)

    @Slot(object)
    def _on_findings_saved(self, saved: tuple[Path, int]) -> None:
        self.findings_saved.emit(*saved)

    @Slot(object)
    def _on_names(self, names: dict[RecordId, str]) -> None:
        self.names = names
        self.names_read.emit(names)

    @Slot(object)
    def _on_earlier(self, found: Sequence[EarlierRun]) -> None:
        self.earlier_found.emit(found)

    @Slot(object)
    def _on_retry(self, prepared: tuple[Retry, SignedIn, PlanFacts]) -> None:
        retry, account, facts = prepared
        self._begin_anew(retry.sheet)
        self.retry, self.plan, self.facts = retry, retry.plan, facts
        self.retry_ready.emit(account)

    @Slot(object)
    def _on_run(self, made: tuple[RunBook, Crm, SignedIn]) -> None:
        self.run_ready.emit(*made)

    @Slot(object)
    def _on_undo(self, undo: Undo) -> None:
        self.undo_planned.emit(undo)

    @Slot(object)
    def _on_verified(self, found: tuple[str, Verification]) -> None:
        self.verified.emit(*found)

    @Slot(object)
    def _on_results(self, written: tuple[RunBook, RunResults, Path | None, str]) -> None:
        self.results_written.emit(*written)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        sender = self.sender()
        self.failed.emit(sender.objectName() if sender is not None else "", error)


def _tell_seconds(work: Work, seconds: float) -> None:
    work.progressed.emit(round(seconds))


def _names_of(services: Services, account: SignedIn, sheet: SheetLinks) -> dict[RecordId, str]:
    """Names of the first parents and of the first related records; an empty answer where they may not be read."""
    if account.connection.id == PRACTICE_NAME:
        services.practice.seed(sheet)
    crm = services.open_crm(account.connection, account.key)
    names: dict[RecordId, str] = {}
    relation = sheet.relations[0]
    try:
        for module, ids in ((relation.parent_module, sheet.links.parent_ids), (relation.related_list, sheet.links.related_ids)):
            names.update(crm.names_of(module, _first_of(ids)))
    finally:
        crm.close()
    return names


def _first_of(ids: Sequence[RecordId]) -> list[RecordId]:
    """The first of these records, each once; there may be a million."""
    first: dict[RecordId, None] = {}
    for record_id in ids:
        first[record_id] = None
        if len(first) == _MOST_NAMES:
            break
    return list(first)
