"""The runs of this computer: in the list at the left, on the History page, and the unfinished one on the first page.

Lives on the window's thread.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop.application.accounts import account_of, first_to_offer, looks_alike
from desktop.application.past_runs import PastRunPorts
from desktop.domain.connections import Connection
from desktop.domain.history import ALONE, Family
from desktop.domain.runs import RunSummary
from desktop.qt.error_words import words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.jobs.past_runs import PastRuns
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.page import Page


class HistoryPorts(PastRunPorts, Protocol):
    """What it takes to list runs and to show where their results are."""

    @property
    def results_folder(self) -> Path: ...


class HistoryFlow(QObject):
    """Created once a window. ``chosen`` (RunSummary) when the user wants to see a run.

    ``present`` is the run that the window is about; while there is one, the first page is left as it is. ``before`` is the
    page that Back on History leads to.
    """

    chosen = Signal(object)

    def __init__(self, ports: HistoryPorts, window: MainWindow, accounts: AccountFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports, self._window, self._accounts = ports, window, accounts
        self._past = PastRuns(ports, self)
        self.present = ""
        self.before: Page = window.welcome
        page, past = window.history, self._past
        page.leads(page.primary, lambda: self.before)
        window.wants_history.connect(self._on_wants_history)
        window.run_chosen.connect(self.chosen)
        page.chosen.connect(self.chosen)
        page.wants_pin.connect(past.pin)
        page.wants_remove.connect(past.remove)
        page.keep_changed.connect(past.keep_for)
        page.wants_folder.connect(self._on_wants_folder)
        past.listed.connect(self._on_listed)
        past.failed.connect(self._on_failed)

    def begin(self) -> None:
        """List the runs, and let go of those that were kept long enough."""
        self._past.tidy_up()

    @Slot()
    def refresh(self) -> None:
        """Read the list of runs again, in the background."""
        self._past.refresh()

    def forget_present(self) -> None:
        """The user begins something new; an unfinished run is offered again."""
        self.present = ""
        self._window.welcome.belongs_to(None)
        self.refresh()

    def account_of(self, run: str) -> Connection | None:
        """The account that a listed run belongs to, as far as the list knows it; None for one that is not listed."""
        return next((account_of(one) for one in self._window.runs.runs if one.run == run), None)

    def offer_alone(self, place: Connection) -> None:
        """The first page is about one run: if that belongs to another account, nothing of the window's own stands beside it."""
        present = self._accounts.place
        is_other = present is None or not looks_alike(place, present)
        self._window.welcome.belongs_to(place if is_other else None)

    @Slot()
    def _on_wants_history(self) -> None:
        self.refresh()
        if self._window.page is not self._window.history:
            self.before = self._window.page
        self._window.history.show_full()
        self._window.show_page(self._window.history)

    @Slot()
    def _on_wants_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._ports.results_folder)))

    @Slot(object)
    def _on_listed(self, runs: Sequence[RunSummary]) -> None:
        self._window.runs.show_runs(runs)
        self._window.history.show_runs(runs, self._past.pinned, self._past.keep_days, self._window.runs.families)
        if not self.present:
            self.show_offer()

    def show_offer(self) -> None:
        """The first page with the unfinished run that can be continued, if there is one."""
        is_practice = self._accounts.is_practice
        offered = first_to_offer(self._window.runs.runs, is_practice=is_practice)
        self._window.welcome.show_state(offered, is_practice=is_practice, family=self.family_of(offered))

    def family_of(self, run: RunSummary | None) -> Family:
        """Return the listed runs that belong to a run: its retries and undos, and what it follows."""
        return self._window.runs.families.get(run.run, ALONE) if run is not None else ALONE

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._window.page is self._window.history:
            self._window.history.show_problem(words_for(error))
