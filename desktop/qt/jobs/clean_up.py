"""The clean-up in work: from an opened sheet, or what an earlier run left, to what the user is about to confirm.

Lives on the window's thread and does the slow things behind the background door. Every step ends in one signal, or in
``failed`` with its name. What becomes of the planned run stands in run_errands.py.
"""

import time
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.application.checking import CheckPorts, CrmCheck, first_names
from desktop.application.opening import MemoryPorts, open_as_before, remember_reading
from desktop.application.planning import plan_retry, plan_sheet
from desktop.application.serving import SignedIn, opened
from desktop.application.sheet_reports import ReportPorts, save_findings, save_problem_rows
from desktop.application.starting import Retry, Undo
from desktop.domain.connections import Connection, same_account
from desktop.domain.findings import Findings
from desktop.domain.planning.plans import Plan
from desktop.domain.previews import PlanFacts, Preview, Unticked
from desktop.domain.readings import ReadingChoice, SheetLinks, check_rows_are_chosen
from desktop.domain.records import RecordId
from desktop.domain.sheet_habits import RowsBefore
from desktop.qt.jobs.background import Steps, Work
from desktop.qt.models.sheet_rows_model import RowStates
from desktop.qt.planned_run import PlannedRun

# What was ticked is painted first, and further ticks that follow at once are planned together.
_MORE_TICKS_S = 0.05


class CleanUpPorts(MemoryPorts, ReportPorts, CheckPorts, Protocol):
    """What it takes to read a sheet, to ask the CRM about it, and to write what is found."""


class CleanUp(Steps):
    """Owns the sheet and the plan. Signals carry what was made.

    A clean-up of a sheet is of whichever account the window works for, and what was found in another one is forgotten. What
    an earlier run left is ``bound`` to that run's account.
    """

    sheet_read = Signal(object, object, object)
    rows_read = Signal(int)
    planned = Signal(object, object)
    names_read = Signal(object)
    reads_made = Signal(int, int)
    checked = Signal(object, object)
    findings_saved = Signal(object, int)
    problems_saved = Signal(object, int)
    forgotten = Signal(object)

    def __init__(self, ports: CleanUpPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
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
        self.undo: Undo | None = None
        self.bound: SignedIn | None = None
        self._asked_in: Connection | None = None

    @property
    def planned_run(self) -> PlannedRun | None:
        """The run that would follow now, or None before there is a plan."""
        if self.sheet is None or self.plan is None or self.facts is None:
            return None
        return PlannedRun(self.sheet, self.plan, self.safety_copy, self.findings, self.retry, self.undo, facts=self.facts)

    def read_sheet(self, path: Path, choice: ReadingChoice) -> None:
        """Read a file; ends in ``sheet_read`` (SheetLinks, RowStates, RowsBefore or None)."""

        def read(work: Work) -> tuple[SheetLinks, RowStates, RowsBefore | None]:
            sheet, rows_before = open_as_before(self._ports, path, choice, work.progressed.emit, work.is_cancelled)
            return sheet, RowStates.of(sheet), rows_before

        self.begin("sheet", read, self._on_sheet).progressed.connect(self.rows_read)

    def save_problem_rows(self, path: Path) -> None:
        """Write what cannot be sent to a workbook of its own; ends in ``problems_saved`` (path, lines)."""
        sheet = self.sheet
        if sheet is not None:
            self.begin("problems", lambda _: (path, save_problem_rows(self._ports, sheet, path)), self._on_problems)

    def plan_anew(self) -> None:
        """Forget what was ticked and found, and plan the whole sheet; ends in ``planned``."""
        self.give_up("forget")
        self.preview, self.plan, self.findings, self.unticked, self.first = None, None, None, Unticked(), 0
        self.make_plan()

    def make_plan(self) -> None:
        """Plan what is ticked; ends in ``planned`` (PlannedRun, Preview). Without chosen rows no plan is made."""
        sheet, known, unticked, first, findings = self.sheet, self.preview, self.unticked, self.first, self.findings
        if sheet is None or self.is_under_way("forget"):  # it plans once it is done
            return
        links, retry, is_new = sheet.links, self.retry, self.retry is None and self.undo is None

        def make(work: Work) -> tuple[Preview, Plan, PlanFacts] | None:
            if known is not None:
                time.sleep(_MORE_TICKS_S)
            if work.is_cancelled():
                return None
            check_rows_are_chosen(sheet)
            if is_new:
                remember_reading(self._ports, sheet)
            preview = known or Preview.of(links, findings)
            numbers = preview.ticked(unticked) if unticked or findings is not None else None
            plan = plan_sheet(sheet, numbers=numbers, first=first) if retry is None else plan_retry(retry, first)
            return preview, plan, PlanFacts.of(plan)

        self.begin("plan", make, self._on_plan)

    def check(self, account: SignedIn) -> None:
        """Ask the CRM which of the planned links exist; ends in ``checked`` (Findings, Preview)."""
        sheet, plan, preview = self.sheet, self.plan, self.preview
        if sheet is None or plan is None or preview is None:
            return
        self._asked_in = account.connection

        def look(work: Work) -> tuple[Findings, Preview]:
            with opened(self._ports, account) as conversation:
                asked = CrmCheck(self._ports, sheet, plan, conversation, work.stepped.emit)
                work.on_cancel(asked.cancel)
                findings = asked.run()
            return findings, preview.with_findings(findings)

        self.begin("check", look, self._on_checked).stepped.connect(self.reads_made)

    def forget_look(self) -> bool:
        """What Zoho said counts no longer; plan as if nobody had asked. False when nobody has. Ends in ``forgotten``
        (Preview), then in ``planned``; until then there is nothing to confirm."""
        self.give_up("check", "names")
        self.names, self._asked_in = {}, None
        if self.findings is None or self.preview is None:
            return False
        self.give_up("plan")
        self.findings, self.plan, self.facts = None, None, None
        preview = self.preview
        self.begin("forget", lambda _: preview.with_findings(None), self._on_forgotten)
        return True

    def account_changed(self, present: Connection | None) -> bool:
        """The window works for another account, or none: True when something that Zoho said was forgotten with it."""
        asked = self._asked_in
        if self.bound is not None or asked is None or (present is not None and same_account(asked, present)):
            return False
        was_asking = self.is_under_way("check")
        return self.forget_look() or was_asking

    def save_findings(self, path: Path) -> None:
        """Write what the look found beside the sheet's own rows; ends in ``findings_saved`` (path, lines)."""
        sheet, found = self.sheet, self.findings
        if sheet is not None and found is not None:
            self.begin("findings", lambda _: (path, save_findings(self._ports, sheet, found, path)), self._on_findings_saved)

    def read_names(self, account: SignedIn) -> None:
        """Names of the first records of the sheet, once; nothing is said when they cannot be read. Ends in ``names_read``."""
        sheet, is_new = self.sheet, self.retry is None and self.undo is None
        if sheet is not None and len(sheet.links) and not self.names:
            self._asked_in = account.connection
            self.begin("names", lambda _: first_names(self._ports, account, sheet, is_new=is_new), self._on_names)

    def take_retry(self, retry: Retry, facts: PlanFacts, account: SignedIn) -> None:
        """Go on from what a run left, in place of a sheet; ``account`` is that run's."""
        self._begin_anew(retry.sheet)
        self.bound = account
        self.retry, self.plan, self.facts = retry, retry.plan, facts

    def take_undo(self, undo: Undo, preview: Preview, facts: PlanFacts, account: SignedIn) -> None:
        """Go on from what a run removed, in place of a sheet; ``account`` is that run's."""
        self._begin_anew(undo.sheet)
        self.bound = account
        self.undo, self.preview, self.plan, self.facts = undo, preview, undo.plan, facts

    def forget_sheet(self) -> None:
        """Put the sheet and its plan away."""
        self.give_up("sheet")
        self._begin_anew(None)

    def _begin_anew(self, sheet: SheetLinks | None) -> None:
        self.give_up("plan", "check", "names", "forget")  # they are about other links
        self.bound, self._asked_in = None, None
        self.sheet, self.preview, self.plan, self.facts, self.retry, self.undo = sheet, None, None, None, None, None
        self.unticked, self.first, self.names, self.findings, self.safety_copy = Unticked(), 0, {}, None, True

    def _on_sheet(self, read: tuple[SheetLinks, RowStates, RowsBefore | None]) -> None:
        self._begin_anew(read[0])
        self.sheet_read.emit(*read)

    def _on_problems(self, saved: tuple[Path, int]) -> None:
        self.problems_saved.emit(*saved)

    def _on_plan(self, made: tuple[Preview, Plan, PlanFacts]) -> None:
        self.preview, self.plan, self.facts = made
        self.planned.emit(self.planned_run, self.preview)

    def _on_forgotten(self, preview: Preview) -> None:
        self.preview = preview
        self.forgotten.emit(preview)
        self.make_plan()

    def _on_checked(self, looked: tuple[Findings, Preview]) -> None:
        self.findings, self.preview = looked
        self.names = self.names | dict(self.findings.names)
        self.checked.emit(*looked)

    def _on_findings_saved(self, saved: tuple[Path, int]) -> None:
        self.findings_saved.emit(*saved)

    def _on_names(self, names: dict[RecordId, str]) -> None:
        self.names = names
        self.names_read.emit(names)
