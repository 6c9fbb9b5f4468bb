"""The lanes: threads that each make one call at a time to the CRM and know nothing of the journal.

They are daemon threads on purpose: a call that hangs must not keep the program from ending. Its intent is on disk, so
the next start reads what became of it.

Where the disk is slow, the coordinator hands out more tasks than may be in flight, so that a lane that comes back has
its next one at once. Such a waiting task starts only while nothing went wrong and nobody paused; otherwise the coordinator
takes it back.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Generic, Self, TypeVar

from desktop.domain.errors import CrmError
from desktop.domain.outcomes import CallAnswer, CopyAnswer, ReadAnswer
from desktop.engine.control import Mailbox
from desktop.engine.ports import Clock

_log = logging.getLogger(__name__)

Answer = CallAnswer | ReadAnswer | CopyAnswer
Result = Answer | CrmError | Exception
AnyTask = TypeVar("AnyTask")
AnyAnswer = TypeVar("AnyAnswer")


@dataclass(frozen=True, slots=True)
class Arrival(Generic[AnyTask, AnyAnswer]):
    """A task that came back after so many seconds, with an answer, one of our errors, or a fault of the program itself."""

    task: AnyTask
    result: AnyAnswer | CrmError | Exception
    seconds: float = 0.0


class Lanes(Generic[AnyTask, AnyAnswer]):
    """A pool of threads that grows as more lanes are allowed. Used by one thread (the coordinator), inside a ``with``.

    ``work`` does a task on a lane's thread; ``may_go_on`` is asked there before a waiting task starts.
    """

    def __init__(
        self,
        work: Callable[[AnyTask], AnyAnswer],
        mailbox: Mailbox[Arrival[AnyTask, AnyAnswer]],
        clock: Clock,
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._work = work
        self._mailbox = mailbox
        self._clock = clock
        self._may_go_on = may_go_on
        self._changed = Condition()
        # The lanes share what stands from here to _is_over, under the condition; the two numbers below are the coordinator's.
        self._waiting: deque[AnyTask] = deque()
        self._sending = 0
        self._allowed = 0
        self._is_open = True
        self._is_over = False
        self._threads = 0
        self._handed_out = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    @property
    def handed_out(self) -> int:
        """How many tasks were handed out and not taken back yet with :meth:`note_arrival` or :meth:`recall`."""
        return self._handed_out

    @property
    def in_flight(self) -> int:
        """How many tasks a lane works on now."""
        return self._handed_out - len(self._waiting)

    def submit(self, tasks: Sequence[AnyTask], allowed: int) -> None:
        """Hand tasks to the lanes, of which ``allowed`` may work at once. Coordinator's thread only."""
        self._handed_out += len(tasks)
        with self._changed:
            self._waiting.extend(tasks)
            self._allowed = allowed
            self._is_open = True  # the coordinator has seen what went wrong and hands out tasks all the same
            # Threads are made as they are needed and kept to the end: where fewer lanes are allowed, the others sleep.
            while self._threads < min(allowed, self._sending + len(self._waiting)):
                self._threads += 1
                Thread(target=self._serve, name=f"lane-{self._threads}", daemon=True).start()
            self._changed.notify(max(0, min(len(self._waiting), allowed - self._sending)))

    def note_arrival(self) -> None:
        """Call once for each arrival that was taken from the mailbox. Coordinator's thread only."""
        self._handed_out -= 1

    def recall(self) -> list[AnyTask]:
        """Take back the tasks that no lane has started. Coordinator's thread only."""
        with self._changed:
            tasks = list(self._waiting)
            self._waiting.clear()
        self._handed_out -= len(tasks)
        return tasks

    def _serve(self) -> None:
        while (task := self._next()) is not None:
            started = self._clock.monotonic()
            result = self._result_of(task)
            with self._changed:
                self._sending -= 1
                # What went wrong (a 429, no network) may concern the waiting tasks, too: none of them starts before the
                # coordinator has decided.
                self._is_open = self._is_open and not isinstance(result, Exception)
            self._mailbox.put(Arrival(task, result, self._clock.monotonic() - started))

    def _next(self) -> AnyTask | None:
        with self._changed:
            while not self._is_over:
                if self._waiting and self._is_open and self._sending < self._allowed and self._may_go_on():
                    self._sending += 1
                    return self._waiting.popleft()
                self._changed.wait()
        return None

    def _result_of(self, task: AnyTask) -> AnyAnswer | CrmError | Exception:
        try:
            return self._work(task)
        except CrmError as error:
            _log.info("%s met %s: %s", task, type(error).__name__, error)
            return error
        except Exception as error:  # the edge of a thread: nothing may escape it
            # A bug must reach the coordinator, too: a lane that died in silence would leave its call open for ever.
            _log.exception("A lane failed: %s", task)
            return error
