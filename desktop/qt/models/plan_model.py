"""What will be removed, as the user thinks of it: their parents, and under each its links with their rows."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.domain.operations import Operation
from desktop.domain.previews import SENT, LinkFate, PlanFacts, Preview, Shown, Unticked
from desktop.domain.records import RecordId
from desktop.domain.relations import words_of
from desktop.qt.icons import icon
from desktop.qt.models.cells import ID_ROLE
from desktop.qt.models.ticks import Ticks
from desktop.qt.run_words import RunWords
from desktop.qt.theme import color, fixed_font
from desktop.words import language, say, say_count
from desktop.words.joining import enumerated

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RECORD, COUNT, ROWS, STATE = range(4)
_COLUMNS = 4
_BLOCK = 500
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TICKABLE = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable


class PlanModel(QAbstractItemModel):
    """Parents at the top, ticked or not; their links below. ``ticked_changed`` after each tick.

    A view lays out every row that it is told of, so it is told of them by blocks, as it comes to their ends.
    """

    ticked_changed = Signal()
    operation = Operation.REMOVE
    """What the plan is for; set before the model is shown."""

    def __init__(self, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview = preview
        self._links = preview.links
        self._ticks = Ticks(preview)
        self.names: Mapping[RecordId, str] = {}
        self._facts: PlanFacts | None = None
        self._fates: Collection[LinkFate] = ()
        self._shown = preview.everything()
        self._rows = min(_BLOCK, len(self._shown.places))
        self._rows_below: dict[int, int] = {}
        self._positions: dict[int, Sequence[int]] = {}

    @property
    def unticked(self) -> Unticked:
        """The links that the user left out."""
        return self._ticks.unticked()

    def show_calls(self, facts: PlanFacts) -> None:
        """Take over the calls of the present plan, which parents show."""
        self._facts = facts
        if self._rows:
            self.dataChanged.emit(self.index(0, ROWS), self.index(self._rows - 1, ROWS))

    def show_preview(self, preview: Preview) -> None:
        """The same links after a look into the CRM, all of them; what is ticked stays."""
        self.preview = preview
        self.show_only(preview.everything())

    def tick_all(self, on: bool) -> None:
        """Tick or untick every parent that is shown."""
        # One signal that also reaches the links below; a dataChanged reaches the rows of one parent only.
        self.layoutAboutToBeChanged.emit()
        self._ticks.tick_shown(self._shown, on)
        self.layoutChanged.emit()
        self.ticked_changed.emit()

    def show_only(self, shown: Shown, fates: Collection[LinkFate] = ()) -> None:
        """Only these parents, and below them only links with one of the fates; all their links without any."""
        self.beginResetModel()
        self._shown, self._fates = shown, fates
        self._rows, self._rows_below, self._positions = min(_BLOCK, len(shown.places)), {}, {}
        self.endResetModel()

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Names of records, read from the CRM."""
        self.layoutAboutToBeChanged.emit()
        self.names = names
        self.layoutChanged.emit()

    def parents_shown(self) -> int:
        """How many parents search and filter leave."""
        return len(self._shown.places)

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """An index whose internal id is 0 for a parent record, else the parent's row plus one."""
        if not 0 <= column < _COLUMNS or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has another shape
        above = index.internalId() if index.isValid() else 0
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Parents, or the links of one, as far as the view was told of them."""
        if not parent.isValid():
            return self._rows
        if parent.internalId() or parent.column():
            return 0
        return self._rows_below.get(parent.row()) or min(_BLOCK, len(self._positions_of(parent.row())))

    def hasChildren(self, parent: Index = _ROOT) -> bool:
        """Every parent that is shown has links that are."""
        if not parent.isValid():
            return bool(self._rows)
        return not parent.internalId() and not parent.column()

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are rows that the view was not told of."""
        return self.rowCount(parent) < self._all_rows(parent)

    def fetchMore(self, parent: Index) -> None:
        """Tell the view of one more block of rows."""
        first = self.rowCount(parent)
        rows = min(first + _BLOCK, self._all_rows(parent))
        if rows > first:
            self.beginInsertRows(parent, first, rows - 1)
            if parent.isValid():
                self._rows_below[parent.row()] = rows
            else:
                self._rows = rows
            self.endInsertRows()

    def _all_rows(self, parent: Index) -> int:
        if not parent.isValid():
            return len(self._shown.places)
        return 0 if parent.internalId() or parent.column() else len(self._positions_of(parent.row()))

    def columnCount(self, parent: Index = _ROOT) -> int:
        return _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (say("Record"), say("Links"), say("Calls or row"), say("What will happen"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked for every row that is laid out, so nothing is worked out here.
        if not index.isValid():
            return super().flags(index)
        return _TICKABLE if index.column() == RECORD else _PLAIN

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a parent or a link."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != RECORD:
            return False
        on = Qt.CheckState(value) is not Qt.CheckState.Unchecked
        above = index.internalId()
        top = self.index(above - 1, RECORD) if above else self.index(index.row(), RECORD)
        if above:
            self._ticks.tick_link(self._positions_of(top.row())[index.row()], on)
        else:
            self._ticks.tick(self._shown.places[top.row()], on)
        self.dataChanged.emit(top, self.index(top.row(), STATE))
        self.dataChanged.emit(self.index(0, RECORD, top), self.index(self.rowCount(top) - 1, STATE, top))
        self.ticked_changed.emit()
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tick, icon and font of a cell."""
        if not index.isValid():
            return None
        above = index.internalId()
        return self._link_data(above - 1, index, role) if above else self._parent_data(index, role)

    def _parent_data(self, index: Index, role: int) -> object:
        place = self._shown.places[index.row()]
        module, parent_id = self.preview.parent(place)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._parent_text(place, index.column())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == RECORD:
            return self._ticks.state_of(place)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == RECORD:
            return _called(module, parent_id)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == ROWS:
            return say("A shared call is sent from the other record and removes links of several records at once.")
        return parent_id if role == ID_ROLE and index.column() == RECORD else None

    def _parent_text(self, place: int, column: int) -> str:
        module, parent_id = self.preview.parent(place)
        if column == RECORD:
            return _called(module, parent_id, self.names.get(parent_id))
        if column == COUNT:
            return language().number(len(self.preview.positions_of(place)))
        if column == ROWS:
            return self._calls_text(parent_id)
        return self._parent_state(place)

    def _parent_state(self, place: int) -> str:
        if self._ticks.state_of(place) is Qt.CheckState.Unchecked:
            return say("Left out")
        counts, fates, order = self.preview.counts, self.preview.fates, self.preview.order
        left_out = sum(fates[order[position]] in SENT for position in self._ticks.left_out_of(place))
        sent = sum(counts[fate][place] for fate in SENT) - left_out
        parts = [RunWords(self.operation).fate(sent)]
        if number := counts[LinkFate.NOT_LINKED][place]:
            parts.append(say_count("{n} not linked", "{n} not linked", number))
        if number := counts[LinkFate.NOT_FOUND][place]:
            parts.append(say_count("{n} not found", "{n} not found", number))
        if number := counts[LinkFate.HELD_BACK][place]:
            parts.append(say_count("{n} held back", "{n} held back", number))
        return enumerated(parts)

    def _calls_text(self, parent_id: RecordId) -> str:
        """How many calls the links of a parent take: its own, and those of related records that it shares with others."""
        if self._facts is None:
            return ""
        own, shared = self._facts.calls_of.get(parent_id, 0), self._facts.shared_by.get(parent_id, 0)
        if own and shared:
            return say("{own} + {shared} shared", own=own, shared=shared)
        return say("{shared} shared", shared=shared) if shared else language().number(own) if own else ""

    def _link_data(self, row: int, index: Index, role: int) -> object:
        position = self._positions_of(row)[index.row()]
        link = self.preview.order[position]
        related_id = self._links.related_ids[link]
        if role == Qt.ItemDataRole.DisplayRole:
            name = self.names.get(related_id)
            if index.column() == RECORD:
                return say("{name}  {id}", name=name, id=related_id) if name else related_id
            if index.column() == ROWS:
                return say("row {row}", row=self._links.first_rows[link])
            if index.column() == STATE:
                return self._link_state(position)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == RECORD:
            return Qt.CheckState.Checked if self._ticks.is_ticked(position) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.FontRole and index.column() == RECORD and not self.names.get(related_id):
            return fixed_font()
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATE:
            fate = self._fate(position)
            is_put_back = fate is LinkFate.WILL_BE_SENT and self.operation.ends_linked
            return icon(*(("undo", "secondary") if is_put_back else _GLYPHS[fate]))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != RECORD:
            return color("secondary")
        return related_id if role == ID_ROLE and index.column() == RECORD else None

    def _fate(self, position: int) -> LinkFate | None:
        """The fate of a link; None when it is left out."""
        fate = LinkFate(self.preview.fates[self.preview.order[position]])
        return fate if fate not in SENT or self._ticks.is_ticked(position) else None

    def _link_state(self, position: int) -> str:
        words = {
            None: say("Left out"),
            LinkFate.WILL_BE_SENT: RunWords(self.operation).fate_of_one(),
            LinkFate.NOT_LINKED: say("Already not linked"),
            LinkFate.NOT_FOUND: say("Not found in Zoho"),
            LinkFate.HELD_BACK: say("Held back: suspicious ID"),
            LinkFate.UNCLEAR: say("Will be removed; could not be read"),
        }
        return words[self._fate(position)]

    def _positions_of(self, row: int) -> Sequence[int]:
        """The positions of the links below a parent that are shown."""
        positions = self.preview.positions_of(self._shown.places[row])
        if not self._fates:
            return positions
        if row not in self._positions:
            fates, order = self.preview.fates, self.preview.order
            self._positions[row] = [position for position in positions if fates[order[position]] in self._fates]
        return self._positions[row]


def _called(module: str, record_id: RecordId, name: str | None = None) -> str:
    """A record by its kind, its name where it is known, and its ID."""
    kind, shown_id = words_of(module).one, record_id
    if name:
        return say("{kind} {name}  {id}", kind=kind, name=name, id=shown_id)
    return say("{kind} {id}", kind=kind, id=shown_id)


_GLYPHS: Mapping[LinkFate | None, tuple[str, str]] = {
    None: ("dash", "secondary"),
    LinkFate.WILL_BE_SENT: ("unlink", "secondary"),
    LinkFate.NOT_LINKED: ("dash", "not_linked"),
    LinkFate.NOT_FOUND: ("search", "unknown"),
    LinkFate.HELD_BACK: ("question", "unknown"),
    LinkFate.UNCLEAR: ("question", "unknown"),
}
