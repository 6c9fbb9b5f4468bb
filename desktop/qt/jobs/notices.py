"""Tells people who look elsewhere that a run ended or needs them: a notice of the desktop, and the task bar asks for attention.

Lives on the window's thread; the notice itself is shown from behind the background door.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.qt.icons import app_icon
from desktop.qt.jobs.background import Work, start

_TRAY_MS = 15_000


class Notices(QObject):
    """``notify`` (title, words) shows a notice and says whether it could; where not, the tray does, if there is one."""

    def __init__(self, window: QWidget, notify: Callable[[str, str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._notify = notify
        self._words = ("", "")
        self._tray: QSystemTrayIcon | None = None
        self._work: Work | None = None

    def tell(self, title: str, words: str) -> None:
        """Show these words, but not while the window is in front: there they can be read."""
        if self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        self._words = title, words
        self._work = Work(lambda _: self._notify(title, words))
        self._work.done.connect(self._on_told)
        start(self._work)

    @Slot(object)
    def _on_told(self, could: bool) -> None:
        if could or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._tray = QSystemTrayIcon(app_icon(), self)
        self._tray.show()
        self._tray.showMessage(*self._words, app_icon(), _TRAY_MS)
        QTimer.singleShot(_TRAY_MS, self._tray.hide)
