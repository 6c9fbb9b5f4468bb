"""Where a run stands: what ends its turn, and what becomes of its state on a disk that refuses."""

from collections.abc import Iterable

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED
from desktop.domain.runs import Change, RunEvent, RunState, Settled, StateChange
from desktop.engine.standing import Standing
from tests.engine.rehearsal import Rehearsal


class Stage(Rehearsal):
    """The standing of a rehearsed run, whose coordinator does nothing."""

    def __init__(self, before: Iterable[Change] = ()) -> None:
        super().__init__([(0, 0)], before=before)
        self.standing = Standing(self.book, self.clock, self.control, self.runner._reporter)


def test_a_stop_goes_before_a_fault_and_a_pause() -> None:
    stage = Stage()
    assert stage.standing.next_event() is None
    stage.control.pause()
    assert (stage.standing.next_event(), stage.standing.pause_for) == (RunEvent.PAUSE, CauseCode.ASKED)
    stage.control.stop()
    assert stage.standing.next_event() is RunEvent.STOP


def test_a_fault_ends_the_run_and_the_runs_own_reason_for_a_pause_is_kept() -> None:
    stage = Stage()
    stage.standing.pause_for = CauseCode.CREDITS_LOW
    stage.control.pause()
    assert (stage.standing.next_event(), stage.standing.pause_for) == (RunEvent.PAUSE, CauseCode.CREDITS_LOW)
    stage.standing.fault = RuntimeError()
    assert stage.standing.next_event() is RunEvent.STOP


def test_what_is_unwritten_goes_to_the_disk_with_the_state() -> None:
    stage = Stage()
    stage.standing.write_start([])
    unwritten: list[Change] = [Settled(None, ((0, REMOVED),), 5.0)]
    assert stage.standing.change_state(RunEvent.PAUSE, unwritten, CauseCode.ASKED)
    assert unwritten == [] and [type(one) for one in stage.book.commits[-1]] == [Settled, StateChange]
    assert (stage.standing.state, stage.audience.states[-1]) == (RunState.PAUSED, (RunState.PAUSED, CauseCode.ASKED))


def test_on_a_full_disk_a_pause_takes_place_and_a_finish_does_not() -> None:
    stage = Stage()
    stage.standing.write_start([])
    unwritten: list[Change] = [Settled(None, ((0, REMOVED),), 5.0)]
    stage.book.refuse_commits = 2
    assert not stage.standing.change_state(RunEvent.FINISH, unwritten)
    assert stage.standing.state is RunState.RUNNING
    assert not stage.standing.change_state(RunEvent.PAUSE, unwritten, CauseCode.ASKED)
    assert (stage.standing.state, stage.standing.cause, len(unwritten)) == (RunState.PAUSED, CauseCode.DISK_FULL, 1)


def test_run_that_a_dead_program_left_running_goes_on() -> None:
    stage = Stage([StateChange(RunState.RUNNING, None, 1.0)])
    stage.standing.write_start([])
    assert (stage.book.ledger.state, stage.audience.states) == (RunState.RUNNING, [(RunState.RUNNING, None)])
