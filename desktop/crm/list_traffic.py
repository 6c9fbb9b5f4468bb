"""Knows which related lists are being changed just now, because pages of a list that shrinks meanwhile prove nothing.

If a record is removed from a list between two pages, another one slips from the next page to one that was read already. A
removal changes the list that it is addressed to, and, seen from the other end, the lists of all the records that it names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, reverse_of


class PagedReading:
    """A list that is being paged through; ``undisturbed`` until a call that changes the list is in flight meanwhile."""

    def __init__(self, relation: Relation, record_id: RecordId) -> None:
        self.relation, self.record_id = relation, record_id
        self.undisturbed = True

    def is_touched_by(self, batch: Batch) -> bool:
        """True if a call for this batch changes the list."""
        if batch.call_relation == self.relation:
            return batch.call_parent_id == self.record_id
        return reverse_of(batch.call_relation) == self.relation and self.record_id in batch.ids


class ListTraffic:
    """Knows the changes and the paged reads in flight to one account. Any thread may call."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._changes: list[Batch] = []
        self._readings: list[PagedReading] = []

    @contextmanager
    def changing(self, batch: Batch) -> Iterator[None]:
        """Wrap a call that removes links or puts them back."""
        with self._guard:
            self._changes.append(batch)
            for reading in self._readings:
                reading.undisturbed = reading.undisturbed and not reading.is_touched_by(batch)
        try:
            yield
        finally:
            with self._guard:
                self._changes.remove(batch)

    @contextmanager
    def reading(self, batch: Batch) -> Iterator[PagedReading]:
        """Wrap the reading of all pages of a batch's list."""
        reading = PagedReading(batch.call_relation, batch.call_parent_id)
        with self._guard:
            # A call that left before the first page may take effect between two pages, too.
            reading.undisturbed = not any(reading.is_touched_by(batch) for batch in self._changes)
            self._readings.append(reading)
        try:
            yield reading
        finally:
            with self._guard:
                self._readings.remove(reading)
