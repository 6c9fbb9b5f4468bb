"""What follows on what: from a sheet over check and confirmation to the run. Lives on the window's thread.

The account's own way stands in account_flow.py, the look into the CRM in check_flow.py, the run's in run_flow.py.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.domain.causes import Cause
from desktop.domain.errors import RelationUnclear, SheetUnreadable
from desktop.domain.plans import Plan
from desktop.domain.previews import PlanFacts, Preview, Unticked
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.engine.ports import Services
from desktop.qt.account import SignedIn
from desktop.qt.account_flow import AccountFlow
from desktop.qt.check_flow import CheckFlow
from desktop.qt.clean_up import CleanUp
from desktop.qt.error_words import words_for
from desktop.qt.main_window import RESULTS_FILTER, MainWindow, sheet_filter
from desktop.qt.models.sheet_rows_model import RowStates
from desktop.qt.pages.confirm_page import FIRST_LINKS
from desktop.qt.pages.page import Page
from desktop.qt.run_flow import RunFlow
from desktop.qt.support import SupportFlow

_FOLDER = "last_folder"
_SAMPLE = "spring-clean-up.xlsx"


class Journey(QObject):
    """Created once a window; owns the clean-up and the other flows."""

    def __init__(self, services: Services, window: MainWindow, *, is_practice: bool) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self.clean_up = CleanUp(services, self)
        self.accounts = AccountFlow(services, window, self, is_practice=is_practice)
        self.accounts.relations = lambda: () if self.clean_up.sheet is None else self.clean_up.sheet.relations
        self.support = SupportFlow(services, window, self)
        self.runs = RunFlow(services, window, self.clean_up, self.accounts, self)
        self.check = CheckFlow(window, self.clean_up, self.accounts, self)
        self._path, self._choice = Path(), ReadingChoice()
        self._connect_frame()
        self._connect_pages()

    def begin(self, sheet: Path | None) -> None:
        """Show the first page, or open a sheet at once."""
        self._window.welcome.show_state(None, is_practice=self.accounts.is_practice)
        self._show_welcome()
        self.runs.begin()
        self.accounts.begin()
        if sheet is not None:
            self.open_sheet(sheet)

    @Slot()
    def end(self) -> None:
        """The system wants the program to end: stop the run if there is one, and close."""
        if self.runs.is_running:
            self.runs.close()
        else:
            self._window.close()

    @Slot(object)
    def open_sheet(self, path: Path) -> None:
        """Read a file and show it."""
        if not self.runs.is_running:
            self._services.settings.set(_FOLDER, str(path.absolute().parent))
            self._path = path
            self._read(ReadingChoice())

    @Slot(object)
    def come_forward(self, sheet: Path | None) -> None:
        """The program was started once more: show this window, and open the sheet that it was given."""
        self._window.come_forward()
        if sheet is not None:
            self.open_sheet(sheet)

    def _connect_frame(self) -> None:
        window = self._window
        window.file_dropped.connect(self.open_sheet)
        window.cells_pasted.connect(self._on_cells_pasted)
        window.wants_file.connect(self._on_choose_file)
        window.wants_new.connect(self._on_new)
        window.wants_account.connect(self._on_account)
        window.wants_primary.connect(self._on_primary)
        window.wants_back.connect(self._on_back)
        window.wants_step.connect(self._on_step)
        window.closing.connect(self._on_closing)
        window.stop_and_close.clicked.connect(self._on_stop_and_close)

    def _connect_pages(self) -> None:
        window, work = self._window, self.clean_up
        window.welcome.drop_area.wants_file.connect(self._on_choose_file)
        window.welcome.drop_area.wants_sample.connect(self._on_sample)
        window.welcome.wants_practice.connect(self._on_practice)
        window.sheet.wants_reading.connect(self._read)
        window.sheet.cancelled.connect(self._on_cancel_reading)
        window.sheet.wants_problems.connect(self._on_save_problems)
        window.check.ticks_changed.connect(self._on_ticks)
        window.confirm.first_changed.connect(self._on_first_changed)
        window.confirm.copy_changed.connect(self._on_copy_changed)
        work.sheet_read.connect(self._on_sheet_read)
        work.rows_read.connect(self._on_rows_read)
        work.problems_saved.connect(self._on_problems_saved)
        work.planned.connect(self._on_planned)
        work.names_read.connect(window.check.show_names)
        work.names_read.connect(window.sheet.show_names)
        work.earlier_found.connect(window.confirm.show_earlier)
        work.retry_ready.connect(self._on_retry_ready)
        work.failed.connect(self._on_failed)

    # The sheet

    @Slot(object)
    def _read(self, choice: ReadingChoice) -> None:
        self._choice = choice
        self._window.show_page(self._window.sheet)
        self._window.sheet.show_working(self.tr("Reading %1…").replace("%1", self._path.name))
        self.clean_up.read_sheet(self._path, choice)

    @Slot(object, object)
    def _on_sheet_read(self, sheet: SheetLinks, states: RowStates) -> None:
        self._window.sheet.show_sheet(sheet, states)
        if self.accounts.account is not None:
            self.clean_up.read_names(self.accounts.account)

    @Slot(int)
    def _on_rows_read(self, rows: int) -> None:
        self._window.sheet.say_progress(self.tr("Reading %1: %n row(s)…", "", rows).replace("%1", self._path.name))

    @Slot()
    def _on_cancel_reading(self) -> None:
        self.clean_up.cancel_reading()
        if self.clean_up.sheet is not None:
            self._window.sheet.show_full()
        else:
            self._show_welcome()

    @Slot()
    def _on_save_problems(self) -> None:
        start_at = str(self._path.with_name(f"{self._path.stem}-problems.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the problem rows"), start_at, RESULTS_FILTER)
        if name:
            self.clean_up.save_problem_rows(Path(name))

    @Slot(object, int)
    def _on_problems_saved(self, path: Path, lines: int) -> None:
        self._window.sheet.say_saved(self.tr("%n row(s) saved as %1.", "", lines).replace("%1", path.name))

    # The plan

    def _to_check(self) -> None:
        self.clean_up.unticked, self.clean_up.first, self.clean_up.findings = Unticked(), 0, None
        self.clean_up.preview = None
        self._window.check.show_working(self.tr("Planning the calls…"), can_cancel=False)
        self._window.show_page(self._window.check, 1)
        self.clean_up.plan = None
        self.clean_up.make_plan()

    @Slot(object, object, object)
    def _on_planned(self, preview: Preview, plan: Plan, facts: PlanFacts) -> None:
        sheet, account = self.clean_up.sheet, self.accounts.account
        if sheet is None:
            return
        if self._window.page is self._window.check and not self._window.check.is_full:
            self._window.check.show_plan(sheet, preview, plan, facts)
            self._window.check.show_names(self.clean_up.names)
            if account is not None:
                self.clean_up.read_names(account)
        else:
            self._window.check.update_plan(plan, facts)
        if self._window.page is self._window.confirm:
            self._show_confirm()

    @Slot(object)
    def _on_ticks(self, unticked: Unticked) -> None:
        self.clean_up.unticked = unticked
        self.clean_up.make_plan()

    @Slot(bool)
    def _on_first_changed(self, on: bool) -> None:
        self.clean_up.first = FIRST_LINKS if on else 0
        self.clean_up.make_plan()

    @Slot(bool)
    def _on_copy_changed(self, on: bool) -> None:
        self.clean_up.safety_copy = on

    def _show_confirm(self) -> None:
        work, account = self.clean_up, self.accounts.account
        if work.sheet is None or work.plan is None or work.facts is None:
            return
        if account is None:
            self.accounts.ask(self._show_confirm)
            return
        retry = work.retry
        retry_of = retry.parent.run if retry else ""
        self._window.confirm.show_plan(work.sheet, work.plan, work.facts, account.connection, retry_of=retry_of)
        if retry is None:
            work.find_earlier(account)
        if self._window.page is not self._window.confirm:
            self._window.show_page(self._window.confirm, 0 if retry else 2)

    @Slot(object)
    def _on_retry_ready(self, account: SignedIn) -> None:
        self.accounts.take(account)
        self._window.results.show_full()
        self._show_confirm()

    # The frame

    @Slot(object)
    def _on_primary(self, page: Page) -> None:
        window = self._window
        if page is window.sheet:
            self._to_check()
        elif page is window.check:
            self.clean_up.first = 0
            self._show_confirm()
        elif page is window.confirm:
            self.runs.start()
        elif page is window.connect_page:
            self.accounts.primary()
        elif page is window.remove:
            self.runs.go_on()
        elif page is window.history:
            window.history.primary()

    @Slot(object)
    def _on_back(self, page: Page) -> None:
        window = self._window
        if not page.is_full:
            page.show_full()
        before: dict[Page, Page] = {
            window.check: window.sheet,
            window.confirm: window.results if self.clean_up.retry else window.check,
            window.connect_page: self.accounts.before,
        }
        self._show_again(before.get(page, window.welcome))

    def _show_again(self, page: Page) -> None:
        """Back to a page, if what it shows is still there."""
        if page is self._window.check and self.clean_up.plan is None:
            page = self._window.welcome
        self._window.show_page(page, 1 if page is self._window.check else 0)

    @Slot(int)
    def _on_step(self, step: int) -> None:
        if not self.runs.is_running:
            self._window.show_page((self._window.sheet, self._window.check)[min(step, 1)], step)

    def _show_welcome(self) -> None:
        self._window.welcome.show_full()
        self._window.show_page(self._window.welcome)

    @Slot()
    def _on_new(self) -> None:
        if self.runs.is_running:
            self._window.show_page(self._window.remove)
            return
        self.runs.forget_present()
        self._show_welcome()

    @Slot()
    def _on_account(self) -> None:
        if not self.runs.is_running:
            page = self._window.page
            self.accounts.ask(lambda: self._show_again(page))

    @Slot()
    def _on_practice(self) -> None:
        self._window.setWindowTitle(self.tr("Practice mode"))
        self._window.welcome.show_state(None, is_practice=True)
        self.accounts.practise()

    @Slot()
    def _on_choose_file(self) -> None:
        if self.runs.is_running:
            return
        folder = str(self._services.settings.get(_FOLDER, ""))
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Choose a sheet"), folder, sheet_filter())
        if name:
            self.open_sheet(Path(name))

    @Slot(str)
    def _on_cells_pasted(self, text: str) -> None:
        if self.runs.is_running:
            return
        try:
            self._path = self._services.keep_pasted(text)
        except SheetUnreadable as error:
            self._window.page.show_problem(words_for(error))
        else:
            self._read(ReadingChoice())

    @Slot()
    def _on_sample(self) -> None:
        self.open_sheet(self._services.samples_folder / _SAMPLE)

    # Closing, and what goes wrong

    @Slot()
    def _on_closing(self) -> None:
        self._window.ask_before_closing(
            Cause(
                self.tr("Links are being removed"),
                self.tr("Closing stops after the calls in flight; what is done is kept."),
                self.tr("You can continue this run at the next start."),
            )
        )

    @Slot()
    def _on_stop_and_close(self) -> None:
        self.runs.close()

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step == "problems":
            self._window.sheet.say_saved(words_for(error).why)
            return
        if isinstance(error, RelationUnclear):
            self._window.sheet.ask_relation(words_for(error), self._choice, error.possible)
            return
        pages: dict[str, Page] = {"sheet": self._window.sheet, "plan": self._window.check}
        if (page := pages.get(step)) is not None:
            page.show_problem(words_for(error))
            self._window.show_page(page)
