"""Where a run stands, and what ends its turn: the coordinator's only way along the table of states in domain/runs.py."""

import logging

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalUnwritable
from desktop.domain.runs import Change, RunEvent, RunState, StateChange, after
from desktop.engine.control import RunControl
from desktop.engine.ports import Clock, RunBook
from desktop.engine.telling import Teller

_log = logging.getLogger(__name__)


class Standing:
    """Owned by the coordinator.

    ``pause_for`` is why the run has to pause by itself, and ``fault`` the error of the program that ends it; either may be
    set at any point of a turn, and :meth:`next_event` looks at them before the next one.
    """

    def __init__(self, book: RunBook, clock: Clock, control: RunControl, teller: Teller) -> None:
        self._book = book
        self._clock = clock
        self._control = control
        self._teller = teller
        self.state = RunState.RUNNING
        self.cause: CauseCode | None = None
        self.pause_for: CauseCode | None = None
        self.fault: Exception | None = None

    def begin(self, left_behind: list[Change]) -> None:
        """Write that the run works, with what an earlier program left behind. Raises JournalUnwritable, IllegalTransition."""
        ledger = self._book.ledger
        if ledger.changed_at:
            after(RunState.INTERRUPTED if ledger.state is RunState.RUNNING else ledger.state, RunEvent.RESUME)
        self._book.commit([*left_behind, self._now_in(RunState.RUNNING, None)])
        self._teller.state(RunState.RUNNING, None)

    def next_event(self) -> RunEvent | None:
        """What has to happen to the run before its next turn. A stop or a fault goes before a pause."""
        if self._control.stopping or self.fault is not None:
            return RunEvent.STOP
        if self._control.pausing:
            self.pause_for = self.pause_for or CauseCode.ASKED
        return None if self.pause_for is None else RunEvent.PAUSE

    def change(self, event: RunEvent, unwritten: list[Change], cause: CauseCode | None = None) -> bool:
        """Write the new state behind what is ``unwritten``, which is empty then, and tell it.

        False when the disk refuses. A pause and a stop are told all the same, with DISK_FULL for their cause, since the run
        sends nothing any more; a run that is to finish stays as it is, since over is only what is over on the disk.
        """
        state = after(self.state, event)
        changes = [*unwritten, self._now_in(state, cause)]
        written = True
        try:
            self._book.commit(changes)
            unwritten.clear()
        except JournalUnwritable:
            if event is RunEvent.FINISH:
                return False
            written, cause = False, CauseCode.DISK_FULL
        self.state, self.cause = state, cause
        _log.info("Run %s is %s %s", self._book.facts.run, state, cause or "")
        if written:
            self._teller.tell(changes)
        self._teller.state(state, cause)
        return written

    def _now_in(self, state: RunState, cause: CauseCode | None) -> StateChange:
        now = self._clock.now()
        return StateChange(state, cause, now, clock_lead=now - self._clock.monotonic())
