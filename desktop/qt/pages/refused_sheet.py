"""What stands beside the words of a refused sheet: its first rows, and how it was read, to be changed at once."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.readings import FIND_OUT
from desktop.qt.how_read import HowRead
from desktop.qt.models.first_rows_model import FirstRowsModel
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import PlainLabel
from desktop.qt.widgets.reading_form import ReadingForm
from desktop.qt.widgets.tables import TableView
from desktop.words import say

_FORM_WIDTH = 350
_LEAST_ROWS = 5


class RefusedSheet(QWidget):
    """``wants_reading`` (ReadingChoice) to have the file read in another way."""

    wants_reading = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = FirstRowsModel(self)
        self._table = TableView("table_first_rows", say("First rows as they were read"))
        self._table.setModel(self._rows)
        self._table.setMinimumHeight((_LEAST_ROWS + 1) * (self._table.fontMetrics().height() + 14))
        self._nothing = PlainLabel(say("None of its rows could be read."), kind="secondary")
        self._form = ReadingForm()
        self._form.changed.connect(self.wants_reading)
        self._automatic = Button(say("Back to automatic"), "button_reading_automatic", kind="quiet", glyph="undo")
        self._automatic.clicked.connect(self._on_automatic)
        card = Card(say("Change how it is read"), name="card_how_read")
        card.setFixedWidth(_FORM_WIDTH)
        card.body.addWidget(self._form)
        card.body.addWidget(self._automatic)
        card.body.addStretch(1)
        rows = Card(say("First rows as they were read"), name="card_first_rows")
        rows.body.addWidget(self._table, 1)
        rows.body.addWidget(self._nothing)
        rows.body.addStretch(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(rows, 1)
        layout.addWidget(card)

    def show_how(self, how: HowRead) -> None:
        self._form.show_how(how)
        self._automatic.setVisible(how.choice != FIND_OUT)
        self._rows.show_rows(how.rows, how.header_row)
        self._table.setVisible(bool(how.rows))
        self._nothing.setVisible(not how.rows)
        digits = self._table.fontMetrics().horizontalAdvance("0" * 20)
        for column in range(self._rows.columnCount()):
            self._table.setColumnWidth(column, digits if column else digits // 3)

    @Slot()
    def _on_automatic(self) -> None:
        self.wants_reading.emit(FIND_OUT)
