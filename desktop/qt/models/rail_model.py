"""The runs as the rail shows them: what is in progress first, then by day; practice runs only when they are asked for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.application.accounts import account_of, belongs_to_practice
from desktop.domain.history import Family
from desktop.domain.operations import Operation
from desktop.domain.outcomes import OPEN_OUTCOMES, Outcome
from desktop.domain.runs import RunState, RunSummary
from desktop.qt.clock import on_this_clock
from desktop.qt.models.cells import plain_tip
from desktop.qt.models.runs_model import SUMMARY_ROLE, RunsModel
from desktop.words import language, say
from desktop.words.joining import side_by_side

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 10
HEADING_ROLE = DETAIL_ROLE + 1
NEEDS_ROLE = DETAIL_ROLE + 2
GLYPH_ROLE = DETAIL_ROLE + 3

_WEEK = timedelta(days=7)
_AT_WORK = (RunState.RUNNING, RunState.PAUSED, RunState.INTERRUPTED)
_GLYPHS = {
    RunState.RUNNING: ("play", "accent"),
    RunState.PAUSED: ("pause", "unknown"),
    RunState.INTERRUPTED: ("attention", "unknown"),
    RunState.STOPPED: ("stop", "secondary"),
    RunState.FINISHED: ("done", "removed"),
}


class Group(Enum):
    """Where a run stands in the rail; in this order."""

    IN_PROGRESS = 0
    TODAY = 1
    THIS_WEEK = 2
    EARLIER = 3


def group_of(run: RunSummary, today: date) -> Group:
    """Return the group of a run; one that waits to be continued is in progress however old it is."""
    if run.state in _AT_WORK:
        return Group.IN_PROGRESS
    started = on_this_clock(run.started).date()
    if started >= today:
        return Group.TODAY
    return Group.THIS_WEEK if today - started < _WEEK else Group.EARLIER


def needs_you(run: RunSummary, family: Family) -> int:
    """Count the links that the user has to look at: none while the run works, and none once it was retried or undone."""
    if run.state in _AT_WORK or family.put_back or family.retry is not None:
        return 0
    return sum(run.tally[outcome] for outcome in OPEN_OUTCOMES)


def is_practice(run: RunSummary) -> bool:
    return belongs_to_practice(account_of(run))


class RailModel(QAbstractListModel):
    """The rows of the rail. A heading belongs to the first run of its group, so that each row is a run."""

    def __init__(self, runs: RunsModel, parent: QObject | None = None, *, shows_practice: bool = False) -> None:
        super().__init__(parent)
        self._source, self._shows_practice, self._search = runs, shows_practice, ""
        self._rows: Sequence[tuple[RunSummary, Group]] = ()
        runs.modelReset.connect(self._on_runs_reset)
        self._on_runs_reset()

    @property
    def all_runs(self) -> int:
        return len(self._source.runs)

    @property
    def practice_runs(self) -> int:
        return sum(map(is_practice, self._source.runs))

    @property
    def shows_practice(self) -> bool:
        return self._shows_practice

    def show_practice(self, shows: bool) -> None:
        """Unfold the practice runs among the others, or fold them."""
        self._shows_practice = shows
        self._on_runs_reset()

    def search(self, words: str) -> None:
        """Show only runs whose sheet or company has these words in its name; nothing shows all."""
        self._search = words.strip().casefold()
        self._on_runs_reset()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        run, group = self._rows[index.row()]
        family = self._source.family_of(run)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return Path(run.sheet).name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{Path(run.sheet).name}\n{self._detail(run, family)}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(run.sheet)
        if role == SUMMARY_ROLE:
            return run
        if role == DETAIL_ROLE:
            return self._detail(run, family)
        if role == NEEDS_ROLE:
            return needs_you(run, family)
        if role == GLYPH_ROLE:
            return self._glyph(run, family)
        if role == HEADING_ROLE:
            begins = index.row() == 0 or self._rows[index.row() - 1][1] is not group
            return _heading(group) if begins else ""
        return None

    def _on_runs_reset(self) -> None:
        today = datetime.now().astimezone().date()
        shown = [run for run in self._source.runs if self._is_shown(run)]
        rows = [(run, group_of(run, today)) for run in shown]
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: row[1].value)  # the runs of a group keep their order, newest first
        self.endResetModel()

    def _is_shown(self, run: RunSummary) -> bool:
        if self._search and self._search not in f"{Path(run.sheet).name}\n{run.company}".casefold():
            return False
        return self._shows_practice or not is_practice(run)

    def _detail(self, run: RunSummary, family: Family) -> str:
        if run.state in _AT_WORK or run.state is RunState.STOPPED or family.put_back:
            return self._source.state_of(run)
        started = on_this_clock(run.started)
        today = datetime.now().astimezone().date()
        when = language().time(started) if started.date() == today else language().day_of_year(started)
        # What was not linked in the first place was nothing to remove, so nobody counts to it.
        links = run.links - run.tally[Outcome.NOT_LINKED] if run.operation is Operation.REMOVE else run.links
        as_meant = run.tally[run.operation.outcomes[0]]
        if run.operation is Operation.REMOVE:
            return side_by_side(say("{done} of {links} removed", done=as_meant, links=links), when)
        return side_by_side(say("{done} of {links} put back", done=as_meant, links=links), when)

    def _glyph(self, run: RunSummary, family: Family) -> tuple[str, str]:
        if run.state is not RunState.RUNNING and family.put_back:
            return "undo", "secondary"
        return ("attention", "unknown") if needs_you(run, family) else _GLYPHS[run.state]


def _heading(group: Group) -> str:
    return {
        Group.IN_PROGRESS: say("In progress"),
        Group.TODAY: say("Today"),
        Group.THIS_WEEK: say("This week"),
        Group.EARLIER: say("Earlier"),
    }[group]
