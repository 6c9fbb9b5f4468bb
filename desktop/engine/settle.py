"""Reads what is linked now: after a run, to verify it, and before a retry or an undo, to learn what became of its links.

Nothing is sent here. link_reader.py says which lists are read, patient_lists.py how patiently. What a read proves of a link
whose answer was lost is written into the run's journal, by the rules of the run itself: that it is gone (or there again) is
final; that it is still as it was is final only once the run is over and the call has had 120 s to take effect.
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
from desktop.engine.ports import Clock, Crm, RunJournal
from desktop.engine.reading_lanes import ReadingLanes

_REPORT_EVERY_S = 1.0  # while it waits, so that the countdown on the screen moves


@dataclass(frozen=True, slots=True)
class Verification:
    """What the links of a run are now. Each link, by number, is in one of ``gone``, ``still_linked`` and ``unknown``.

    ``put_back`` are links of the run that its undos have put back since, so these are expected to exist.
    """

    operation: Operation
    gone: tuple[int, ...]
    still_linked: tuple[int, ...]
    unknown: tuple[int, ...]
    put_back: frozenset[int] = frozenset()

    @property
    def unwanted(self) -> tuple[int, ...]:
        """Links that exist although the run was to remove them and no undo of it put them back."""
        return () if self.operation.ends_linked else tuple(link for link in self.still_linked if link not in self.put_back)

    @property
    def back(self) -> tuple[int, ...]:
        """Links of a removal that exist because an undo of it put them back."""
        return () if self.operation.ends_linked else tuple(link for link in self.still_linked if link in self.put_back)

    @property
    def missing(self) -> tuple[int, ...]:
        """Links that do not exist although this undo, or an undo of this run, was to put them back."""
        return self.gone if self.operation.ends_linked else tuple(link for link in self.gone if link in self.put_back)

    @property
    def to_retry(self) -> tuple[int, ...]:
        """Links that a retry of the run would send, because they are not as the run and its undos meant them to be."""
        return tuple(link for link in self.differences if link not in self.put_back)

    @property
    def differences(self) -> tuple[int, ...]:
        """Links that are not as the run itself meant them to be, whatever its undos did since."""
        return self.still_linked if self.operation.needs_call(is_linked=True) else self.gone


def verify(
    journal: RunJournal,
    crm: Crm,
    clock: Clock,
    control: RunControl,
    on_progress: Callable[[int], None] = lambda _: None,
    put_back: Collection[int] = (),
) -> Verification:
    """Read all links of a run except those that the user left out. ``on_progress`` gets how many are read so far.

    ``put_back`` are links that undos of this run have put back since. Raises a leaf of CrmError if nothing more can be read,
    RunElsewhere if the CRM is not the run's own, and JournalUnwritable; what was proven before that is kept.
    """
    outcomes = journal.ledger.outcomes()
    read_back = ReadBack(journal, crm, clock, control, on_progress)
    read_back.read(link for link, outcome in enumerate(outcomes) if outcome.cause not in LEFT_BY_CHOICE)
    all_links = range(len(journal.links))
    return Verification(
        journal.facts.operation,
        tuple(link for link in all_links if link in read_back.gone),
        tuple(link for link in all_links if link in read_back.linked),
        tuple(link for link in all_links if link not in read_back.gone and link not in read_back.linked),
        frozenset(put_back),
    )


def wait_out_losses(
    ledger: Ledger,
    clock: Clock,
    control: RunControl,
    on_wait: Callable[[float], None] = lambda _: None,
    wait_s: float = SECOND_READ_AFTER_S,
    ages: LossAges | None = None,
) -> bool:
    """Wait until the latest lost answer is ``wait_s`` old. By default that is 120 s: a lost call does not take effect later.

    ``on_wait`` gets the seconds left, once a second. Pass ``ages`` if they were measured already. False if stopped.
    """
    ages = ages or LossAges(clock, ledger)
    # Nobody ever posts a letter here. The mailbox serves as a sleep from which a stop wakes.
    sleep: Mailbox[None] = Mailbox(clock)
    control.watch(sleep.wake)
    while not control.stopping and (left_s := wait_s - ages.youngest_age(ledger)) > 0:
        on_wait(left_s)
        sleep.collect(min(left_s, _REPORT_EVERY_S))
    return not control.stopping


def give_up_open_calls(journal: RunJournal, now: float) -> None:
    """Write that calls which an earlier program left open are unknown, and that their answers were lost now."""
    # Nobody knows when the calls left; "now" is the latest moment that is possible, so no wait for them is too short.
    calls = journal.ledger.open_batches()
    if calls:
        journal.commit([Settled(call.number, tuple((link, UNANSWERED) for link in call.link_numbers), now) for call in calls])


class ReadBack:
    """Reads links and keeps what was proven, by number, in ``linked`` and ``gone``. Used by one thread, and only once.

    Pass ``is_over`` if the run sends nothing any more, whatever its state says. ``on_progress`` gets how many links are read so
    far. Pass ``ages`` if those of the run's losses were measured already, for example before a wait.
    """

    def __init__(
        self,
        journal: RunJournal,
        crm: Crm,
        clock: Clock,
        control: RunControl,
        on_progress: Callable[[int], None] = lambda _: None,
        *,
        is_over: bool = False,
        ages: LossAges | None = None,
    ) -> None:
        self.linked: set[int] = set()
        self.gone: set[int] = set()
        self._journal = journal
        self._crm = crm
        self._clock = clock
        self._control = control
        self._on_progress = on_progress
        self._is_over = is_over or journal.ledger.state is RunState.FINISHED
        self._ages = ages or LossAges(clock, journal.ledger)
        self._operating = operating_on(journal)
        self._lists = PatientLists(crm, clock, lane_cap(crm.connection.account.edition))
        self._reads_written = 0

    def read(self, links: Iterable[int]) -> None:
        """Read these links; return early if the control says stop. Raises what :func:`verify` raises."""
        check_same_place(self._journal.facts, self._crm.connection)  # in another account every link would be read as gone
        give_up_open_calls(self._journal, self._clock.now())
        with suppress(ReadingCancelled), ReadingLanes(self._lists, self._clock) as lanes:
            self._control.watch(lambda: lanes.cancel() if self._control.stopping else None)
            if not self._control.stopping:
                self._read(
                    LinkReader(self._lists, lanes, self._journal.links, make_plan(self._journal.links, numbers=links).batches)
                )
        self._write(())

    def _read(self, reader: LinkReader) -> None:
        for shown in reader.rounds():
            errors = [self._error_of(answer, reader) for answer in shown]
            self._write(shown)  # before anything is raised, so that what was proven is kept
            for error in errors:
                if error is not None:
                    raise error

    def _error_of(self, shown: LinksShown, reader: LinkReader) -> CrmError | None:
        """Return the error if no other list would fare better; queue what to read in place of a list that was refused."""
        match shown.error:
            case None | AnswerMissing() | AnswerNotUnderstood():
                return None
            case RequestRefused() if shown.batches[0].side is Side.RELATED:
                # Refused from the other end; a read from the sheet's own side may be allowed all the same.
                numbers = [link for batch in shown.batches for link in batch.link_numbers]
                reader.read_first(split_calls(self._journal.links, shown.batches[0].relation, numbers, 0))
                return None
            case RequestRefused(refusal=Refusal(cause=cause)) if cause not in PERMISSION_CAUSES:
                return None  # for example because the parent record was deleted; nothing is proven of its links
            case error:
                return error

    def _write(self, shown: Sequence[LinksShown]) -> None:
        # Each read that reached the CRM is counted in the run's record, even if it proved nothing.
        reads = self._lists.reads - self._reads_written
        linked = tuple(link for answer in shown for link in answer.linked)
        gone = tuple(link for answer in shown for link in answer.gone)
        if not (reads or linked or gone):
            return
        self.linked.update(linked)
        self.gone.update(gone)
        now = self._clock.now()
        self._journal.commit([Sighted(linked, gone, now, reads), *self._settled((*linked, *gone), now)])
        self._reads_written += reads
        self._on_progress(len(self.linked) + len(self.gone))

    def _settled(self, links: Iterable[int], now: float) -> list[Change]:
        """Settle the links that are unknown, as far as the reads prove what became of them."""
        ledger = self._journal.ledger
        losses, denied, outcomes = ledger.unconfirmed(), ledger.denied(), []
        for link in links:
            if link not in losses:
                continue
            shown = self._operating.outcome_as_read(ledger, link, link in self.linked)
            # REFUSED means that the call had no effect so far. That is final if Zoho denied it, or if it is too late for an
            # effect; and a run that is not over may still send the link again.
            final = self._is_over and (link in denied or self._ages.age_of(losses[link]) >= SECOND_READ_AFTER_S)
            if shown.outcome is not Outcome.REFUSED or final:
                outcomes.append((link, shown))
        return [Settled(None, tuple(outcomes), now)] if outcomes else []
