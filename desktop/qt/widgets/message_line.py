"""One line above the footer for what cannot be done now, or has just become another: nothing is ignored in silence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.column import keep_in_column
from desktop.qt.widgets.frames import Glyph
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say

_LEAST_HEIGHT = 40


class MessageLine(QFrame):
    """``wants_show`` when the user wants to see what the words are about."""

    wants_show = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line_message")
        self.setProperty("kind", "message")
        self.setMinimumHeight(_LEAST_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 4)
        layout.setSpacing(10)
        self._words = PlainLabel()
        self._words.setObjectName("label_message")
        self._show = Button(say("Show it"), "button_show_it", kind="quiet")
        self._show.clicked.connect(self.wants_show)
        layout.addWidget(Glyph("info", "accent", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._show)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (layout := self.layout()) is not None:
            keep_in_column(self, layout)
        super().resizeEvent(event)

    @property
    def words(self) -> str:
        """What is said now; empty for nothing."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str, *, can_show: bool = False) -> None:
        """Say it, and offer to show what it is about. Screen readers read it at once."""
        self._words.setText(words)
        self._show.setVisible(can_show)
        self.setAccessibleName(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
