"""States of a run, progress."""

from itertools import product

import pytest

from desktop.domain.errors import IllegalTransition
from desktop.domain.progress import ProgressMeter
from desktop.domain.runs import RunEvent, RunState, after

RUNNING, PAUSED, STOPPED, INTERRUPTED, FINISHED = RunState
EVERY_CELL = {
    (RUNNING, RunEvent.PAUSE): PAUSED,
    (RUNNING, RunEvent.RESUME): None,
    (RUNNING, RunEvent.STOP): STOPPED,
    (RUNNING, RunEvent.LOSE): INTERRUPTED,
    (RUNNING, RunEvent.FINISH): FINISHED,
    (RUNNING, RunEvent.HAND_OVER): None,
    (PAUSED, RunEvent.PAUSE): None,
    (PAUSED, RunEvent.RESUME): RUNNING,
    (PAUSED, RunEvent.STOP): STOPPED,
    (PAUSED, RunEvent.LOSE): None,
    (PAUSED, RunEvent.FINISH): None,
    (PAUSED, RunEvent.HAND_OVER): FINISHED,
    (STOPPED, RunEvent.PAUSE): None,
    (STOPPED, RunEvent.RESUME): RUNNING,
    (STOPPED, RunEvent.STOP): None,
    (STOPPED, RunEvent.LOSE): None,
    (STOPPED, RunEvent.FINISH): None,
    (STOPPED, RunEvent.HAND_OVER): FINISHED,
    (INTERRUPTED, RunEvent.PAUSE): None,
    (INTERRUPTED, RunEvent.RESUME): RUNNING,
    (INTERRUPTED, RunEvent.STOP): None,
    (INTERRUPTED, RunEvent.LOSE): None,
    (INTERRUPTED, RunEvent.FINISH): None,
    (INTERRUPTED, RunEvent.HAND_OVER): FINISHED,
    (FINISHED, RunEvent.PAUSE): None,
    (FINISHED, RunEvent.RESUME): RUNNING,
    (FINISHED, RunEvent.STOP): None,
    (FINISHED, RunEvent.LOSE): None,
    (FINISHED, RunEvent.FINISH): None,
    (FINISHED, RunEvent.HAND_OVER): FINISHED,
}


@pytest.mark.parametrize(("cell", "following"), EVERY_CELL.items())
def test_every_cell_of_the_table(cell: tuple[RunState, RunEvent], following: RunState | None) -> None:
    if following is not None:
        assert after(*cell) is following
        return
    with pytest.raises(IllegalTransition):
        after(*cell)


def test_the_table_has_a_cell_for_every_state_and_event() -> None:
    assert set(EVERY_CELL) == set(product(RunState, RunEvent))


def test_progress_never_goes_back_and_has_a_rate_after_three_calls() -> None:
    meter = ProgressMeter(100)
    meter.start(0.0)
    assert meter.reached(10, 1.0).links_per_s is None
    assert meter.reached(5, 2.0).done == 10
    third = meter.reached(40, 4.0)
    assert third.links_per_s == pytest.approx(10.0)
    assert third.seconds_left == pytest.approx(6.0)
    assert meter.reached(1000, 5.0).fraction == 1.0
