"""Counts refusals that every call would meet: three of them in a row, with no success between, pause the run."""

from desktop.domain.causes import CauseCode
from desktop.domain.pacing import RUN_WIDE_REFUSALS_BEFORE_PAUSE


class RefusalsInARow:
    """Counts refusals since the last success. Owned by the coordinator."""

    def __init__(self) -> None:
        self._number = 0
        self._pause_for = CauseCode.REFUSED_THREE_TIMES

    def count_refusal(self, pause_for: CauseCode) -> CauseCode | None:
        """Count another refusal. Returns the cause to pause with, or None if there were too few of them."""
        self._number += 1
        self._pause_for = pause_for
        return pause_for if self._number >= RUN_WIDE_REFUSALS_BEFORE_PAUSE else None

    def clear(self) -> None:
        """Start to count anew, because a call was carried out, or because the user let the run go on."""
        self._number = 0

    def pause_cause_at_end(self) -> CauseCode | None:
        """Return the cause to pause with, or None, when nothing is left to do."""
        # A run of one list or two meets too few refusals to be paused by them. If the right to read is missing, nothing was sent
        # of these links, and the same run can go on with them once the right is given: so it pauses in place of finishing.
        return self._pause_for if self._number and self._pause_for is CauseCode.COPY_REFUSED else None
