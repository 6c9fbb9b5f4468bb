"""What became of every link of a run, put in order for the results page."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.causes import CauseCode
from desktop.domain.entries import Links
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.engine.retrying import left_to_retry


@dataclass(frozen=True, slots=True)
class RunResults:
    """``outcomes`` by link number; ``counts`` of each outcome with its cause; ``numbers`` of the links of each cause.

    ``left`` is how many links a retry may have to send.
    """

    links: Links
    outcomes: Sequence[LinkOutcome]
    counts: Mapping[tuple[Outcome, CauseCode], int]
    numbers: Mapping[CauseCode, Sequence[int]]
    left: int

    @classmethod
    def of(cls, record: RunRecord) -> "RunResults":
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
        return cls(record.links, outcomes, counts, numbers, left_to_retry(record, outcomes))
