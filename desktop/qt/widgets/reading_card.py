"""How the file was read, in one sentence, and every part of it to change."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.readings import NO_HEADER, Reading, ReadingChoice, SheetLinks
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.forms import Choice, SideForm
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel

_HEADER_CHOICES = 20
# As the reading names them; what a file says of itself by its mark comes to the list when it is met.
_ENCODINGS = ("UTF-8", "UTF-16", "Windows-1252")


class ReadingCard(Card):
    """``changed`` (ReadingChoice) when the user wants the file read in another way."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("File"), parent)
        self._sheet: SheetLinks | None = None
        self._name = ElidedLabel()
        self._how = PlainLabel(kind="secondary")
        self._how.setObjectName("label_reading")
        self._change = Button(self.tr("Change"), "button_change_reading", kind="quiet", glyph="down")
        self._change.setCheckable(True)
        self._change.toggled.connect(self._on_change_toggled)
        self._worksheet = Choice("combo_worksheet", self.tr("Worksheet"))
        self._header = Choice("combo_header_row", self.tr("Header row"))
        self._encoding = Choice("combo_encoding", self.tr("Encoding"))
        self._delimiter = Choice("combo_delimiter", self.tr("Separated by"))
        for sign, word in (
            (",", self.tr("Comma")),
            (";", self.tr("Semicolon")),
            ("\t", self.tr("Tab")),
            ("|", self.tr("Vertical bar")),
        ):
            self._delimiter.addItem(word, sign)
        self._form = SideForm()
        for title, choice in (
            (self.tr("Worksheet"), self._worksheet),
            (self.tr("Header"), self._header),
            (self.tr("Encoding"), self._encoding),
            (self.tr("Separated by"), self._delimiter),
        ):
            self._form.add(title, choice)
        self._worksheet.activated.connect(self._on_other_contents)
        self._encoding.activated.connect(self._on_other_contents)
        self._delimiter.activated.connect(self._on_other_contents)
        self._header.activated.connect(self._on_header)
        for widget in (self._name, self._how, self._change):
            self.body.addWidget(widget)
        self.body.addLayout(self._form)

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Show how this sheet was read."""
        self._sheet = sheet
        reading = sheet.reading
        self._name.setText(sheet.name)
        self._how.setText("\n".join((reading.sentence() + ".", *reading.notes)))
        self._worksheet.clear()
        for one in reading.worksheets:
            self._worksheet.addItem(one.name + (self.tr(" (hidden)") if one.hidden else ""), one.name)
        self._worksheet.show_data(reading.sheet_name)
        self._header.clear()
        self._header.addItem(self.tr("No header"), NO_HEADER)
        for number in range(1, max(_HEADER_CHOICES, reading.header_row) + 1):
            self._header.addItem(self.tr("Row %1").replace("%1", str(number)), number)
        self._header.show_data(reading.header_row)
        self._fill_text_choices(reading)
        self._on_change_toggled()

    def _fill_text_choices(self, reading: Reading) -> None:
        self._encoding.clear()
        for name in dict.fromkeys((*_ENCODINGS, reading.encoding or "")):
            if name:
                self._encoding.addItem(name, name)
        self._encoding.show_data(reading.encoding)
        if reading.delimiter is not None and self._delimiter.findData(reading.delimiter) < 0:
            self._delimiter.addItem(reading.delimiter, reading.delimiter)
        self._delimiter.show_data(reading.delimiter)

    @Slot()
    def _on_change_toggled(self) -> None:
        is_open = self._change.isChecked()
        reading = self._sheet.reading if self._sheet is not None else Reading("")
        self._form.setRowVisible(self._worksheet, is_open and len(reading.worksheets) > 1)
        self._form.setRowVisible(self._header, is_open)
        self._form.setRowVisible(self._encoding, is_open and reading.encoding is not None)
        self._form.setRowVisible(self._delimiter, is_open and reading.delimiter is not None)

    @Slot()
    def _on_other_contents(self) -> None:
        """Other rows are seen now, so header, columns and relation are found anew."""
        if self._sheet is None:
            return
        reading = self._sheet.reading
        is_text = reading.encoding is not None
        self.changed.emit(
            ReadingChoice(
                sheet_name=self._worksheet.currentData() if reading.worksheets else None,
                encoding=self._encoding.currentData() if is_text else None,
                delimiter=self._delimiter.currentData() if is_text else None,
                include_suspicious=self._sheet.choice.include_suspicious,
            )
        )

    @Slot()
    def _on_header(self) -> None:
        if self._sheet is not None:
            self.changed.emit(replace(self._sheet.as_chosen(), header_row=self._header.currentData()))
