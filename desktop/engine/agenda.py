"""Decides which links are sent or read at each stage of a run: at the start, after the first links, after a pause, at the end."""

from collections.abc import Collection, Iterable, Mapping

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import UNANSWERED, Ledger, Loss
from desktop.domain.outcomes import DONE, Outcome
from desktop.domain.pacing import READ_AFTER_LOSS_S, SECOND_READ_AFTER_S
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import Change, Reopened, RunState, Settled
from desktop.engine.ages import LossAges
from desktop.engine.ports import Clock, RunJournal
from desktop.engine.workload import Task, TaskKind, Workload, lost_calls, remaining_batches


class Agenda:
    """Fills the workload with what the run's journal says is left. Owned by the coordinator."""

    def __init__(self, journal: RunJournal, clock: Clock, workload: Workload) -> None:
        self._journal = journal
        self._clock = clock
        self._workload = workload
        self._rest: list[Batch] = []
        # Links that have had their last read. Without this, every idle turn at the end would queue the same reads again.
        self._last_read: set[int] = set()
        self._ages = LossAges(clock, journal.ledger)
        # By batch number, the monotonic second at which this program met the loss. The journal's own time is later (the commit
        # has to be written first) and comes from the wall clock, which somebody may set.
        self._lost_on: dict[int, float] = {}

    def changes_at_start(self, now: float) -> list[Change]:
        """Return the changes to write at the start: open calls become unknown, and run-wide refusals are opened again."""
        changes: list[Change] = []
        # An intent without an outcome means that an earlier program died or gave up with the call in flight. It may have
        # reached the CRM, so its links are unknown until a read shows what became of them.
        for batch in self._journal.ledger.open_batches():
            self._lost_on[batch.number] = self._clock.monotonic()
            changes.append(Settled(batch.number, tuple((link, UNANSWERED) for link in batch.link_numbers), now))
        # A finished run is started once more only to read links that are still unknown. Nothing is sent again in it.
        if self._journal.ledger.state is not RunState.FINISHED:
            changes += reopened(self._journal.ledger, now)
        return changes

    def queue_start(self) -> None:
        """Queue everything that is unsent (only the first links if the run pauses after them) and a read of what is unknown."""
        plan, ledger = self._journal.plan, self._journal.ledger
        head = plan.pause_after or 0
        # The run has paused after its first links already, perhaps in an earlier program, and was resumed since.
        if CauseCode.FIRST_LINKS_DONE in ledger.paused_for:
            head = 0
        numbers = iter(self._workload.new_number, None)
        unsent = ledger.unsent()
        batches = list(remaining_batches(plan.batches[:head], unsent, numbers))
        rest = list(remaining_batches(plan.batches[head:], unsent, numbers))
        self._rest = rest if head else []
        self._workload.queue_calls(batches if head else rest)
        self._queue_read_backs(TaskKind.READ_BACK, ledger.unconfirmed(), READ_AFTER_LOSS_S)

    def queue_reopened(self, changes: Iterable[Reopened]) -> None:
        """Queue links that were opened again after a pause, before all others."""
        links = [link for change in changes for link in change.links]
        numbers = iter(self._workload.new_number, None)
        self._workload.queue_calls(remaining_batches(self._journal.plan.batches, links, numbers) if links else (), first=True)

    def queue_read_back(self, batch: Batch, links: Collection[int], after_s: float) -> None:
        """Queue a read, in ``after_s`` seconds, of links whose answer was just lost or is not believed."""
        now = self._clock.monotonic()
        self._lost_on[batch.number] = now
        # A link that is lost again after its last read needs another one: the new call may still take effect.
        self._last_read.difference_update(links)
        self._workload.queue_at(now + after_s, Task(TaskKind.READ_BACK, self._workload.part(batch, links)))

    def queue_rest(self) -> bool:
        """Queue the links after the first ones; False when there are none."""
        rest, self._rest = self._rest, []
        self._workload.queue_calls(rest)
        return bool(rest)

    def queue_last_read_backs(self) -> tuple[bool, bool]:
        """Queue a last read of every link that was ever unknown.

        Returns whether there are any, and whether some of them have to wait until their loss is old enough.
        """
        ledger = self._journal.ledger
        # Zoho answered for the links that it denied, so no call of theirs can still take effect: they are read without a wait.
        soon = {link: loss for link, loss in ledger.denied().items() if link not in self._last_read}
        late: dict[int, Loss] = {}
        for link, loss in ledger.lost().items():
            outcome = ledger.outcome(link).outcome
            # What was read as removed (or put back) stays so. The others may change while the lost call can still take effect:
            # they are read after 120 s, except those that were read as gone, which a late removal cannot change any more.
            if link not in self._last_read and link not in soon and outcome not in DONE:
                (soon if outcome is Outcome.NOT_LINKED else late)[link] = loss
        self._last_read.update(soon, late)
        self._queue_read_backs(TaskKind.LAST_READ_BACK, soon, 0.0)
        self._queue_read_backs(TaskKind.LAST_READ_BACK, late, SECOND_READ_AFTER_S)
        return bool(soon or late), bool(late)

    def _queue_read_backs(self, kind: TaskKind, losses: Mapping[int, Loss], after_s: float) -> None:
        """Queue one read for the lost links of each batch, ``after_s`` seconds after their loss."""
        now = self._clock.monotonic()
        for loss, links in lost_calls(losses):
            # min() because a loss that seems to lie in the future (somebody set the clock back) must not wait longer than one
            # of this moment.
            due = now + min(after_s, max(0.0, after_s - self._since(loss)))
            self._workload.queue_at(due, Task(kind, self._workload.part(loss.batch, links)))

    def _since(self, loss: Loss) -> float:
        lost_on = self._lost_on.get(loss.batch.number)
        return self._ages.age_of(loss) if lost_on is None else self._clock.monotonic() - lost_on


def reopened(ledger: Ledger, now: float) -> list[Reopened]:
    """Open again the links that were refused, or not copied, for a reason that concerns every call.

    Call at a start and after a pause: somebody who lets the run go on has put that reason right, or believes so.
    """
    links = ledger.reopenable()
    return [Reopened(tuple(links), now)] if links else []
