"""kill -9 of the real command line, anywhere: the next start knows every outcome, reads what it must, does exactly the rest."""

import json
import random
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import OUTCOME_LABELS, Outcome
from desktop.domain.runs import RunState
from desktop.storage.run_folder import RunFolder, StoredRun
from tests.cli.driving import write_sheet
from tests.truth.checks import Fate, blind_sends, falsehoods, fates, unintended
from tests.truth.journal_reading import intents_of
from tests.truth.processes import Command, PracticeProcess, holding_token, wait_until
from tests.truth.tables import note_kill

PARENTS, EACH = 5, 4
PAIRS = [(f"36523970000003270{n % PARENTS + 10}", f"36523970000009{n + 1101:05d}") for n in range(PARENTS * EACH)]
ABSENT = PAIRS[7]
PLACES = {"first": 1, "middle": 3, "last": PARENTS}
MODULE, KILLING = ("desktop",), ("tests.truth.kill_program",)

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


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeProcess]:
    with PracticeProcess() as crm:
        yield crm


@pytest.fixture
def crm(server: PracticeProcess) -> Iterator[PracticeProcess]:
    server.tell("release")
    server.tell("reset")
    server.seed(pair for pair in PAIRS if pair != ABSENT)
    yield server
    server.tell("release")


class Scene:
    """A sheet, a home, a run that was killed."""

    def __init__(self, folder: Path, crm: PracticeProcess) -> None:
        self.crm = crm
        self.home = folder / "home"
        self.results = folder / "out.xlsx"
        self.sheet = write_sheet(folder / "a.csv", PAIRS)
        self._run_arguments = ("run", str(self.sheet), *crm.place, "--yes", "--json", "--results", str(self.results))

    def start(self, *options: str, module: tuple[str, ...] = MODULE) -> Command:
        return Command(self.home, module, (*self._run_arguments, *options), self.crm.token)

    def killed_at(self, point: str, nth: int) -> None:
        command = Command(self.home, (*KILLING, point, str(nth)), (*self._run_arguments, "--lanes", "1"), self.crm.token)
        assert command.wait()[0] == -signal.SIGKILL

    def killed_while_held(self, parent: str, fault: dict[str, Any]) -> None:
        self.crm.tell("faults", {"match": {"method": "DELETE", "path": parent}, "do": "hold", **fault})
        command = self.start("--lanes", "1")
        wait_until(lambda: self.crm.counts()["held"] or command.is_over)
        assert command.kill() == -signal.SIGKILL
        self.crm.tell("release")
        wait_until(lambda: not self.crm.counts()["held"])

    @property
    def journals(self) -> list[Path]:
        return sorted((self.home / "runs").glob("*.delink-run")) if self.home.exists() else []

    def look(self) -> StoredRun:
        """What the next start would see, from a copy, so that looking changes nothing."""
        copy = self.home.with_name("look")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.home / "runs", copy)
        return RunFolder(copy).read(self.journals[0].stem)

    def holds_after_a_kill(self) -> int:
        """I1 to I7; returns how many links are unconfirmed."""
        assert holding_token(self.home, self.crm.token) == []  # I7
        if not self.journals:
            assert self.crm.counts()["removals"] == 0
            return 0
        with sqlite3.connect(f"{self.journals[0].as_uri()}?mode=ro", uri=True) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"  # I6
        db.close()
        with self.look() as record:
            outcomes = record.ledger.outcomes()
            assert len(outcomes) == len(PAIRS)  # I1
            fate = fates(self.crm.links())
            assert falsehoods(record, fate) == []  # I2, and the words
            assert not removed_unnoticed(record, fate)  # I3
            path = self.home.with_name("look") / self.journals[0].name
        assert unintended(self.crm.calls(), intents_of(path)) == []  # I4
        return sum(one.outcome is Outcome.UNKNOWN for one in outcomes)

    def resumes(self) -> dict[str, Any]:
        """The rest, on a clock that runs fast; I1 to I8 hold at the end."""
        calls_before = len(self.crm.calls())
        with self.look() as record:
            open_links = {
                frozenset((record.links.parent_ids[n], record.links.related_ids[n]))
                for n in record.ledger.with_outcome(Outcome.UNKNOWN)
            }
        arguments = ("resume", *self.crm.place, "--json", "--results", str(self.results))
        environment = {"DELINK_QUICK_CLOCK": "1"}
        code, out, err = Command(self.home, (*KILLING, "never", "1"), arguments, self.crm.token, **environment).wait()
        assert code == 0, err
        told: dict[str, Any] = json.loads(out.splitlines()[-1])
        assert told["state"] == "finished" and told["unknown"] == told["refused"] == told["not_attempted"] == 0
        assert blind_sends(self.crm.calls()[calls_before:], open_links) == []  # I5
        assert self.crm.counts()["sends_without_read_max"] <= 1
        self.holds_after_a_kill()
        self.results_hold(told)
        return told

    def writes_results(self) -> dict[str, Any]:
        """The run was over: its results are written again, and any that were there are whole."""
        if self.results.exists():
            load_workbook(self.results)
        name = self.journals[0].stem
        code, out, err = Command(self.home, MODULE, ("results", name, "--output", str(self.results), "--json"), "").wait()
        assert code == 0, err
        assert json.loads(out.splitlines()[-1])["rows"] == len(PAIRS)
        with self.look() as record:
            told = {str(one): record.ledger.tally[one] for one in Outcome}
        self.results_hold(told)
        return told

    @property
    def is_over(self) -> bool:
        with self.look() as record:
            return record.ledger.state is RunState.FINISHED

    def goes_on(self) -> tuple[str, dict[str, Any]]:
        """Whatever is left to do, and how it is called in the table."""
        return ("was over", self.writes_results()) if self.is_over else ("resumed", self.resumes())

    def results_hold(self, told: dict[str, Any]) -> None:
        """I8: one line per entry, with the words that the run ended with."""
        lines = load_workbook(self.results)["All rows"].iter_rows(values_only=True)
        column = next(lines).index("Outcome")
        counts = Counter(line[column] for line in lines)
        assert sum(counts.values()) == len(PAIRS)
        assert counts == {OUTCOME_LABELS[one]: told[str(one)] for one in Outcome if told[str(one)]}


def removed_unnoticed(record: RunRecord, fate: dict[frozenset[str], Fate]) -> list[int]:
    """Links that a call removed and that the journal holds for not sent, or for refused (I3)."""
    unaware = (Outcome.NOT_ATTEMPTED, Outcome.REFUSED)
    pairs = zip(record.links.parent_ids, record.links.related_ids, strict=True)
    removed = [number for number, pair in enumerate(pairs) if fate.get(frozenset(pair), Fate(False, 0)).removed]
    outcomes = record.ledger.outcomes()
    return [number for number in removed if outcomes[number].outcome in unaware]


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
    assert unknown in (0, EACH - 1, EACH)
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
    assert unknown == in_call
    told = scene.resumes()
    assert told["delinked"] == len(PAIRS) - 1
    assert told["calls"] == PARENTS + (fault.get("apply", "no") == "no")
    note_kill(name, PLACES[place], "resumed", unknown, told)


@pytest.mark.parametrize("name", ["10 token refreshed, not kept yet", "11 token kept"])
def test_killed_around_the_keeping_of_a_token(name: str) -> None:
    pytest.skip(f"{name}: no command refreshes a token yet")


RANDOM = [pytest.param(seed, marks=() if seed < 30 else (pytest.mark.slow,)) for seed in range(1030)]


@pytest.mark.parametrize("seed", RANDOM)
def test_killed_at_any_moment(crm: PracticeProcess, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    crm.tell("settings", {"latency_ms": chance.choice([0, 10, 40])})
    lanes = chance.choice([1, 3, 5])
    scene = Scene(tmp_path, crm)
    command = scene.start("--lanes", str(lanes))
    if chance.random() < 0.8:  # else in the start-up, before a call
        wait_until(lambda: crm.counts()["calls"] or command.is_over)
    time.sleep(chance.uniform(0, 0.35))
    command.kill()
    crm.tell("settings", {"latency_ms": 0})
    wait_until(lambda: crm.counts()["in_flight"] == 0)
    unknown = scene.holds_after_a_kill()
    assert unknown <= lanes * EACH
    if not scene.journals:
        note_kill("any moment", seed, "no run yet", unknown, {})
        return
    what, told = scene.goes_on()
    assert (told["delinked"], told["not_linked"]) == (len(PAIRS) - 1, 1)
    note_kill("any moment", seed, what, unknown, told)
