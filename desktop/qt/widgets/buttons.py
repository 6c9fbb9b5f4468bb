"""Buttons with a name, an icon and a kind."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.qt.icons import icon
from desktop.qt.theme import theme

_ICON_COLOURS = {"primary": "on_accent", "danger": "on_full", "quiet": "accent", "banner": "on_full"}
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Button(QPushButton):
    """``name`` is the fixed object name, ``kind`` primary, danger, quiet, rail, banner, plain_banner or nothing.

    Its text is its accessible name.
    """

    def __init__(self, text: str, name: str, parent: QWidget | None = None, *, kind: str = "", glyph: str = "") -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self._glyph = glyph
        self._kind = kind
        self.setProperty("kind", kind)
        self._on_theme_changed()
        self.setAccessibleName(text)
        theme.changed.connect(self._on_theme_changed)

    def set_kind(self, kind: str) -> None:
        """Change the look. Asking the style anew takes long, and a footer says its kind at every change of its page."""
        if kind == self._kind:
            return
        self._kind = kind
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._on_theme_changed()

    def say(self, text: str) -> None:
        """Another text, and with it another accessible name."""
        self.setText(text)
        self.setAccessibleName(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where a key brought the focus here, and not where a click did."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.property("ring"):
            self._show_ring(False)

    def _show_ring(self, shows: bool) -> None:
        self.setProperty("ring", shows)
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_theme_changed(self) -> None:
        if self._glyph:
            self.setIcon(icon(self._glyph, _ICON_COLOURS.get(self._kind, "text")))
