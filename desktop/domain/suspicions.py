"""Which IDs of a sheet are suspicious: they look like IDs, but the rest of the sheet says that they may name other records.

There are three reasons. An ID may have been *rounded by a program* (:mod:`rounding`). It may be *unlike the others* of its
column: the IDs of one account share their first digits and nearly always their length. And the whole related column may
be *another thing*: telephone numbers and time stamps are long rows of digits too, and among themselves they are alike,
so only the parent column beside them gives them away.

For the last reason both the length and the first digits have to differ. One of them alone is common in honest sheets
(contacts that were made years after the campaigns have more digits), so it is only noted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from desktop.domain.distinct_ids import DistinctIds, Trait, counted
from desktop.domain.records import RecordId
from desktop.domain.rounding import rounded_ids

_ENOUGH_FOR_HABITS = 20
_USUAL_SHARE = 0.95
_PREFIX = 7
_START = 4

_EXPORT_AGAIN = (
    "To be sure, export the records from Zoho again (their IDs then start with zcrm_) and open that file here,"
    " not by double-click in Excel."
)


@dataclass(frozen=True, slots=True)
class Suspicions:
    """The suspicious IDs of both columns, and what the user should know about the columns as wholes."""

    parents: frozenset[RecordId]
    related: frozenset[RecordId]
    notes: tuple[str, ...] = ()


def suspicious_ids(parents: Sequence[RecordId], related: Sequence[RecordId]) -> Suspicions:
    """Judge all IDs that the two columns of a sheet hold, each as often as it occurs, in any order.

    IDs of rows that are not read (hidden, or left out by a filter) belong here too: they came from the same program.
    """
    columns = DistinctIds.of(parents), DistinctIds.of(related)
    rounded_parents, rounded_related = rounded_ids(*columns)
    another_thing, notes = _compared(*columns)
    if rounded := len(rounded_parents | rounded_related):
        notes = (_rounded_note(rounded), *notes)
    return Suspicions(
        parents=rounded_parents | odd_ones_out(parents, columns[0]),
        related=frozenset(columns[1].ids) if another_thing else rounded_related | odd_ones_out(related, columns[1]),
        notes=notes,
    )


def odd_ones_out(column: Sequence[RecordId], distinct: DistinctIds) -> frozenset[RecordId]:
    """The IDs whose length, or whose first seven digits, differ from those of at least 95 % of the column.

    With fewer than 20 IDs there is no majority to compare with.
    """
    all_alike = len(distinct.by_length) <= 1 and distinct.shared_start(_PREFIX) is not None
    if all_alike or len(column) < _ENOUGH_FOR_HABITS:
        return frozenset()
    lengths, prefixes = _unusual(counted(column, len)), _unusual(counted(column, itemgetter(slice(_PREFIX))))
    if not lengths and not prefixes:
        return frozenset()
    return frozenset(one for one in distinct.ids if len(one) in lengths or one[:_PREFIX] in prefixes)


def _unusual(counts: Counter[Trait]) -> set[Trait]:
    """The values that few IDs have, if nearly all others share one; none if they do not."""
    enough = _USUAL_SHARE * counts.total()
    if max(counts.values()) < enough:
        return set()
    return {value for value, count in counts.items() if count < counts.total() - enough}


def _compared(parents: DistinctIds, related: DistinctIds) -> tuple[bool, tuple[str, ...]]:
    """True when the related column is another thing than IDs of the parents' account; and a note if anything differs."""
    lengths = parents.usual_length(), related.usual_length()
    starts = parents.usual_start(_START), related.usual_start(_START)
    other_length = None not in lengths and lengths[0] != lengths[1]
    other_start = None not in starts and starts[0] != starts[1]
    if other_length and other_start:
        return True, (
            f"The related IDs are unlike the parent IDs ({lengths[1]} digits that begin with {starts[1]}, beside"
            f" {lengths[0]} digits that begin with {starts[0]}), as telephone numbers or dates would be, so all of them are"
            " suspicious. Check that the right column was chosen.",
        )
    if other_length:
        return False, (
            f"The related IDs have {lengths[1]} digits and the parent IDs {lengths[0]}."
            " Check that the right columns were chosen.",
        )
    if other_start:
        return False, (
            f"The related IDs begin with {starts[1]} and the parent IDs with {starts[0]}."
            " Check that both come from the same Zoho account.",
        )
    return False, ()


def _rounded_note(count: int) -> str:
    ids = "1 ID" if count == 1 else f"{count:,} IDs"
    return f"{ids} may have been rounded by a program, and a rounded ID may name another record. {_EXPORT_AGAIN}"
