"""Tells people who look elsewhere that a run ended: one notice of the desktop, and the task bar asks for attention.

Lives on the window's thread; the notice itself is shown from behind the background door.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.domain.outcomes import Outcome
from desktop.domain.runs import Ending, RunState
from desktop.qt.background import Work, start
from desktop.qt.icons import app_icon

_TRAY_MS = 15_000
_NEED_YOU = (Outcome.REFUSED, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED)


class EndingNotice(QObject):
    """``notify`` (title, words) shows a notice and says whether it could; where not, the tray does, if there is one."""

    def __init__(self, window: QWidget, notify: Callable[[str, str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._notify = notify
        self._words = ("", "")
        self._tray: QSystemTrayIcon | None = None
        self._work: Work | None = None

    def tell(self, ending: Ending) -> None:
        """A run ended; says nothing while its window is in front."""
        if self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        title, words = self._words = self._title(ending), self._counts(ending)
        self._work = Work(lambda _: self._notify(title, words))
        self._work.done.connect(self._on_told)
        start(self._work)

    def _title(self, ending: Ending) -> str:
        finished = ending.state is RunState.FINISHED
        return self.tr("Removing links has finished") if finished else self.tr("Removing links has stopped")

    def _counts(self, ending: Ending) -> str:
        tally = ending.tally
        parts = [self.tr("%n link(s) removed", "", tally[Outcome.DELINKED])]
        if tally[Outcome.NOT_LINKED]:
            parts.append(self.tr("%n were not linked", "", tally[Outcome.NOT_LINKED]))
        if need_you := sum(tally[outcome] for outcome in _NEED_YOU):
            parts.append(self.tr("%n need you", "", need_you))
        return ", ".join(parts) + "."

    @Slot(object)
    def _on_told(self, could: bool) -> None:
        if could or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._tray = QSystemTrayIcon(app_icon(), self)
        self._tray.show()
        self._tray.showMessage(*self._words, app_icon(), _TRAY_MS)
        QTimer.singleShot(_TRAY_MS, self._tray.hide)
