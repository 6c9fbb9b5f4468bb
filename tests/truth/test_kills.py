"""kill -9 of the real command line, anywhere: the next start knows every outcome, reads what it must, does exactly the rest."""

import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import wait_until
from tests.truth.processes import PracticeProcess
from tests.truth.scene import ABSENT, EACH, PAIRS, PARENTS, Scene
from tests.truth.tables import note_kill

PLACES = {"first": 1, "middle": 3, "last": PARENTS}
# Where the disk is slow, the intent of a lane's next call is written ahead; such links are unconfirmed after a kill, too.
AHEAD = 2

# A kill at these is made by the program itself, at a commit or a file that the test names.
OWN_POINTS = [
    ("1 before the plan is kept", "before plan renamed", None),
    ("2 plan kept", "after plan", None),
    ("3a before the safety copy is kept", "before copy", 1),
    ("3 before the intent is kept", "before intent", 1),
    ("4 intent kept", "after intent", 1),
    ("8 answer read, outcome not kept", "before outcome", 1),
    ("9 outcome kept", "after outcome", 1),
    ("12 results half written", "results half written", 2),
    ("13 before the results are replaced", "before results replaced", None),
    ("14 results replaced", "after results replaced", None),
]
# At these the practice CRM holds the call, and the test kills.
HELD_POINTS: list[tuple[str, dict[str, Any]]] = [
    ("5 half of the request is read", {"at": "line"}),
    ("6 sent, nothing done, no answer", {"apply": "no"}),
    ("6 sent, carried out, no answer", {"apply": "yes"}),
    ("7 headers of the answer sent", {"apply": "yes", "at": "headers"}),
]


def own_cases() -> list[Any]:
    cases = []
    for name, point, nth in OWN_POINTS:
        places = {"once": 1} if nth is None else PLACES
        cases += [pytest.param(name, point, nth_place * (nth or 1), id=f"{name}, {place}") for place, nth_place in places.items()]
    return cases


@pytest.mark.parametrize(("name", "point", "nth"), own_cases())
def test_killed_at_a_point_of_its_own(crm: PracticeProcess, tmp_path: Path, name: str, point: str, nth: int) -> None:
    scene = Scene(tmp_path, crm)
    scene.killed_at(point, nth)
    unknown = scene.holds_after_a_kill()
    assert unknown <= AHEAD * EACH
    if not scene.journals:
        note_kill(name, nth, "no run yet", unknown, {})
        return
    what, told = scene.goes_on()
    assert (told["delinked"], told["not_linked"]) == (len(PAIRS) - 1, 1)
    note_kill(name, nth, what, unknown, told)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "fault"), HELD_POINTS, ids=[name for name, _ in HELD_POINTS])
def test_killed_while_the_crm_holds_the_call(
    crm: PracticeProcess, tmp_path: Path, name: str, fault: dict[str, Any], place: str
) -> None:
    scene = Scene(tmp_path, crm)
    parent = list(dict.fromkeys(parent for parent, _ in PAIRS))[PLACES[place] - 1]
    scene.killed_while_held(parent, fault)
    unknown = scene.holds_after_a_kill()
    in_call = sum(pair[0] == parent and pair != ABSENT for pair in PAIRS)
    assert in_call <= unknown <= in_call + (AHEAD - 1) * EACH
    told = scene.resumes()
    assert told["delinked"] == len(PAIRS) - 1
    assert told["calls"] - PARENTS - (fault.get("apply", "no") == "no") in range(AHEAD)
    note_kill(name, PLACES[place], "resumed", unknown, told)


RANDOM = [*range(30), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(30, 1030))]


@pytest.mark.parametrize("seed", RANDOM)
def test_killed_at_any_moment(crm: PracticeProcess, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    crm.tell("settings", {"latency_ms": chance.choice([5, 20, 60])})
    lanes = chance.choice([1, 3, 5])
    scene = Scene(tmp_path, crm)
    command = scene.start("--lanes", str(lanes))
    if chance.random() < 0.9:  # else anywhere in the start-up
        wait_until(lambda: crm.counts()["reads"] or command.is_over)
    time.sleep(chance.uniform(0, 0.4))
    command.kill()
    crm.tell("settings", {"latency_ms": 0})
    wait_until(lambda: crm.counts()["in_flight"] == 0)
    unknown = scene.holds_after_a_kill()
    assert unknown <= AHEAD * lanes * EACH
    if not scene.journals:
        note_kill("any moment", seed, "no run yet", unknown, {})
        return
    what, told = scene.goes_on()
    assert (told["delinked"], told["not_linked"]) == (len(PAIRS) - 1, 1)
    note_kill("any moment", seed, what, unknown, told)


STOPS = [pytest.param(seed, marks=() if seed < 2 else (pytest.mark.slow,)) for seed in range(30)]


@pytest.mark.parametrize("seed", STOPS)
def test_frozen_for_a_while_in_the_middle_of_calls(crm: PracticeProcess, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    crm.tell("settings", {"latency_ms": 60})
    scene = Scene(tmp_path, crm)
    command = scene.start("--lanes", "3")
    wait_until(lambda: crm.counts()["calls"] >= chance.randrange(1, 7) or command.is_over)
    command.program.send_signal(signal.SIGSTOP)
    time.sleep(chance.uniform(0.1, 0.6))
    command.program.send_signal(signal.SIGCONT)
    code, _, err = command.wait()
    assert code == 0, err
    assert scene.holds_after_a_kill() == 0
    assert scene.writes_results()["delinked"] == len(PAIRS) - 1
