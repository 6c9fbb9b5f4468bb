"""How long runs are kept on this computer, and which of them belong together.

The user chooses how long; nothing that is unfinished or unconfirmed goes by itself. A run that was undone keeps its own
outcomes, because that is what it did: that they were undone is said beside them, from the undos that are kept here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.origins import RetryOf, UndoOf
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState, RunSummary

FOR_EVER = 0
KEEP_DAYS: tuple[int, ...] = (30, 90, 365, FOR_EVER)
DEFAULT_KEEP_DAYS = 90


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run that had some of the same links: how many, whether from the same file.

    ``unknown`` and ``removed`` count all of that run's links, ``put_back`` those that its undos put back. ``started`` is
    ISO 8601 in UTC.
    """

    run: str
    started: str
    shared: int
    same_file: bool
    unknown: int = 0
    removed: int = 0
    put_back: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """The runs around a run, as far as they are kept: the one that it follows on, its retry, its undos (oldest first).

    A retry of an undo counts among the undos of the run: what it put back belongs to the same links.

    ``removed`` counts the links that the run removed, ``put_back`` those of them that its undos put back, or found linked
    again. It is a count of counts: which links they are, only the journals know.
    """

    parent: RunSummary | None = None
    retry: RunSummary | None = None
    undos: tuple[RunSummary, ...] = ()
    removed: int = 0

    @property
    def put_back(self) -> int:
        """At most what was removed, because a second undo may have looked at the links of the first once more."""
        return min(self.removed, sum(put_back_by(undo) for undo in self.undos))

    @property
    def is_undone(self) -> bool:
        """True when everything that the run removed was put back."""
        return 0 < self.removed == self.put_back


ALONE = Family()


def put_back_by(undo: RunSummary) -> int:
    """How many links are there again after an undo, or after a retry of one."""
    return undo.tally[undo.operation.done] + undo.tally[undo.operation.already]


def families(runs: Iterable[RunSummary]) -> dict[str, Family]:
    """Work out the family of every run, by the name of the run."""
    # Times are whole seconds: of two that began in the same one, a retry is the later.
    every = sorted(runs, key=lambda one: (one.started, isinstance(one.origin, RetryOf)))
    named = {one.run: one for one in every}
    retries: dict[str, RunSummary] = {}
    undos: dict[str, list[RunSummary]] = {}
    for one in every:
        if isinstance(one.origin, RetryOf):
            retries[one.origin.run] = one
        if (undone := _run_undone_by(one, named)) is not None:
            undos.setdefault(undone, []).append(one)
    return {
        one.run: Family(
            named.get(one.origin.run or ""), retries.get(one.run), tuple(undos.get(one.run, ())), one.tally[Outcome.DELINKED]
        )
        for one in every
    }


def _run_undone_by(run: RunSummary, named: Mapping[str, RunSummary]) -> str | None:
    """The run whose links this one puts back, as its undo or as a retry of its undo.

    None for a run that undoes nothing, and for a retry of an undo that is not kept any more.
    """
    passed: set[str] = set()  # a damaged summary may name a run that follows on itself
    while isinstance(run.origin, RetryOf) and run.origin.run in named and run.run not in passed:
        passed.add(run.run)
        run = named[run.origin.run]
    return run.origin.run if isinstance(run.origin, UndoOf) else None


def is_settled(run: RunSummary) -> bool:
    """True when nothing of the run is left to do or to read."""
    return run.state is RunState.FINISHED and not run.tally[Outcome.UNKNOWN]


def expired_runs(runs: Iterable[RunSummary], pinned: Collection[str], keep_days: int, now: datetime) -> Sequence[str]:
    """The settled, unpinned runs that ended more than ``keep_days`` days before ``now`` (with a time zone).

    An undo, and a retry of it, stay as long as the run does: without them nothing would say that the run was undone.
    """
    if keep_days == FOR_EVER:
        return ()
    every, oldest = list(runs), now - timedelta(days=keep_days)
    old = [
        run
        for run in every
        if is_settled(run) and run.run not in pinned and datetime.fromisoformat(run.finished or run.started) < oldest
    ]
    named = {run.run: run for run in every}
    kept = set(named) - {run.run for run in old}
    return tuple(run.run for run in old if _run_undone_by(run, named) not in kept)
