"""How long runs are kept on this computer. The user chooses; nothing that is unfinished or unconfirmed goes by itself."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState, RunSummary

FOR_EVER = 0
KEEP_DAYS: tuple[int, ...] = (30, 90, 365, FOR_EVER)
DEFAULT_KEEP_DAYS = 90


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run that had some of the same links: how many, whether from the same file.

    ``unknown`` and ``removed`` count all of that run's links. ``started`` is ISO 8601 in UTC.
    """

    run: str
    started: str
    shared: int
    same_file: bool
    unknown: int = 0
    removed: int = 0


def is_settled(run: RunSummary) -> bool:
    """True when nothing of the run is left to do or to read."""
    return run.state is RunState.FINISHED and not run.tally[Outcome.UNKNOWN]


def expired_runs(runs: Iterable[RunSummary], pinned: Collection[str], keep_days: int, now: datetime) -> Sequence[str]:
    """The settled, unpinned runs that started more than ``keep_days`` days before ``now`` (with a time zone)."""
    if keep_days == FOR_EVER:
        return ()
    oldest = now - timedelta(days=keep_days)
    return tuple(
        run.run
        for run in runs
        if is_settled(run) and run.run not in pinned and datetime.fromisoformat(run.finished or run.started) < oldest
    )
