"""What the IDs of one column have in common, and whether several numbers in one cell may be a list of them.

**Why it matters.** A cell may list several related IDs. It may as well hold an ID with a telephone number beside it, or
one ID that a line break has cut in two. Both parts of such a cell can have 10 to 20 digits, so each would pass for an ID
by itself, and a removal would be sent for a record that nobody named.

**The kind of a column** is learned from its single IDs, those that have a cell to themselves. A column without any is
learned from the parts of its cells. The kind has

- lengths: the commonest one, and one digit more or less, because an account's newer IDs may be one digit longer than its
  older ones. Of several that are equally common the longest counts: a telephone number is shorter than an ID.
- first digits: the four with which more than half of the different IDs of these lengths begin. All IDs of one Zoho
  account begin alike.

A part belongs to the column if it has both. The parts of a cell also make a list if they are of the kind of the parent
column, because that holds IDs of the same account. Otherwise one telephone number that has a cell to itself could turn
every list of the column away. If no four digits are the usual ones in either column, the length alone has to tell, and
then nothing below 15 digits belongs: that is where telephone numbers and dates are.

**Two halves of one ID** can only be told by their lengths, since in a column of nothing but broken IDs the halves look
alike. An ID has at most 20 digits, and a part has at least 10. So if two parts that stand side by side have 20 digits
together, they may be one ID of 20 digits, and the cell is no list. A true list of IDs with 10 digits is lost by that, but
no account has such short ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.domain.distinct_ids import DistinctIds
from desktop.domain.records import RecordId

_START = 4
_MOST_DIGITS = 20
_LONG_ID = 15


@dataclass(frozen=True, slots=True)
class IdKind:
    """``lengths`` are the numbers of digits, ``start`` the first digits, empty if the IDs have none in common."""

    lengths: range
    start: str

    @classmethod
    def of(cls, ids: Sequence[RecordId]) -> "IdKind | None":
        """The kind of most of these IDs, each of which may be repeated; None if there are none."""
        if not ids:
            return None
        by_length = DistinctIds.of(ids).by_length
        commonest = max((len(alike), length) for length, alike in by_length.items())[1]
        lengths = range(commonest - 1, commonest + 2)
        start = DistinctIds.of([one for length in lengths for one in by_length.get(length, ())]).usual_start(_START)
        return cls(lengths, start) if start is not None else cls(range(max(commonest - 1, _LONG_ID), commonest + 2), "")

    def fits(self, one: RecordId) -> bool:
        """True if this is an ID of the kind."""
        return len(one) in self.lengths and one.startswith(self.start)

    def makes_list(self, ids: Sequence[RecordId]) -> bool:
        """True if these IDs, which stand side by side in one cell, are several of the kind and not one that was broken."""
        return all(map(self.fits, ids)) and all(len(one) + len(other) > _MOST_DIGITS for one, other in pairwise(ids))
