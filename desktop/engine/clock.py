"""The real clock of a run."""

import random
import time
from threading import Condition


class SystemClock:
    """Time as the system tells it. Safe on any thread."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def random(self) -> float:
        """A number in [0, 1)."""
        return random.random()  # noqa: S311 (jitter between tries, not a secret)

    def wait(self, condition: Condition, seconds: float | None) -> None:
        """Wait on a condition that the caller holds."""
        condition.wait(seconds)
