"""The form that changes how a file is read: worksheet, header, encoding, delimiter, as far as the file has them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.domain.column_titles import letter_of
from desktop.domain.readings import DELIMITERS, ENCODINGS, NO_HEADER
from desktop.qt.how_read import HowRead
from desktop.qt.widgets.forms import Choice, SideForm
from desktop.qt.widgets.frames import bring_into_sight
from desktop.words import say, say_count

_LABEL_CELLS = 4
_LABEL_LENGTH = 48
_ANOTHER = ""


class ReadingForm(QWidget):
    """``changed`` (ReadingChoice) with everything that stays as it is; each change is told at once."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._how: HowRead | None = None
        self._worksheet = Choice("combo_worksheet", say("Worksheet"))
        self._header = Choice("combo_header_row", say("Header row"))
        self._parent = Choice("combo_parent_column", say("Parent column"))
        self._related = Choice("combo_related_column", say("Related column"))
        self._encoding = Choice("combo_encoding", say("Encoding"))
        self._encoding.setPlaceholderText(say("Choose one"))
        self._delimiter = Choice("combo_delimiter", say("Separated by"))
        self._delimiter.setPlaceholderText(say("Choose one"))
        self._fill_delimiters()
        self._sign = QLineEdit()
        self._sign.setObjectName("input_delimiter")
        self._sign.setAccessibleName(say("Separated by another sign"))
        self._sign.setPlaceholderText(say("one sign, such as ~"))
        self._sign.setMaxLength(1)
        self._form = SideForm()
        for title, field in (
            (say("Worksheet"), self._worksheet),
            (say("Header"), self._header),
            (say("Parent"), self._parent),
            (say("Related"), self._related),
            (say("Encoding"), self._encoding),
            (say("Separated by"), self._delimiter),
            (say("Sign"), self._sign),
        ):
            self._form.add(title, field)
        self._worksheet.activated.connect(self._on_worksheet)
        self._header.activated.connect(self._on_header)
        self._parent.activated.connect(self._on_columns)
        self._related.activated.connect(self._on_columns)
        self._encoding.activated.connect(self._on_encoding)
        self._delimiter.activated.connect(self._on_delimiter)
        self._sign.editingFinished.connect(self._on_sign)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._form)

    def show_how(self, how: HowRead) -> None:
        self._how = how
        self._fill_worksheets(how)
        self._fill_headers(how)
        for field, named in ((self._parent, how.choice.parent_column), (self._related, how.choice.related_column)):
            self._fill_columns(field, how, named)
        self._fill_encodings(how)
        self._show_delimiter(how)
        self._form.setRowVisible(self._worksheet, len(how.worksheets) > 1)
        for field in (self._parent, self._related):
            self._form.setRowVisible(field, len(how.columns) > 1)
        self._form.setRowVisible(self._encoding, how.is_text)
        self._form.setRowVisible(self._delimiter, how.is_text)
        self._form.setRowVisible(self._sign, how.is_text and self._delimiter.currentData() == _ANOTHER)

    def _show_delimiter(self, how: HowRead) -> None:
        delimiter = how.choice.delimiter or how.reading.delimiter
        delimiter = {word: sign for sign, word in DELIMITERS.items()}.get(delimiter or "", delimiter)
        if delimiter:
            self._delimiter.show_data(delimiter if delimiter in DELIMITERS else _ANOTHER)
        else:
            self._delimiter.setCurrentIndex(-1)
        self._sign.setText("" if not delimiter or delimiter in DELIMITERS else delimiter)

    def _fill_delimiters(self) -> None:
        for sign, word in (
            (",", say("Comma")),
            (";", say("Semicolon")),
            ("\t", say("Tab")),
            ("|", say("Vertical bar")),
            (_ANOTHER, say("Another sign")),
        ):
            self._delimiter.addItem(word, sign)

    def _fill_worksheets(self, how: HowRead) -> None:
        self._worksheet.clear()
        for one in how.worksheets:
            links = how.links.get(one.name)
            title = one.name
            if links is not None:
                title = say_count("{name} ({n} link)", "{name} ({n} links)", links, name=one.name)
            self._worksheet.addItem(say("{title} (hidden)", title=title) if one.hidden else title, one.name)
        self._worksheet.show_data(how.reading.sheet_name)

    def _fill_headers(self, how: HowRead) -> None:
        self._header.clear()
        if how.header_row is None:
            self._header.addItem(say("Found by itself"), None)
        self._header.addItem(say("No header"), NO_HEADER)
        for number in how.headers_to_choose:
            cells = [" ".join(cell.split()) for cell in how.rows.get(number, ())]
            told = _short(" · ".join([cell for cell in cells if cell][:_LABEL_CELLS]))
            text = say("Row {row}: {cells}", row=number, cells=told) if told else say("Row {row}", row=number)
            self._header.addItem(text, number)
        self._header.show_data(how.header_row)

    def _fill_columns(self, field: Choice, how: HowRead, named: str | int | None) -> None:
        field.clear()
        field.addItem(say("Found by itself"), None)
        for column, cell in enumerate(how.columns):
            letter = letter_of(column)
            told = _short(" ".join(cell.split()))
            field.addItem(say("{column}: {cell}", column=letter, cell=told) if told else letter, column)
        field.show_data(how.column_of(named))

    def _fill_encodings(self, how: HowRead) -> None:
        self._encoding.clear()
        chosen = how.choice.encoding or how.reading.encoding or ""
        chosen = ENCODINGS.get(chosen, chosen)
        for name in dict.fromkeys((*ENCODINGS.values(), chosen)):
            if name:
                self._encoding.addItem(name, name)
        self._encoding.setCurrentIndex(self._encoding.findData(chosen))

    @Slot()
    def _on_worksheet(self) -> None:
        if self._how is not None and self._worksheet.currentData() != self._how.reading.sheet_name:
            self.changed.emit(self._how.with_worksheet(self._worksheet.currentData()))

    @Slot()
    def _on_header(self) -> None:
        if self._how is not None and self._header.currentData() != self._how.header_row:
            self.changed.emit(self._how.with_header(self._header.currentData()))

    @Slot()
    def _on_columns(self) -> None:
        if self._how is not None:
            self.changed.emit(self._how.with_columns(self._parent.currentData(), self._related.currentData()))

    @Slot()
    def _on_encoding(self) -> None:
        if self._how is not None:
            self.changed.emit(self._how.with_encoding(self._encoding.currentData()))

    @Slot()
    def _on_delimiter(self) -> None:
        """Another sign is asked for; the others are taken at once."""
        sign = self._delimiter.currentData()
        self._form.setRowVisible(self._sign, sign == _ANOTHER)
        if sign == _ANOTHER:
            self._sign.setFocus()
            bring_into_sight(self._sign)
        elif self._how is not None:
            self.changed.emit(self._how.with_delimiter(sign))

    @Slot()
    def _on_sign(self) -> None:
        """When the field is left or Enter pressed; it is left, too, when the whole form is put away."""
        sign = self._sign.text()
        if self._how is not None and sign and sign != (self._how.choice.delimiter or self._how.reading.delimiter):
            self.changed.emit(self._how.with_delimiter(sign))


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1] + "…"
