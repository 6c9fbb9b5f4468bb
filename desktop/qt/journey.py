"""What follows on what: from a sheet over check and confirmation to the run and its results.

The only object that knows the window, the clean-up and the run controller together. Lives on the window's thread.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.domain.causes import Cause, CauseCode
from desktop.domain.connections import Environment
from desktop.domain.error_causes import explain
from desktop.domain.errors import ConnectionNotFound, DelinkError, SecretStoreUnavailable, TokenRejected
from desktop.domain.outcomes import Outcome
from desktop.domain.plans import Plan
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.runs import Change, Ending, Moment, RunState, RunSummary
from desktop.engine.ports import Crm, RunBook, Services
from desktop.qt.account import SignedIn, newest_saved, sign_in_to_practice, sign_in_with_token
from desktop.qt.background import Work, start
from desktop.qt.clean_up import CleanUp
from desktop.qt.main_window import MainWindow, sheet_filter
from desktop.qt.pages.confirm_page import FIRST_LINKS
from desktop.qt.pages.page import Page
from desktop.qt.run_controller import CLOSING_GRACE_S, RunController

_FOLDER = "last_folder"
_BUG = Cause(
    "Something went wrong in Delink itself",
    "The details are in the log; what was recorded is kept.",
    "Try again, or close and start anew.",
)


class Journey(QObject):
    """Created once a window."""

    def __init__(self, services: Services, window: MainWindow, *, is_practice: bool) -> None:
        super().__init__(window)
        self._services, self._window, self._is_practice = services, window, is_practice
        self._clean_up = CleanUp(services, self)
        self._controller = RunController(services, self)
        self._account: SignedIn | None = None
        self._signing_in: Work | None = None
        self._after_sign_in: Page | None = None
        self._listing: Work | None = None
        self._run = ""
        self._path = Path()
        self._results: Path | None = None
        self._closing = False
        self._connect_window()
        self._connect_work()

    def begin(self, sheet: Path | None) -> None:
        """Show the first page, or open a sheet at once."""
        self._list_runs()
        self._window.welcome.show_state(None, is_practice=self._is_practice)
        self._window.show_page(self._window.welcome)
        if self._is_practice:
            self._sign_in(lambda _: sign_in_to_practice(self._services))
        else:
            self._sign_in(lambda _: newest_saved(self._services))
        if sheet is not None:
            self.open_sheet(sheet)

    @Slot(object)
    def open_sheet(self, path: Path) -> None:
        """Read a file and show it."""
        if self._controller.is_running:
            return
        self._services.settings.set(_FOLDER, str(path.absolute().parent))
        self._path = path
        self._read(ReadingChoice())

    def _connect_window(self) -> None:
        window = self._window
        window.file_dropped.connect(self.open_sheet)
        window.run_chosen.connect(self._on_run_chosen)
        window.wants_new.connect(self._on_new)
        window.wants_primary.connect(self._on_primary)
        window.wants_back.connect(self._on_back)
        window.wants_step.connect(self._on_step)
        window.closing.connect(self._on_closing)
        window.stop_and_close.clicked.connect(self._on_stop_and_close)
        window.welcome.drop_area.wants_file.connect(self._on_choose_file)
        window.welcome.drop_area.wants_sample.connect(self._on_sample)
        window.welcome.wants_resume.connect(self._on_resume_run)
        window.welcome.wants_practice.connect(self._on_practice)
        window.connect_page.wants_connect.connect(self._on_connect)
        window.sheet.wants_reading.connect(self._read)
        window.sheet.cancelled.connect(self._on_cancel_reading)
        window.check.ticks_changed.connect(self._on_ticks)
        window.confirm.first_changed.connect(self._on_first_changed)
        window.remove.wants_pause.connect(self._controller.pause)
        window.remove.wants_stop.connect(self._on_stop)
        window.remove.wants_sign_in.connect(self._on_sign_in_again)
        window.results.wants_open.connect(self._on_open_results)
        window.results.wants_save.connect(self._on_save_results)

    def _connect_work(self) -> None:
        work = self._clean_up
        work.sheet_read.connect(self._on_sheet_read)
        work.rows_read.connect(self._on_rows_read)
        work.planned.connect(self._on_planned)
        work.names_read.connect(self._window.check.show_names)
        work.run_ready.connect(self._on_run_ready)
        work.results_written.connect(self._on_results_written)
        work.failed.connect(self._on_failed)
        self._controller.moment.connect(self._on_moment)
        self._controller.state_changed.connect(self._on_state_changed)
        self._controller.ended.connect(self._on_ended)

    # The sheet

    @Slot(object)
    def _read(self, choice: ReadingChoice) -> None:
        self._window.show_page(self._window.sheet)
        self._window.sheet.show_working(self.tr("Reading %1…").replace("%1", self._path.name))
        self._clean_up.read_sheet(self._path, choice)

    @Slot(int)
    def _on_rows_read(self, rows: int) -> None:
        self._window.sheet.say_progress(self.tr("Reading %1: %n row(s)…", "", rows).replace("%1", self._path.name))

    @Slot(object)
    def _on_sheet_read(self, sheet: SheetLinks) -> None:
        self._window.sheet.show_sheet(sheet)

    @Slot()
    def _on_cancel_reading(self) -> None:
        self._clean_up.cancel_reading()
        if self._clean_up.sheet is not None:
            self._window.sheet.show_full()
        else:
            self._window.show_page(self._window.welcome)

    # The plan

    @Slot(object)
    def _on_planned(self, plan: Plan) -> None:
        sheet = self._clean_up.sheet
        if sheet is None:
            return
        if self._window.page is self._window.check and not self._window.check.is_full:
            self._window.check.show_plan(sheet, plan)
            if self._account is not None:
                self._clean_up.read_names(self._account)
        else:
            self._window.check.update_plan(plan)
        if self._window.page is self._window.confirm:
            self._show_confirm()

    @Slot(object)
    def _on_ticks(self, links: list[int]) -> None:
        self._clean_up.ticked = links
        self._clean_up.make_plan()

    @Slot(bool)
    def _on_first_changed(self, on: bool) -> None:
        self._clean_up.first = FIRST_LINKS if on else 0
        self._clean_up.make_plan()

    def _show_confirm(self) -> None:
        sheet, plan = self._clean_up.sheet, self._clean_up.plan
        if sheet is None or plan is None:
            return
        if self._account is None:
            self._after_sign_in = self._window.confirm
            self._window.connect_page.show_connected(None, in_keyring=False)
            self._window.show_page(self._window.connect_page)
            return
        before = any(Path(one.sheet).name == sheet.name for one in self._services.runs.summaries())
        was_armed = self._window.page is self._window.confirm
        self._window.confirm.show_plan(sheet, plan, self._account.connection, was_run_before=before)
        if not was_armed:
            self._window.show_page(self._window.confirm, 2)

    # The account

    def _sign_in(self, function: Callable[[Work], SignedIn | None]) -> None:
        self._signing_in = Work(function)
        self._signing_in.done.connect(self._on_signed_in)
        self._signing_in.failed.connect(self._on_sign_in_failed)
        start(self._signing_in)

    @Slot(str, str, str)
    def _on_connect(self, data_centre: str, environment: str, token: str) -> None:
        self._window.connect_page.show_working(self.tr("Asking Zoho who you are…"), can_cancel=False)
        place = Environment(environment)
        self._sign_in(lambda _: sign_in_with_token(self._services, data_centre, place, token))

    @Slot(object)
    def _on_signed_in(self, account: SignedIn | None) -> None:
        self._account = account
        self._window.banner.show_connection(account.connection if account else None)
        if account is None or self._window.page is not self._window.connect_page:
            return
        self._window.connect_page.show_connected(account.connection, in_keyring=account.in_keyring)

    @Slot(object)
    def _on_sign_in_failed(self, error: Exception) -> None:
        if self._window.page is self._window.connect_page:
            self._window.connect_page.show_problem(_words(error))

    # The run

    def _start(self) -> None:
        if self._account is None or not self._window.confirm.is_armed():
            return
        self._window.confirm.show_working(self.tr("Writing the plan to this computer…"), can_cancel=False)
        self._clean_up.start_run(self._account)

    @Slot(str)
    def _on_resume_run(self, run: str) -> None:
        if self._controller.is_running:
            return
        self._run = run
        self._window.show_page(self._window.remove)
        self._window.remove.show_working(self.tr("Opening the run…"), can_cancel=False)
        self._clean_up.resume_run(run, None if self._is_practice else self._account)

    @Slot(object, object, object)
    def _on_run_ready(self, book: RunBook, crm: Crm, account: SignedIn) -> None:
        self._account, self._run = account, book.facts.run
        self._window.banner.show_connection(account.connection)
        self._window.remove.begin(book.links, book.plan.links_to_send, book.ledger.tally)
        self._window.show_page(self._window.remove)
        self._window.hold_open(True)
        self._controller.start(book, crm, account.connection)
        self._list_runs()

    @Slot(object, object)
    def _on_moment(self, moment: Moment, changes: list[Change]) -> None:
        self._window.remove.show_moment(moment, changes)

    @Slot(object, object)
    def _on_state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        if state is not RunState.FINISHED:
            self._window.remove.show_state(state, cause)
        self._list_runs()

    @Slot()
    def _on_stop(self) -> None:
        self._window.remove.show_stopping()
        self._controller.stop()

    @Slot(object)
    def _on_ended(self, result: object) -> None:
        self._window.hold_open(False)
        self._list_runs()
        if self._closing:
            self._window.close_now()
            return
        if isinstance(result, Ending):
            self._window.results.show_working(self.tr("Writing the results workbook…"), can_cancel=False)
            self._window.show_page(self._window.results)
            self._clean_up.write_results(self._run)
        else:
            self._window.remove.show_problem(_words(result))

    # The results, and runs of earlier starts

    @Slot(object, object, str)
    def _on_results_written(self, record: RunBook, path: Path | None, trouble: str) -> None:
        self._results = path
        self._window.results.show_record(record, path, trouble)
        record.close()
        self._window.show_page(self._window.results)
        self._list_runs()

    @Slot(object)
    def _on_run_chosen(self, summary: RunSummary) -> None:
        if self._controller.is_running:
            self._window.show_page(self._window.remove)
            return
        self._run = summary.run
        unfinished = summary.state is not RunState.FINISHED or summary.tally[Outcome.UNKNOWN] > 0
        if unfinished:
            self._window.welcome.show_state(summary, is_practice=self._is_practice)
            self._window.show_page(self._window.welcome)
        else:
            self._window.results.show_working(self.tr("Opening the run…"), can_cancel=False)
            self._window.show_page(self._window.results)
            self._clean_up.write_results(summary.run)

    @Slot()
    def _on_open_results(self) -> None:
        if self._results is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._results)))

    @Slot()
    def _on_save_results(self) -> None:
        start_at = str(self._results or self._services.results_folder)
        kinds = "Excel workbook (*.xlsx);;CSV (*.csv)"
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the results"), start_at, kinds)
        if name:
            self._clean_up.write_results(self._run, Path(name))

    def _list_runs(self) -> None:
        self._listing = Work(lambda _: self._services.runs.summaries())
        self._listing.done.connect(self._on_runs_listed)
        start(self._listing)

    @Slot(object)
    def _on_runs_listed(self, runs: list[RunSummary]) -> None:
        self._window.runs.show_runs(runs)
        waiting = (RunState.INTERRUPTED, RunState.PAUSED, RunState.STOPPED)
        unfinished = next((one for one in runs if one.state in waiting), None)
        if not self._controller.is_running and not self._run:
            self._window.welcome.show_state(unfinished, is_practice=self._is_practice)

    # Buttons of the frame

    @Slot(object)
    def _on_primary(self, page: Page) -> None:
        window = self._window
        if page is window.sheet:
            self._to_check()
        elif page is window.check:
            self._clean_up.first = 0
            self._show_confirm()
        elif page is window.confirm:
            self._start()
        elif page is window.connect_page:
            if not window.connect_page.primary():
                self._show_confirm() if self._after_sign_in is window.confirm else window.show_page(window.welcome)
        elif page is window.remove:
            self._continue()

    def _to_check(self) -> None:
        self._clean_up.ticked, self._clean_up.first = None, 0
        self._window.check.show_working(self.tr("Planning the calls…"), can_cancel=False)
        self._window.show_page(self._window.check, 1)
        self._clean_up.plan = None
        self._clean_up.make_plan()

    def _continue(self) -> None:
        if self._controller.is_running:
            self._controller.resume()
        else:
            self._on_resume_run(self._run)

    @Slot(object)
    def _on_back(self, page: Page) -> None:
        window = self._window
        if not page.is_full and page in (window.sheet, window.check, window.confirm, window.connect_page):
            page.show_full()
        before: dict[Page, Page] = {window.check: window.sheet, window.confirm: window.check, window.connect_page: window.check}
        target = before.get(page, window.welcome)
        if target is window.check and self._clean_up.plan is None:
            target = window.welcome
        window.show_page(target, 1 if target is window.check else 0)

    @Slot(int)
    def _on_step(self, step: int) -> None:
        if not self._controller.is_running:
            self._window.show_page((self._window.sheet, self._window.check)[min(step, 1)], step)

    @Slot()
    def _on_new(self) -> None:
        if self._controller.is_running:
            self._window.show_page(self._window.remove)
            return
        self._run = ""
        self._list_runs()
        self._window.welcome.show_full()
        self._window.show_page(self._window.welcome)

    @Slot()
    def _on_choose_file(self) -> None:
        folder = str(self._services.settings.get(_FOLDER, ""))
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Choose a sheet"), folder, sheet_filter())
        if name:
            self.open_sheet(Path(name))

    @Slot()
    def _on_sample(self) -> None:
        self.open_sheet(self._services.samples_folder / "spring-clean-up.xlsx")

    @Slot()
    def _on_practice(self) -> None:
        self._is_practice = True
        self._window.setWindowTitle(self.tr("Delink, practice mode"))
        self._window.welcome.show_state(None, is_practice=True)
        self._sign_in(lambda _: sign_in_to_practice(self._services))

    @Slot()
    def _on_sign_in_again(self) -> None:
        self._after_sign_in = self._window.remove
        self._window.connect_page.show_connected(None, in_keyring=False)
        self._window.show_page(self._window.connect_page)

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
        self._closing = True
        self._window.stop_and_close.setEnabled(False)
        self._controller.stop(CLOSING_GRACE_S)

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        window = self._window
        if step == "names":
            return
        pages: dict[str, Page] = {"sheet": window.sheet, "plan": window.check, "run": window.confirm, "resume": window.remove}
        page = pages.get(step, window.results)
        if isinstance(error, TokenRejected | SecretStoreUnavailable | ConnectionNotFound):
            self._after_sign_in = page
            window.connect_page.show_problem(_words(error))
            window.show_page(window.connect_page)
            return
        page.show_problem(_words(error))
        window.show_page(page)


def _words(error: object) -> Cause:
    return explain(error) if isinstance(error, DelinkError) else _BUG
