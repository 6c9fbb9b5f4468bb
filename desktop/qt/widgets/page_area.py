"""A page in a window that may be smaller than the page: it fills the window, and below its least size it is scrolled."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class PageArea(QScrollArea):
    """Qt's own way to fit contents asks for the height that they would like; a table likes more than it needs.

    A page must be scrolled only where it does not fit with the least height of all of its parts.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setFocusPolicy(page.focusPolicy())
        self.setWidget(page)
        page.installEventFilter(self)

    def sizeHint(self) -> QSize:
        page = self.widget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the page anew when something on it needs more room, or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.widget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None:
            return
        room = self.maximumViewportSize()
        least = layout.totalMinimumSize()
        width, height = max(room.width(), least.width()), least.height()
        if layout.hasHeightForWidth():
            height = layout.totalMinimumHeightForWidth(width)
        if height > room.height() and width == room.width():
            width = max(least.width(), room.width() - self.verticalScrollBar().sizeHint().width())
            if layout.hasHeightForWidth():
                height = layout.totalMinimumHeightForWidth(width)
        page.resize(width, max(room.height(), height))
