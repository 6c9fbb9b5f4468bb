"""The run: what is sent, what is written, what is read, and when it pauses."""

import threading
from collections.abc import Callable

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmUnreachable, RequestRefused, TokenRejected
from desktop.domain.outcomes import CallAnswer, LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch, Side, SideChoice
from desktop.domain.runs import Change, Intent, RunState, Settled, StateChange
from tests.engine.rehearsal import FakeCrm, Rehearsal, after_doing, applied_then, settled_before_told, works
from tests.patience import PATIENCE_S

LOST = AnswerMissing("c", "the connection was cut")
FIVE = [(parent, related) for parent in range(5) for related in range(3)]


def refused(scope: RefusalScope, cause: CauseCode = CauseCode.REFUSED_OTHER) -> RequestRefused:
    return RequestRefused("c", Refusal(scope, cause, 400, "CODE", "words"))


def test_a_plain_run_removes_everything_with_one_call_a_batch() -> None:
    stage = Rehearsal(FIVE)
    ending = stage.run()
    assert ending.state is RunState.FINISHED
    assert ending.tally[Outcome.DELINKED] == len(FIVE)
    assert (ending.calls, ending.reads, stage.crm.linked) == (5, 0, set())
    assert settled_before_told(stage)


def test_progress_is_monotone_and_full_only_at_the_end() -> None:
    stage = Rehearsal(FIVE)
    stage.run()
    done = [moment.done for moment in stage.audience.moments]
    assert done == sorted(done)
    assert done[-1] == len(FIVE)


def test_a_lost_answer_is_read_before_anything_is_sent_again() -> None:
    stage = Rehearsal([(0, 0), (0, 1)], [LOST])
    stage.run()
    assert stage.causes() == [CauseCode.REMOVED, CauseCode.REMOVED]
    assert len(stage.crm.sent) == 2
    kinds = [type(change).__name__ for change in stage.book.changes if not isinstance(change, StateChange)]
    assert kinds == ["Intent", "Settled", "Sighted", "Intent", "Settled"]


def test_a_removal_whose_answer_was_lost_is_not_claimed_without_proof() -> None:
    stage = Rehearsal([(0, 0)], [applied_then(LOST)])
    stage.run()
    assert stage.outcomes() == [LinkOutcome(Outcome.NOT_LINKED, CauseCode.GONE_UNPROVEN)]
    assert len(stage.crm.sent) == 1


def test_a_read_between_two_sends_proves_the_removal() -> None:
    stage = Rehearsal([(0, 0)], [LOST, applied_then(LOST)])
    stage.run()
    assert stage.causes() == [CauseCode.REMOVED_PROVEN]
    assert len(stage.crm.sent) == 2


def test_call_that_takes_effect_late_ends_with_the_right_outcome() -> None:
    def not_found(crm: FakeCrm, batch: Batch) -> CallAnswer:
        crm.apply(batch)  # the first call took effect just now
        return CallAnswer(crm.apply(batch))

    stage = Rehearsal([(0, 0)], [LOST, not_found])
    stage.run()
    assert stage.causes() == [CauseCode.REMOVED_PROVEN]


def test_after_three_lost_sends_the_link_is_still_there_and_two_minutes_have_passed() -> None:
    stage = Rehearsal([(0, 0)], [LOST, LOST, LOST])
    start = stage.clock.now()
    stage.run()
    assert stage.causes() == [CauseCode.STILL_LINKED]
    assert len(stage.crm.sent) == 3
    assert stage.clock.now() - start >= 120


@pytest.mark.parametrize(
    ("status", "cause"),
    [(503, CauseCode.SERVER_ERROR), (302, CauseCode.REDIRECTED), (200, CauseCode.ANSWER_UNREADABLE)],
)
def test_link_whose_fate_is_open_is_shown_as_unknown_meanwhile(status: int, cause: CauseCode) -> None:
    stage = Rehearsal([(0, 0)], [AnswerNotUnderstood("c", status)])
    stage.run()
    told = [change.outcomes[0][1] for change in stage.book.changes if isinstance(change, Settled)]
    assert told[0] == LinkOutcome(Outcome.UNKNOWN, cause)
    assert stage.causes() == [CauseCode.REMOVED]


def test_a_read_that_proves_nothing_leaves_the_link_unknown() -> None:
    stage = Rehearsal([(0, 0)], [LOST], reads=[LOST] * 20)
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.UNKNOWN]) == (RunState.FINISHED, 1)
    assert len(stage.crm.sent) == 1


def test_a_link_that_only_the_last_read_finds_is_sent_again_and_not_called_still_linked() -> None:
    stage = Rehearsal([(0, 0)], [LOST], reads=[LOST] * 4)
    ending = stage.run()
    assert stage.causes() == [CauseCode.REMOVED]
    assert (len(stage.crm.sent), ending.state) == (2, RunState.FINISHED)


def test_one_bad_id_is_found_by_halving() -> None:
    bad = "3652397000000900005"

    def picky(crm: FakeCrm, batch: Batch) -> CallAnswer:
        if bad in batch.ids:
            raise refused(RefusalScope.IDS, CauseCode.ID_FORMAT)
        return works(crm, batch)

    stage = Rehearsal([(0, related) for related in range(8)], [picky] * 30)
    stage.run()
    assert [one.outcome for one in stage.outcomes()].count(Outcome.DELINKED) == 7
    assert stage.causes()[5] is CauseCode.ID_FORMAT
    assert len(stage.crm.sent) == 7


@pytest.mark.parametrize("scope", [RefusalScope.CALL, RefusalScope.PARENT])
def test_call_that_halving_cannot_help_is_not_halved(scope: RefusalScope) -> None:
    stage = Rehearsal([(0, related) for related in range(8)], [refused(scope)])
    ending = stage.run()
    assert (ending.tally[Outcome.REFUSED], len(stage.crm.sent), ending.state) == (8, 1, RunState.FINISHED)


def test_three_run_wide_refusals_in_a_row_pause_and_resume_sends_them_again() -> None:
    wide = refused(RefusalScope.RUN, CauseCode.NO_PERMISSION)
    stage = Rehearsal([(parent, 0) for parent in range(10)], [wide] * 3, lanes=1)
    ending = stage.run()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.REFUSED_THREE_TIMES)
    assert len(stage.crm.sent) == 3
    again = Rehearsal([(parent, 0) for parent in range(10)], before=stage.book.changes)
    assert again.run().tally[Outcome.DELINKED] == 10


def test_run_wide_refusals_with_answers_between_do_not_pause() -> None:
    wide = refused(RefusalScope.RUN, CauseCode.NO_PERMISSION)
    stage = Rehearsal([(parent, 0) for parent in range(8)], [wide, wide, works, wide, wide, works], lanes=1)
    assert stage.run().state is RunState.FINISHED


def test_a_reversed_call_that_is_refused_goes_from_the_sheets_side_before_anything_is_said() -> None:
    pairs = [(parent, 0) for parent in range(4)] + [(parent, 1) for parent in range(4)]
    stage = Rehearsal(pairs, [refused(RefusalScope.PARENT)], choice=SideChoice.AUTO, lanes=1)
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == 8
    assert [batch.side for batch in stage.crm.sent] == ["related", "related", "parent", "parent", "parent", "parent"]


def test_a_reversed_call_refused_run_wide_turns_the_whole_relation() -> None:
    pairs = [(parent, related) for related in range(3) for parent in range(5)]
    stage = Rehearsal(pairs, [refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND)], choice=SideChoice.AUTO, lanes=1)
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == 15
    assert [batch.side for batch in stage.crm.sent].count(Side.RELATED) == 1


def test_a_limit_is_waited_for_and_nothing_is_refused() -> None:
    stage = Rehearsal(FIVE, [CrmBusy("c", 30.0), CrmBusy("c", None)])
    start = stage.clock.now()
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == len(FIVE)
    assert stage.clock.now() - start >= 30
    assert any(moment.waiting_for is CauseCode.LIMIT_REACHED for moment in stage.audience.moments)


def test_a_limit_that_stays_pauses_with_everything_kept() -> None:
    stage = Rehearsal(FIVE, [CrmBusy("c", None)] * 100)
    ending = stage.run()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.LIMIT_REACHED)
    assert ending.tally[Outcome.NOT_ATTEMPTED] == len(FIVE)


def test_a_call_that_never_left_is_tried_again_and_not_counted() -> None:
    stage = Rehearsal([(0, 0)], [CrmUnreachable("c", "no network")] * 2)
    ending = stage.run()
    assert (ending.calls, ending.tally[Outcome.DELINKED]) == (1, 1)


def test_a_network_that_stays_away_pauses() -> None:
    stage = Rehearsal([(0, 0)], [CrmUnreachable("c", "no network")] * 50)
    assert (stage.run().cause, stage.crm.linked != set()) == (CauseCode.OFFLINE, True)


def test_a_rejected_token_pauses_and_the_call_is_sent_after_signing_in() -> None:
    stage = Rehearsal(FIVE, [TokenRejected("c", "INVALID_TOKEN")], hold=True, lanes=1)
    stage.audience.on_state = _resume_when_paused(stage)
    ending = stage.run()
    assert (RunState.PAUSED, CauseCode.SIGNED_OUT) in stage.audience.states
    assert ending.tally[Outcome.DELINKED] == len(FIVE)


def test_run_can_be_paused_and_resumed_from_another_thread() -> None:
    stage = Rehearsal(FIVE, hold=True, lanes=1)
    stage.crm.script = [after_doing(stage.control.pause)]
    stage.audience.on_state = _resume_when_paused(stage)
    assert stage.run().state is RunState.FINISHED
    assert (RunState.PAUSED, CauseCode.ASKED) in stage.audience.states


def test_a_stop_finishes_what_is_in_flight_and_keeps_the_rest() -> None:
    stage = Rehearsal(FIVE, lanes=1)
    stage.crm.script = [works, after_doing(stage.control.stop)]
    ending = stage.run()
    assert ending.state is RunState.STOPPED
    assert (ending.tally[Outcome.DELINKED], len(stage.crm.sent)) == (6, 2)
    rest = Rehearsal(FIVE, before=stage.book.changes)
    assert rest.run().tally[Outcome.DELINKED] == 15
    assert len(rest.crm.sent) == 3


def test_a_call_that_hangs_past_the_grace_stays_intended() -> None:
    hanging = threading.Event()
    stage = Rehearsal(FIVE, lanes=1)

    def hang(crm: FakeCrm, batch: Batch) -> CallAnswer:
        stage.control.stop(grace_s=1.0)
        hanging.wait(PATIENCE_S)
        return works(crm, batch)

    stage.crm.script = [hang]
    ending = stage.run()
    hanging.set()
    assert ending.state is RunState.STOPPED
    assert len(stage.book.ledger.open_batches()) == 1


def test_a_killed_program_is_settled_by_a_read_before_anything_is_sent() -> None:
    first = Rehearsal(FIVE, lanes=1)
    batch = first.book.plan.batches[0]
    before: list[Change] = [StateChange(RunState.RUNNING, None, 1.0), Intent(batch, 1.0)]
    stage = Rehearsal(FIVE, before=before, lanes=1)
    stage.crm.linked.discard((batch.call_parent_id, batch.ids[0]))
    ending = stage.run()
    assert stage.crm.looked[0].link_numbers == batch.link_numbers
    assert stage.causes()[0] is CauseCode.GONE_UNPROVEN
    assert ending.tally[Outcome.DELINKED] == 14
    assert all(batch.ids[0] not in sent.ids or sent.call_parent_id != batch.call_parent_id for sent in stage.crm.sent)


def test_the_first_links_pause_the_run_and_the_rest_follows() -> None:
    stage = Rehearsal(FIVE, first=4)
    ending = stage.run()
    assert (ending.state, ending.cause, ending.tally[Outcome.DELINKED]) == (RunState.PAUSED, CauseCode.FIRST_LINKS_DONE, 4)
    rest = Rehearsal(FIVE, first=4, before=stage.book.changes)
    assert rest.run().tally[Outcome.DELINKED] == 15


def test_nothing_is_sent_when_its_intent_cannot_be_written() -> None:
    stage = Rehearsal(FIVE, lanes=1)

    def fill_disk(crm: FakeCrm, batch: Batch) -> CallAnswer:
        stage.book.refuse_commits = 10
        return works(crm, batch)

    stage.crm.script = [fill_disk]
    ending = stage.run()
    assert (ending.state, ending.cause, len(stage.crm.sent)) == (RunState.PAUSED, CauseCode.DISK_FULL, 1)
    assert ending.tally[Outcome.DELINKED] == 0


def test_outcomes_wait_for_room_on_the_disk_and_are_then_written() -> None:
    stage = Rehearsal(FIVE, hold=True, lanes=1)
    stage.crm.script = [after_doing(lambda: setattr(stage.book, "refuse_commits", 2))]
    stage.audience.on_state = _resume_when_paused(stage)
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == 15


def test_sent_links_whose_outcome_could_not_be_written_are_not_called_unsent() -> None:
    stage = Rehearsal(FIVE, lanes=1)
    stage.crm.script = [after_doing(lambda: setattr(stage.book, "refuse_commits", 99))]
    ending = stage.run()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.DISK_FULL)
    assert (ending.tally[Outcome.UNKNOWN], ending.tally[Outcome.NOT_ATTEMPTED]) == (3, 12)


def test_run_is_finished_only_once_the_disk_has_it() -> None:
    stage = Rehearsal(FIVE, lanes=1)
    last = len(stage.book.plan.batches)
    commits: list[int] = []

    def written(state: RunState, _cause: CauseCode | None) -> None:
        commits.append(len(stage.book.commits))

    def refuse_the_end() -> None:
        if stage.audience.moments[-1].done == len(FIVE):
            stage.book.refuse_commits = 1

    stage.audience.on_state = written
    stage.audience.on_moment = refuse_the_end
    ending = stage.run()
    assert (ending.state, ending.cause, len(stage.crm.sent)) == (RunState.PAUSED, CauseCode.DISK_FULL, last)
    rest = Rehearsal(FIVE, before=stage.book.changes)
    assert (rest.run().state, rest.crm.sent) == (RunState.FINISHED, [])


def test_changes_written_with_a_change_of_state_are_reported_too() -> None:
    stage = Rehearsal(FIVE, hold=True, lanes=1)
    stage.crm.script = [after_doing(lambda: setattr(stage.book, "refuse_commits", 2))]
    stage.audience.on_state = _resume_when_paused(stage)
    stage.run()
    told = [change for moment in stage.audience.moments for change in moment.changes]
    assert [change for change in stage.book.changes if isinstance(change, Settled)] == [
        change for change in told if isinstance(change, Settled)
    ]


def test_fault_of_the_program_is_raised_after_everything_known_is_on_disk() -> None:
    stage = Rehearsal(FIVE, [ZeroDivisionError("a bug")], lanes=1)
    with pytest.raises(ZeroDivisionError):
        stage.run()
    assert stage.causes()[:3] == [CauseCode.INTERRUPTED] * 3
    assert stage.audience.states[-1][0] is RunState.STOPPED


def test_an_answer_that_leaves_a_link_out_is_settled_by_a_read() -> None:
    def short(crm: FakeCrm, batch: Batch) -> CallAnswer:
        outcomes = crm.apply(batch)
        missing = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_INCOMPLETE)
        return CallAnswer({**outcomes, batch.ids[-1]: missing})

    stage = Rehearsal([(0, 0), (0, 1)], [short])
    stage.run()
    assert stage.causes() == [CauseCode.REMOVED, CauseCode.GONE_UNPROVEN]
    assert stage.crm.looked[0].link_numbers == (1,)


def _resume_when_paused(stage: Rehearsal) -> Callable[[RunState, CauseCode | None], None]:
    def resume(state: RunState, _cause: CauseCode | None) -> None:
        if state is RunState.PAUSED:
            threading.Timer(0.02, stage.control.resume).start()

    return resume
