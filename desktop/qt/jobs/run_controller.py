"""The one who starts, watches and ends the run of the window. Lives on the window's thread."""

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from desktop.application.result_files import WrittenResults
from desktop.application.serving import SignedIn
from desktop.application.settings import change_settings, settings_in
from desktop.application.starting import OpenRun
from desktop.application.working import RunAtWork, WorkPorts, WorkRequest
from desktop.domain.runs import Ending
from desktop.engine.ports import RunJournal
from desktop.qt.jobs.run_worker import MomentBox, RunWorker

_POLL_MS = 100
# The program is to be gone within five seconds, on a busy computer too.
CLOSING_GRACE_S = 3.0


class RunController(QObject):
    """Owns the run's thread and its work while it lasts.

    Signals: ``moment`` (Moment, list of changes) at most ten times a second, ``state_changed`` (RunState, CauseCode or
    None), ``may_sleep`` once when the computer cannot be kept awake, ``results_progressed`` (lines, of how many) while results
    are written in a pause or at the end, 0 of 0 when they are no longer, ``ended`` (Ending or an exception) when the thread
    is gone and the book is closed; ``written`` says then where the results are, or why they are not.
    """

    moment = Signal(object, object)
    state_changed = Signal(object, object)
    may_sleep = Signal()
    results_progressed = Signal(int, int)
    ended = Signal(object)

    def __init__(self, ports: WorkPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._thread: QThread | None = None
        self._worker: RunWorker | None = None
        self._work: RunAtWork | None = None
        # The results of a run are shown from its record, which is read from the disk again only if nobody has it any more.
        self._ended: RunJournal | None = None
        self._result: Ending | Exception | None = None
        self.written: WrittenResults | Exception | None = None
        self._box = MomentBox()
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._on_poll)

    @property
    def is_running(self) -> bool:
        """True from the start of a run until ``ended`` was emitted."""
        return self._thread is not None

    @property
    def book(self) -> RunJournal | None:
        """The journal of the run at work, or None."""
        return None if self._work is None else self._work.run.book

    def use_account(self, account: SignedIn) -> None:
        """Go on after the user signed in again. Raises RunElsewhere for another account than the run's."""
        if self._work is not None:
            self._work.use_account(account)

    def start(self, run: OpenRun) -> None:
        """Begin to work on a run; it is closed at its end."""
        self._box, self._ended = MomentBox(), None
        request = WorkRequest(self.speed, holds_pauses=True)
        self._work = RunAtWork(self._ports, run, request, self._box, self._box.note_may_sleep, self._box.note_writing)
        self._thread, self._worker = QThread(), RunWorker(self._work)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.run)
        self._worker.finished.connect(self._on_result)
        self._thread.finished.connect(self._on_thread_finished)
        self._timer.start()
        self._thread.start()

    def pause(self) -> None:
        """Let calls in flight finish, and send nothing more until :meth:`resume`."""
        if self._work is not None:
            self._work.control.pause()

    def resume(self) -> None:
        if self._work is not None:
            self._work.control.resume()

    def stop(self, grace_s: float | None = None) -> None:
        """Finish the calls in flight (for at most ``grace_s`` seconds), then end."""
        if self._work is not None:
            self._work.control.stop(grace_s)

    @property
    def speed(self) -> int | None:
        """Calls at once that the user set; None: they adapt."""
        return settings_in(self._ports.settings).lanes

    @Slot(object)
    def set_speed(self, lanes: int | None) -> None:
        """Remember the number of calls at once (None: adapting), and go on with it."""
        change_settings(self._ports.settings, lanes=lanes)
        if self._work is not None:
            self._work.limit_lanes(self.speed)

    @Slot()
    def _on_poll(self) -> None:
        latest, changes, states = self._box.take()
        if latest is not None:
            self.moment.emit(latest, changes)
        for state, cause in states:
            self.state_changed.emit(state, cause)
        if self._box.may_sleep:
            self._box.may_sleep = False
            self.may_sleep.emit()
        if (writing := self._box.writing) is not None:
            self._box.writing = None
            self.results_progressed.emit(*writing)

    @Slot(object, object)
    def _on_result(self, result: Ending | Exception, written: WrittenResults | Exception | None) -> None:
        self._result, self.written = result, written
        if self._thread is not None:
            self._thread.quit()

    @Slot()
    def _on_thread_finished(self) -> None:
        self._timer.stop()
        self._on_poll()
        if self._thread is not None:
            self._thread.wait()
        if self._work is not None:
            self._work.run.close()
            self._ended = self._work.run.book
        self._thread = self._worker = self._work = None
        self.ended.emit(self._result)
