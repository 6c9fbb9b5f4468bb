"""A run in the window: started or continued, watched, paused, signed in again, ended; its results; runs of earlier starts.

Lives on the window's thread.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.domain.causes import CauseCode
from desktop.domain.error_causes import explain
from desktop.domain.errors import ConnectionNotFound, RunElsewhere, SecretStoreUnavailable, TokenRejected
from desktop.domain.history import is_settled
from desktop.domain.runs import Change, Ending, Moment, RunState, RunSummary
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import check_same_place
from desktop.qt.account import SignedIn
from desktop.qt.account_flow import AccountFlow
from desktop.qt.clean_up import CleanUp
from desktop.qt.ending_notice import EndingNotice
from desktop.qt.error_words import words_for
from desktop.qt.main_window import RESULTS_FILTER, MainWindow
from desktop.qt.models.run_results import RunResults
from desktop.qt.past_runs import PastRuns
from desktop.qt.run_controller import CLOSING_GRACE_S, RunController

_WAITING = (RunState.INTERRUPTED, RunState.PAUSED, RunState.STOPPED)


class RunFlow(QObject):
    """Created once a window; owns the run controller and the list of past runs."""

    def __init__(
        self, services: Services, window: MainWindow, clean_up: CleanUp, accounts: AccountFlow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._window, self._clean_up, self._accounts = services, window, clean_up, accounts
        self._controller = RunController(services, self)
        self._past = PastRuns(services, self)
        self._notice = EndingNotice(window, services.notify, self)
        self._run = ""
        self._results: Path | None = None
        self._closing = False
        self._connect_run()
        self._connect_past()

    @property
    def is_running(self) -> bool:
        """True while a run works or is held in a pause."""
        return self._controller.is_running

    def begin(self) -> None:
        """List the runs, and let go of those that were kept long enough."""
        self._past.tidy_up()

    def start(self) -> None:
        """Put the confirmed plan on disk and begin."""
        account = self._accounts.account
        if account is not None and self._window.confirm.is_armed():
            self._window.confirm.show_working(self.tr("Writing the plan to this computer…"), can_cancel=False)
            self._clean_up.start_run(account)

    def go_on(self) -> None:
        """Continue after a pause, or a run of an earlier start."""
        if self._controller.is_running:
            self._controller.resume()
        else:
            self.resume_run(self._run)

    def forget_present(self) -> None:
        """The user begins something new; an unfinished run is offered again."""
        self._run = ""
        self._past.refresh()

    def close(self) -> None:
        """Stop, wait for the calls in flight, then close the window."""
        self._closing = True
        self._window.stop_and_close.setEnabled(False)
        self._controller.stop(CLOSING_GRACE_S)

    @Slot(str)
    def resume_run(self, run: str) -> None:
        """Open a run of an earlier start and go on with it."""
        if self._controller.is_running:
            return
        self._run = run
        self._window.show_page(self._window.remove)
        self._window.remove.show_working(self.tr("Opening the run…"), can_cancel=False)
        self._clean_up.resume_run(run, None if self._accounts.is_practice else self._accounts.account)

    def _connect_run(self) -> None:
        window, controller, work = self._window, self._controller, self._clean_up
        window.welcome.wants_resume.connect(self.resume_run)
        window.remove.wants_pause.connect(controller.pause)
        window.remove.wants_stop.connect(self._on_stop)
        window.remove.wants_sign_in.connect(self._on_sign_in_again)
        controller.moment.connect(self._on_moment)
        controller.state_changed.connect(self._on_state_changed)
        controller.may_sleep.connect(window.remove.say_may_sleep)
        window.remove.speed_changed.connect(controller.set_speed)
        controller.ended.connect(self._on_ended)
        work.run_ready.connect(self._on_run_ready)
        work.results_written.connect(self._on_results_written)
        work.failed.connect(self._on_failed)

    def _connect_past(self) -> None:
        window, past = self._window, self._past
        window.run_chosen.connect(self._on_run_chosen)
        window.wants_history.connect(self._on_history)
        window.results.wants_open.connect(self._on_open_results)
        window.results.wants_save.connect(self._on_save_results)
        window.results.wants_retry.connect(self._on_retry)
        window.history.chosen.connect(self._on_run_chosen)
        window.history.wants_pin.connect(past.pin)
        window.history.wants_remove.connect(past.remove)
        window.history.keep_changed.connect(past.keep_for)
        window.history.wants_folder.connect(self._on_open_folder)
        past.listed.connect(self._on_runs_listed)
        past.failed.connect(self._on_past_failed)

    # The run

    @Slot(object, object, object)
    def _on_run_ready(self, book: RunBook, crm: Crm, account: SignedIn) -> None:
        self._run = book.facts.run
        self._accounts.take(account)
        self._window.remove.begin(book.links, book.plan.links_to_send, book.ledger.tally)
        self._window.remove.show_speed(self._controller.speed)
        self._window.show_page(self._window.remove)
        self._window.hold_open(True)
        self._controller.start(book, crm, account.connection)
        self._past.refresh()

    @Slot(object, object)
    def _on_moment(self, moment: Moment, changes: list[Change]) -> None:
        self._window.remove.show_moment(moment, changes)

    @Slot(object, object)
    def _on_state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        if state is not RunState.FINISHED:
            self._window.remove.show_state(state, cause)
        self._past.refresh()

    @Slot()
    def _on_stop(self) -> None:
        self._window.remove.show_stopping()
        self._controller.stop()

    @Slot()
    def _on_sign_in_again(self) -> None:
        self._accounts.ask(self._go_on_signed_in)

    def _go_on_signed_in(self) -> None:
        """The held run goes on with the new key, if it leads to the same place."""
        account, book = self._accounts.account, self._controller.book
        if account is not None and book is not None:
            try:
                check_same_place(book.facts, account.connection)
            except RunElsewhere as error:
                self._window.connect_page.show_problem(explain(error))
                return
            self._controller.use_key(account.key)
            self._controller.resume()
        self._window.show_page(self._window.remove)

    @Slot(object)
    def _on_ended(self, result: object) -> None:
        self._window.hold_open(False)
        self._past.refresh()
        if isinstance(result, Ending) and not self._closing:
            self._notice.tell(result)
        if self._closing:
            self._window.close_now()
        elif isinstance(result, Ending):
            self._show_results(self.tr("Writing the results workbook…"))
        else:
            self._window.remove.show_problem(words_for(result))

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        window = self._window
        if step not in ("run", "resume", "retry", "results"):
            return
        if step != "results" and isinstance(error, TokenRejected | SecretStoreUnavailable | ConnectionNotFound):
            then = {"run": self._show_confirm, "resume": self.go_on, "retry": self._on_retry}[step]
            self._accounts.ask(then, words_for(error))
            return
        page = {"run": window.confirm, "resume": window.remove, "retry": window.results, "results": window.results}[step]
        page.show_problem(words_for(error))
        window.show_page(page)

    def _show_confirm(self) -> None:
        self._window.confirm.show_full()
        self._window.show_page(self._window.confirm, 2)

    # Results, and runs of earlier starts

    def _show_results(self, words: str) -> None:
        self._window.results.show_working(words, can_cancel=False)
        self._window.show_page(self._window.results)
        self._clean_up.write_results(self._run)

    @Slot(object, object, object, str)
    def _on_results_written(self, record: RunBook, results: RunResults, path: Path | None, trouble: str) -> None:
        self._results = path
        self._window.results.show_record(record, results, path, trouble)
        record.close()
        self._window.show_page(self._window.results)
        self._past.refresh()

    @Slot(object)
    def _on_run_chosen(self, summary: RunSummary) -> None:
        if self._controller.is_running:
            self._window.show_page(self._window.remove)
            return
        self._run = summary.run
        if is_settled(summary):
            self._show_results(self.tr("Opening the run…"))
        else:
            self._window.welcome.show_state(summary, is_practice=self._accounts.is_practice)
            self._window.welcome.show_full()
            self._window.show_page(self._window.welcome)

    @Slot()
    def _on_history(self) -> None:
        self._past.refresh()
        self._window.history.show_full()
        self._window.show_page(self._window.history)

    @Slot()
    def _on_open_results(self) -> None:
        if self._results is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._results)))

    @Slot()
    def _on_retry(self) -> None:
        self._window.results.show_working(self.tr("Reading in Zoho what became of the last calls…"), can_cancel=False)
        self._window.show_page(self._window.results)
        self._clean_up.prepare_retry(self._run, None if self._accounts.is_practice else self._accounts.account)

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._services.results_folder)))

    @Slot()
    def _on_save_results(self) -> None:
        start_at = str(self._results or self._services.results_folder)
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the results"), start_at, RESULTS_FILTER)
        if name:
            self._clean_up.write_results(self._run, Path(name))

    @Slot(object)
    def _on_runs_listed(self, runs: Sequence[RunSummary]) -> None:
        self._window.runs.show_runs(runs)
        self._window.history.show_runs(runs, self._past.pinned, self._past.keep_days)
        unfinished = next((one for one in runs if one.state in _WAITING), None)
        if not self._controller.is_running and not self._run:
            self._window.welcome.show_state(unfinished, is_practice=self._accounts.is_practice)

    @Slot(object)
    def _on_past_failed(self, error: Exception) -> None:
        if self._window.page is self._window.history:
            self._window.history.show_problem(words_for(error))
