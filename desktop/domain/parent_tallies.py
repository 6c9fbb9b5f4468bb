"""What became of the links of the records that have the most of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from desktop.domain.entries import Links
from desktop.domain.outcomes import LinkOutcome, Outcome, Tally
from desktop.domain.records import RecordId

MOST_PARENTS = 10


@dataclass(frozen=True, slots=True)
class ParentTally:
    """What became of the links of a record; ``link`` is the number of one of them, which names the record's module."""

    parent: RecordId
    link: int
    tally: Tally


def largest_parents(links: Links, outcomes: Sequence[LinkOutcome]) -> list[ParentTally]:
    """Return the ten records with the most links, the largest first. It looks at every link, so it takes a while."""
    counts: dict[RecordId, int] = {}
    first: dict[RecordId, int] = {}
    for link, parent in enumerate(links.parent_ids):
        counts[parent] = counts.get(parent, 0) + 1
        first.setdefault(parent, link)
    largest = sorted(counts.items(), key=itemgetter(1), reverse=True)[:MOST_PARENTS]
    tallies: dict[RecordId, dict[Outcome, int]] = {parent: {} for parent, _ in largest}
    for parent, known in zip(links.parent_ids, outcomes, strict=True):
        if (tally := tallies.get(parent)) is not None:
            tally[known.outcome] = tally.get(known.outcome, 0) + 1
    return [ParentTally(parent, first[parent], Tally(tallies[parent])) for parent, _ in largest]
