"""delink retry of an undo: what the undo left is put back, with its fields, and nothing is ever removed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import Ended, delink, outcomes_in, pairs_of, place_of, seed, write_sheet
from tests.cli.test_undo_commands import UNDO_KEYS

LINKS, PARENTS = 12, 3
LOCKED = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'


class Desk:
    """A run that removed everything, and an undo of it in which one campaign of three was locked."""

    def __init__(self, home: Path, crm: PracticeCrm, sheet: Path) -> None:
        self.home, self.crm = home, crm
        self.before = self.linked()
        self.run = str(self.on("run", str(sheet), "--yes", "--side", "as-sheet").json["run"])
        crm.faults.add([{"match": {"method": "PUT"}, "do": "status", "status": 400, "body": LOCKED}])
        ended = self.on("undo", self.run, "--yes")
        assert (ended.code, ended.json["relinked"], ended.json["refused"]) == (1, 8, 4)
        self.undo = str(ended.json["run"])

    def on(self, *arguments: str) -> Ended:
        return delink(self.home, *arguments, *place_of(self.crm), "--json", secret=self.crm.access_token)

    def linked(self) -> list[Any]:
        return [(one["id_a"], one["id_b"], one["fields"]) for one in self.crm.state.links() if one["linked"]]

    def runs(self) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = delink(self.home, "runs", "--json").json["runs"]
        return runs


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    pairs = pairs_of(LINKS, PARENTS)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        with crm.state.transaction() as db:
            for number, (_, related) in enumerate(pairs):
                own = json.dumps({"Member_Status": f"Status {number}"})
                db.execute("UPDATE links SET fields = ? WHERE id_a = ? OR id_b = ?", (own, related, related))
        yield Desk(tmp_path / "home", crm, write_sheet(tmp_path / "a.csv", pairs))


def test_it_puts_back_what_was_refused_with_the_keys_and_the_fields_of_an_undo(desk: Desk) -> None:
    removals = desk.crm.state.counts()["removals"]
    ended = desk.on("retry", desk.undo, "--confirm", "4")
    told = ended.json
    assert list(told) == UNDO_KEYS
    assert (ended.code, told["state"], told["links"], told["relinked"], told["calls"]) == (0, "finished", 4, 4, 1)
    assert outcomes_in(Path(told["results"])) == ["Put back"] * 4
    assert desk.linked() == desk.before
    assert desk.crm.state.counts()["removals"] == removals
    runs = {one["run"]: one for one in desk.runs()}
    newest, undo, run = runs[told["run"]], runs[desk.undo], runs[desk.run]
    assert (newest["run"], newest["kind"], newest["parent"], newest["relinked"]) == (told["run"], "undo_retry", desk.undo, 4)
    assert (undo["kind"], undo["parent"], run["kind"]) == ("undo", desk.run, "run")
    lines = {line.partition(" ")[0]: line for line in delink(desk.home, "runs").out.splitlines()}
    assert lines[told["run"]].endswith(f"; retry of {desk.undo}")
    assert lines[desk.undo].endswith(f"; undo of {desk.run}; tried again by {told['run']}")
    assert lines[desk.run].endswith(f"; undone by {told['run']} ({LINKS} of {LINKS} put back)")


def test_afterwards_nothing_is_left_to_undo_resume_or_retry_and_a_retried_undo_is_not_undone(desk: Desk) -> None:
    retry = str(desk.on("retry", desk.undo, "--yes").json["run"])
    for command, run, code in (
        ("undo", desk.run, "undo_impossible"),
        ("undo", retry, "undo_impossible"),
        ("resume", desk.undo, "run_replaced"),
        ("retry", desk.undo, "run_replaced"),
        ("retry", retry, "nothing_to_retry"),
    ):
        ended = desk.on(command, run, *(() if command == "resume" else ("--yes",)))
        assert (ended.code, ended.json["error"]) == (2, code), command
    assert desk.linked() == desk.before


def test_its_own_rest_is_tried_again_in_turn(desk: Desk) -> None:
    desk.crm.faults.add([{"match": {"method": "PUT"}, "do": "status", "status": 400, "body": LOCKED}])
    first = desk.on("retry", desk.undo, "--yes")
    assert (first.code, first.json["refused"]) == (1, 4)
    again = desk.on("retry", first.json["run"], "--yes")
    assert (again.code, again.json["relinked"]) == (0, 4)
    assert desk.linked() == desk.before
    assert desk.on("undo", desk.run, "--yes").json["error"] == "undo_impossible"


def test_what_somebody_linked_meanwhile_is_left_as_it_is(desk: Desk) -> None:
    with desk.crm.state.transaction() as db:
        db.execute("UPDATE links SET linked = 1, fields = '{}'")
    puts = desk.crm.state.counts()["puts"]
    ended = desk.on("retry", desk.undo, "--yes")
    assert (ended.code, ended.json["already_linked"], ended.json["calls"]) == (0, 4, 0)
    assert desk.crm.state.counts()["puts"] == puts


def test_an_undo_after_a_partial_retry_puts_back_only_what_is_missing(desk: Desk) -> None:
    desk.crm.faults.add([{"match": {"method": "PUT"}, "do": "status", "status": 400, "body": LOCKED}])
    assert desk.on("retry", desk.undo, "--yes").json["refused"] == 4
    ended = desk.on("undo", desk.run, "--confirm", "4")
    assert (ended.code, ended.json["relinked"], ended.json["links"]) == (0, 4, 4)
    assert desk.linked() == desk.before


def test_the_number_to_confirm_is_asked_for_in_words_of_putting_back(desk: Desk) -> None:
    puts = desk.crm.state.counts()["puts"]
    ended = desk.on("retry", desk.undo, "--confirm", "5")
    assert (ended.code, ended.json["error"]) == (2, "wrong_use")
    assert "4 links to put back" in ended.json["message"]
    assert desk.crm.state.counts()["puts"] == puts
