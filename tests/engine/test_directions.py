"""Plans of both sides in a run: what a refused reversed call does, and that nothing is lost or sent twice by it."""

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, RequestRefused
from desktop.domain.outcomes import CallAnswer, Outcome, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch, Side, SideChoice
from desktop.domain.runs import RunState
from desktop.engine.workload import Workload
from tests.engine.rehearsal import CONTACTS, Deed, FakeCrm, Rehearsal, after_doing, applied_then, pairs_of, works

# Campaign 0 has 150 contacts of its own; contacts 900 and 901 stand on the campaigns 0 to 29, contact 902 on 40 to 59.
MIXED = [
    *((0, n) for n in range(150)),
    *((n, contact) for n in range(30) for contact in (900, 901)),
    *((n, 902) for n in range(40, 60)),
]


def refused(scope: RefusalScope, cause: CauseCode) -> RequestRefused:
    return RequestRefused("c", Refusal(scope, cause, 400, "CODE", "words"))


def reversed_calls_fail(error: RequestRefused) -> Deed:
    """The CRM takes no call that is addressed from a contact."""

    def deed(crm: FakeCrm, batch: Batch) -> CallAnswer:
        if batch.side is Side.RELATED:
            raise error
        return works(crm, batch)

    return deed


def sides(stage: Rehearsal) -> list[Side]:
    return [batch.side for batch in stage.crm.sent]


def links_sent(stage: Rehearsal, side: Side) -> list[tuple[str, str]]:
    return sorted(pair for batch in stage.crm.sent if batch.side is side for pair in pairs_of(batch))


def test_a_mixed_plan_is_carried_out_from_both_sides() -> None:
    stage = Rehearsal(MIXED, choice=SideChoice.AUTO)
    assert (stage.book.plan.side, stage.book.plan.calls) == ("mixed", 5)
    ending = stage.run()
    assert ending.state is RunState.FINISHED
    assert (ending.calls, ending.tally[Outcome.DELINKED]) == (5, len(MIXED))
    assert set(sides(stage)) == {Side.PARENT, Side.RELATED}


@pytest.mark.parametrize("lanes", [1, 3])
@pytest.mark.parametrize("cause", [CauseCode.LIST_NOT_FOUND, CauseCode.MODULE_NOT_SUPPORTED, CauseCode.NO_PERMISSION])
def test_after_a_refusal_of_the_list_the_rest_goes_as_in_the_sheet(cause: CauseCode, lanes: int) -> None:
    script = [reversed_calls_fail(refused(RefusalScope.RUN, cause))] * 200
    stage = Rehearsal(MIXED, script, choice=SideChoice.AUTO, lanes=lanes)
    ending = stage.run()
    assert ending.state is RunState.FINISHED
    assert ending.tally[Outcome.DELINKED] == len(MIXED)
    assert sides(stage).count(Side.RELATED) <= lanes, "only calls that were in flight together"
    assert len(links_sent(stage, Side.PARENT)) == len(set(links_sent(stage, Side.PARENT))) == len(MIXED)
    assert not any(one.outcome is Outcome.REFUSED for one in stage.outcomes())


def test_waiting_calls_are_regrouped_with_turned_links_of_the_same_parent() -> None:
    """The contact's call comes first; its link to campaign 0 then finds room in a call of campaign 0."""
    pairs = [*((n, 900) for n in range(1, 30)), (0, 900), *((0, n) for n in range(60))]
    stage = Rehearsal(pairs, [refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND)], choice=SideChoice.AUTO, lanes=1)
    assert stage.book.plan.side == "mixed"
    stage.run()
    assert sides(stage) == [Side.RELATED] + [Side.PARENT] * 30
    assert max(len(batch) for batch in stage.crm.sent[1:]) == 61


def test_a_refusal_of_one_reversed_call_turns_only_its_own_links() -> None:
    stage = Rehearsal(
        MIXED, [works, works, refused(RefusalScope.PARENT, CauseCode.REFUSED_OTHER)], choice=SideChoice.AUTO, lanes=1
    )
    ending = stage.run()
    assert ending.tally[Outcome.DELINKED] == len(MIXED)
    assert sides(stage).count(Side.RELATED) == 3


def test_calls_queued_after_the_refusal_go_as_in_the_sheet_too() -> None:
    book = Rehearsal([*((0, n) for n in range(60)), *((n, 900) for n in range(30))], choice=SideChoice.AUTO).book
    assert book.plan.side == "mixed"
    workload = Workload(book.links, book.plan.calls)
    workload.give_up_reversing(CONTACTS)
    workload.queue_calls(book.plan.batches)
    batches = []
    while task := workload.next_task(0.0):
        batches.append(task.batch)
    assert {batch.side for batch in batches} == {Side.PARENT}
    assert sorted(map(len, batches)) == [*[1] * 29, 61]
    assert len({batch.number for batch in batches} | {0, 1}) == len(batches) + 2, "numbers of their own"


def test_links_cut_out_of_a_refused_call_are_not_regrouped() -> None:
    """One id spoils campaign 0's call, so it is halved; a refused reversed call must not put the halves together again."""
    pairs = [*((0, n) for n in range(8)), *((n, 900) for n in range(1, 30))]
    script: list[Deed | Exception] = [
        refused(RefusalScope.IDS, CauseCode.REFUSED_OTHER),
        works,
        works,
        refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND),
    ]
    stage = Rehearsal(pairs, script, choice=SideChoice.AUTO, lanes=1)
    stage.run()
    assert [len(batch) for batch in stage.crm.sent[:4]] == [8, 4, 4, 29]


def test_the_next_program_knows_that_the_other_end_was_refused() -> None:
    """Not one call of the rest is tried from there again."""
    script: list[Deed | Exception] = [works, refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND), works]
    pairs = [(parent, related) for related in range(3) for parent in range(8)]
    first = Rehearsal(pairs, script, choice=SideChoice.AUTO, lanes=1)
    first.crm.script.append(after_doing(first.control.stop))
    assert first.run().state is RunState.STOPPED
    assert sides(first).count(Side.RELATED) == 2
    rest = Rehearsal(pairs, before=first.book.changes, choice=SideChoice.AUTO, lanes=3)
    rest.crm.linked = first.crm.linked
    ending = rest.run()
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, len(pairs))
    assert set(sides(rest)) == {Side.PARENT}
    assert len(rest.crm.sent) == 6, "a call a campaign, put together anew"


def test_a_lost_call_from_the_refused_end_is_read_from_the_sheets_side() -> None:
    """The list is hidden after the call: its own end would say nothing about it any more."""
    pairs = [(parent, related) for related in range(2) for parent in range(5)]
    gone_after = applied_then(AnswerMissing("c", "cut"))
    stage = Rehearsal(pairs, [gone_after, refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND)], choice=SideChoice.AUTO, lanes=2)
    stage.book.ledger.honoured.add(CONTACTS)
    stage.run()
    assert sides(stage)[:2] == [Side.RELATED] * 2
    assert stage.crm.looked and {batch.side for batch in stage.crm.looked} == {Side.PARENT}
    assert stage.causes().count(CauseCode.GONE_UNPROVEN) == 5


def test_a_read_that_is_refused_from_the_other_end_is_made_from_the_sheets_side() -> None:
    pairs = [(parent, 0) for parent in range(5)]
    hidden = refused(RefusalScope.RUN, CauseCode.LIST_NOT_FOUND)
    stage = Rehearsal(pairs, [AnswerMissing("c", "cut")], reads=[hidden], choice=SideChoice.AUTO, lanes=1)
    ending = stage.run()
    assert [batch.side for batch in stage.crm.looked] == [Side.RELATED] + [Side.PARENT] * 5
    assert (ending.tally[Outcome.DELINKED], sides(stage)) == (5, [Side.RELATED] + [Side.PARENT] * 5)
