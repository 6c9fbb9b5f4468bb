"""What the window asks of runs behind the background door: begin, go on, retry, read again, undo, write the results.

Lives on the window's thread. Every errand ends in one signal, or in ``failed`` with its step: ``run``, ``resume``,
``retry``, ``undo``, ``verify``, ``results``, ``earlier``.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.application.checking import names_of_links
from desktop.application.follow_ups import (
    FollowedRuns,
    FollowUpPorts,
    VerifiedRun,
    VerifyListener,
    prepare_retry,
    prepare_undo,
    verify_run,
)
from desktop.application.past_runs import ComparedRuns, ComparePorts, earlier_runs
from desktop.application.result_files import ResultsRequest
from desktop.application.run_results import SeenRun, save_results, see_run
from desktop.application.serving import AccountOffer, SignedIn, opened
from desktop.application.starting import (
    OpenRun,
    Retry,
    SeededPractice,
    StartedRuns,
    StartPorts,
    Undo,
    resume_run,
    start_run,
)
from desktop.application.undone_links import Pair
from desktop.domain.entries import Links
from desktop.domain.history import EarlierRun
from desktop.domain.previews import PlanFacts, Preview
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.engine.control import RunControl
from desktop.qt.jobs.background import Steps, Work
from desktop.qt.planned_run import PlannedRun


class _GivenUp(Exception):
    """The user wanted something else meanwhile; nobody is told."""


class RunsOfErrands(ComparedRuns, StartedRuns, FollowedRuns, Protocol):
    """The runs of this computer, as far as the window asks for them one by one."""


class RunErrandPorts(StartPorts, FollowUpPorts, ComparePorts, Protocol):
    """What these errands need of the outside."""

    @property
    def runs(self) -> RunsOfErrands: ...
    @property
    def practice(self) -> SeededPractice: ...


class RunErrands(Steps):
    """Created once a window.

    ``run_ready`` (OpenRun), and before it ``start_waits`` (seconds); ``earlier_found`` (EarlierRun, newest first);
    ``retry_ready`` (Retry, PlanFacts, SignedIn) and ``undo_planned`` (Undo, Preview, PlanFacts, SignedIn), and before them
    ``waits`` (seconds); ``verified`` (VerifiedRun), and before it ``links_read`` (how many); ``results_read`` (SeenRun), and
    while a workbook is written ``results_progressed`` (lines, of how many); ``names_read`` (names by record).
    """

    run_ready = Signal(object)
    start_waits = Signal(int)
    earlier_found = Signal(object)
    retry_ready = Signal(object, object, object)
    undo_planned = Signal(object, object, object, object)
    waits = Signal(int)
    verified = Signal(object)
    links_read = Signal(int)
    results_read = Signal(object)
    results_progressed = Signal(int, int)
    names_read = Signal(object)

    def __init__(self, ports: RunErrandPorts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._reading = RunControl()
        # A reading that was given up still holds its run for a moment; the next errand waits for it.
        self._turn = Lock()

    def start(self, planned: PlannedRun, account: SignedIn) -> None:
        """Put the run on disk and open the account; ends in ``run_ready``.

        First the answers that earlier runs with the same links lost are settled.
        """
        control = self._reading = RunControl()

        def make(work: Work) -> OpenRun:
            with ExitStack() as at_fault:
                open_account = at_fault.enter_context(opened(self._ports, account))
                with self._turn:
                    run = start_run(self._ports, planned, open_account, control, partial(_tell_seconds, work))
                at_fault.pop_all()
                return _unless_given_up(work, run)

        self.begin("run", make, self._on_run).progressed.connect(self.start_waits)

    def resume(self, run: str, offer: AccountOffer) -> None:
        """Open an earlier run and its account; ends in ``run_ready``."""

        def make(_: Work) -> OpenRun:
            with self._turn:
                return resume_run(self._ports, run, offer)

        self.begin("resume", make, self._on_run)

    def find_earlier(self, sheet: SheetLinks, account: SignedIn) -> None:
        """Look for runs that had links of this sheet; ends in ``earlier_found``."""
        self.begin("earlier", lambda _: earlier_runs(self._ports, sheet, account.connection), self._on_earlier)

    def prepare_retry(self, run: str, offer: AccountOffer, changed_since: Sequence[int] = ()) -> None:
        """Read what became of a run's last calls, then plan what it left, and what was read as ``changed_since`` since."""
        control = self._reading = RunControl()

        def prepare(work: Work) -> tuple[Retry, PlanFacts, SignedIn]:
            told = partial(_tell_seconds, work)
            with self._turn:
                retry, account = prepare_retry(self._ports, run, offer, control, told, changed_since=changed_since)
            account.close()
            return retry, PlanFacts.of(retry.plan), account.account

        self.begin("retry", prepare, self._on_retry).progressed.connect(self.waits)

    def plan_undo(self, run: str, offer: AccountOffer, gone_again: Collection[Pair] = ()) -> None:
        """What an undo of the run would do; first the answers that the run lost are settled, as soon as that may begin.

        What earlier undos put back is left out, but for links that a look found ``gone_again``.
        """
        control = self._reading = RunControl()

        def make(work: Work) -> tuple[Undo, Preview, PlanFacts, SignedIn]:
            told = partial(_tell_seconds, work)
            with self._turn:
                undo, account = prepare_undo(self._ports, run, offer, control, told, gone_again=gone_again)
            account.close()
            return undo, Preview.of(undo.sheet.links), PlanFacts.of(undo.plan), account.account

        self.begin("undo", make, self._on_undo).progressed.connect(self.waits)

    def verify(self, run: str, offer: AccountOffer) -> None:
        """Read the links of a run again; ends in ``verified``."""
        control = self._reading = RunControl()

        def read(work: Work) -> VerifiedRun:
            with self._turn:
                return verify_run(self._ports, run, offer, control, _Reader(work))

        work = self.begin("verify", read, self._on_verified)
        work.progressed.connect(self.links_read)
        work.stepped.connect(self.results_progressed)

    def read_names(self, links: Links, numbers: Sequence[int], account: SignedIn) -> None:
        """Names of the records of these few links; ends in ``names_read``, or nowhere when they cannot be read."""
        self.begin("names", lambda _: names_of_links(self._ports, account, links, numbers), self._on_names)

    def stop_reading(self) -> None:
        """End the reading before a run, a retry or an undo, or of a look; what it settled is kept.

        Nothing more is told, but for a run: that ends as it does when nothing was proven, or is there already.
        """
        self._reading.stop()
        self.give_up("retry", "undo", "verify")

    def read_results(self, run: str) -> None:
        """Read what became of a run's links, and where its workbook is; nothing is written. Ends in ``results_read``."""
        self.begin("results", lambda _: see_run(self._ports, run), self._on_results)

    def write_results(self, run: str, path: Path) -> None:
        """Write a run's results to a path, whose file the user gave leave to replace; ends in ``results_read``."""
        request = ResultsRequest(path, may_overwrite=True)
        written = self.begin("results", lambda work: save_results(self._ports, run, request, work.stepped.emit), self._on_results)
        written.stepped.connect(self.results_progressed)

    def _on_run(self, run: OpenRun) -> None:
        self.run_ready.emit(run)

    def _on_earlier(self, found: Sequence[EarlierRun]) -> None:
        self.earlier_found.emit(found)

    def _on_retry(self, prepared: tuple[Retry, PlanFacts, SignedIn]) -> None:
        self.retry_ready.emit(*prepared)

    def _on_undo(self, planned: tuple[Undo, Preview, PlanFacts, SignedIn]) -> None:
        self.undo_planned.emit(*planned)

    def _on_verified(self, verified: VerifiedRun) -> None:
        self.verified.emit(verified)

    def _on_names(self, names: Mapping[RecordId, str]) -> None:
        self.names_read.emit(names)

    def _on_results(self, seen: SeenRun) -> None:
        self.results_read.emit(seen)


class _Reader(VerifyListener):
    """Tells the window how far a reading is."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def links_read(self, links: int) -> None:
        self._work.progressed.emit(links)

    def lines_written(self, done: int, total: int) -> None:
        """So many lines of so many stand in the results."""
        self._work.stepped.emit(done, total)


def _unless_given_up(work: Work, run: OpenRun) -> OpenRun:
    """The run, if somebody still waits for it; nobody else would close it."""
    if work.is_cancelled():
        run.close()
        raise _GivenUp
    return run


def _tell_seconds(work: Work, seconds: float) -> None:
    work.progressed.emit(round(seconds))
