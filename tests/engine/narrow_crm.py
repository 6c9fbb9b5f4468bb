"""CRMs in memory that make reading hard: one takes few calls at once, one is read by a computer that falls asleep."""

import threading
import time
from collections.abc import Callable, Collection, Sequence

from desktop.domain.errors import AnswerMissing, CrmBusy
from desktop.domain.outcomes import CopyAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from tests.engine.rehearsal import FakeCrm, JumpingClock, Rehearsal


class NarrowCrm(FakeCrm):
    """Refuses what goes past ``limit`` calls at once; every call takes a moment. The list of ``unreadable`` is never shown."""

    limit = 3

    def __init__(self, stage: Rehearsal) -> None:
        super().__init__(stage.book)
        self.flying = self.most = self.refused = self.reads = 0
        self.unreadable: RecordId | None = None
        self._lock = threading.Lock()

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        with self._lock:
            self.flying += 1
            self.reads += 1
            over = self.flying > self.limit
            self.refused += over
            self.most = max(self.most, self.flying)
        try:
            time.sleep(0.004)
            if over:
                raise CrmBusy("c")
            if batches[0].call_parent_id == self.unreadable:
                raise AnswerMissing("c", "cut")
            return super().copy_of(batches, reads_on)
        finally:
            with self._lock:
                self.flying -= 1

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> dict[RecordId, str]:
        self.reads += 1
        return super().names_of(module, record_ids)


class SleepyClock(JumpingClock):
    """The wall clock of a computer that slept for ``slept_s`` so far; the other clock stood still meanwhile."""

    slept_s = 0.0

    def now(self) -> float:
        return self.time + self.slept_s


class SleepyCrm(FakeCrm):
    """The computer falls asleep for an hour in the first read, whose connection is dead then: it hangs until it is cut."""

    def __init__(self, stage: Rehearsal, clock: SleepyClock) -> None:
        super().__init__(stage.book)
        self._clock = clock
        self._cut = threading.Event()

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        if not self._clock.slept_s:
            self._clock.slept_s = 3600.0
            assert self._cut.wait(3.0), "nobody hung up"
            raise AnswerMissing("c", "cut")
        return super().copy_of(batches, reads_on)

    def hang_up(self) -> None:
        super().hang_up()
        self._cut.set()
