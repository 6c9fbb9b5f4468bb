"""Notices that the computer slept or its clock was set: the wall clock then leaves the monotonic one behind.

A connection that was open before a sleep is dead, and a call in flight on it would hang until its deadline.
"""

import logging
from typing import Protocol

from desktop.domain.pacing import CLOCK_JUMP_S
from desktop.engine.ports import Clock

_log = logging.getLogger(__name__)

# The coordinator may wait no longer than this for its lanes without a look at the clocks. A sleep is noticed that soon.
CHECK_CLOCK_EVERY_S = 5.0


class HangsUp(Protocol):
    """Anything that holds connections which can be cut."""

    def hang_up(self) -> None: ...


class SleepDetector:
    """Compares the two clocks. Owned by one thread, which asks at least every CHECK_CLOCK_EVERY_S seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lead = self._present_lead()

    def jump_s(self) -> float:
        """Return by how many seconds the wall clock jumped since this was asked last; 0.0 for a drift that is normal."""
        before, self._lead = self._lead, self._present_lead()
        jump = self._lead - before
        # Clocks drift apart by fractions of a second, and the system corrects the wall clock in small steps.
        return jump if abs(jump) > CLOCK_JUMP_S else 0.0

    def hang_up_after_sleep(self, crm: HangsUp) -> float:
        """Return what :meth:`jump_s` returns; after a jump, cut the calls in flight so that they come back at once as lost."""
        jump_s = self.jump_s()
        # A clock that was only set looks like a sleep. Then a few calls are cut without need, and read again.
        if jump_s:
            _log.warning("The clock jumped by %.0f s; calls in flight are given up", jump_s)
            crm.hang_up()
        return jump_s

    def _present_lead(self) -> float:
        return self._clock.now() - self._clock.monotonic()
