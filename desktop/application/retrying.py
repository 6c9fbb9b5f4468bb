"""Before a retry: what became of the run's last calls is read and written down; then a new run takes over what is left.

1. Every link of the parent that is unknown is read (:func:`settle_unknown`), and the parent's journal gets the answer.
2. The parent is closed: marked as finished and handed over, so nothing sends its links a second time.
3. The new run holds what the parent left refused, not sent or still linked; what was held back or left out stays so.

In this order, so that a program that dies in between leaves a parent that can be retried again and is never resumed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from desktop.application.new_runs import NewRunPorts, new_run, run_with_copy
from desktop.domain.causes import LEFT_BY_CHOICE, CauseCode
from desktop.domain.connections import Connection, same_place
from desktop.domain.errors import LinksUnconfirmed, NothingToRetry, RunReplaced
from desktop.domain.history import EarlierRun
from desktop.domain.ledger import RunRecord
from desktop.domain.origins import RetryOf
from desktop.domain.outcomes import LinkFields, LinkOutcome, Outcome
from desktop.domain.pacing import READ_AFTER_LOSS_S, SECOND_READ_AFTER_S
from desktop.domain.parts import part_of
from desktop.domain.planning.plans import Plan, Side, SideChoice, make_plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import RunEvent, RunFacts, RunState, RunSummary, StateChange, after, check_same_place
from desktop.domain.texts import Text
from desktop.engine.ages import LossAges
from desktop.engine.control import RunControl
from desktop.engine.ports import Clock, Crm, RunJournal
from desktop.engine.settle import ReadBack, give_up_open_calls, wait_out_losses

_LEFT = (Outcome.REFUSED, Outcome.NOT_ATTEMPTED)


class EarlierRuns(Protocol):
    """Where runs that share links with a sheet are found."""

    def open(self, run: str) -> RunJournal: ...
    def earlier(self, sheet: SheetLinks, connection: Connection) -> Sequence[EarlierRun]: ...


class EarlierPorts(Protocol):
    """What settling earlier runs needs of the outside."""

    @property
    def runs(self) -> EarlierRuns: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True)
class Retry:
    """What a retry would do: the links as a sheet of their own, and the plan for those that are sent.

    ``sides`` are those that any plan of it may use. ``fields`` are what each link has of its own, by its new number, where
    links are put back.
    """

    parent: RunFacts
    sheet: SheetLinks
    plan: Plan
    sides: SideChoice
    fields: Mapping[int, LinkFields] = field(default_factory=dict)


def check_may_resume(record: RunRecord, runs: Sequence[RunSummary]) -> None:
    """Raise RunReplaced when a retry has taken over what the run left."""
    _check_not_replaced(record, runs)
    if record.ledger.cause is CauseCode.HANDED_OVER:
        raise RunReplaced(record.facts.run, Text("a-later-retry"))


def check_may_retry(record: RunRecord, runs: Sequence[RunSummary]) -> None:
    """Raise RunReplaced when a retry has, and is still kept here; one that was never written may be made again."""
    _check_not_replaced(record, runs)


def _check_not_replaced(record: RunRecord, runs: Sequence[RunSummary]) -> None:
    name = record.facts.run
    taken_over_by = next((one.run for one in runs if one.origin == RetryOf(name)), None)
    if taken_over_by is not None:
        raise RunReplaced(name, taken_over_by)


def settle_unknown(
    book: RunJournal, crm: Crm, clock: Clock, control: RunControl, told: Callable[[float], None] = lambda _: None
) -> None:
    """Read every link whose fate is open and write down what it became; nothing is sent.

    It is read 5 s after the last loss at the earliest, and again 120 s after it where it was still there: until then the lost
    call may take effect. ``told`` gets the seconds that it still waits. Raises the CrmError leaves, JournalUnwritable, and
    LinksUnconfirmed when reads prove nothing or the control says stop; what was read stays.
    """
    give_up_open_calls(book, clock.now())
    ages = LossAges(clock, book.ledger)
    for wait_s in (READ_AFTER_LOSS_S, SECOND_READ_AFTER_S):
        links = book.ledger.with_outcome(Outcome.UNKNOWN)
        if links and wait_out_losses(book.ledger, clock, control, told, wait_s, ages):
            ReadBack(book, crm, clock, control, is_over=True, ages=ages).read(links)
    if left := len(book.ledger.with_outcome(Outcome.UNKNOWN)):
        raise LinksUnconfirmed(book.facts.run, left)


def settle_earlier(
    ports: EarlierPorts,
    sheet: SheetLinks,
    crm: Crm,
    control: RunControl,
    told: Callable[[float], None] = lambda _: None,
    account: Connection | None = None,
    around: Callable[[RunJournal], AbstractContextManager[object]] = lambda _: nullcontext(),
) -> None:
    """Before a sheet is run: settle every earlier run that shares links with it and has unconfirmed ones.

    A run of another organisation is left alone: its links are not to be found here, and would be taken for gone. ``account``
    is the connection with the organisation that the CRM named, where that is known better than when the CRM was opened.
    ``around`` is entered with each of the runs while it is settled, so that the caller can see to its results.

    Raises as :func:`settle_unknown` does, and RunInUse; where what stays unconfirmed is none of the sheet's, it goes on.
    """
    here = account or crm.connection
    for earlier in ports.runs.earlier(sheet, here):
        if earlier.unknown:
            with ports.runs.open(earlier.run) as book:
                if not same_place(book.facts.connection, here):
                    continue
                try:
                    with around(book):
                        settle_unknown(book, crm, ports.clock, control, told)
                except LinksUnconfirmed:
                    if control.stopping or _has_unknown_of(book, sheet):
                        raise


def _has_unknown_of(book: RunJournal, sheet: SheetLinks) -> bool:
    """Whether a link of the sheet, from whichever end, is unconfirmed in the run."""
    links, unknown = book.links, book.ledger.with_outcome(Outcome.UNKNOWN)
    pairs = {(links.parent_ids[link], links.related_ids[link]) for link in unknown}
    pairs |= {(related, parent) for parent, related in pairs}
    return any(pair in pairs for pair in zip(sheet.links.parent_ids, sheet.links.related_ids, strict=True))


def may_be_retried(record: RunRecord) -> bool:
    """False for a run that a retry has taken over."""
    return record.ledger.cause is not CauseCode.HANDED_OVER


def may_be_left(known: LinkOutcome) -> bool:
    """True when a retry may have to send a link with this outcome; one that is not confirmed may turn out to be gone."""
    return _is_left(known) or known.outcome is Outcome.UNKNOWN


def _is_left(known: LinkOutcome) -> bool:
    return known.outcome in _LEFT and known.cause not in LEFT_BY_CHOICE


def retry_of(record: RunRecord, changed_since: Collection[int] = ()) -> Retry:
    """What the run left over, and what was read since as ``changed_since``, as a sheet and a plan.

    Raises NothingToRetry; for a run that put links back also JournalDamaged.
    """
    outcomes, found = record.ledger.outcomes(), frozenset(changed_since)
    left = [link for link, known in enumerate(outcomes) if known.outcome in _LEFT or link in found]
    sheet = part_of(record, left)
    to_send = [new for new, old in enumerate(left) if _is_left(outcomes[old]) or old in found]
    refused_from_there = set(sheet.relations) <= record.ledger.as_sheet
    sides = SideChoice.AS_SHEET if record.facts.side == Side.PARENT or refused_from_there else SideChoice.AUTO
    plan = make_plan(sheet.links, sides, to_send)
    if not plan.links_to_send:
        raise NothingToRetry(record.facts.run)
    return Retry(record.facts, sheet, plan, sides, _fields_of(record, left))


def _fields_of(record: RunRecord, left: Sequence[int]) -> Mapping[int, LinkFields]:
    """What the run has in its own safety copy of the links that it left, by their new numbers.

    Nothing for a run that removes: its retry reads the links and copies them anew, because they may have changed.
    """
    if record.facts.operation.takes_copy:
        return {}
    numbers = {old: new for new, old in enumerate(left)}
    return {numbers[link]: fields for link, fields in record.safety_copy() if link in numbers}


def start_retry(
    ports: NewRunPorts, parent: RunJournal, retry: Retry, connection: Connection, *, safety_copy: bool = True
) -> RunJournal:
    """Close the parent for good and put the new run on disk. The caller still closes the parent's book.

    The new run has the operation of its parent: what an undo left is put back, and never removed. Raises RunElsewhere, and
    then the parent can still be resumed: what it left must not be sent to another account.
    """
    check_same_place(retry.parent, connection)
    state = parent.ledger.state
    state = RunState.INTERRUPTED if state is RunState.RUNNING else state
    now = ports.clock.now()
    parent.commit([StateChange(after(state, RunEvent.HAND_OVER), CauseCode.HANDED_OVER, now)])
    operation, origin = retry.parent.operation, RetryOf(retry.parent.run)
    if not operation.takes_copy:
        return run_with_copy(ports, retry.parent, operation, origin, retry.sheet, retry.plan, retry.fields, connection)
    return new_run(ports, retry.sheet, retry.plan, connection, safety_copy=safety_copy, retry_of=retry.parent)
