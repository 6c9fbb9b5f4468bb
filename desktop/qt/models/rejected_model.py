"""The entries of a sheet that could not be used: their row, both cells as they stand in the sheet, and why."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.entries import Entries, Rejection
from desktop.qt.models.cells import plain_tip
from desktop.qt.theme import fixed_font
from desktop.words import language, say
from desktop.words.explanations import Explanation
from desktop.words.rejections import explain_rejection

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW, WHY, FIRST_ID, SECOND_ID, WHAT_TO_DO = range(5)


class RejectedModel(QAbstractTableModel):
    """A line for each of these entries, made when it comes into sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = Entries()
        self._places: Sequence[int] = ()
        self._words: dict[Rejection, Explanation] = {}
        self._titles = ("", "")

    def show_entries(self, entries: Entries, places: Sequence[int], titles: tuple[str, str]) -> None:
        """Show these places of the entries; ``titles`` name the two ends of a link."""
        self.beginResetModel()
        self._entries, self._places, self._titles = entries, places, titles
        self._words = {reason: explain_rejection(reason) for reason in entries.rejected()}
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WHAT_TO_DO + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        first, second = (say("{module}: ID", module=title) for title in self._titles)
        return (say("Row"), say("Cause"), first, second, say("What to do"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and font of a cell."""
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._places[index.row()], column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(self._places[index.row()], column))
        return fixed_font() if role == Qt.ItemDataRole.FontRole and column in (FIRST_ID, SECOND_ID) else None

    def _text(self, place: int, column: int) -> str:
        entry = self._entries[place]
        words = self._words[entry.rejection] if entry.rejection is not None else Explanation("", "")
        texts = {
            ROW: language().number(entry.row),
            WHY: words.title,
            FIRST_ID: entry.parent_text,
            SECOND_ID: entry.related_text,
            WHAT_TO_DO: words.what_to_do,
        }
        return texts[column]
