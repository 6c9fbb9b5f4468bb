"""The safety copy: read before the removal, kept before the intent; what it shows is absent is not sent."""

import threading
from collections.abc import Callable, Sequence

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmUnreachable, RequestRefused, TokenRejected
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch, Side, SideChoice
from desktop.domain.records import RecordId
from desktop.domain.runs import Change, Copied, Intent, Reopened, RunState, Settled
from tests.engine.rehearsal import FakeCrm, Rehearsal, applied_then, pairs_of, settled_before_told, works

LOST = AnswerMissing("c", "the connection was cut")
FIVE = [(parent, related) for parent in range(5) for related in range(3)]


def refused(scope: RefusalScope, cause: CauseCode) -> RequestRefused:
    return RequestRefused("c", Refusal(scope, cause, 400, "CODE", "words"))


def test_every_link_is_copied_before_its_intent() -> None:
    stage = Rehearsal(FIVE, safety_copy=True)
    ending = stage.run()
    assert (ending.tally[Outcome.DELINKED], ending.calls, ending.reads) == (15, 5, 5)
    assert stage.book.ledger.copies == 15
    for number, change in enumerate(stage.book.changes):
        if isinstance(change, Intent):
            copied = {link for one in stage.book.changes[:number] if isinstance(one, Copied) for link in one.links}
            assert copied >= set(change.batch.link_numbers)
    assert settled_before_told(stage)


def test_link_that_the_copy_shows_to_be_absent_is_not_sent() -> None:
    stage = Rehearsal([(0, 0), (0, 1), (1, 0)], safety_copy=True)
    gone = {pair for pair in stage.crm.linked if pair[0].endswith("1") or pair[1].endswith("1")}
    stage.crm.linked -= gone
    ending = stage.run()
    assert stage.causes() == [CauseCode.REMOVED, CauseCode.ABSENT_BEFORE, CauseCode.ABSENT_BEFORE]
    assert [len(batch) for batch in stage.crm.sent] == [1]
    assert ending.tally[Outcome.NOT_LINKED] == 2
    assert stage.audience.moments[-1].done == 3


def test_a_lost_answer_is_proven_by_the_copy() -> None:
    stage = Rehearsal([(0, 0)], [applied_then(LOST)], safety_copy=True)
    stage.run()
    assert stage.causes() == [CauseCode.REMOVED_PROVEN]
    assert len(stage.crm.sent) == 1


@pytest.mark.parametrize("trouble", [LOST, AnswerNotUnderstood("c", 500)])
def test_a_link_that_cannot_be_read_is_not_sent(trouble: Exception) -> None:
    stage = Rehearsal([(0, 0), (1, 0)], safety_copy=True, lanes=1)
    stage.crm.copy_script = [trouble, None, trouble, trouble, trouble]
    ending = stage.run()
    assert stage.causes() == [CauseCode.COPY_FAILED, CauseCode.REMOVED]
    assert (ending.state, ending.tally[Outcome.NOT_ATTEMPTED]) == (RunState.FINISHED, 1)
    assert [batch.link_numbers for batch in stage.crm.sent] == [(1,)]


def test_a_read_that_fails_for_a_while_is_made_again() -> None:
    stage = Rehearsal([(0, 0)], safety_copy=True)
    stage.crm.copy_script = [LOST, CrmBusy("c", 3.0), CrmUnreachable("c", "no network"), LOST]
    assert stage.run().tally[Outcome.DELINKED] == 1
    assert len(stage.crm.copied) == 5


def test_a_rejected_token_pauses_before_anything_was_sent() -> None:
    stage = Rehearsal([(0, 0)], safety_copy=True)
    stage.crm.copy_script = [TokenRejected("c", "INVALID_TOKEN")]
    ending = stage.run()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.SIGNED_OUT)
    assert not stage.crm.sent and stage.causes() == [CauseCode.NOT_SENT_YET]


def test_one_read_serves_all_calls_of_a_list() -> None:
    stage = Rehearsal([(0, related) for related in range(250)], safety_copy=True)
    ending = stage.run()
    assert [len(group) for group in stage.crm.copied] == [3]
    assert (ending.calls, ending.tally[Outcome.DELINKED]) == (3, 250)


def test_a_list_that_is_not_worth_paging_is_asked_for_by_ids() -> None:
    def first_page(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
        return CopyAnswer({call_id: {} for call_id in batches[0].ids[:40]}, whole=False)

    stage = Rehearsal([(0, related) for related in range(250)], safety_copy=True)
    stage.crm.copy_script = [first_page]
    ending = stage.run()
    assert [len(group) for group in stage.crm.copied] == [3, 1, 1, 1]
    assert (ending.calls, ending.reads, ending.tally[Outcome.DELINKED]) == (3, 4, 250)


def test_a_very_long_list_is_asked_for_by_ids_at_once() -> None:
    stage = Rehearsal([(0, related) for related in range(2101)], safety_copy=True)
    stage.run()
    assert {len(group) for group in stage.crm.copied} == {1}


def test_the_fields_of_a_link_are_kept() -> None:
    def with_fields(crm: FakeCrm, batches: Sequence[Batch]) -> CopyAnswer:
        return CopyAnswer({call_id: {"Member_Status": f"Sent {n}"} for n, call_id in enumerate(batches[0].ids)})

    stage = Rehearsal([(0, 0), (0, 1)], safety_copy=True)
    stage.crm.copy_script = [with_fields]
    stage.run()
    assert list(stage.book.safety_copy()) == [(0, {"Member_Status": "Sent 0"}), (1, {"Member_Status": "Sent 1"})]


def test_unknown_parent_settles_its_links_and_nothing_is_sent() -> None:
    stage = Rehearsal([(0, 0), (1, 0)], safety_copy=True, lanes=1)
    stage.crm.copy_script = [refused(RefusalScope.PARENT, CauseCode.PARENT_NOT_FOUND)]
    stage.run()
    assert stage.outcomes()[0] == LinkOutcome(Outcome.REFUSED, CauseCode.PARENT_NOT_FOUND, "CODE", "words")
    assert stage.causes()[1] is CauseCode.REMOVED
    assert len(stage.crm.sent) == 1


@pytest.mark.parametrize("scope", [RefusalScope.CALL, RefusalScope.IDS])
def test_a_read_that_is_refused_for_another_reason_keeps_the_links_from_being_sent(scope: RefusalScope) -> None:
    stage = Rehearsal([(0, 0)], safety_copy=True)
    stage.crm.copy_script = [refused(scope, CauseCode.REFUSED_OTHER)]
    stage.run()
    assert stage.outcomes() == [LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.COPY_FAILED, "CODE", "words")]
    assert not stage.crm.sent


def test_a_reversed_read_that_is_refused_is_made_from_the_sheets_side() -> None:
    pairs = [(parent, related) for related in range(3) for parent in range(5)]
    stage = Rehearsal(pairs, choice=SideChoice.AUTO, lanes=1, safety_copy=True)
    stage.crm.copy_script = [refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND)]
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == 15
    assert {batch.side for batch in stage.crm.sent} == {Side.PARENT}
    assert [group[0].side for group in stage.crm.copied].count(Side.RELATED) == 1


def test_a_missing_right_to_read_pauses_and_resume_goes_on_with_all() -> None:
    many = [(parent, 0) for parent in range(10)]
    stage = Rehearsal(many, lanes=1, safety_copy=True)
    stage.crm.copy_script = [refused(RefusalScope.RUN, CauseCode.SCOPE_MISSING)] * 3
    ending = stage.run()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.COPY_REFUSED)
    assert not stage.crm.sent and len(stage.crm.copied) == 3
    again = Rehearsal(many, before=stage.book.changes, safety_copy=True)
    assert again.run().tally[Outcome.DELINKED] == 10
    assert any(isinstance(change, Reopened) for change in again.book.changes)


@pytest.mark.parametrize("lists", [1, 2, 3])
@pytest.mark.parametrize("operation", [Operation.REMOVE, Operation.RESTORE])
def test_single_list_that_may_not_be_read_pauses_the_run_too(lists: int, operation: Operation) -> None:
    stage = Rehearsal([(parent, 0) for parent in range(lists)], safety_copy=True, operation=operation)
    stage.crm.copy_script = [refused(RefusalScope.RUN, CauseCode.SCOPE_MISSING)] * 9
    ending = stage.run()
    assert (ending.state, ending.cause, stage.crm.sent) == (RunState.PAUSED, CauseCode.COPY_REFUSED, [])
    assert set(stage.causes()) == {CauseCode.COPY_REFUSED}
    again = Rehearsal([(parent, 0) for parent in range(lists)], before=stage.book.changes, safety_copy=True, operation=operation)
    assert again.run().state is RunState.FINISHED


def test_run_goes_on_after_the_right_to_read_was_given() -> None:
    stage = Rehearsal([(parent, 0) for parent in range(10)], lanes=1, hold=True, safety_copy=True)
    stage.crm.copy_script = [refused(RefusalScope.RUN, CauseCode.NO_PERMISSION)] * 3

    def put_right(state: RunState, cause: CauseCode | None) -> None:
        if state is RunState.PAUSED:
            threading.Timer(0.02, stage.control.resume).start()

    stage.audience.on_state = put_right
    ending = stage.run()
    assert (RunState.PAUSED, CauseCode.COPY_REFUSED) in stage.audience.states
    assert (ending.tally[Outcome.DELINKED], ending.calls, len(stage.crm.copied)) == (10, 10, 13)


def test_what_was_copied_but_not_sent_is_copied_anew_by_the_next_program() -> None:
    batch = Rehearsal([(0, 0), (1, 0)]).book.plan.batches[0]
    before: list[Change] = [Copied((0, 1), {}, 1.0), Intent(batch, 1.0)]
    stage = Rehearsal([(0, 0), (1, 0)], before=before, safety_copy=True, lanes=1)
    stage.run()
    assert [group[0].link_numbers for group in stage.crm.copied] == [(1,)]
    assert stage.crm.looked[0].link_numbers == (0,)
    assert stage.causes() == [CauseCode.REMOVED, CauseCode.REMOVED]


def test_a_list_is_never_paged_through_while_a_removal_on_it_is_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeCrm, "reads_by_ids", False)
    flying: dict[RecordId, list[str]] = {}
    guard, clashes = threading.Lock(), list[str]()

    class Watchful(FakeCrm):
        def _within(self, parent: RecordId, kind: str) -> None:
            with guard:
                others = flying.setdefault(parent, [])
                clashes.extend(f"{kind} with {other}" for other in others if other != kind)
                others.append(kind)
            threading.Event().wait(0.002)
            with guard:
                flying[parent].remove(kind)

        def delink(self, batch: Batch) -> CallAnswer:
            self._within(batch.call_parent_id, "removal")
            return super().delink(batch)

        def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
            self._within(batches[0].call_parent_id, "read")
            return super().copy_of(batches, reads_on)

    stage = Rehearsal([(parent, related) for parent in range(3) for related in range(2200)], safety_copy=True, lanes=6)
    stage.crm.__class__ = Watchful
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == 6600
    assert not clashes


def test_without_a_copy_nothing_is_read() -> None:
    stage = Rehearsal(FIVE)
    assert stage.run().reads == 0
    assert not stage.crm.copied and stage.book.ledger.copies == 0


def test_absent_links_are_settled_without_a_call() -> None:
    stage = Rehearsal([(0, 0)], safety_copy=True)
    stage.crm.linked.clear()
    ending = stage.run()
    settled = [change for change in stage.book.changes if isinstance(change, Settled)]
    assert (ending.calls, [change.batch for change in settled]) == (0, [None])


def test_links_removed_by_somebody_after_the_copy_are_not_claimed() -> None:
    def somebody_else_was_quicker(crm: FakeCrm, batch: Batch) -> CallAnswer:
        crm.linked.difference_update(pairs_of(batch))
        return works(crm, batch)

    stage = Rehearsal([(0, 0)], [somebody_else_was_quicker], safety_copy=True)
    stage.run()
    assert stage.causes() == [CauseCode.GONE_MEANWHILE]
