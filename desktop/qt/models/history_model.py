"""All runs as a table: sheet, when, account, what it did, state, the five counts, how long it is kept."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.history import Family, families, put_back_by
from desktop.domain.outcomes import OPEN_OUTCOMES
from desktop.domain.runs import RunState, RunSummary
from desktop.qt.clock import on_this_clock
from desktop.qt.icons import icon
from desktop.qt.models.cells import plain_tip
from desktop.qt.models.runs_model import SUMMARY_ROLE, glyph_of
from desktop.qt.place_words import environment_name
from desktop.qt.run_words import RunWords
from desktop.words import language, say, say_count
from desktop.words.joining import side_by_side
from desktop.words.labels import outcome_label, state_label

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SHEET, STARTED, ACCOUNT, KIND, STATE, LINKS, *OUTCOME_COLUMNS, KEPT, RUN = range(13)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class HistoryModel(QAbstractTableModel):
    """Newest first until it is sorted otherwise. GUI thread only.

    It sorts by itself: a proxy would ask this model for each comparison, which takes a second with ten thousand runs.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[RunSummary] = ()
        self._pinned: Collection[str] = ()
        self._families: Mapping[str, Family] = {}
        self._listed: tuple[RunSummary, ...] = ()  # in the order in which they came
        self._sorted_by, self._is_descending = STARTED, True

    def show_runs(self, runs: Sequence[RunSummary], pinned: Collection[str], related: Mapping[str, Family] | None = None) -> None:
        """Replace the list, unless it is the same. ``related`` are the families of the runs, where they are known already."""
        if tuple(runs) != self._listed or set(pinned) != set(self._pinned):
            self.beginResetModel()
            self._listed, self._pinned, self._families = tuple(runs), frozenset(pinned), related or families(runs)
            self._runs = self._in_order()
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows that are selected stay selected."""
        self._sorted_by, self._is_descending = column, order is Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        runs = [self._runs[index.row()].run for index in before]
        self._runs = self._in_order()
        rows = {run.run: row for row, run in enumerate(self._runs)}
        now = [self.index(rows[run], index.column()) for run, index in zip(runs, before, strict=True)]
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()

    def row_of(self, run: str) -> int | None:
        """The row of the run with this name, or None if it is not listed."""
        return next((row for row, summary in enumerate(self._runs) if summary.run == run), None)

    def _in_order(self) -> tuple[RunSummary, ...]:
        if not 0 <= self._sorted_by <= RUN:
            return self._listed
        # Like the order of the numbers, that of the texts has to be a total one, so both kinds never stand in one column.
        return tuple(sorted(self._listed, key=lambda run: self._order(run, self._sorted_by), reverse=self._is_descending))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else RUN + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and LINKS <= section < KEPT:
            return _RIGHT
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        # The first two outcomes of a removal and of an undo share a column.
        outcomes = [say("Done"), say("Nothing to do"), *(outcome_label(one) for one in OPEN_OUTCOMES)]
        first = [say("Sheet"), say("Started"), say("Account"), say("What"), say("State"), say("Links")]
        return [*first, *outcomes, say("Kept"), say("Run")][section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon and the summary of a run."""
        if not index.isValid():
            return None
        run, column = self._runs[index.row()], index.column()
        if role == SUMMARY_ROLE:
            return run
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(run, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(run, column))
        if role == Qt.ItemDataRole.DecorationRole and column == STATE:
            return icon(*glyph_of(run, self._families[run.run]))
        if role == Qt.ItemDataRole.TextAlignmentRole and LINKS <= column < KEPT:
            return _RIGHT
        return None

    def _order(self, run: RunSummary, column: int) -> str | int:
        number = self._number(run, column)
        if number is not None:
            return number
        return run.started if column == STARTED else self._text(run, column).casefold()

    def _number(self, run: RunSummary, column: int) -> int | None:
        if column == LINKS:
            return run.links
        return run.tally[run.operation.outcomes[column - LINKS - 1]] if LINKS < column < KEPT else None

    def _text(self, run: RunSummary, column: int) -> str:
        number = self._number(run, column)
        if number is not None:
            return language().number(number)
        match column:
            case 0:
                return Path(run.sheet).name
            case 1:
                return language().moment(on_this_clock(run.started))
            case 2:
                environment = environment_name(run.environment) if run.environment else ""
                return side_by_side(run.company or run.connection, environment)
            case 3:
                return self._kind(run)
            case 4:
                return self._stands(run)
        if column == KEPT:
            return say("Pinned") if run.run in self._pinned else ""
        return run.run

    def _kind(self, run: RunSummary) -> str:
        """What the run is, and of which other one."""
        words = RunWords(run.operation)
        if run.origin.run is None:
            return words.name(run.origin)
        before = self._families[run.run].parent
        return words.name_of_following(run.origin, run.origin.run if before is None else on_this_clock(before.started))

    def _stands(self, run: RunSummary) -> str:
        family = self._families[run.run]
        if not family.put_back:
            return state_label(run.state)
        if run.state is RunState.FINISHED:
            return say("Undone") if family.is_undone else say("Undone in part")
        if family.is_undone:
            return say("{state}, undone", state=state_label(run.state))
        return say("{state}, undone in part", state=state_label(run.state))

    def _tip(self, run: RunSummary, column: int) -> str:
        """The whole text; of how a run stands also what came after it."""
        family = self._families[run.run]
        if column == SHEET:
            return run.sheet
        lines = [self._text(run, column)]
        if column == KIND and run.origin.run is not None:
            lines.append(say("Run {run}", run=run.origin.run))
        if column == STATE and family.retry is not None:
            lines.append(say("Tried again by run {run}", run=family.retry.run))
        if column == STATE:
            lines += [
                say_count("Run {run} put back {n}", "Run {run} put back {n}", put_back_by(one), run=one.run)
                for one in family.undos
            ]
        return "\n".join(lines)
