"""Tells how long ago answers were lost, even if somebody sets the computer's clock meanwhile.

The time of a loss is written down by the wall clock, because the next program has to understand it. But that clock can be set:
if it is set back, a loss seems to lie in the future; if it is set forward, a loss of a moment ago seems old. So the wall clock
is asked only once, when a loss is first seen, and the time since then is measured by the monotonic clock, which nobody can set.
A loss that seems to lie in the future counts as one of this moment: whoever waits long enough from now has waited long enough.

That the wall clock was set forward between two programs shows only against the monotonic clock, which counts from the start of
the computer. So a run writes down by how many seconds the wall clock led the monotonic one. As long as the computer was not
restarted, the age follows from that number. After a restart the loss is at least as old as the restart. Both figures and the
wall clock's can be too large only if a clock was set, so the smallest of them counts: nothing is sent too early, and two
minutes after a restart at the latest nothing has to wait any more.
"""

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger, Loss
from desktop.domain.runs import RunState, StateChange
from desktop.engine.ports import Clock


def state_now(clock: Clock, state: RunState, cause: CauseCode | None = None) -> StateChange:
    """Make the change that puts the run into ``state`` now, with the lead of the wall clock over the monotonic one."""
    now = clock.now()
    return StateChange(state, cause, now, clock_lead=now - clock.monotonic())


class LossAges:
    """Measures the ages of a run's losses. It may be asked about losses that come later, too."""

    def __init__(self, clock: Clock, ledger: Ledger) -> None:
        self._clock = clock
        # Wall-clock time of a loss → the monotonic second at which it happened, as far as can be told.
        self._lost_on: dict[float, float] = {}
        for loss in ledger.lost().values():
            self.age_of(loss)  # sees each loss now, before anybody can set the wall clock

    def age_of(self, loss: Loss) -> float:
        """Return the seconds since a loss, never below zero."""
        monotonic = self._clock.monotonic()
        if loss.at not in self._lost_on:
            self._lost_on[loss.at] = monotonic - self._age_at_sight(loss, monotonic)
        return max(0.0, monotonic - self._lost_on[loss.at])

    def _age_at_sight(self, loss: Loss, monotonic: float) -> float:
        by_wall_clock = max(0.0, self._clock.now() - loss.at)
        if loss.clock_lead is None:  # written by a version that did not note the lead
            return by_wall_clock
        since = monotonic - (loss.at - loss.clock_lead)
        # Below zero: the computer was restarted since, and the monotonic clock with it. Then it counts the seconds since the
        # restart, and the loss is older than that.
        return min(by_wall_clock, since if since >= 0.0 else monotonic)

    def youngest_age(self, ledger: Ledger) -> float:
        """Return the seconds since the latest loss; infinity if nothing was ever lost."""
        return min((self.age_of(loss) for loss in ledger.lost().values()), default=float("inf"))
