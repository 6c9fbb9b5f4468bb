"""The first rows of a file as they were read, before anything was made of them."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.column_titles import letter_of
from desktop.domain.readings import Cells
from desktop.qt.models.cells import plain_tip
from desktop.qt.theme import color
from desktop.words import language, say

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_COLUMNS = 50
_LONGEST_CELL = 500


class FirstRowsModel(QAbstractTableModel):
    """Columns: row number, then those of the file by their letters. A header that was named is tinted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[int, Cells]] = []
        self._header: int | None = None
        self._width = 0

    def show_rows(self, rows: Mapping[int, Cells], header: int | None) -> None:
        """Other rows, by their numbers (from 1)."""
        self.beginResetModel()
        self._rows, self._header = list(rows.items()), header
        self._width = min(_MOST_COLUMNS, max((len(cells) for cells in rows.values()), default=0))
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Row number and the columns, not without end."""
        return 0 if parent.isValid() else 1 + self._width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give columns the letters that a spreadsheet program shows."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return say("Row") if section == 0 else letter_of(section - 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        number, cells = self._rows[index.row()]
        column = index.column() - 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            cell = cells[column][:_LONGEST_CELL] if 0 <= column < len(cells) else ""
            text = language().number(number) if column < 0 else cell.replace("\n", " ")
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.BackgroundRole and number == self._header:
            return color("tint")
        if role == Qt.ItemDataRole.ForegroundRole and column < 0:
            return color("secondary")
        return None
