"""States of a run, progress."""

import pytest

from desktop.domain.errors import IllegalTransition
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
