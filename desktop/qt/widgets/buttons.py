"""Buttons with a name, an icon and a kind."""

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.qt.icons import icon
from desktop.qt.theme import theme

_ICON_COLOURS = {"primary": "on_accent", "danger": "on_refused", "quiet": "accent", "banner": "on_banner"}


class Button(QPushButton):
    """``name`` is the fixed object name, ``kind`` primary, danger, quiet, banner, plain_banner or nothing.

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

    def _on_theme_changed(self) -> None:
        if self._glyph:
            self.setIcon(icon(self._glyph, _ICON_COLOURS.get(self._kind, "text")))
