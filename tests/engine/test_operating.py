"""What differs between removing and putting back: the call, what must be read before it, and what came back complete."""

from collections.abc import Mapping

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import UNANSWERED, Ledger
from desktop.domain.operations import Operation
from desktop.domain.outcomes import PUT_BACK, CallAnswer, LinkFields
from desktop.domain.runs import Change, Copied, Intent, RunState, Settled, Sighted, StateChange
from desktop.engine.operating import Removing, Restoring, operating_on
from desktop.engine.workload import Task, TaskKind
from tests.engine.rehearsal import Book, Rehearsal, pairs_of

PAIRS = [(0, 0), (0, 1)]


def undo_with(fields: Mapping[int, LinkFields]) -> Book:
    return Rehearsal(PAIRS, operation=Operation.RESTORE, fields=fields).book


def test_each_operation_makes_its_own_call() -> None:
    assert isinstance(operating_on(Rehearsal(PAIRS).book), Removing)
    assert isinstance(operating_on(undo_with({})), Restoring)


def test_without_a_safety_copy_no_link_is_read_first_and_an_undo_reads_every_one() -> None:
    assert Removing(safety_copy=False).read_before(Ledger(2)) is None
    book = undo_with({})
    assert Restoring(book).read_before(book.ledger) == bytearray(2)


def test_only_a_link_that_was_sent_after_its_copy_is_not_copied_anew() -> None:
    batch = Rehearsal(PAIRS).book.plan.batches[0]
    copied: list[Change] = [StateChange(RunState.RUNNING, None, 1.0), Copied((0, 1), {}, 1.0)]
    removing = Removing(safety_copy=True)
    assert removing.read_before(Ledger(2).replay(copied)) == bytearray(2), "copied, and then a pause"
    assert removing.read_before(Ledger(2).replay([*copied, Intent(batch, 2.0)])) == bytearray([1, 1])
    lost = Settled(batch.number, ((0, UNANSWERED), (1, UNANSWERED)), 3.0)
    assert removing.read_before(Ledger(2).replay([*copied, Intent(batch, 2.0), lost])) == bytearray([1, 1])
    assert removing.read_before(Ledger(2).replay([copied[0], Intent(batch, 2.0)])) == bytearray(2), "sent without a copy"


def test_links_go_back_with_the_fields_of_their_own() -> None:
    stage = Rehearsal(PAIRS, operation=Operation.RESTORE, fields={0: {"Member_Status": "Sent"}})
    batch = stage.book.plan.batches[0]
    stage.book.commit([StateChange(RunState.RUNNING, None, 1.0), Intent(batch, 2.0)])
    operating_on(stage.book).send(stage.crm, batch)
    assert [stage.crm.fields[pair] for pair in pairs_of(batch)] == [{"Member_Status": "Sent"}, {}]


def test_link_put_back_without_its_fields_is_marked_partial() -> None:
    book = undo_with({0: {"Member_Status": "Sent"}})
    restoring, batch = Restoring(book), book.plan.batches[0]
    restoring.prepare()
    book.commit([StateChange(RunState.RUNNING, None, 1.0), Sighted((), (0, 1), 1.0), Intent(batch, 2.0)])
    answer = CallAnswer(dict.fromkeys(batch.ids, PUT_BACK))
    decision = restoring.judge(Task(TaskKind.SEND, batch), answer, book.ledger, 3.0)
    told = dict(one for change in decision.changes if isinstance(change, Settled) for one in change.outcomes)
    assert (told[0].cause, told[1].cause) == (PUT_BACK.cause, CauseCode.PUT_BACK_PARTLY)
    assert restoring.outcome_as_read(book.ledger, 1, True).cause is CauseCode.PUT_BACK_PARTLY
    assert restoring.outcome_as_read(book.ledger, 1, False).cause is not CauseCode.PUT_BACK_PARTLY
