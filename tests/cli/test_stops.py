"""Killed, interrupted, started twice: the next command knows every outcome and does exactly the rest."""

import json
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import delink, outcomes_in, pairs_of, place_of, seed, start, wait_until, write_sheet
from tests.cli.forged import Program
from tests.patience import PATIENCE_S

LINKS, PARENTS = 120, 40


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "many.csv", pairs_of(LINKS, PARENTS))


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        seed(crm, pairs_of(LINKS, PARENTS))
        crm.state.set(latency_ms=60)
        yield crm


@pytest.fixture
def running(crm: PracticeCrm, home: Path, sheet: Path) -> Iterator[Program]:
    """A run in its middle."""
    program = start(home, "run", str(sheet), *place_of(crm), "--yes", "--json", "--lanes", "2")
    assert program.stdin is not None
    program.stdin.write(crm.access_token + "\n")
    program.stdin.flush()
    wait_until(lambda: crm.state.counts()["removals"] >= 20 or program.poll() is not None)
    assert program.poll() is None
    yield program
    program.kill()
    program.communicate()


def finishes(home: Path, crm: PracticeCrm) -> None:
    """resume ends the run; nothing was sent twice without a read, and nothing is said to be gone that is not."""
    crm.state.set(latency_ms=0)
    ended = delink(home, "resume", *place_of(crm), "--json", secret=crm.access_token)
    told, counts = ended.json, crm.state.counts()
    assert (ended.code, told["state"], told["links"]) == (0, "finished", LINKS)
    assert told["delinked"] + told["not_linked"] == LINKS
    assert told["delinked"] <= counts["links_removed"] == LINKS
    assert counts["links_now"] == 0
    assert counts["sends_without_read_max"] == 1
    assert counts["destructive"] == 0


def test_a_killed_run_is_known_and_goes_on(running: Program, crm: PracticeCrm, home: Path) -> None:
    running.send_signal(signal.SIGKILL)
    running.wait()
    listed = delink(home, "runs", "--json").json["runs"][0]
    assert listed["state"] == "interrupted"
    assert listed["delinked"] <= crm.state.counts()["links_removed"] <= listed["delinked"] + listed["unknown"]
    finishes(home, crm)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_finishes_the_calls_in_flight_and_the_rest_can_follow(
    running: Program, crm: PracticeCrm, home: Path, sign: signal.Signals
) -> None:
    running.send_signal(sign)
    out, _ = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 130
    listed = delink(home, "runs", "--json").json["runs"][0]
    assert listed["state"] == "stopped" and listed["unknown"] == 0
    assert listed["delinked"] == crm.state.counts()["links_removed"] < LINKS
    told = json.loads(out.splitlines()[-1])
    assert (told["state"], told["links"]) == ("stopped", LINKS)
    assert "cause" not in told
    counts = Counter(outcomes_in(Path(told["results"])))
    assert counts == {"Removed": listed["delinked"], "Not sent": listed["not_attempted"]}
    finishes(home, crm)


def test_ctrl_c_twice_ends_at_once(running: Program, crm: PracticeCrm, home: Path) -> None:
    crm.faults.add([{"match": {"method": "DELETE"}, "times": 99, "do": "hold", "then": "answer"}])
    wait_until(lambda: crm.faults.held)
    running.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(0.5)
    running.send_signal(signal.SIGINT)
    assert running.wait(PATIENCE_S) == 130
    crm.faults.clear()
    wait_until(lambda: not crm.faults.held)
    finishes(home, crm)


def test_a_run_in_use_is_left_alone(running: Program, crm: PracticeCrm, home: Path) -> None:
    crm.faults.add([{"match": {"method": "DELETE"}, "times": 99, "apply": "yes", "do": "hold", "then": "answer"}])
    wait_until(lambda: crm.faults.held)
    run = delink(home, "runs", "--json").json["runs"][0]
    assert run["state"] == "running"
    ended = delink(home, "resume", run["run"], *place_of(crm), "--json", secret=crm.access_token)
    assert (ended.code, ended.json["error"]) == (2, "run_in_use")
    ended = delink(home, "results", run["run"], "--output", str(home / "a.xlsx"), "--json")
    assert (ended.code, ended.json["error"]) == (2, "run_in_use")
    crm.faults.clear()
    crm.state.set(latency_ms=0)
    assert running.wait(PATIENCE_S) == 0
