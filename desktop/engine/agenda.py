"""Which links are to be sent or read, and from when on: at the start, after the first links, after a pause, at the end."""

from collections.abc import Collection, Iterable, Mapping

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import UNANSWERED, Ledger, Loss
from desktop.domain.outcomes import DONE, Outcome
from desktop.domain.pacing import READ_AFTER_LOSS_S, SECOND_READ_AFTER_S
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import Change, Reopened, RunState, Settled
from desktop.engine.ages import LossAges
from desktop.engine.ports import Clock, RunBook
from desktop.engine.workload import Task, Work, Workload, lost_calls, remaining_batches


class Agenda:
    """Owned by the coordinator. Fills the workload from what the book says is left."""

    def __init__(self, book: RunBook, clock: Clock, workload: Workload) -> None:
        self._book = book
        self._clock = clock
        self._workload = workload
        self._rest: list[Batch] = []
        self._last_looked: set[int] = set()
        self._ages = LossAges(clock, book.ledger)
        # A loss of this run is measured from when it was met, not from when it was written down.
        self._lost_on: dict[int, float] = {}

    def left_behind(self, now: float) -> list[Change]:
        """The start: calls that an earlier program left open are unknown, and what was refused run-wide is opened again."""
        changes: list[Change] = []
        for batch in self._book.ledger.open_batches():
            self._lost_on[batch.number] = self._clock.monotonic()
            changes.append(Settled(batch.number, tuple((link, UNANSWERED) for link in batch.link_numbers), now))
        if self._book.ledger.state is not RunState.FINISHED:
            changes += reopened(self._book.ledger, now)
        return changes

    def queue_start(self) -> None:
        """Everything that is unsent (or the first links of it), and a read for what is unknown."""
        plan, ledger = self._book.plan, self._book.ledger
        head = plan.pause_after or 0
        if CauseCode.FIRST_LINKS_DONE in ledger.paused_for:
            head = 0
        numbers = iter(self._workload.new_number, None)
        unsent = ledger.unsent()
        batches = list(remaining_batches(plan.batches[:head], unsent, numbers))
        rest = list(remaining_batches(plan.batches[head:], unsent, numbers))
        self._rest = rest if head else []
        self._workload.send(batches if head else rest)
        self._queue_looks(Work.LOOK, ledger.unconfirmed(), READ_AFTER_LOSS_S)

    def queue_again(self, changes: Iterable[Reopened]) -> None:
        """Links that were opened again after a pause, before all others."""
        links = [link for change in changes for link in change.links]
        numbers = iter(self._workload.new_number, None)
        self._workload.send(remaining_batches(self._book.plan.batches, links, numbers) if links else (), first=True)

    def queue_look(self, batch: Batch, links: Collection[int], after_s: float) -> None:
        """A read of links whose answer was lost just now, or is not believed, ``after_s`` seconds later."""
        now = self._clock.monotonic()
        self._lost_on[batch.number] = now
        self._last_looked.difference_update(links)
        self._workload.at(now + after_s, Task(Work.LOOK, self._workload.part(batch, links)))

    def queue_rest(self) -> bool:
        """The links after the first ones; False when there are none."""
        rest, self._rest = self._rest, []
        self._workload.send(rest)
        return bool(rest)

    def queue_last_looks(self) -> tuple[bool, bool]:
        """A last read of every link that was ever unknown; whether there are any, and whether some have to wait for it.

        What Zoho denied needs no wait: it answered, so nothing can take effect late.
        """
        ledger = self._book.ledger
        soon = {link: loss for link, loss in ledger.denied().items() if link not in self._last_looked}
        late: dict[int, Loss] = {}
        for link, loss in ledger.lost().items():
            outcome = ledger.outcome(link).outcome
            if link not in self._last_looked and link not in soon and outcome not in DONE:
                (soon if outcome is Outcome.NOT_LINKED else late)[link] = loss
        self._last_looked.update(soon, late)
        self._queue_looks(Work.LAST_LOOK, soon, 0.0)
        self._queue_looks(Work.LAST_LOOK, late, SECOND_READ_AFTER_S)
        return bool(soon or late), bool(late)

    def _queue_looks(self, work: Work, losses: Mapping[int, Loss], after_s: float) -> None:
        """One read for the lost links of each batch, ``after_s`` seconds after their loss."""
        now = self._clock.monotonic()
        for loss, links in lost_calls(losses):
            due = now + min(after_s, max(0.0, after_s - self._since(loss)))
            self._workload.at(due, Task(work, self._workload.part(loss.batch, links)))

    def _since(self, loss: Loss) -> float:
        lost_on = self._lost_on.get(loss.batch.number)
        return self._ages.of(loss) if lost_on is None else self._clock.monotonic() - lost_on


def reopened(ledger: Ledger, now: float) -> list[Reopened]:
    """Links that were refused or not copied for a reason that concerns every call; it is believed to be put right."""
    links = ledger.reopenable()
    return [Reopened(tuple(links), now)] if links else []
