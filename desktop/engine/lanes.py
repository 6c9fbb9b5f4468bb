"""The lanes: threads that each hold one conversation at a time with the CRM and know nothing of the journal.

They are daemon threads on purpose: a call that hangs must not keep the program from ending. Its intent is on disk, so
the next start reads what became of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread

from desktop.domain.errors import CrmError
from desktop.domain.outcomes import CallAnswer, CopyAnswer, ReadAnswer
from desktop.engine.control import Mailbox
from desktop.engine.workload import Task

_log = logging.getLogger(__name__)

Answer = CallAnswer | ReadAnswer | CopyAnswer
Result = Answer | CrmError | Exception


@dataclass(frozen=True, slots=True)
class Arrival:
    """A task came back: an answer, one of our errors, or a fault of the program itself."""

    task: Task
    result: Result


class Lanes:
    """A pool that grows with what is submitted. Owned by the runner, inside a ``with``."""

    def __init__(self, work: Callable[[Task], Answer], mailbox: Mailbox[Arrival]) -> None:
        self._work = work
        self._mailbox = mailbox
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._threads = 0
        self._flying: set[Task] = set()

    def __enter__(self) -> "Lanes":
        return self

    def __exit__(self, *args: object) -> None:
        for _ in range(self._threads):
            self._tasks.put(None)

    @property
    def flying(self) -> int:
        """Tasks handed out and not yet taken back with :meth:`landed`."""
        return len(self._flying)

    def submit(self, task: Task) -> None:
        """Hand a task to a free lane, or a new one. Coordinator's thread only."""
        self._flying.add(task)
        if self._threads < len(self._flying):
            self._threads += 1
            Thread(target=self._serve, name=f"lane-{self._threads}", daemon=True).start()
        self._tasks.put(task)

    def landed(self, task: Task) -> None:
        """The coordinator has taken the task's result. Coordinator's thread only."""
        self._flying.discard(task)

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._mailbox.put(Arrival(task, self._result_of(task)))

    def _result_of(self, task: Task) -> Result:
        try:
            return self._work(task)
        except CrmError as error:
            _log.info("Batch %s (%s) met %s: %s", task.batch.number, task.work.name, type(error).__name__, error)
            return error
        except Exception as error:  # the edge of a thread: nothing may escape it
            _log.exception("A lane failed on batch %s", task.batch.number)
            return error
