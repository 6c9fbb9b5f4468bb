"""Which rows are meant: what became of the hidden ones, the filter, and what was chosen last time for these headers."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.result_tables import code_of
from desktop.domain.row_choices import Condition, LeftOut
from desktop.domain.sheet_habits import RowsBefore
from desktop.qt.models.sheet_rows_model import RowKind
from desktop.qt.sheet_words import SheetWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, clear_layout
from desktop.qt.widgets.labels import PlainLabel, caption_label, section_label
from desktop.words import say, say_count


class RowsCard(Card):
    """``changed`` (ReadingChoice), ``wants_filter`` to add a filter, ``filtered`` (frozenset of RowKind, empty for all)."""

    changed = Signal(object)
    wants_filter = Signal()
    filtered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, name="card_rows")
        self._sheet: SheetLinks | None = None
        self._offered: ReadingChoice | None = None
        add = Button(say("Add a filter"), "button_add_filter", kind="quiet", glyph="filter")
        add.clicked.connect(self.wants_filter)
        self.body.addLayout(_row(section_label(say("Which rows")), add))
        self._meant = PlainLabel()
        self._meant.setObjectName("label_rows_meant")
        self._change = Button(say("Change"), "button_rows_change", kind="quiet")
        self._change.setAccessibleName(say("Change which rows are meant"))
        self._change.clicked.connect(self._on_change)
        self._filters = QVBoxLayout()
        self._filters.setSpacing(2)
        self._left = PlainLabel(kind="secondary")
        self._left.setObjectName("label_rows_left")
        self._shows = {
            RowKind.HIDDEN: self._show_button("filter_hidden", "hidden"),
            RowKind.FILTERED: self._show_button("filter_left_out", "filter"),
        }
        self._before = caption_label("")
        self._as_before = Button(say("Use that again"), "button_rows_as_before", kind="quiet", glyph="clock")
        self._as_before.clicked.connect(self._on_as_before)
        self.body.addLayout(_row(self._meant, self._change))
        self.body.addLayout(self._filters)
        self.body.addWidget(self._left)
        self.body.addLayout(_row(*self._shows.values()))
        self.body.addWidget(self._before)
        self.body.addLayout(_row(self._as_before))

    def show_sheet(self, sheet: SheetLinks, before: RowsBefore | None) -> None:
        """Show which rows of this sheet are meant; ``before``: those that were, the last time."""
        self._sheet = sheet
        words = SheetWords(sheet)
        meant = words.rows_meant()
        self._meant.setText(meant)
        self._meant.setVisible(bool(meant))
        self._meant.setProperty("kind", "asks" if sheet.must_choose_rows else "")
        self._meant.style().unpolish(self._meant)
        self._meant.style().polish(self._meant)
        self._change.setVisible(sheet.choice.hidden_rows is not None and bool(sheet.hidden.rows or not sheet.hidden.are_known))
        self._show_filters(sheet, words)
        self._show_left_out(sheet)
        self._offer(sheet, before, words)

    def _show_filters(self, sheet: SheetLinks, words: SheetWords) -> None:
        clear_layout(self._filters)
        filters = words.filters()
        kept = _columns_of_own_results(sheet)
        for number, (column, sentence) in enumerate(filters, start=1):
            remove = Button(say("Remove"), f"button_filter_remove_{number}", kind="quiet", glyph="cross")
            remove.setProperty("column", column)
            remove.setAccessibleName(say("Remove the filter: {condition}", condition=sentence))
            remove.clicked.connect(self._on_remove)
            remove.setVisible(column not in kept)
            holder = QWidget()
            told = say("Only rows where {condition}", condition=sentence)
            if column in kept:
                told = say("Only rows that the earlier run did not leave out")
            row = _row(PlainLabel(told), remove)
            row.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(row)
            self._filters.addWidget(holder)
            holder.show()  # Qt would show it a moment later, and the sentence is what was just chosen
        self._left.setText(words.rows_left())
        self._left.setVisible(bool(filters))

    def _show_left_out(self, sheet: SheetLinks) -> None:
        hidden, filtered = (sheet.left_out.count(reason) for reason in (LeftOut.HIDDEN, LeftOut.FILTERED))
        for kind, count, text in (
            (RowKind.HIDDEN, hidden, say_count("{n} hidden", "{n} hidden", hidden)),
            (RowKind.FILTERED, filtered, say_count("{n} left out", "{n} left out", filtered)),
        ):
            self._shows[kind].say(text)
            self._shows[kind].setChecked(False)
            self._shows[kind].setVisible(bool(count))

    def _offer(self, sheet: SheetLinks, before: RowsBefore | None, words: SheetWords) -> None:
        """What was meant last time, as far as this sheet leaves it open."""
        choice = sheet.choice
        hidden = before.hidden_rows if before is not None and sheet.hidden.rows and choice.hidden_rows is None else None
        where = before.where if before is not None and not choice.where else ()
        offers = hidden is not None or bool(where)
        self._offered = None
        if offers:
            self._before.setText(words.before(RowsBefore(hidden, where)))
            self._offered = replace(sheet.as_chosen(), hidden_rows=hidden or choice.hidden_rows, where=where or choice.where)
        self._before.setVisible(offers)
        self._as_before.setVisible(offers)

    def _show_button(self, name: str, glyph: str) -> Button:
        button = Button("", name, kind="quiet", glyph=glyph)
        button.setCheckable(True)
        button.clicked.connect(self._on_show)
        return button

    @Slot()
    def _on_show(self) -> None:
        self.filtered.emit(frozenset(kind for kind, button in self._shows.items() if button.isChecked()))

    @Slot()
    def _on_change(self) -> None:
        if self._sheet is not None:
            self.changed.emit(replace(self._sheet.as_chosen(), hidden_rows=None))

    @Slot()
    def _on_as_before(self) -> None:
        if self._offered is not None:
            self.changed.emit(self._offered)

    @Slot()
    def _on_remove(self) -> None:
        if self._sheet is not None and (button := self.sender()) is not None:
            column = button.property("column")
            rest = [one for one in self._sheet.choice.where if not (isinstance(one, Condition) and one.column == column)]
            self.changed.emit(replace(self._sheet.as_chosen(), where=tuple(rest)))


def _columns_of_own_results(sheet: SheetLinks) -> set[int]:
    """The column by which results of ours leave out again what a run left out; that filter comes back when it is removed."""
    own, first = set(map(code_of, LeftOut)), sheet.reading.first_own_column
    conditions = [one for one in sheet.choice.where if isinstance(one, Condition)]
    return {one.column for one in conditions if one.excluded and one.value in own and first is not None and one.column >= first}


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    """Side by side; a label takes what the buttons leave."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1 if isinstance(first, PlainLabel) else 0)
    for widget in others:
        row.addWidget(widget)
    if not isinstance(first, PlainLabel):
        row.addStretch(1)
    return row
