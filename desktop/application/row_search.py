"""Which of a run's links are meant by what somebody types: a row, an ID, or the name of a record."""

from array import array
from collections.abc import Mapping, Sequence

from desktop.domain.entries import Links
from desktop.domain.records import RecordId


def links_matching(links: Links, numbers: Sequence[int], text: str, names: Mapping[RecordId, str]) -> Sequence[int]:
    """Return those of the ``numbers`` whose row is ``text``, or that have it in an ID or a name of one of their records.

    Nothing typed means all of them. Capital and small letters are the same here. It looks at every link.
    """
    sought = text.strip().casefold()
    if not sought:
        return numbers
    row = sought if sought.isdecimal() else None
    called = frozenset(record for record, name in names.items() if sought in name.casefold())
    parents, related, rows = links.parent_ids, links.related_ids, links.first_rows
    return array(
        "L",
        [
            link
            for link in numbers
            if sought in parents[link]
            or sought in related[link]
            or (row is not None and str(rows[link]) == row)
            or (called and (parents[link] in called or related[link] in called))
        ],
    )
