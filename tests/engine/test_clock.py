"""The clock of real runs."""

import time
from threading import Condition

from desktop.engine.clock import SystemClock


def test_monotonic_clock_only_goes_forward_and_wall_clock_tells_the_time() -> None:
    clock = SystemClock()
    first = clock.monotonic()
    assert clock.monotonic() >= first
    assert abs(clock.now() - time.time()) < 60.0
    assert 0.0 <= clock.random() < 1.0


def test_a_wait_ends_by_itself_and_gives_the_condition_back() -> None:
    condition = Condition()
    with condition:
        SystemClock().wait(condition, 0.0)
        assert condition.acquire(blocking=False), "it is held again by who waited"
        condition.release()
