"""Your sheet: how it was read, its rows, the two columns, and which IDs can be trusted. Everything can be changed."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.causes import Cause
from desktop.domain.entries import Rejection
from desktop.domain.readings import NO_HEADER, ReadingChoice, SheetLinks
from desktop.domain.records import Verdict
from desktop.domain.relations import BUILT_IN, Relation, label_of, parse_relation
from desktop.qt.models.sheet_rows_model import RowKind, SheetRowsModel
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.widgets.bars import VERDICT_TOKENS, Part, StackedBar
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import ElidedLabel, PlainLabel, caption_label
from desktop.qt.widgets.tables import TableView

_SIDE_WIDTH = 330
_HEADER_CHOICES = 20


class SheetPage(Page):
    """``wants_reading`` (ReadingChoice) when the user changes how the sheet is read, ``wants_problems`` to save those rows."""

    wants_reading = Signal(object)
    wants_problems = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_sheet", self.tr("Your sheet"), self.tr("Check that the two columns are the right ones."), parent)
        self._sheet: SheetLinks | None = None
        self._rows: SheetRowsModel | None = None
        self._filling = False
        row = QHBoxLayout()
        row.setSpacing(16)
        self._table = TableView("table_sheet", self.tr("Rows of the sheet"))
        row.addWidget(self._table, 1)
        side = QWidget()
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, 6, 0)
        self._side.setSpacing(12)
        for card in (self._damage_card(), self._what_card(), self._ids_card(), self._file_card()):
            self._side.addWidget(card)
        self._side.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(side)
        scroll.setFixedWidth(_SIDE_WIDTH)
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        row.addWidget(scroll)
        self.body.addLayout(row, 1)

    def show_sheet(self, sheet: SheetLinks) -> None:
        """Show a sheet that was read."""
        self._sheet = sheet
        old, self._rows = self._rows, SheetRowsModel(sheet, self)
        self._table.setModel(self._rows)
        if old is not None:
            old.deleteLater()
        self._size_columns()
        self._filling = True
        self._name.setText(sheet.name)
        self._how.setText("\n".join((sheet.reading.sentence() + ".", *sheet.reading.notes)))
        self._fill_worksheets(sheet)
        self._fill_headers(sheet)
        self._fill_columns(sheet)
        self._fill_ids(sheet)
        self._filling = False
        self.show_full()

    def ask_relation(self, words: Cause, choice: ReadingChoice, possible: Sequence[str]) -> None:
        """The headers do not tell which links are meant: let the user say, then the sheet is read with it."""
        self._asked = choice
        self._which = QComboBox()
        self._which.setObjectName("combo_which_relation")
        self._which.setAccessibleName(self.tr("Relation"))
        for code in possible:
            self._which.addItem(label_of(parse_relation(code)), code)
        read = Button(self.tr("Read the sheet so"), "button_use_relation", kind="primary")
        read.clicked.connect(self._on_relation_said)
        self.show_problem(words, [self._which, read])

    def say_saved(self, words: str) -> None:
        """Where the problem rows are now, or why they are not."""
        self._saved.setText(words)
        self._saved.show()

    def first_focus(self) -> QWidget:
        """The rows."""
        return self._table

    def footer(self) -> FooterWish:
        """On to the check, with the number of links."""
        if self._sheet is None or not self.is_full:
            return FooterWish()
        number = len(self._sheet.links.sendable())
        hint = "" if number else self.tr("No row of this sheet can be sent")
        return FooterWish(self.tr("Check %n link(s)", "", number), enabled=bool(number), hint=hint)

    def _file_card(self) -> Card:
        card = Card(self.tr("File"))
        self._name = ElidedLabel()
        self._how = PlainLabel(kind="secondary")
        self._worksheet = self._combo("combo_worksheet", self.tr("Worksheet"), self._on_changed)
        self._header = self._combo("combo_header_row", self.tr("Header row"), self._on_changed)
        self._file_form = _form()
        self._file_form.addRow(self.tr("Worksheet"), self._worksheet)
        self._file_form.addRow(self.tr("Header"), self._header)
        self._change = Button(self.tr("Change"), "button_change_reading", kind="quiet", glyph="down")
        self._change.setCheckable(True)
        self._change.toggled.connect(self._on_change_toggled)
        card.body.addWidget(self._name)
        card.body.addWidget(self._how)
        card.body.addWidget(self._change)
        card.body.addLayout(self._file_form)
        return card

    def _what_card(self) -> Card:
        card = Card(self.tr("What to remove"))
        self._relation = self._combo("combo_relation", self.tr("Relation"), self._on_changed)
        for row in BUILT_IN:
            self._relation.addItem(self.tr(row.label), row.relation.code)
        for row in BUILT_IN:
            if row.reverse is not None:
                self._relation.addItem(label_of(row.reverse), row.reverse.code)
        self._parent = self._combo("combo_parent_column", self.tr("Parent column"), self._on_changed)
        self._related = self._combo("combo_related_column", self.tr("Related column"), self._on_changed)
        form = _form()
        form.addRow(self.tr("Links"), self._relation)
        form.addRow(self.tr("Parent"), self._parent)
        form.addRow(self.tr("Related"), self._related)
        card.body.addLayout(form)
        swap = Button(self.tr("Swap the columns"), "button_swap", glyph="swap")
        swap.clicked.connect(self._on_swap)
        card.body.addWidget(swap)
        return card

    def _ids_card(self) -> Card:
        card = Card(self.tr("IDs"))
        self._bar = StackedBar()
        card.body.addWidget(self._bar)
        self._filters: dict[RowKind, Button] = {}
        for kind, name, glyph in (
            (RowKind.FINE, "filter_fine", "check"),
            (RowKind.SUSPICIOUS, "filter_suspicious", "question"),
            (RowKind.DAMAGED, "filter_damaged", "warning"),
            (RowKind.REJECTED, "filter_rejected", "cross"),
        ):
            button = Button("", name, kind="quiet", glyph=glyph)
            button.setCheckable(True)
            button.toggled.connect(self._on_filter)
            card.body.addWidget(button)
            self._filters[kind] = button
        self._problems = Button(self.tr("Save the problem rows…"), "button_save_problems", glyph="save")
        self._problems.clicked.connect(self.wants_problems)
        self._saved = caption_label("")
        self._saved.hide()
        card.body.addWidget(self._problems)
        card.body.addWidget(self._saved)
        self._cleaned = caption_label("")
        card.body.addWidget(self._cleaned)
        self._include = QCheckBox(self.tr("Include the suspicious ones"))
        self._include.setObjectName("check_include_suspicious")
        self._include.setAccessibleName(self._include.text())
        self._include.toggled.connect(self._on_changed)
        self._fill_down = QCheckBox(self.tr("An empty parent means the one above"))
        self._fill_down.setObjectName("check_fill_down")
        self._fill_down.setAccessibleName(self._fill_down.text())
        self._fill_down.toggled.connect(self._on_changed)
        card.body.addWidget(self._include)
        card.body.addWidget(self._fill_down)
        return card

    def _damage_card(self) -> Card:
        self._damage = Card(self.tr("Excel has rounded some IDs"), kind="notice", name="panel_damaged")
        text = self.tr(
            "A record ID has up to 19 digits, and Excel keeps only 15 of a number. The last digits of these IDs are gone, and the"
            " rounded number may belong to another record. Delink never sends them. Export the records from Zoho again (the IDs"
            " then start with zcrm_) and open that file here, not by double-click in Excel."
        )
        self._damage.body.addWidget(PlainLabel(text))
        return self._damage

    def _combo(self, name: str, title: str, slot: object) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setAccessibleName(title)
        combo.setMinimumContentsLength(12)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.activated.connect(slot)
        return combo

    def _fill_worksheets(self, sheet: SheetLinks) -> None:
        self._worksheet.clear()
        for one in sheet.reading.worksheets:
            self._worksheet.addItem(one.name + (self.tr(" (hidden)") if one.hidden else ""), one.name)
        self._worksheet.setCurrentIndex(max(0, self._worksheet.findData(sheet.reading.sheet_name)))
        self._on_change_toggled()

    def _fill_headers(self, sheet: SheetLinks) -> None:
        self._header.clear()
        self._header.addItem(self.tr("No header"), NO_HEADER)
        for number in range(1, max(_HEADER_CHOICES, sheet.reading.header_row) + 1):
            self._header.addItem(self.tr("Row %1").replace("%1", str(number)), number)
        self._header.setCurrentIndex(self._header.findData(sheet.reading.header_row))

    def _fill_columns(self, sheet: SheetLinks) -> None:
        for combo, column in ((self._parent, sheet.columns.parent), (self._related, sheet.columns.related)):
            combo.clear()
            for number, header in enumerate(sheet.headers, start=1):
                combo.addItem(header or self.tr("Column %1").replace("%1", str(number)), str(number))
            combo.setCurrentIndex(column)
        relation = sheet.relations[0].code if sheet.relations else ""
        self._relation.setCurrentIndex(self._relation.findData(relation))
        self._relation.setEnabled(sheet.columns.related_list is None)

    def _fill_ids(self, sheet: SheetLinks) -> None:
        verdicts, books = sheet.verdicts, sheet.books
        parts = [Part(verdicts.get(verdict, 0), VERDICT_TOKENS[verdict][0]) for verdict in VERDICT_TOKENS]
        fine = verdicts.get(Verdict.FINE, 0) + verdicts.get(Verdict.CLEANED, 0)
        damaged = verdicts.get(Verdict.DAMAGED, 0)
        other = sum(books.rejected.values()) - damaged
        self._bar.show_parts([*parts, Part(other, "not_sent", hatched=True)], self.tr("%n entries", "", books.entries))
        counts = {
            RowKind.FINE: self.tr("%n good", "", fine),
            RowKind.SUSPICIOUS: self.tr("%n suspicious", "", verdicts.get(Verdict.SUSPICIOUS, 0)),
            RowKind.DAMAGED: self.tr("%n damaged by Excel", "", damaged),
            RowKind.REJECTED: self.tr("%n rejected for other reasons", "", other),
        }
        for kind, text in counts.items():
            self._filters[kind].say(text)
            self._filters[kind].setChecked(False)
        cleaned, repeats = verdicts.get(Verdict.CLEANED, 0), books.duplicates
        notes = [self.tr("%n good ID(s) had a prefix, blanks or quotes around them.", "", cleaned)] if cleaned else []
        notes += [self.tr("%n repeat(s) are sent once.", "", repeats)] if repeats else []
        self._cleaned.setText(" ".join(notes))
        self._cleaned.setVisible(bool(notes))
        self._include.setVisible(bool(books.suspicious))
        self._include.setChecked(sheet.choice.include_suspicious)
        self._fill_down.setVisible(Rejection.BLANK_PARENT in books.rejected or sheet.choice.fill_down)
        self._fill_down.setChecked(sheet.choice.fill_down)
        self._damage.setVisible(bool(damaged))
        self._problems.setVisible(bool(books.rejected or books.suspicious))
        self._saved.hide()

    def _size_columns(self) -> None:
        if self._sheet is None:
            return
        digits = self._table.fontMetrics().horizontalAdvance("0" * 22)
        widths = [digits // 3, digits, *([digits + 8] * len(self._sheet.headers))] * len(self._sheet.headers)
        for column, width in enumerate(widths):
            self._table.setColumnWidth(column, width)

    def _choice(self) -> ReadingChoice | None:
        if self._sheet is None:
            return None
        relation: Relation | None = None
        if self._sheet.columns.related_list is None and self._relation.currentData():
            relation = parse_relation(self._relation.currentData())
        return replace(
            self._sheet.choice,
            relation=relation,
            sheet_name=self._worksheet.currentData(),
            header_row=self._header.currentData(),
            parent_column=self._parent.currentData(),
            related_column=self._related.currentData(),
            include_suspicious=self._include.isChecked(),
            fill_down=self._fill_down.isChecked(),
        )

    @Slot()
    def _on_change_toggled(self) -> None:
        open_ = self._change.isChecked()
        several = self._sheet is not None and len(self._sheet.reading.worksheets) > 1
        self._file_form.setRowVisible(self._worksheet, open_ and several)
        self._file_form.setRowVisible(self._header, open_)

    @Slot()
    def _on_changed(self) -> None:
        choice = self._choice()
        if choice is None or self._filling or self._sheet is None:
            return
        if choice.sheet_name != self._sheet.reading.sheet_name:
            choice = ReadingChoice(sheet_name=choice.sheet_name)
        self.wants_reading.emit(choice)

    @Slot()
    def _on_relation_said(self) -> None:
        self.wants_reading.emit(replace(self._asked, relation=parse_relation(self._which.currentData())))

    @Slot()
    def _on_swap(self) -> None:
        parent, related = self._parent.currentIndex(), self._related.currentIndex()
        self._parent.setCurrentIndex(related)
        self._related.setCurrentIndex(parent)
        self._on_changed()

    @Slot()
    def _on_filter(self) -> None:
        if self._rows is not None and not self._filling:
            self._rows.show_only(frozenset(kind for kind, button in self._filters.items() if button.isChecked()))


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(4)
    return form
