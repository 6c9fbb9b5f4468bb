"""Your sheet: how it was read, which rows are meant, the two columns, and which IDs can be trusted. Everything can be changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.application.row_filters import ColumnValue
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.records import RecordId, Verdict
from desktop.domain.relations import ALLOWED, Relation, label_of, parse_relation
from desktop.domain.row_choices import Condition
from desktop.domain.sheet_habits import RowsBefore
from desktop.qt.how_read import HowRead
from desktop.qt.models.sheet_rows_model import RowKind, RowStates, SheetRowsModel
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.pages.refused_sheet import RefusedSheet
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.damage_notice import DamageNotice
from desktop.qt.widgets.filter_panel import FilterPanel
from desktop.qt.widgets.forms import Choice
from desktop.qt.widgets.frames import bring_into_sight, scrolling
from desktop.qt.widgets.ids_card import IdsCard
from desktop.qt.widgets.reading_card import ReadingCard
from desktop.qt.widgets.relation_card import FIND_OWN_LISTS, RelationCard
from desktop.qt.widgets.rows_card import RowsCard
from desktop.qt.widgets.sheet_notices import HiddenQuestion, MarkNotice, OwnListQuestion, WorksheetNotice
from desktop.qt.widgets.tables import TableView, set_widths
from desktop.words import say, say_count, say_text
from desktop.words.explanations import Explanation

_SIDE_WIDTH = 350
_LEAST_ROWS = 6
_ROOM_FOR_ICON = 48
_NO_KINDS: frozenset[RowKind] = frozenset()


class SheetPage(Page):
    """``wants_reading`` (ReadingChoice) when the user changes how the sheet is read, ``wants_problems`` to save those rows,
    ``wants_values`` (column) to have the values of a column counted, ``needs_no_values`` when they are no longer wanted,
    ``wants_own_lists`` to have the lists found that the organisation made itself.
    """

    step = 0

    wants_reading = Signal(object)
    wants_problems = Signal()
    wants_values = Signal(int)
    needs_no_values = Signal()
    wants_own_lists = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_sheet", say("Your sheet"), say("Check that the two columns are the right ones."), parent)
        self._sheet: SheetLinks | None = None
        self._rows: SheetRowsModel | None = None
        self._has_mark = False
        self._kinds_of_ids = self._kinds_of_rows = _NO_KINDS
        self._relation_card, self._ids_card, self._reading_card = RelationCard(), IdsCard(), ReadingCard()
        self._rows_card, self._filter = RowsCard(), FilterPanel()
        self._question, self._worksheets, self._mark = HiddenQuestion(), WorksheetNotice(), MarkNotice()
        self._damage, self._own_list = DamageNotice(), OwnListQuestion()
        self._own_lists: Sequence[Relation] = ()
        self._ask_again: Callable[[], None] | None = None
        self._refused = RefusedSheet()
        self._table = TableView("table_sheet", say("Rows of the sheet"))
        self._table.setMinimumHeight((_LEAST_ROWS + 1) * (self._table.fontMetrics().height() + 14))
        self._connect_cards()
        self._lay_out()

    @property
    def sheet(self) -> SheetLinks | None:
        """The sheet that was shown last, or None."""
        return self._sheet

    def show_sheet(self, sheet: SheetLinks, states: RowStates, before: RowsBefore | None = None) -> None:
        """Show a sheet that was read; ``before``: which rows of such a sheet were meant last time."""
        if self._sheet is None or self._sheet.path != sheet.path or sheet.must_choose_rows:
            self._scroll.verticalScrollBar().setValue(0)
        self._sheet, self._ask_again = sheet, None
        self._own_list.hide()
        old, self._rows = self._rows, SheetRowsModel(sheet, states, self)
        self._table.setModel(self._rows)
        if old is not None:
            old.deleteLater()
        self._kinds_of_ids = self._kinds_of_rows = _NO_KINDS
        self._size_columns(sheet)
        for card in (self._relation_card, self._ids_card, self._reading_card, self._question, self._worksheets):
            card.show_sheet(sheet)
        self._rows_card.show_sheet(sheet, before)
        self._has_mark = False
        reading = replace(sheet.reading, rows_meant="").sentence()
        self.purpose.setText(say("{name}: {reading}.", name=sheet.name, reading=reading))
        self._damage.show_counts(sheet.verdicts.get(Verdict.DAMAGED, 0), sheet.books.suspicious)
        self._close_filter()
        self.show_full()

    def offer_own_lists(self, relations: Sequence[Relation]) -> None:
        """The lists of their own that the account of the window offers, to be chosen beside the built-in relations."""
        self._own_lists = relations
        self._own_list.hide()
        self._relation_card.offer(relations)
        if self.has_problem and self._ask_again is not None:
            self._ask_again()

    def show_mark(self, column: int, values: Sequence[ColumnValue]) -> None:
        """A column of the sheet looks like a mark; while there is a question to answer first, nothing is said of it."""
        if self._sheet is not None and not self._sheet.must_choose_rows:
            self._has_mark = True
            self._mark.show_mark(self._sheet, column, values)
            self._mark.setVisible(not self._is_filtering)

    def show_values(self, column: int, values: Sequence[ColumnValue] | None) -> None:
        """The values of a column were counted."""
        self._filter.show_values(column, values)

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Names of records, read from the CRM."""
        self._relation_card.show_names(names)

    def show_problem(self, cause: Explanation, ways: Sequence[QWidget] = ()) -> None:
        """Show what went wrong and the ways on, in place of the page."""
        self._refused.hide()
        self._own_list.hide()
        self._ask_again = None
        super().show_problem(cause, ways)

    def show_refusal(self, name: str, cause: Explanation, how: HowRead | None, ways: Sequence[QWidget] = ()) -> None:
        """Show why the file of this name is no sheet and, where something was read, how, to be changed at once."""
        reading = how.reading.file_sentence() if how is not None else ""
        self.purpose.setText(say("{name}: {reading}.", name=name, reading=reading) if reading else say("{name}.", name=name))
        self.show_problem(cause, ways)
        if how is not None:
            self._refused.show_how(how)
            self._refused.show()

    def ask_relation(
        self, name: str, words: Explanation, how: HowRead | None, choice: ReadingChoice, possible: Sequence[str]
    ) -> None:
        """The headers do not tell which links are meant: let the user say, then the sheet is read with it."""
        self._asked = choice
        self._which = Choice("combo_which_relation", say("Relation"))
        for code in possible:
            self._which.addItem(say_text(label_of(parse_relation(code))), code)
        for relation in self._own_lists:
            self._which.addItem(say_text(label_of(relation)), relation.code)
        self._which.addItem(say("Lists of your own in Zoho…"), FIND_OWN_LISTS)
        self._which.activated.connect(self._on_which)
        read = Button(say("Read the sheet so"), "button_use_relation", kind="primary")
        read.clicked.connect(self._on_relation_said)
        self.show_refusal(name, words, how, [self._which, read])
        self._ask_again = partial(self.ask_relation, name, words, how, choice, possible)

    def say_saved(self, words: str) -> None:
        """Where the problem rows are now, or why they are not."""
        self._ids_card.say_saved(words)

    def first_focus(self) -> QWidget:
        return self._table

    def footer(self) -> FooterSpec:
        """On to the check, with the number of links; not before it is settled which rows are meant."""
        sheet = self._sheet
        if sheet is None or not self.is_full:
            return FooterSpec()
        if sheet.must_choose_rows:
            rows, hidden = sheet.books.rows, sheet.hidden.rows
            hint = say("Say first whether all {rows} rows are meant.", rows=rows)
            if sheet.hidden.are_known:
                hint = say(
                    "Choose first which rows are meant: the {visible} visible ones, or all {rows}.",
                    visible=rows - hidden,
                    rows=rows,
                )
            return FooterSpec(say("Check the links"), enabled=False, hint=hint)
        number = sheet.links.sendable_count
        hint = "" if number else say("No row of this sheet can be sent")
        if self._is_filtering:
            hint = say("Apply the filter first, or cancel it.")
        enabled = bool(number) and not self._is_filtering
        return FooterSpec(say_count("Check {n} link", "Check {n} links", number), enabled=enabled, hint=hint)

    @property
    def _is_filtering(self) -> bool:
        return self._filter.isVisibleTo(self)

    def _connect_cards(self) -> None:
        changing = (self._relation_card, self._reading_card, self._ids_card, self._rows_card, self._question, self._worksheets)
        for card in changing:
            card.changed.connect(self.wants_reading)
        self._refused.wants_reading.connect(self.wants_reading)
        self._relation_card.wants_own_lists.connect(self.wants_own_lists)
        self._relation_card.wants_own_list.connect(self._own_list.ask)
        self._own_list.accepted.connect(self.wants_reading)
        self._ids_card.filtered.connect(self._on_ids_filtered)
        self._ids_card.wants_problems.connect(self.wants_problems)
        self._rows_card.filtered.connect(self._on_rows_filtered)
        self._rows_card.wants_filter.connect(self._on_wants_filter)
        self._mark.wants_filter.connect(self._open_filter)
        self._filter.wants_values.connect(self.wants_values)
        self._filter.applied.connect(self._on_filter_applied)
        self._filter.closed.connect(self._on_filter_closed)

    def _lay_out(self) -> None:
        if isinstance(outer := self.layout(), QVBoxLayout):
            outer.insertWidget(outer.count() - 1, self._own_list)  # it asks above the sheet and above a refusal alike
        contents = QWidget()
        body = QVBoxLayout(contents)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        for notice in (self._question, self._damage, self._worksheets, self._mark):
            body.addWidget(notice)
        self._side = self._make_side()
        self._filter.setFixedWidth(_SIDE_WIDTH)
        self._filter.hide()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._table, 1)
        row.addWidget(self._side)
        row.addWidget(self._filter)
        body.addLayout(row, 1)
        self._scroll = scrolling(contents)
        self.body.addWidget(self._scroll)
        self._refused.hide()
        self.problem_body.insertWidget(1, self._refused, 1)

    def _make_side(self) -> QScrollArea:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(12)
        for card in (self._rows_card, self._relation_card, self._ids_card, self._reading_card):
            layout.addWidget(card)
        layout.addStretch(1)
        scroll = scrolling(side)
        scroll.setFixedWidth(max(_SIDE_WIDTH, side.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width()))
        return scroll

    def _size_columns(self, sheet: SheetLinks) -> None:
        metrics = self._table.fontMetrics()
        digits = metrics.horizontalAdvance("0" * 22)
        state = metrics.horizontalAdvance(self._rows.longest_state) + _ROOM_FOR_ICON if self._rows is not None else 0
        set_widths(self._table, {0: digits // 3, 1: max(digits, state)})
        for column in range(2, 2 + len(sheet.headers)):
            self._table.setColumnWidth(column, digits + 8)

    @Slot()
    def _on_which(self) -> None:
        self._own_list.hide()
        if self._which.currentData() == FIND_OWN_LISTS:
            self._which.setCurrentIndex(0)
            self.wants_own_lists.emit()

    @Slot()
    def _on_relation_said(self) -> None:
        choice = replace(self._asked, relation=parse_relation(self._which.currentData()))
        if choice.relation in ALLOWED:
            self.wants_reading.emit(choice)
        else:
            self._own_list.ask(choice)

    # The filter takes the place of the cards, because what is set in it counts only once it is applied

    @Slot()
    def _on_wants_filter(self) -> None:
        self._open_filter(None)

    @Slot(int)
    def _open_filter(self, column: int | None) -> None:
        if self._sheet is not None:
            self._side.hide()
            self._mark.hide()  # it leads here
            self._filter.show()
            self._filter.open_for(self._sheet, column)
            self._filter.first_focus().setFocus()
            bring_into_sight(self._filter)
            self.footer_changed.emit()

    @Slot()
    def _on_filter_closed(self) -> None:
        self._close_filter()
        self.footer_changed.emit()

    def _close_filter(self) -> None:
        self.needs_no_values.emit()
        self._filter.hide()
        self._side.show()
        self._mark.setVisible(self._has_mark)

    @Slot(object)
    def _on_filter_applied(self, conditions: tuple[Condition, ...]) -> None:
        if self._sheet is not None:
            self.wants_reading.emit(replace(self._sheet.as_chosen(), where=conditions))

    # Which rows the table shows

    @Slot(object)
    def _on_ids_filtered(self, kinds: frozenset[RowKind]) -> None:
        self._kinds_of_ids = kinds
        self._show_kinds()

    @Slot(object)
    def _on_rows_filtered(self, kinds: frozenset[RowKind]) -> None:
        self._kinds_of_rows = kinds
        self._show_kinds()

    def _show_kinds(self) -> None:
        if self._rows is not None:
            self._rows.show_only(self._kinds_of_ids | self._kinds_of_rows)
