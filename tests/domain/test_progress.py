"""How far a run is, how fast, and how long it may still take: nothing is said before it can be known."""

import pytest

from desktop.domain.pacing import FIRST_LANES
from desktop.domain.progress import Progress, ProgressMeter, seconds_for


def meter(total: int = 1000, done: int = 0) -> ProgressMeter:
    made = ProgressMeter(total, done, window_s=10.0)
    made.start(100.0)
    return made


def test_no_rate_is_told_before_three_answers() -> None:
    made = meter()
    assert made.read() == Progress(0, 1000, 0, None, None)
    assert made.reached(100, 101.0).links_per_s is None
    assert made.reached(200, 102.0).seconds_left is None
    assert made.reached(300, 103.0) == Progress(300, 1000, 3, 100.0, 7.0)


def test_answers_that_came_together_count_each() -> None:
    assert meter().reached(300, 103.0, answered=3).links_per_s == 100.0


def test_the_rate_looks_back_a_few_seconds_only() -> None:
    made = meter()
    for second in range(1, 6):
        made.reached(100 * second, 100.0 + second)
    for second in range(6, 30):
        told = made.reached(500 + second, 100.0 + second)
    assert told.links_per_s == pytest.approx(1.0), "it was fast once"


def test_a_pause_is_no_slow_time() -> None:
    made = meter()
    made.reached(300, 103.0, answered=3)
    made.start(5000.0)
    assert made.read().links_per_s is None, "there is no rate at the moment of going on"
    assert made.reached(400, 5001.0).links_per_s == 100.0


def test_what_is_done_never_goes_back_nor_past_the_end() -> None:
    made = meter(total=100, done=40)
    assert made.reached(30, 101.0).done == 40
    assert made.reached(500, 102.0).done == 100
    assert made.reached(500, 103.0).fraction == 1.0


def test_a_clock_that_stands_still_divides_by_nothing() -> None:
    assert meter().reached(300, 100.0, answered=3).links_per_s is None
    assert meter().reached(0, 200.0, answered=3).seconds_left is None, "nothing was settled"


def test_a_run_without_links_is_done() -> None:
    assert Progress(0, 0, 0, None, None).fraction == 1.0
    assert Progress(1, 4, 1, None, None).fraction == 0.25


def test_before_anything_was_measured_a_usual_call_is_assumed() -> None:
    assert seconds_for(FIRST_LANES * 10) == pytest.approx(4.0)
    assert seconds_for(100, seconds_a_call=2.0, lanes=4) == 50.0
    assert seconds_for(0) == 0.0
