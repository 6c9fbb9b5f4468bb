"""The frames that stand around parts of a page: cards, notices, problem panels."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.qt.icons import pixmap
from desktop.qt.theme import color, theme
from desktop.qt.widgets.labels import PlainLabel, section_label
from desktop.words.explanations import Explanation

_ROOM_AROUND = 12


class Card(QFrame):
    """A framed part of a page with a title; add to ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, kind: str = "card", name: str = "") -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        if name:
            self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        if title:
            self.body.addWidget(section_label(title))


class Glyph(QLabel):
    """An icon beside words; it follows the theme."""

    def __init__(self, name: str, token: str, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def draw(self, name: str, token: str) -> None:
        """Show another icon in place of the present one."""
        self._name, self._token = name, token
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.setPixmap(pixmap(self._name, self._size, color(self._token)))


class ProblemPanel(Card):
    """What happened, what to do, and the ways on, in place of what could not be shown."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "panel_problem") -> None:
        super().__init__(parent=parent, kind="problem", name=name)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._glyph = Glyph("warning", "refused", 24)
        row.addWidget(self._glyph, 0)
        self._texts = QVBoxLayout()
        self._title = section_label("")
        self._why = PlainLabel()
        self._what = PlainLabel()
        for label in (self._title, self._why, self._what):
            self._texts.addWidget(label)
        row.addLayout(self._texts, 1)
        self.body.addLayout(row)
        self.ways = QHBoxLayout()
        self.ways.setSpacing(8)
        self.body.addLayout(self.ways)

    def tell(self, cause: Explanation, *, calm: bool = False) -> None:
        """Show a cause's words; ``calm`` when all is as the user wanted it."""
        self.setProperty("kind", "notice" if calm else "problem")
        self.style().unpolish(self)
        self.style().polish(self)
        self._glyph.draw(*(("info", "accent") if calm else ("warning", "refused")))
        self._title.setText(cause.title)
        self._why.setText(cause.why)
        self._what.setText(cause.what_to_do)
        self._what.setVisible(bool(cause.what_to_do))
        self.setAccessibleName(replace(cause, what_to_do="").whole())


def scrolling(contents: QWidget) -> QScrollArea:
    """Contents that keep their own height; what does not fit is scrolled to, and never squeezed."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(contents)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to what has just come, once it has its place."""

    def scroll() -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 0, _ROOM_AROUND)
            above = above.parentWidget()

    QTimer.singleShot(0, widget, scroll)  # not where the widget is gone by then


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None and isinstance(inner, QLayout):
            clear_layout(inner)
