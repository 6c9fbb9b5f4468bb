"""How much may be on its way to a CRM and how long to wait for it: one policy for a run and for every read outside of one.

It has three parts. The pace says how many calls may be on their way: it climbs while answers are good and falls when a 429
says that they were too many. The hold says how long nothing may leave at all, because the CRM is busy or out of reach, and
when that was in vain so often that waiting ends. And a read that proved nothing is made again a few times
(``read_again_after_s``). All numbers stand in domain/pacing.py.

Two callers hold an object of this class. The coordinator of a run (runner.py) asks it before it hands out tasks. Reads outside
a run go through PatientLists (patient_lists.py), which asks it before each read.
"""

from desktop.domain.causes import CauseCode
from desktop.domain.texts import Text
from desktop.engine.holding import Hold
from desktop.engine.pace import Pace
from desktop.engine.ports import Clock


class Patience:
    """Not safe on several threads: whoever shares it among threads guards it. ``lanes`` and ``lane_cap`` are those of Pace."""

    def __init__(self, clock: Clock, lanes: int | None, lane_cap: int) -> None:
        self.pace = Pace(clock, lanes, lane_cap)
        self.hold = Hold(clock)

    def answered(self, started_at: float) -> None:
        """The CRM answered a call that left at monotonic second ``started_at``, so it works and has room."""
        self.pace.answered(started_at)
        self.hold.answered()

    def must_wait(self, cause: CauseCode, started_at: float, asked_s: float | None = None, trouble: Text | str = "") -> bool:
        """Wait after a call that left at ``started_at`` and met this cause; False when waiting was in vain too often.

        ``asked_s`` is the number of seconds that the CRM asked for; ``trouble`` is a clause that says what is out of reach.
        """
        if cause is CauseCode.LIMIT_REACHED:
            self.pace.refused_for_load(started_at)
        self.hold.trouble = trouble
        return self.hold.extend(cause, started_at, asked_s)
