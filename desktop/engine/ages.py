"""How long ago answers were lost, whatever becomes of the computer's clock.

When an answer was lost is written down by the wall clock, because the next program must know it. That clock can be set: back,
and a loss seems to lie in the future; forward, and one of a moment ago seems old. So the wall clock is asked once, when a loss
is first seen, and the time since then is measured by the clock that nobody can set. A loss that seems to lie in the future
counts as one of this moment: whoever waits long enough from here has waited long enough.

Between two programs only the clock that counts from the start of the computer shows that the other one was set forward. So a
run writes down by how much the wall clock led that one. As long as the computer was not started anew, the difference between
then and now is the age. After a start the loss is at least as old as that start. Neither says more than is true, so of these
and the wall clock the smallest counts: nothing begins too early, and two minutes after a start at the latest nothing waits.
"""

from desktop.domain.ledger import Ledger, Loss
from desktop.engine.ports import Clock


class LossAges:
    """The ages of a run's losses. What was lost while it watches is measured from then on."""

    def __init__(self, clock: Clock, ledger: Ledger) -> None:
        self._clock = clock
        self._lost_on: dict[float, float] = {}
        for loss in ledger.lost().values():
            self.of(loss)

    def of(self, loss: Loss) -> float:
        """The seconds since a loss; never below zero."""
        here = self._clock.monotonic()
        if loss.at not in self._lost_on:
            self._lost_on[loss.at] = here - self._age_at_sight(loss, here)
        return max(0.0, here - self._lost_on[loss.at])

    def _age_at_sight(self, loss: Loss, here: float) -> float:
        by_wall_clock = max(0.0, self._clock.now() - loss.at)
        if loss.clock_lead is None:
            return by_wall_clock
        since = here - (loss.at - loss.clock_lead)
        return min(by_wall_clock, since if since >= 0.0 else here)

    def youngest(self, ledger: Ledger) -> float:
        """The seconds since the last loss; endless where nothing was ever lost."""
        return min((self.of(loss) for loss in ledger.lost().values()), default=float("inf"))
