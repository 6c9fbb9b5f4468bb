"""A run on its own thread. Knows the work, not the screen; the controller polls what it collected."""

import logging
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.application.working import RunAtWork
from desktop.domain.causes import CauseCode
from desktop.domain.runs import Change, Moment, RunState
from desktop.engine.ports import RunListener

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class MomentBox(RunListener):
    """The latest moment and all changes since it was last emptied. The run fills it, the window's timer empties it."""

    def __init__(self) -> None:
        self._guard = Lock()
        self.may_sleep = False
        self.writing: tuple[int, int] | None = None
        self._latest: Moment | None = None
        self._changes: list[Change] = []
        self._states: list[tuple[RunState, CauseCode | None]] = []

    def recorded(self, moment: Moment) -> None:
        """Take in what was written down. Called on the run's thread."""
        with self._guard:
            self._latest = moment
            self._changes.extend(moment.changes)

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        """Take in that the run as a whole changed. Called on the run's thread."""
        with self._guard:
            self._states.append((state, cause))

    def note_may_sleep(self) -> None:
        """On the run's thread: the computer cannot be kept awake."""
        self.may_sleep = True

    def note_writing(self, done: int, total: int) -> None:
        """On the run's thread: so many lines of so many stand in the results, or (0 of 0) they are written no longer."""
        self.writing = done, total

    def take(self) -> tuple[Moment | None, list[Change], list[tuple[RunState, CauseCode | None]]]:
        """Return everything that came since the last call, and forget it."""
        with self._guard:
            taken = self._latest, self._changes, self._states
            self._latest, self._changes, self._states = None, [], []
            return taken


class RunWorker(QObject):
    """Has no parent; lives on the run's thread; the controller keeps the reference."""

    finished = Signal(object, object)

    def __init__(self, work: RunAtWork) -> None:
        super().__init__()
        self._work = work

    @Slot()
    def run(self) -> None:
        """Work until the run ends, then write its results; ``finished`` (Ending or error, WrittenResults, error or None)."""
        ended = _result_of(self._work.work)
        self.finished.emit(ended, _result_of(self._work.write_results))


def _result_of(work: Callable[[], Result]) -> Result | Exception:
    try:
        return work()
    except Exception as error:  # the edge of a thread: nothing may escape it
        _log.exception("The run failed")
        return error
