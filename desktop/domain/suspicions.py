"""Which IDs of a sheet are suspicious: they look like IDs, but the rest of the sheet says that they may name other records.

There are three reasons. An ID may have been *rounded by a program* (:mod:`rounding`). It may be *unlike the others* of its
column: the IDs of one account share their first digits and nearly always their length. And the whole related column may
be *another thing*: telephone numbers and time stamps are long rows of digits too, and among themselves they are alike,
so only the parent column beside them gives them away.

For the last reason both the length and the first digits have to differ. One of them alone is common in honest sheets
(contacts that were made years after the campaigns have more digits), so it is only noted. Telephone numbers of several
networks and dates of several years begin in no common way, so a column without usual first digits differs from one that
has them, and the same holds for the length.

A single telephone number among IDs shows in the same way: both its length and its first digits differ from what most IDs
of its column have in common. No number of rows is too small for that, because an honest ID differs in one of them at most.

Half an ID, which a broken line leaves behind, begins as the others do and is shorter by several digits. That shows in a
small sheet as well.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from desktop.domain.distinct_ids import DistinctIds, Trait, counted
from desktop.domain.records import RecordId
from desktop.domain.rounding import rounded_ids
from desktop.domain.texts import Text

_ENOUGH_FOR_HABITS = 20
_USUAL_SHARE = 0.95
_ENOUGH_FOR_A_LENGTH = 3
_PREFIX = 7
_START = 4


@dataclass(frozen=True, slots=True)
class Suspicions:
    """The suspicious IDs of both columns, and what the user should know about the columns as wholes."""

    parents: frozenset[RecordId]
    related: frozenset[RecordId]
    notes: tuple[Text, ...] = ()


def suspicious_ids(parents: Sequence[RecordId], related: Sequence[RecordId]) -> Suspicions:
    """Judge all IDs that the two columns of a sheet hold, each as often as it occurs, in any order.

    IDs of rows that are not read (hidden, or left out by a filter) belong here too: they came from the same program.
    """
    columns = DistinctIds.of(parents), DistinctIds.of(related)
    rounded_parents, rounded_related = rounded_ids(*columns)
    another_thing, notes = _compared(*columns)
    if rounded := len(rounded_parents | rounded_related):
        notes = (Text("ids-rounded", ids=rounded), *notes)
    return Suspicions(
        parents=rounded_parents | odd_ones_out(parents, columns[0]) | _of_odd_length(columns[0]) | _strangers(*columns),
        related=(
            frozenset(columns[1].ids)
            if another_thing
            else rounded_related
            | odd_ones_out(related, columns[1])
            | _of_odd_length(columns[1])
            | _strangers(columns[1], columns[0])
        ),
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
    return {value for value, count in counts.items() if count <= counts.total() - enough}


def _of_odd_length(column: DistinctIds) -> frozenset[RecordId]:
    """The IDs that begin as the others do and are longer or shorter: a broken line or a cell that was cut leaves half an ID.

    One digit more or less is no reason, as older and newer IDs of one account differ by it. With fewer than three
    different IDs nothing is usual.
    """
    usual, start = column.usual_length(), column.usual_start(_START)
    if usual is None or start is None or len(column.by_length) == 1 or len(column.ids) < _ENOUGH_FOR_A_LENGTH:
        return frozenset()
    unlike = (ids for digits, ids in column.by_length.items() if abs(digits - usual) > 1)
    return frozenset(one for ids in unlike for one in ids if one.startswith(start))


def _strangers(column: DistinctIds, other: DistinctIds) -> frozenset[RecordId]:
    """The IDs of a column that share neither the usual length nor the usual first digits of its IDs.

    A column in which nothing is usual, because half of it are telephone numbers, is compared with the other column.
    """
    length, start = column.usual_length(), column.usual_start(_START)
    if length is None or start is None:
        length, start = other.usual_length(), other.usual_start(_START)
    if length is None or start is None or column.by_length.keys() <= {length}:
        return frozenset()
    unlike = (ids for digits, ids in column.by_length.items() if digits != length)
    return frozenset(one for ids in unlike for one in ids if not one.startswith(start))


def _compared(parents: DistinctIds, related: DistinctIds) -> tuple[bool, tuple[Text, ...]]:
    """True when the related column is another thing than IDs of the parents' account; and a note if anything differs."""
    lengths = parents.usual_length(), related.usual_length()
    starts = parents.usual_start(_START), related.usual_start(_START)
    if not parents.ids or not related.ids:
        return False, ()
    differ = lengths[0] != lengths[1] and starts[0] != starts[1]
    if differ and (None not in (*lengths, *starts) or not _has_some_like(related, lengths[0], starts[0])):
        like = _like(lengths[1], starts[1]), _like(lengths[0], starts[0])
        return True, (Text("ids-of-another-thing", related=like[0], parent=like[1]),)
    match lengths:
        case int() as digits, int() as other_digits if digits != other_digits:
            return False, (Text("ids-of-other-length", related=other_digits, parent=digits),)
    match starts:
        case str() as start, str() as other_start if start != other_start:
            return False, (Text("ids-of-other-start", related=other_start, parent=start),)
    return False, ()


def _has_some_like(column: DistinctIds, length: int | None, start: str | None) -> bool:
    """True when some IDs of the column have this length and these first digits: then only the others are strangers."""
    if length is None or start is None:
        return False
    return any(one.startswith(start) for one in column.by_length.get(length, ()))


def _like(length: int | None, start: str | None) -> Text:
    """What the IDs of a column have in common."""
    if length is None:
        return Text("digits-of-any-length") if start is None else Text("digits-of-any-length-from", start=start)
    return Text("digits-of-any-start", digits=length) if start is None else Text("digits-from", digits=length, start=start)
