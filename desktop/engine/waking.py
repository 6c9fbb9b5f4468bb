"""Whether the computer slept or its clock was set: the wall clock then leaves the other one behind.

A connection that was open before a sleep is dead, and a call in flight on it would hang until its deadline.
"""

from desktop.domain.pacing import CLOCK_JUMP_S
from desktop.engine.ports import Clock

# How long the coordinator may wait for its lanes without looking at the clocks.
LOOK_EVERY_S = 5.0


class ClockWatch:
    """Owned by the coordinator; asked at least every LOOK_EVERY_S seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lead = self._present_lead()

    def jump_s(self) -> float:
        """By how many seconds the wall clock jumped since the last look; 0.0 for what a clock drifts by itself."""
        before, self._lead = self._lead, self._present_lead()
        jump = self._lead - before
        return jump if abs(jump) > CLOCK_JUMP_S else 0.0

    def _present_lead(self) -> float:
        return self._clock.now() - self._clock.monotonic()
