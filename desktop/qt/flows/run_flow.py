"""A run in the window: started or continued, watched, paused, signed in again, ended. Lives on the window's thread."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.accounts import account_of
from desktop.application.result_files import WrittenResults
from desktop.application.serving import AccountOffer, SignedIn
from desktop.application.starting import OpenRun
from desktop.application.working import WorkPorts
from desktop.domain.causes import CauseCode
from desktop.domain.errors import ConnectionNotFound, LookElsewhere, LookOutdated, RunElsewhere
from desktop.domain.history import is_settled
from desktop.domain.operations import Operation
from desktop.domain.runs import Change, Ending, Moment, RunState, RunSummary
from desktop.qt.error_words import SIGNING_IN_HELPS, words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.flows.history_flow import HistoryFlow
from desktop.qt.flows.results_flow import ResultsFlow
from desktop.qt.flows.run_news import RunNews, RunNewsPorts
from desktop.qt.jobs.run_controller import CLOSING_GRACE_S, RunController
from desktop.qt.jobs.run_errands import RunErrands
from desktop.qt.main_window import MainWindow
from desktop.qt.planned_run import PlannedRun
from desktop.qt.run_words import RunWords
from desktop.words import say
from desktop.words.errors import explain_error
from desktop.words.joining import sentences


class RunFlowPorts(WorkPorts, RunNewsPorts, Protocol):
    """What it takes to work on a run and to tell of it."""


class RunFlow(QObject):
    """Created once a window; owns the run controller.

    From the moment that a run is about to begin until it ended it has the window: nothing else can be started meanwhile.
    ``look_refused`` when a run did not begin because what was found before counts no longer, ``confirm_again`` when the user
    has signed in for a run that could not begin.
    """

    look_refused = Signal()
    confirm_again = Signal()

    def __init__(
        self,
        ports: RunFlowPorts,
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
        self._controller = RunController(ports, self)
        self._news = RunNews(window, ports, self)
        self._closing, self._called_off = False, False
        window.remove.leads(self.go_on)
        self._connect_pages()
        self._connect_run()

    @property
    def is_running(self) -> bool:
        """True while a run works or is held in a pause."""
        return self._controller.is_running

    @property
    def operation(self) -> Operation:
        """What the run in work, or the last one, is."""
        return self._window.remove.operation

    def start(self, planned: PlannedRun | None, account: SignedIn | None) -> None:
        """Put the confirmed plan on disk and begin; ``account`` is the one that stood on the page when it was confirmed."""
        if account is not None and planned is not None and self._window.confirm.is_armed() and not self._window.turns_away():
            self._called_off = False
            self._window.hold(self._window.confirm, say("A run is being prepared. Cancel it first, or let it end."))
            self._window.confirm.show_working(say("Writing the plan to this computer…"), can_cancel=False)
            self._errands.start(planned, account)

    def go_on(self) -> None:
        """Continue after a pause, or a run of an earlier start."""
        if self._controller.is_running:
            self._controller.resume()
        else:
            self.resume_run(self._history.present)

    def close(self) -> None:
        """Stop, wait for the calls in flight, then close the window."""
        if not self._controller.is_running:  # it ended just now: a later run must not be closed for it
            self._window.close_now()
            return
        self._closing = True
        self._window.stop_and_close.setEnabled(False)
        self._controller.stop(CLOSING_GRACE_S)

    @Slot(str)
    def resume_run(self, run: str) -> None:
        """Open a run of an earlier start and go on with it."""
        self._resume(run)

    def _resume(self, run: str, *, sure: bool = False) -> None:
        """``sure``: the user was asked for the run's account, signed in and went on."""
        if self._window.turns_away():
            return
        self._called_off = False
        self._history.present = run
        window = self._window
        window.remove.belongs_to(self._history.account_of(run))
        window.show_page(window.remove)
        window.hold(window.remove, say("A run is being opened. Let it begin, then pause or stop it."))
        window.remove.show_working(say("Opening the run…"), can_cancel=False)
        self._errands.resume(run, AccountOffer(self._accounts.account, sure))

    def _connect_pages(self) -> None:
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
        controller.results_progressed.connect(self._on_results_progressed)
        controller.ended.connect(self._on_ended)
        self._errands.start_waits.connect(self._window.confirm.say_waiting)
        self._errands.run_ready.connect(self._on_run_ready)
        self._errands.names_read.connect(self._window.remove.show_names)
        self._errands.failed.connect(self._on_failed)

    @Slot(object)
    def _on_run_ready(self, run: OpenRun) -> None:
        self._window.release()
        if self._called_off:  # too late to keep it from the disk, but nothing of it was sent
            run.close()
            self._history.refresh()
            return
        book, account, remove = run.book, run.account.account, self._window.remove
        facts = book.facts
        self._history.present = facts.run
        self._accounts.take_key(account)
        remove.belongs_to(account.connection)
        self._window.hold(remove, RunWords(facts.operation).has_the_window())
        first = () if CauseCode.FIRST_LINKS_DONE in book.ledger.paused_for else book.plan.first_links
        remove.begin(facts.operation, book.links, book.plan.links_to_send, book.ledger.tally, first)
        remove.show_speed(self._controller.speed)
        self._news.begin(facts.operation)
        self._window.show_page(remove)
        self._window.hold_open(True)
        self._controller.start(run)
        self._history.refresh()

    @Slot()
    def _on_called_off(self) -> None:
        """The user does not want to wait for what earlier runs lost; no run begins."""
        self._called_off = True
        self._window.release()
        self._errands.stop_reading()
        self._window.confirm.show_full()

    @Slot(object, object)
    def _on_moment(self, moment: Moment, changes: list[Change]) -> None:
        self._window.remove.show_moment(moment, changes)
        self._news.tell_moment(moment, changes)

    @Slot(object, object)
    def _on_state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        remove = self._window.remove
        if state is not RunState.FINISHED:
            remove.show_state(state, cause)
        words = RunWords(remove.operation)
        if self._window.held_page is remove:
            self._window.hold(remove, words.holds_the_window() if state is RunState.PAUSED else words.has_the_window())
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
        self._accounts.ask(self._go_on_signed_in, place=self._window.remove.connection)

    def _go_on_signed_in(self) -> None:
        """The held run goes on with the new key, if it leads to the same place."""
        account = self._accounts.account
        if account is not None and self._controller.is_running:
            try:
                self._controller.use_account(account)
            except RunElsewhere as error:
                self._accounts.take_back()
                self._window.connect_page.show_problem(explain_error(error))
                return
            self._accounts.keep()
        self._window.show_page(self._window.remove)

    @Slot(object)
    def _on_ended(self, result: object) -> None:
        closing, self._closing = self._closing, False
        self._window.release()
        self._window.hold_open(False)
        self._history.refresh()
        if isinstance(result, Ending) and not closing:
            self._news.tell_end(result)
        self._news.end()
        if closing:
            self._window.close_now()
        elif isinstance(result, Ending):
            place = self._window.remove.connection
            self._results.show(self._history.present, say("Opening the run…"), self._trouble(), place)
        else:
            self._window.remove.show_problem(words_for(result))
            if self._window.page is self._window.results:
                self._window.show_page(self._window.remove)

    def _trouble(self) -> str:
        """What is amiss with the results workbook of the run that has just ended."""
        written = self._controller.written
        if isinstance(written, WrittenResults):
            return sentences(*written.sentences())
        return say("The results workbook could not be written; Save as… writes it.")

    @Slot(int, int)
    def _on_results_progressed(self, done: int, total: int) -> None:
        if self._window.remove.is_paused:
            self._window.remove.say_writing(done, total)
        elif total:
            self._results.say_writing(done, total)

    @Slot(object)
    def _on_run_chosen(self, summary: RunSummary) -> None:
        window = self._window
        if self._controller.is_running and summary.run == self._history.present:
            window.show_page(window.remove)
            return
        if window.turns_away():
            return
        self._history.present = summary.run
        if is_settled(summary):
            self._show_results(summary.run)
        else:
            family = self._history.family_of(summary)
            window.welcome.show_state(summary, is_practice=self._accounts.is_practice, family=family)
            window.welcome.show_full()
            self._history.offer_alone(account_of(summary))
            window.show_page(window.welcome)

    @Slot(str)
    def _show_results(self, run: str) -> None:
        if not self._window.turns_away():
            self._results.show(run, say("Opening the run…"), place=self._history.account_of(run))

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step not in ("run", "resume"):
            return
        self._window.release()
        if isinstance(error, RunElsewhere):
            self._accounts.take_back()
        if step == "run" and self._called_off:
            return
        if isinstance(error, LookElsewhere | LookOutdated):
            self.look_refused.emit()
            return
        page = self._window.confirm if step == "run" else self._window.remove
        if isinstance(error, SIGNING_IN_HELPS):
            then = self.confirm_again.emit if step == "run" else partial(self._resume, self._history.present, sure=True)
            may_vouch = isinstance(error, ConnectionNotFound)
            self._accounts.ask(then, words_for(error), page.connection, may_vouch=may_vouch)
            return
        page.show_problem(words_for(error))
        self._window.show_page(page)
