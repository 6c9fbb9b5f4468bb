"""The runs of this computer: lists them, pins, removes, and lets go of those that were kept long enough.

Lives on the window's thread; disk work goes through the background door.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.settings import change_settings, remember, remembered_in, settings_in
from desktop.domain.errors import JournalUnwritable, RunRefused
from desktop.domain.history import expired_runs
from desktop.domain.runs import RunSummary
from desktop.engine.ports import Services
from desktop.qt.background import Work, start


class PastRuns(QObject):
    """``listed`` (runs, newest first) after every change; ``failed`` (the error) when one could not be removed."""

    listed = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._works: dict[str, Work] = {}

    @property
    def pinned(self) -> frozenset[str]:
        """Runs that are kept until the user lets them go."""
        return frozenset(remembered_in(self._services.settings).pinned_runs)

    @property
    def keep_days(self) -> int:
        """How long finished runs are kept; 0 is for ever."""
        return settings_in(self._services.settings).keep_runs_days

    def refresh(self) -> None:
        """Read the list anew; ends in ``listed``."""
        self._begin("list", self._list)

    def tidy_up(self) -> None:
        """Let go of what was kept long enough; ends in ``listed``."""
        pinned, days = self.pinned, self.keep_days

        def tidy(work: Work) -> Sequence[RunSummary]:
            for run in expired_runs(self._services.runs.summaries(), pinned, days, datetime.now(UTC)):
                try:
                    self._services.runs.remove(run)
                except (RunRefused, JournalUnwritable):
                    continue  # in use, or not this user's to remove: the next start tries again
            return self._list(work)

        self._begin("list", tidy)

    def pin(self, run: str, pinned: bool) -> None:
        """Keep a run for ever, or no longer."""
        names = self.pinned | {run} if pinned else self.pinned - {run}
        remember(self._services.settings, pinned_runs=tuple(sorted(names)))
        self.refresh()

    def keep_for(self, days: int) -> None:
        """Keep finished runs for so many days from now on; takes effect at the next start."""
        change_settings(self._services.settings, keep_runs_days=days)

    def remove(self, run: str) -> None:
        """Forget one run; its results workbook stays. Ends in ``listed`` or ``failed``."""

        def remove(work: Work) -> Sequence[RunSummary]:
            self._services.runs.remove(run)
            return self._list(work)

        self._begin("remove", remove)

    def _list(self, _: Work) -> Sequence[RunSummary]:
        return self._services.runs.summaries()

    def _begin(self, step: str, function: Callable[[Work], Sequence[RunSummary]]) -> None:
        work = Work(function)
        work.done.connect(self._on_listed)
        work.failed.connect(self._on_failed)
        self._works[step] = work
        start(work)

    @Slot(object)
    def _on_listed(self, runs: Sequence[RunSummary]) -> None:
        self.listed.emit(runs)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
