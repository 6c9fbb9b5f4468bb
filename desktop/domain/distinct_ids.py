"""The different IDs of one column, sorted by length, and what most of them have in common.

A column can hold a million IDs. What is done with them is therefore done in portions: a single step over the whole
column would keep the interpreter lock for so long that the window stands still.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Self, TypeVar

from desktop.domain.records import RecordId

_PORTION = 20_000

Trait = TypeVar("Trait", int, str)


def portions(column: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    """The column in pieces that are small enough to be worked through without letting another thread run."""
    return (column[start : start + _PORTION] for start in range(0, len(column), _PORTION))


def counted(column: Sequence[RecordId], trait: Callable[[RecordId], Trait]) -> Counter[Trait]:
    """How many IDs of the column have each value of a trait, such as their length."""
    counts: Counter[Trait] = Counter()
    for portion in portions(column):
        counts.update(map(trait, portion))
    return counts


@dataclass(frozen=True, slots=True)
class DistinctIds:
    """``ids`` holds each ID of a column once; ``by_length`` holds the same IDs by their number of digits.

    They stay in the order of the column. IDs in the order of a set lie all over the memory, and to look at a million of
    them takes five times as long. ``first`` and ``last`` are those that come first and last in alphabetical order; empty
    if there are no IDs.
    """

    ids: Sequence[RecordId]
    by_length: Mapping[int, Sequence[RecordId]]
    first: str
    last: str

    @classmethod
    def of(cls, column: Sequence[RecordId]) -> Self:
        """The IDs of a column in which any of them may be repeated."""
        ids, seen = list[RecordId](), set[RecordId]()
        for portion in portions(column):
            fresh = portion if seen.isdisjoint(portion) else [one for one in portion if one not in seen]
            seen.update(fresh)
            ids += fresh if len(seen) == len(ids) + len(fresh) else dict.fromkeys(fresh)
        lengths = set[int]().union(*(map(len, portion) for portion in portions(ids)))
        by_length = {length: [one for one in ids if len(one) == length] for length in lengths} if len(lengths) > 1 else None
        return cls(ids, by_length or dict.fromkeys(lengths, ids), min(ids, default=""), max(ids, default=""))

    def shared_start(self, digits: int) -> str | None:
        """The first digits, so many of them, that all of the IDs have; None if they differ.

        If the first and the last ID in alphabetical order begin alike, so do all between them.
        """
        start = self.first[:digits]
        return start if start and self.last.startswith(start) else None

    def usual_length(self) -> int | None:
        """The number of digits that more than half of the IDs have; None if there is none."""
        return _of_most({length: len(ids) for length, ids in self.by_length.items()})

    def usual_start(self, digits: int) -> str | None:
        """The first digits, so many of them, that more than half of the IDs have; None if there are none."""
        return self.shared_start(digits) or _of_most(counted(self.ids, itemgetter(slice(digits))))


def _of_most(counts: Mapping[Trait, int]) -> Trait | None:
    """The value that more than half of all have."""
    half = sum(counts.values()) / 2
    return next((value for value, count in counts.items() if count > half), None)
