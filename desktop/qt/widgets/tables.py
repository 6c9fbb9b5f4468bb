"""Tables over our own models: fixed heights, no measuring of a million rows, copy as text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTreeView,
    QWidget,
)

from desktop.qt.theme import color, fixed_font

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
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
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Jump to the row that begins so, where there are not too many."""
        if self.model() is not None and self.model().rowCount() <= _MOST_ROWS_TO_JUMP:
            super().keyboardSearch(search)


class TreeView(QTreeView):
    """A tree with the same habits; asks its model for more rows below a row when the last of them comes into sight."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(16, 16))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.header().setStretchLastSection(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows as text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
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


def copy_rows(view: QAbstractItemView) -> None:
    """The chosen rows, whole IDs, columns separated by tabs."""
    model, chosen = view.model(), view.selectionModel()
    if model is None or chosen is None:
        return
    rows = []
    for index in sorted(chosen.selectedRows(), key=_place):
        cells = [model.index(index.row(), column, index.parent()) for column in range(model.columnCount(index.parent()))]
        rows.append("\t".join(str(cell.data(ID_ROLE) or cell.data() or "") for cell in cells))
    if rows:
        QApplication.clipboard().setText("\n".join(rows))


def _place(index: QModelIndex) -> tuple[int, ...]:
    """Where a row stands in the view: its parents' rows, then its own."""
    above = index.parent()
    return (*_place(above), index.row()) if above.isValid() else (index.row(),)


class IdDelegate(QStyledItemDelegate):
    """IDs in the fixed font, elided in the middle; the last four digits are never hidden."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Called by Qt before it paints a cell."""
        super().initStyleOption(option, index)
        option.font = fixed_font()
        # The middle gives way evenly to both sides, so in a narrow column it would take the last digits too.
        enough = option.fontMetrics.horizontalAdvance("0" * _ROOM_FOR_BOTH_ENDS)
        narrow = option.rect.width() < enough
        option.textElideMode = Qt.TextElideMode.ElideLeft if narrow else Qt.TextElideMode.ElideMiddle


def short_id(record_id: str) -> str:
    """``…5128``: the part of an ID that people compare."""
    return f"…{record_id[-_LAST_DIGITS:]}"
