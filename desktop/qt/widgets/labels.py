"""Labels that never interpret what they show: text of sheets and servers is plain text."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.qt.models.cells import plain_tip
from desktop.qt.theme import scaled

_READABLE = 75


class PlainLabel(QLabel):
    """Wrapped plain text, at most about 75 characters wide."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, kind: str = "", wraps: bool = True) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if kind:
            self.setProperty("kind", kind)

    def readable(self) -> "PlainLabel":
        """Limit the width of a label, so that its lines are short enough to read."""
        self.setMaximumWidth(QFontMetrics(self.font()).averageCharWidth() * _READABLE)
        return self


def title_label(text: str) -> PlainLabel:
    label = PlainLabel(text, wraps=False)
    scaled(label, 1.6, strong=True)
    return label


def section_label(text: str) -> PlainLabel:
    label = PlainLabel(text)
    scaled(label, 1.15, strong=True)
    return label


def caption_label(text: str) -> PlainLabel:
    label = PlainLabel(text, kind="secondary")
    scaled(label, 0.9)
    return label


class ElidedLabel(QLabel):
    """One line that gives way in the middle when it is too long; the whole text is in the tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        """Let the label become narrow, since it cuts its text."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits, with an ellipsis."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
