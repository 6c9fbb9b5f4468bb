"""The outcomes of a run as cards, one for each cause. One of them is chosen, open, and its rows stand beside the list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, Glyph, clear_layout
from desktop.qt.widgets.labels import PlainLabel, section_label
from desktop.words import language, say
from desktop.words.explanations import Explanation
from desktop.words.joining import side_by_side


class CauseCard(Card):
    """``chosen`` (its name) when its rows are asked for, by its button or by a click anywhere on it."""

    chosen = Signal(str)

    def __init__(
        self, glyph: str, token: str, words: Explanation, count: int | None, name: str = "", parent: QWidget | None = None
    ) -> None:
        """Without a ``name`` it has no rows to show; ``count`` None leaves the number out."""
        super().__init__(parent=parent)
        self.name = name
        title = words.title if count is None else side_by_side(language().number(count), words.title)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Glyph(glyph, token, 20), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(section_label(title))
        self._why, self._what = PlainLabel(words.why, kind="secondary"), PlainLabel(words.what_to_do)
        for label in (self._why, self._what):
            texts.addWidget(label)
        self._why.setVisible(bool(words.why))
        self._what.setVisible(bool(words.what_to_do) and not name)
        row.addLayout(texts, 1)
        if name:
            self._show = Button(say("Show rows"), f"button_show_{name}", kind="quiet", glyph="search")
            self._show.setAccessibleName(say("Show rows: {cause}", cause=words.title))
            self._show.clicked.connect(self._on_clicked)
            row.addWidget(self._show, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def mark(self, is_chosen: bool) -> None:
        """Show whether its rows are those that stand beside; only then it says what to do, so that many cards fit."""
        self._what.setVisible(bool(self._what.text()) and (is_chosen or not self.name))
        kind = "notice" if is_chosen else "card"
        if kind != self.property("kind"):
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.name and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.name)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.name)


class CauseCards(QWidget):
    """A list of cards under headings; ``chosen`` (the name of a card) when the rows of another one are asked for."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[CauseCard] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def begin(self) -> None:
        """Start with an empty list."""
        clear_layout(self._layout)
        self._cards = []

    def add_heading(self, words: str) -> None:
        self._layout.addWidget(section_label(words))

    def add_card(self, card: CauseCard) -> None:
        self._cards.append(card)
        card.chosen.connect(self._on_chosen)
        self._layout.addWidget(card)

    def finish(self) -> None:
        """Keep the cards at the top."""
        self._layout.addStretch(1)

    def mark(self, name: str) -> None:
        """Show which card is chosen."""
        for card in self._cards:
            card.mark(bool(name) and card.name == name)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.mark(name)
        self.chosen.emit(name)
