"""How many calls at once, and how long to wait before the next try: arithmetic on numbers that are passed in.

Zoho limits calls in flight per organisation and application to 5, 10, 15, 20 or 25 by edition (its page "API limits"),
and answers 429 both for that and for the day's credits. So: few tries with growing waits, then pause and keep everything.
"""

from collections.abc import Callable
from math import ceil

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
_FIRST_PROBE_WAIT_S = 10.0
_LONGEST_PROBE_WAIT_S = 320.0

# A commit that takes less is not worth an intent ahead; nor is one that takes less than this part of a call.
_SLOW_COMMIT_S = 0.003
_WORTH_IT = 0.02
_SMOOTHING = 0.2

READ_TRIES = 4
READ_AFTER_LOSS_S = 5.0
SECOND_READ_AFTER_S = 120.0
MOST_SENDS = 3
RUN_WIDE_REFUSALS_BEFORE_PAUSE = 3

# A wall clock that leaves the other one behind by this much: the computer slept, or somebody set the clock.
CLOCK_JUMP_S = 30.0
LONG_SLEEP_S = 15 * 60.0


def lane_cap(edition: str) -> int:
    """The most calls in flight that an edition allows; the smallest while the edition is unknown."""
    return LANES_BY_EDITION.get(_plain(edition), FIRST_LANES)


def lanes_asked_for(asked: int | None, edition: str) -> int | None:
    """The user's number of lanes, never above what a known edition allows; None stays None: they adapt."""
    return None if asked is None else min(asked, LANES_BY_EDITION.get(_plain(edition), MOST_LANES))


def _plain(edition: str) -> str:
    return "".join(edition.lower().split()).replace("_", "")


def backoff_s(attempt: int, random: Callable[[], float]) -> float:
    """The wait before try ``attempt`` + 1 (attempt counts from 1): full jitter over 1, 2, 4 … 64 seconds.

    ``random`` gives a number in [0, 1).
    """
    return float(random() * min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (attempt - 1)))


def read_again_after_s(tries: int) -> float | None:
    """The wait before a read that proved nothing ``tries`` times is made again; None: it was made often enough.

    It does not grow: a gateway that answers with a page of its own is back after seconds or not at all.
    """
    return READ_AFTER_LOSS_S if tries < READ_TRIES else None


def asked_wait_s(retry_after_s: float | None) -> float | None:
    """What a 429 asks for, where that is sensible: more than nothing, at most 15 minutes; else None."""
    return min(retry_after_s, RETRY_AFTER_CAP_S) if retry_after_s is not None and retry_after_s > 0 else None


def is_below_floor(credits_left: int | None, floor: int | None) -> bool:
    """True when the CRM says that fewer of the day's credits are left than the user wants to leave to others."""
    return floor is not None and credits_left is not None and credits_left < floor


class LaneGovernor:
    """How many calls may be in flight now, between 1 and ``cap``. Times are monotonic seconds. One thread at a time.

    Until the first 429 every good answer adds a lane, so they double with each round. The 429 halves them, once for all
    calls that were on their way together. From there on the limit is searched by halves, between the level that a whole
    round of good answers held and the one that was refused: a 429 goes back to the former, or halves where that is what
    it refuses. Beside the limit it is a while until one lane more is tried again, twice as long each time. So the lanes
    settle at the server's limit soon and hardly ever run into it.

    In the search only calls that left at the present level count for it: answers come in bursts, and those to fewer calls
    at once, just ahead of a 429 in the same burst, say nothing of the new level.
    """

    def __init__(self, cap: int, start: int = FIRST_LANES) -> None:
        self._cap = max(1, cap)
        self._lanes = max(1, min(start, self._cap))
        self._good = 0
        self._level_since = float("-inf")
        self._proven = 0
        self._refused = 0  # nothing so far
        self._refused_at = float("-inf")
        self._next_probe_at = 0.0
        self._probe_wait_s = _FIRST_PROBE_WAIT_S

    @property
    def lanes(self) -> int:
        """Calls that may be in flight now."""
        return self._lanes

    def answered(self, started_at: float, now: float) -> None:
        """A call that left at ``started_at`` was answered without complaint at ``now``."""
        if not self._refused:
            self._lanes = min(self._cap, self._lanes + 1)
        elif started_at >= self._level_since:
            self._good += 1
            if self._good >= self._lanes:
                self._proven = self._lanes
                self._climb(now)

    def refused_for_load(self, started_at: float, now: float) -> None:
        """A 429 came back at ``now`` for a call that left at ``started_at``."""
        if started_at < self._refused_at:
            return  # it was on its way together with one that already counted
        self._refused, self._refused_at = self._lanes, now
        if 0 < self._proven < self._lanes:
            if self._proven == self._lanes - 1:
                self._next_probe_at = now + self._probe_wait_s
                self._probe_wait_s = min(_LONGEST_PROBE_WAIT_S, 2 * self._probe_wait_s)
            self._go_to(self._proven, now)
        else:
            self._proven = 0
            self._go_to(max(1, self._lanes // 2), now)

    def _climb(self, now: float) -> None:
        """After a whole round of good answers at a level."""
        if self._proven >= self._refused:
            self._refused = min(2 * self._proven, self._cap) + 1  # the limit has risen, nobody knows how far
        if self._refused - self._proven > 1:
            self._go_to((self._proven + self._refused) // 2, now)
        elif self._lanes < self._cap and now >= self._next_probe_at:
            self._go_to(self._lanes + 1, now)

    def _go_to(self, lanes: int, now: float) -> None:
        self._lanes, self._level_since, self._good = lanes, now, 0


class LookAhead:
    """How many tasks to hand out beyond those that may be on their way, so that no lane waits for a slow disk.

    A task may leave once its intent is on disk. Where a commit takes long against a call, intents for the next calls are
    written early. After a power cut their links are read like those of calls in flight, so it is not done without need.
    """

    def __init__(self) -> None:
        self._commit_s = 0.0
        self._call_s = 0.0

    def committed(self, seconds: float) -> None:
        """Note how long a commit took."""
        self._commit_s += _SMOOTHING * (seconds - self._commit_s)

    def answered(self, seconds: float) -> None:
        """Note how long a call took."""
        self._call_s = seconds if not self._call_s else self._call_s + _SMOOTHING * (seconds - self._call_s)

    def tasks(self, lanes: int) -> int:
        """How many more than ``lanes``: what comes back during two commits, and some."""
        if self._commit_s < _SLOW_COMMIT_S or self._commit_s < _WORTH_IT * self._call_s:
            return 0
        return min(lanes, ceil(2.5 * lanes * self._commit_s / max(self._call_s, self._commit_s)))
