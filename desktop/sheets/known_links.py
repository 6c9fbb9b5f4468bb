"""The links of one relation that a sheet has named so far; each is found by its two IDs."""

from collections.abc import Sequence

from desktop.domain.building import LinksBuilder
from desktop.domain.entries import KIND_DUPLICATE
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation


class KnownLinks:
    """Finds links by their IDs. ``_first`` has the first link of each related ID, ``_further`` those to its other parents."""

    def __init__(self, relation: Relation, links: LinksBuilder) -> None:
        self._relation = relation
        self._links = links
        self._first: dict[RecordId, int] = {}
        self._further: dict[tuple[RecordId, RecordId], int] = {}

    def find(self, parent_id: RecordId, related_id: RecordId) -> int | None:
        """Return the number of this link, or None."""
        number = self._first.get(related_id)
        if number is None or self._links.parent_ids[number] == parent_id:
            return number
        return self._further.get((parent_id, related_id))

    def add(self, parent_id: RecordId, related_id: RecordId, row: int) -> int:
        """Append a link that find() did not find, and return its number."""
        number = self._links.add(self._relation, parent_id, related_id, row)
        if self._first.setdefault(related_id, number) != number:
            self._further[parent_id, related_id] = number
        return number

    def add_rows(
        self, rows: Sequence[int], parent_ids: Sequence[RecordId], related_ids: Sequence[RecordId]
    ) -> tuple[Sequence[int], bytearray]:
        """Return the number of each row's link and its kind, KIND_DUPLICATE if it is not new; new links are appended."""
        expected = range(len(self._links), len(self._links) + len(related_ids))
        # All at once: a related ID that is new gets the number it has if all rows are new; any other number shows a repetition.
        numbers = list(map(self._first.setdefault, related_ids, expected))
        if numbers != list(expected):
            return self._add_each_row(rows, parent_ids, related_ids)
        self._links.extend(self._relation, parent_ids, related_ids, rows)
        return numbers, bytearray(len(related_ids))

    def _add_each_row(
        self, rows: Sequence[int], parent_ids: Sequence[RecordId], related_ids: Sequence[RecordId]
    ) -> tuple[Sequence[int], bytearray]:
        """Do the same if a record had a link before or comes twice. ``_first`` already has numbers as if all rows were new."""
        first, further, known_parents = self._first, self._further, self._links.parent_ids
        numbers, kinds = list[int](), bytearray(len(parent_ids))
        new_parents, new_related, new_rows = list[RecordId](), list[RecordId](), list[int]()
        if_all_new = fresh = len(known_parents)
        for place, (parent_id, related_id) in enumerate(zip(parent_ids, related_ids, strict=True)):
            number = first[related_id]
            if number == if_all_new + place:
                number = first[related_id] = fresh
            elif (known_parents[number] if number < if_all_new else new_parents[number - if_all_new]) != parent_id:
                number = further.setdefault((parent_id, related_id), fresh)
            if number == fresh:
                new_parents.append(parent_id)
                new_related.append(related_id)
                new_rows.append(rows[place])
                fresh += 1
            else:
                kinds[place] = KIND_DUPLICATE
            numbers.append(number)
        self._links.extend(self._relation, new_parents, new_related, new_rows)
        return numbers, kinds
