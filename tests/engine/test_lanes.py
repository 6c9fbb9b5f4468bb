"""Lanes: as many at once as are allowed; what waits starts only while nothing went wrong and nobody paused."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from desktop.domain.errors import CrmBusy
from desktop.domain.outcomes import CallAnswer
from desktop.engine.clock import SystemClock
from desktop.engine.control import Mailbox
from desktop.engine.lanes import Answer, Arrival, Lanes
from desktop.engine.workload import Task, TaskKind
from tests.engine.rehearsal import JumpingClock, Rehearsal
from tests.patience import PATIENCE_S

LONG_S = PATIENCE_S


class Tower:
    """Holds every call until it is let go."""

    def __init__(self, may_go_on: Callable[[], bool] = lambda: True) -> None:
        self.mailbox: Mailbox[Arrival[Task, Answer]] = Mailbox(SystemClock())
        self.clock = JumpingClock()
        self.lanes = Lanes(self._work, self.mailbox, self.clock, may_go_on)
        self.started: list[Task] = []
        self.landing: dict[int, Event] = {}
        self.trouble: Exception | None = None

    def _work(self, task: Task) -> Answer:
        self.started.append(task)
        assert self.landing[task.batch.number].wait(LONG_S)
        if self.trouble is not None:
            raise self.trouble
        return CallAnswer({})

    def tasks(self, count: int) -> list[Task]:
        batches = Rehearsal([(parent, 0) for parent in range(count)]).book.plan.batches
        self.landing = {batch.number: Event() for batch in batches}
        return [Task(TaskKind.SEND, batch) for batch in batches]

    def land(self, task: Task) -> Arrival[Task, Answer]:
        self.landing[task.batch.number].set()
        (arrival,) = self.mailbox.collect(LONG_S)
        self.lanes.note_arrival()
        return arrival

    def until_started(self, count: int) -> None:
        for _ in range(int(LONG_S * 100)):
            if len(self.started) >= count:
                break
            Event().wait(0.01)
        assert len(self.started) == count


@pytest.fixture
def tower() -> Iterator[Tower]:
    tower = Tower()
    with tower.lanes:
        yield tower
    for landing in tower.landing.values():
        landing.set()


def test_free_lane_takes_the_next_task_and_no_more_start_than_allowed(tower: Tower) -> None:
    tasks = tower.tasks(4)
    tower.lanes.submit(tasks, 2)
    tower.until_started(2)
    assert (tower.lanes.handed_out, tower.lanes.in_flight) == (4, 2)
    tower.land(tasks[0])
    tower.until_started(3)
    assert (tower.lanes.handed_out, tower.lanes.in_flight) == (3, 2)


def test_tasks_that_no_lane_has_started_can_be_recalled(tower: Tower) -> None:
    tasks = tower.tasks(3)
    tower.lanes.submit(tasks, 1)
    tower.until_started(1)
    assert tower.lanes.recall() == tasks[1:]
    assert tower.lanes.handed_out == 1
    tower.land(tasks[0])
    assert len(tower.started) == 1


def test_after_an_error_no_task_starts_until_the_next_submit(tower: Tower) -> None:
    tasks = tower.tasks(2)
    tower.lanes.submit(tasks, 1)
    tower.until_started(1)
    tower.trouble = CrmBusy("c", None)
    assert isinstance(tower.land(tasks[0]).result, CrmBusy)
    Event().wait(0.05)
    assert len(tower.started) == 1
    tower.trouble = None
    tower.lanes.submit([], 1)
    tower.until_started(2)


def test_waiting_tasks_do_not_start_in_a_pause() -> None:
    pausing = Event()
    tower = Tower(lambda: not pausing.is_set())
    with tower.lanes:
        tasks = tower.tasks(2)
        tower.lanes.submit(tasks, 1)
        tower.until_started(1)
        pausing.set()
        tower.land(tasks[0])
        Event().wait(0.05)
        assert len(tower.started) == 1
        assert tower.lanes.recall() == tasks[1:]


def test_change_of_the_allowed_lanes_counts_at_once(tower: Tower) -> None:
    tasks = tower.tasks(4)
    tower.lanes.submit(tasks, 1)
    tower.until_started(1)
    tower.lanes.submit([], 4)
    tower.until_started(4)


def test_calls_are_timed_by_the_clock_of_the_run(tower: Tower) -> None:
    (task,) = tower.tasks(1)
    tower.lanes.submit([task], 1)
    tower.until_started(1)
    tower.clock.time += 7.0
    assert tower.land(task).seconds == 7.0
