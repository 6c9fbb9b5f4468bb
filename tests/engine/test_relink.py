"""An undo in the runner: every link is read before it is sent, and a lost answer is read before it is sent again."""

import threading

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, CrmBusy, RequestRefused, TokenRejected
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch, Side, SideChoice
from desktop.domain.runs import Intent, Returned, RunState, Settled, Sighted
from tests.engine.rehearsal import FakeCrm, Rehearsal, applied_then, pairs_of, works

LOST = AnswerMissing("c", "the connection was cut")
FIVE = [(parent, related) for parent in range(5) for related in range(3)]


def undo(pairs: list[tuple[int, int]], *script: object, **settings: object) -> Rehearsal:
    return Rehearsal(pairs, script, operation=Operation.RESTORE, **settings)  # type: ignore[arg-type]


def refused(scope: RefusalScope, cause: CauseCode) -> RequestRefused:
    return RequestRefused("c", Refusal(scope, cause, 400, "CODE", "words"))


def test_every_link_is_read_then_put_back_with_its_own_fields() -> None:
    fields = {n: {"Member_Status": f"status {n}"} for n in range(0, len(FIVE), 2)}
    stage = undo(FIVE, fields=fields)
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.RELINKED]) == (RunState.FINISHED, len(FIVE))
    assert (ending.calls, ending.reads) == (5, 5)
    links = stage.book.links
    told = {n: stage.crm.fields[links.parent_ids[n], links.related_ids[n]] for n in range(len(FIVE))}
    assert told == {n: fields.get(n, {}) for n in range(len(FIVE))}


def test_the_read_and_the_intent_are_on_disk_before_the_call() -> None:
    stage = undo([(0, 0), (0, 1)])
    stage.run()
    kinds = [type(change) for change in stage.book.changes]
    assert kinds.index(Sighted) < kinds.index(Intent) < kinds.index(Settled)


def test_link_that_exists_already_is_not_put_back() -> None:
    stage = undo(FIVE)
    there = {pair for batch in stage.book.plan.batches[:2] for pair in pairs_of(batch)[:2]}
    stage.crm.linked |= there
    ending = stage.run()
    assert (ending.tally[Outcome.ALREADY_LINKED], ending.tally[Outcome.RELINKED]) == (4, len(FIVE) - 4)
    assert there & {pair for batch in stage.crm.sent for pair in pairs_of(batch)} == set()


@pytest.mark.parametrize("applied", [True, False])
def test_a_lost_answer_is_read_and_only_what_is_missing_is_sent_again(applied: bool) -> None:
    stage = undo([(0, 0), (0, 1)], applied_then(LOST) if applied else LOST)
    stage.run()
    assert stage.causes() == [CauseCode.PUT_BACK_PROVEN if applied else CauseCode.PUT_BACK] * 2
    assert len(stage.crm.sent) == (1 if applied else 2)
    kinds = [type(change) for change in stage.book.changes if isinstance(change, Intent | Settled | Sighted)]
    assert kinds[:4] == [Sighted, Intent, Settled, Sighted]


def test_a_call_whose_token_was_renewed_is_sent_again_under_an_intent_of_its_own_without_another_read() -> None:
    stage = undo([(0, 0), (0, 1)], TokenRejected("c", renewed=True))
    ending = stage.run()
    assert (ending.state, ending.reads, stage.causes()) == (RunState.FINISHED, 1, [CauseCode.PUT_BACK] * 2)
    kinds = [type(change) for change in stage.book.changes if isinstance(change, Intent | Returned | Settled | Sighted)]
    assert kinds == [Sighted, Intent, Returned, Intent, Settled]
    assert len({batch.number for batch in stage.crm.sent}) == 2


def test_after_three_lost_answers_it_is_still_not_linked_and_two_minutes_have_passed() -> None:
    stage = undo([(0, 0)], LOST, LOST, LOST)
    start = stage.clock.now()
    stage.run()
    assert stage.outcomes() == [LinkOutcome(Outcome.REFUSED, CauseCode.STILL_NOT_LINKED)]
    assert stage.clock.now() - start >= 120


def test_refusal_after_a_lost_call_with_a_late_effect_ends_with_the_right_outcome() -> None:
    def refuses_and_the_first_takes_effect(crm: FakeCrm, batch: Batch) -> CallAnswer:
        crm.apply(batch)
        raise refused(RefusalScope.CALL, CauseCode.REFUSED_OTHER)

    stage = undo([(0, 0)], LOST, refuses_and_the_first_takes_effect)
    stage.run()
    assert stage.causes() == [CauseCode.PUT_BACK_PROVEN]


def test_a_value_that_is_missing_is_found_by_halving() -> None:
    def picky(crm: FakeCrm, batch: Batch) -> CallAnswer:
        if any(call_id.endswith("00005") for call_id in batch.ids):
            raise refused(RefusalScope.IDS, CauseCode.VALUE_MISSING)
        return works(crm, batch)

    stage = undo([(0, related) for related in range(8)], *[picky] * 30)
    stage.run()
    assert [n for n, cause in enumerate(stage.causes()) if cause is CauseCode.VALUE_MISSING] == [5]
    assert [one.outcome for one in stage.outcomes()].count(Outcome.RELINKED) == 7


def test_a_reversed_call_that_is_refused_goes_from_the_sheets_side() -> None:
    pairs = [(parent, 0) for parent in range(4)] + [(parent, 1) for parent in range(4)]
    stage = undo(pairs, refused(RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND), choice=SideChoice.AUTO, lanes=1)
    ending = stage.run()
    assert ending.tally[Outcome.RELINKED] == 8
    assert [batch.side for batch in stage.crm.sent].count(Side.PARENT) == 4


def test_three_run_wide_refusals_pause_and_resume_reads_and_sends_them_again() -> None:
    wide = refused(RefusalScope.RUN, CauseCode.SCOPE_MISSING)
    stage = undo([(parent, 0) for parent in range(6)], wide, wide, wide, lanes=1)
    ending = stage.run()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.REFUSED_THREE_TIMES)
    again = undo([(parent, 0) for parent in range(6)], before=stage.book.changes)
    assert again.run().tally[Outcome.RELINKED] == 6


def test_links_that_cannot_be_read_first_are_not_sent() -> None:
    stage = undo([(0, 0), (0, 1)])
    stage.crm.copy_script = [LOST] * 9
    ending = stage.run()
    assert (ending.tally[Outcome.NOT_ATTEMPTED], stage.crm.sent) == (2, [])
    assert stage.causes() == [CauseCode.COPY_FAILED] * 2


def test_a_list_that_is_only_partly_read_is_read_on_before_anything_of_it_is_sent() -> None:
    def partly(crm: FakeCrm, batches: object) -> CopyAnswer:
        return CopyAnswer({}, whole=False)

    stage = undo([(0, 0), (0, 1)])
    stage.crm.copy_script = [partly]
    stage.crm.linked |= {pairs_of(stage.book.plan.batches[0])[0]}
    ending = stage.run()
    assert (ending.tally[Outcome.ALREADY_LINKED], ending.tally[Outcome.RELINKED]) == (1, 1)
    assert len(stage.crm.copied) == 2


def test_a_limit_sends_the_same_call_again() -> None:
    stage = undo(FIVE, CrmBusy("c", 30.0))
    assert stage.run().tally[Outcome.RELINKED] == len(FIVE)


def test_after_a_pause_what_was_read_before_it_is_read_again() -> None:
    """Somebody links two records by hand while the undo waits; nothing of theirs is overwritten."""
    stage = undo(FIVE, hold=True, lanes=2)
    meanwhile = pairs_of(stage.book.plan.batches[3])[0]

    def pauses(crm: FakeCrm, batch: Batch) -> CallAnswer:
        stage.control.pause()
        return works(crm, batch)

    def resume(state: RunState, _cause: CauseCode | None) -> None:
        if state is RunState.PAUSED:
            stage.crm.linked.add(meanwhile)
            threading.Timer(0.02, stage.control.resume).start()

    stage.crm.script = [pauses]
    stage.audience.on_state = resume
    ending = stage.run()
    assert (ending.tally[Outcome.ALREADY_LINKED], ending.tally[Outcome.RELINKED]) == (1, len(FIVE) - 1)
