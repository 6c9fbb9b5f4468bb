"""What an answer means for the run: which changes to write, and what to do next. Decides; writes and sends nothing.

The rules are those of "what leaves the fate open" and "what proves that nothing was done": 401, 429, a JSON refusal of
the whole call, and a call of which no byte left prove that nothing was done; everything else that is not an answer
leaves the fate open, and only a read may settle it.
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
from desktop.engine.workload import Task, Work


def judge(task: Task, result: CallAnswer | ReadAnswer | CopyAnswer | Exception, ledger: Ledger, at: float) -> Decision:
    """The meaning of a task's result. ``at`` is seconds since the epoch."""
    match result:
        case CallAnswer():
            return _judge_answer(task, result, ledger, at)
        case ReadAnswer():
            return judge_look(task, result, ledger, at, after_removal)
        case CopyAnswer():
            return _judge_copy(task, result, ledger, at)
        case CrmError() if task.work is Work.SEND:
            return _judge_failed_call(task, result, at)
        case CrmError():
            return _judge_failed_read(task, result, ledger, at)
        case _:
            return _judge_fault(task, result, at)


def _judge_answer(task: Task, answer: CallAnswer, ledger: Ledger, at: float) -> Decision:
    """What the answer says of each link, as far as it is believed; the others are read first, or asked from the sheet's side.

    A refusal of one id from the other end says nothing about the user's own record: that end is asked before anything is said.
    """
    batch = task.batch
    outcomes = [(link, _believed(batch, ledger, link, answer.outcomes[far])) for link, far in batch.numbered_ids()]
    refused: list[int] = []
    if batch.side is Side.RELATED:
        refused = [link for link, outcome in outcomes if outcome.outcome is Outcome.REFUSED]
        outcomes = [(link, outcome) for link, outcome in outcomes if outcome.outcome is not Outcome.REFUSED]
    unknown = [(link, outcome) for link, outcome in outcomes if outcome.outcome is Outcome.UNKNOWN]
    steps: list[Step] = [Answered(to_removal=True)]
    if refused:
        steps.append(OtherSide(_on_sheet_side(batch, refused)))
    if unknown:
        answered = all(outcome.cause in UNBELIEVED_CAUSES for _, outcome in unknown)
        links = tuple(link for link, _ in unknown)
        steps.append(ReadLater(batch, links, 0.0 if answered else READ_AFTER_LOSS_S))
    return Decision((Settled(batch.number, tuple(outcomes), at),), tuple(steps))


def _believed(batch: Batch, ledger: Ledger, link: int, said: LinkOutcome) -> LinkOutcome:
    """What the answer says of a link, or UNKNOWN with Zoho's words where only a read can tell whether that is true.

    Not believed: that a link which this run saw is not linked; and all that is said of a link from its other end as long
    as nothing has proven that the CRM carries out such calls.
    """
    is_unproven = batch.side is Side.RELATED and batch.relation not in ledger.honoured
    if said.outcome is Outcome.NOT_LINKED:
        if ledger.outcome(link).cause is CauseCode.SUCCESS_UNPROVEN:
            return REMOVED  # said to be done from the other end, and from this end it is gone
        if is_unproven or ledger.was_seen_linked(link):
            return replace(said, outcome=Outcome.UNKNOWN, cause=CauseCode.DENIED_UNPROVEN)
    if is_unproven and said.outcome in DONE:
        return replace(said, outcome=Outcome.UNKNOWN, cause=CauseCode.SUCCESS_UNPROVEN)
    return said


def _on_sheet_side(batch: Batch, links: Collection[int]) -> Task:
    """To send these links of the batch from the sheet's own side."""
    return Task(Work.SEND, batch.only(batch.number, links))


def _judge_failed_call(task: Task, error: CrmError, at: float) -> Decision:
    batch = task.batch
    undone = Returned(batch.number, left=not isinstance(error, CrmUnreachable | HostNotAllowed), at=at)
    match error:
        case RequestRefused(refusal=Refusal() as refusal):
            return _judge_refusal(task, refusal, undone, at)
        case TokenRejected(renewed=True):
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
    """What has to happen before the task can be done at all."""
    match error:
        case CrmBusy(retry_after_s=asked_s):
            return Wait(task, CauseCode.LIMIT_REACHED, asked_s)
        case CrmUnreachable(detail=detail):
            return Wait(task, CauseCode.OFFLINE, trouble=detail)
        case TokenRejected():
            return Pause(CauseCode.SIGNED_OUT, then=task)


def cause_of_status(status: int) -> CauseCode:
    """Why an answer with this HTTP status, that is none of the API's, leaves the fate open."""
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
    """Refused from the other end; the user asked about this end, so it is tried there before anything is said."""
    if refusal.scope is not RefusalScope.RUN:
        return Decision((change,), (OtherSide(task),))
    relation = task.batch.relation
    return Decision((change, AsSheet(relation, at)), (OtherSide(task), StopReversing(relation)))


def _after_refusal(batch: Batch, refusal: Refusal, pause_for: CauseCode = CauseCode.REFUSED_THREE_TIMES) -> tuple[Step, ...]:
    """Whether other calls would be refused alike; a list that has another name in older organisations pauses the run at once."""
    steps: list[Step] = [RefusedRunWide(pause_for)] if refusal.scope is RefusalScope.RUN else []
    if refusal.cause is CauseCode.LIST_NOT_FOUND and batch.call_relation in OLDER_NAMES:
        steps.append(Pause(CauseCode.LIST_NAME_REFUSED))
    return tuple(steps)


def _judge_copy(task: Task, answer: CopyAnswer, ledger: Ledger, at: float) -> Decision:
    """Links that are there may be sent, those that are proven absent are settled, of the others more has to be read."""
    copied: list[int] = []
    absent: list[int] = []
    fields: dict[int, LinkFields] = {}
    sendable: list[tuple[Batch, tuple[int, ...]]] = []
    unread: list[Batch] = []
    for batch in task.batches:
        there, others = batch.split(answer.links)
        copied += there
        fields |= {link: answer.links[far] for link, far in batch.numbered_ids() if answer.links.get(far)}
        if answer.whole:
            absent += others
        elif others and not answer.may_hide:
            unread.append(batch)
            continue
        if there:
            sendable.append((batch, tuple(there)))
    changes: list[Change] = [Copied(tuple(copied), fields, at, answer.reads)]
    if absent:
        outcomes = tuple((link, after_removal(ledger, link, False) if ledger.was_lost(link) else ABSENT) for link in absent)
        changes.append(Settled(None, outcomes, at))
    return Decision((*changes, *hidden_perhaps(task, answer, at)), after_copy(sendable, unread))


def after_copy(sendable: Sequence[tuple[Batch, tuple[int, ...]]], unread: Sequence[Batch]) -> tuple[Step, ...]:
    """What was read may be sent, before what has to be read in another way."""
    steps: list[Step] = [Answered()]
    if unread:
        steps.append(ReadOtherwise(tuple(unread)))
    if sendable:
        steps.append(SendCopied(tuple(sendable)))
    return tuple(steps)


def hidden_perhaps(task: Task, answer: CopyAnswer, at: float) -> list[Change]:
    """Links that the read did not show although they may be there: they are not copied, and no other read would show more."""
    if not answer.may_hide:
        return []
    unseen = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.COPY_FAILED)
    links = (link for batch in task.batches for link in batch.split(answer.links)[1])
    return [Settled(None, tuple((link, unseen) for link in links), at)]


def after_removal(ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
    """What a read shows of a removal whose answer was lost or not believed; REFUSED when it had no effect."""
    said, was_seen = ledger.outcome(link), ledger.was_seen_linked(link)
    denied = said.cause is CauseCode.DENIED_UNPROVEN
    if is_linked:
        return (
            replace(said, outcome=Outcome.REFUSED, cause=CauseCode.DENIED_STILL_LINKED)
            if denied
            else had_no_effect(said, STILL_THERE)
        )
    if said.cause is CauseCode.SUCCESS_UNPROVEN:
        return REMOVED
    if denied and not ledger.was_lost(link):
        return GONE_MEANWHILE if was_seen else replace(said, outcome=Outcome.NOT_LINKED, cause=CauseCode.RELATION_NOT_FOUND)
    return PROVEN if was_seen else GONE


def had_no_effect(said: LinkOutcome, otherwise: LinkOutcome) -> LinkOutcome:
    """What to say of a link whose lost call did nothing: Zoho's own words, where it told of an error of its own."""
    if said.cause is CauseCode.SERVER_ERROR and said.code:
        return replace(said, outcome=Outcome.REFUSED, cause=CauseCode.SERVER_ERROR_EACH_TIME)
    return otherwise


def judge_look(
    task: Task, answer: ReadAnswer, ledger: Ledger, at: float, after: Callable[[Ledger, int, bool], LinkOutcome]
) -> Decision:
    """A read after answers that were lost or not believed: ``after`` says what it shows of each link.

    What had no effect is sent again: after a lost answer from the same side, after an answer from the other end from the
    sheet's own side. What Zoho denied on that side is refused.
    """
    batch = task.batch
    there, gone = batch.split(answer.linked)
    shown = {link: after(ledger, link, link in there) for link in (*there, *gone)}
    if any(_was_said_done(ledger, link) and shown[link].outcome is Outcome.REFUSED for link in shown):
        # The call did not do what Zoho said of it, so its word is no proof for the others either.
        shown = {link: GONE if one is REMOVED and not ledger.was_seen_linked(link) else one for link, one in shown.items()}
    outcomes = [(link, one) for link, one in shown.items() if one.outcome is not Outcome.REFUSED]
    undone = [link for link, one in shown.items() if one.outcome is Outcome.REFUSED]
    steps: list[Step] = [Answered()]
    answered = {link for link in undone if ledger.outcome(link).cause in UNBELIEVED_CAUSES}
    turned = {link for link in answered if _was_reversed(ledger, link)}
    if turned:
        steps.append(OtherSide(_on_sheet_side(batch, turned)))
    outcomes += [(link, shown[link]) for link in undone if link in answered - turned]
    undone = [link for link in undone if link not in answered]
    resend = [link for link in undone if _may_go_again(ledger, link)]
    if task.work is Work.LAST_LOOK:
        settled = [link for link in undone if not _has_own_refusal(ledger, link) and link not in resend]
        outcomes += [(link, shown[link]) for link in settled]
    if resend:
        steps.append(SendAgain(batch, tuple(resend)))
    changes: list[Change] = [Sighted(tuple(there), tuple(gone), at, answer.reads)]
    if outcomes:
        changes.append(Settled(None, tuple(outcomes), at))
    return Decision(tuple(changes), tuple(steps))


def _was_reversed(ledger: Ledger, link: int) -> bool:
    call = ledger.unconfirmed_in(link)
    return call is not None and call.side is Side.RELATED


def _may_go_again(ledger: Ledger, link: int) -> bool:
    """Its answer was lost, and it was not sent too often yet."""
    return ledger.outcome(link).outcome is Outcome.UNKNOWN and ledger.sends(link) < MOST_SENDS


def _has_own_refusal(ledger: Ledger, link: int) -> bool:
    """A refusal that Zoho gave says more than that the link is as it was."""
    return ledger.outcome(link).outcome is Outcome.REFUSED


def _judge_failed_read(task: Task, error: CrmError, ledger: Ledger, at: float) -> Decision:
    nothing_proven = Sighted((), (), at)
    give_up = _not_copied(task, "", "", at) if task.work is Work.COPY else None
    match error:
        case CrmBusy() | TokenRejected():
            return Decision((nothing_proven,), (_not_now(task, error),))
        case CrmUnreachable():
            return Decision((), (_not_now(task, error),))
        case AnswerMissing() | AnswerNotUnderstood():
            return Decision((nothing_proven,), (ReadAgain(task, give_up),))
        case RequestRefused(refusal=Refusal() as refusal) if task.batch.side is Side.RELATED:
            return _from_this_side(task, refusal, nothing_proven, at)
        case RequestRefused(refusal=Refusal() as refusal) if task.work is Work.COPY:
            return _judge_refused_copy(task, refusal, at)
        case RequestRefused():
            # Where nothing may be read, the sheet's own side tells whether what was said from the other end is true.
            said = [link for link in task.batch.link_numbers if _was_said_done(ledger, link)]
            return Decision((nothing_proven,), (OtherSide(_on_sheet_side(task.batch, said)),) if said else ())
        case _:
            return Decision((), (Fail(error),))


def _was_said_done(ledger: Ledger, link: int) -> bool:
    return ledger.outcome(link).cause is CauseCode.SUCCESS_UNPROVEN


def _judge_refused_copy(task: Task, refusal: Refusal, at: float) -> Decision:
    """The removal has the same address, so a refusal of that would meet it as well; any other only keeps it from being sent."""
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
    """The program itself failed in a lane: the call may have left, so its fate is open."""
    open_fate = LinkOutcome(Outcome.UNKNOWN, CauseCode.INTERRUPTED)
    changes = (_all(task.batch, open_fate, at),) if task.work is Work.SEND else ()
    return Decision(changes, (Fail(fault),))


def _all(batch: Batch, outcome: LinkOutcome, at: float) -> Settled:
    return Settled(batch.number, tuple((link, outcome) for link in batch.link_numbers), at)


def held_back(links: Iterable[int], cause: CauseCode, at: float) -> Settled:
    """Links that the plan leaves out from the start."""
    return Settled(None, tuple((link, LinkOutcome(Outcome.NOT_ATTEMPTED, cause)) for link in links), at)
