"""On a slow disk intents are written ahead; what is stopped before it left is noted as such and sent later, once."""

from collections.abc import Sequence

import pytest

from desktop.domain.outcomes import Outcome
from desktop.domain.runs import Change, Intent, Returned, RunState
from desktop.engine.pace import Pace
from tests.engine.rehearsal import JumpingClock, Rehearsal, after_doing, settled_before_told, works

PAIRS = [(parent, 0) for parent in range(40)]


def on_slow_disk(stage: Rehearsal, flush_s: float) -> Rehearsal:
    """Every commit takes so long by the run's clock."""
    commit, clock = stage.book.commit, stage.clock
    assert isinstance(clock, JumpingClock)

    def slowly(changes: Sequence[Change]) -> None:
        clock.time += flush_s
        commit(changes)

    stage.book.commit = slowly  # type: ignore[method-assign]  # the book is a fake
    return stage


def most_intended_at_once(changes: Sequence[Change]) -> int:
    """The most calls that were intended and neither answered nor returned."""
    open_calls, most = 0, 0
    for change in changes:
        open_calls += 1 if isinstance(change, Intent) else -1 if type(change).__name__ in ("Settled", "Returned") else 0
        most = max(most, open_calls)
    return most


@pytest.mark.parametrize(("flush_s", "most"), [(0.0, 3), (0.0005, 3), (0.02, 6)])
def test_intents_are_written_ahead_only_on_a_slow_disk(flush_s: float, most: int) -> None:
    stage = on_slow_disk(Rehearsal(PAIRS, lanes=3), flush_s)
    ending = stage.run()
    assert (ending.tally[Outcome.DELINKED], ending.calls) == (40, 40)
    assert most_intended_at_once(stage.book.changes) <= most
    assert settled_before_told(stage)


def test_a_pause_takes_back_what_was_intended_ahead_and_a_resume_sends_it_once() -> None:
    stage = on_slow_disk(Rehearsal(PAIRS, lanes=3), 0.02)
    stage.crm.script.extend([works] * 12)
    stage.crm.script.append(after_doing(stage.control.pause))
    ending = stage.run()
    assert ending.state is RunState.PAUSED
    assert not stage.book.ledger.open_batches()
    assert ending.calls == len(stage.crm.sent) == ending.tally[Outcome.DELINKED]
    returned = [change for change in stage.book.changes if isinstance(change, Returned)]
    assert not [change for change in returned if change.left]
    again = Rehearsal(PAIRS, before=stage.book.changes)
    again.crm.linked = stage.crm.linked
    assert again.run().tally[Outcome.DELINKED] == 40
    sent = [(*batch.ids, batch.call_parent_id) for batch in (*stage.crm.sent, *again.crm.sent)]
    assert len(sent) == len(set(sent)) == 40


def test_the_number_of_lanes_can_be_changed_on_the_way() -> None:
    pace = Pace(JumpingClock(), None, 20)
    assert pace.lanes == 5
    pace.limit(2, 20)
    assert (pace.lanes, pace.room) == (2, 2)
    pace.limit(None, 20)
    pace.answered(0.0)
    assert pace.lanes == 3
