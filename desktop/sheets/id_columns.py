"""The two columns of a block of rows that hold the IDs, handled in bulk.

Nearly all rows of nearly all sheets are two plain IDs; judging each by itself would cost more than all else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import eq, ne, or_
from typing import TypeVar, cast

from desktop.domain.records import RecordId, plain_ids

_MOST_SHARED = 50_000  # texts; then all are forgotten, or a sheet of different texts would fill the memory

_Text = TypeVar("_Text", bound=str | None)


@dataclass(frozen=True, slots=True)
class IdColumns:
    """The texts of consecutive rows, and their plain IDs in ``…_ids``: None where a text is no plain ID."""

    parents: Sequence[str]
    related: Sequence[str]
    parent_ids: Sequence[RecordId | None]
    related_ids: Sequence[RecordId | None]

    def __len__(self) -> int:
        return len(self.parents)

    def part(self, start: int, end: int) -> "IdColumns":
        if end - start == len(self):
            return self
        rows = slice(start, end)
        return IdColumns(self.parents[rows], self.related[rows], self.parent_ids[rows], self.related_ids[rows])

    def chosen(self, marks: bytes | bytearray) -> "IdColumns":
        """Return the rows whose mark is not 0."""
        parents, related = list(compress(self.parents, marks)), list(compress(self.related, marks))
        return IdColumns(parents, related, list(compress(self.parent_ids, marks)), list(compress(self.related_ids, marks)))

    def odd_places(self) -> list[int]:
        """Return the rows that are anything but two different plain IDs."""
        ends = self.parent_ids, self.related_ids
        if None not in self.parent_ids and None not in self.related_ids and not any(map(eq, *ends)):
            return []
        return [
            row for row, (parent, related) in enumerate(zip(*ends, strict=True)) if None in (parent, related) or parent == related
        ]

    def ids(self) -> tuple[Sequence[RecordId], Sequence[RecordId]]:
        """Return the IDs as such. Only for rows none of which is odd."""
        return cast(Sequence[RecordId], self.parent_ids), cast(Sequence[RecordId], self.related_ids)

    def cleaned(self) -> bytes:
        """Return 1 for each row in which an ID is not the whole of its text."""
        if self.parents is self.parent_ids and self.related is self.related_ids:
            return bytes(len(self))
        return bytes(map(or_, map(ne, self.parents, self.parent_ids), map(ne, self.related, self.related_ids)))


class SharedTexts:
    """Interns equal texts: a campaign that a thousand rows name is stored once, and compared by identity."""

    def __init__(self) -> None:
        self._texts: dict[str | None, str | None] = {}

    def columns_of(self, parents: Sequence[str], related: Sequence[str]) -> IdColumns:
        """Return two columns of texts with their IDs."""
        parents, related = self._shared(parents), self._shared(related)
        return IdColumns(parents, related, self._ids_of(parents), self._ids_of(related))

    def _ids_of(self, texts: Sequence[str]) -> Sequence[RecordId | None]:
        ids = plain_ids(texts)
        return ids if ids is texts else self._shared(ids)

    def _shared(self, texts: Sequence[_Text]) -> Sequence[_Text]:
        distinct = len(set(texts))
        if 2 * distinct > len(texts):  # they hardly repeat, so there is nothing to share
            return texts
        if len(self._texts) + distinct > _MOST_SHARED:
            self._texts.clear()
        return cast(Sequence[_Text], list(map(self._texts.setdefault, texts, texts)))
