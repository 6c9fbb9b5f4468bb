"""Killed while a call is out: its fate is read before anything is sent again, and the CRM's own counts agree."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import PracticeServer, delink, outcomes_in, pairs_of, quickly, start, wait_until, write_sheet

LINKS, PARENTS = 30, 3
EACH = LINKS // PARENTS
PAIRS = pairs_of(LINKS, PARENTS)
# Of the call that was out; where the disk is slow, the intent of the next one is on it too.
UNCONFIRMED = (EACH, 2 * EACH)
OUTCOMES = ("delinked", "not_linked", "refused", "unknown", "not_attempted")
SECOND_REMOVAL = {"match": {"method": "DELETE", "skip": 1}, "do": "hold", "then": "answer"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "a.csv", PAIRS)


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[PracticeServer]:
    with PracticeServer(tmp_path / "crm") as crm:
        crm.seed(PAIRS)
        yield crm


def killed_while_held(crm: PracticeServer, home: Path, *command: str) -> None:
    """Start a command, kill it as soon as the CRM holds a call of it, and let that call go."""
    program = start(home, *command, *crm.place, "--json")
    assert program.stdin is not None
    program.stdin.write(crm.token + "\n")
    program.stdin.flush()
    wait_until(lambda: crm.counts()["held"] or program.poll() is not None)
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert program.returncode == -signal.SIGKILL
    crm.tell("release")
    wait_until(lambda: not crm.counts()["held"])


def newest(home: Path) -> dict[str, Any]:
    run: dict[str, Any] = delink(home, "runs", "--json").json["runs"][0]
    return run


def agrees(told: dict[str, Any], counts: dict[str, int]) -> None:
    """Nothing removed twice, every link gone, the five outcomes make up the links."""
    assert told["links"] == sum(told[outcome] for outcome in OUTCOMES) == LINKS
    assert (counts["links_now"], counts["links_removed"]) == (0, LINKS)
    assert (counts["sends_per_link_max"], counts["sends_without_read_max"], counts["destructive"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("applied", "options", "delinked", "not_linked"),
    [
        pytest.param("yes", [], LINKS, 0, id="the CRM had removed them, as the safety copy proves"),
        pytest.param("yes", ["--no-safety-copy"], LINKS - EACH, EACH, id="the CRM had removed them, and nothing proves it"),
        pytest.param("no", [], LINKS, 0, id="the CRM had done nothing"),
    ],
)
def test_a_call_that_was_out_is_read_and_sent_only_if_it_did_nothing(
    crm: PracticeServer, home: Path, sheet: Path, applied: str, options: list[str], delinked: int, not_linked: int
) -> None:
    crm.tell("faults", {**SECOND_REMOVAL, "apply": applied})
    killed_while_held(crm, home, "run", str(sheet), "--yes", "--lanes", "1", *options)
    listed = newest(home)
    assert (listed["state"], listed["finished"]) == ("interrupted", None)
    assert (listed["delinked"], listed["links"]) == (EACH, LINKS)
    assert listed["unknown"] in UNCONFIRMED and listed["unknown"] + listed["not_attempted"] == 2 * EACH
    ended = quickly(home, "resume", *crm.place, "--json", secret=crm.token)
    assert (ended.code, ended.json["state"], ended.json["run"]) == (0, "finished", listed["run"])
    assert (ended.json["delinked"], ended.json["not_linked"]) == (delinked, not_linked)
    assert ended.json["reads"] >= 1
    agrees(ended.json, crm.counts())
    assert newest(home)["state"] == "finished"


def test_killed_again_while_it_reads_it_still_finishes(crm: PracticeServer, home: Path, sheet: Path) -> None:
    crm.tell("faults", {**SECOND_REMOVAL, "apply": "yes"})
    killed_while_held(crm, home, "run", str(sheet), "--yes", "--lanes", "1")
    crm.tell("faults", {"match": {"method": "GET", "path": "/Campaigns/"}, "apply": "yes", "do": "hold", "then": "answer"})
    killed_while_held(crm, home, "resume")
    listed = newest(home)
    assert listed["state"] == "interrupted" and listed["unknown"] in UNCONFIRMED
    ended = quickly(home, "resume", newest(home)["run"], *crm.place, "--json", secret=crm.token)
    assert ended.code == 0
    agrees(ended.json, crm.counts())


def test_results_of_a_killed_run_are_written_from_its_journal(
    crm: PracticeServer, home: Path, sheet: Path, tmp_path: Path
) -> None:
    crm.tell("faults", {**SECOND_REMOVAL, "apply": "no"})
    killed_while_held(crm, home, "run", str(sheet), "--yes", "--lanes", "1")
    target = tmp_path / "so-far.csv"
    ended = delink(home, "results", "--output", str(target), "--json")
    assert (ended.code, ended.json["rows"]) == (0, LINKS)
    told = Counter(outcomes_in(target))
    assert told["Removed"] == EACH and told["Not confirmed"] in UNCONFIRMED
    assert told["Not confirmed"] + told["Not sent"] == 2 * EACH


def test_practice_mode_survives_a_kill_and_its_own_counts_agree(home: Path, tmp_path: Path) -> None:
    pairs = pairs_of(120, 40)
    sheet = write_sheet(tmp_path / "many.csv", pairs)
    with PracticeServer(home) as crm:  # a second server on the state that practice mode uses
        crm.tell("settings", {"latency_ms": 50})
        program = start(home, "run", str(sheet), "--practice", "--yes", "--lanes", "2")
        wait_until(lambda: crm.counts()["removals"] >= 5 or program.poll() is not None)
        program.kill()
        program.communicate()
        there = crm.counts()["links_now"] + crm.counts()["links_removed"]
        assert newest(home)["state"] == "interrupted"
        assert 0 < crm.counts()["links_removed"] < there
        crm.tell("settings", {"latency_ms": 0})
        ended = delink(home, "resume", "--json")
        counts = crm.counts()
    assert (ended.code, ended.json["state"]) == (0, "finished")
    assert sum(ended.json[outcome] for outcome in OUTCOMES) == ended.json["links"] == len(pairs)
    assert (counts["links_now"], counts["links_removed"]) == (0, there)
    assert ended.json["delinked"] <= there
    assert counts["sends_without_read_max"] == 1
