"""Links with a value of their own: a copy that does not hold it cannot bring it back, and that is said before it is too late."""

from collections.abc import Sequence

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CopyAnswer, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import RunState
from tests.engine.rehearsal import FakeCrm, Reading, Rehearsal

LISTS = [(campaign, contact) for campaign in range(4) for contact in range(2)]


def with_fields(fields: dict[str, object], absent: int = 0) -> Reading:
    def reading(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
        return CopyAnswer({call_id: dict(fields) for one in batches for call_id in one.ids[absent:]})

    return reading


WITHOUT, EMPTY, WITH = with_fields({}), with_fields({"Member_Status": None}), with_fields({"Member_Status": "Sent"})


@pytest.mark.parametrize("lanes", [1, 3])
def test_a_copy_without_the_fields_pauses_before_anything_is_removed(lanes: int) -> None:
    stage = Rehearsal(LISTS, safety_copy=True, partial_undo=False, lanes=lanes)
    stage.crm.copy_script = [WITHOUT] * 9
    ending = stage.run()
    assert (ending.state, ending.cause, stage.crm.sent) == (RunState.PAUSED, CauseCode.COPY_WITHOUT_FIELDS, [])
    again = Rehearsal(LISTS, before=stage.book.changes, safety_copy=True, partial_undo=False, lanes=lanes)
    again.crm.copy_script = [WITHOUT] * 9
    assert (again.run().cause, again.crm.sent) == (CauseCode.COPY_WITHOUT_FIELDS, [])
    last = Rehearsal(LISTS, before=[*stage.book.changes, *again.book.changes], safety_copy=True, lanes=lanes)
    last.crm.copy_script = [WITHOUT] * 9
    assert last.run().tally[Outcome.DELINKED] == len(LISTS)


@pytest.mark.parametrize("first", [EMPTY, WITH])
def test_empty_value_is_not_missing_and_the_first_list_decides(first: Reading) -> None:
    stage = Rehearsal(LISTS, safety_copy=True, partial_undo=False, lanes=1)
    stage.crm.copy_script = [first, WITHOUT, WITHOUT, WITHOUT]
    assert stage.run().tally[Outcome.DELINKED] == len(LISTS)


def test_a_list_without_links_decides_nothing() -> None:
    stage = Rehearsal(LISTS, safety_copy=True, partial_undo=False, lanes=1)
    stage.crm.copy_script = [with_fields({}, absent=2), WITHOUT]
    assert (stage.run().cause, stage.crm.sent) == (CauseCode.COPY_WITHOUT_FIELDS, [])


def test_run_that_goes_on_without_fields_does_not_pause_again() -> None:
    stage = Rehearsal(LISTS, safety_copy=True, partial_undo=False, hold=True)
    stage.crm.copy_script = [WITHOUT] * 20

    def go_on(state: RunState, cause: CauseCode | None) -> None:
        if state is RunState.PAUSED:
            stage.control.resume()

    stage.audience.on_state = go_on
    assert stage.run().tally[Outcome.DELINKED] == len(LISTS)
    assert [cause for state, cause in stage.audience.states if state is RunState.PAUSED] == [CauseCode.COPY_WITHOUT_FIELDS]


def test_an_undo_says_of_each_link_whether_its_own_value_came_back() -> None:
    stage = Rehearsal(
        [(0, 0), (0, 1), (0, 2)], operation=Operation.RESTORE, fields={0: {"Member_Status": "Sent"}, 1: {"Member_Status": None}}
    )
    stage.run()
    assert stage.causes() == [CauseCode.PUT_BACK, CauseCode.PUT_BACK, CauseCode.PUT_BACK_PARTLY]
