"""Tells on the first page that a newer version is out, when one is. Lives on the window's thread."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.domain.updates import UpdateNotice
from desktop.qt.jobs.background import Work, start
from desktop.qt.main_window import MainWindow


class UpdatePorts(Protocol):
    """Whether a newer version is out: its notice, or None. Off where no address is set; never raises."""

    @property
    def look_for_update(self) -> Callable[[], UpdateNotice | None]: ...


class UpdateNews(QObject):
    """Created once a window; looks in the background and opens the page that the notice names."""

    def __init__(self, ports: UpdatePorts, window: MainWindow) -> None:
        super().__init__(window)
        self._ports, self._window = ports, window
        self._link = ""
        window.welcome.wants_update.connect(self._on_wants_update)

    def begin(self) -> None:
        """Look; nothing is said when there is nothing new."""
        work = Work(lambda _: self._ports.look_for_update())
        work.done.connect(self._on_looked)
        start(work)

    @Slot(object)
    def _on_looked(self, notice: UpdateNotice | None) -> None:
        if notice is not None:
            self._link = notice.link
            self._window.welcome.show_update(notice)

    @Slot()
    def _on_wants_update(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link))
