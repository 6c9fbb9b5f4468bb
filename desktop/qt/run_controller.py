"""The one who starts, watches and ends the run of the window. Lives on the window's thread."""

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from desktop.domain.connections import Connection
from desktop.domain.credentials import Key
from desktop.domain.pacing import lane_cap
from desktop.domain.runs import Ending
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunBook, Services
from desktop.engine.preparing import credits_floor
from desktop.engine.runner import Runner
from desktop.qt.run_worker import MomentBox, RunWorker

_POLL_MS = 100
CLOSING_GRACE_S = 4.0


class RunController(QObject):
    """Owns the run's thread, worker, book and CRM while it works.

    Signals: ``moment`` (Moment, list of changes) at most ten times a second, ``state_changed`` (RunState, CauseCode or
    None), ``ended`` (Ending or an exception) when the thread is gone and the book is closed.
    """

    moment = Signal(object, object)
    state_changed = Signal(object, object)
    ended = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._thread: QThread | None = None
        self._worker: RunWorker | None = None
        self._control: RunControl | None = None
        self._result: Ending | Exception | None = None
        self._box = MomentBox()
        self._book: RunBook | None = None
        self._crm: Crm | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._on_poll)

    @property
    def is_running(self) -> bool:
        """True from the start until ``ended``."""
        return self._thread is not None

    @property
    def book(self) -> RunBook | None:
        """The run in work, or None."""
        return self._book

    def use_key(self, key: Key) -> None:
        """Go on with another key, after the user signed in again."""
        if self._crm is not None:
            self._crm.use_key(key)

    def start(self, book: RunBook, crm: Crm, account: Connection) -> None:
        """Begin to work on a run; book and crm are closed at its end."""
        self._book, self._crm, self._control, self._box = book, crm, RunControl(), MomentBox()
        cap = lane_cap(account.account.edition)
        floor = credits_floor(self._services.settings)
        runner = Runner(book, crm, self._services.clock, self._control, self._box, lane_cap=cap, credits_floor=floor)
        self._thread, self._worker = QThread(), RunWorker(runner)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.run)
        self._worker.finished.connect(self._on_result)
        self._worker.failed.connect(self._on_result)
        self._thread.finished.connect(self._on_thread_finished)
        self._timer.start()
        self._thread.start()

    def pause(self) -> None:
        """Send nothing more until resume."""
        if self._control is not None:
            self._control.pause()

    def resume(self) -> None:
        """Go on."""
        if self._control is not None:
            self._control.resume()

    def stop(self, grace_s: float | None = None) -> None:
        """Finish the calls in flight (for at most ``grace_s`` seconds), then end."""
        if self._control is not None:
            self._control.stop(grace_s)

    @Slot()
    def _on_poll(self) -> None:
        latest, changes, states = self._box.take()
        if latest is not None:
            self.moment.emit(latest, changes)
        for state, cause in states:
            self.state_changed.emit(state, cause)

    @Slot(object)
    def _on_result(self, result: Ending | Exception) -> None:
        self._result = result
        if self._thread is not None:
            self._thread.quit()

    @Slot()
    def _on_thread_finished(self) -> None:
        self._timer.stop()
        self._on_poll()
        if self._thread is not None:
            self._thread.wait()
        if self._crm is not None:
            self._crm.close()
        if self._book is not None:
            self._book.close()
        self._thread = self._worker = self._control = self._book = self._crm = None
        self.ended.emit(self._result)
