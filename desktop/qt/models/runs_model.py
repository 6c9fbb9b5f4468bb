"""The list of runs at the left: name of the sheet, when, how it stands."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.runs import RunState, RunSummary
from desktop.qt.icons import icon
from desktop.qt.run_words import RunWords
from desktop.qt.widgets.labels import plain_tip

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


class RunsModel(QAbstractListModel):
    """Newest first. GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[RunSummary] = ()

    @property
    def runs(self) -> Sequence[RunSummary]:
        """The runs shown, newest first."""
        return self._runs

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Replace the list, if it changed."""
        if tuple(runs) != tuple(self._runs):
            self.beginResetModel()
            self._runs = tuple(runs)
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Runs."""
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Two lines of text, an icon, the summary itself."""
        if not index.isValid():
            return None
        run = self._runs[index.row()]
        if role == SUMMARY_ROLE:
            return run
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(*STATE_GLYPHS[run.state])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{Path(run.sheet).stem}\n{self._state(run)}"
        return plain_tip(run.sheet) if role == Qt.ItemDataRole.ToolTipRole else None

    def _state(self, run: RunSummary) -> str:
        started = datetime.fromisoformat(run.started).astimezone()
        when = started.strftime("%H:%M" if started.date() == datetime.now().astimezone().date() else "%d %b")
        if run.state is RunState.FINISHED:
            return f"{when} · {RunWords(run.kind).done_in_short(run.tally)}"
        states = {
            RunState.RUNNING: self.tr("working"),
            RunState.PAUSED: self.tr("paused"),
            RunState.STOPPED: self.tr("stopped"),
            RunState.INTERRUPTED: self.tr("interrupted"),
        }
        return f"{when} · {states[run.state]}"
