"""Reads that prove what is linked now: after a run, to verify it, and before an undo, to know what became of its links.

Nothing is sent here. How lists are read stands in link_reader.py, how patiently in patient_lists.py. What a read proves of a
link whose answer was lost is written into the run's journal, by the rules of the run itself: gone (or there again) is final;
still as it was is final only once the run is over and the call has had 120 s to take effect.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from desktop.domain.causes import LEFT_BY_CHOICE, PERMISSION_CAUSES
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmError, RequestRefused
from desktop.domain.ledger import UNANSWERED, Ledger
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome, Refusal
from desktop.domain.pacing import SECOND_READ_AFTER_S, lane_cap
from desktop.domain.planning.plans import Side, make_plan, split_calls
from desktop.domain.runs import Change, RunState, Settled, Sighted, check_same_place
from desktop.engine.ages import LossAges
from desktop.engine.control import Mailbox, RunControl
from desktop.engine.link_reader import LinkReader, LinksShown
from desktop.engine.operating import operating_on
from desktop.engine.patient_lists import PatientLists, ReadingCancelled
from desktop.engine.ports import Clock, Crm, RunBook
from desktop.engine.reading_lanes import ReadingLanes

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
        return () if self.operation.ends_linked else tuple(link for link in self.still_linked if link not in self.put_back)

    @property
    def back(self) -> tuple[int, ...]:
        """Links of a removal that are there because an undo of it put them back."""
        return () if self.operation.ends_linked else tuple(link for link in self.still_linked if link in self.put_back)

    @property
    def missing(self) -> tuple[int, ...]:
        """Links that are not there although this undo, or an undo of this run, was to put them back."""
        return self.gone if self.operation.ends_linked else tuple(link for link in self.gone if link in self.put_back)

    @property
    def to_retry(self) -> tuple[int, ...]:
        """Links that a retry of the run would send, because they are not as it and its undos meant them to be."""
        return tuple(link for link in self.differences if link not in self.put_back)

    @property
    def differences(self) -> tuple[int, ...]:
        """Links that are not as the run itself meant them to be, whatever was done since."""
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
    settling.read(link for link, known in enumerate(outcomes) if known.cause not in LEFT_BY_CHOICE)
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
    """Reads links and keeps what was proven: ``linked`` and ``gone``, by number. One thread, one use.

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
        self._lists = PatientLists(crm, clock, lane_cap(crm.connection.account.edition))
        self._reads_written = 0

    def read(self, links: Iterable[int]) -> None:
        """Read these links; returns early when the control says stop. Raises as :func:`verify` does."""
        check_same_place(self._book.facts, self._crm.connection)  # elsewhere every link would be read as gone
        give_up_open_calls(self._book, self._clock.now())
        with suppress(ReadingCancelled), ReadingLanes(self._lists, self._clock) as lanes:
            self._control.watch(lambda: lanes.cancel() if self._control.stopping else None)
            if not self._control.stopping:
                self._read(LinkReader(self._lists, lanes, self._book.links, make_plan(self._book.links, numbers=links).batches))
        self._write(())

    def _read(self, reader: LinkReader) -> None:
        for shown in reader.rounds():
            troubles = [self._follow(one, reader) for one in shown]
            self._write(shown)
            for trouble in troubles:
                if trouble is not None:
                    raise trouble

    def _follow(self, shown: LinksShown, reader: LinkReader) -> CrmError | None:
        """What to read instead of a list that was not shown; the error where no other list fares better."""
        match shown.error:
            case None | AnswerMissing() | AnswerNotUnderstood():
                return None
            case RequestRefused() if shown.batches[0].side is Side.RELATED:
                numbers = [link for batch in shown.batches for link in batch.link_numbers]
                reader.read_first(split_calls(self._book.links, shown.batches[0].relation, numbers, 0))
                return None
            case RequestRefused(refusal=Refusal(cause=cause)) if cause not in PERMISSION_CAUSES:
                return None  # such as a parent record that was deleted: nothing is proven of its links
            case error:
                return error

    def _write(self, shown: Sequence[LinksShown]) -> None:
        """Every read that reached the CRM is counted in the run's record, also one that proved nothing."""
        reads = self._lists.reads - self._reads_written
        linked = tuple(link for one in shown for link in one.linked)
        gone = tuple(link for one in shown for link in one.gone)
        if not (reads or linked or gone):
            return
        self.linked.update(linked)
        self.gone.update(gone)
        now = self._clock.now()
        self._book.commit([Sighted(linked, gone, now, reads), *self._settled((*linked, *gone), now)])
        self._reads_written += reads
        self._told(len(self.linked) + len(self.gone))

    def _settled(self, links: Iterable[int], now: float) -> list[Change]:
        """What the reads show of links that are unknown; a run that is not over may still send them again."""
        ledger = self._book.ledger
        losses, denied, outcomes = ledger.unconfirmed(), ledger.denied(), []
        for link in links:
            if link not in losses:
                continue
            shown = self._operating.after(ledger, link, link in self.linked)
            final = self._is_over and (link in denied or self._ages.of(losses[link]) >= SECOND_READ_AFTER_S)
            if shown.outcome is not Outcome.REFUSED or final:
                outcomes.append((link, shown))
        return [Settled(None, tuple(outcomes), now)] if outcomes else []
