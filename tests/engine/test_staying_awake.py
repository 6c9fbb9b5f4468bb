"""The computer is kept awake exactly while a run sends, whatever happens to it."""

import random
import threading
from contextlib import closing

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, CrmBusy, CrmUnreachable, TokenRejected
from desktop.domain.runs import RunState
from desktop.engine.control import RunControl
from desktop.engine.runner import Runner
from desktop.engine.staying_awake import AwakeWhileSending
from tests.engine.rehearsal import Rehearsal, after_doing, works
from tests.thorough import share_of

TROUBLES = (
    AnswerMissing("c", "cut"),
    CrmBusy("c", 3.0),
    CrmBusy("c", None),
    CrmUnreachable("c", "refused"),
    TokenRejected("c", "INVALID_TOKEN"),
    RuntimeError("a fault of the program"),
)


class Bed:
    """Counts; falls asleep only when it is let."""

    def __init__(self, *, possible: bool = True) -> None:
        self.possible = possible
        self.held = 0
        self.log: list[str] = []

    def hold(self) -> bool:
        self.log.append("hold")
        self.held = int(self.possible)
        return self.possible

    def release(self) -> None:
        self.log.append("release")
        self.held = 0


def rehearse(stage: Rehearsal, bed: Bed, starts: int) -> list[str]:
    """Work on a run, up to ``starts`` times; at each change of state it is as it should be. Returns who was told of sleep."""
    told: list[str] = []

    def check(state: RunState, _: CauseCode | None) -> None:
        assert bed.held == int(state is RunState.RUNNING and bed.possible)

    stage.audience.on_state = check
    for start in range(starts):
        control = RunControl() if start else stage.control
        awake = AwakeWhileSending(stage.audience, bed, lambda: told.append("may sleep"))
        runner = Runner(stage.book, stage.crm, stage.clock, control, awake, lanes=3, hold_on_pause=False)
        try:
            with closing(awake):
                runner.run()
        except RuntimeError:
            pass  # a fault of the program; the runner tells it after everything is on disk
        assert bed.held == 0
        if stage.book.ledger.state is RunState.FINISHED:
            break
    return told


@pytest.mark.parametrize("seed", range(share_of(200)))
def test_computer_is_held_awake_only_while_random_runs_send(seed: int) -> None:
    dice = random.Random(seed)
    stage = Rehearsal([(parent, 0) for parent in range(8)])
    wishes = (stage.control.pause, stage.control.stop)
    stage.crm.script = [
        dice.choice(TROUBLES) if dice.random() < 0.3 else after_doing(dice.choice(wishes)) if dice.random() < 0.15 else works
        for _ in range(12)
    ]
    bed = Bed()
    assert not rehearse(stage, bed, starts=4)
    assert "hold" in bed.log


def test_run_that_cannot_keep_the_computer_awake_says_so_once_and_goes_on() -> None:
    stage, bed = Rehearsal([(0, 0), (1, 0)]), Bed(possible=False)
    assert rehearse(stage, bed, starts=1) == ["may sleep"]
    assert not stage.crm.linked


def test_computer_is_held_awake_again_after_a_pause() -> None:
    stage, bed = Rehearsal([(parent, 0) for parent in range(4)], [TokenRejected("c", "INVALID_TOKEN")], hold=True), Bed()
    awake = AwakeWhileSending(stage.audience, bed, lambda: None)
    stage.audience.on_state = lambda state, _: (
        threading.Timer(0.05, stage.control.resume).start() if state is RunState.PAUSED else None
    )
    with closing(awake):
        Runner(stage.book, stage.crm, stage.clock, stage.control, awake, lanes=1).run()
    assert bed.log[:3] == ["hold", "release", "hold"]
    assert not stage.crm.linked
