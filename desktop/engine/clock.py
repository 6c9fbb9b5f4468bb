"""The clock of a real run; tests pass in one of their own."""

import random
import time
from threading import Condition


class SystemClock:
    """Tells the time of the system, as the Clock protocol in ports.py describes it. Safe on any thread."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> float:
        return time.time()

    def random(self) -> float:
        return random.random()  # noqa: S311 (jitter between tries, not a secret)

    def wait(self, condition: Condition, seconds: float | None) -> None:
        condition.wait(seconds)
