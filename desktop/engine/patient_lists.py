"""Reads outside a run: puts patience around the CRM's lists, behind the same small port.

The check before a run, the verification after it, and the reads that settle lost calls only say what is to be read.
PatientLists decides how many reads are in flight at once, how long all of them wait while the CRM is busy or out of reach, and
how often a read that proved nothing is made again. It is itself a Lists, so that its callers need not know whether the lists
they read are patient.

A run holds the same policy (patience.py) but does not read through this class, for three reasons. First, its reads share their
lanes with removals, and a removal that waits must not wait on a thread: its intent is on the disk, so it has to be taken back
and noted as not sent as soon as the run waits, pauses or stops. Second, which of the waiting tasks goes first is decided anew
after each answer, because a list must not be paged through while a removal on it is in flight. Third, a user may pause during
every wait. So the runner keeps its tasks in a queue while they wait; here, a thread sleeps.
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
    """The reads were cancelled, because nobody needs them any more."""


class Lists(Protocol):
    """The part of a CRM that only reads links and names. The port (ports.Crm) says what each method promises."""

    @property
    def reads_by_ids(self) -> bool: ...
    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer: ...
    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]: ...
    def hang_up(self) -> None: ...


class PatientLists:
    """Waits and reads again if the CRM is busy, out of reach, or its answer not understood. Any thread may read or cancel.

    A read raises the CRM's last error when patience is over. After a cancel every read raises ReadingCancelled, even one that
    waits; a read in flight is not cut.
    """

    def __init__(self, lists: Lists, clock: Clock, lane_cap: int) -> None:
        """``lane_cap`` is how many reads the organisation allows at once."""
        self._lists = lists
        self._clock = clock
        self._patience = Patience(clock, None, lane_cap)
        self._changed = Condition()
        self._in_flight = 0
        self._resting = 0  # reads that proved nothing and sleep until they are made again
        self._is_cancelled = False
        self._reads = 0

    @property
    def reads_by_ids(self) -> bool:
        return self._lists.reads_by_ids

    @property
    def reads(self) -> int:
        """How many reads reached the CRM, including those that proved nothing."""
        return self._reads

    @property
    def is_cancelled(self) -> bool:
        return self._is_cancelled

    @property
    def room(self) -> int:
        """How many reads may be begun, each on a thread of its own."""
        # A resting read occupies a thread but no lane, so another one may be begun in its place.
        return self._patience.pace.lanes + self._resting

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        return self._read_patiently(
            lambda: self._lists.copy_of(batches, lambda: reads_on() and not self._is_cancelled), lambda answer: answer.reads
        )

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        return self._read_patiently(lambda: self._lists.names_of(module, record_ids), lambda _: 1)

    def hang_up(self) -> None:
        """Cut every read in flight. Each comes back as an answer that is missing, and is made again."""
        self._lists.hang_up()

    def cancel(self) -> None:
        """Read nothing more, and wait no longer."""
        with self._changed:
            self._is_cancelled = True
            self._changed.notify_all()  # every waiting read, so that each raises ReadingCancelled

    def _read_patiently(self, read: Callable[[], Shown], reads_of: Callable[[Shown], int]) -> Shown:
        tries = 0
        while True:
            started_at, shown = self._read_when_free(read)
            if not isinstance(shown, CrmError):
                self._note_answer(started_at, reads_of(shown))
                return shown
            _log.info("A read met %s: %s", type(shown).__name__, shown)
            # A refusal or a rejected token is raised below: reading again would not change it.
            # Only reads that came to the CRM and proved nothing are counted here; the backoff counts its own tries.
            tries += isinstance(shown, AnswerMissing | AnswerNotUnderstood)
            if not self._is_read_again(shown, started_at, tries):
                raise shown

    def _read_when_free(self, read: Callable[[], Shown]) -> tuple[float, Shown | CrmError]:
        """Read as soon as there is room. Returns the monotonic second at which the read left, and what came of it."""
        backoff = self._patience.backoff
        with self._changed:
            # Asked anew after each wake-up: another read may have begun a longer wait, or have ended the present one.
            while not self._is_cancelled and (backoff.is_on or self._in_flight >= self._patience.pace.lanes):
                left_s = backoff.until - self._clock.monotonic()
                self._clock.wait(self._changed, left_s if backoff.is_on else None)
            if self._is_cancelled:
                raise ReadingCancelled
            self._in_flight += 1
            started_at = self._clock.monotonic()
        try:
            return started_at, read()
        except CrmError as error:
            return started_at, error
        finally:
            with self._changed:
                self._in_flight -= 1
                self._changed.notify_all()

    def _note_answer(self, started_at: float, reads: int) -> None:
        with self._changed:
            self._reads += reads
            self._patience.answered(started_at)
            self._changed.notify_all()

    def _is_read_again(self, error: CrmError, started_at: float, tries: int) -> bool:
        """Tell whether to make the read again; one that proved nothing sleeps here before that."""
        with self._changed:
            self._reads += not isinstance(error, CrmUnreachable)  # no byte of such a read left
            match error:
                # These two concern the CRM as a whole, so all reads wait, and not only this one.
                case CrmBusy(retry_after_s=asked_s):
                    return self._patience.must_wait(CauseCode.LIMIT_REACHED, started_at, asked_s)
                case CrmUnreachable(detail=detail):
                    return self._patience.must_wait(CauseCode.OFFLINE, started_at, trouble=detail)
                case AnswerMissing() | AnswerNotUnderstood() if (after_s := read_again_after_s(tries)) is not None:
                    self._rest(after_s)
                    return True
        return False

    def _rest(self, seconds: float) -> None:
        """Sleep without being in the way of other reads. The caller holds the condition."""
        due = self._clock.monotonic() + seconds
        self._resting += 1
        while not self._is_cancelled and (left_s := due - self._clock.monotonic()) > 0:
            self._clock.wait(self._changed, left_s)
        self._resting -= 1
