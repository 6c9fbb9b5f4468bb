"""A retry: what it reads first, what it holds, what it leaves out, and that its parent is over."""

from dataclasses import replace

import pytest

from desktop.application.retrying import check_may_resume, check_may_retry, may_be_retried, retry_of, settle_unknown
from desktop.domain.building import EntriesBuilder
from desktop.domain.causes import CauseCode
from desktop.domain.errors import (
    AnswerMissing,
    CrmBusy,
    IllegalTransition,
    LinksUnconfirmed,
    NothingToRetry,
    RequestRefused,
    RunReplaced,
    TokenRejected,
)
from desktop.domain.operations import Operation
from desktop.domain.origins import RetryOf
from desktop.domain.outcomes import LinkOutcome, Outcome, Refusal, RefusalScope, Tally
from desktop.domain.planning.plans import SideChoice
from desktop.domain.runs import Intent, RunEvent, RunState, RunSummary, Settled, StateChange, after
from desktop.engine.control import RunControl
from tests.engine.rehearsal import Rehearsal, pairs_of

LOST = AnswerMissing("c", "the connection was cut")
PARENT_GONE = RequestRefused("c", Refusal(RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND, 404, "INVALID_DATA", "words"))
RETRY = RunSummary("r2", Operation.REMOVE, RetryOf("r"), RunState.FINISHED, "", None, "", "", Tally())


def interrupted(pairs: list[tuple[int, int]], sent: int) -> Rehearsal:
    """A run whose program died with ``sent`` calls on their way."""
    plan = Rehearsal(pairs).book.plan
    intents = [Intent(batch, 1000.0) for batch in plan.batches[:sent]]
    return Rehearsal(pairs, before=[StateChange(RunState.RUNNING, None, 999.0), *intents])


def settle(stage: Rehearsal, control: RunControl | None = None) -> None:
    settle_unknown(stage.book, stage.crm, stage.clock, control or RunControl())


def test_open_calls_are_read_not_before_five_seconds_and_nothing_is_sent() -> None:
    stage = interrupted([(0, 0), (0, 1), (1, 0), (2, 0)], sent=2)
    stage.crm.linked -= set(pairs_of(stage.book.plan.batches[0])) | set(pairs_of(stage.book.plan.batches[1]))
    settle(stage)
    assert 1005.0 <= stage.clock.now() < 1120.0
    assert not stage.crm.sent
    assert stage.causes() == [CauseCode.GONE_UNPROVEN] * 3 + [CauseCode.NOT_SENT_YET]


def test_what_is_still_there_is_read_again_when_its_call_can_take_effect_no_more() -> None:
    stage = interrupted([(0, 0), (1, 0)], sent=2)
    told: list[float] = []
    settle_unknown(stage.book, stage.crm, stage.clock, RunControl(), told.append)
    assert stage.clock.now() >= 1120.0 and max(told) > 100
    assert stage.causes() == [CauseCode.STILL_LINKED, CauseCode.STILL_LINKED]
    assert not stage.crm.sent


def test_an_effect_between_the_two_reads_is_told_right() -> None:
    stage = interrupted([(0, 0)], sent=1)

    def takes_effect(seconds: float) -> None:
        if seconds > 100:
            stage.crm.linked.clear()

    settle_unknown(stage.book, stage.crm, stage.clock, RunControl(), takes_effect)
    assert stage.causes() == [CauseCode.REMOVED_PROVEN], "the first read saw it"


def test_a_read_that_is_not_allowed_ends_it_and_keeps_what_was_read() -> None:
    stage = interrupted([(0, 0), (1, 0)], sent=2)
    stage.crm.copy_script = [TokenRejected("c", "INVALID_TOKEN")]
    with pytest.raises(TokenRejected):
        settle(stage)
    assert stage.book.ledger.tally[Outcome.UNKNOWN] == 2
    settle(stage)
    assert stage.book.ledger.tally[Outcome.UNKNOWN] == 0


def test_reads_that_prove_nothing_leave_the_links_unconfirmed() -> None:
    stage = interrupted([(0, 0)], sent=1)
    stage.crm.copy_script = [LOST] * 20
    with pytest.raises(LinksUnconfirmed):
        settle(stage)
    assert stage.causes() == [CauseCode.INTERRUPTED]


def test_a_limit_is_waited_for() -> None:
    stage = interrupted([(0, 0)], sent=1)
    stage.crm.copy_script = [CrmBusy("c", 30.0)]
    settle(stage)
    assert stage.book.ledger.tally[Outcome.UNKNOWN] == 0


def test_a_retry_goes_as_in_the_sheet_where_the_other_end_was_refused() -> None:
    """Otherwise each of its lanes would be refused once more."""
    wide = RequestRefused("c", Refusal(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND, 400, "CODE", "words"))
    pairs = [(parent, related) for related in range(2) for parent in range(5)]
    stage = Rehearsal(pairs, [wide, PARENT_GONE], choice=SideChoice.AUTO, lanes=1)
    stage.run()
    retry = retry_of(stage.book)
    assert (stage.book.plan.side, retry.plan.side) == ("related", "parent")


def test_a_stop_while_it_waits_leaves_the_links_unconfirmed() -> None:
    stage, control = interrupted([(0, 0)], sent=1), RunControl()
    control.stop()
    with pytest.raises(LinksUnconfirmed) as told:
        settle(stage, control)
    assert told.value.count == 1


def test_a_retry_holds_what_was_refused_or_not_sent_under_its_own_rows() -> None:
    pairs = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]
    stage = Rehearsal(pairs, [PARENT_GONE], lanes=1)
    entries = EntriesBuilder()
    for row, (link, pair) in enumerate(zip(range(5), pairs, strict=True), start=2):
        entries.add_link(row, str(pair[0]), str(pair[1]), link, duplicate=False)
    stage.book.entries = entries.build()
    stage.run()
    retry = retry_of(stage.book)
    assert [entry.row for entry in retry.sheet.entries] == [2, 3]
    assert retry.sheet.links.related_ids == stage.book.links.related_ids[:2]
    assert (retry.plan.links_to_send, retry.plan.calls, retry.parent.run) == (2, 1, "r")


def test_links_that_were_held_back_or_left_out_stay_unsent() -> None:
    stage = Rehearsal([(0, 0), (0, 1), (0, 2)], [PARENT_GONE])
    said_no = [CauseCode.HELD_BACK, CauseCode.LEFT_OUT]
    held = [(link, LinkOutcome(Outcome.NOT_ATTEMPTED, cause)) for link, cause in enumerate(said_no)]
    stage.book.links = replace(stage.book.links, suspicious=frozenset({0}))
    stage.book.commit([Settled(None, tuple(held), 1.0)])
    retry = retry_of(stage.book)
    assert len(retry.sheet.links) == 3
    assert retry.sheet.links.suspicious == {0}
    assert [batch.link_numbers for batch in retry.plan.batches] == [(2,)]


def test_a_run_that_left_nothing_cannot_be_retried() -> None:
    stage = Rehearsal([(0, 0)])
    stage.run()
    with pytest.raises(NothingToRetry):
        retry_of(stage.book)


def test_the_retry_of_an_undo_puts_back_what_it_left_with_the_fields_of_its_own_record() -> None:
    fields = {link: {"list_price": link} for link in range(3)}
    stage = Rehearsal([(0, 0), (0, 1), (1, 2)], [PARENT_GONE], operation=Operation.RESTORE, fields=fields)
    stage.run()
    left = stage.book.ledger.with_outcome(Outcome.REFUSED)
    assert left and may_be_retried(stage.book)
    check_may_retry(stage.book, [])
    retry = retry_of(stage.book)
    assert retry.parent.operation is Operation.RESTORE
    assert retry.fields == {new: fields[old] for new, old in enumerate(left)}


def test_the_retry_of_a_removal_reads_its_links_anew() -> None:
    stage = Rehearsal([(0, 0)], [PARENT_GONE], safety_copy=True)
    stage.run()
    assert stage.book.ledger.copies and not retry_of(stage.book).fields


def test_what_a_look_found_missing_after_an_undo_is_put_back_by_a_retry() -> None:
    stage = Rehearsal([(0, 0), (0, 1)], operation=Operation.RESTORE)
    stage.run()
    retry = retry_of(stage.book, [1])
    assert (len(retry.sheet.links), retry.plan.links_to_send, retry.sheet.links.related_ids[0]) == (
        1,
        1,
        stage.book.links.related_ids[1],
    )


def test_a_run_that_was_taken_over_is_neither_resumed_nor_retried_again() -> None:
    stage = Rehearsal([(0, 0)], [PARENT_GONE])
    stage.run()
    check_may_resume(stage.book, [])
    check_may_retry(stage.book, [])
    with pytest.raises(RunReplaced):
        check_may_retry(stage.book, [RETRY])
    stage.book.commit([StateChange(RunState.FINISHED, CauseCode.HANDED_OVER, 1.0)])
    with pytest.raises(RunReplaced):
        check_may_resume(stage.book, [])
    check_may_retry(stage.book, [])  # its retry was never written, or was removed from the list


def test_a_running_run_cannot_be_handed_over() -> None:
    with pytest.raises(IllegalTransition):
        after(RunState.RUNNING, RunEvent.HAND_OVER)
    for state in (RunState.PAUSED, RunState.STOPPED, RunState.INTERRUPTED, RunState.FINISHED):
        assert after(state, RunEvent.HAND_OVER) is RunState.FINISHED
