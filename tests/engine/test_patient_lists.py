"""Reads with patience around them: made again where that helps, given up where it does not, and never in each other's way."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmBusy, CrmError, CrmUnreachable, TokenRejected
from desktop.domain.outcomes import CopyAnswer
from desktop.domain.pacing import BUSY_TRIES, READ_TRIES, UNREACHABLE_TRIES
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.engine.clock import SystemClock
from desktop.engine.patient_lists import PatientLists, ReadingCancelled
from tests.engine.rehearsal import JumpingClock
from tests.patience import PATIENCE_S

NAME = RecordId("3652397000000300001")


class ScriptedLists:
    """Each read meets the next error of the script; when it is empty, reads work."""

    reads_by_ids = True

    def __init__(self, *script: CrmError) -> None:
        self.script = list(script)
        self.asked = 0

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        self._ask()
        return CopyAnswer({}, whole=reads_on(), reads=3)

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        self._ask()
        return dict.fromkeys(record_ids, "A")

    def hang_up(self) -> None: ...

    def _ask(self) -> None:
        self.asked += 1
        if self.script:
            raise self.script.pop(0)


def patient(*script: CrmError) -> tuple[PatientLists, ScriptedLists]:
    lists = ScriptedLists(*script)
    return PatientLists(lists, JumpingClock(), 5), lists


@pytest.mark.parametrize("error", [CrmBusy("c"), CrmBusy("c", 7.0), CrmUnreachable("c", "no route"), AnswerMissing("c", "cut")])
def test_read_is_made_again_after_passing_trouble(error: CrmError) -> None:
    lists, crm = patient(error, error)
    assert lists.names_of("Contacts", [NAME]) == {NAME: "A"}
    assert crm.asked == 3
    assert lists.reads == (1 if isinstance(error, CrmUnreachable) else 3), "what never left is no read"


@pytest.mark.parametrize(
    ("error", "most"),
    [
        (CrmBusy("c"), BUSY_TRIES + 1),
        (CrmUnreachable("c", "no route"), UNREACHABLE_TRIES + 1),
        (AnswerMissing("c", "cut"), READ_TRIES),
        (AnswerNotUnderstood("c", 502, "a page"), READ_TRIES),
        (TokenRejected("c"), 1),
    ],
)
def test_lasting_trouble_is_raised_after_as_many_tries_as_in_a_run(error: CrmError, most: int) -> None:
    lists, crm = patient(*[error] * 99)
    with pytest.raises(type(error)):
        lists.names_of("Contacts", [NAME])
    assert crm.asked == most


def test_every_call_of_a_read_that_took_several_is_counted() -> None:
    lists, _ = patient(CrmBusy("c"))
    lists.copy_of([], lambda: True)
    assert lists.reads == 1 + 3


def test_the_wait_that_the_crm_asked_for_is_kept() -> None:
    crm, clock = ScriptedLists(CrmBusy("c", 40.0)), JumpingClock()
    PatientLists(crm, clock, 5).names_of("Contacts", [NAME])
    assert 1040.0 <= clock.time < 1050.0


class OneBadRecord(ScriptedLists):
    """Names of one record are never understood; the others are shown."""

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        if NAME in record_ids:
            raise AnswerMissing("c", "cut")
        return super().names_of(module, record_ids)


def test_resting_read_makes_room_for_others() -> None:
    crm = OneBadRecord()
    lists = PatientLists(crm, SystemClock(), 1)
    with ThreadPoolExecutor(1) as pool:
        bad = pool.submit(lists.names_of, "Contacts", [NAME])
        until(lambda: lists.room == 2)
        other = RecordId("3652397000000300002")
        assert lists.names_of("Contacts", [other]) == {other: "A"}
        lists.cancel()
        assert isinstance(bad.exception(PATIENCE_S), ReadingCancelled), "a cancel ends a wait at once"


def test_a_cancel_ends_a_wait_that_the_crm_asked_for() -> None:
    lists = PatientLists(ScriptedLists(CrmBusy("c", 600.0)), SystemClock(), 5)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lists.names_of, "Contacts", [NAME])
        until(lambda: lists.reads == 1)
        lists.cancel()
        assert isinstance(waiting.exception(PATIENCE_S), ReadingCancelled)


def test_after_a_cancel_no_further_page_is_read() -> None:
    turned: list[bool] = []

    class Paging(ScriptedLists):
        def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
            turned.append(reads_on())
            lists.cancel()
            turned.append(reads_on())
            return CopyAnswer({}, whole=False)

    lists = PatientLists(Paging(), JumpingClock(), 5)
    lists.copy_of([], lambda: True)
    assert turned == [True, False]
    with pytest.raises(ReadingCancelled):
        lists.copy_of([], lambda: True)


def until(is_so: Callable[[], bool]) -> None:
    """Wait until another thread has made the condition true."""
    for _ in range(int(PATIENCE_S * 200)):
        if is_so():
            return
        Event().wait(0.005)
    raise AssertionError("it never became so")
