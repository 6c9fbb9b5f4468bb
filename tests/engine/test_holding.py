"""When to wait: for what the CRM asks, with growing waits when it asks nothing, and not at all when others get through."""

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.pacing import BUSY_TRIES, RETRY_AFTER_CAP_S
from desktop.engine.holding import Backoff
from tests.engine.rehearsal import JumpingClock

BUSY, OFFLINE = CauseCode.LIMIT_REACHED, CauseCode.OFFLINE


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def backoff(clock: JumpingClock) -> Backoff:
    return Backoff(clock)


@pytest.mark.parametrize(
    ("asked_s", "waits_s"),
    [
        (30.0, 30.0),
        (0.2, 0.2),
        (1e9, RETRY_AFTER_CAP_S),
        (float("inf"), RETRY_AFTER_CAP_S),
        (None, 0.5),
        (-5.0, 0.5),
        (0.0, 0.5),
        (float("nan"), 0.5),
    ],
)
def test_sensible_wait_of_the_crm_is_kept_and_anything_else_backs_off(
    backoff: Backoff, asked_s: float | None, waits_s: float
) -> None:
    assert backoff.extend(BUSY, 1000.0, asked_s)
    assert backoff.is_on
    assert backoff.seconds_left == pytest.approx(waits_s)


def test_waits_double_while_they_are_in_vain_and_then_give_up(backoff: Backoff, clock: JumpingClock) -> None:
    waits = []
    for _ in range(BUSY_TRIES):
        assert backoff.extend(BUSY, clock.time)
        waits.append(backoff.seconds_left)
        clock.time = backoff.until
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0]
    assert not backoff.extend(BUSY, clock.time)


def test_calls_that_failed_together_count_as_one_try(backoff: Backoff) -> None:
    for _ in range(20):
        assert backoff.extend(BUSY, 999.0)
    assert backoff.seconds_left == pytest.approx(0.5)


def test_no_wait_when_another_call_got_through_meanwhile(backoff: Backoff, clock: JumpingClock) -> None:
    left_at = clock.time
    clock.time += 0.1
    backoff.answered()
    clock.time += 0.1
    assert backoff.extend(BUSY, left_at)
    assert not backoff.is_on
    assert backoff.waiting_for is None


def test_an_answer_ends_a_wait_that_nobody_asked_for_but_not_one_that_was_asked_for(backoff: Backoff) -> None:
    backoff.extend(BUSY, 1000.0)
    backoff.answered()
    assert not backoff.is_on
    backoff.extend(BUSY, 1000.0, 40.0)
    backoff.answered()
    assert backoff.seconds_left == pytest.approx(40.0)


def test_wait_that_the_crm_asked_for_counts_even_when_other_calls_get_through(backoff: Backoff, clock: JumpingClock) -> None:
    clock.time += 1
    backoff.answered()
    backoff.extend(BUSY, clock.time - 1, 12.0)
    assert backoff.seconds_left == pytest.approx(12.0)


def test_offline_waits_are_over_when_the_network_is_back(backoff: Backoff) -> None:
    backoff.extend(OFFLINE, 1000.0)
    assert backoff.waiting_for is OFFLINE
    backoff.clear()
    assert not backoff.is_on
    assert backoff.seconds_left == 0.0
