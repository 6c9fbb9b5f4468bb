"""Makes several reads at once outside a run, and hands what they show to the one thread that asked.

The threads are daemons, as in a run: a read that hangs must not keep the program from ending. If the computer slept meanwhile,
its connections are cut, so that reads in flight do not hang until their deadline.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Self, TypeVar

from desktop.engine.control import Mailbox
from desktop.engine.lanes import Arrival, Lanes
from desktop.engine.patient_lists import PatientLists, ReadingCancelled
from desktop.engine.ports import Clock
from desktop.engine.waking import CHECK_CLOCK_EVERY_S, SleepDetector

Shown = TypeVar("Shown")
Job = Callable[[], None]


class ReadingLanes:
    """Used by one thread, inside a ``with``; any thread may cancel. After the ``with`` no further read begins."""

    def __init__(self, lists: PatientLists, clock: Clock) -> None:
        self._lists = lists
        self._mailbox: Mailbox[Arrival[Job, None]] = Mailbox(clock)
        self._lanes: Lanes[Job, None] = Lanes(lambda job: job(), self._mailbox, clock, lambda: not lists.is_cancelled)
        self._sleep_detector = SleepDetector(clock)

    def __enter__(self) -> Self:
        self._lanes.__enter__()
        return self

    def __exit__(self, *args: object) -> None:
        self.cancel()
        self._lanes.__exit__()

    def cancel(self) -> None:
        """Stop soon; :meth:`rounds` then raises ReadingCancelled."""
        self._lists.cancel()
        self._mailbox.wake()

    def rounds(self, next_read: Callable[[], Callable[[], Shown] | None]) -> Iterator[list[Shown]]:
        """Make every read that ``next_read`` returns, and yield what they show, as it comes.

        ``next_read`` is called on the caller's thread, and again after each round, because what came may lead to further reads.
        The end is reached when it returns None and no read is in flight. A fault of the program in a read is raised here;
        ReadingCancelled is raised after the last round that came before the cancel.
        """
        shown: deque[Shown] = deque()
        self._hand_out(next_read, shown)
        while self._lanes.handed_out:
            for arrival in self._mailbox.collect(CHECK_CLOCK_EVERY_S):
                self._lanes.note_arrival()
                # A job returns nothing and keeps what it read in ``shown``, so a result is always an error of the program.
                if arrival.result is not None:
                    raise arrival.result
            # Before the caller looks at the round: calls take longer than that, so the lanes must not wait for the caller.
            self._hand_out(next_read, shown)
            if shown:
                yield [shown.popleft() for _ in range(len(shown))]
            if self._lists.is_cancelled:
                raise ReadingCancelled
            self._sleep_detector.hang_up_after_sleep(self._lists)
            self._hand_out(next_read, shown)

    def _hand_out(self, next_read: Callable[[], Callable[[], Shown] | None], shown: deque[Shown]) -> None:
        room, jobs = self._lists.room, list[Job]()
        while self._lanes.handed_out + len(jobs) < room and (read := next_read()) is not None:
            jobs.append(_job(read, shown))
        self._lanes.submit(jobs, room)


def _job(read: Callable[[], Shown], shown: deque[Shown]) -> Job:
    def job() -> None:
        # A cancelled read shows nothing; rounds() itself tells the caller of the cancel.
        with suppress(ReadingCancelled):
            shown.append(read())

    return job
