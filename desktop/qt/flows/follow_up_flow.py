"""What may follow on a run: a retry of what it left, or an undo of what it removed. Lives on the window's thread.

Both begin with reads of what became of the run's last calls, and then go the way of every run: an undo over Check, where
links can be unticked, a retry straight to Confirm.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.serving import AccountOffer, SignedIn
from desktop.application.starting import Retry, Undo
from desktop.application.undone_links import Pair
from desktop.domain.errors import ConnectionNotFound, RunElsewhere
from desktop.domain.previews import PlanFacts, Preview
from desktop.qt.error_words import SIGNING_IN_HELPS, words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.jobs.clean_up import CleanUp
from desktop.qt.jobs.run_errands import RunErrands
from desktop.qt.main_window import MainWindow
from desktop.words import say


class FollowUpFlow(QObject):
    """Created once a window. ``retry_taken`` when the clean-up holds a retry that can be confirmed."""

    retry_taken = Signal()

    def __init__(
        self, window: MainWindow, clean_up: CleanUp, errands: RunErrands, accounts: AccountFlow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._clean_up, self._errands, self._accounts = window, clean_up, errands, accounts
        self._page = window.results
        self._asked: Callable[[], None] = partial(self._retry, "", ())
        self._page.wants_undo.connect(self._on_wants_undo)
        self._page.wants_retry.connect(self._on_wants_retry)
        errands.waits.connect(self._on_waits)
        errands.undo_planned.connect(self._on_undo_planned)
        errands.retry_ready.connect(self._on_retry_ready)
        errands.failed.connect(self._on_failed)

    @Slot(str, object)
    def _on_wants_undo(self, run: str, gone_again: frozenset[Pair]) -> None:
        self._undo(run, gone_again)

    @Slot(str, object)
    def _on_wants_retry(self, run: str, still_linked: tuple[int, ...]) -> None:
        self._retry(run, still_linked)

    def _undo(self, run: str, gone_again: frozenset[Pair], *, sure: bool = False) -> None:
        """``sure``: the user was asked for the run's account, signed in and went on."""
        self._asked = partial(self._undo, run, gone_again, sure=True)
        self._show_reading()
        self._errands.plan_undo(run, AccountOffer(self._accounts.account, sure), gone_again)

    def _retry(self, run: str, still_linked: tuple[int, ...], *, sure: bool = False) -> None:
        self._asked = partial(self._retry, run, still_linked, sure=True)
        self._show_reading()
        self._errands.prepare_retry(run, AccountOffer(self._accounts.account, sure), still_linked)

    def _show_reading(self) -> None:
        self._page.show_working(say("Reading in Zoho what became of the last calls…"))
        self._window.show_page(self._page)

    @Slot(int)
    def _on_waits(self, seconds: int) -> None:
        self._page.say_waiting(seconds)

    @Slot(object, object, object, object)
    def _on_undo_planned(self, undo: Undo, preview: Preview, facts: PlanFacts, account: SignedIn) -> None:
        self._clean_up.take_undo(undo, preview, facts, account)
        self._accounts.take_key(account)
        self._window.check.belongs_to(account.connection)
        if (planned := self._clean_up.planned_run) is not None:
            self._window.check.show_plan(planned, preview)
        self._window.show_page(self._window.check)
        self._clean_up.read_names(account)

    @Slot(object, object, object)
    def _on_retry_ready(self, retry: Retry, facts: PlanFacts, account: SignedIn) -> None:
        self._clean_up.take_retry(retry, facts, account)
        self._accounts.take_key(account)
        self.retry_taken.emit()

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step not in ("undo", "retry"):
            return
        if isinstance(error, SIGNING_IN_HELPS):
            place, may_vouch = self._page.connection, isinstance(error, ConnectionNotFound)
            self._accounts.ask(self._asked, words_for(error), place, may_vouch=may_vouch)
            return
        if isinstance(error, RunElsewhere):
            self._accounts.take_back()
        self._page.show_problem(words_for(error))
        self._window.show_page(self._page)
