"""How the file was read, in one sentence, and every part of it to change."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.readings import SheetLinks
from desktop.qt.how_read import HowRead
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel
from desktop.qt.widgets.reading_form import ReadingForm
from desktop.words import say, say_text


class ReadingCard(Card):
    """``changed`` (ReadingChoice) when the user wants the file read in another way."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("File"), parent)
        self._name = ElidedLabel()
        self._how = PlainLabel(kind="secondary")
        self._how.setObjectName("label_reading")
        self._change = Button(say("Change"), "button_change_reading", kind="quiet", glyph="down")
        self._change.setCheckable(True)
        self._change.toggled.connect(self._on_change_toggled)
        self._form = ReadingForm()
        self._form.changed.connect(self.changed)
        self._form.hide()
        for widget in (self._name, self._how, self._change, self._form):
            self.body.addWidget(widget)

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Show how this sheet was read; which rows of it are meant has a card of its own."""
        self._name.setText(sheet.name)
        reading = replace(sheet.reading, rows_meant="")
        self._how.setText("\n".join((say("{sentence}.", sentence=reading.sentence()), *map(say_text, reading.notes))))
        self._form.show_how(HowRead.of_sheet(sheet))

    @Slot()
    def _on_change_toggled(self) -> None:
        self._form.setVisible(self._change.isChecked())
