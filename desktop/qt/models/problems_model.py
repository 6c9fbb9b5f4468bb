"""The links of a group of outcomes, or those of a run at work that did not simply go; the latter grows in blocks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.entries import Links
from desktop.domain.operations import Operation
from desktop.domain.outcomes import DONE, LinkOutcome
from desktop.domain.records import RecordId
from desktop.domain.relations import words_of
from desktop.qt.icons import icon
from desktop.qt.models.cells import ID_ROLE, OUTCOME_TOKENS
from desktop.qt.theme import fixed_font
from desktop.words import language, say, say_text
from desktop.words.causes import explain_cause
from desktop.words.labels import outcome_label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW, OUTCOME, PARENT, RELATED, CAUSE, WHAT_TO_DO, PARENT_NAME, RELATED_NAME = range(8)


class ProblemsModel(QAbstractTableModel):
    """One line a link; a link that is settled later keeps its line and changes it."""

    def __init__(self, links: Links | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.begin(links or Links())

    def begin(self, links: Links, operation: Operation = Operation.REMOVE) -> None:
        """Start with no lines for another run."""
        self.beginResetModel()
        self._links, self._operation = links, operation
        self._known: dict[int, LinkOutcome] = {}
        self._outcomes: Mapping[int, LinkOutcome] | Sequence[LinkOutcome] = self._known
        self._added: list[int] = []
        self._numbers: Sequence[int] = self._added
        self._place: dict[int, int] = {}
        self._names: Mapping[RecordId, str] = {}
        self.endResetModel()

    def show_links(
        self,
        links: Links,
        numbers: Sequence[int],
        outcomes: Mapping[int, LinkOutcome] | Sequence[LinkOutcome],
        operation: Operation = Operation.REMOVE,
    ) -> None:
        """Show these links of a run that has ended; ``outcomes`` are by link number."""
        self.begin(links, operation)
        self.beginResetModel()
        self._numbers, self._outcomes = numbers, outcomes
        self.endResetModel()

    def add(self, outcomes: Sequence[tuple[int, LinkOutcome]]) -> None:
        """Take in outcomes as they come; those that simply went are of no interest unless they stood here before."""
        fresh: dict[int, LinkOutcome] = {}
        changed: list[int] = []
        for link, outcome in outcomes:
            if link in self._place:
                changed.append(self._place[link])
                self._known[link] = outcome
            elif outcome.outcome not in DONE:
                fresh[link] = outcome
            else:
                # Refused or lost, and removed after all, before the screen was told of either.
                fresh.pop(link, None)
        if changed:
            self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), WHAT_TO_DO))
        if fresh:
            first = len(self._added)
            self.beginInsertRows(_ROOT, first, first + len(fresh) - 1)
            self._place.update(zip(fresh, range(first, first + len(fresh)), strict=True))
            self._known.update(fresh)
            self._added.extend(fresh)
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Row, outcome, parent, related, cause, what to do, and the names of both records."""
        return 0 if parent.isValid() else RELATED_NAME + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        parent, related = self.ends()
        titles = (say("Row"), say("Outcome"), say("{module}: ID", module=parent), say("{module}: ID", module=related))
        return (*titles, say("Cause"), say("What to do"), parent, related)[section]

    def ends(self) -> tuple[str, str]:
        """Name the two ends of a link by their modules, as long as all links have the same ones."""
        if len(self._links.relations) != 1:
            return say("Parent"), say("Related")
        (relation,) = self._links.relations
        return say_text(words_of(relation.parent_module).one), say_text(words_of(relation.related_list).one)

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Show the names of records, as far as they are known."""
        self._names = names
        if self._numbers:
            self.dataChanged.emit(self.index(0, PARENT_NAME), self.index(len(self._numbers) - 1, RELATED_NAME))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon and font of a cell."""
        if not index.isValid():
            return None
        link = self._numbers[index.row()]
        outcome = self._outcomes[link]
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ID_ROLE):
            return self._text(link, outcome, column)
        if role == Qt.ItemDataRole.DecorationRole and column == OUTCOME:
            tint, glyph = OUTCOME_TOKENS[outcome.outcome]
            return icon(glyph, tint)
        return fixed_font() if role == Qt.ItemDataRole.FontRole and column in (PARENT, RELATED) else None

    def _text(self, link: int, outcome: LinkOutcome, column: int) -> str:
        cause = explain_cause(outcome.cause, self._operation)
        match column:
            case 0:
                return language().number(self._links.first_rows[link])
            case 1:
                return outcome_label(outcome.outcome)
            case 2:
                return self._links.parent_ids[link]
            case 3:
                return self._links.related_ids[link]
            case 4:
                return cause.title
            case 6:
                return self._names.get(self._links.parent_ids[link], "")
            case 7:
                return self._names.get(self._links.related_ids[link], "")
        return cause.what_to_do
