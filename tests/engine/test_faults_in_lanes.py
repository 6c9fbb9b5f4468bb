"""A fault of the program in a lane ends the run, whichever lane it was and whatever else was going on."""

from collections.abc import Sequence

import pytest

from desktop.domain.errors import AnswerMissing, RelationNotAllowed
from desktop.domain.outcomes import CopyAnswer, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import RunState, StateChange
from tests.engine.rehearsal import FakeCrm, Rehearsal


def _fault_in_a_copy(stage: Rehearsal, fault: Exception) -> None:
    stage.crm.copy_script = [fault]
    with pytest.raises(type(fault)):
        stage.run()
    assert stage.audience.states[-1][0] is RunState.STOPPED
    assert not any(isinstance(change, StateChange) and change.state is RunState.FINISHED for change in stage.book.changes)
    assert stage.book.ledger.tally[Outcome.NOT_ATTEMPTED] == len(stage.book.links)


@pytest.mark.parametrize("fault", [ZeroDivisionError("a bug"), MemoryError(), RelationNotAllowed("Campaigns/Notes")])
@pytest.mark.parametrize("hold", [True, False])
def test_fault_in_the_last_lane_does_not_finish_the_run(fault: Exception, hold: bool) -> None:
    _fault_in_a_copy(Rehearsal([(1, 1), (1, 2)], lanes=1, safety_copy=True, hold=hold), fault)


def test_fault_during_a_pause_is_raised_without_a_resume() -> None:
    stage = Rehearsal([(1, 1), (1, 2)], lanes=1, safety_copy=True, hold=True)

    def paused_meanwhile(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
        stage.control.pause()
        raise ZeroDivisionError("a bug")

    stage.crm.copy_script = [paused_meanwhile]
    with pytest.raises(ZeroDivisionError):
        stage.run()
    assert stage.audience.states[-1][0] is RunState.STOPPED


@pytest.mark.parametrize("work", ["last look", "look"])
def test_a_fault_in_a_read_of_a_lost_answer_does_not_finish_the_run(work: str) -> None:
    stage = Rehearsal([(1, 1)], [AnswerMissing("c")], lanes=1)
    lost: list[Exception] = [AnswerMissing("c")] * 3 if work == "last look" else []
    stage.crm.read_script = [*lost, ZeroDivisionError("a bug")]
    with pytest.raises(ZeroDivisionError):
        stage.run()
    assert stage.audience.states[-1][0] is RunState.STOPPED
    assert stage.book.ledger.tally[Outcome.UNKNOWN] == 1
