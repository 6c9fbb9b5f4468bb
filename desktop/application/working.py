"""A run at work: the one place where a run is fitted out, worked on, steered, and its results are written.

A window holds a run that pauses, so that somebody can go on with it: its results are written in every pause and at the end.
A command ends where its run pauses, and writes the results then. Both write them at every end, after a fault too.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from desktop.application.result_files import OWN_FOLDER, Progress, ResultFiles, ResultPorts, ResultsRequest, WrittenResults
from desktop.application.results_at_ends import ResultsAtEnds
from desktop.application.serving import SignedIn
from desktop.application.settings import Values, settings_in
from desktop.application.starting import OpenRun
from desktop.domain.pacing import lane_cap, lanes_asked_for
from desktop.domain.runs import Ending, check_same_place
from desktop.engine.control import RunControl
from desktop.engine.directions import LearnedDirections
from desktop.engine.ports import Clock, RunListener
from desktop.engine.runner import Runner
from desktop.engine.staying_awake import AwakeWhileSending, KeepAwake


class WorkPorts(ResultPorts, Protocol):
    """What it takes to work on a run."""

    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> Values: ...
    @property
    def keep_awake(self) -> Callable[[], KeepAwake]: ...


@dataclass(frozen=True)
class WorkRequest:
    """How a run is worked on. ``lanes`` None: as many as prove right. With ``holds_pauses`` a pause waits for the control.

    ``partial_undo``: the user accepted that the safety copy may lack what links have of their own.
    """

    lanes: int | None = None
    holds_pauses: bool = False
    partial_undo: bool = False
    results: ResultsRequest = OWN_FOLDER


class RunAtWork:
    """One run being worked on, on the thread that calls :meth:`work` and then :meth:`write_results`; any thread may steer.

    ``listener`` hears of the run on its thread, ``may_sleep`` is called once where the computer cannot be kept awake, and
    ``on_lines`` gets how many lines of how many stand in the results (0 of 0: they are written no longer).
    """

    def __init__(
        self,
        ports: WorkPorts,
        run: OpenRun,
        request: WorkRequest,
        listener: RunListener,
        may_sleep: Callable[[], None],
        on_lines: Progress = lambda _, __: None,
    ) -> None:
        self.run, self.control = run, RunControl()
        self._request, self._on_lines = request, on_lines
        self._edition = run.account.connection.account.edition
        self._write = partial(
            ResultFiles(ports).write_at_end, run.book, request.results.path, may_overwrite=request.results.may_overwrite
        )
        self._held: ResultsAtEnds | None = None
        if request.holds_pauses:
            self._held = ResultsAtEnds(listener, self._write, self.control, ports.clock, on_lines)
        self._awake = AwakeWhileSending(self._held or listener, ports.keep_awake(), may_sleep)
        self._runner = Runner(
            run.book,
            run.account.crm,
            ports.clock,
            self.control,
            self._awake,
            *self._lanes(request.lanes),
            hold_on_pause=request.holds_pauses,
            credits_floor=settings_in(ports.settings).credits_floor,
            learned=LearnedDirections(ports.settings, run.account.connection, run.book.facts.operation),
            partial_undo=request.partial_undo,
        )

    def work(self) -> Ending:
        """Work until the run is finished or stopped, or paused where pauses are not held. Raises as Runner.run does."""
        with closing(self._awake):
            return self._runner.run()

    def write_results(self) -> WrittenResults | None:
        """After :meth:`work`, however it ended; None where the program closes before they could be written."""
        return self._write(self._on_lines) if self._held is None else self._held.write_at_end()

    @property
    def lanes(self) -> int:
        """How many calls may be on their way at once now."""
        return self._runner.pace.lanes

    def limit_lanes(self, asked: int | None) -> None:
        """Go on with so many calls at once (None: as many as prove right)."""
        self._runner.pace.limit(*self._lanes(asked))

    def use_account(self, account: SignedIn) -> None:
        """Go on with this account after the user signed in again.

        Raises RunElsewhere where it is another one than the run's; the run then waits as before.
        """
        check_same_place(self.run.book.facts, account.connection)
        self.run.account.crm.use_key(account.key)
        self.control.resume()

    def _lanes(self, asked: int | None) -> tuple[int | None, int]:
        return lanes_asked_for(asked, self._edition), lane_cap(self._edition)
