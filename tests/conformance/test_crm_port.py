"""What the port of the CRM promises is kept by all that stands behind it: the client over HTTP, and each fake of the tests.

A fake that promises less than the client, or more, proves nothing of the code that is tried on it.
"""

from collections.abc import Callable, Iterator, Sequence
from unittest.mock import Mock

import pytest

from desktop.domain.connections import Account
from desktop.domain.errors import AnswerMissing, CrmError, RequestRefused
from desktop.domain.outcomes import Outcome, RefusalScope
from desktop.domain.planning.plans import Batch, Side, split_calls
from desktop.engine.patient_lists import Lists, PatientLists
from desktop.practice import PracticeCrm
from tests.conformance.stages import ERRORS, MAKERS, Stage, stage_of
from tests.engine.rehearsal import CONTACTS, JumpingClock, pairs_of

# One campaign with five contacts, and another that shares one of them.
PAIRS = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0)]


@pytest.fixture(scope="module")
def practice() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.fixture(params=MAKERS)
def stage(request: pytest.FixtureRequest, practice: PracticeCrm) -> Iterator[Stage]:
    with stage_of(request.param, practice, PAIRS) as stage:
        yield stage


@pytest.fixture(params=["itself", "with patience"])
def lists(request: pytest.FixtureRequest, stage: Stage) -> Lists:
    """The reading half of the port, as it is and with patience around it: both keep the same promises."""
    return stage.crm if request.param == "itself" else PatientLists(stage.crm, JumpingClock(), 5)


def batch(stage: Stage, links: Sequence[int], side: Side = Side.PARENT, number: int = 0) -> Batch:
    (found,) = split_calls(stage.rehearsal.book.links, CONTACTS, links, number, side)
    return found


def delink(stage: Stage, one: Batch) -> dict[str, Outcome]:
    stage.may_send(one)
    return {far: known.outcome for far, known in stage.crm.delink(one).outcomes.items()}


def relink(stage: Stage, one: Batch, fields: dict[str, object]) -> dict[str, Outcome]:
    stage.may_send(one)
    given = dict.fromkeys(one.ids, fields)
    return {far: known.outcome for far, known in stage.crm.relink(one, given).outcomes.items()}


def turn_on() -> bool:
    return True


def test_one_removal_is_one_request_for_exactly_its_links(stage: Stage) -> None:
    before, one = stage.linked(), batch(stage, [0, 2])
    assert delink(stage, one) == dict.fromkeys(one.ids, Outcome.DELINKED)
    assert stage.linked() == before - set(pairs_of(one))
    assert (stage.requests("DELETE"), stage.requests("GET")) == (1, 0)


def test_a_removal_from_the_other_end_removes_the_same_link(stage: Stage) -> None:
    before, one = stage.linked(), batch(stage, [0, 5], Side.RELATED)
    assert delink(stage, one) == dict.fromkeys(one.ids, Outcome.DELINKED)
    assert stage.linked() == before - set(pairs_of(one))
    assert len(pairs_of(one)) == 2


def test_a_link_that_is_not_there_is_told_apart_from_one_that_was_removed(stage: Stage) -> None:
    delink(stage, batch(stage, [1]))
    one = batch(stage, [0, 1], number=1)
    assert delink(stage, one) == {one.ids[0]: Outcome.DELINKED, one.ids[1]: Outcome.NOT_LINKED}


def test_what_was_put_back_is_there_with_the_fields_of_its_own(stage: Stage) -> None:
    before, one = stage.linked(), batch(stage, [1, 3])
    delink(stage, one)
    again = batch(stage, [1, 3], number=1)
    assert relink(stage, again, {"Member_Status": "Invited"}) == dict.fromkeys(one.ids, Outcome.RELINKED)
    assert stage.linked() == before
    shown = stage.crm.copy_of([again], turn_on).links
    assert [fields["Member_Status"] for fields in shown.values()] == ["Invited", "Invited"]


@pytest.mark.parametrize("side", Side)
def test_a_read_says_what_is_linked_and_changes_nothing(stage: Stage, lists: Lists, side: Side) -> None:
    delink(stage, batch(stage, [0]))
    before, asked = stage.linked(), batch(stage, [0, 1, 2] if side is Side.PARENT else [0, 5], side, number=1)
    there = {far for far, pair in zip(asked.ids, pairs_of(asked), strict=True) if pair in before}
    answer = lists.copy_of([asked], turn_on)
    assert (set(answer.links), answer.whole, answer.may_hide) == (there, True, False)
    assert stage.crm.linked_of(asked).linked == there
    assert stage.linked() == before and 0 < len(there) < len(asked)


def test_several_batches_of_a_list_are_read_together(stage: Stage, lists: Lists) -> None:
    asked = [batch(stage, [0, 1]), batch(stage, [2, 3], number=1), batch(stage, [4], number=2)]
    answer = lists.copy_of(asked, turn_on)
    assert set(answer.links) == {far for one in asked for far in one.ids}
    assert answer.whole and answer.reads >= 1


def test_a_record_that_is_gone_refuses_its_list_and_has_no_name(stage: Stage, lists: Lists) -> None:
    one = batch(stage, [0, 1])
    stage.delete(one.call_parent_id, "Campaigns")
    stage.may_send(one)
    calls: list[Callable[[], object]] = [
        lambda: lists.copy_of([one], turn_on),
        lambda: stage.crm.linked_of(one),
        lambda: stage.crm.delink(one),
    ]
    for call in calls:
        with pytest.raises(RequestRefused) as told:
            call()
        assert told.value.refusal.scope is RefusalScope.PARENT
    other = batch(stage, [5]).call_parent_id
    assert set(lists.names_of("Campaigns", [one.call_parent_id, other])) == {other}


def test_names_are_texts_and_only_those_that_were_asked_for(stage: Stage, lists: Lists) -> None:
    asked = batch(stage, [0, 1]).ids
    names = lists.names_of("Contacts", asked)
    assert set(names) == set(asked) and all(isinstance(name, str) for name in names.values())


@pytest.mark.parametrize("error", ERRORS)
def test_a_call_that_changes_links_and_fails_is_one_request_and_the_error_of_its_kind(
    stage: Stage, error: type[CrmError]
) -> None:
    before, one = stage.linked(), batch(stage, [0, 1])
    stage.meet(error, "DELETE")
    with pytest.raises(error):
        delink(stage, one)
    assert stage.linked() == before and stage.requests("DELETE") == 1


def test_an_answer_that_is_lost_says_nothing_of_what_was_done(stage: Stage) -> None:
    before, one = stage.linked(), batch(stage, [0, 1])
    stage.meet(AnswerMissing, "DELETE", applied=True)
    with pytest.raises(AnswerMissing):
        delink(stage, one)
    assert stage.linked() == before - set(pairs_of(one)) and stage.requests("DELETE") == 1


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("read", ["copy_of", "linked_of", "names_of"])
def test_a_read_that_proves_nothing_raises_the_error_of_its_kind(stage: Stage, read: str, error: type[CrmError]) -> None:
    one = batch(stage, [0, 1])
    reads: dict[str, Callable[[], object]] = {
        "copy_of": lambda: stage.crm.copy_of([one], turn_on),
        "linked_of": lambda: stage.crm.linked_of(one),
        "names_of": lambda: stage.crm.names_of("Contacts", one.ids),
    }
    stage.meet(error, "GET")
    with pytest.raises(error):
        reads[read]()
    assert stage.requests("GET") == 1, "nothing is made again behind the caller's back"


@pytest.mark.parametrize("kind", MAKERS)
def test_between_two_pages_somebody_may_end_the_read_and_nothing_is_said_of_the_rest(kind: str, practice: PracticeCrm) -> None:
    with stage_of(kind, practice, [(0, n) for n in range(450)]) as stage:
        asked = list(split_calls(stage.rehearsal.book.links, CONTACTS, range(450), 0))
        may_turn = Mock(return_value=False)
        answer = stage.crm.copy_of(asked, may_turn)
        assert may_turn.call_count == 1
        assert not answer.whole and 0 < len(answer.links) < 450


def test_who_is_asking_and_what_may_be_seen_can_be_asked(stage: Stage) -> None:
    assert isinstance(stage.crm.who_am_i(), Account)
    shown = stage.crm.visible_lists("Campaigns")
    assert shown is None or "Contacts" in shown
    assert all(relation.parent_module == "Campaigns" for relation in stage.crm.related_lists("Campaigns"))
    stage.crm.try_module("Contacts")
    assert stage.requests("DELETE") == stage.requests("PUT") == 0


def test_after_hanging_up_the_next_call_works(stage: Stage, lists: Lists) -> None:
    asked = batch(stage, [0, 1])
    lists.copy_of([asked], turn_on)
    lists.hang_up()
    assert set(lists.copy_of([asked], turn_on).links) == set(asked.ids)
