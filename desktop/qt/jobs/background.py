"""The door to work that may block: files, network, keyring. Results come back on the window's thread.

A work is a Qt object of the window's thread, and Qt asks that it be destroyed there: on another thread it goes away under the
window's eyes, in the middle of a list that Qt walks through. Python does not care. It destroys what Qt knows with the last
reference, and that is often the pool's; or, where an error keeps the frames it came through, and those the work, in a circle
that the garbage collector finds, on whichever thread happens to make the next object. So the window's thread destroys the
Qt half of each work itself, as soon as it has heard all of it. What is left is Python's alone and may go anywhere.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance, Slot
from shiboken6 import delete, isValid

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
        """Do the work. Qt calls this on a thread of its pool."""
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


class _Keeper(QObject):
    """Holds each work until the window's thread has heard all of it, whoever else forgets it, and destroys its Qt half there.

    The pool tells the end of a work through a signal of this object, which stays, so that it is done with the work's own
    signals by then.
    """

    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._works: set[Work] = set()
        self.ended.connect(self._on_ended)

    def keep(self, work: Work) -> None:
        """Keep a finished work alive until its last signal has arrived."""
        self._works.add(work)

    def under_way(self) -> frozenset[Work]:
        return frozenset(self._works)

    @Slot(object)
    def _on_ended(self, work: Work) -> None:
        self._works.discard(work)
        if isValid(work):
            delete(work)


class _Task(QRunnable):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work.run()
        _tell(_keeper().ended, self._work)


def finish(within_s: float) -> bool:
    """After the window: let works end; False when one still works, as a read does that waits for its answer."""
    return QThreadPool.globalInstance().waitForDone(round(1000 * within_s))


def under_way() -> frozenset[Work]:
    """Every work of this program of which the window's thread has not heard all yet. On that thread only."""
    return _keeper().under_way()


@cache
def _keeper() -> _Keeper:
    return _Keeper()


def start(work: Work) -> Work:
    """Do the work on a thread of the pool. On the window's thread only."""
    pool = QThreadPool.globalInstance()
    # Work mostly waits for others; by itself the pool has a thread a core, and a slow network would hold up everything.
    pool.setMaxThreadCount(max(pool.maxThreadCount(), _LEAST_THREADS))
    _keeper().keep(work)
    pool.start(_Task(work))
    return work


class Steps(QObject):
    """Work in named steps, at most one of each at a time; ``failed`` (step, error). Lives on the window's thread."""

    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._works: dict[str, tuple[Work, Callable[[Any], None]]] = {}

    def begin(self, step: str, function: Callable[[Work], object], then: Callable[[Any], None]) -> Work:
        """Do it; ``then`` gets what it made. A step that is under way is given up first."""
        self.give_up(step)
        work = Work(function)
        work.setObjectName(step)
        work.done.connect(self._on_done)
        work.failed.connect(self._on_failed)
        self._works[step] = work, then
        return start(work)

    def is_under_way(self, step: str) -> bool:
        """True while the step is worked on and nobody has given it up."""
        return step in self._works

    def give_up(self, *steps: str) -> None:
        """Forget steps that are under way; nothing more is told of them, not even what was on its way here already."""
        for step in steps:
            if (known := self._works.pop(step, None)) is not None:
                known[0].cancel()

    def _take(self) -> tuple[str, Callable[[Any], None]] | None:
        """The step whose work has just spoken, unless it was given up."""
        sender = self.sender()
        step = sender.objectName() if sender is not None else ""
        known = self._works.get(step)
        return (step, self._works.pop(step)[1]) if known is not None and known[0] is sender else None

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if (known := self._take()) is not None:
            known[1](result)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if (known := self._take()) is not None:
            self.failed.emit(known[0], error)
