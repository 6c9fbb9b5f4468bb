"""Your sheet: how it was read, its rows, the two columns, and which IDs can be trusted. Everything can be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.causes import Cause
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import RecordId, Verdict
from desktop.domain.relations import label_of, parse_relation
from desktop.qt.models.sheet_rows_model import RowKind, RowStates, SheetRowsModel
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.damage_notice import DamageNotice
from desktop.qt.widgets.forms import Choice
from desktop.qt.widgets.ids_card import IdsCard
from desktop.qt.widgets.reading_card import ReadingCard
from desktop.qt.widgets.relation_card import RelationCard
from desktop.qt.widgets.tables import TableView

_SIDE_WIDTH = 350


class SheetPage(Page):
    """``wants_reading`` (ReadingChoice) when the user changes how the sheet is read, ``wants_problems`` to save those rows."""

    wants_reading = Signal(object)
    wants_problems = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_sheet", self.tr("Your sheet"), self.tr("Check that the two columns are the right ones."), parent)
        self._sheet: SheetLinks | None = None
        self._rows: SheetRowsModel | None = None
        self._relation_card, self._ids_card, self._reading_card = RelationCard(), IdsCard(), ReadingCard()
        self._relation_card.changed.connect(self.wants_reading)
        self._reading_card.changed.connect(self.wants_reading)
        self._ids_card.changed.connect(self.wants_reading)
        self._ids_card.filtered.connect(self._on_filtered)
        self._ids_card.wants_problems.connect(self.wants_problems)
        self._table = TableView("table_sheet", self.tr("Rows of the sheet"))
        self._damage = DamageNotice()
        self.body.addWidget(self._damage)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._table, 1)
        row.addWidget(self._side())
        self.body.addLayout(row, 1)

    def show_sheet(self, sheet: SheetLinks, states: RowStates) -> None:
        """Show a sheet that was read."""
        self._sheet = sheet
        old, self._rows = self._rows, SheetRowsModel(sheet, states, self)
        self._table.setModel(self._rows)
        if old is not None:
            old.deleteLater()
        self._size_columns(sheet)
        for card in (self._relation_card, self._ids_card, self._reading_card):
            card.show_sheet(sheet)
        self.purpose.setText(f"{sheet.name}: {sheet.reading.sentence()}.")
        self._damage.show_counts(sheet.verdicts.get(Verdict.DAMAGED, 0), sheet.books.suspicious)
        self.show_full()

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Names of records, read from the CRM."""
        self._relation_card.show_names(names)

    def ask_relation(self, words: Cause, choice: ReadingChoice, possible: Sequence[str]) -> None:
        """The headers do not tell which links are meant: let the user say, then the sheet is read with it."""
        self._asked = choice
        self._which = Choice("combo_which_relation", self.tr("Relation"))
        for code in possible:
            self._which.addItem(label_of(parse_relation(code)), code)
        read = Button(self.tr("Read the sheet so"), "button_use_relation", kind="primary")
        read.clicked.connect(self._on_relation_said)
        self.show_problem(words, [self._which, read])

    def say_saved(self, words: str) -> None:
        """Where the problem rows are now, or why they are not."""
        self._ids_card.say_saved(words)

    def first_focus(self) -> QWidget:
        """The rows."""
        return self._table

    def footer(self) -> FooterWish:
        """On to the check, with the number of links."""
        if self._sheet is None or not self.is_full:
            return FooterWish()
        number = self._sheet.links.sendable_count
        hint = "" if number else self.tr("No row of this sheet can be sent")
        return FooterWish(self.tr("Check %n link(s)", "", number), enabled=bool(number), hint=hint)

    def _side(self) -> QScrollArea:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(12)
        for card in (self._relation_card, self._ids_card, self._reading_card):
            layout.addWidget(card)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(side)
        scroll.setFixedWidth(_SIDE_WIDTH)
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        return scroll

    def _size_columns(self, sheet: SheetLinks) -> None:
        digits = self._table.fontMetrics().horizontalAdvance("0" * 22)
        for column, width in enumerate([digits // 3, digits, *([digits + 8] * len(sheet.headers))]):
            self._table.setColumnWidth(column, width)

    @Slot()
    def _on_relation_said(self) -> None:
        self.wants_reading.emit(replace(self._asked, relation=parse_relation(self._which.currentData())))

    @Slot(object)
    def _on_filtered(self, kinds: frozenset[RowKind]) -> None:
        if self._rows is not None:
            self._rows.show_only(kinds)
