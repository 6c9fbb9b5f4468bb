"""What differs in a run between removing links and putting them back: the call, and what an answer or a read proves.

The runner is the same for all operations; it asks one of the classes here.
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
from desktop.engine.judging import judge, removal_as_read
from desktop.engine.lanes import Result
from desktop.engine.ports import Crm, RunJournal
from desktop.engine.relink import judge_relink, relink_as_read
from desktop.engine.workload import Task


class Operating(Protocol):
    """What the runner asks of an operation. The lanes call ``send``, the coordinator the other methods."""

    def read_before(self, ledger: Ledger) -> bytearray | None:
        """Return one byte for each link, 1 if it needs no read before it is sent; None if no link needs one."""
        ...

    def prepare(self) -> None:
        """Get ready before the first call, on the run's thread. Raises JournalDamaged."""
        ...

    def send(self, crm: Crm, batch: Batch) -> CallAnswer:
        """Make the call of the operation. Raises the leaves of CrmError."""
        ...

    def judge(self, task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
        """Decide what follows from the result of a task. ``at`` is seconds since the epoch."""
        ...

    def outcome_as_read(self, ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
        """Return what a read proves of a link whose answer was lost; REFUSED if the call had no effect."""
        ...


class Removing:
    """Removes links, with or without a safety copy before it."""

    def __init__(self, *, safety_copy: bool) -> None:
        self._safety_copy = safety_copy

    def read_before(self, ledger: Ledger) -> bytearray | None:
        if not self._safety_copy:
            return None
        # A link that was sent after its copy was taken needs no second copy: the first one shows what it was before the call.
        # One that was copied but not sent (before a pause, or by an earlier program) is copied again, because somebody may have
        # changed it meanwhile.
        sent = {*ledger.lost(), *ledger.denied(), *(link for batch in ledger.open_batches() for link in batch.link_numbers)}
        return bytearray(link in sent and ledger.has_copy(link) for link in range(len(ledger)))

    def prepare(self) -> None:
        pass  # a removal needs no more than the batch

    def send(self, crm: Crm, batch: Batch) -> CallAnswer:
        return crm.delink(batch)

    def judge(self, task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
        return judge(task, result, ledger, at)

    def outcome_as_read(self, ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
        return removal_as_read(ledger, link, is_linked)


class Restoring:
    """Puts links back, with the fields that the safety copy holds."""

    def __init__(self, journal: RunJournal) -> None:
        self._journal = journal
        self._copied_fields: dict[int, LinkFields] | None = None

    @property
    def _fields(self) -> dict[int, LinkFields]:
        """The fields of the links that have any of their own, by link number."""
        if self._copied_fields is None:
            self._copied_fields = {link: fields for link, fields in self._journal.safety_copy() if fields}
        return self._copied_fields

    def read_before(self, ledger: Ledger) -> bytearray | None:
        # Every link is read before it is sent, in this program and after each pause: one that somebody linked again meanwhile
        # must keep the values that it has now.
        return bytearray(len(ledger))

    def prepare(self) -> None:
        # Reads the safety copy now: ``send`` runs on a lane's thread, and a journal may be used by one thread only.
        _ = self._fields

    def send(self, crm: Crm, batch: Batch) -> CallAnswer:
        return crm.relink(batch, {call_id: self._fields.get(link, {}) for link, call_id in batch.numbered_ids()})

    def judge(self, task: Task, result: Result, ledger: Ledger, at: float) -> Decision:
        decision = judge_relink(task, result, ledger, at)
        return replace(decision, changes=tuple(self._with_partial_ones(change) for change in decision.changes))

    def outcome_as_read(self, ledger: Ledger, link: int, is_linked: bool) -> LinkOutcome:
        return self._complete_or_partial(link, relink_as_read(ledger, link, is_linked))

    def _with_partial_ones(self, change: Change) -> Change:
        if not isinstance(change, Settled):
            return change
        return replace(
            change, outcomes=tuple((link, self._complete_or_partial(link, outcome)) for link, outcome in change.outcomes)
        )

    def _complete_or_partial(self, link: int, outcome: LinkOutcome) -> LinkOutcome:
        """Mark a link that was put back as partial if its relation has fields of its own and the safety copy holds none."""
        if outcome.outcome is not Outcome.RELINKED or link in self._fields or not own_fields(self._journal.links.relation(link)):
            return outcome
        return replace(outcome, cause=CauseCode.PUT_BACK_PARTLY)


def operating_on(journal: RunJournal) -> Operating:
    """Return what carries out the operation of this run."""
    match journal.facts.operation.call:
        case CallName.DELINK:
            return Removing(safety_copy=journal.facts.safety_copy)
        case CallName.RELINK:
            return Restoring(journal)
