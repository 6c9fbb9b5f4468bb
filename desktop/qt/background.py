"""The door to work that may block: files, network, keyring. Results come back on the window's thread."""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance

_log = logging.getLogger(__name__)
_LEAST_THREADS = 8


class Work(QObject):
    """One piece of work. Connect its signals to slots of objects on the window's thread only, then :func:`start` it."""

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int)
    stepped = Signal(int, int)

    def __init__(self, function: Callable[["Work"], Any]) -> None:
        super().__init__()
        self._function = function
        self._cancelled = False
        self._cancel: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Ask the work to end; its result is then not told."""
        self._cancelled = True
        if self._cancel is not None:
            self._cancel()

    def on_cancel(self, cancel: Callable[[], None]) -> None:
        """For work that waits: ``cancel`` ends its waiting; it is called on the window's thread, or at once if it is late."""
        self._cancel = cancel
        if self._cancelled:
            cancel()

    def is_cancelled(self) -> bool:
        """For the function that does the work."""
        return self._cancelled

    def run(self) -> None:
        """On a pool's thread."""
        try:
            result = self._function(self)
        except Exception as error:  # the edge of a thread: nothing may escape it
            if not self._cancelled:
                _log.info("Background work failed: %s", type(error).__name__, exc_info=not hasattr(error, "facts"))
                _tell(self.failed, error)
            return
        if not self._cancelled:
            _tell(self.done, result)


def _tell(signal: SignalInstance, value: object) -> None:
    """Where somebody still listens: a window that was closed meanwhile took the signals of its works along."""
    try:
        signal.emit(value)
    except RuntimeError:
        _log.info("A work ended after the window was closed")


class _Task(QRunnable):
    """Keeps its work alive until it is done, whoever else forgets it."""

    _running: ClassVar[set[Work]] = set()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._running.add(work)

    def run(self) -> None:
        self._work.run()
        self._running.discard(self._work)


def finish(within_s: float) -> bool:
    """After the window: let works end; False when one still works, as a read does that waits for its answer."""
    return QThreadPool.globalInstance().waitForDone(round(1000 * within_s))


def start(work: Work) -> Work:
    """Do the work on a thread of the pool."""
    pool = QThreadPool.globalInstance()
    # Work mostly waits for others; by itself the pool has a thread a core, and a slow network would hold up everything.
    pool.setMaxThreadCount(max(pool.maxThreadCount(), _LEAST_THREADS))
    pool.start(_Task(work))
    return work
