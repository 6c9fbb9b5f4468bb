"""The few links that were tried first: row, outcome, and both records by name and ID."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.entries import Links
from desktop.domain.operations import Operation
from desktop.domain.outcomes import LinkOutcome
from desktop.domain.records import RecordId
from desktop.domain.relations import words_of
from desktop.qt.icons import icon
from desktop.qt.models.cells import ID_ROLE, OUTCOME_TOKENS, plain_tip
from desktop.qt.theme import fixed_font
from desktop.words import language, say, say_text
from desktop.words.causes import explain_cause
from desktop.words.labels import outcome_label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW, OUTCOME, PARENT_NAME, PARENT, RELATED_NAME, RELATED = range(6)


class FirstLinksModel(QAbstractTableModel):
    """In the order of the sheet. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._links, self._operation = Links(), Operation.REMOVE
        self._outcomes: list[tuple[int, LinkOutcome]] = []
        self._names: Mapping[RecordId, str] = {}

    def show_links(self, links: Links, outcomes: Mapping[int, LinkOutcome], operation: Operation) -> None:
        """Outcomes by the number of the link in ``links``."""
        self.beginResetModel()
        self._links, self._outcomes, self._operation, self._names = links, sorted(outcomes.items()), operation, {}
        self.endResetModel()

    def show_names(self, names: Mapping[RecordId, str]) -> None:
        """Names of their records, as far as they are known."""
        self._names = names
        if self._outcomes:
            self.dataChanged.emit(self.index(0, PARENT_NAME), self.index(len(self._outcomes) - 1, RELATED))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._outcomes)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else RELATED + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the two columns of records by their modules."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        first = self._outcomes[0][0] if self._outcomes else None
        relation = None if first is None else self._links.relation(first)
        parent = say("Parent") if relation is None else say_text(words_of(relation.parent_module).one)
        related = say("Related") if relation is None else say_text(words_of(relation.related_list).one)
        parent_id, related_id = say("{module}: ID", module=parent), say("{module}: ID", module=related)
        return (say("Row"), say("Outcome"), parent, parent_id, related, related_id)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon and font of a cell."""
        if not index.isValid():
            return None
        (link, outcome), column = self._outcomes[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, ID_ROLE):
            return self._text(link, outcome, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            cause = explain_cause(outcome.cause, self._operation)
            return plain_tip(replace(cause, what_to_do="").whole() if column == OUTCOME else self._text(link, outcome, column))
        if role == Qt.ItemDataRole.DecorationRole and column == OUTCOME:
            tint, glyph = OUTCOME_TOKENS[outcome.outcome]
            return icon(glyph, tint)
        return fixed_font() if role == Qt.ItemDataRole.FontRole and column in (PARENT, RELATED) else None

    def _text(self, link: int, outcome: LinkOutcome, column: int) -> str:
        parent, related = self._links.parent_ids[link], self._links.related_ids[link]
        texts = {
            ROW: language().number(self._links.first_rows[link]),
            OUTCOME: outcome_label(outcome.outcome),
            PARENT_NAME: self._names.get(parent, ""),
            PARENT: parent,
            RELATED_NAME: self._names.get(related, ""),
            RELATED: related,
        }
        return texts[column]
