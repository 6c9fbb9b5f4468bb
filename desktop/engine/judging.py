"""What an answer means for the run: which changes to write, and what to do next. Decides; writes and sends nothing.

The rules are those of "what leaves the fate open" and "what proves that nothing was done": 401, 429, a JSON refusal of
the whole call, and a call of which no byte left prove that nothing was done; everything else that is not an answer
leaves the fate open, and only a read may settle it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.domain.causes import CauseCode
from desktop.domain.errors import (
    AnswerMissing,
    AnswerNotUnderstood,
    CrmBusy,
    CrmError,
    CrmUnreachable,
    HostNotAllowed,
    RequestRefused,
    TokenRejected,
)
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import CallAnswer, LinkOutcome, Outcome, ReadAnswer, Refusal, RefusalScope
from desktop.domain.pacing import MOST_SENDS
from desktop.domain.plans import Batch, Side
from desktop.domain.runs import Change, Returned, Settled, Sighted
from desktop.engine.workload import Task, Work

PROVEN = LinkOutcome(Outcome.DELINKED, CauseCode.REMOVED_PROVEN)
GONE = LinkOutcome(Outcome.NOT_LINKED, CauseCode.GONE_UNPROVEN)
STILL_THERE = LinkOutcome(Outcome.REFUSED, CauseCode.STILL_LINKED)

# The whole list, module, scope or address was refused: with the cause put right, the same call may succeed.
RUN_WIDE_CAUSES = frozenset(
    {
        CauseCode.SCOPE_MISSING,
        CauseCode.NO_PERMISSION,
        CauseCode.PRIVILEGE_MISSING,
        CauseCode.MODULE_NOT_SUPPORTED,
        CauseCode.LIST_NOT_FOUND,
        CauseCode.ADDRESS_WRONG,
        CauseCode.METHOD_REFUSED,
        CauseCode.VERSION_NOT_SUPPORTED,
    }
)


@dataclass(slots=True)
class Verdict:
    """What to write, and what follows.

    ``halve``, ``turn``: send the batch in halves, or from the sheet's own side (``turn_all``: its whole relation).
    ``send_again``, ``look_at``: these links of a batch, now, or by a read after a while. ``try_again``: the same task,
    after the wait that ``busy`` or ``unreachable`` asks for, after the pause, or a little later.
    ``fault``: the program is wrong; the run ends as soon as what is known is on disk.
    """

    changes: list[Change] = field(default_factory=list)
    halve: Batch | None = None
    turn: Batch | None = None
    turn_all: bool = False
    send_again: tuple[Batch, list[int]] | None = None
    look_at: tuple[Batch, list[int]] | None = None
    try_again: Task | None = None
    good: bool = False
    call_answered: bool = False
    run_wide_refusal: bool = False
    busy: CrmBusy | None = None
    unreachable: bool = False
    pause: CauseCode | None = None
    fault: Exception | None = None


def judge(task: Task, result: CallAnswer | ReadAnswer | Exception, ledger: Ledger, at: float) -> Verdict:
    """The meaning of a task's result. ``at`` is seconds since the epoch."""
    match result:
        case CallAnswer():
            return _judge_answer(task.batch, result, at)
        case ReadAnswer():
            return _judge_read(task, result, ledger, at)
        case CrmError() if task.work is Work.SEND:
            return _judge_failed_call(task, result, at)
        case CrmError():
            return _judge_failed_read(task, result, at)
        case _:
            return _judge_fault(task, result, at)


def _judge_answer(batch: Batch, answer: CallAnswer, at: float) -> Verdict:
    outcomes = tuple((link, answer.outcomes[far]) for link, far in zip(batch.link_numbers, batch.ids, strict=True))
    unknown = [link for link, outcome in outcomes if outcome.outcome is Outcome.UNKNOWN]
    return Verdict(
        [Settled(batch.number, outcomes, at)],
        look_at=(batch, unknown) if unknown else None,
        good=True,
        call_answered=True,
    )


def _judge_failed_call(task: Task, error: CrmError, at: float) -> Verdict:
    batch = task.batch
    undone = Returned(batch.number, left=not isinstance(error, CrmUnreachable | HostNotAllowed), at=at)
    match error:
        case RequestRefused(refusal=Refusal() as refusal):
            return _judge_refusal(batch, refusal, undone, at)
        case CrmBusy():
            return Verdict([undone], try_again=task, busy=error)
        case TokenRejected(renewed=True):
            return Verdict([undone], send_again=(batch, list(batch.link_numbers)))
        case TokenRejected():
            return Verdict([undone], try_again=task, pause=CauseCode.SIGNED_OUT)
        case CrmUnreachable():
            return Verdict([undone], try_again=task, unreachable=True)
        case AnswerNotUnderstood(status=status):
            return _lost(batch, cause_of_status(status), at)
        case AnswerMissing():
            return _lost(batch, CauseCode.ANSWER_LOST, at)
        case _:
            return Verdict([undone], fault=error)


def cause_of_status(status: int) -> CauseCode:
    """Why an answer with this HTTP status, that is none of the API's, leaves the fate open."""
    if 300 <= status < 400:
        return CauseCode.REDIRECTED
    return CauseCode.SERVER_ERROR if status >= 500 else CauseCode.ANSWER_UNREADABLE


def _lost(batch: Batch, cause: CauseCode, at: float) -> Verdict:
    outcome = LinkOutcome(Outcome.UNKNOWN, cause)
    return Verdict([_all(batch, outcome, at)], look_at=(batch, list(batch.link_numbers)))


def _judge_refusal(batch: Batch, refusal: Refusal, undone: Returned, at: float) -> Verdict:
    if batch.side is Side.RELATED:
        # Refused from the other end; the user asked about this end, so it is tried there before anything is said.
        return Verdict([undone], turn=batch, turn_all=refusal.scope is RefusalScope.RUN)
    if refusal.scope is RefusalScope.IDS and len(batch) > 1:
        return Verdict([undone], halve=batch)
    settled = _all(batch, refusal.as_outcome(), at)
    return Verdict([settled], run_wide_refusal=refusal.scope is RefusalScope.RUN)


def _judge_read(task: Task, answer: ReadAnswer, ledger: Ledger, at: float) -> Verdict:
    batch = task.batch
    there = [link for link, far in zip(batch.link_numbers, batch.ids, strict=True) if far in answer.linked]
    gone = [link for link, far in zip(batch.link_numbers, batch.ids, strict=True) if far not in answer.linked]
    outcomes = [(link, PROVEN if ledger.was_seen_linked(link) else GONE) for link in gone]
    verdict = Verdict([Sighted(tuple(there), tuple(gone), at)], good=True)
    if task.work is Work.LAST_LOOK:
        outcomes += [(link, STILL_THERE) for link in there if not _has_own_refusal(ledger, link)]
    elif resend := [link for link in there if ledger.sends(link) < MOST_SENDS]:
        verdict.send_again = (batch, resend)
    if outcomes:
        verdict.changes.append(Settled(None, tuple(outcomes), at))
    return verdict


def _has_own_refusal(ledger: Ledger, link: int) -> bool:
    """A refusal that Zoho gave says more than that the link is still there."""
    return ledger.outcome(link).outcome is Outcome.REFUSED


def _judge_failed_read(task: Task, error: CrmError, at: float) -> Verdict:
    nothing_proven = Sighted((), (), at)
    match error:
        case CrmBusy():
            return Verdict([nothing_proven], try_again=task, busy=error)
        case TokenRejected():
            return Verdict([nothing_proven], try_again=task, pause=CauseCode.SIGNED_OUT)
        case CrmUnreachable():
            return Verdict(try_again=task, unreachable=True)
        case AnswerMissing() | AnswerNotUnderstood():
            return Verdict([nothing_proven], try_again=task)
        case RequestRefused():
            return Verdict([nothing_proven])
        case _:
            return Verdict(fault=error)


def _judge_fault(task: Task, fault: Exception, at: float) -> Verdict:
    """The program itself failed in a lane: the call may have left, so its fate is open."""
    if task.work is not Work.SEND:
        return Verdict(fault=fault)
    return Verdict([_all(task.batch, LinkOutcome(Outcome.UNKNOWN, CauseCode.INTERRUPTED), at)], fault=fault)


def _all(batch: Batch, outcome: LinkOutcome, at: float) -> Settled:
    return Settled(batch.number, tuple((link, outcome) for link in batch.link_numbers), at)


def held_back(links: Iterable[int], cause: CauseCode, at: float) -> Settled:
    """Links that the plan leaves out from the start."""
    return Settled(None, tuple((link, LinkOutcome(Outcome.NOT_ATTEMPTED, cause)) for link in links), at)
