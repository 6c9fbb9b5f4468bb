"""Tables over our own models: fixed heights, no measuring of a million rows, copy as text."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
    QWidget,
)

from desktop.qt.theme import color, fixed_font
from desktop.qt.widgets.row_copying import RowCopier

_LAST_DIGITS = 4
# Jumping to what is typed asks the model for row after row, which takes seconds where there are many.
_MOST_ROWS_TO_JUMP = 10_000
# Four digits at each end, the dots, and the padding of a cell.
_ROOM_FOR_BOTH_ENDS = 2 * _LAST_DIGITS + 5


class TableView(QTableView):
    """A table of ``name`` whose accessible name is ``title``; without rows it shows ``when_empty``."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None, *, when_empty: str = "") -> None:
        super().__init__(parent)
        self._when_empty = when_empty
        self._copier = RowCopier(self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setIconSize(QSize(16, 16))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def setSelectionModel(self, selectionModel: QItemSelectionModel) -> None:
        """With another model, which may be the end of the one before."""
        super().setSelectionModel(selectionModel)
        self._copier.stop()
        _show_no_selection(self.horizontalHeader(), selectionModel.model())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the words in their place."""
        super().paintEvent(event)
        model = self.model()
        if self._when_empty and model is not None and not model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(color("secondary"))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), self._when_empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows as text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copier.copy()
        else:
            super().keyPressEvent(event)

    def copy_rows(self) -> None:
        """Copy the chosen rows as text, and all of them where none is chosen."""
        if not self.selectionModel().hasSelection():
            self.selectAll()
        self._copier.copy()

    def keyboardSearch(self, search: str) -> None:
        """Jump to the row that begins so, where there are not too many."""
        if self.model() is not None and self.model().rowCount() <= _MOST_ROWS_TO_JUMP:
            super().keyboardSearch(search)


class TreeView(QTreeView):
    """A tree with the same habits; asks its model for more rows below a row when the last of them comes into sight."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copier = RowCopier(self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(16, 16))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.header().setStretchLastSection(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def setSelectionModel(self, selectionModel: QItemSelectionModel) -> None:
        """With another model, which may be the end of the one before."""
        super().setSelectionModel(selectionModel)
        self._copier.stop()
        _show_no_selection(self.header(), selectionModel.model())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows as text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copier.copy()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_scrolled(self) -> None:
        """Qt itself asks for more rows at the top level only."""
        model, index = self.model(), self.indexAt(QPoint(0, 0))
        while index.isValid() and self.visualRect(index).top() <= self.viewport().height():
            above = index.parent()
            if above.isValid() and index.row() == model.rowCount(above) - 1 and model.canFetchMore(above):
                model.fetchMore(above)
                break
            index = self.indexBelow(index)


def _show_no_selection(titles: QHeaderView, model: QAbstractItemModel) -> None:
    """To paint titles that show one Qt would ask for every row of each column whether it is chosen."""
    titles.setSelectionModel(QItemSelectionModel(model, model))


_TITLE_PADDING = 16


def set_widths(view: QTableView | QTreeView, widths: Mapping[int, int]) -> None:
    """The widths of columns in pixels, each at least as wide as its title, which may be a long word in some language."""
    titles = view.horizontalHeader() if isinstance(view, QTableView) else view.header()
    for column, width in widths.items():
        # The style's padding around a title counts for nothing as long as the style is laid aside, while a window is made.
        view.setColumnWidth(column, max(width, titles.sectionSizeHint(column) + _TITLE_PADDING))


class IdDelegate(QStyledItemDelegate):
    """IDs in the fixed font, elided in the middle; the last four digits are never hidden."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Called by Qt before it paints a cell."""
        super().initStyleOption(option, index)
        option.font = fixed_font()
        option.direction = Qt.LayoutDirection.LeftToRight  # whatever the language, an ID is read so
        # The middle gives way evenly to both sides, so in a narrow column it would take the last digits too.
        enough = option.fontMetrics.horizontalAdvance("0" * _ROOM_FOR_BOTH_ENDS)
        narrow = option.rect.width() < enough
        option.textElideMode = Qt.TextElideMode.ElideLeft if narrow else Qt.TextElideMode.ElideMiddle


def short_id(record_id: str) -> str:
    """``…5128``: the part of an ID that people compare."""
    return f"…{record_id[-_LAST_DIGITS:]}"
