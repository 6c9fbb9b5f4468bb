"""Reads on several threads: a cancel does not wait for a read that hangs, and rounds may follow one another."""

from collections.abc import Callable
from functools import partial
from threading import Event

import pytest

from desktop.engine.clock import SystemClock
from desktop.engine.patient_lists import PatientLists, ReadingCancelled
from desktop.engine.reading_lanes import ReadingLanes
from tests.engine.rehearsal import Rehearsal
from tests.patience import PATIENCE_S


def reading_lanes() -> ReadingLanes:
    clock = SystemClock()
    return ReadingLanes(PatientLists(Rehearsal([(0, 0)]).crm, clock, 5), clock)


def one_after_another(*reads: Callable[[], int]) -> Callable[[], Callable[[], int] | None]:
    left = iter(reads)
    return lambda: next(left, None)


def test_a_cancel_does_not_wait_for_a_read_that_hangs() -> None:
    hanging, end = Event(), Event()

    def hangs() -> int:
        hanging.set()
        end.wait(PATIENCE_S)
        return 1

    def cancels() -> int:
        assert hanging.wait(PATIENCE_S)
        lanes.cancel()
        return 2

    lanes, seen = reading_lanes(), list[int]()
    with pytest.raises(ReadingCancelled), lanes:
        for shown in lanes.rounds(one_after_another(hangs, cancels)):
            seen += shown
    assert 1 not in seen, "what hangs is not waited for"
    end.set()


def test_one_round_after_another_uses_the_same_lanes() -> None:
    with reading_lanes() as lanes:
        for number in range(3):
            assert list(lanes.rounds(one_after_another(partial(abs, number)))) == [[number]]


def test_no_round_comes_if_there_is_nothing_to_read() -> None:
    with reading_lanes() as lanes:
        assert list(lanes.rounds(one_after_another())) == []
