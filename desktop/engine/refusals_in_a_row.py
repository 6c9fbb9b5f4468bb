"""Refusals that would meet every call: three in a row, with no success between, pause the run."""

from desktop.domain.causes import CauseCode
from desktop.domain.pacing import RUN_WIDE_REFUSALS_BEFORE_PAUSE


class RefusalsInARow:
    """Counts such refusals; owned by the coordinator, on the run's thread."""

    def __init__(self) -> None:
        self._number = 0
        self._pause_for = CauseCode.REFUSED_THREE_TIMES

    def refused(self, pause_for: CauseCode) -> CauseCode | None:
        """Another refusal came; returns why the run has to pause, if it has to."""
        self._number += 1
        self._pause_for = pause_for
        return pause_for if self._number >= RUN_WIDE_REFUSALS_BEFORE_PAUSE else None

    def clear(self) -> None:
        """A call was answered, or the user believes that the cause is put right."""
        self._number = 0

    def at_end(self) -> CauseCode | None:
        """Why the run pauses in place of finishing: a run of one list or two meets too few refusals to be paused by them.

        Only where the right to read is missing: nothing was sent of these links, and the same run can go on with them.
        """
        return self._pause_for if self._number and self._pause_for is CauseCode.COPY_REFUSED else None
