"""The runs of this computer: in the list at the left, on the History page, and the unfinished one on the first page.

Lives on the window's thread.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from desktop.domain.runs import RunState, RunSummary
from desktop.engine.ports import Services
from desktop.qt.account_flow import AccountFlow
from desktop.qt.error_words import words_for
from desktop.qt.main_window import MainWindow
from desktop.qt.past_runs import PastRuns

_WAITING = (RunState.INTERRUPTED, RunState.PAUSED, RunState.STOPPED)


class HistoryFlow(QObject):
    """Created once a window. ``chosen`` (RunSummary) when the user wants to see a run.

    ``present`` is the run that the window is about; while there is one, the first page is left as it is.
    """

    chosen = Signal(object)

    def __init__(self, services: Services, window: MainWindow, accounts: AccountFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._window, self._accounts = services, window, accounts
        self._past = PastRuns(services, self)
        self.present = ""
        page, past = window.history, self._past
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
        """Read the list anew."""
        self._past.refresh()

    def forget_present(self) -> None:
        """The user begins something new; an unfinished run is offered again."""
        self.present = ""
        self.refresh()

    @Slot()
    def _on_wants_history(self) -> None:
        self.refresh()
        self._window.history.show_full()
        self._window.show_page(self._window.history)

    @Slot()
    def _on_wants_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._services.results_folder)))

    @Slot(object)
    def _on_listed(self, runs: Sequence[RunSummary]) -> None:
        self._window.runs.show_runs(runs)
        self._window.history.show_runs(runs, self._past.pinned, self._past.keep_days)
        unfinished = next((one for one in runs if one.state in _WAITING), None)
        if not self.present:
            self._window.welcome.show_state(unfinished, is_practice=self._accounts.is_practice)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._window.page is self._window.history:
            self._window.history.show_problem(words_for(error))
