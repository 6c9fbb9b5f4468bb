"""How far a run is, in the task bar of the system: at most once a second, from behind the background door."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.qt.jobs.background import Work, start

_EVERY_MS = 1000

Shown = tuple[float | None, bool]


class TaskBar(QObject):
    """``show_it`` (how far, whether somebody is needed) says whether there is such a thing here. Window's thread only."""

    def __init__(self, show_it: Callable[[float | None, bool], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show_it = show_it
        self._next: Shown = (None, False)
        self._shown: Shown = (None, False)
        self._work: Work | None = None
        self._is_there = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._go_on)

    def show(self, fraction: float | None, *, needs_you: bool = False) -> None:
        """From 0 to 1; None takes the bar away. Only what was asked for last is shown."""
        self._next = (None if fraction is None else round(fraction, 2), needs_you)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._work is not None or self._timer.isActive() or self._next == self._shown or not self._is_there:
            return
        shown = self._shown = self._next
        self._work = Work(lambda _: self._show_it(*shown))
        self._work.done.connect(self._on_done)
        start(self._work)

    @Slot(object)
    def _on_done(self, is_there: bool) -> None:
        self._work, self._is_there = None, is_there
        self._timer.start()
