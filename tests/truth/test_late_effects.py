"""A call that takes effect late, after its answer was given up: the run still ends with the right word."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import CallAnswer, Outcome, ReadAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import RunState
from desktop.engine.ports import Crm
from desktop.practice import PracticeCrm
from tests.cli.driving import wait_until
from tests.truth.checks import blind_sends, falsehoods, fates
from tests.truth.stage import QUICK, Stage
from tests.truth.through import Through

PARENT = "3652397000000327001"
PAIRS = [(PARENT, f"36523970000009{n:05d}") for n in range(101, 105)]
LATE = {"match": {"method": "DELETE"}, "do": "hold", "apply": "late"}


class Releasing(Through):
    """Lets held calls take effect before the nth removal or the nth settling read."""

    def __init__(self, crm: Crm, release: Callable[[], None], *, send: int = 0, read: int = 0) -> None:
        super().__init__(crm)
        self._release, self._send, self._read = release, send, read
        self._guard = threading.Lock()

    def delink(self, batch: Batch) -> CallAnswer:
        with self._guard:
            self._send -= 1
            now = self._send == 0
        if now:
            self._release()
        return self.inner.delink(batch)

    def linked_of(self, batch: Batch) -> ReadAnswer:
        with self._guard:
            self._read -= 1
            now = self._read == 0
        if now:
            self._release()
        return self.inner.linked_of(batch)


def releasing(practice: PracticeCrm) -> Callable[[], None]:
    def release() -> None:
        held = practice.faults.held
        removals = practice.state.counts()["removals"]
        practice.faults.release()
        wait_until(lambda: not practice.faults.held and practice.state.counts()["removals"] >= removals + held)

    return release


@pytest.mark.parametrize("safety_copy", [True, False])
@pytest.mark.parametrize(
    ("lost", "when", "with_copy", "without"),
    [
        pytest.param(1, {"read": 1}, CauseCode.REMOVED_PROVEN, CauseCode.GONE_UNPROVEN, id="before the settling read"),
        pytest.param(1, {"send": 2}, CauseCode.REMOVED_PROVEN, CauseCode.REMOVED_PROVEN, id="between read and second send"),
        pytest.param(2, {"read": 2}, CauseCode.REMOVED_PROVEN, CauseCode.REMOVED_PROVEN, id="before the second read"),
        pytest.param(2, {"send": 3}, CauseCode.REMOVED_PROVEN, CauseCode.REMOVED_PROVEN, id="before the third send"),
        pytest.param(3, {"read": 3}, CauseCode.REMOVED_PROVEN, CauseCode.REMOVED_PROVEN, id="before the third read"),
        pytest.param(3, {"read": 4}, CauseCode.REMOVED_PROVEN, CauseCode.REMOVED_PROVEN, id="before the last read"),
    ],
)
def test_an_effect_that_comes_late_is_told_right(
    practice: PracticeCrm,
    tmp_path: Path,
    safety_copy: bool,
    lost: int,
    when: dict[str, int],
    with_copy: CauseCode,
    without: CauseCode,
) -> None:
    stage = Stage(tmp_path, practice, PAIRS, safety_copy=safety_copy, deadlines=QUICK)
    practice.faults.add([{**LATE, "times": lost}])
    ending = stage.run(lambda crm: Releasing(crm, releasing(practice), **when))
    wait_until(lambda: not practice.faults.held)
    assert ending.state is RunState.FINISHED
    with stage.read() as record:
        assert {one.cause for one in record.ledger.outcomes()} == {with_copy if safety_copy else without}
        assert falsehoods(record, fates(practice.state.links())) == []
    assert blind_sends(practice.state.calls()) == []


def test_an_effect_after_the_last_read_is_still_linked_as_of_that_read(practice: PracticeCrm, tmp_path: Path) -> None:
    """Nothing can know of it: the links were there two minutes after the last loss, and the words say no more than that."""
    stage = Stage(tmp_path, practice, PAIRS, deadlines=QUICK)
    practice.faults.add([{**LATE, "times": 3}])
    ending = stage.run()
    assert ending.tally[Outcome.REFUSED] == len(PAIRS)
    assert stage.ledger().outcome(0).cause is CauseCode.STILL_LINKED
    assert practice.state.counts()["links_now"] == len(PAIRS)
    releasing(practice)()
    assert practice.state.counts()["links_removed"] == len(PAIRS)


def test_an_effect_between_two_starts_is_told_right(practice: PracticeCrm, tmp_path: Path) -> None:
    """The first program gave up on every read; the next one reads, and finds the links gone."""
    stage = Stage(tmp_path, practice, PAIRS, deadlines=QUICK)
    practice.faults.add([LATE, {"match": {"method": "GET", "skip": 1}, "do": "fin", "times": 99}])
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.UNKNOWN]) == (RunState.FINISHED, len(PAIRS))
    releasing(practice)()
    practice.faults.clear()
    assert stage.run().tally[Outcome.DELINKED] == len(PAIRS)
    assert stage.ledger().outcome(0).cause is CauseCode.REMOVED_PROVEN


def test_the_run_waits_two_minutes_before_it_says_still_linked(practice: PracticeCrm, tmp_path: Path) -> None:
    stage = Stage(tmp_path, practice, PAIRS, deadlines=QUICK)
    practice.faults.add([{"match": {"method": "DELETE"}, "do": "reset", "times": 3}])
    started = stage.clock.monotonic()
    stage.run()
    assert stage.ledger().outcome(0).cause is CauseCode.STILL_LINKED
    assert stage.clock.monotonic() - started >= 120 + 2 * 5
