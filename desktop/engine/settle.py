"""Reads that prove what is linked now: after a run, to verify it, and before an undo, to know what became of its links.

Nothing is sent here. A list is asked for exactly its links, or paged through where that takes fewer reads; several lists
are read at once. What a read proves of a link whose answer was lost is written into the run's journal, by the rules of
the run itself: gone (or there again) is final; still as it was is final only once the run is over and the call has had
120 s to take effect.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from desktop.domain.causes import NOT_WANTED, PERMISSION_CAUSES, CauseCode
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmError, CrmUnreachable, RequestRefused
from desktop.domain.ledger import UNANSWERED, Ledger
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CopyAnswer, Outcome, Refusal
from desktop.domain.pacing import FIRST_LANES, READ_AFTER_LOSS_S, SECOND_READ_AFTER_S
from desktop.domain.plans import Side, make_plan
from desktop.domain.runs import Change, RunState, Settled, Sighted
from desktop.engine.ages import LossAges
from desktop.engine.control import Mailbox, RunControl
from desktop.engine.holding import Hold
from desktop.engine.lanes import Arrival, Lanes, Result
from desktop.engine.operating import operating_on
from desktop.engine.ports import Clock, Crm, RunBook
from desktop.engine.preparing import check_same_place
from desktop.engine.waking import LOOK_EVERY_S
from desktop.engine.workload import Task, Workload

_READ_TRIES = 3
_TELL_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Verification:
    """What the links of a run are now, by number: every link is in one of the three. ``unknown``: nothing proves either.

    ``put_back`` are links of it that its undos have put back since, so they are to be there again.
    """

    operation: Operation
    gone: tuple[int, ...]
    still_linked: tuple[int, ...]
    unknown: tuple[int, ...]
    put_back: frozenset[int] = frozenset()

    @property
    def unwanted(self) -> tuple[int, ...]:
        """Links that are there although the run was to remove them and no undo of it put them back."""
        return () if self.operation.wished_there else tuple(link for link in self.still_linked if link not in self.put_back)

    @property
    def back(self) -> tuple[int, ...]:
        """Links of a removal that are there because an undo of it put them back."""
        return () if self.operation.wished_there else tuple(link for link in self.still_linked if link in self.put_back)

    @property
    def missing(self) -> tuple[int, ...]:
        """Links that are not there although this undo, or an undo of this run, was to put them back."""
        return self.gone if self.operation.wished_there else tuple(link for link in self.gone if link in self.put_back)

    @property
    def to_retry(self) -> tuple[int, ...]:
        """Links that a retry of the run would send, because they are not as it and its undos wanted them."""
        return tuple(link for link in self.differences if link not in self.put_back)

    @property
    def differences(self) -> tuple[int, ...]:
        """Links that are not as the run itself wanted them, whatever was done since."""
        return self.still_linked if self.operation.needs_call(is_linked=True) else self.gone


def verify(
    book: RunBook,
    crm: Crm,
    clock: Clock,
    control: RunControl,
    told: Callable[[int], None] = lambda _: None,
    put_back: Collection[int] = (),
) -> Verification:
    """Read all links of a run, but those that were held back or left out. ``told`` gets how many are read so far.

    ``put_back`` are those that its undos have put back since.

    Raises the CrmError leaves where nothing more can be read, RunElsewhere where the CRM is another one than the run's, and
    JournalUnwritable; what was proven before is kept.
    """
    outcomes = book.ledger.outcomes()
    settling = Settling(book, crm, clock, control, told)
    settling.read(link for link, known in enumerate(outcomes) if known.cause not in NOT_WANTED)
    every = range(len(book.links))
    return Verification(
        book.facts.operation,
        tuple(link for link in every if link in settling.gone),
        tuple(link for link in every if link in settling.linked),
        tuple(link for link in every if link not in settling.gone and link not in settling.linked),
        frozenset(put_back),
    )


def wait_out_losses(
    ledger: Ledger,
    clock: Clock,
    control: RunControl,
    told: Callable[[float], None] = lambda _: None,
    wait_s: float = SECOND_READ_AFTER_S,
    ages: LossAges | None = None,
) -> bool:
    """Wait until the last lost answer is ``wait_s`` old: after 120 s its call takes effect no more. False when stopped.

    ``told`` gets the seconds left, once a second. ``ages`` are those that were measured already.
    """
    ages = ages or LossAges(clock, ledger)
    sleep: Mailbox[None] = Mailbox(clock)
    control.watch(sleep.wake)
    while not control.stopping and (left := wait_s - ages.youngest(ledger)) > 0:
        told(left)
        sleep.take(min(left, _TELL_EVERY_S))
    return not control.stopping


def give_up_open_calls(book: RunBook, now: float) -> None:
    """Calls that an earlier program left open are unknown, and their answers lost as of now."""
    calls = book.ledger.open_batches()
    if calls:
        book.commit([Settled(one.number, tuple((link, UNANSWERED) for link in one.link_numbers), now) for one in calls])


class Settling:
    """Reads links in lanes and keeps what was proven: ``linked`` and ``gone``, by number. One thread, one use.

    With ``is_over`` the run sends nothing any more, whatever its state says; ``told`` gets how many links are read so far.
    ``ages`` are those of its losses where they were measured already, such as before a wait.
    """

    def __init__(
        self,
        book: RunBook,
        crm: Crm,
        clock: Clock,
        control: RunControl,
        told: Callable[[int], None] = lambda _: None,
        *,
        is_over: bool = False,
        ages: LossAges | None = None,
    ) -> None:
        self.linked: set[int] = set()
        self.gone: set[int] = set()
        self._book = book
        self._crm = crm
        self._clock = clock
        self._control = control
        self._told = told
        self._is_over = is_over or book.ledger.state is RunState.FINISHED
        self._ages = ages or LossAges(clock, book.ledger)
        self._operating = operating_on(book)
        # No link counts as copied, so the workload hands out a read in place of each call.
        self._workload = Workload(book.links, 0, bytearray(len(book.links)), by_ids=crm.reads_by_ids)
        self._mailbox: Mailbox[Arrival] = Mailbox(clock)
        self._lanes = Lanes(
            lambda task: crm.copy_of(task.batches, lambda: not control.stopping), self._mailbox, lambda: not control.stopping
        )
        self._hold = Hold(clock)
        self._unwritten: list[Change] = []
        self._trouble: CrmError | Exception | None = None

    def read(self, links: Iterable[int]) -> None:
        """Read these links; returns early when the control says stop. Raises as :func:`verify` does."""
        check_same_place(self._book.facts, self._crm.connection)  # elsewhere every link would be read as gone
        give_up_open_calls(self._book, self._clock.now())
        self._control.watch(self._mailbox.wake)
        self._workload.send(make_plan(self._book.links, numbers=links).batches)
        with self._lanes:
            while (len(self._workload) or self._lanes.out) and not self._control.stopping:
                self._fill_lanes()
                for arrival in self._mailbox.take(self._patience()):
                    self._lanes.landed()
                    self._workload.done(arrival.task)
                    self._follow(arrival.task, arrival.result)
                self._write()
                if self._trouble is not None:
                    raise self._trouble

    def _fill_lanes(self) -> None:
        if self._hold.is_on:
            for waiting in reversed(self._lanes.recall()):
                self._workload.put_back(waiting)
            return
        tasks: list[Task] = []
        now = self._clock.monotonic()
        while self._lanes.out + len(tasks) < FIRST_LANES and (task := self._workload.take(now)) is not None:
            tasks.append(task)
        # Even none: after an error the lanes wait to be told that what was handed out before may go on.
        self._lanes.submit(tasks, FIRST_LANES)

    def _patience(self) -> float:
        """Seconds until there is something to do even if no lane comes back."""
        due = self._hold.until if self._hold.is_on else self._workload.next_due()
        if due is None or self._lanes.out >= FIRST_LANES:
            return LOOK_EVERY_S
        return min(LOOK_EVERY_S, max(0.0, due - self._clock.monotonic()))

    def _write(self) -> None:
        if self._unwritten:
            self._book.commit(self._unwritten)
            self._unwritten = []
            self._told(len(self.linked) + len(self.gone))

    def _follow(self, task: Task, result: Result) -> None:
        if isinstance(result, CopyAnswer):
            self._hold.answered()
            self._note(task, result)
            return
        if not isinstance(result, CrmUnreachable):
            self._unwritten.append(Sighted((), (), self._clock.now()))
        match result:
            case CrmBusy(retry_after_s=wish_s):
                self._try_later(task, CauseCode.LIMIT_REACHED, result, wish_s)
            case CrmUnreachable():
                self._try_later(task, CauseCode.OFFLINE, result)
            case AnswerMissing() | AnswerNotUnderstood():
                if task.tries < _READ_TRIES:
                    self._workload.at(self._clock.monotonic() + READ_AFTER_LOSS_S, task.again())
            case RequestRefused() if task.batch.side is Side.RELATED:
                for batch in reversed(task.batches):
                    self._workload.send(self._workload.on_sheet_side(batch), first=True)
            case RequestRefused(refusal=Refusal(cause=cause)) if cause not in PERMISSION_CAUSES:
                pass  # such as a parent record that was deleted: nothing is proven of its links
            case Exception():
                self._trouble = result

    def _try_later(self, task: Task, cause: CauseCode, error: CrmError, wish_s: float | None = None) -> None:
        if self._hold.extend(cause, task.started_at, wish_s):
            self._workload.at(self._hold.until, task)
        else:
            self._trouble = error

    def _note(self, task: Task, answer: CopyAnswer) -> None:
        linked: list[int] = []
        gone: list[int] = []
        for batch in task.batches:
            there, others = batch.split(answer.links)
            linked += there
            if answer.whole:
                gone += others
            elif others and not answer.may_hide:
                self._workload.read_otherwise(task)
                self._workload.send([batch], first=True)
        self.linked.update(linked)
        self.gone.update(gone)
        now = self._clock.now()
        self._unwritten.append(Sighted(tuple(linked), tuple(gone), now, answer.reads))
        self._settle(linked, gone, now)

    def _settle(self, linked: list[int], gone: list[int], now: float) -> None:
        """What the reads show of links that are unknown; a run that is not over may still send them again."""
        ledger = self._book.ledger
        losses, denied, outcomes = ledger.unconfirmed(), ledger.denied(), []
        for link in (*linked, *gone):
            if link not in losses:
                continue
            shown = self._operating.after(ledger, link, link in self.linked)
            final = self._is_over and (link in denied or self._ages.of(losses[link]) >= SECOND_READ_AFTER_S)
            if shown.outcome is not Outcome.REFUSED or final:
                outcomes.append((link, shown))
        if outcomes:
            self._unwritten.append(Settled(None, tuple(outcomes), now))
