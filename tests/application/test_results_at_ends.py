"""Where pauses are held, results are written in each of them and at the end, and nobody waits for them."""

from collections.abc import Callable

import pytest

from desktop.application.result_files import Progress, WrittenResults
from desktop.application.results_at_ends import ResultsAtEnds
from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalDamaged
from desktop.domain.runs import Moment, RunState
from desktop.engine.control import RunControl
from tests.engine.rehearsal import JumpingClock

PORTIONS = 4


class Writing:
    """Results of four portions; before each of them something may happen."""

    def __init__(self, happens: Callable[[int], object] = lambda _: None) -> None:
        self.control, self.clock = RunControl(), JumpingClock()
        self.written = 0
        self.told: list[tuple[int, int]] = []
        self.states: list[RunState] = []
        self._happens = happens
        self.results = ResultsAtEnds(self, self._write, self.control, self.clock, lambda *told: self.told.append(told))

    def recorded(self, moment: Moment) -> None: ...

    def state_changed(self, state: RunState, cause: CauseCode | None) -> None:
        self.states.append(state)

    def _write(self, progress: Progress) -> WrittenResults:
        for portion in range(PORTIONS):
            self._happens(portion)
            progress(portion + 1, PORTIONS)
        self.written += 1
        return WrittenResults(None)

    def pause(self) -> None:
        self.control.pause()
        self.results.state_changed(RunState.PAUSED, CauseCode.ASKED)


def test_they_are_written_in_every_pause_and_at_the_end_and_told_as_they_are_written() -> None:
    writing = Writing()
    writing.pause()
    writing.results.state_changed(RunState.RUNNING, None)
    assert writing.written == 1 and writing.told == [*((n + 1, PORTIONS) for n in range(PORTIONS)), (0, 0)]
    writing.pause()
    assert writing.results.write_at_end() == WrittenResults(None)
    assert writing.written == 3 and writing.states == [RunState.PAUSED, RunState.RUNNING, RunState.PAUSED]


@pytest.mark.parametrize("wish", [RunControl.resume, RunControl.stop])
def test_a_run_that_is_to_go_on_or_to_end_does_not_wait_for_them(wish: Callable[[RunControl], None]) -> None:
    def say_it(portion: int) -> None:
        if portion == 2:
            wish(writing.control)

    writing = Writing(say_it)
    writing.pause()
    assert writing.written == 0 and writing.told == [(1, PORTIONS), (2, PORTIONS), (0, 0)]


def test_a_program_that_closes_gives_them_a_moment() -> None:
    def seconds_pass(_: int) -> None:
        writing.clock.time += 0.2

    writing = Writing(seconds_pass)
    assert writing.results.write_at_end() is not None
    writing.control.stop(grace_s=3.0)
    assert writing.results.write_at_end() is None and writing.written == 1


def test_what_keeps_them_from_being_written_does_not_end_the_run() -> None:
    def fail(_: int) -> None:
        raise JournalDamaged("r", "its rows fail the check")

    writing = Writing(fail)
    writing.pause()
    assert writing.states == [RunState.PAUSED] and writing.results.write_at_end() is None
