"""Limits, a network that comes and goes, sleep, a set clock, pause and stop, over real sockets."""

import contextlib
import io
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from desktop.cli.progress import ProgressPrinter
from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.outcomes import CallAnswer, Outcome
from desktop.domain.planning.plans import Batch
from desktop.domain.runs import RunState
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm
from desktop.practice import PracticeCrm
from desktop.words import say_text
from tests.cli.driving import wait_until
from tests.truth.bad_ends import Place, nobody_listens, proxy_gone, proxy_reaches_nothing, proxy_wants_a_login
from tests.truth.checks import blind_sends, falsehoods, fates
from tests.truth.stage import Stage
from tests.truth.through import Through

PAIRS = [(f"36523970000003270{p:02d}", f"36523970000009{n + 101:05d}") for p in range(10) for n in range(3)]
BUSY = '{"code":"TOO_MANY_REQUESTS","details":{},"message":"too many requests","status":"error"}'


def removals(practice: PracticeCrm) -> int:
    return sum(call["method"] == "DELETE" for call in practice.state.calls())


class Before(Through):
    """Does something before each removal; what it returns, if anything, is where the removal goes."""

    def __init__(self, crm: Crm, deed: Callable[[int], Crm | None]) -> None:
        super().__init__(crm)
        self._deed = deed
        self._guard = threading.Lock()
        self._number = 0

    def delink(self, batch: Batch) -> CallAnswer:
        with self._guard:
            self._number += 1
            crm = self._deed(self._number) or self.inner
        return crm.delink(batch)


# Limits


@pytest.mark.parametrize(
    "wish",
    ["7", "0", "-5", "1000000000", "nan", "soon", "", "a date"],
)
def test_a_limit_is_waited_for_whatever_shape_its_wish_has(practice: PracticeCrm, tmp_path: Path, wish: str) -> None:
    stage = Stage(tmp_path, practice, PAIRS)
    in_nine_seconds = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    headers = {"Retry-After": in_nine_seconds if wish == "a date" else wish} if wish else {}
    practice.faults.add([{"do": "status", "status": 429, "body": BUSY, "headers": headers, "times": 3}])
    ending = stage.run()
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, len(PAIRS))


@pytest.mark.parametrize("method", ["DELETE", "GET"])
def test_a_limit_that_stays_pauses_and_nothing_is_refused(practice: PracticeCrm, tmp_path: Path, method: str) -> None:
    stage = Stage(tmp_path, practice, PAIRS)
    practice.faults.add([{"match": {"method": method, "skip": 4}, "do": "status", "status": 429, "body": BUSY, "times": 999}])
    ending = stage.run(lanes=4)
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.LIMIT_REACHED)
    assert ending.tally[Outcome.REFUSED] == ending.tally[Outcome.UNKNOWN] == 0
    # Four calls were answered; of links that were read, the removal may still have waited for its turn.
    done = ending.tally[Outcome.DELINKED]
    assert done == 12 if method == "DELETE" else done in (3, 6, 9, 12)
    assert any(moment.waiting_for is CauseCode.LIMIT_REACHED for moment in stage.audience.moments)
    practice.faults.clear()
    assert stage.run().tally[Outcome.DELINKED] == len(PAIRS)


def test_the_run_pauses_before_it_uses_credits_that_others_need(practice: PracticeCrm, tmp_path: Path) -> None:
    stage = Stage(tmp_path, practice, PAIRS)
    practice.state.set(credits=99)
    ending = stage.run(credits_floor=100)
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.CREDITS_LOW)
    assert len(practice.state.calls()) <= 2
    assert stage.run(credits_floor=50).tally[Outcome.DELINKED] == len(PAIRS)
    assert stage.audience.moments[-1].credits_left == 99


# The network


def test_offline_counts_down_and_goes_on_by_itself(practice: PracticeCrm, tmp_path: Path) -> None:
    stage = Stage(tmp_path, practice, PAIRS)
    with nobody_listens() as nowhere:
        gone = stage.client(nowhere.api_url)
        ending = stage.run(lambda crm: Before(crm, lambda number: gone if 3 <= number <= 6 else None), lanes=1)
    assert (ending.state, ending.tally[Outcome.DELINKED], ending.calls) == (RunState.FINISHED, len(PAIRS), 10)
    waits = [moment.waiting_s for moment in stage.audience.moments if moment.waiting_for is CauseCode.OFFLINE]
    assert waits and max(waits) > 0


def test_a_network_that_stays_away_pauses_with_everything_kept(practice: PracticeCrm, tmp_path: Path) -> None:
    stage = Stage(tmp_path, practice, PAIRS)
    with nobody_listens() as nowhere:
        gone = stage.client(nowhere.api_url)
        ending = stage.run(lambda crm: Before(crm, lambda number: gone if number > 3 else None))
    assert (ending.state, ending.cause, ending.tally[Outcome.DELINKED]) == (RunState.PAUSED, CauseCode.OFFLINE, 9)
    assert ending.tally[Outcome.UNKNOWN] == 0
    assert stage.run().tally[Outcome.DELINKED] == len(PAIRS)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (proxy_wants_a_login, "wants a user name and a password"),
        (proxy_reaches_nothing, "could not reach Zoho (502)"),
        (proxy_gone, "cannot be reached"),
    ],
)
def test_a_proxy_that_fails_in_the_middle_pauses_the_run_with_its_place(
    practice: PracticeCrm, tmp_path: Path, place: Callable[[], AbstractContextManager[Place]], words: str
) -> None:
    stage = Stage(tmp_path, practice, PAIRS)
    printer, said = ProgressPrinter(Operation.REMOVE), io.StringIO()
    stage.audience.on_moment, stage.audience.on_state = printer.recorded, printer.state_changed
    with place() as there, contextlib.redirect_stderr(said):
        gone = stage.client(there.api_url, dict(there.proxies))
        ending = stage.run(lambda crm: Before(crm, lambda number: gone if number > 3 else None))
    assert (ending.state, ending.cause, ending.tally[Outcome.DELINKED]) == (RunState.PAUSED, CauseCode.OFFLINE, 9)
    assert ending.tally[Outcome.UNKNOWN] == 0 and removals(practice) == 3
    named = there.proxies["https"].removeprefix("http://")
    assert any(f"the proxy {named} {words}" in say_text(moment.trouble) for moment in stage.audience.moments)
    assert f"No connection to Zoho could be made: the proxy {named} {words}" in said.getvalue()
    assert stage.run().tally[Outcome.DELINKED] == len(PAIRS)


# Sleep and clocks


@pytest.mark.parametrize("jump_s", [3_600.0, -3_600.0, 86_400.0, -86_400.0, 40.0, 13 * 365 * 86_400.0])
def test_a_jump_of_the_clock_loses_nothing(practice: PracticeCrm, tmp_path: Path, jump_s: float) -> None:
    """Calls in flight are given up and read; after a long one the run asks before it goes on."""
    stage = Stage(tmp_path, practice, PAIRS)
    practice.faults.add([{"match": {"method": "DELETE", "skip": 2}, "do": "hold", "apply": "yes", "then": "fin"}])

    def jump(number: int) -> None:
        if number == 3:
            stage.jump_when_held(jump_s)

    ending = stage.run(lambda crm: Before(crm, jump), lanes=1)
    if abs(jump_s) > 900:
        assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.CLOCK_JUMPED)
        ending = stage.run()
    practice.faults.clear()
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, len(PAIRS))
    assert blind_sends(practice.state.calls()) == []
    with stage.read() as record:
        assert falsehoods(record, fates(practice.state.links())) == []


def test_the_wait_before_the_last_read_is_not_shortened_by_a_set_clock(practice: PracticeCrm, tmp_path: Path) -> None:
    stage = Stage(tmp_path, practice, PAIRS[:1])
    practice.faults.add([{"match": {"method": "DELETE"}, "do": "reset", "times": 3}])

    def jump(number: int) -> None:
        stage.clock.wall_offset_s += 600.0

    started = stage.clock.monotonic()
    stage.run(lambda crm: Before(crm, jump), lanes=1)
    assert stage.ledger().outcome(0).cause is CauseCode.STILL_LINKED
    assert stage.clock.monotonic() - started >= 120


# Pause and stop


def test_a_pause_finishes_what_is_in_flight_and_sends_nothing_more(practice: PracticeCrm, tmp_path: Path) -> None:
    stage, control = Stage(tmp_path, practice, PAIRS), RunControl()
    practice.state.set(latency_ms=30)

    def pause(number: int) -> None:
        if number == 4:
            control.pause()

    ending = stage.run(lambda crm: Before(crm, pause), control=control)
    begun = len(practice.state.calls())
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.ASKED)
    assert removals(practice) <= 5 and ending.tally[Outcome.UNKNOWN] == 0
    assert ending.tally[Outcome.DELINKED] == 3 * removals(practice)
    assert len(practice.state.calls()) == begun
    practice.state.set(latency_ms=0)
    assert stage.run().tally[Outcome.DELINKED] == len(PAIRS)


def test_a_pause_turns_no_further_page(practice: PracticeCrm, tmp_path: Path) -> None:
    many = [("3652397000000327001", f"36523970000009{n + 101:05d}") for n in range(1500)]
    stage, control = Stage(tmp_path, practice, many), RunControl()

    def pause_at_first_page() -> None:
        wait_until(lambda: len(practice.state.calls()) >= 1)
        control.pause()

    practice.state.set(latency_ms=60)
    thread = threading.Thread(target=pause_at_first_page)
    thread.start()
    ending = stage.run(control=control)
    thread.join()
    assert ending.cause is CauseCode.ASKED
    assert (removals(practice), len(practice.state.calls()) <= 3) == (0, True)
    practice.state.set(latency_ms=0)
    assert stage.run().tally[Outcome.DELINKED] == len(many)


def test_a_stop_leaves_a_call_that_hangs_intended_and_the_next_start_reads_it(practice: PracticeCrm, tmp_path: Path) -> None:
    stage, control = Stage(tmp_path, practice, PAIRS), RunControl()
    practice.faults.add([{"match": {"method": "DELETE", "skip": 3}, "do": "hold", "apply": "yes"}])

    def stop(number: int) -> None:
        if number == 4:
            control.stop(grace_s=10.0)  # on this clock a hundredth of a second

    ending = stage.run(lambda crm: Before(crm, stop), control=control, lanes=1)
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.STOPPED, 9)
    with stage.read() as record:
        assert record.ledger.tally[Outcome.UNKNOWN] == 3
    practice.faults.clear()
    wait_until(lambda: not practice.faults.held)
    assert stage.run().tally[Outcome.DELINKED] == len(PAIRS)
    assert blind_sends(practice.state.calls()) == []


@pytest.mark.parametrize("version", ["v2.1", "v7", "v8"])
def test_every_version_of_the_interface_is_copied_from_and_settled(practice: PracticeCrm, tmp_path: Path, version: str) -> None:
    stage = Stage(tmp_path, practice, PAIRS, absent=PAIRS[:1], version=version)
    practice.faults.add([{"match": {"method": "DELETE", "skip": 2}, "do": "reset", "apply": "yes"}])
    ending = stage.run()
    assert (ending.tally[Outcome.DELINKED], ending.tally[Outcome.NOT_LINKED]) == (len(PAIRS) - 1, 1)
    assert stage.ledger().outcome(0).cause is CauseCode.ABSENT_BEFORE
