"""Which lists of records are being changed just now: pages of a list that shrinks meanwhile prove nothing.

A record slips from the next page to one that was read already when another one is removed in between. A removal touches the
list that it is addressed to, and from the other end those of all the records that it names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, reverse_of


class PagedReading:
    """One list that is being paged through; ``undisturbed`` as long as no call that touches it was on its way meanwhile."""

    def __init__(self, relation: Relation, record_id: RecordId) -> None:
        self.relation, self.record_id = relation, record_id
        self.undisturbed = True

    def is_touched_by(self, batch: Batch) -> bool:
        """Whether a call for this batch changes the list."""
        if batch.call_relation == self.relation:
            return batch.call_parent_id == self.record_id
        return reverse_of(batch.call_relation) == self.relation and self.record_id in batch.ids


class ListTraffic:
    """What is on its way to one account. Any thread."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._changes: list[Batch] = []
        self._readings: list[PagedReading] = []

    @contextmanager
    def changing(self, batch: Batch) -> Iterator[None]:
        """Around a call that removes links or puts them back."""
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
        """Around the pages of a batch's list."""
        reading = PagedReading(batch.call_relation, batch.call_parent_id)
        with self._guard:
            reading.undisturbed = not any(reading.is_touched_by(one) for one in self._changes)
            self._readings.append(reading)
        try:
            yield reading
        finally:
            with self._guard:
                self._readings.remove(reading)
