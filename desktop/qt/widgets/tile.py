"""A count with its word that also filters what stands below it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.qt.theme import scaled
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import language, say

_NOT_KNOWN = "–"


class Tile(QToolButton):
    """Checkable; ``name`` is the fixed object name. Its number and word are its accessible name."""

    def __init__(self, name: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number, self._word = PlainLabel(_NOT_KNOWN, wraps=False), PlainLabel(word, kind="secondary", wraps=False)
        scaled(self._number, 1.6, strong=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(0)
        for label in (self._number, self._word):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            layout.addWidget(label)
        self.show_count(None)

    def sizeHint(self) -> QSize:
        """As large as its two lines need."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def show_count(self, count: int | None, hint: str = "") -> None:
        """Show a count; None while it is not known, with the reason as ``hint``. What is not known cannot filter."""
        text = _NOT_KNOWN if count is None else language().number(count)
        self._number.setText(text)
        self.setToolTip(hint)
        self.setEnabled(count is not None)
        if count is None:
            self.setChecked(False)
        self.setAccessibleName(say("{count} {word}", count=text, word=self._word.text()))
