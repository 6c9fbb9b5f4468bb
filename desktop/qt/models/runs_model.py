"""The list of runs at the left: name of the sheet, when, how it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.history import ALONE, Family, families
from desktop.domain.runs import RunState, RunSummary
from desktop.qt.clock import on_this_clock
from desktop.qt.icons import icon
from desktop.qt.models.cells import plain_tip
from desktop.qt.run_words import RunWords
from desktop.words import language, say
from desktop.words.joining import side_by_side

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SUMMARY_ROLE = int(Qt.ItemDataRole.UserRole) + 1

STATE_GLYPHS = {
    RunState.RUNNING: ("play", "accent"),
    RunState.PAUSED: ("pause", "unknown"),
    RunState.STOPPED: ("stop", "unknown"),
    RunState.INTERRUPTED: ("warning", "refused"),
    RunState.FINISHED: ("check", "removed"),
}
_UNDONE_GLYPH = ("undo", "secondary")


def glyph_of(run: RunSummary, family: Family) -> tuple[str, str]:
    """The icon of a run in a list: how it stands, and for one that is not at work that it was undone."""
    is_undone = run.state is not RunState.RUNNING and family.put_back
    return _UNDONE_GLYPH if is_undone else STATE_GLYPHS[run.state]


class RunsModel(QAbstractListModel):
    """Lists runs, the newest first. For the window's thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[RunSummary] = ()
        self._families: Mapping[str, Family] = {}

    @property
    def runs(self) -> Sequence[RunSummary]:
        return self._runs

    def family_of(self, run: RunSummary) -> Family:
        """Return the listed runs around a run."""
        return self._families.get(run.run, ALONE)

    @property
    def families(self) -> Mapping[str, Family]:
        """Which of the runs belong together, by the name of each."""
        return self._families

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Replace the list, unless it is the same."""
        if tuple(runs) != tuple(self._runs):
            self.beginResetModel()
            self._runs, self._families = tuple(runs), families(runs)
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Two lines of text, an icon, the summary itself."""
        if not index.isValid():
            return None
        run = self._runs[index.row()]
        if role == SUMMARY_ROLE:
            return run
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(*glyph_of(run, self._families[run.run]))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{Path(run.sheet).stem}\n{self.state_of(run)}"
        return plain_tip(run.sheet) if role == Qt.ItemDataRole.ToolTipRole else None

    def state_of(self, run: RunSummary) -> str:
        """Say when a run began and how it stands, in one short line."""
        started, today = on_this_clock(run.started), datetime.now().astimezone().date()
        is_of_today = started.date() == today
        return side_by_side(language().time(started) if is_of_today else language().day_of_year(started), self._stands(run))

    def _stands(self, run: RunSummary) -> str:
        family, is_finished = self._families[run.run], run.state is RunState.FINISHED
        if is_finished and not family.put_back:
            return RunWords(run.operation).done_in_short(run.tally)
        if family.put_back and run.state is not RunState.RUNNING:
            if family.is_undone and is_finished:
                return say("{links} undone", links=family.put_back)
            # Of an unfinished run both numbers are said: one alone would read as if all its links were meant.
            return say("{links} of {removed} undone", links=family.put_back, removed=family.removed)
        states = {
            RunState.RUNNING: say("working"),
            RunState.PAUSED: say("paused"),
            RunState.STOPPED: say("stopped"),
            RunState.INTERRUPTED: say("interrupted"),
        }
        return states[run.state]
