"""The runs of this computer: lists them, pins, removes, and lets go of those that were kept long enough.

Lives on the window's thread; disk work goes through the background door.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.past_runs import (
    PastRunPorts,
    forget_run,
    keep_days,
    keep_runs_for,
    let_go_of_old_runs,
    list_runs,
    pin_run,
    pinned_runs,
)
from desktop.domain.runs import RunSummary
from desktop.qt.jobs.background import Work, start


class PastRuns(QObject):
    """``listed`` (runs, newest first) after every change; ``failed`` (the error) when one could not be removed."""

    listed = Signal(object)
    failed = Signal(object)

    def __init__(self, ports: PastRunPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._works: dict[str, Work] = {}

    @property
    def pinned(self) -> frozenset[str]:
        """Runs that are kept until the user lets them go."""
        return pinned_runs(self._ports)

    @property
    def keep_days(self) -> int:
        """How long finished runs are kept; 0 is for ever."""
        return keep_days(self._ports)

    def refresh(self) -> None:
        """Read the list anew; ends in ``listed``."""
        self._begin("list", lambda: None)

    def tidy_up(self) -> None:
        """Let go of what was kept long enough; ends in ``listed``."""
        self._begin("list", lambda: let_go_of_old_runs(self._ports))

    def pin(self, run: str, pinned: bool) -> None:
        """Keep a run for ever, or no longer."""
        pin_run(self._ports, run, pinned=pinned)
        self.refresh()

    def keep_for(self, days: int) -> None:
        """Keep finished runs for so many days from now on; takes effect at the next start."""
        keep_runs_for(self._ports, days)

    def remove(self, run: str) -> None:
        """Forget one run; its results workbook stays. Ends in ``listed`` or ``failed``."""
        self._begin("remove", lambda: forget_run(self._ports, run))

    def _begin(self, step: str, change: Callable[[], None]) -> None:
        """Change something about the runs, and read the list anew."""

        def change_and_list(_: Work) -> Sequence[RunSummary]:
            change()
            return list_runs(self._ports)

        work = Work(change_and_list)
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
