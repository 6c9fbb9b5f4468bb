"""What became of every link of a run, put in order for the results page."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.causes import CauseCode
from desktop.domain.entries import Links
from desktop.domain.history import ALONE, Family
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.engine.retrying import may_be_left, may_be_retried


@dataclass(frozen=True, slots=True)
class RunResults:
    """``outcomes`` by link number; ``counts`` of each outcome with its cause; ``numbers`` of the links of each cause.

    ``family`` are the runs around this one, ``put_back`` the links of it that its undos put back since.
    """

    links: Links
    outcomes: Sequence[LinkOutcome]
    counts: Mapping[tuple[Outcome, CauseCode], int]
    numbers: Mapping[CauseCode, Sequence[int]]
    may_be_retried: bool
    family: Family = ALONE
    put_back: frozenset[int] = frozenset()

    @classmethod
    def of(cls, record: RunRecord, family: Family = ALONE, put_back: frozenset[int] = frozenset()) -> "RunResults":
        """Looks at every link, so that for a large run it belongs off the window's thread."""
        outcomes = record.ledger.outcomes()
        counts: dict[tuple[Outcome, CauseCode], int] = {}
        numbers: dict[CauseCode, array[int]] = {}
        for link, known in enumerate(outcomes):
            group = known.outcome, known.cause
            counts[group] = counts.get(group, 0) + 1
            if known.cause not in numbers:
                numbers[known.cause] = array("L")
            numbers[known.cause].append(link)
        return cls(record.links, outcomes, counts, numbers, may_be_retried(record), family, put_back)

    @property
    def to_undo(self) -> int:
        """How many links an undo may have to put back; one that is not confirmed may turn out to be removed."""
        removed = sum(count for (outcome, _), count in self.counts.items() if outcome in (Outcome.DELINKED, Outcome.UNKNOWN))
        return removed - len(self.put_back)

    def left(self, not_as_wished: Sequence[int] = ()) -> int:
        """How many links a retry may have to send; those read as ``not_as_wished`` since count, whatever became of them."""
        if not self.may_be_retried:
            return 0
        found = sum(not may_be_left(self.outcomes[link]) for link in not_as_wished)
        return found + sum(count for group, count in self.counts.items() if may_be_left(LinkOutcome(*group)))

    def has(self, *outcomes: Outcome, but: Collection[CauseCode] = ()) -> bool:
        """True when a link ended so, for another cause than those of ``but``."""
        return any(outcome in outcomes and cause not in but for outcome, cause in self.counts)
