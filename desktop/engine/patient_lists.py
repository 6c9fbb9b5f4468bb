"""Reads outside a run: the CRM's lists with patience put around them, behind the same small port.

Whoever looks at links before a run, verifies a run or settles what became of its calls only says what is to be read. How many
reads are on their way at once, how long all of them wait while the CRM is busy or out of reach, and how often a read that
proved nothing is made again is the business of PatientLists. It is itself a Lists, so what reads does not know whether it is
patient or not.

A run does not read through this class, though it holds the same policy (patience.py), for three reasons. Its reads share their
lanes with removals, and a removal that waits must not wait on a thread: its intent is on the disk, so it has to be taken back
and noted as not sent as soon as the run waits, pauses or stops. Which of the waiting tasks goes first is decided anew after
each answer, because a list must not be paged through while a removal on it is on its way. And a user may pause in every wait.
So the runner keeps its tasks in a queue while they wait, and here a thread sleeps.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from threading import Condition
from typing import Protocol, TypeVar

from desktop.domain.causes import CauseCode
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmError, CrmUnreachable
from desktop.domain.outcomes import CopyAnswer
from desktop.domain.pacing import read_again_after_s
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.engine.patience import Patience
from desktop.engine.ports import Clock

_log = logging.getLogger(__name__)

Shown = TypeVar("Shown")


class ReadingCancelled(Exception):
    """Nobody wants to know any more what is read."""


class Lists(Protocol):
    """The part of a CRM that only reads links and names; what each method promises stands at the port (ports.Crm)."""

    @property
    def reads_by_ids(self) -> bool: ...
    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer: ...
    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]: ...
    def hang_up(self) -> None: ...


class PatientLists:
    """Waits and asks again where the CRM is busy, out of reach or not to be understood. Any thread may read or cancel.

    After a cancel every read raises ReadingCancelled, also one that waits; a read that is on its way is not cut.
    """

    def __init__(self, lists: Lists, clock: Clock, lane_cap: int) -> None:
        """``lane_cap`` is how many reads the organisation allows at once."""
        self._lists = lists
        self._clock = clock
        self._patience = Patience(clock, None, lane_cap)
        self._changed = Condition()
        self._flying = 0
        self._resting = 0
        self._is_cancelled = False
        self._reads = 0

    @property
    def reads_by_ids(self) -> bool:
        """As the CRM says."""
        return self._lists.reads_by_ids

    @property
    def reads(self) -> int:
        """How many reads the CRM was asked for, with those that proved nothing."""
        return self._reads

    @property
    def is_cancelled(self) -> bool:
        """True once :meth:`cancel` was called."""
        return self._is_cancelled

    @property
    def room(self) -> int:
        """How many reads may be begun on threads of their own; one that waits to be made again keeps nobody else waiting."""
        return self._patience.pace.lanes + self._resting

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        """As at the port; raises the last error when patience is over."""
        return self._patiently(
            lambda: self._lists.copy_of(batches, lambda: reads_on() and not self._is_cancelled), lambda answer: answer.reads
        )

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """As at the port; raises the last error when patience is over."""
        return self._patiently(lambda: self._lists.names_of(module, record_ids), lambda _: 1)

    def hang_up(self) -> None:
        """Cut every read on its way; each is made again."""
        self._lists.hang_up()

    def cancel(self) -> None:
        """Read nothing more, and wait no longer."""
        with self._changed:
            self._is_cancelled = True
            self._changed.notify_all()

    def _patiently(self, read: Callable[[], Shown], reads_of: Callable[[Shown], int]) -> Shown:
        tries = 0
        while True:
            started_at, shown = self._in_turn(read)
            if not isinstance(shown, CrmError):
                self._came_back(started_at, reads_of(shown))
                return shown
            _log.info("A read met %s: %s", type(shown).__name__, shown)
            tries += isinstance(shown, AnswerMissing | AnswerNotUnderstood)
            if not self._goes_on_after(shown, started_at, tries):
                raise shown

    def _in_turn(self, read: Callable[[], Shown]) -> tuple[float, Shown | CrmError]:
        """Read as soon as there is room; the monotonic second at which the read left, and what came of it."""
        hold = self._patience.hold
        with self._changed:
            while not self._is_cancelled and (hold.is_on or self._flying >= self._patience.pace.lanes):
                left_s = hold.until - self._clock.monotonic()
                self._clock.wait(self._changed, left_s if hold.is_on else None)
            if self._is_cancelled:
                raise ReadingCancelled
            self._flying += 1
            started_at = self._clock.monotonic()
        try:
            return started_at, read()
        except CrmError as error:
            return started_at, error
        finally:
            with self._changed:
                self._flying -= 1
                self._changed.notify_all()

    def _came_back(self, started_at: float, reads: int) -> None:
        with self._changed:
            self._reads += reads
            self._patience.answered(started_at)
            self._changed.notify_all()

    def _goes_on_after(self, error: CrmError, started_at: float, tries: int) -> bool:
        """Whether the read is to be made again. One that proved nothing rests before that; for the others all reads wait."""
        with self._changed:
            self._reads += not isinstance(error, CrmUnreachable)
            match error:
                case CrmBusy(retry_after_s=asked_s):
                    return self._patience.must_wait(CauseCode.LIMIT_REACHED, started_at, asked_s)
                case CrmUnreachable(detail=detail):
                    return self._patience.must_wait(CauseCode.OFFLINE, started_at, trouble=detail)
                case AnswerMissing() | AnswerNotUnderstood() if (after_s := read_again_after_s(tries)) is not None:
                    self._rest(after_s)
                    return True
        return False

    def _rest(self, seconds: float) -> None:
        """Sleep without being in the way of other reads. The condition is held by the caller."""
        due = self._clock.monotonic() + seconds
        self._resting += 1
        while not self._is_cancelled and (left_s := due - self._clock.monotonic()) > 0:
            self._clock.wait(self._changed, left_s)
        self._resting -= 1
