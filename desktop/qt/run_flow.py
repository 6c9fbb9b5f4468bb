"""A run in the window: started or continued, watched, paused, signed in again, ended. Lives on the window's thread."""

from PySide6.QtCore import QObject, Slot

from desktop.domain.causes import CauseCode
from desktop.domain.error_causes import explain
from desktop.domain.errors import RunElsewhere
from desktop.domain.history import is_settled
from desktop.domain.runs import Change, Ending, Moment, RunKind, RunState, RunSummary
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import check_same_place
from desktop.qt.account import SignedIn
from desktop.qt.account_flow import AccountFlow
from desktop.qt.error_words import SIGNING_IN_HELPS, words_for
from desktop.qt.history_flow import HistoryFlow
from desktop.qt.main_window import MainWindow
from desktop.qt.results_flow import ResultsFlow
from desktop.qt.run_controller import CLOSING_GRACE_S, RunController
from desktop.qt.run_errands import RunErrands
from desktop.qt.run_news import RunNews
from desktop.qt.run_wish import RunWish


class RunFlow(QObject):
    """Created once a window; owns the run controller."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        errands: RunErrands,
        accounts: AccountFlow,
        results: ResultsFlow,
        history: HistoryFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._errands, self._accounts = window, errands, accounts
        self._results, self._history = results, history
        self._controller = RunController(services, self)
        self._news = RunNews(window, services, self)
        self._closing, self._called_off = False, False
        self._connect_wishes()
        self._connect_run()

    @property
    def is_running(self) -> bool:
        """True while a run works or is held in a pause."""
        return self._controller.is_running

    @property
    def kind(self) -> RunKind:
        """What the run in work, or the last one, is."""
        return self._window.remove.kind

    def start(self, wish: RunWish | None) -> None:
        """Put the confirmed plan on disk and begin."""
        account = self._accounts.account
        if account is not None and wish is not None and self._window.confirm.is_armed():
            self._called_off = False
            self._window.confirm.show_working(self.tr("Writing the plan to this computer…"), can_cancel=False)
            self._errands.start(wish, account)

    def go_on(self) -> None:
        """Continue after a pause, or a run of an earlier start."""
        if self._controller.is_running:
            self._controller.resume()
        else:
            self.resume_run(self._history.present)

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
        self._called_off = False
        self._history.present = run
        self._window.show_page(self._window.remove)
        self._window.remove.show_working(self.tr("Opening the run…"), can_cancel=False)
        self._errands.resume(run, self._accounts.for_runs)

    def _connect_wishes(self) -> None:
        window, controller = self._window, self._controller
        window.confirm.cancelled.connect(self._on_called_off)
        window.welcome.wants_resume.connect(self.resume_run)
        window.welcome.wants_results.connect(self._show_results)
        window.results.wants_resume.connect(self.resume_run)
        window.remove.wants_pause.connect(controller.pause)
        window.remove.wants_stop.connect(self._on_stop)
        window.remove.wants_sign_in.connect(self._on_sign_in_again)
        window.remove.speed_changed.connect(controller.set_speed)
        self._history.chosen.connect(self._on_run_chosen)
        window.results.wants_run.connect(self._on_run_chosen)

    def _connect_run(self) -> None:
        controller = self._controller
        controller.moment.connect(self._on_moment)
        controller.state_changed.connect(self._on_state_changed)
        controller.may_sleep.connect(self._window.remove.say_may_sleep)
        controller.ended.connect(self._on_ended)
        self._errands.start_waits.connect(self._window.confirm.say_waiting)
        self._errands.run_ready.connect(self._on_run_ready)
        self._errands.names_read.connect(self._window.remove.show_names)
        self._errands.failed.connect(self._on_failed)

    @Slot(object, object, object)
    def _on_run_ready(self, book: RunBook, crm: Crm, account: SignedIn) -> None:
        if self._called_off:  # too late to keep it from the disk, but nothing of it was sent
            book.close()
            crm.close()
            self._history.refresh()
            return
        facts, remove = book.facts, self._window.remove
        self._history.present = facts.run
        self._accounts.take(account)
        first = () if CauseCode.FIRST_LINKS_DONE in book.ledger.paused_for else book.plan.first_links
        remove.begin(facts.kind, book.links, book.plan.links_to_send, book.ledger.tally, first)
        remove.show_speed(self._controller.speed)
        self._news.begin(facts.kind)
        self._window.show_page(remove)
        self._window.hold_open(True)
        self._controller.start(book, crm, account.connection)
        self._history.refresh()

    @Slot()
    def _on_called_off(self) -> None:
        """The user does not want to wait for what earlier runs lost; no run begins."""
        self._called_off = True
        self._errands.stop_reading()
        self._window.confirm.show_full()

    @Slot(object, object)
    def _on_moment(self, moment: Moment, changes: list[Change]) -> None:
        self._window.remove.show_moment(moment, changes)
        self._news.tell_moment(moment, changes)

    @Slot(object, object)
    def _on_state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        if state is not RunState.FINISHED:
            self._window.remove.show_state(state, cause)
        if state is RunState.PAUSED and cause is CauseCode.FIRST_LINKS_DONE:
            self._show_first_links()
        self._news.tell_state(state, cause)
        self._history.refresh()

    def _show_first_links(self) -> None:
        """The run waits now, so its ledger stands still."""
        book, account = self._controller.book, self._accounts.account
        if book is None:
            return
        first = book.plan.first_links
        self._window.remove.show_first(book.links, {link: book.ledger.outcome(link) for link in first})
        if account is not None:
            self._errands.read_names(book.links, first, account)

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
        self._history.refresh()
        if isinstance(result, Ending) and not self._closing:
            self._news.tell_end(result)
        self._news.end()
        if self._closing:
            self._window.close_now()
        elif isinstance(result, Ending):
            self._results.show(self._history.present, self.tr("Writing the results workbook…"))
        else:
            self._window.remove.show_problem(words_for(result))

    @Slot(object)
    def _on_run_chosen(self, summary: RunSummary) -> None:
        if self._controller.is_running:
            self._window.show_page(self._window.remove)
            return
        self._history.present = summary.run
        if is_settled(summary):
            self._show_results(summary.run)
        else:
            self._window.welcome.show_state(summary, is_practice=self._accounts.is_practice)
            self._window.welcome.show_full()
            self._window.show_page(self._window.welcome)

    @Slot(str)
    def _show_results(self, run: str) -> None:
        self._results.show(run, self.tr("Opening the run…"))

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step not in ("run", "resume") or (step == "run" and self._called_off):
            return
        if isinstance(error, SIGNING_IN_HELPS):
            self._accounts.ask(self._show_confirm if step == "run" else self.go_on, words_for(error))
            return
        page = self._window.confirm if step == "run" else self._window.remove
        page.show_problem(words_for(error))
        self._window.show_page(page)

    def _show_confirm(self) -> None:
        self._window.confirm.show_full()
        self._window.show_page(self._window.confirm)
