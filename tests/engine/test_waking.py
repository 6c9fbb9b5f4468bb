"""A computer that slept, or a clock that was set, is seen by two clocks that no longer agree."""

import pytest

from desktop.domain.pacing import CLOCK_JUMP_S
from desktop.engine.waking import SleepDetector
from tests.engine.rehearsal import JumpingClock


class SettableClock(JumpingClock):
    """Its wall clock leads by ``lead``."""

    lead = 0.0

    def now(self) -> float:
        return self.time + self.lead


class Hanging:
    """Counts how often its calls were cut."""

    cuts = 0

    def hang_up(self) -> None:
        self.cuts += 1


@pytest.mark.parametrize("jump", [CLOCK_JUMP_S + 1.0, -CLOCK_JUMP_S - 1.0])
def test_a_jump_in_either_direction_cuts_the_calls_in_flight_once(jump: float) -> None:
    clock, crm = SettableClock(), Hanging()
    watch = SleepDetector(clock)
    clock.time += 3600.0
    assert watch.hang_up_after_sleep(crm) == 0.0, "time that goes by is no jump"
    clock.lead += jump
    assert (watch.hang_up_after_sleep(crm), crm.cuts) == (jump, 1)
    assert (watch.hang_up_after_sleep(crm), crm.cuts) == (0.0, 1)


def test_normal_drift_never_adds_up_to_a_jump() -> None:
    clock = SettableClock()
    watch = SleepDetector(clock)
    for _ in range(100):
        clock.lead += 1.0
        assert watch.jump_s() == 0.0
