"""What is still to be done in a run, in which order and from when on. No threads, no clock: times are passed in."""

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

# Up to 2,000 records a list can be paged through by number; where records can be asked for by id as well, a longer list
# is: its further pages come strictly one after the other.
MOST_BATCHES_PAGED = 20


class Work(Enum):
    """What a task does with its batch."""

    COPY = "copy"  # read the links for the safety copy; what is there is sent after it
    SEND = "send"  # remove the links
    LOOK = "look"  # read what became of them; what is still there is sent again
    LAST_LOOK = "last_look"  # read once more at the end; what was sent three times already is settled by it


LOOKS = (Work.LOOK, Work.LAST_LOOK)


class Gate(Protocol):
    """Says which removals have to wait for the fate of another one; see directions.py."""

    def must_wait(self, batch: Batch) -> bool: ...
    def is_undecided(self, relation: Relation) -> bool: ...
    def leaves(self, batch: Batch) -> None: ...
    def comes_back(self, batch: Batch) -> None: ...


@dataclass(frozen=True, eq=False)
class Task:
    """One piece of work for a lane; ``tries`` counts earlier attempts that came to nothing. Compared by identity.

    A copy may serve several batches of one list: ``others`` are those after the first. ``pages``: it reads the list page by page.
    """

    work: Work
    batch: Batch
    tries: int = 0
    started_at: float = 0.0
    others: tuple[Batch, ...] = ()
    pages: bool = False

    @property
    def batches(self) -> tuple[Batch, ...]:
        """All batches of the task; a single one but for copies."""
        return self.batch, *self.others

    def __str__(self) -> str:
        return f"Batch {self.batch.number} ({self.work.name})"

    def again(self) -> "Task":
        """The same work once more."""
        return replace(self, tries=self.tries + 1)

    @property
    def anchor(self) -> tuple[Relation, RecordId]:
        """The list of records that the call touches."""
        return self.batch.call_relation, self.batch.call_parent_id


class Workload:
    """The queue of a run. A list is never paged through while a removal on it is in flight, nor the other way round: a record
    would slip from page to page unseen. Asked for exactly some ids, it may be read meanwhile.

    With ``copied`` (one byte a link, 1: it is in the safety copy) no removal is handed out before all of its links are
    copied: the copy is handed out in its place. ``by_ids``: records of a list can be asked for by id. Calls of the relations
    ``as_sheet`` go from the sheet's own side. Removals that the ``gate`` holds wait until :meth:`let_out`.

    Links that are turned to the sheet's own side come from many of its records, a few of each. While the gate has not decided
    about a relation, they wait: the next calls may be turned too, and together they make far fewer calls.
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
        self._not_paged: set[tuple[Relation, RecordId]] = set()
        self._only_paged: set[tuple[Relation, RecordId]] = set()
        self._parked: dict[tuple[Relation, RecordId], list[Task]] = {}
        self._numbers = count(next_batch)
        self._ready: deque[Task] = deque()
        self._later: list[tuple[float, int, Task]] = []
        self._order = count()
        self._as_sheet = set(as_sheet)
        self._gate = gate
        self._held: dict[Relation, list[Task]] = {}
        self._turned: dict[Relation, list[int]] = {}
        self._reversed_out: Counter[Relation] = Counter()
        self._cut: set[int] = set()
        self._sending: Counter[tuple[Relation, RecordId]] = Counter()
        self._paging: Counter[tuple[Relation, RecordId]] = Counter()

    def __len__(self) -> int:
        waiting = (*self._parked.values(), *self._held.values())
        return len(self._ready) + len(self._later) + sum(map(len, waiting)) + sum(map(len, self._turned.values()))

    def new_number(self) -> int:
        """A batch number that no other call of the run has."""
        return next(self._numbers)

    def send(self, batches: Iterable[Batch], *, first: bool = False) -> None:
        """Queue removals, behind the others or (``first``) before them, in the given order."""
        tasks = [Task(Work.SEND, batch) for batch in batches]
        if first:
            self._ready.extendleft(reversed(tasks))
        else:
            self._ready.extend(tasks)
        for relation in {task.batch.relation for task in tasks if self._must_turn(task)}:
            self.give_up_reversing(relation)

    def at(self, due: float, task: Task) -> None:
        """Queue a task that may not start before monotonic second ``due``."""
        heappush(self._later, (due, next(self._order), task))

    def next_due(self) -> float | None:
        """When the earliest of the waiting tasks may start."""
        return self._later[0][0] if self._later else None

    def take(self, now: float) -> Task | None:
        """The next task that may start, or None; the caller starts it or gives it back with :meth:`put_back`."""
        while (task := self._pop(now) or self._put_together(now)) is not None:
            if self._must_turn(task):
                self.turn(task)
                continue
            task = self._copy_first(task)
            if self._gate is not None and task.work is Work.SEND and self._gate.must_wait(task.batch):
                self._held.setdefault(task.batch.relation, []).append(task)
                continue
            task = replace(task, started_at=now, pages=self._will_page(task))
            if self._is_free(task):
                if self._gate is not None and task.work is Work.SEND:
                    self._gate.leaves(task.batch)
                if (busy := self._busy(task)) is not None:
                    busy[task.anchor] += 1
                self._reversed_out[task.batch.relation] += task.batch.side is Side.RELATED
                return task
            self._parked.setdefault(task.anchor, []).append(task)
        return None

    def done(self, task: Task) -> None:
        """A taken task came back."""
        self._reversed_out[task.batch.relation] -= task.batch.side is Side.RELATED
        busy = self._busy(task)
        if busy is None:
            return
        busy[task.anchor] -= 1
        if not busy[task.anchor]:
            del busy[task.anchor]
            self._ready.extendleft(reversed(self._parked.pop(task.anchor, [])))

    def put_back(self, task: Task) -> None:
        """A taken task was not started after all."""
        self.done(task)
        if self._gate is not None and task.work is Work.SEND:
            self._gate.comes_back(task.batch)
            self.let_out(task.batch.relation)
        self._ready.appendleft(task)

    def let_out(self, relation: Relation) -> None:
        """What the gate held of this relation is asked for again, before all others."""
        self._ready.extendleft(reversed(self._held.pop(relation, [])))

    def know(self, copied: bytearray | None) -> None:
        """From now on only these links are in the safety copy; after a pause, what was read before it may be so no longer."""
        self._copied = copied

    def copied(self, links: Iterable[int]) -> None:
        """These links are in the safety copy, or will be by the commit that holds the intent of their removal."""
        if self._copied is not None:
            for link in links:
                self._copied[link] = 1

    def read_otherwise(self, task: Task) -> None:
        """A copy showed only a part: paging through its list does not pay, or asking for its ids is not honoured."""
        if self._by_ids:
            (self._not_paged if task.pages else self._only_paged).add(task.anchor)

    def halves(self, batch: Batch) -> tuple[Batch, Batch]:
        """A batch in two, under numbers of their own."""
        middle = len(batch) // 2
        return self._cut_out(batch, range(middle)), self._cut_out(batch, range(middle, len(batch)))

    def part(self, batch: Batch, links: Iterable[int]) -> Batch:
        """The batch for only these of its links, under a number of its own."""
        chosen = set(links)
        return self._cut_out(batch, [i for i, link in enumerate(batch.link_numbers) if link in chosen])

    def _cut_out(self, batch: Batch, indexes: Sequence[int]) -> Batch:
        number = self.new_number()
        self._cut.add(number)
        return batch.part(number, indexes)

    def on_sheet_side(self, batch: Batch) -> list[Batch]:
        """The calls that the sheet's own direction needs for the links of a reversed batch."""
        return list(self._calls_as_sheet(batch.relation, batch.link_numbers))

    def turn(self, task: Task) -> None:
        """Do a task of a reversed call from the sheet's own side: before all others, or once its relation is decided."""
        if task.work not in LOOKS and self._is_undecided(task.batch.relation):
            turned = self._turned.setdefault(task.batch.relation, [])
            turned += (link for batch in task.batches for link in batch.link_numbers)
            return
        batches = [call for batch in task.batches for call in self.on_sheet_side(batch)]
        if task.work in LOOKS:
            self._ready.extendleft(Task(task.work, batch, task.tries) for batch in reversed(batches))
        else:
            self.send(batches, first=True)

    def _is_undecided(self, relation: Relation) -> bool:
        return relation not in self._as_sheet and self._gate is not None and self._gate.is_undecided(relation)

    def _put_together(self, now: float) -> Task | None:
        """When nothing else may start: the calls for the turned links of a relation of which no call can be turned any more."""
        for relation in list(self._turned):
            waiting = (*(task for _, _, task in self._later), *chain(*self._held.values(), *self._parked.values()))
            has_more = any(task.batch.relation == relation and task.batch.side is Side.RELATED for task in waiting)
            if has_more or self._reversed_out[relation] > 0:
                continue
            self.send(self._calls_as_sheet(relation, self._turned.pop(relation)))
        return self._pop(now)

    def _calls_as_sheet(self, relation: Relation, links: Iterable[int]) -> Iterator[Batch]:
        return (replace(call, number=self.new_number()) for call in split_calls(self._links, relation, links, 0))

    def give_up_reversing(self, relation: Relation) -> None:
        """From now on calls of this relation go as in the sheet; those that wait are put together anew.

        What was cut out of a call that failed stays as it was cut.
        """
        self._as_sheet.add(relation)
        self.let_out(relation)
        waiting = [batch for task in self._ready if self._can_be_put_together(task, relation) for batch in task.batches]
        self._ready = deque(task for task in self._ready if not self._can_be_put_together(task, relation))
        links = [link for batch in waiting for link in batch.link_numbers]
        self.send(self._calls_as_sheet(relation, links + self._turned.pop(relation, [])))

    def _can_be_put_together(self, task: Task, relation: Relation) -> bool:
        if task.work in LOOKS or task.batch.relation != relation:
            return False
        return (task.work is Work.SEND and task.batch.number not in self._cut) or self._must_turn(task)

    def _must_turn(self, task: Task) -> bool:
        return task.batch.side is Side.RELATED and task.batch.relation in self._as_sheet

    def _copy_first(self, task: Task) -> Task:
        """The task, or in place of a removal the copy of its links, which then serves the next batches of the list too."""
        if not self._lacks_copy(task):
            return task
        others: list[Batch] = []
        if task.anchor not in self._not_paged:
            for other in self._ready:
                if other.anchor != task.anchor or not self._lacks_copy(other):
                    break
                others.append(other.batch)
        if self._by_ids and len(others) >= MOST_BATCHES_PAGED:
            self._not_paged.add(task.anchor)
            others = []
        for _ in others:
            self._ready.popleft()
        return Task(Work.COPY, task.batch, others=tuple(others))

    def _lacks_copy(self, task: Task) -> bool:
        copied = self._copied
        return copied is not None and task.work is Work.SEND and not all(copied[link] for link in task.batch.link_numbers)

    def _pop(self, now: float) -> Task | None:
        if self._later and self._later[0][0] <= now:
            return heappop(self._later)[2]
        return self._ready.popleft() if self._ready else None

    def _will_page(self, task: Task) -> bool:
        if task.work is Work.SEND:
            return False
        return not self._by_ids or bool(task.others) or task.anchor in self._only_paged

    def _is_free(self, task: Task) -> bool:
        """Nothing that it must not meet is in flight on the list, and nothing waits for the list already."""
        if self._busy(task) is None:
            return True
        others = self._paging if task.work is Work.SEND else self._sending
        return task.anchor not in others and task.anchor not in self._parked

    def _busy(self, task: Task) -> Counter[tuple[Relation, RecordId]] | None:
        """Where a task in flight is counted; None for a read that may meet anything."""
        if task.work is Work.SEND:
            return self._sending
        return self._paging if task.pages else None


def lost_calls(losses: Mapping[int, Loss]) -> Iterable[tuple[Loss, list[int]]]:
    """Each call whose answer was lost (``losses``: link → its loss), with its lost links."""
    calls: dict[int, tuple[Loss, list[int]]] = {}
    for link, loss in losses.items():
        calls.setdefault(id(loss.batch), (loss, []))[1].append(link)
    return calls.values()


def remaining_batches(batches: Iterable[Batch], unsent: Iterable[int], numbers: Iterator[int]) -> Iterator[Batch]:
    """What of the planned calls is left when only these links are unsent; cut ones get a new number."""
    left = set(unsent)
    for batch in batches:
        indexes = [i for i, link in enumerate(batch.link_numbers) if link in left]
        if len(indexes) == len(batch):
            yield batch
        elif indexes:
            yield batch.part(next(numbers), indexes)
