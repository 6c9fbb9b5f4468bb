"""A filter by one column: choose it, then tick its values, type one, or say that it is empty or not.

It takes the place of the cards beside the table, so that the rows stay in sight while one chooses.
"""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.application.row_filters import MOST_VALUES, ColumnValue
from desktop.domain.readings import SheetLinks
from desktop.domain.row_choices import Condition
from desktop.qt.models.filter_values_model import FilterValuesModel
from desktop.qt.sheet_words import SheetWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.forms import Choice
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import caption_label
from desktop.qt.widgets.tables import TreeView
from desktop.words import say

_SEARCHED_FROM = 12


class FilterKind(Enum):
    """How the cells of the column are judged."""

    ONE_OF = "one_of"
    NONE_OF = "none_of"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"

    @property
    def excludes(self) -> bool:
        """True for the kinds that name what the cells must not be."""
        return self in (FilterKind.NONE_OF, FilterKind.NOT_EMPTY)

    @property
    def has_values(self) -> bool:
        """True for the kinds that need values."""
        return self in (FilterKind.ONE_OF, FilterKind.NONE_OF)


class FilterPanel(Card):
    """``wants_values`` (column) to have them counted, ``applied`` (all conditions of the sheet from now on), ``closed``."""

    wants_values = Signal(int)
    applied = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Only rows where"), parent, name="card_filter")
        self._where: Sequence[Condition] = ()
        self._is_counted, self._has_list = False, False
        self._column = Choice("combo_filter_column", say("Column"))
        self._column.setPlaceholderText(say("Choose a column"))
        self._column.activated.connect(self._on_column)
        self._kind = Choice("combo_filter_kind", say("Condition"))
        for kind, text in (
            (FilterKind.ONE_OF, say("is one of")),
            (FilterKind.NONE_OF, say("is not one of")),
            (FilterKind.EMPTY, say("is empty")),
            (FilterKind.NOT_EMPTY, say("is not empty")),
        ):
            self._kind.addItem(text, kind)
        self._kind.activated.connect(self._on_kind)
        self._counting = QProgressBar()
        self._counting.setRange(0, 0)
        self._counting.setTextVisible(False)
        self._counting.setAccessibleName(say("Working"))
        self._note = caption_label("")
        self._search = QLineEdit()
        self._search.setObjectName("input_filter_search")
        self._search.setAccessibleName(say("Search the values"))
        self._search.setPlaceholderText(say("Search the values"))
        self._search.setClearButtonEnabled(True)
        self._value = QLineEdit()
        self._value.setObjectName("input_filter_value")
        self._value.setAccessibleName(say("Value"))
        self._value.setPlaceholderText(say("Value"))
        self._value.textChanged.connect(self._show_state)
        self._value.returnPressed.connect(self._on_apply)
        self._values = FilterValuesModel(self)
        self._values.ticks_changed.connect(self._show_state)
        self._search.textChanged.connect(self._values.search)
        self._list = self._make_list()
        self._apply = Button(say("Apply"), "button_filter_apply")
        self._apply.clicked.connect(self._on_apply)
        cancel = Button(say("Cancel"), "button_filter_cancel")
        cancel.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._apply)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        for widget in (self._column, self._kind, self._counting, self._note, self._search, self._value):
            self.body.addWidget(widget)
        self.body.addWidget(self._list, 1)
        self.body.addStretch(0)
        self.body.addLayout(buttons)

    def open_for(self, sheet: SheetLinks, column: int | None = None) -> None:
        """Begin with a column (from 0), or with none chosen."""
        self._where = [one for one in sheet.choice.where if isinstance(one, Condition)]
        self._column.clear()
        for place, title in enumerate(SheetWords(sheet).titles()):
            self._column.addItem(title, place)
        self._column.setCurrentIndex(-1 if column is None else self._column.findData(column))
        self._on_column()

    def show_values(self, column: int, values: Sequence[ColumnValue] | None) -> None:
        """The values of a column, unless another one was chosen meanwhile; None when there are too many to list."""
        if column != self._column.currentData() or self._is_counted:
            return
        self._is_counted, self._has_list = True, values is not None
        present = [one for one in self._where if one.column == column and one.excluded is self._kind.currentData().excludes]
        self._values.show_values(values or (), [one.value for one in present])
        self._show_state()

    def first_focus(self) -> QWidget:
        return self._column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _make_list(self) -> TreeView:
        view = TreeView("list_filter_values", say("Values"))
        view.setModel(self._values)
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setItemDelegate(_WholeRowTicks(view))
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        view.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMinimumHeight(5 * (view.fontMetrics().height() + 10))
        return view

    @Slot()
    def _on_column(self) -> None:
        """Another column: what was said of it before, or nothing; its values are not known yet."""
        column = self._column.currentData()
        self._kind.show_data(self._kind_before(column))
        self._search.clear()
        self._value.clear()
        self._values.show_values(())
        self._is_counted = False
        self._ask_for_values()

    @Slot()
    def _on_kind(self) -> None:
        self._ask_for_values()

    def _ask_for_values(self) -> None:
        """Once for each column that is chosen, and not where only its emptiness counts."""
        column = self._column.currentData()
        if column is not None and self._kind.currentData().has_values and not self._is_counted:
            self.wants_values.emit(column)
        self._show_state()

    def _kind_before(self, column: int | None) -> FilterKind:
        before = [one for one in self._where if one.column == column]
        if not before:
            return FilterKind.ONE_OF
        if len(before) == 1 and not before[0].value:
            return FilterKind.NOT_EMPTY if before[0].excluded else FilterKind.EMPTY
        return FilterKind.NONE_OF if before[0].excluded else FilterKind.ONE_OF

    @Slot()
    def _show_state(self) -> None:
        """What can be done now, by column and kind."""
        chosen, has_values = self._column.currentData() is not None, self._kind.currentData().has_values
        lists = chosen and has_values and self._is_counted
        self._kind.setVisible(chosen)
        self._counting.setVisible(chosen and has_values and not self._is_counted)
        self._list.setVisible(lists and self._has_list)
        self._search.setVisible(lists and self._has_list and self._is_long())
        self._value.setVisible(lists and not self._has_list)
        note = ""
        if chosen and has_values and not self._is_counted:
            note = say("Counting its values…")
        elif lists and not self._has_list:
            note = say("It has more than {most} different values. Type the one that is meant.", most=MOST_VALUES)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._apply.setEnabled(bool(self._conditions()))

    def _is_long(self) -> bool:
        return self._values.rowCount() >= _SEARCHED_FROM or bool(self._search.text())

    def _conditions(self) -> list[Condition]:
        """What is said of the chosen column; nothing as long as it is not enough."""
        column, kind = self._column.currentData(), self._kind.currentData()
        if column is None:
            return []
        if not kind.has_values:
            return [Condition(column, "", kind.excludes)]
        if not self._is_counted:
            return []
        if self._has_list:
            return [Condition(column, value, kind.excludes) for value in self._values.ticked]
        typed = self._value.text().strip()
        before = [one for one in self._where if one.column == column and one.excluded is kind.excludes and one.value]
        return [*before, Condition(column, typed, kind.excludes)] if typed else []

    @Slot()
    def _on_apply(self) -> None:
        if conditions := self._conditions():
            others = [one for one in self._where if one.column != conditions[0].column]
            self.applied.emit((*others, *conditions))


class _WholeRowTicks(QStyledItemDelegate):
    """A click anywhere in a row ticks it, and so does the space bar; rows are as high as in a table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Called by Qt for the first row; all have its height."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), option.fontMetrics.height() + 12))

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Called by Qt for what happens to a cell."""
        released = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        )
        pressed = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if (released or pressed) and isinstance(model, FilterValuesModel):
            model.toggle(index)
            return True
        return False
