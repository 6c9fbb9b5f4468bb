"""What follows an answer: each step is a value of its own, and a decision tells whether its task is to be done again."""

import pytest

from desktop.domain.causes import CauseCode
from desktop.engine.decisions import Answered, Decision, OtherSide, Pause, ReadAgain, ReadLater, SendAgain, Step, Wait
from desktop.engine.workload import Task, TaskKind
from tests.engine.rehearsal import Rehearsal

BATCH = Rehearsal([(0, 0), (0, 1)]).book.plan.batches[0]
TASK = Task(TaskKind.SEND, BATCH)


@pytest.mark.parametrize(
    ("steps", "repeats"),
    [
        ((), False),
        ((Answered(), SendAgain(BATCH, (0,)), ReadLater(BATCH, (1,))), False),
        ((OtherSide(TASK),), False),
        ((Pause(CauseCode.LIST_NAME_REFUSED),), False),
        ((Pause(CauseCode.SIGNED_OUT, then=TASK),), True),
        ((Wait(TASK, CauseCode.OFFLINE),), True),
        ((Answered(), ReadAgain(TASK)), True),
    ],
)
def test_decision_repeats_its_task_after_a_wait_a_read_again_or_a_pause_with_a_task(
    steps: tuple[Step, ...], repeats: bool
) -> None:
    assert Decision((), steps).repeats_its_task is repeats


def test_steps_of_one_kind_are_found_among_the_others() -> None:
    decision = Decision((), (Answered(), ReadLater(BATCH, (1,)), SendAgain(BATCH, (0,))))
    assert decision.steps_of_kind(ReadLater) == [ReadLater(BATCH, (1,))]
    assert decision.steps_of_kind(Wait) == []
