"""What an answer means when links are put back: the mirror of judging.py where the two differ.

A link is read before it is sent, always. One that is there was linked again by somebody and is left alone; one that is
proven missing may be sent. After a lost answer a read settles it: there means put back, missing means sent again.
"""

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import PUT_BACK, CopyAnswer, LinkOutcome, ReadAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import Change, Settled, Sighted
from desktop.engine.decisions import LINKED_AGAIN, PUT_BACK_PROVEN, STILL_MISSING, Decision
from desktop.engine.judging import after_copy, had_no_effect, hidden_perhaps, judge, judge_look
from desktop.engine.lanes import Result
from desktop.engine.workload import Task


def judge_relink(task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
    """The meaning of a task's result in an undo. ``at`` is seconds since the epoch."""
    match result:
        case ReadAnswer():
            return judge_look(task, result, ledger, at, after_relink)
        case CopyAnswer():
            return _judge_first_look(task, result, ledger, at)
    return judge(task, result, ledger, at)


def after_relink(ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
    """What a read shows of a link that was put back and whose answer was lost or not believed."""
    if not is_linked:
        return had_no_effect(ledger.outcome(link), STILL_MISSING)
    return PUT_BACK if ledger.outcome(link).cause is CauseCode.SUCCESS_UNPROVEN else PUT_BACK_PROVEN


def _judge_first_look(task: Task, answer: CopyAnswer, ledger: Ledger, at: float) -> Decision:
    """What is there is settled, what is proven missing may be sent, of the others more has to be read."""
    linked: list[int] = []
    missing: list[int] = []
    sendable: list[tuple[Batch, tuple[int, ...]]] = []
    unread: list[Batch] = []
    for batch in task.batches:
        there, others = batch.split(answer.links)
        if others and not answer.whole and not answer.may_hide:
            unread.append(batch)
            continue
        linked += there
        if answer.whole and others:
            missing += others
            sendable.append((batch, tuple(others)))
    changes: list[Change] = [Sighted(tuple(linked), tuple(missing), at, answer.reads)]
    if linked:
        outcomes = tuple((link, PUT_BACK_PROVEN if ledger.was_lost(link) else LINKED_AGAIN) for link in linked)
        changes.append(Settled(None, outcomes, at))
    return Decision((*changes, *hidden_perhaps(task, answer, at)), after_copy(sendable, unread))
