"""Judges what an answer means for a run: which changes to write and what to do next. It writes and sends nothing itself.

The first question is always whether a failed call may have done something. A 401, a 429, a JSON refusal of the whole call, and
a call of which no byte left prove that nothing was done. Everything else that is not an answer leaves the fate of the links
open, and only a read may settle it: Zoho knows no key by which a repeated call would be recognised, so a blind second call would
answer "no such link" for what the first one removed.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from desktop.domain.causes import ADDRESS_CAUSES, PERMISSION_CAUSES, UNBELIEVED_CAUSES, CauseCode
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
from desktop.domain.outcomes import (
    DONE,
    REMOVED,
    CallAnswer,
    CopyAnswer,
    LinkFields,
    LinkOutcome,
    Outcome,
    ReadAnswer,
    Refusal,
    RefusalScope,
)
from desktop.domain.pacing import MOST_SENDS, READ_AFTER_LOSS_S
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.relations import OLDER_NAMES
from desktop.domain.runs import AsSheet, Change, Copied, Returned, Settled, Sighted
from desktop.engine.decisions import (
    ABSENT,
    GONE,
    GONE_MEANWHILE,
    PROVEN,
    STILL_THERE,
    Answered,
    Decision,
    Fail,
    Halve,
    OtherSide,
    Pause,
    ReadAgain,
    ReadLater,
    ReadOtherwise,
    RefusedRunWide,
    SendAgain,
    SendCopied,
    Step,
    StopReversing,
    Wait,
)
from desktop.engine.workload import Task, TaskKind


def judge(task: Task, result: CallAnswer | ReadAnswer | CopyAnswer | Exception, ledger: Ledger, at: float) -> Decision:
    """Decide what follows from the result of a task. ``at`` is seconds since the epoch."""
    match result:
        case CallAnswer():
            return _judge_answer(task, result, ledger, at)
        case ReadAnswer():
            return judge_read_back(task, result, ledger, at, removal_as_read)
        case CopyAnswer():
            return _judge_copy(task, result, ledger, at)
        case CrmError() if task.kind is TaskKind.SEND:
            return _judge_failed_call(task, result, at)
        case CrmError():
            return _judge_failed_read(task, result, ledger, at)
        case _:
            return _judge_fault(task, result, at)


def _judge_answer(task: Task, answer: CallAnswer, ledger: Ledger, at: float) -> Decision:
    """Settle the links that the answer is believed about; have the others read, or sent from the sheet's own side."""
    batch = task.batch
    outcomes = [(link, _believed(batch, ledger, link, answer.outcomes[call_id])) for link, call_id in batch.numbered_ids()]
    refused: list[int] = []
    if batch.side is Side.RELATED:
        # In a reversed call the refused id is a record that the user named as the parent. The refusal may concern only this way
        # round, so the call is made from the sheet's own side before anything is said of the link.
        refused = [link for link, outcome in outcomes if outcome.outcome is Outcome.REFUSED]
        outcomes = [(link, outcome) for link, outcome in outcomes if outcome.outcome is not Outcome.REFUSED]
    unknown = [(link, outcome) for link, outcome in outcomes if outcome.outcome is Outcome.UNKNOWN]
    steps: list[Step] = [Answered(to_removal=True)]
    if refused:
        steps.append(OtherSide(_on_sheet_side(batch, refused)))
    if unknown:
        # Where Zoho did answer and is only not believed, nothing can take effect late, so the read need not wait.
        is_answered = all(outcome.cause in UNBELIEVED_CAUSES for _, outcome in unknown)
        links = tuple(link for link, _ in unknown)
        steps.append(ReadLater(batch, links, 0.0 if is_answered else READ_AFTER_LOSS_S))
    return Decision((Settled(batch.number, tuple(outcomes), at),), tuple(steps))


def _believed(batch: Batch, ledger: Ledger, link: int, said: LinkOutcome) -> LinkOutcome:
    """Return what Zoho said of a link, or UNKNOWN with Zoho's words if only a read can tell whether it is true."""
    # As long as nothing has proven that the CRM carries out reversed calls (directions.py), no answer to one is believed.
    is_unproven = batch.side is Side.RELATED and batch.relation not in ledger.honoured
    if said.outcome is Outcome.NOT_LINKED:
        if ledger.outcome(link).cause is CauseCode.SUCCESS_UNPROVEN:
            return REMOVED  # the reversed call was said to have removed it, and from the sheet's side it is gone indeed
        # "No such link" of a link that this run has read is a contradiction: either somebody removed it since, or Zoho errs.
        if is_unproven or ledger.was_seen_linked(link):
            return replace(said, outcome=Outcome.UNKNOWN, cause=CauseCode.DENIED_UNPROVEN)
    if is_unproven and said.outcome in DONE:
        return replace(said, outcome=Outcome.UNKNOWN, cause=CauseCode.SUCCESS_UNPROVEN)
    return said


def _on_sheet_side(batch: Batch, links: Collection[int]) -> Task:
    return Task(TaskKind.SEND, batch.only(batch.number, links))


def _judge_failed_call(task: Task, error: CrmError, at: float) -> Decision:
    batch = task.batch
    undone = Returned(batch.number, left=not isinstance(error, CrmUnreachable | HostNotAllowed), at=at)
    match error:
        case RequestRefused(refusal=Refusal() as refusal):
            return _judge_refusal(task, refusal, undone, at)
        case TokenRejected(renewed=True):
            # A new token is there already, but the client must not repeat a call by itself: the intent of the second one has to
            # be on the disk before it leaves.
            return Decision((undone,), (SendAgain(batch, batch.link_numbers),))
        case CrmBusy() | CrmUnreachable() | TokenRejected():
            return Decision((undone,), (_not_now(task, error),))
        case AnswerNotUnderstood(status=status, code=code, message=message):
            return _lost(batch, LinkOutcome(Outcome.UNKNOWN, cause_of_status(status), code, message), at)
        case AnswerMissing():
            return _lost(batch, LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST), at)
        case _:
            return Decision((undone,), (Fail(error),))


def _not_now(task: Task, error: CrmBusy | CrmUnreachable | TokenRejected) -> Step:
    match error:
        case CrmBusy(retry_after_s=asked_s):
            return Wait(task, CauseCode.LIMIT_REACHED, asked_s)
        case CrmUnreachable(detail=detail):
            return Wait(task, CauseCode.OFFLINE, trouble=detail)
        case TokenRejected():
            return Pause(CauseCode.SIGNED_OUT, then=task)


def cause_of_status(status: int) -> CauseCode:
    """Return the cause to record when a response with this HTTP status did not come from the API and leaves the fate open."""
    if 300 <= status < 400:
        return CauseCode.REDIRECTED
    return CauseCode.SERVER_ERROR if status >= 500 else CauseCode.ANSWER_UNREADABLE


def _lost(batch: Batch, outcome: LinkOutcome, at: float) -> Decision:
    return Decision((_all(batch, outcome, at),), (ReadLater(batch, batch.link_numbers),))


def _judge_refusal(task: Task, refusal: Refusal, undone: Returned, at: float) -> Decision:
    batch = task.batch
    if batch.side is Side.RELATED:
        return _from_this_side(task, refusal, undone, at)
    if refusal.scope is RefusalScope.IDS and len(batch) > 1:
        return Decision((undone,), (Halve(batch),))
    return Decision((_all(batch, refusal.as_outcome(), at),), _after_refusal(batch, refusal))


def _from_this_side(task: Task, refusal: Refusal, change: Change, at: float) -> Decision:
    """After a refusal from the other end, do the task from the sheet's own side, which is the one that the user asked for."""
    if refusal.scope is not RefusalScope.RUN:
        return Decision((change,), (OtherSide(task),))
    relation = task.batch.relation
    return Decision((change, AsSheet(relation, at)), (OtherSide(task), StopReversing(relation)))


def _after_refusal(batch: Batch, refusal: Refusal, pause_for: CauseCode = CauseCode.REFUSED_THREE_TIMES) -> tuple[Step, ...]:
    """Return the steps after a refusal that other calls may meet as well."""
    steps: list[Step] = [RefusedRunWide(pause_for)] if refusal.scope is RefusalScope.RUN else []
    # Such a list has another name in older organisations. Every call would be refused, so the run pauses at the first one.
    if refusal.cause is CauseCode.LIST_NOT_FOUND and batch.call_relation in OLDER_NAMES:
        steps.append(Pause(CauseCode.LIST_NAME_REFUSED))
    return tuple(steps)


def _judge_copy(task: Task, answer: CopyAnswer, ledger: Ledger, at: float) -> Decision:
    """Send the links that are there, settle those that are proven absent, and have more read about the others."""
    copied: list[int] = []
    absent: list[int] = []
    fields: dict[int, LinkFields] = {}
    sendable: list[tuple[Batch, tuple[int, ...]]] = []
    unread: list[Batch] = []
    for batch in task.batches:
        present, others = batch.split(answer.links)
        copied += present
        fields |= {link: answer.links[call_id] for link, call_id in batch.numbered_ids() if answer.links.get(call_id)}
        if answer.whole:
            absent += others
        elif others and not answer.may_hide:
            # The batch is read again as a whole, with the links that were shown, so that it goes out as one call and not as two.
            unread.append(batch)
            continue
        if present:
            sendable.append((batch, tuple(present)))
    changes: list[Change] = [Copied(tuple(copied), fields, at, answer.reads)]
    if absent:
        # A link whose removal was lost before and that is gone now was perhaps removed by us: that is told as its own outcome.
        outcomes = tuple((link, removal_as_read(ledger, link, False) if ledger.was_lost(link) else ABSENT) for link in absent)
        changes.append(Settled(None, outcomes, at))
    return Decision((*changes, *leave_out_hidden(task, answer, at)), steps_after_copy(sendable, unread))


def steps_after_copy(sendable: Sequence[tuple[Batch, tuple[int, ...]]], unread: Sequence[Batch]) -> tuple[Step, ...]:
    """Return the steps after a read: send what it showed, and read in another way what it did not show."""
    # ReadOtherwise comes first because both steps queue at the front: what is queued last goes out first.
    steps: list[Step] = [Answered()]
    if unread:
        steps.append(ReadOtherwise(tuple(unread)))
    if sendable:
        steps.append(SendCopied(tuple(sendable)))
    return tuple(steps)


def leave_out_hidden(task: Task, answer: CopyAnswer, at: float) -> list[Change]:
    """Return the change that leaves out links which the list may hold without showing them."""
    if not answer.may_hide:
        return []
    # No other read would show more, and without a copy nothing is removed.
    unseen = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.COPY_FAILED)
    links = (link for batch in task.batches for link in batch.split(answer.links)[1])
    return [Settled(None, tuple((link, unseen) for link in links), at)]


def removal_as_read(ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
    """Return what a read proves of a removal whose answer was lost or not believed; REFUSED if the removal had no effect."""
    said, was_seen = ledger.outcome(link), ledger.was_seen_linked(link)
    is_denied = said.cause is CauseCode.DENIED_UNPROVEN
    if is_linked:
        return (
            replace(said, outcome=Outcome.REFUSED, cause=CauseCode.DENIED_STILL_LINKED)
            if is_denied
            else without_effect(said, STILL_THERE)
        )
    if said.cause is CauseCode.SUCCESS_UNPROVEN:
        return REMOVED
    # Zoho denied every call of ours, so somebody else removed the link since it was seen; if it never was, it was not linked.
    if is_denied and not ledger.was_lost(link):
        return GONE_MEANWHILE if was_seen else replace(said, outcome=Outcome.NOT_LINKED, cause=CauseCode.RELATION_NOT_FOUND)
    # Only a link that was seen before the lost call can have been removed by it; of the others nobody knows.
    return PROVEN if was_seen else GONE


def without_effect(said: LinkOutcome, otherwise: LinkOutcome) -> LinkOutcome:
    """Return what to say of a link whose lost call did nothing: Zoho's own words if it reported a server error."""
    if said.cause is CauseCode.SERVER_ERROR and said.code:
        return replace(said, outcome=Outcome.REFUSED, cause=CauseCode.SERVER_ERROR_EACH_TIME)
    return otherwise


def judge_read_back(
    task: Task, answer: ReadAnswer, ledger: Ledger, at: float, after: Callable[[Ledger, int, bool], LinkOutcome]
) -> Decision:
    """Judge a read after answers that were lost or not believed; ``after`` tells what it proves of each link.

    A link on which the call had no effect is sent again: after a lost answer from the same side, after an answer to a reversed
    call from the sheet's own side. If Zoho denied it on that side already, it is refused.
    """
    batch = task.batch
    present, gone = batch.split(answer.linked)
    shown = {link: after(ledger, link, link in present) for link in (*present, *gone)}
    if any(_was_said_done(ledger, link) and shown[link].outcome is Outcome.REFUSED for link in shown):
        # The call did not do to this link what Zoho said of it, so Zoho's word is no proof for the other links, either.
        shown = {
            link: GONE if outcome is REMOVED and not ledger.was_seen_linked(link) else outcome for link, outcome in shown.items()
        }
    outcomes = [(link, outcome) for link, outcome in shown.items() if outcome.outcome is not Outcome.REFUSED]
    undone = [link for link, outcome in shown.items() if outcome.outcome is Outcome.REFUSED]
    steps: list[Step] = [Answered()]
    answered = {link for link in undone if ledger.outcome(link).cause in UNBELIEVED_CAUSES}
    turned = {link for link in answered if _was_reversed(ledger, link)}
    if turned:
        steps.append(OtherSide(_on_sheet_side(batch, turned)))
    outcomes += [(link, shown[link]) for link in undone if link in answered - turned]
    undone = [link for link in undone if link not in answered]
    resend = [link for link in undone if _may_go_again(ledger, link)]
    # Before the last read a link without effect stays unknown, because its lost call may still take effect.
    if task.kind is TaskKind.LAST_READ_BACK:
        settled = [link for link in undone if not _has_own_refusal(ledger, link) and link not in resend]
        outcomes += [(link, shown[link]) for link in settled]
    if resend:
        steps.append(SendAgain(batch, tuple(resend)))
    changes: list[Change] = [Sighted(tuple(present), tuple(gone), at, answer.reads)]
    if outcomes:
        changes.append(Settled(None, tuple(outcomes), at))
    return Decision(tuple(changes), tuple(steps))


def _was_reversed(ledger: Ledger, link: int) -> bool:
    call = ledger.unconfirmed_in(link)
    return call is not None and call.side is Side.RELATED


def _may_go_again(ledger: Ledger, link: int) -> bool:
    return ledger.outcome(link).outcome is Outcome.UNKNOWN and ledger.sends(link) < MOST_SENDS


def _has_own_refusal(ledger: Ledger, link: int) -> bool:
    # Zoho's own refusal says more than "still linked", so a last read must not replace it.
    return ledger.outcome(link).outcome is Outcome.REFUSED


def _judge_failed_read(task: Task, error: CrmError, ledger: Ledger, at: float) -> Decision:
    nothing_proven = Sighted((), (), at)  # counts the read, because it reached the CRM all the same
    give_up = _not_copied(task, "", "", at) if task.kind is TaskKind.COPY else None
    match error:
        case CrmBusy() | TokenRejected():
            return Decision((nothing_proven,), (_not_now(task, error),))
        case CrmUnreachable():  # no byte left, so no read is counted
            return Decision((), (_not_now(task, error),))
        case AnswerMissing() | AnswerNotUnderstood():
            return Decision((nothing_proven,), (ReadAgain(task, give_up),))
        case RequestRefused(refusal=Refusal() as refusal) if task.batch.side is Side.RELATED:
            return _from_this_side(task, refusal, nothing_proven, at)
        case RequestRefused(refusal=Refusal() as refusal) if task.kind is TaskKind.COPY:
            return _judge_refused_copy(task, refusal, at)
        case RequestRefused():
            # Where nothing may be read, only a call from the sheet's own side tells whether Zoho's word on the reversed one is
            # true: it answers "removed" or "no such link".
            said = [link for link in task.batch.link_numbers if _was_said_done(ledger, link)]
            return Decision((nothing_proven,), (OtherSide(_on_sheet_side(task.batch, said)),) if said else ())
        case _:
            return Decision((), (Fail(error),))


def _was_said_done(ledger: Ledger, link: int) -> bool:
    return ledger.outcome(link).cause is CauseCode.SUCCESS_UNPROVEN


def _judge_refused_copy(task: Task, refusal: Refusal, at: float) -> Decision:
    # A removal goes to the same address as this read. If the address itself was refused, the removal would be refused, too, and
    # is told as such. Any other refusal concerns the read only: the links are left out for want of a safety copy.
    if refusal.cause in ADDRESS_CAUSES:
        links = [link for batch in task.batches for link in batch.link_numbers]
        settled = Settled(None, tuple((link, refusal.as_outcome()) for link in links), at)
    else:
        cause = CauseCode.COPY_REFUSED if refusal.cause in PERMISSION_CAUSES else CauseCode.COPY_FAILED
        settled = _not_copied(task, refusal.code, refusal.message, at, cause)
    pause_for = CauseCode.COPY_REFUSED if refusal.cause in PERMISSION_CAUSES else CauseCode.REFUSED_THREE_TIMES
    return Decision((Sighted((), (), at), settled), _after_refusal(task.batch, refusal, pause_for))


def _not_copied(task: Task, code: str, message: str, at: float, cause: CauseCode = CauseCode.COPY_FAILED) -> Settled:
    outcome = LinkOutcome(Outcome.NOT_ATTEMPTED, cause, code, message)
    return Settled(None, tuple((link, outcome) for batch in task.batches for link in batch.link_numbers), at)


def _judge_fault(task: Task, fault: Exception, at: float) -> Decision:
    # The program itself failed in a lane, at a point that nobody knows: the call may have left.
    open_fate = LinkOutcome(Outcome.UNKNOWN, CauseCode.INTERRUPTED)
    changes = (_all(task.batch, open_fate, at),) if task.kind is TaskKind.SEND else ()
    return Decision(changes, (Fail(fault),))


def _all(batch: Batch, outcome: LinkOutcome, at: float) -> Settled:
    return Settled(batch.number, tuple((link, outcome) for link in batch.link_numbers), at)


def held_back(links: Iterable[int], cause: CauseCode, at: float) -> Settled:
    """Make the change that leaves out links before anything was sent, for this cause."""
    return Settled(None, tuple((link, LinkOutcome(Outcome.NOT_ATTEMPTED, cause)) for link in links), at)
