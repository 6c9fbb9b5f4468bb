"""The engine's part of an operation: the call that it makes, and what an answer or a read proves.

The runner is the same for all operations.
"""

from dataclasses import replace
from typing import Protocol

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.operations import CallName
from desktop.domain.outcomes import CallAnswer, LinkFields, LinkOutcome, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.relations import own_fields
from desktop.domain.runs import Change, Settled
from desktop.engine.decisions import Decision
from desktop.engine.judging import after_removal, judge
from desktop.engine.lanes import Result
from desktop.engine.ports import Crm, RunBook
from desktop.engine.relink import after_relink, judge_relink
from desktop.engine.workload import Task


class Operating(Protocol):
    """Asked by the coordinator; ``send`` by the lanes."""

    def known_before(self, ledger: Ledger) -> bytearray | None:
        """One byte a link, 1 for those that need no read before they are sent; None: none does."""
        ...

    def begin(self) -> None:
        """On the run's thread, before the first call. Raises JournalDamaged."""
        ...

    def send(self, crm: Crm, batch: Batch) -> CallAnswer:
        """Make the call of the operation. Raises the CrmError leaves."""
        ...

    def judge(self, task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
        """The meaning of a task's result. ``at`` is seconds since the epoch."""
        ...

    def after(self, ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
        """What a read shows of a link whose answer was lost; REFUSED when the call had no effect."""
        ...


class Removing:
    """The links are to go."""

    def __init__(self, *, safety_copy: bool) -> None:
        self._safety_copy = safety_copy

    def known_before(self, ledger: Ledger) -> bytearray | None:
        """With a safety copy, those that were sent after theirs was taken: what they were before stands in it.

        What was copied but not sent before a pause, or by an earlier program, is copied anew: it may have changed meanwhile.
        """
        if not self._safety_copy:
            return None
        sent = {*ledger.lost(), *ledger.denied(), *(link for batch in ledger.open_batches() for link in batch.link_numbers)}
        return bytearray(link in sent and ledger.has_copy(link) for link in range(len(ledger)))

    def begin(self) -> None:
        """Nothing is needed."""

    def send(self, crm: Crm, batch: Batch) -> CallAnswer:
        """Remove the links of the batch."""
        return crm.delink(batch)

    def judge(self, task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
        """As judging.py has it."""
        return judge(task, result, ledger, at)

    def after(self, ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
        """What is gone was removed, if it was ever seen."""
        return after_removal(ledger, link, is_linked)


class Restoring:
    """The links are to be there again, with the fields that the safety copy holds."""

    def __init__(self, book: RunBook) -> None:
        self._book = book
        self._known: dict[int, LinkFields] | None = None

    @property
    def _fields(self) -> dict[int, LinkFields]:
        """What each link has of its own, of those that have anything."""
        if self._known is None:
            self._known = {link: fields for link, fields in self._book.safety_copy() if fields}
        return self._known

    def known_before(self, ledger: Ledger) -> bytearray | None:
        """None of them: each is read, in this program and since the last pause, before it is sent."""
        return bytearray(len(ledger))

    def begin(self) -> None:
        """Take the fields out of the safety copy."""
        _ = self._fields

    def send(self, crm: Crm, batch: Batch) -> CallAnswer:
        """Put the links of the batch back."""
        return crm.relink(batch, {far: self._fields.get(link, {}) for link, far in batch.numbered_ids()})

    def judge(self, task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
        """As relink.py has it; what comes back without the fields of its own is told apart."""
        decision = judge_relink(task, result, ledger, at)
        return replace(decision, changes=tuple(self._told_apart(change) for change in decision.changes))

    def after(self, ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
        """What is there was put back: it was read as missing before it was sent."""
        return self._complete_or_not(link, after_relink(ledger, link, is_linked))

    def _told_apart(self, change: Change) -> Change:
        if not isinstance(change, Settled):
            return change
        return replace(change, outcomes=tuple((link, self._complete_or_not(link, one)) for link, one in change.outcomes))

    def _complete_or_not(self, link: int, known: LinkOutcome) -> LinkOutcome:
        if known.outcome is not Outcome.RELINKED or link in self._fields or not own_fields(self._book.links.relation(link)):
            return known
        return replace(known, cause=CauseCode.PUT_BACK_PARTLY)


def operating_on(book: RunBook) -> Operating:
    """What carries out the operation of this run."""
    match book.facts.operation.call:
        case CallName.DELINK:
            return Removing(safety_copy=book.facts.safety_copy)
        case CallName.RELINK:
            return Restoring(book)
