"""Judges answers when links are put back, where that differs from removing them (judging.py).

A link is always read before it is sent. If it is there, somebody linked it again, and it is left alone; if it is proven
missing, it may be sent. After a lost answer a read settles it: if the link is there, it was put back, else it is sent again.
"""

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import PUT_BACK, CopyAnswer, LinkOutcome, ReadAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import Change, Settled, Sighted
from desktop.engine.decisions import LINKED_AGAIN, PUT_BACK_PROVEN, STILL_MISSING, Decision
from desktop.engine.judging import judge, judge_read_back, leave_out_hidden, steps_after_copy, without_effect
from desktop.engine.lanes import Result
from desktop.engine.workload import Task


def judge_relink(task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
    """Decide what follows from the result of a task in an undo. ``at`` is seconds since the epoch."""
    match result:
        case ReadAnswer():
            return judge_read_back(task, result, ledger, at, relink_as_read)
        case CopyAnswer():
            return _judge_first_read(task, result, ledger, at)
    return judge(task, result, ledger, at)


def relink_as_read(ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
    """Return what a read proves of a link whose call was lost or not believed; REFUSED if that call had no effect."""
    if not is_linked:
        return without_effect(ledger.outcome(link), STILL_MISSING)
    # The link was read as missing before it was sent, so one that is there now was put back by our call.
    return PUT_BACK if ledger.outcome(link).cause is CauseCode.SUCCESS_UNPROVEN else PUT_BACK_PROVEN


def _judge_first_read(task: Task, answer: CopyAnswer, ledger: Ledger, at: float) -> Decision:
    """Settle the links that are there, send those that are proven missing, and have more read about the others."""
    linked: list[int] = []
    missing: list[int] = []
    sendable: list[tuple[Batch, tuple[int, ...]]] = []
    unread: list[Batch] = []
    for batch in task.batches:
        present, others = batch.split(answer.links)
        if others and not answer.whole and not answer.may_hide:
            unread.append(batch)  # it is read again as a whole, with the links that were shown
            continue
        linked += present
        # A whole answer is needed: a link that is there but was not shown would be linked anew, and lose the values that it has.
        if answer.whole and others:
            missing += others
            sendable.append((batch, tuple(others)))
    changes: list[Change] = [Sighted(tuple(linked), tuple(missing), at, answer.reads)]
    # A link whose call was lost before and that is there now was put back by us; of the others, somebody else did it.
    if linked:
        outcomes = tuple((link, PUT_BACK_PROVEN if ledger.was_lost(link) else LINKED_AGAIN) for link in linked)
        changes.append(Settled(None, outcomes, at))
    return Decision((*changes, *leave_out_hidden(task, answer, at)), steps_after_copy(sendable, unread))
