"""delink retry: what a run left is tried again in a linked run, and the first one is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import Ended, delink, outcomes_in, pairs_of, place_of, seed, write_sheet

LINKS, PARENTS = 30, 6


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        seed(crm, pairs_of(LINKS, PARENTS))
        yield crm


@pytest.fixture
def parent(crm: PracticeCrm, home: Path, tmp_path: Path) -> str:
    """A finished run in which one campaign of six was locked."""
    sheet = write_sheet(tmp_path / "many.csv", pairs_of(LINKS, PARENTS))
    locked = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
    crm.faults.add([{"match": {"method": "DELETE"}, "do": "status", "status": 400, "body": locked}])
    ended = on(crm, home, "run", str(sheet), "--yes", "--side", "as-sheet")
    assert (ended.code, ended.json["refused"], ended.json["delinked"]) == (1, 5, 25)
    return str(ended.json["run"])


def on(crm: PracticeCrm, home: Path, *arguments: str) -> Ended:
    return delink(home, *arguments, *place_of(crm), "--json", secret=crm.access_token)


def test_a_retry_sends_what_was_refused_in_a_run_of_its_own(crm: PracticeCrm, home: Path, parent: str) -> None:
    ended = on(crm, home, "retry", parent, "--confirm", "5")
    told = ended.json
    assert (ended.code, told["state"], told["links"], told["delinked"], told["calls"]) == (0, "finished", 5, 5, 1)
    assert crm.state.counts()["links_now"] == 0
    assert outcomes_in(Path(told["results"])) == ["Removed"] * 5
    newest, first = delink(home, "runs", "--json").json["runs"]
    assert (newest["run"], newest["kind"], newest["parent"]) == (told["run"], "retry", parent)
    assert (first["kind"], first["state"], first["refused"]) == ("run", "finished", 5)


def test_the_wrong_number_sends_nothing_and_names_the_right_one(crm: PracticeCrm, home: Path, parent: str) -> None:
    sent = crm.state.counts()["removals"]
    ended = on(crm, home, "retry", parent, "--confirm", "6")
    assert ended.code == 2
    assert "5 links" in ended.json["message"]
    assert crm.state.counts()["removals"] == sent
    assert len(delink(home, "runs", "--json").json["runs"]) == 1
    assert on(crm, home, "retry", parent, "--yes").code == 0


def test_a_run_that_was_retried_is_not_resumed_and_not_retried_again(crm: PracticeCrm, home: Path, parent: str) -> None:
    retry = on(crm, home, "retry", parent, "--yes").json["run"]
    for command in (("resume", parent), ("retry", parent, "--yes")):
        ended = on(crm, home, *command)
        assert (ended.code, ended.json["error"]) == (2, "run_replaced")
        assert retry in ended.json["message"]


def test_a_run_without_anything_left_says_so(crm: PracticeCrm, home: Path, parent: str) -> None:
    retry = on(crm, home, "retry", parent, "--yes").json["run"]
    ended = on(crm, home, "retry", retry, "--yes")
    assert (ended.code, ended.json["error"]) == (2, "nothing_to_retry")
