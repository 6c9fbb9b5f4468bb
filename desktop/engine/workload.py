"""The queue of a run's tasks: what is still to be done, in which order, and from when on.

It knows no threads and no clock; times are passed in.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from heapq import heappop, heappush
from itertools import chain, count
from typing import Protocol

from desktop.domain.entries import Links
from desktop.domain.ledger import Loss
from desktop.domain.planning.plans import Batch, Side, split_calls
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

# Zoho numbers the pages of the first 2,000 records of a list; further pages must be read strictly one after the other. So a
# list of more than 20 batches (of 100 records) is asked for by ids, in several lanes, if the CRM takes ids.
MOST_BATCHES_PAGED = 20


class TaskKind(Enum):
    """Says what a task does with its batch."""

    COPY = "copy"  # read the links before they are sent, for the safety copy
    SEND = "send"  # make the call of the operation
    READ_BACK = "look"  # read what became of the links; those on which the call had no effect are sent again
    LAST_READ_BACK = "last_look"  # read once more at the end; this settles what was sent three times already


READ_BACKS = (TaskKind.READ_BACK, TaskKind.LAST_READ_BACK)


class Gate(Protocol):
    """Says which calls have to wait until the fate of another one is known; see directions.py."""

    def must_wait(self, batch: Batch) -> bool: ...
    def is_undecided(self, relation: Relation) -> bool: ...
    def note_sent(self, batch: Batch) -> None: ...
    def note_not_sent(self, batch: Batch) -> None: ...


@dataclass(frozen=True, eq=False)
class Task:
    """One piece of work for a lane. Tasks are compared by identity.

    ``tries`` counts earlier attempts that came to nothing. A copy may serve several batches of one list; ``others`` are those
    after the first. With ``pages`` it reads the list page by page.
    """

    kind: TaskKind
    batch: Batch
    tries: int = 0
    started_at: float = 0.0
    others: tuple[Batch, ...] = ()
    pages: bool = False

    @property
    def batches(self) -> tuple[Batch, ...]:
        """All batches of the task; only a copy has more than one."""
        return self.batch, *self.others

    def __str__(self) -> str:
        return f"Batch {self.batch.number} ({self.kind.name})"

    def again(self) -> "Task":
        """Return the task for its next try."""
        return replace(self, tries=self.tries + 1)

    @property
    def call_list(self) -> tuple[Relation, RecordId]:
        """The related list that the call reads or changes: the relation as it is called, and the record that has the list."""
        return self.batch.call_relation, self.batch.call_parent_id


class Workload:
    """The queue of a run.

    A list is never paged through while a removal on it is in flight, nor the other way round, because a record could slip to
    a page that was read already. A read of the list by ids may meet anything.

    ``copied`` has one byte for each link, 1 if it needs no read before it is sent (None: no link needs one). A call is not
    handed out before all of its links were read; the copy is handed out in its place. ``by_ids`` says that a list can be asked
    for records by their ids. Calls of the relations ``as_sheet`` go from the sheet's own side. Calls that the ``gate`` holds
    wait until :meth:`release_held`.

    Links that are turned to the sheet's own side come from many of its records, a few of each. While the gate has not decided
    about a relation, they wait: the next calls may be turned, too, and together they make far fewer calls.
    """

    def __init__(
        self,
        links: Links,
        next_batch: int,
        copied: bytearray | None = None,
        *,
        by_ids: bool = True,
        as_sheet: Iterable[Relation] = (),
        gate: Gate | None = None,
    ) -> None:
        self._links = links
        self._copied = copied
        self._by_ids = by_ids
        # Lists that are not to be paged through any more, and lists for which ids are not honoured.
        self._not_paged: set[tuple[Relation, RecordId]] = set()
        self._only_paged: set[tuple[Relation, RecordId]] = set()
        # Tasks that wait until what they must not meet is no longer in flight on their list.
        self._parked: dict[tuple[Relation, RecordId], list[Task]] = {}
        self._numbers = count(next_batch)
        self._ready: deque[Task] = deque()
        # A heap by due second. The number keeps tasks of the same second in order, since tasks cannot be compared.
        self._later: list[tuple[float, int, Task]] = []
        self._order = count()
        self._as_sheet = set(as_sheet)
        self._gate = gate
        self._held: dict[Relation, list[Task]] = {}  # by the gate
        self._turned: dict[Relation, list[int]] = {}  # links of reversed calls that are to go from the sheet's own side
        self._reversed_in_flight: Counter[Relation] = Counter()
        self._cut_numbers: set[int] = set()  # batches that were cut out of another one
        self._sending: Counter[tuple[Relation, RecordId]] = Counter()
        self._paging: Counter[tuple[Relation, RecordId]] = Counter()

    def __len__(self) -> int:
        waiting = (*self._parked.values(), *self._held.values())
        return len(self._ready) + len(self._later) + sum(map(len, waiting)) + sum(map(len, self._turned.values()))

    def new_number(self) -> int:
        """Return a batch number that no other call of the run has."""
        return next(self._numbers)

    def queue_calls(self, batches: Iterable[Batch], *, first: bool = False) -> None:
        """Queue calls, in the given order, behind the tasks that are ready or (``first``) before them."""
        tasks = [Task(TaskKind.SEND, batch) for batch in batches]
        if first:
            self._ready.extendleft(reversed(tasks))
        else:
            self._ready.extend(tasks)
        # A relation may have been decided since these batches were made, so they are regrouped before they go out.
        for relation in {task.batch.relation for task in tasks if self._must_turn(task)}:
            self.give_up_reversing(relation)

    def queue_at(self, due: float, task: Task) -> None:
        """Queue a task that may not start before monotonic second ``due``."""
        heappush(self._later, (due, next(self._order), task))

    def next_due(self) -> float | None:
        """Return the monotonic second at which the earliest of the waiting tasks may start; None if none waits."""
        return self._later[0][0] if self._later else None

    def next_task(self, now: float) -> Task | None:
        """Return the next task that may start, or None. The caller starts it or gives it back with :meth:`put_back`."""
        while (task := self._pop(now) or self._regroup(now)) is not None:
            if self._must_turn(task):
                self.turn_to_sheet_side(task)
                continue
            task = self._copy_first(task)
            if self._gate is not None and task.kind is TaskKind.SEND and self._gate.must_wait(task.batch):
                self._held.setdefault(task.batch.relation, []).append(task)
                continue
            task = replace(task, started_at=now, pages=self._will_page(task))
            if self._is_free(task):
                if self._gate is not None and task.kind is TaskKind.SEND:
                    self._gate.note_sent(task.batch)
                if (in_flight := self._counter_of(task)) is not None:
                    in_flight[task.call_list] += 1
                self._reversed_in_flight[task.batch.relation] += task.batch.side is Side.RELATED
                return task
            self._parked.setdefault(task.call_list, []).append(task)
        return None

    def note_returned(self, task: Task) -> None:
        """Note that a task which :meth:`next_task` returned came back, so that those which waited for its list may start."""
        self._reversed_in_flight[task.batch.relation] -= task.batch.side is Side.RELATED
        in_flight = self._counter_of(task)
        if in_flight is None:
            return
        in_flight[task.call_list] -= 1
        if not in_flight[task.call_list]:
            del in_flight[task.call_list]
            self._ready.extendleft(reversed(self._parked.pop(task.call_list, [])))

    def put_back(self, task: Task) -> None:
        """Queue a task that was not started after all, before all others."""
        self.note_returned(task)
        if self._gate is not None and task.kind is TaskKind.SEND:
            self._gate.note_not_sent(task.batch)
            self.release_held(task.batch.relation)
        self._ready.appendleft(task)

    def release_held(self, relation: Relation) -> None:
        """Queue what the gate held of this relation, before all others. The gate is asked about each task again."""
        self._ready.extendleft(reversed(self._held.pop(relation, [])))

    def reset_copied(self, copied: bytearray | None) -> None:
        """From now on, count only these links as read, because what was read before a pause may have changed since."""
        self._copied = copied

    def note_read(self, links: Iterable[int]) -> None:
        """Count these links as read. Their copy is on disk, or will be by the commit that holds the intent of their removal."""
        if self._copied is not None:
            for link in links:
                self._copied[link] = 1

    def read_otherwise(self, task: Task) -> None:
        """Read the list of this copy by ids if it was paged through, else page by page, because the copy showed only a part."""
        # A CRM that takes no ids leaves only one way.
        if self._by_ids:
            (self._not_paged if task.pages else self._only_paged).add(task.call_list)

    def halves(self, batch: Batch) -> tuple[Batch, Batch]:
        """Cut a batch in two, under new numbers."""
        middle = len(batch) // 2
        return self._cut_out(batch, range(middle)), self._cut_out(batch, range(middle, len(batch)))

    def part(self, batch: Batch, links: Iterable[int]) -> Batch:
        """Cut these links out of a batch, under a new number."""
        chosen = set(links)
        return self._cut_out(batch, [i for i, link in enumerate(batch.link_numbers) if link in chosen])

    def _cut_out(self, batch: Batch, indexes: Sequence[int]) -> Batch:
        number = self.new_number()
        self._cut_numbers.add(number)
        return batch.part(number, indexes)

    def on_sheet_side(self, batch: Batch) -> list[Batch]:
        """Make the calls that go the sheet's own way for the links of a reversed batch."""
        return list(self._calls_as_sheet(batch.relation, batch.link_numbers))

    def turn_to_sheet_side(self, task: Task) -> None:
        """Do a task of a reversed call from the sheet's own side: before all others, or once its relation is decided."""
        # As long as other reversed calls may come to nothing, their links are collected, so that those of one record go in one
        # call. Sent at once they took 62 calls for 60 links where 32 do. A read is one call anyway, and is made now.
        if task.kind not in READ_BACKS and self._is_undecided(task.batch.relation):
            turned = self._turned.setdefault(task.batch.relation, [])
            turned += (link for batch in task.batches for link in batch.link_numbers)
            return
        batches = [call for batch in task.batches for call in self.on_sheet_side(batch)]
        if task.kind in READ_BACKS:
            self._ready.extendleft(Task(task.kind, batch, task.tries) for batch in reversed(batches))
        else:
            self.queue_calls(batches, first=True)

    def _is_undecided(self, relation: Relation) -> bool:
        return relation not in self._as_sheet and self._gate is not None and self._gate.is_undecided(relation)

    def _regroup(self, now: float) -> Task | None:
        """If nothing else may start, make the calls for turned links of relations of which no further call can be turned."""
        for relation in list(self._turned):
            waiting = (*(task for _, _, task in self._later), *chain(*self._held.values(), *self._parked.values()))
            has_more = any(task.batch.relation == relation and task.batch.side is Side.RELATED for task in waiting)
            if has_more or self._reversed_in_flight[relation] > 0:
                continue
            self.queue_calls(self._calls_as_sheet(relation, self._turned.pop(relation)))
        return self._pop(now)

    def _calls_as_sheet(self, relation: Relation, links: Iterable[int]) -> Iterator[Batch]:
        return (replace(call, number=self.new_number()) for call in split_calls(self._links, relation, links, 0))

    def give_up_reversing(self, relation: Relation) -> None:
        """Make all calls of this relation as in the sheet from now on, and regroup those that wait by the sheet's own records."""
        self._as_sheet.add(relation)
        self.release_held(relation)
        waiting = [batch for task in self._ready if self._can_be_regrouped(task, relation) for batch in task.batches]
        self._ready = deque(task for task in self._ready if not self._can_be_regrouped(task, relation))
        links = [link for batch in waiting for link in batch.link_numbers]
        self.queue_calls(self._calls_as_sheet(relation, links + self._turned.pop(relation, [])))

    def _can_be_regrouped(self, task: Task, relation: Relation) -> bool:
        if task.kind in READ_BACKS or task.batch.relation != relation:
            return False
        # A batch that was cut stays as it is: joined with others, a bad ID that it was cut for would spoil these, too.
        return (task.kind is TaskKind.SEND and task.batch.number not in self._cut_numbers) or self._must_turn(task)

    def _must_turn(self, task: Task) -> bool:
        return task.batch.side is Side.RELATED and task.batch.relation in self._as_sheet

    def _copy_first(self, task: Task) -> Task:
        """Return the task, or the copy that has to be made before it; that copy serves the next batches of the list, too."""
        if not self._lacks_copy(task):
            return task
        others: list[Batch] = []
        if task.call_list not in self._not_paged:
            # A plan has the batches of one list one after the other, so the first other task ends the search.
            for other in self._ready:
                if other.call_list != task.call_list or not self._lacks_copy(other):
                    break
                others.append(other.batch)
        if self._by_ids and len(others) >= MOST_BATCHES_PAGED:
            self._not_paged.add(task.call_list)
            others = []
        for _ in others:
            self._ready.popleft()
        return Task(TaskKind.COPY, task.batch, others=tuple(others))

    def _lacks_copy(self, task: Task) -> bool:
        copied = self._copied
        return copied is not None and task.kind is TaskKind.SEND and not all(copied[link] for link in task.batch.link_numbers)

    def _pop(self, now: float) -> Task | None:
        if self._later and self._later[0][0] <= now:
            return heappop(self._later)[2]
        return self._ready.popleft() if self._ready else None

    def _will_page(self, task: Task) -> bool:
        if task.kind is TaskKind.SEND:
            return False
        return not self._by_ids or bool(task.others) or task.call_list in self._only_paged

    def _is_free(self, task: Task) -> bool:
        """True if nothing that the task must not meet is in flight on its list."""
        if self._counter_of(task) is None:
            return True
        others = self._paging if task.kind is TaskKind.SEND else self._sending
        # Nor may a task overtake those that wait for the list: a stream of removals would keep a paged read waiting for ever.
        return task.call_list not in others and task.call_list not in self._parked

    def _counter_of(self, task: Task) -> Counter[tuple[Relation, RecordId]] | None:
        """Return the counter of tasks in flight that this one belongs to; None for a read by ids, which may meet anything."""
        if task.kind is TaskKind.SEND:
            return self._sending
        return self._paging if task.pages else None


def lost_calls(losses: Mapping[int, Loss]) -> Iterable[tuple[Loss, list[int]]]:
    """Return each call whose answer was lost, with its lost links. ``losses`` has the loss of each link."""
    # All links of one lost call share one Batch object, so its identity tells the calls apart.
    calls: dict[int, tuple[Loss, list[int]]] = {}
    for link, loss in losses.items():
        calls.setdefault(id(loss.batch), (loss, []))[1].append(link)
    return calls.values()


def remaining_batches(batches: Iterable[Batch], unsent: Iterable[int], numbers: Iterator[int]) -> Iterator[Batch]:
    """Yield what is left of the planned calls when only these links are unsent."""
    left = set(unsent)
    for batch in batches:
        indexes = [i for i, link in enumerate(batch.link_numbers) if link in left]
        if len(indexes) == len(batch):
            yield batch
        elif indexes:
            # Another number, because the journal may know a call of the planned one already.
            yield batch.part(next(numbers), indexes)
