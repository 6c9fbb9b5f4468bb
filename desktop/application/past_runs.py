"""The runs of this computer: listed, compared, pinned, let go of after the days that somebody chose, told to people who help."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from desktop.application.settings import Values, change_settings, remember, remembered_in, settings_in
from desktop.domain.connections import Connection
from desktop.domain.errors import DelinkError, RunRefused, StorageUnwritable
from desktop.domain.history import EarlierRun, expired_runs
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunSummary
from desktop.engine.ports import Clock

OnCompared = Callable[[int, int], None]
"""Gets how many of how many runs are read that were never compared before."""


class ListedRuns(Protocol):
    """The runs of this computer, as far as they are listed and let go of."""

    def summaries(self, left_out: Callable[[DelinkError], None] = ...) -> Sequence[RunSummary]: ...
    def remove(self, run: str) -> None: ...


class RunListPorts(Protocol):
    """What a list of runs needs of the outside."""

    @property
    def runs(self) -> ListedRuns: ...


class PastRunPorts(RunListPorts, Protocol):
    """What it takes to keep runs and to let go of them."""

    @property
    def settings(self) -> Values: ...
    @property
    def clock(self) -> Clock: ...


class ComparedRuns(Protocol):
    """The runs of this computer, as far as their links are compared with a sheet's."""

    def earlier(self, sheet: SheetLinks, connection: Connection, told: OnCompared = ...) -> Sequence[EarlierRun]: ...


class ComparePorts(Protocol):
    """What it takes to find the runs that had links of a sheet."""

    @property
    def runs(self) -> ComparedRuns: ...


class Support(Protocol):
    """What people who help are shown: redacted, without records or names."""

    def report(self, run: str) -> str: ...
    def save(self, run: str, path: Path) -> Path: ...
    def may_replace(self, path: Path) -> bool:
        """Return False if a file of somebody else stands there."""
        ...


class SupportPorts(Protocol):
    """What it takes to write a support file."""

    @property
    def support(self) -> Support: ...


def list_runs(ports: RunListPorts, left_out: Callable[[DelinkError], None] = lambda _: None) -> Sequence[RunSummary]:
    """All runs, newest first. ``left_out`` is told why a run is not among them: nothing of it can be read now."""
    return ports.runs.summaries(left_out)


def earlier_runs(
    ports: ComparePorts, sheet: SheetLinks, connection: Connection, on_compared: OnCompared = lambda _, __: None
) -> Sequence[EarlierRun]:
    """The runs at the same place that had links of this sheet, newest first."""
    return ports.runs.earlier(sheet, connection, on_compared)


def forget_run(ports: RunListPorts, run: str) -> None:
    """Forget a run for good; its results workbook stays. Raises RunNotFound, RunInUse, RunNotOpenable, StorageUnwritable."""
    ports.runs.remove(run)


def pinned_runs(ports: PastRunPorts) -> frozenset[str]:
    """Runs that are kept until somebody lets them go."""
    return frozenset(remembered_in(ports.settings).pinned_runs)


def pin_run(ports: PastRunPorts, run: str, *, pinned: bool) -> None:
    """Keep a run for ever, or no longer."""
    names = pinned_runs(ports) | {run} if pinned else pinned_runs(ports) - {run}
    remember(ports.settings, pinned_runs=tuple(sorted(names)))


def keep_days(ports: PastRunPorts) -> int:
    """How long finished runs are kept; 0 is for ever."""
    return settings_in(ports.settings).keep_runs_days


def keep_runs_for(ports: PastRunPorts, days: int) -> None:
    """Keep finished runs for so many days from now on; takes effect at the next start."""
    change_settings(ports.settings, keep_runs_days=days)


def let_go_of_old_runs(ports: PastRunPorts) -> None:
    """Forget the finished runs that were kept long enough and are not pinned; their results workbooks stay."""
    now = datetime.fromtimestamp(ports.clock.now(), UTC)
    for run in expired_runs(ports.runs.summaries(), pinned_runs(ports), keep_days(ports), now):
        try:
            ports.runs.remove(run)
        except (RunRefused, StorageUnwritable):
            continue  # in use, or not this user's to remove: the next start tries again


def newest_run(ports: RunListPorts) -> str | None:
    """Return the run that was started last, or an empty name."""
    return next((one.run for one in ports.runs.summaries()), None)


def support_report(ports: SupportPorts, run: str) -> str:
    """A few lines about this computer and a run (empty: the newest one, if there is any). Raises RunNotFound."""
    return ports.support.report(run)


def save_support_file(ports: SupportPorts, run: str, path: Path, *, may_overwrite: bool) -> bool:
    """Write a run's report and the log to a zip file (an empty ``run``: the newest one, if there is any).

    An older support file is replaced, any other file only with leave; False where one stood in the way. Raises RunNotFound,
    ResultsUnwritable.
    """
    if not may_overwrite and not ports.support.may_replace(path):
        return False
    ports.support.save(run, path)
    return True
