"""The rows of a sheet as they stand in it, with what was found in each; filtered by an index array, never by a proxy."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.readings import SheetLinks
from desktop.domain.relations import words_of
from desktop.domain.row_choices import LeftOut
from desktop.qt.icons import icon
from desktop.qt.models.cells import plain_tip
from desktop.qt.sheet_words import SheetWords
from desktop.qt.theme import color
from desktop.words import language, say, say_text
from desktop.words.rejections import explain_rejection

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RowKind(IntEnum):
    """The worst that was found in a row, from harmless to bad; the last two are of rows in which nothing was looked for."""

    BLANK = 0
    FINE = 1
    CLEANED = 2
    SUSPICIOUS = 3
    REJECTED = 4
    DAMAGED = 5
    HIDDEN = 6
    FILTERED = 7


NOT_MEANT = frozenset({RowKind.HIDDEN, RowKind.FILTERED})


@dataclass(frozen=True, slots=True)
class RowStates:
    """What was found in each row: its kind by place, and by row number why its first rejected entry cannot be sent."""

    kinds: bytearray
    reasons: Mapping[int, str]

    @classmethod
    def of(cls, sheet: SheetLinks) -> "RowStates":
        """Looks at every entry, so that for a large sheet it belongs off the window's thread."""
        return cls(_kinds_of(sheet), _reasons_of(sheet))


class SheetRowsModel(QAbstractTableModel):
    """Columns: row number, state, then the sheet's own. GUI thread only; ``states`` may have been made elsewhere."""

    FIRST_OF_SHEET = 2

    def __init__(self, sheet: SheetLinks, states: RowStates, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._first_number = _first_number(sheet)
        self._kinds, self._reasons = states.kinds, states.reasons
        self._titles = SheetWords(sheet).titles(_titles_in_words(sheet))
        self._shown: Sequence[int] = range(len(sheet.rows))

    def show_only(self, kinds: frozenset[RowKind]) -> None:
        """Only rows of these kinds; all of them when empty."""
        self.beginResetModel()
        self._shown = range(len(self._sheet.rows))
        if kinds:
            # By byte tables, because there may be a million rows and the user waits.
            is_shown = self._kinds.translate(bytes(kind in kinds for kind in range(256)))
            self._shown = array("L", compress(self._shown, is_shown))
        self.endResetModel()

    @property
    def longest_state(self) -> str:
        """The longest word for a state of a row that the sheet may hold, reasons of rejected ones left aside."""
        return max((self._word(kind) for kind in RowKind if kind in self._kinds), key=len, default="")

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Row number, state, and the sheet's columns."""
        return 0 if parent.isValid() else self.FIRST_OF_SHEET + len(self._sheet.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles; the two chosen columns are titled in words, and their own titles are in the tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and section >= self.FIRST_OF_SHEET:
            return plain_tip(self._sheet.headers[section - self.FIRST_OF_SHEET])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < self.FIRST_OF_SHEET:
            return (say("Row"), say("State"))[section]
        return self._titles[section - self.FIRST_OF_SHEET]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tint and icon of a cell."""
        if not index.isValid():
            return None
        place, column = self._shown[index.row()], index.column() - self.FIRST_OF_SHEET
        kind = RowKind(self._kinds[place])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(place, column, kind)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(place, column, kind))
        if role == Qt.ItemDataRole.BackgroundRole and column in (self._sheet.columns.parent, self._sheet.columns.related):
            return color("tint")
        if role == Qt.ItemDataRole.DecorationRole and column == -1:
            return icon(*_GLYPHS[kind]) if kind in _GLYPHS else None
        if role == Qt.ItemDataRole.ForegroundRole and kind in NOT_MEANT:
            return color("not_sent")
        if role == Qt.ItemDataRole.ForegroundRole and column < 0:
            return color("secondary")
        return None

    def _text(self, place: int, column: int, kind: RowKind) -> str:
        if column == -2:
            return language().number(self._first_number + place)
        if column == -1:
            reason = self._reasons.get(self._first_number + place)
            return reason or self._word(kind)
        cells = self._sheet.rows[place].cells
        return cells[column].replace("\n", " ") if column < len(cells) else ""

    def _word(self, kind: RowKind) -> str:
        match kind:
            case RowKind.BLANK:
                return say("Blank")
            case RowKind.CLEANED:
                return say("Cleaned")
            case RowKind.SUSPICIOUS:
                return say("Suspicious")
            case RowKind.HIDDEN:
                return say("Hidden")
            case RowKind.FILTERED:
                return say("Left out by your filter")
        return say("Fine")


_GLYPHS = {
    RowKind.FINE: ("check", "removed"),
    RowKind.CLEANED: ("check", "accent"),
    RowKind.SUSPICIOUS: ("question", "unknown"),
    RowKind.REJECTED: ("cross", "refused"),
    RowKind.DAMAGED: ("warning", "refused"),
    RowKind.HIDDEN: ("hidden", "not_sent"),
    RowKind.FILTERED: ("filter", "not_sent"),
}
_LEFT_OUT_KINDS = {LeftOut.HIDDEN: RowKind.HIDDEN, LeftOut.FILTERED: RowKind.FILTERED}


def _titles_in_words(sheet: SheetLinks) -> dict[int, str]:
    """The two chosen columns by the records that they name."""
    if not sheet.relations:
        return {}
    relation = sheet.relations[0]
    return {
        sheet.columns.parent: say_text(words_of(relation.parent_module).one),
        sheet.columns.related: say_text(words_of(relation.related_list).one),
    }


def _first_number(sheet: SheetLinks) -> int:
    return sheet.rows[0].number if len(sheet.rows) else 0


def _kinds_of(sheet: SheetLinks) -> bytearray:
    kinds, first_number = bytearray(len(sheet.rows)), _first_number(sheet)
    entries = sheet.entries
    for index, row in enumerate(entries.rows):
        link = entries.links[index]
        if link >= 0:
            kind = _kind_of_link(sheet, index, link)
        else:
            kind = RowKind.DAMAGED if entries[index].rejection == "damaged" else RowKind.REJECTED
        place = row - first_number
        kinds[place] = max(kinds[place], kind)
    for row, reason in sheet.left_out:
        kinds[row - first_number] = _LEFT_OUT_KINDS[reason]
    return kinds


def _kind_of_link(sheet: SheetLinks, index: int, link: int) -> RowKind:
    entries, links = sheet.entries, sheet.links
    if link in links.suspicious:
        return RowKind.SUSPICIOUS
    is_bare = entries.parent_texts[index] == links.parent_ids[link] and entries.related_texts[index] == links.related_ids[link]
    return RowKind.FINE if is_bare else RowKind.CLEANED


def _reasons_of(sheet: SheetLinks) -> dict[int, str]:
    """Row number → why its first rejected entry cannot be sent."""
    reasons: dict[int, str] = {}
    for index, link in enumerate(sheet.entries.links):
        if link < 0:
            entry = sheet.entries[index]
            if entry.rejection is not None:
                reasons.setdefault(entry.row, explain_rejection(entry.rejection).title)
    return reasons
