"""A clock on which an hour passes in seconds. It is honest: every duration of the run shrinks by the same factor."""

import time
from threading import Condition

SPEED = 1000.0


class QuickClock:
    """Safe on any thread. ``wall_offset_s`` is what somebody did to the system's clock; ``asleep_s`` adds to it."""

    def __init__(self, speed: float = SPEED) -> None:
        self._speed = speed
        self._started = time.monotonic()
        self._epoch = time.time()
        self.wall_offset_s = 0.0

    def monotonic(self) -> float:
        return (time.monotonic() - self._started) * self._speed

    def now(self) -> float:
        return self._epoch + self.monotonic() + self.wall_offset_s

    def random(self) -> float:
        return 0.5

    def wait(self, condition: Condition, seconds: float | None) -> None:
        condition.wait(None if seconds is None else seconds / self._speed)
