"""How many calls at once, and how long to wait before the next try: arithmetic on numbers that are passed in.

Zoho limits calls in flight per organisation and application to 5, 10, 15, 20 or 25 by edition (its page "API limits"),
and answers 429 both for that and for the day's credits. So: few tries with growing waits, then pause and keep everything.
"""

from collections.abc import Callable

FIRST_LANES = 5
LANES_BY_EDITION = {
    "free": 5,
    "standard": 10,
    "starter": 10,
    "professional": 15,
    "enterprise": 20,
    "zohoone": 20,
    "ultimate": 25,
    "crmplus": 25,
}
MOST_LANES = 25

RETRY_AFTER_CAP_S = 15 * 60.0
BUSY_TRIES = 6
UNREACHABLE_TRIES = 6
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 64.0

READ_AFTER_LOSS_S = 5.0
SECOND_READ_AFTER_S = 120.0
MOST_SENDS = 3
RUN_WIDE_REFUSALS_BEFORE_PAUSE = 3

# A wall clock that leaves the other one behind by this much: the computer slept, or somebody set the clock.
CLOCK_JUMP_S = 30.0
LONG_SLEEP_S = 15 * 60.0


def lane_cap(edition: str) -> int:
    """The most calls in flight that an edition allows; the smallest while the edition is unknown."""
    return LANES_BY_EDITION.get("".join(edition.lower().split()).replace("_", ""), FIRST_LANES)


def backoff_s(attempt: int, random: Callable[[], float]) -> float:
    """The wait before try ``attempt`` + 1 (attempt counts from 1): full jitter over 1, 2, 4 … 64 seconds.

    ``random`` gives a number in [0, 1).
    """
    return float(random() * min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (attempt - 1)))


def busy_wait_s(attempt: int, retry_after_s: float | None, random: Callable[[], float]) -> float:
    """The wait after a 429: the server's wish when it is sensible (capped at 15 minutes), else the back-off."""
    if retry_after_s is not None and retry_after_s >= 0:
        return min(retry_after_s, RETRY_AFTER_CAP_S)
    return backoff_s(attempt, random)


def is_below_floor(credits_left: int | None, floor: int | None) -> bool:
    """True when the CRM says that fewer of the day's credits are left than the user wants to leave to others."""
    return floor is not None and credits_left is not None and credits_left < floor


class LaneGovernor:
    """How many calls may be in flight now. One thread at a time.

    Starts at ``start`` and adds a lane after each lane's worth of good answers up to ``cap``; a 429 halves it.
    """

    def __init__(self, cap: int, start: int = FIRST_LANES) -> None:
        self._cap = max(1, cap)
        self._lanes = max(1, min(start, self._cap))
        self._good = 0

    @property
    def lanes(self) -> int:
        """Calls that may be in flight now."""
        return self._lanes

    def answered(self) -> None:
        """A call was answered without complaint."""
        self._good += 1
        if self._good >= self._lanes and self._lanes < self._cap:
            self._lanes += 1
            self._good = 0

    def refused_for_load(self) -> None:
        """A 429 came back."""
        self._lanes = max(1, self._lanes // 2)
        self._good = 0
