"""Values that refuse what is illegal when they are made, so that a mistake stops where it happens."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, Environment
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf
from desktop.domain.outcomes import LinkOutcome, Outcome, Refusal, RefusalScope
from desktop.domain.planning.call_limits import MAX_IDS, fits_one_call
from desktop.domain.planning.plans import Batch, Plan, Side
from desktop.domain.readings import Columns
from desktop.domain.records import Link, RecordId
from desktop.domain.relations import Relation
from desktop.domain.row_choices import Condition, HiddenCounts, RowsLeftOut
from desktop.domain.runs import Change, Copied, Reopened, Returned, RunFacts, Settled, Sighted

CONTACTS = Relation("Campaigns", "Contacts")
SERVICES = Relation("Appointments__s", "Services__s")
PARENT = RecordId("3652397000000925001")
ONE, TWO = RecordId("3652397000000925002"), RecordId("3652397000000925003")
BATCH = Batch(0, CONTACTS, Side.PARENT, PARENT, (ONE, TWO), (0, 1))
CONNECTION = Connection("1", "shop", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu")


@pytest.mark.parametrize("names", [("Notes", "x y"), ("", "Contacts"), ("Campaigns", "Contacts/1"), ("Campaigns", "9" * 101)])
def test_a_relation_has_names_that_the_interface_can_have(names: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="API names"):
        Relation(*names)


@pytest.mark.parametrize("text", ["", "3.65E+18", "123456789", "1" * 21, " 3652397000000925002", "٣٦٥٢٣٩٧٠٠٠٠٠٠٩٢٥٠٠٢"])
def test_a_link_joins_nothing_but_ids(text: str) -> None:
    for ids in ((text, ONE), (ONE, text)):
        with pytest.raises(ValueError, match="by its ID"):
            Link(CONTACTS, *map(RecordId, ids))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: replace(BATCH, number=-1), "numbered from 0"),
        (lambda: replace(BATCH, link_numbers=()), "one id for each"),
        (lambda: replace(BATCH, ids=(), link_numbers=()), "has links"),
        (lambda: replace(BATCH, ids=(ONE,)), "one id for each"),
        (lambda: replace(BATCH, link_numbers=(0, -1)), "numbered from 0"),
        (lambda: replace(BATCH, ids=(ONE, ONE)), "twice"),
        (lambda: replace(BATCH, link_numbers=(1, 1)), "twice"),
        (lambda: replace(BATCH, ids=(ONE, RecordId("3.65E+18"))), "by their IDs"),
        (lambda: replace(BATCH, call_parent_id=RecordId("")), "by their IDs"),
        (lambda: replace(BATCH, relation=SERVICES, side=Side.RELATED), "no other direction"),
    ],
)
def test_a_batch_that_no_call_could_carry_is_refused(wrong: Callable[[], Batch], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        wrong()


@pytest.mark.parametrize(("digits", "most"), [(19, 100), (20, 95), (10, 100)])
def test_a_batch_holds_as_many_ids_as_a_call_and_no_more(digits: int, most: int) -> None:
    ids = tuple(RecordId(str(10 ** (digits - 1) + number)) for number in range(MAX_IDS + 1))
    assert fits_one_call(ids[:most]) and not fits_one_call(ids[: most + 1])
    assert len(Batch(0, CONTACTS, Side.PARENT, PARENT, ids[:most], tuple(range(most)))) == most
    with pytest.raises(ValueError, match="fits into one call"):
        Batch(0, CONTACTS, Side.PARENT, PARENT, ids[: most + 1], tuple(range(most + 1)))


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        (Outcome.DELINKED, CauseCode.OFFLINE),
        (Outcome.DELINKED, CauseCode.PUT_BACK),
        (Outcome.NOT_LINKED, CauseCode.REMOVED),
        (Outcome.UNKNOWN, CauseCode.NO_PERMISSION),
        (Outcome.REFUSED, CauseCode.ANSWER_LOST),
        (Outcome.NOT_ATTEMPTED, CauseCode.REMOVED),
        (Outcome.NOT_ATTEMPTED, CauseCode.HANDED_OVER),
    ],
)
def test_an_outcome_has_a_cause_that_can_lead_to_it(outcome: Outcome, cause: CauseCode) -> None:
    with pytest.raises(ValueError, match="because of"):
        LinkOutcome(outcome, cause)


def test_a_call_is_refused_for_a_cause_that_its_links_can_have() -> None:
    with pytest.raises(ValueError, match="because of"):
        Refusal(RefusalScope.RUN, CauseCode.OFFLINE, 400, "CODE", "words")


@pytest.mark.parametrize("counts", [(-1, 0, None), (0, -1, None), (2, 1, 2), (2, 1, -1)])
def test_a_plan_counts_from_0_and_pauses_within_its_calls(counts: tuple[int, int, int | None]) -> None:
    with pytest.raises(ValueError, match=r"a plan|a pause"):
        Plan((BATCH,), *counts)


@pytest.mark.parametrize("wrong", [{"data_centre": "mars"}, {"api_version": "v1"}])
def test_a_connection_names_what_is_known(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"data centre|version"):
        replace(CONNECTION, **wrong)  # type: ignore[arg-type]  # each of these fields is a text


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Settled(-1, (), 1.0),
        lambda: Returned(-1, left=True, at=1.0),
        lambda: Sighted((-1,), (), 1.0),
        lambda: Sighted((1,), (1,), 1.0),
        lambda: Copied((-1,), {}, 1.0),
        lambda: Copied((0,), {1: {"Member_Status": "Sent"}}, 1.0),
        lambda: Reopened((-1,), 1.0),
    ],
)
def test_a_change_names_no_link_from_the_end_of_the_sheet_and_does_not_contradict_itself(wrong: Callable[[], Change]) -> None:
    with pytest.raises(ValueError, match=r"numbered from 0|not both|has fields"):
        wrong()


FACTS = RunFacts("r", Operation.REMOVE, Fresh(), "", "", "", "", "", (CONTACTS,), CONNECTION, "parent", 1, "", "")


@pytest.mark.parametrize(("operation", "origin"), [(Operation.RESTORE, Fresh()), (Operation.REMOVE, UndoOf("a"))])
def test_a_run_that_removes_undoes_none_and_one_that_puts_back_undoes_a_run(operation: Operation, origin: Origin) -> None:
    with pytest.raises(ValueError, match="another origin"):
        replace(FACTS, operation=operation, origin=origin)
    assert replace(FACTS, operation=operation, origin=RetryOf("a")).origin == RetryOf("a")


@pytest.mark.parametrize("wrong", [{"run": ""}, {"parent_column": -1}, {"related_column": -1}, {"calls_planned": -1}])
def test_a_run_has_a_name_and_counts_from_0(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        replace(FACTS, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Columns(-1, 1),
        lambda: Columns(0, -1),
        lambda: Columns(0, 1, module=-1, related_list=2),
        lambda: Columns(0, 1, module=2, related_list=-1),
        lambda: Condition(-1, "x"),
    ],
)
def test_no_column_is_named_from_the_end_of_the_row(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        wrong()


@pytest.mark.parametrize("counts", [(2, 3), (2, -1), (-1, -1)])
def test_no_more_hidden_rows_hold_links_than_there_are(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="hidden rows"):
        HiddenCounts(*counts)


def test_a_row_that_is_left_out_has_a_reason() -> None:
    left_out = RowsLeftOut()
    with pytest.raises(ValueError, match="a reason"):
        left_out.add(range(2, 4), bytes([1]))
    assert len(left_out) == 0
