"""The rows of the chosen cause, with search and copy, and in their place the chart of the largest records."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.entries import Entries, Links
from desktop.domain.operations import Operation
from desktop.domain.outcomes import LinkOutcome
from desktop.domain.parent_tallies import ParentTally
from desktop.domain.records import RecordId
from desktop.qt.models.problems_model import CAUSE, OUTCOME, PARENT, PARENT_NAME, RELATED, RELATED_NAME, ROW, WHAT_TO_DO
from desktop.qt.models.rejected_model import FIRST_ID, SECOND_ID, WHY, RejectedModel
from desktop.qt.models.rejected_model import ROW as SHEET_ROW
from desktop.qt.models.rejected_model import WHAT_TO_DO as SHEET_ADVICE
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import section_label
from desktop.qt.widgets.parent_chart import ParentChart
from desktop.qt.widgets.problems_table import ProblemsTable
from desktop.qt.widgets.tables import TableView, set_widths
from desktop.words import say, say_count
from desktop.words.joining import side_by_side

Outcomes = Mapping[int, LinkOutcome] | Sequence[LinkOutcome]
_LEAST_HEIGHT = 260


class ResultRows(Card):
    """A card. ``rows_shown`` when other links are shown, so that their names can be asked for.

    ``wants_found`` (links, their numbers, text, names by record) when somebody searches; :meth:`show_found` has the answer.
    """

    rows_shown = Signal()
    wants_found = Signal(object, object, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, name="card_rows")
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._links = Links()
        self._numbers: Sequence[int] = ()
        self._outcomes: Outcomes = ()
        self._operation = Operation.REMOVE
        self._names: Mapping[RecordId, str] = {}
        self._title = section_label("")
        self.table = ProblemsTable("table_rows", say("Rows of the chosen cause"), when_empty=say("No row has that."))
        self._rejected_table = TableView("table_rejected", say("Rows of the sheet that could not be used"))
        self._rejected = RejectedModel(self)
        self._rejected_table.setModel(self._rejected)
        self._chart = ParentChart()
        self._tables = QStackedWidget()
        for view in (self.table, self._rejected_table):
            self._tables.addWidget(view)
        self._views = QStackedWidget()
        self._views.addWidget(self._rows_view())
        self._views.addWidget(self._chart)
        self.body.addLayout(self._head())
        self.body.addWidget(self._views, 1)
        self._arrange_columns()

    @property
    def first_shown(self) -> tuple[Links, Sequence[int]]:
        """The links that are shown, and their numbers."""
        return self._links, self._numbers

    def begin(self, operation: Operation, parents: Sequence[ParentTally], by_parent: str) -> None:
        """Start with the results of another run; ``by_parent`` names the chart."""
        self._operation, self._names = operation, {}
        self._chart.show_parents(parents, operation, {})
        self._by_parent.say(by_parent)
        self._clear_search()
        self.show_chart()

    def show_links(self, title: str, links: Links, numbers: Sequence[int], outcomes: Outcomes) -> None:
        """Show these links of the run."""
        self._links, self._numbers, self._outcomes = links, numbers, outcomes
        self._title.setText(_counted(title, len(numbers)))
        self._clear_search()
        self.show_found(numbers)
        self._tables.setCurrentWidget(self.table)
        self.search.show()
        self._show_view(0)
        self.rows_shown.emit()

    @Slot(object)
    def show_found(self, numbers: Sequence[int]) -> None:
        """Show only these of the links of the cause."""
        self.table.problems.show_links(self._links, numbers, self._outcomes, self._operation)
        self.table.problems.show_names(self._names)

    def show_rejected(self, title: str, entries: Entries, places: Sequence[int]) -> None:
        """Show these entries of the sheet, which could not be used."""
        self._title.setText(_counted(title, len(places)))
        self._rejected.show_entries(entries, places, self.table.problems.ends())
        self._tables.setCurrentWidget(self._rejected_table)
        self.search.hide()
        self._show_view(0)

    @Slot()
    def show_chart(self) -> None:
        """Show the chart in place of the rows."""
        self._show_view(1)

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Show names of records wherever they stand."""
        self._names = {**self._names, **names}
        self.table.problems.show_names(self._names)
        self._chart.show_names(self._names)
        for column in (PARENT_NAME, RELATED_NAME):
            self.table.setColumnHidden(column, not self._names)

    def _head(self) -> QHBoxLayout:
        self._by_row = Button(say("Rows"), "button_view_rows", kind="quiet", glyph="list")
        self._by_parent = Button("", "button_view_parents", kind="quiet", glyph="filter")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._title, 1)
        for button in (self._by_row, self._by_parent):
            button.setCheckable(True)
            row.addWidget(button)
        self._by_row.clicked.connect(self._on_rows)
        self._by_parent.clicked.connect(self.show_chart)
        return row

    def _rows_view(self) -> QWidget:
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setObjectName("input_search_rows")
        self.search.setAccessibleName(say("Search these rows"))
        self.search.setPlaceholderText(say("Search these rows"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self._copy = Button(say("Copy"), "button_copy_rows", glyph="copy")
        self._copy.setAccessibleName(say("Copy these rows"))
        self._copy.clicked.connect(self._on_copy)
        row.addWidget(self.search, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)
        column.addWidget(self._tables, 1)
        return view

    def _arrange_columns(self) -> None:
        """Names first, then IDs; what the card beside says already is left out."""
        for column in (CAUSE, WHAT_TO_DO, PARENT_NAME, RELATED_NAME):
            self.table.setColumnHidden(column, True)
        titles, digit = self.table.horizontalHeader(), self.table.fontMetrics().horizontalAdvance("0")
        for place, column in enumerate((ROW, RELATED_NAME, RELATED, PARENT_NAME, PARENT, OUTCOME)):
            titles.moveSection(titles.visualIndex(column), place)
        wide = {ROW: 10, RELATED_NAME: 24, RELATED: 22, PARENT_NAME: 24, PARENT: 22, OUTCOME: 16}
        set_widths(self.table, {column: width * digit for column, width in wide.items()})
        sheet = {SHEET_ROW: 10, WHY: 30, FIRST_ID: 24, SECOND_ID: 24, SHEET_ADVICE: 60}
        set_widths(self._rejected_table, {column: width * digit for column, width in sheet.items()})

    def _show_view(self, place: int) -> None:
        self._views.setCurrentIndex(place)
        self._by_row.setChecked(place == 0)
        self._by_parent.setChecked(place == 1)

    def _clear_search(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    @Slot()
    def _on_rows(self) -> None:
        self._show_view(0)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.wants_found.emit(self._links, self._numbers, text, self._names)

    @Slot()
    def _on_copy(self) -> None:
        """Copy every row that is shown, or those that are chosen."""
        view = self._tables.currentWidget()
        if isinstance(view, TableView):
            view.copy_rows()


def _counted(title: str, rows: int) -> str:
    return side_by_side(say_count("{n} row", "{n} rows", rows), title)
