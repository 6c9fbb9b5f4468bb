"""What will be removed, as the user thinks of it: their parents, and under each its links with their rows."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.domain.entries import Links
from desktop.domain.plans import Plan, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import words_of
from desktop.qt.icons import icon
from desktop.qt.theme import color, fixed_font
from desktop.qt.widgets.tables import ID_ROLE

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RECORD, COUNT, ROWS, STATE = range(4)
_NO_CALL = -1


class PlanModel(QAbstractItemModel):
    """Parents at the top, ticked or not; their links below, made when asked for. ``ticked_changed`` after each tick."""

    ticked_changed = Signal()

    def __init__(self, links: Links, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._links = links
        self._groups: dict[tuple[str, RecordId], list[int]] = {}
        for number in range(len(links)):
            key = (links.relation(number).parent_module, links.parent_ids[number])
            self._groups.setdefault(key, []).append(number)
        self._keys = list(self._groups)
        self._held = set() if links.included else links.suspicious
        self._unticked: set[int] = set()
        self._names: dict[RecordId, str] = {}
        self._shown: Sequence[int] = range(len(self._keys))
        self._plan = plan
        self._call_of = _call_of_links(links, plan)
        self._call_texts: dict[int, str] = {}

    def ticked_links(self) -> list[int]:
        """The links of ticked parents that may be sent."""
        ticked = (place for place in range(len(self._keys)) if place not in self._unticked)
        return [link for place in ticked for link in self._groups[self._keys[place]] if link not in self._held]

    def tick_all(self, on: bool) -> None:
        """Tick or untick every parent that is shown."""
        # One signal that also reaches the links below; a dataChanged reaches the rows of one parent only.
        self.layoutAboutToBeChanged.emit()
        for place in self._shown:
            self._unticked.discard(place) if on else self._unticked.add(place)
        self.layoutChanged.emit()
        self.ticked_changed.emit()

    def search(self, text: str) -> None:
        """Only parents whose ID or name, or one of whose links, contains the text."""
        wanted = text.strip().lower()
        self.beginResetModel()
        everything = range(len(self._keys))
        self._shown = [place for place in everything if self._contains(place, wanted)] if wanted else everything
        self.endResetModel()

    def show_names(self, names: dict[RecordId, str]) -> None:
        """Names of records, read from the CRM."""
        self.layoutAboutToBeChanged.emit()
        self._names.update(names)
        self.layoutChanged.emit()

    def show_calls(self, plan: Plan) -> None:
        """The calls of another plan of these links."""
        self._plan, self._call_of = plan, _call_of_links(self._links, plan)
        self._call_texts.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, ROWS), self.index(len(self._shown) - 1, ROWS))

    def parents_shown(self) -> int:
        """How many parents the search leaves."""
        return len(self._shown)

    def _contains(self, place: int, wanted: str) -> bool:
        parent_id = self._keys[place][1]
        if wanted in parent_id or wanted in self._names.get(parent_id, "").lower():
            return True
        return any(wanted in self._links.related_ids[link] for link in self._groups[self._keys[place]])

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """An index whose internal id is 0 for a parent record, else the parent's row plus one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has another shape
        """The parent record of a link."""
        above = index.internalId() if index.isValid() else 0
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Parents, or the links of one."""
        if not parent.isValid():
            return len(self._shown)
        return 0 if parent.internalId() or parent.column() else len(self._links_of(parent.row()))

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Record, count, rows, state."""
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Record"), self.tr("Links"), self.tr("Calls or row"), self.tr("What will happen"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Parents can be ticked."""
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsUserCheckable if index.column() == RECORD and not index.internalId() else base

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a parent."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != RECORD or index.internalId():
            return False
        place = self._shown[index.row()]
        checked = Qt.CheckState(value) is Qt.CheckState.Checked
        self._unticked.discard(place) if checked else self._unticked.add(place)
        above, last = self.index(index.row(), RECORD), self.rowCount(index) - 1
        self.dataChanged.emit(above, self.index(index.row(), STATE))
        self.dataChanged.emit(self.index(0, STATE, above), self.index(last, STATE, above))
        self.ticked_changed.emit()
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tick, icon and font of a cell."""
        if not index.isValid():
            return None
        above = index.internalId()
        return self._link_data(above - 1, index, role) if above else self._parent_data(index, role)

    def _parent_data(self, index: Index, role: int) -> object:
        place = self._shown[index.row()]
        module, parent_id = self._keys[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._parent_text(place, index.column())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == RECORD:
            return Qt.CheckState.Unchecked if place in self._unticked else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == RECORD:
            return f"{words_of(module).one} {parent_id}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == ROWS:
            return self.tr("A shared call is sent from the other record and removes links of several records at once.")
        return parent_id if role == ID_ROLE and index.column() == RECORD else None

    def _parent_text(self, place: int, column: int) -> str:
        module, parent_id = self._keys[place]
        links = self._groups[self._keys[place]]
        if column == RECORD:
            name = self._names.get(parent_id)
            return f"{words_of(module).one} {name}  {parent_id}" if name else f"{words_of(module).one} {parent_id}"
        if column == COUNT:
            return f"{len(links):,}"
        if column == ROWS:
            return self._calls_text(place)
        held = sum(link in self._held for link in links)
        if place in self._unticked:
            return self.tr("Left out")
        text = self.tr("%n link(s) will be removed", "", len(links) - held)
        return text if not held else text + self.tr(", %n held back", "", held)

    def _calls_text(self, place: int) -> str:
        """How many calls the links of a parent take: its own, and those of related records that it shares with others."""
        if place not in self._call_texts:
            calls = {self._call_of[link] for link in self._groups[self._keys[place]]} - {_NO_CALL}
            own = sum(self._plan.batches[call].side is Side.PARENT for call in calls)
            shared = self.tr("%1 shared").replace("%1", f"{len(calls) - own:,}") if len(calls) > own else ""
            texts = ([f"{own:,}"] if own else []) + ([shared] if shared else [])
            self._call_texts[place] = " + ".join(texts)
        return self._call_texts[place]

    def _link_data(self, row: int, index: Index, role: int) -> object:
        link = self._links_of(row)[index.row()]
        related_id = self._links.related_ids[link]
        if role == Qt.ItemDataRole.DisplayRole:
            name = self._names.get(related_id)
            if index.column() == RECORD:
                return f"{name}  {related_id}" if name else related_id
            if index.column() == ROWS:
                return self.tr("row %1").replace("%1", f"{self._links.first_rows[link]:,}")
            if index.column() == STATE:
                return self._link_state(row, link)
        if role == Qt.ItemDataRole.FontRole and index.column() == RECORD and related_id not in self._names:
            return fixed_font()
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATE:
            if link in self._held:
                return icon("question", "unknown")
            return icon("dash" if self._shown[row] in self._unticked else "unlink", "secondary")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != RECORD:
            return color("secondary")
        return related_id if role == ID_ROLE and index.column() == RECORD else None

    def _link_state(self, row: int, link: int) -> str:
        if link in self._held:
            return self.tr("Held back: suspicious ID")
        return self.tr("Left out") if self._shown[row] in self._unticked else self.tr("Will be removed")

    def _links_of(self, row: int) -> list[int]:
        return self._groups[self._keys[self._shown[row]]]


def _call_of_links(links: Links, plan: Plan) -> "array[int]":
    """For each link the place of its call in the plan."""
    calls = array("l", [_NO_CALL]) * len(links)
    for place, batch in enumerate(plan.batches):
        for link in batch.link_numbers:
            calls[link] = place
    return calls
