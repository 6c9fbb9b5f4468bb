"""Reports to the watcher of a run: a moment after each commit, and every change of its state."""

from collections.abc import Iterable

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import Outcome
from desktop.domain.progress import ProgressMeter
from desktop.domain.runs import Change, Moment, RunState, Settled
from desktop.engine.holding import Backoff
from desktop.engine.lanes import Answer, Lanes
from desktop.engine.pace import Pace
from desktop.engine.ports import Clock, RunJournal, RunListener
from desktop.engine.workload import Task


class ProgressReporter:
    """Makes a Moment of what the run's parts know. Owned by the coordinator. ``credits_left`` is what the CRM said last."""

    def __init__(
        self, journal: RunJournal, clock: Clock, listener: RunListener, backoff: Backoff, lanes: Lanes[Task, Answer], pace: Pace
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._listener = listener
        self._backoff = backoff
        self._lanes = lanes
        self._pace = pace
        self._meter = ProgressMeter(journal.plan.links_to_send, self._done())
        self.credits_left: int | None = None

    def start_measuring(self) -> None:
        """Measure the rate from here; a pause would make it look slower than it is."""
        self._meter.start(self._clock.monotonic())

    def report(self, changes: Iterable[Change] = ()) -> None:
        """Report these changes, which are on the disk; without any, report what the run waits for."""
        changes = tuple(changes)
        ledger, now = self._journal.ledger, self._clock.monotonic()
        # Only outcomes of calls say how fast the CRM is. Links that a read settled came without a removal.
        answered = sum(1 for change in changes if isinstance(change, Settled) and change.batch is not None)
        progress = self._meter.reached(self._done(), now, answered=answered)
        self._listener.recorded(
            Moment(
                changes,
                ledger.tally,
                ledger.calls,
                ledger.reads,
                self._lanes.in_flight,
                self._pace.lanes,
                progress.done,
                progress.total,
                progress.links_per_s,
                progress.seconds_left,
                self.credits_left,
                self._backoff.waiting_for,
                self._backoff.seconds_left,
                self._backoff.trouble if self._backoff.waiting_for is CauseCode.OFFLINE else "",
            )
        )

    def report_state(self, state: RunState, cause: CauseCode | None) -> None:
        self._listener.state_changed(state, cause)

    def _done(self) -> int:
        """Count the links of the plan whose outcome is not open any more."""
        ledger = self._journal.ledger
        # Links that a resume would send again count as open until the run is over, so that the bar does not run back then.
        open_again = 0 if ledger.state is RunState.FINISHED else ledger.left_to_reopen
        return self._journal.plan.links_to_send - ledger.untouched - ledger.tally[Outcome.UNKNOWN] - open_again
