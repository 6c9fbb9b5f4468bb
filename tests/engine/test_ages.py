"""A clock that is set back or forward delays nothing for longer than the two minutes that a lost call may take."""

from collections.abc import Callable, Sequence
from threading import Condition

import pytest

from desktop.application.retrying import settle_unknown
from desktop.application.undoing import settle_before_undo
from desktop.domain.causes import CauseCode
from desktop.domain.ledger import UNANSWERED
from desktop.domain.outcomes import Outcome
from desktop.domain.pacing import SECOND_READ_AFTER_S
from desktop.domain.runs import Change, Intent, RunState, Settled, StateChange
from desktop.engine.control import RunControl
from desktop.storage.journal_codec import decode_change, encode_change
from tests.engine.rehearsal import JumpingClock, Rehearsal


class SetClock(JumpingClock):
    """A clock that somebody sets: by ``offset_s`` from the start, and by ``later_s`` more while somebody waits."""

    def __init__(self, offset_s: float, later_s: float = 0.0) -> None:
        super().__init__()
        self.offset_s, self.later_s = offset_s, later_s

    def now(self) -> float:
        return self.time + self.offset_s

    def wait(self, condition: Condition, seconds: float | None) -> None:
        self.offset_s, self.later_s = self.offset_s + self.later_s, 0.0
        super().wait(condition, seconds)


DAYS = 86_400.0
CLOCKS = {
    "set back by 400 days": (-400 * DAYS, 0.0),
    "set back while waiting": (0.0, -400 * DAYS),
    "set back a little": (-60.0, 0.0),
    "set forward": (400 * DAYS, 0.0),
    "set forward while waiting": (0.0, 400 * DAYS),
    "put right while waiting": (-400 * DAYS, 400 * DAYS),
}


def unconfirmed(clock: SetClock, since: Sequence[Change] = (), lead: float | None = None) -> Rehearsal:
    """A run that is over and whose two answers were lost when its clock stood at 1000; ``since`` happened later.

    ``lead`` is by how much that clock led the other one, if the run wrote it down.
    """
    plan = Rehearsal([(0, 0), (1, 0)]).book.plan
    lost = [Settled(one.number, tuple((link, UNANSWERED) for link in one.link_numbers), 1000.0) for one in plan.batches]
    intents = [Intent(batch, 1000.0) for batch in plan.batches]
    running, over = StateChange(RunState.RUNNING, None, 999.0, lead), StateChange(RunState.FINISHED, None, 1001.0)
    return Rehearsal([(0, 0), (1, 0)], before=[running, *intents, *lost, over, *since], clock=clock)


@pytest.mark.parametrize("how", CLOCKS)
def test_a_clock_that_was_set_does_not_keep_links_unconfirmed(how: str) -> None:
    clock = SetClock(*CLOCKS[how])
    stage = unconfirmed(clock)
    settle_unknown(stage.book, stage.crm, clock, RunControl())
    assert stage.causes() == [CauseCode.STILL_LINKED, CauseCode.STILL_LINKED]
    assert clock.time >= 1000.0 + (0 if how == "set forward" else SECOND_READ_AFTER_S)
    assert clock.time < 1000.0 + 2 * SECOND_READ_AFTER_S


@pytest.mark.parametrize("settle", [settle_unknown, settle_before_undo])
def test_clock_set_forward_between_two_programs_makes_nothing_start_too_early(settle: Callable[..., object]) -> None:
    clock = SetClock(400 * DAYS)
    clock.time = 1030.0
    stage = unconfirmed(clock, lead=0.0)
    settle(stage.book, stage.crm, clock, RunControl())
    assert 1000.0 + SECOND_READ_AFTER_S <= clock.time < 1010.0 + SECOND_READ_AFTER_S, "90 of the 120 s were left"
    again = unconfirmed(clock, lead=0.0)
    before = clock.time
    settle(again.book, again.crm, clock, RunControl())
    assert clock.time - before < 10.0, "and once they are over, nothing waits"


def test_every_run_records_the_lead_of_its_wall_clock() -> None:
    stage = Rehearsal([(0, 0)], clock=SetClock(400 * DAYS))
    stage.run()
    states = [change for change in stage.book.changes if isinstance(change, StateChange)]
    assert [one.clock_lead for one in states] == [400 * DAYS] * 2
    for one in states:
        row = encode_change(one, stage.book.links)
        assert decode_change(row, stage.book.links) == one
        assert getattr(decode_change(row, stage.book.links), "clock_lead", None) == 400 * DAYS
    before = decode_change(("state", 5.0, '["running",null]'), stage.book.links)
    assert before == StateChange(RunState.RUNNING, None, 5.0) and getattr(before, "clock_lead", 1) is None


@pytest.mark.parametrize(("uptime", "most_s"), [(30.0, SECOND_READ_AFTER_S - 30.0), (9000.0, 10.0)])
def test_restart_of_the_computer_proves_that_a_loss_is_old(uptime: float, most_s: float) -> None:
    """The loss was written down 5,000 seconds after the start before."""
    clock = SetClock(1_000_000.0)
    clock.time = uptime
    stage = unconfirmed(clock, lead=1000.0 - 5000.0)
    settle_unknown(stage.book, stage.crm, clock, RunControl())
    assert clock.time - uptime <= most_s + 10.0


@pytest.mark.parametrize("how", CLOCKS)
def test_a_clock_that_was_set_does_not_keep_an_undo_waiting(how: str) -> None:
    clock = SetClock(*CLOCKS[how])
    stage = unconfirmed(clock)
    assert settle_before_undo(stage.book, stage.crm, clock, RunControl())
    assert stage.causes() == [CauseCode.STILL_LINKED, CauseCode.STILL_LINKED]
    assert clock.time < 1000.0 + 2 * SECOND_READ_AFTER_S


@pytest.mark.parametrize("how", CLOCKS)
def test_a_clock_that_was_set_does_not_keep_a_resumed_run_waiting(how: str) -> None:
    clock = SetClock(*CLOCKS[how])
    stage = unconfirmed(clock)
    ending = stage.run()
    # A clock that jumps during the run pauses it once; the next resume goes on.
    if ending.state is RunState.PAUSED:
        assert ending.cause is CauseCode.CLOCK_JUMPED
        stage = unconfirmed(clock, stage.book.changes)
        ending = stage.run()
    assert ending.state is RunState.FINISHED and not ending.tally[Outcome.UNKNOWN]
    assert clock.time < 1000.0 + 3 * SECOND_READ_AFTER_S
