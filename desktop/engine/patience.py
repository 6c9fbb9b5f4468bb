"""The policy of how many calls may be in flight and how long to wait, for a run and for every read outside of one.

It has three parts. The pace says how many calls may be in flight: it climbs while answers are good, and falls when a 429
says that there were too many. The backoff says how long nothing may leave at all, because the CRM is busy or out of reach, and
when that was in vain so often that waiting ends. And a read that proved nothing is made again a few times
(``read_again_after_s``). All numbers stand in domain/pacing.py.

The coordinator of a run (runner.py) asks this policy before it hands out tasks. Reads outside a run go through PatientLists
(patient_lists.py), which asks it before each read.
"""

from desktop.domain.causes import CauseCode
from desktop.domain.texts import Text
from desktop.engine.holding import Backoff
from desktop.engine.pace import Pace
from desktop.engine.ports import Clock


class Patience:
    """Holds the pace and the backoff together. Not thread-safe: guard it if threads share it. Takes the arguments of Pace."""

    def __init__(self, clock: Clock, lanes: int | None, lane_cap: int) -> None:
        self.pace = Pace(clock, lanes, lane_cap)
        self.backoff = Backoff(clock)

    def answered(self, started_at: float) -> None:
        """Note that a call which left at monotonic second ``started_at`` was answered, so the CRM works and has room."""
        self.pace.answered(started_at)
        self.backoff.answered()

    def must_wait(self, cause: CauseCode, started_at: float, asked_s: float | None = None, trouble: Text | str = "") -> bool:
        """Begin a wait after a call that left at ``started_at`` and met this cause; False if waiting was in vain too often.

        ``asked_s`` is the number of seconds that the CRM asked for, if it did; ``trouble`` is a clause that says what is out of
        reach.
        """
        # Zoho answers 429 both to too many calls at once and to a used-up day. Which one it is cannot be told, so the lanes are
        # taken back and a wait begins as well.
        if cause is CauseCode.LIMIT_REACHED:
            self.pace.refused_for_load(started_at)
        self.backoff.trouble = trouble
        return self.backoff.extend(cause, started_at, asked_s)
