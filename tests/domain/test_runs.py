"""States of a run, progress, pacing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import IllegalTransition
from desktop.domain.pacing import MOST_LANES, RETRY_AFTER_CAP_S, LaneGovernor, backoff_s, busy_wait_s, lane_cap
from desktop.domain.progress import ProgressMeter
from desktop.domain.runs import RunEvent, RunState, after


@pytest.mark.parametrize(
    ("state", "event", "following"),
    [
        (RunState.RUNNING, RunEvent.PAUSE, RunState.PAUSED),
        (RunState.PAUSED, RunEvent.RESUME, RunState.RUNNING),
        (RunState.PAUSED, RunEvent.STOP, RunState.STOPPED),
        (RunState.RUNNING, RunEvent.LOSE, RunState.INTERRUPTED),
        (RunState.INTERRUPTED, RunEvent.RESUME, RunState.RUNNING),
        (RunState.RUNNING, RunEvent.FINISH, RunState.FINISHED),
    ],
)
def test_legal_transitions(state: RunState, event: RunEvent, following: RunState) -> None:
    assert after(state, event) is following


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (RunState.FINISHED, RunEvent.PAUSE),
        (RunState.PAUSED, RunEvent.FINISH),
        (RunState.STOPPED, RunEvent.STOP),
        (RunState.RUNNING, RunEvent.RESUME),
    ],
)
def test_everything_else_is_illegal(state: RunState, event: RunEvent) -> None:
    with pytest.raises(IllegalTransition):
        after(state, event)


def test_progress_never_goes_back_and_has_a_rate_after_three_calls() -> None:
    meter = ProgressMeter(100)
    meter.start(0.0)
    assert meter.reached(10, 1.0).links_per_s is None
    assert meter.reached(5, 2.0).done == 10
    third = meter.reached(40, 4.0)
    assert third.links_per_s == pytest.approx(10.0)
    assert third.seconds_left == pytest.approx(6.0)
    assert meter.reached(1000, 5.0).fraction == 1.0


@given(st.integers(1, 40), st.floats(0, 1, exclude_max=True))
def test_waits_stay_within_bounds(attempt: int, dice: float) -> None:
    assert 0 <= backoff_s(attempt, lambda: dice) <= 64


@pytest.mark.parametrize(("wish", "wait"), [(3.0, 3.0), (0.0, 0.0), (1e9, RETRY_AFTER_CAP_S)])
def test_the_servers_wish_counts_up_to_a_cap(wish: float, wait: float) -> None:
    assert busy_wait_s(1, wish, lambda: 0.5) == wait


@pytest.mark.parametrize("wish", [None, -5.0])
def test_without_a_sensible_wish_the_wait_backs_off(wish: float | None) -> None:
    assert busy_wait_s(3, wish, lambda: 0.5) == 2.0


def test_lanes_grow_while_all_goes_well_and_halve_when_zoho_complains() -> None:
    governor = LaneGovernor(20)
    for _ in range(500):
        governor.answered()
    assert governor.lanes == 20
    governor.refused_for_load()
    assert governor.lanes == 10
    for _ in range(10):
        governor.refused_for_load()
    assert governor.lanes == 1


def test_the_cap_follows_the_edition_and_is_low_while_it_is_unknown() -> None:
    assert [lane_cap(one) for one in ("", "free", "Standard", "ENTERPRISE", "ultimate")] == [5, 5, 10, 20, MOST_LANES]
