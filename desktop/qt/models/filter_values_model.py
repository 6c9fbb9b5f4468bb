"""The values of a column to tick for a filter, each with the rows that it stands in; searched by an index list."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.application.row_filters import ColumnValue
from desktop.domain.row_choices import folded
from desktop.qt.models.cells import plain_tip
from desktop.qt.theme import color
from desktop.words import language, say

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_VALUE, _ROWS = range(2)


class FilterValuesModel(QAbstractTableModel):
    """Columns: value with its box, rows. A tick stays when a search hides its value. ``ticks_changed`` after each tick."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: Sequence[ColumnValue] = ()
        self._shown: Sequence[int] = ()
        self._ticked: set[str] = set()

    @property
    def ticked(self) -> list[str]:
        """The values that are ticked, in the order of the list."""
        return [one.text for one in self._values if folded(one.text) in self._ticked]

    def show_values(self, values: Sequence[ColumnValue], ticked: Sequence[str] = ()) -> None:
        """Other values; of them these are ticked."""
        self.beginResetModel()
        self._values, self._shown = values, range(len(values))
        self._ticked = {folded(text) for text in ticked}
        self.endResetModel()
        self.ticks_changed.emit()

    def search(self, text: str) -> None:
        """Show only values that contain this text, whatever the case."""
        sought = text.strip().casefold()
        self.beginResetModel()
        self._shown = [place for place, one in enumerate(self._values) if sought in one.text.casefold()]
        self.endResetModel()

    def toggle(self, index: Index) -> None:
        """Tick what is not ticked, and the other way round."""
        state = self.index(index.row(), _VALUE).data(Qt.ItemDataRole.CheckStateRole)
        is_ticked = Qt.CheckState(state) is Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked
        self.setData(self.index(index.row(), _VALUE), state, Qt.ItemDataRole.CheckStateRole)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        box = Qt.ItemFlag.ItemIsUserCheckable if index.column() == _VALUE else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | box

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tick and the rows at the right."""
        if not index.isValid():
            return None
        value, column = self._values[self._shown[index.row()]], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return language().number(value.rows) if column == _ROWS else self._called(value)
        if role == Qt.ItemDataRole.ToolTipRole and column == _VALUE:
            return plain_tip(self._called(value))
        if role == Qt.ItemDataRole.CheckStateRole and column == _VALUE:
            return Qt.CheckState.Checked if folded(value.text) in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _ROWS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and (column == _ROWS or not value.text):
            return color("secondary")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column() != _VALUE:
            return False
        text = folded(self._values[self._shown[index.row()]].text)
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(text)
        else:
            self._ticked.discard(text)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticks_changed.emit()
        return True

    def _called(self, value: ColumnValue) -> str:
        return " ".join(value.text.split()) or say("(empty)")
