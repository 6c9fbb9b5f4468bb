"""Keeps the state of a run. The coordinator moves along the table of states in domain/runs.py only through this class."""

import logging

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalUnwritable
from desktop.domain.runs import Change, RunEvent, RunState, after
from desktop.engine.ages import state_now
from desktop.engine.control import RunControl
from desktop.engine.ports import Clock, RunJournal
from desktop.engine.telling import ProgressReporter

_log = logging.getLogger(__name__)


class Standing:
    """Holds where the run stands, and why it has to pause or end. Owned by the coordinator.

    ``pause_for`` is why the run has to pause by itself, and ``fault`` the error of the program that ends it. Either may be
    set at any point of a turn; :meth:`next_event` looks at them before the next turn.
    """

    def __init__(self, journal: RunJournal, clock: Clock, control: RunControl, reporter: ProgressReporter) -> None:
        self._journal = journal
        self._clock = clock
        self._control = control
        self._reporter = reporter
        self.state = RunState.RUNNING
        self.cause: CauseCode | None = None
        self.pause_for: CauseCode | None = None
        self.fault: Exception | None = None

    def write_start(self, left_behind: list[Change]) -> None:
        """Write that the run works, with what an earlier program left behind. Raises JournalUnwritable, IllegalTransition."""
        ledger = self._journal.ledger
        # A run that never began has no state yet. One that still says RUNNING was left so by a program that died.
        if ledger.changed_at:
            after(RunState.INTERRUPTED if ledger.state is RunState.RUNNING else ledger.state, RunEvent.RESUME)
        self._journal.commit([*left_behind, state_now(self._clock, RunState.RUNNING)])
        self._reporter.report_state(RunState.RUNNING, None)

    def next_event(self) -> RunEvent | None:
        """Return what has to happen to the run before its next turn, if anything. A stop or a fault goes before a pause."""
        if self._control.stopping or self.fault is not None:
            return RunEvent.STOP
        if self._control.pausing:
            self.pause_for = self.pause_for or CauseCode.ASKED
        return None if self.pause_for is None else RunEvent.PAUSE

    def change_state(self, event: RunEvent, unwritten: list[Change], cause: CauseCode | None = None) -> bool:
        """Write the changes in ``unwritten`` and then the new state, empty that list, and tell the listener.

        Returns False if the disk refuses. A pause and a stop take place all the same, with DISK_FULL as their cause, because the
        run sends nothing any more. A run that was to finish stays as it is: it is over only when the disk says so.
        """
        state = after(self.state, event)
        changes = [*unwritten, state_now(self._clock, state, cause)]
        written = True
        try:
            self._journal.commit(changes)
            unwritten.clear()
        except JournalUnwritable:
            if event is RunEvent.FINISH:
                return False
            written, cause = False, CauseCode.DISK_FULL
        self.state, self.cause = state, cause
        _log.info("Run %s is %s %s", self._journal.facts.run, state, cause or "")
        if written:
            self._reporter.report(changes)
        self._reporter.report_state(state, cause)
        return written
