"""The account of a run: replays its changes and knows at any moment what became of every link, and what is left to do.

The same replay serves a run that is going on and one read back from disk, so what the screen shows after a crash is what
it would have shown before it. Per link: no outcome yet → intended (its batch is open) → an outcome; UNKNOWN is an outcome
that a later read or send replaces. A link whose answer was ever lost is remembered until the end.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.causes import RUN_WIDE_CAUSES, CauseCode
from desktop.domain.entries import Entries, Links, SheetRow
from desktop.domain.outcomes import LinkFields, LinkOutcome, Outcome, Tally, shows_effect
from desktop.domain.planning.plans import Batch, Plan, Side
from desktop.domain.relations import Relation
from desktop.domain.row_choices import RowsLeftOut
from desktop.domain.runs import (
    AsSheet,
    Change,
    Copied,
    Doubted,
    Intent,
    Reopened,
    Returned,
    RunFacts,
    RunState,
    Settled,
    Sighted,
    StateChange,
)

NOT_SENT = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.NOT_SENT_YET)
UNANSWERED = LinkOutcome(Outcome.UNKNOWN, CauseCode.INTERRUPTED)
_DOUBTED = LinkOutcome(Outcome.UNKNOWN, CauseCode.RECORD_CUT)

_LINKED, _COPIED = 1, 2  # what a read of this run showed of a link


@dataclass(frozen=True, slots=True)
class Loss:
    """When the latest answer for a link was lost, or was not believed (seconds since the epoch), and in which batch.

    ``clock_lead`` is by how much that clock led then the one that nobody can set, where it is known.
    """

    at: float
    batch: Batch
    clock_lead: float | None = None


class Ledger:
    """Owned by whoever replays the changes; one thread at a time."""

    def __init__(self, links: int) -> None:
        self._outcomes: list[LinkOutcome | None] = [None] * links
        self._counts: dict[Outcome, int] = {Outcome.NOT_ATTEMPTED: links}
        self._sends = bytearray(links)
        self._seen = bytearray(links)
        self._open: dict[int, Batch] = {}
        self._lost: dict[int, Loss] = {}
        self._denied: dict[int, Loss] = {}
        self._next_batch = 0
        self._untouched = links
        self._may_reopen = 0
        self._times = array("d", bytes(8 * links))
        self.calls = 0
        self.reads = 0
        self.state = RunState.RUNNING
        self.cause: CauseCode | None = None
        self.paused_for: set[CauseCode] = set()
        self.as_sheet: set[Relation] = set()
        self.honoured: set[Relation] = set()
        self.changed_at = 0.0
        self._clock_lead: float | None = None

    def __len__(self) -> int:
        return len(self._outcomes)

    def apply(self, change: Change) -> None:
        """Take one change into account, after it was written down."""
        match change:
            case Intent(batch, _):
                self._intend(batch)
            case Settled(number, outcomes, at):
                self._settle(number, outcomes, at)
            case Returned(number, left, _):
                self._return(number, left)
            case Sighted(linked, _, _, reads):
                self._see(linked, _LINKED, reads)
            case Copied(links, _, _, reads):
                self._see(links, _LINKED | _COPIED, reads)
            case Reopened(links, _):
                for link in links:
                    self._set(link, None)
            case AsSheet(relation, _):
                self.as_sheet.add(relation)
            case Doubted(batch, at):
                self._doubt(batch, at)
            case StateChange(state, cause, at, clock_lead):
                self._change_state(state, cause, at)
                self._clock_lead = self._clock_lead if clock_lead is None else clock_lead

    def replay(self, changes: Iterable[Change]) -> "Ledger":
        """Apply all of them and return self."""
        for change in changes:
            self.apply(change)
        return self

    def outcome(self, link: int) -> LinkOutcome:
        """What became of a link: NOT_SENT while nothing has, UNANSWERED while its call is open."""
        known = self._outcomes[link]
        if known is not None:
            return known
        return UNANSWERED if any(link in batch.link_numbers for batch in self._open.values()) else NOT_SENT

    def outcomes(self) -> list[LinkOutcome]:
        """The outcome of every link, by number; quicker than asking one by one."""
        outcomes = [NOT_SENT if known is None else known for known in self._outcomes]
        for batch in self._open.values():
            for link in batch.link_numbers:
                outcomes[link] = UNANSWERED
        return outcomes

    def settled_at(self, link: int) -> float | None:
        """When the outcome of a link was written, or None."""
        return self._times[link] or None

    @property
    def tally(self) -> Tally:
        """Counts of the outcomes as they stand; links of open calls count as not sent until they are answered."""
        return Tally({outcome: count for outcome, count in self._counts.items() if count})

    @property
    def tally_at_rest(self) -> Tally:
        """The counts for a program that ends now: what became of the links of open calls is unknown."""
        flying = sum(len(batch) for batch in self._open.values())
        counts = {**self._counts, Outcome.UNKNOWN: self._counts.get(Outcome.UNKNOWN, 0) + flying}
        counts[Outcome.NOT_ATTEMPTED] = counts.get(Outcome.NOT_ATTEMPTED, 0) - flying
        return Tally({outcome: count for outcome, count in counts.items() if count})

    @property
    def next_batch(self) -> int:
        """The lowest batch number that no call has used."""
        return self._next_batch

    def open_batches(self) -> list[Batch]:
        """Calls that were intended and neither answered nor returned."""
        return list(self._open.values())

    def sends(self, link: int) -> int:
        """How many calls with this link were answered or lost (not those that provably did nothing)."""
        return self._sends[link]

    def was_seen_linked(self, link: int) -> bool:
        """True when a read of this run saw the link."""
        return bool(self._seen[link])

    def has_copy(self, link: int) -> bool:
        """True when the link is in the safety copy."""
        return bool(self._seen[link] & _COPIED)

    @property
    def copies(self) -> int:
        """How many links are in the safety copy."""
        return sum(self._seen.count(bits) for bits in (_COPIED, _COPIED | _LINKED))

    @property
    def untouched(self) -> int:
        """How many links have no outcome yet; those of open calls are among them."""
        return self._untouched

    def lost(self) -> dict[int, Loss]:
        """Every link whose answer was ever lost, with the latest loss."""
        return dict(self._lost)

    def was_lost(self, link: int) -> bool:
        """True when an answer for the link was ever lost."""
        return link in self._lost

    def denied(self) -> dict[int, Loss]:
        """Every UNKNOWN link of which Zoho said that it is not linked, with the call that was answered so."""
        return dict(self._denied)

    def unconfirmed(self) -> dict[int, Loss]:
        """Every link whose outcome is UNKNOWN, with the call that a read has to tell the effect of."""
        calls = {link: loss for link, loss in self._lost.items() if self._is_unknown(link)}
        return calls | self._denied

    def unconfirmed_in(self, link: int) -> Batch | None:
        """The call whose effect on an UNKNOWN link a read has to tell; None for any other link."""
        loss = self._denied.get(link) or self._lost.get(link)
        return loss.batch if loss is not None and self._is_unknown(link) else None

    def _is_unknown(self, link: int) -> bool:
        known = self._outcomes[link]
        return known is not None and known.outcome is Outcome.UNKNOWN

    @property
    def left_to_reopen(self) -> int:
        """Count the links that :meth:`reopenable` would give."""
        return self._may_reopen

    def reopenable(self) -> list[int]:
        """Links that were refused, or not copied, for a reason that concerns every call; put right, they are sent again."""
        return [link for link, known in enumerate(self._outcomes) if known is not None and _may_be_reopened(known)]

    def unsent(self) -> list[int]:
        """Links that have no outcome and are in no open call."""
        flying = {link for batch in self._open.values() for link in batch.link_numbers}
        return [link for link, known in enumerate(self._outcomes) if known is None and link not in flying]

    def with_outcome(self, outcome: Outcome) -> list[int]:
        """The numbers of the links that ended so."""
        return [link for link, known in enumerate(self._outcomes) if known is not None and known.outcome is outcome]

    def _intend(self, batch: Batch) -> None:
        self._open[batch.number] = batch
        self._next_batch = max(self._next_batch, batch.number + 1)
        self.calls += 1
        for link in batch.link_numbers:
            self._sends[link] = min(255, self._sends[link] + 1)

    def _settle(self, number: int | None, outcomes: tuple[tuple[int, LinkOutcome], ...], at: float) -> None:
        batch = None if number is None else self._open.pop(number, None)
        for link, outcome in outcomes:
            if batch is None and shows_effect(outcome):
                self._learn_from(link)
            self._set(link, outcome)
            self._times[link] = at
            self._denied.pop(link, None)
            if outcome.outcome is Outcome.UNKNOWN and batch is not None:
                denied = outcome.cause is CauseCode.DENIED_UNPROVEN
                (self._denied if denied else self._lost)[link] = Loss(at, batch, self._clock_lead)

    def _learn_from(self, link: int) -> None:
        """A read showed that a call took effect: if it was a reversed one, the CRM honours those of its relation."""
        batch = self.unconfirmed_in(link)
        if batch is not None and batch.side is Side.RELATED:
            self.honoured.add(batch.relation)

    def _doubt(self, batch: Batch, at: float) -> None:
        for link in batch.link_numbers:
            self._set(link, _DOUBTED)
            self._times[link] = at
            self._lost[link] = Loss(at, batch, self._clock_lead)

    def _return(self, number: int, left: bool) -> None:
        batch = self._open.pop(number, None)
        self.calls -= 0 if left else 1
        for link in batch.link_numbers if batch else ():
            self._sends[link] -= 1

    def _see(self, links: tuple[int, ...], how: int, reads: int) -> None:
        self.reads += reads
        for link in links:
            self._seen[link] |= how

    def _change_state(self, state: RunState, cause: CauseCode | None, at: float) -> None:
        self.state, self.cause, self.changed_at = state, cause, at
        if state is RunState.PAUSED and cause is not None:
            self.paused_for.add(cause)

    def _set(self, link: int, outcome: LinkOutcome | None) -> None:
        before = self._outcomes[link]
        self._untouched += (outcome is None) - (before is None)
        self._may_reopen += _may_be_reopened(outcome) - _may_be_reopened(before)
        self._count(before, -1)
        self._outcomes[link] = outcome
        self._count(outcome, +1)

    def _count(self, outcome: LinkOutcome | None, by: int) -> None:
        key = outcome.outcome if outcome is not None else Outcome.NOT_ATTEMPTED
        self._counts[key] = self._counts.get(key, 0) + by


def doubts_of(ledger: Ledger, plan: Plan, at: float) -> list[Doubted]:
    """What the end of a record, if it was lost, may have been about: planned links that are not sent, or may be sent again.

    ``at`` is seconds since the epoch: an answer may have been lost as late as that.
    """
    doubtful = {*ledger.unsent(), *ledger.reopenable()}
    doubts = []
    for batch in plan.batches:
        indexes = [i for i, link in enumerate(batch.link_numbers) if link in doubtful]
        if indexes:
            doubts.append(Doubted(batch.part(batch.number, indexes), at))
    return doubts


def _may_be_reopened(known: LinkOutcome | None) -> bool:
    if known is None:
        return False
    if known.outcome is Outcome.REFUSED:
        return known.cause in RUN_WIDE_CAUSES
    return known.outcome is Outcome.NOT_ATTEMPTED and known.cause in (CauseCode.COPY_FAILED, CauseCode.COPY_REFUSED)


class RunRecord(Protocol):
    """Everything that is on disk about a run: enough to write its results at any time."""

    @property
    def facts(self) -> RunFacts: ...
    @property
    def links(self) -> Links: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def left_out(self) -> RowsLeftOut: ...
    @property
    def ledger(self) -> Ledger: ...
    def rows(self) -> Iterable[SheetRow]:
        """Every row below the header in source order, blank ones included."""
        ...

    def safety_copy(self) -> Iterable[tuple[int, LinkFields]]:
        """The links that were read before their removal, in order, each with the fields of its own."""
        ...
