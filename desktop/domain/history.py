"""How long runs are kept on this computer, and which of them belong together.

The user chooses how long; nothing that is unfinished or unconfirmed goes by itself. A run that was undone keeps its own
outcomes, because that is what it did: that they were undone is said beside them, from the undos that are kept here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunKind, RunState, RunSummary

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
    """How many links are there again after an undo."""
    return undo.tally[Outcome.RELINKED] + undo.tally[Outcome.ALREADY_LINKED]


def families(runs: Iterable[RunSummary]) -> dict[str, Family]:
    """The family of every run."""
    every = sorted(runs, key=lambda one: one.started)
    named = {one.run: one for one in every}
    retries: dict[str, RunSummary] = {}
    undos: dict[str, list[RunSummary]] = {}
    for one in every:
        if one.parent is not None and one.kind is RunKind.RETRY:
            retries[one.parent] = one
        elif one.parent is not None and one.kind is RunKind.UNDO:
            undos.setdefault(one.parent, []).append(one)
    return {
        one.run: Family(
            named.get(one.parent or ""), retries.get(one.run), tuple(undos.get(one.run, ())), one.tally[Outcome.DELINKED]
        )
        for one in every
    }


def is_settled(run: RunSummary) -> bool:
    """True when nothing of the run is left to do or to read."""
    return run.state is RunState.FINISHED and not run.tally[Outcome.UNKNOWN]


def expired_runs(runs: Iterable[RunSummary], pinned: Collection[str], keep_days: int, now: datetime) -> Sequence[str]:
    """The settled, unpinned runs that ended more than ``keep_days`` days before ``now`` (with a time zone).

    An undo stays as long as its run does: without it nothing would say that the run was undone.
    """
    if keep_days == FOR_EVER:
        return ()
    every, oldest = list(runs), now - timedelta(days=keep_days)
    old = [
        run
        for run in every
        if is_settled(run) and run.run not in pinned and datetime.fromisoformat(run.finished or run.started) < oldest
    ]
    kept = {run.run for run in every} - {run.run for run in old}
    return tuple(run.run for run in old if run.kind is not RunKind.UNDO or run.parent not in kept)
