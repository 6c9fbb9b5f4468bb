"""Reads outside a run, several at once, with what they showed handed to the one thread that asked.

The threads are daemons, as in a run: a read that hangs must not keep the program from ending. A computer that slept meanwhile
has its connections cut, so that reads in flight do not hang until their deadline.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Self, TypeVar

from desktop.engine.control import Mailbox
from desktop.engine.lanes import Arrival, Lanes
from desktop.engine.patient_lists import PatientLists, ReadingCancelled
from desktop.engine.ports import Clock
from desktop.engine.waking import LOOK_EVERY_S, ClockWatch

Shown = TypeVar("Shown")
Job = Callable[[], None]


class ReadingLanes:
    """Used by one thread, inside a ``with``; any thread may cancel. When it is left, no further read begins."""

    def __init__(self, lists: PatientLists, clock: Clock) -> None:
        self._lists = lists
        self._mailbox: Mailbox[Arrival[Job, None]] = Mailbox(clock)
        self._lanes: Lanes[Job, None] = Lanes(lambda job: job(), self._mailbox, clock, lambda: not lists.is_cancelled)
        self._watch = ClockWatch(clock)

    def __enter__(self) -> Self:
        self._lanes.__enter__()
        return self

    def __exit__(self, *args: object) -> None:
        self.cancel()
        self._lanes.__exit__()

    def cancel(self) -> None:
        """End soon: :meth:`rounds` then raises ReadingCancelled."""
        self._lists.cancel()
        self._mailbox.wake()

    def rounds(self, next_read: Callable[[], Callable[[], Shown] | None]) -> Iterator[list[Shown]]:
        """Do every read that ``next_read`` gives until it gives None and none is on its way; what they show, as it comes.

        ``next_read`` is asked on the caller's thread, and again after each round: what came may lead to further reads. A fault
        of the program in a read is raised here; ReadingCancelled after the last round that came before the cancel.
        """
        shown: deque[Shown] = deque()
        self._hand_out(next_read, shown)
        while self._lanes.out:
            for arrival in self._mailbox.take(LOOK_EVERY_S):
                self._lanes.landed()
                if arrival.result is not None:
                    raise arrival.result
            self._hand_out(next_read, shown)  # before the round is looked at: the lanes are what takes time
            if shown:
                yield [shown.popleft() for _ in range(len(shown))]
            if self._lists.is_cancelled:
                raise ReadingCancelled
            self._watch.hang_up_after_sleep(self._lists)
            self._hand_out(next_read, shown)

    def _hand_out(self, next_read: Callable[[], Callable[[], Shown] | None], shown: deque[Shown]) -> None:
        room, jobs = self._lists.room, list[Job]()
        while self._lanes.out + len(jobs) < room and (read := next_read()) is not None:
            jobs.append(_job(read, shown))
        self._lanes.submit(jobs, room)


def _job(read: Callable[[], Shown], shown: deque[Shown]) -> Job:
    def job() -> None:
        with suppress(ReadingCancelled):
            shown.append(read())

    return job
